"""From characters to text: blanks within a line, and which line breaks in a cell are real.

A break that the column's width forced is taken out; a break that the author made (a list item, a sentence that ends
well before the cell's edge) becomes `\\n`. Nothing in a PDF tells the two apart but geometry and the words.
"""

from __future__ import annotations

import itertools
import operator
import re
from collections.abc import Sequence
from typing import NamedTuple

from auditor.readers.pages.ink import Glyph
from auditor.text import enumerator_length

_LATIN_GAP = 0.15
"""Ems of blank between two Latin characters that stand for a space which the producer did not write."""

_WIDE_GAP = 1.5
"""Ems of blank that separate two statements on one line outside a table."""

_MOST_BLANKS = 40

_TOUCHING = 0.05
"""Points between two characters that only rounding puts there: no blank, and no character printed twice."""

_SPACE = re.compile(r"\s")

_SENTENCE_ENDS = "。；;：:！!？?"

_HEAD = re.compile(
    r"""\s*[（(《〈“‘"'【\[〔]*                          # opening marks hold on to what follows
        (?:[A-Za-z0-9.,:%+\-/_≥≤><=~°℃]+|.)             # a word or number stays together, a Chinese sign alone
        [，。；：、！？）》〉”’…％,.;:!?)\]】〕%]*          # closing marks may not start a line""",
    re.VERBOSE | re.DOTALL,
)


class CellLine(NamedTuple):
    """One line of a cell.

    `room`: points left free between its end and the column's usual right limit; `head`: width in points of its first
    unbreakable piece; `em`: height of its characters in points.
    """

    text: str
    room: float
    head: float
    em: float


def line_text(glyphs: Sequence[Glyph], *, split_wide: bool = False) -> str:
    """Return the text of one line of characters sorted by x.

    Written blanks are kept in the number that their width shows. None is invented but between Latin words and, with
    `split_wide`, at very wide gaps.
    """
    if (plain := _unbroken(glyphs)) is not None:
        return plain
    parts: list[str] = []
    last: Glyph | None = None
    blanks: list[Glyph] = []
    for glyph in glyphs:
        if glyph.char.isspace():
            blanks.append(glyph)
            continue
        if blanks:
            parts.append(_blanks(last, blanks, glyph))
            blanks = []
        elif last is not None:
            gap = glyph.left - last.right
            if gap < 0 and _drawn_twice(last, glyph):
                continue
            if gap > 1:
                parts.append(_missing_blank(last, gap, glyph, split_wide))
        parts.append(glyph.char)
        last = glyph
    return "".join(parts) + ("".join(blank.char for blank in blanks))


def _unbroken(glyphs: Sequence[Glyph]) -> str | None:
    """The text of a line without blanks whose characters touch, as most do; None where more has to be looked at."""
    lefts, _, rights, _, chars = zip(*glyphs, strict=True) if glyphs else ((),) * 5
    text = "".join(chars)
    gaps = list(map(operator.sub, lefts[1:], rights))
    touching = not gaps or (min(gaps) > -_TOUCHING and max(gaps) < _TOUCHING)
    return text if touching and _SPACE.search(text) is None else None


def _drawn_twice(last: Glyph, glyph: Glyph) -> bool:
    """True for the second print of a bold character that was made by printing it twice, slightly moved."""
    return last.char == glyph.char and glyph.left - last.left < 0.3 * (last.right - last.left)


def _missing_blank(last: Glyph, gap: float, glyph: Glyph, split_wide: bool) -> str:
    em = glyph.bottom - glyph.top
    if split_wide and gap > _WIDE_GAP * em:
        return " "
    latin = _is_latin(last.char) and _is_latin(glyph.char)
    return " " if latin and gap > _LATIN_GAP * em else ""


def _blanks(last: Glyph | None, blanks: list[Glyph], after: Glyph) -> str:
    """The blanks before `after`: PDF readers keep one of several in a row, so their number comes from the width."""
    first = blanks[0]
    if len(blanks) > 1 or first.char != " " or first.right <= first.left:
        return "".join(blank.char for blank in blanks)
    if last is not None and last.char.isascii() and _is_latin(after.char):
        return " "
    return " " * min(_MOST_BLANKS, max(1, round((after.left - first.left) / (first.right - first.left))))


def head_width(glyphs: Sequence[Glyph]) -> float:
    """Width in points of the first piece of a line that would not be broken; 0 for a line of blanks."""
    text = "".join([glyph.char for glyph in glyphs[:40]])
    found = _HEAD.match(text)
    if found is None:
        return 0.0
    start = len(text) - len(text.lstrip())
    return glyphs[found.end() - 1].right - glyphs[min(start, found.end() - 1)].left


def join_lines(lines: Sequence[CellLine]) -> str:
    """Join the lines of one cell; only breaks that the author made remain, as `\\n`."""
    if not lines:
        return ""
    listed = _is_list(lines)
    parts = [lines[0].text.rstrip()]
    for before, line in itertools.pairwise(lines):
        if _is_break(before, line, listed):
            parts.append("\n" + line.text.rstrip())
        else:
            parts.append(_wrap_blank(before, line) + line.text.strip())
    return "".join(parts)


def fills_line(before: CellLine, line: CellLine) -> bool:
    """True when the first piece of `line` had no place at the end of `before`, so the break means nothing."""
    return before.room <= line.head + before.em


def ends_sentence(text: str) -> bool:
    """True when `text` ends with a mark that may close a list item."""
    return text.rstrip()[-1:] in _SENTENCE_ENDS if text.strip() else False


def _is_break(before: CellLine, line: CellLine, listed: bool) -> bool:
    numbered = _starts_item(line.text)
    if fills_line(before, line):
        return listed and numbered and ends_sentence(before.text)
    if numbered or ends_sentence(before.text):
        return True
    return before.room > line.head + 2.5 * before.em


def _starts_item(text: str) -> bool:
    return enumerator_length(text.lstrip()) > 0


def _is_list(lines: Sequence[CellLine]) -> bool:
    """True when items visibly start on lines of their own here and none starts in the middle of a line."""
    pairs = list(itertools.pairwise(lines))
    fresh = sum(_starts_item(line.text) and not fills_line(before, line) for before, line in pairs)
    if not fresh:
        return False
    return not any(_item_inside(line.text) for line in lines)


def _item_inside(text: str) -> bool:
    return any(enumerator_length(text, match.end()) for match in re.finditer(r"[。；;]\s*(?=\S)", text))


def _wrap_blank(before: CellLine, line: CellLine) -> str:
    """The blank at a wrap: a written one beside a Latin word, or one that vanished between two Latin words."""
    word_before, word_after = before.text.rstrip()[-1:], line.text.lstrip()[:1]
    latin_before, latin_after = _is_latin(word_before), _is_latin(word_after)
    if before.text[-1:].isspace() or line.text[:1].isspace():
        return " " if latin_before or latin_after else ""
    # A renderer that breaks inside words leaves less than one letter free; one that keeps words whole leaves more.
    words = latin_before and latin_after and word_before.isalpha() and word_after.isalpha()
    return " " if words and before.room > 0.75 * before.em else ""


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
