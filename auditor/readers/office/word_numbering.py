"""Automatic list numbers of DOCX: Word prints them, but the text does not hold them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_CHINESE = frozenset({"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital"})
_PLACEHOLDER = re.compile(r"%([1-9])")

Level = tuple[str, str, int]
"""Kind of number, its pattern such as `（%1）`, and the number to begin with."""


class Numbering:
    """Counts through the lists of one document in the order of its paragraphs.

    Numbers of list styles (those that a paragraph gets through its style only) are not known here.
    """

    def __init__(self, part: Element | None) -> None:
        """Take the root of word/numbering.xml, or None if the document has no lists."""
        self._levels: dict[str, dict[int, Level]] = {}
        self._family: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if part is None:
            return
        for family in part.iterfind(f"{W}abstractNum"):
            self._levels[family.get(f"{W}abstractNumId", "")] = {
                int(level.get(f"{W}ilvl", "0")): _level(level) for level in family.iterfind(f"{W}lvl")
            }
        for item in part.iterfind(f"{W}num"):
            self._family[item.get(f"{W}numId", "")] = _value(item.find(f"{W}abstractNumId"), "")

    def label(self, paragraph: Element) -> str:
        """Return the number that Word prints before `paragraph` and count it; '' for none and for bullets."""
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        if properties is None:
            return ""
        family = self._family.get(_value(properties.find(f"{W}numId"), ""), "")
        depth_text = _value(properties.find(f"{W}ilvl"), "0")
        depth = int(depth_text) if depth_text.isdigit() else 0
        levels = self._levels.get(family, {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(family, {})
        counts[depth] = counts.get(depth, levels[depth][2] - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        kind, pattern, _ = levels[depth]
        if kind in ("bullet", "none"):
            return ""
        return _PLACEHOLDER.sub(lambda found: _printed(int(found[1]) - 1, levels, counts), pattern)


def _level(level: Element) -> Level:
    start = _value(level.find(f"{W}start"), "1")
    kind = _value(level.find(f"{W}numFmt"), "decimal")
    return kind, _value(level.find(f"{W}lvlText"), ""), int(start) if start.isdigit() else 1


def _value(element: Element | None, default: str) -> str:
    return (element.get(f"{W}val") or default) if element is not None else default


def _printed(depth: int, levels: dict[int, Level], counts: dict[int, int]) -> str:
    kind, _, start = levels.get(depth, ("decimal", "", 1))
    number = counts.get(depth, start)
    if kind in _CHINESE:
        return _chinese(number)
    if kind in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if kind in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        return chr((65 if kind == "upperLetter" else 97) + number - 1)
    if kind == "decimalFullWidth":
        return str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def _chinese(number: int) -> str:
    """Return 1 to 99 as 一, 十, 十一, 九十九; larger numbers in digits."""
    if not 0 < number < 100:
        return str(number)
    digits = " 一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = ("" if tens < 2 else digits[tens]) + ("十" if tens else "")
    return head + (digits[ones] if ones else "")
