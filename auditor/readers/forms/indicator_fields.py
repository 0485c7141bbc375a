"""One indicator whose fields stand in cells of their own, read as the packed cell would have it.

Codes in front of classes and names are split off; operator, value and unit become one target.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from auditor.document import Gap, Indicator, Passage
from auditor.readers.content import Cell, Line
from auditor.readers.forms.cell_amounts import not_a_number, number
from auditor.readers.forms.flow import join
from auditor.readers.forms.indicator_cell import split_library_code
from auditor.text import plain

_CODE = re.compile(r"\s*(?:(\d{1,2})\s*[-－—–]\s*(?=\S)|(\d{2})(?=[\u4e00-\u9fff]))")
_POINTS = re.compile(r"[（(]\s*\d+(?:\.\d+)?\s*[分%％]?\s*[）)]\s*$")
_ITEM = re.compile(r"\s*指标\s*\d{1,2}\s*[:：、.．]?\s*")
_OPERATOR = re.compile(r"[≥≤><=≧≦＞＜＝]=?|大于等于|小于等于|大于|小于|等于|不低于|不少于|不高于|不超过|不多于")
_ENDS_IN_NUMBER = re.compile(r"[\d一二两三四五六七八九十百千万亿]$")
_NATURES = ("定量", "定性", "定量指标", "定性指标")
_DIRECTION = re.compile(r"(?:正|反|负|逆)向(?:指标)?")
_NOTHING = ("", "/", "无", "-", "—", "\\", "--", "——")
_PLACEHOLDER = re.compile(r"(?:指标\d{0,2}[:：]?)?[.…*·—/\-\\]*|无|指标名称")

Fields = Mapping[str, Cell]


@dataclass(frozen=True)
class Level:
    """A class as printed: its words without the code, and the code."""

    passage: Passage
    code: str | None


def one_line(cell: Cell) -> Passage:
    """Return a cell's text without line breaks: names, classes and values hold none."""
    flow = join((Line(part, cell.place) for part in cell.text.split("\n")), cell.place)
    return flow.passage(0, len(flow.text))


def level(cell: Cell) -> Level | None:
    """Read a class cell such as `1-产出指标` or `产出指标（50分）`; None if it is empty."""
    passage = one_line(cell)
    if not passage:
        return None
    code = _CODE.match(passage.text)
    text = passage.text[code.end() if code else 0 :]
    points = _POINTS.search(text, max(0, len(text) - 20))
    text = text[: points.start()].rstrip() if points else text
    return Level(Passage(text, passage.place), (code[1] or code[2]) if code else None)


def is_placeholder(text: str) -> bool:
    """Tell whether a name cell holds no name: nothing, or what the blank form printed there (`指标1：`, `……`)."""
    return bool(_PLACEHOLDER.fullmatch(plain(text).text))


def name_of(cell: Cell) -> tuple[str | None, Passage]:
    """Return the library code in front of a name, and the name without it and without the form's `指标1：`."""
    passage = one_line(cell)
    item = _ITEM.match(passage.text)
    if item and passage.text[item.end() :].strip():
        passage = Passage(passage.text[item.end() :].strip(), passage.place)
    return split_library_code(passage)


def indicator(
    fields: Fields, level1: Level | None, level2: Level | None, ordinal: int, document: str
) -> tuple[Indicator, tuple[Gap, ...]]:
    """Make one Indicator of the cells under each role; a column that the form lacks gives None."""
    gaps: list[Gap] = []
    code, name = name_of(fields["level3"])
    if code is None and (own := fields.get("library_code")) and own.text.strip():
        code = one_line(own).text
    operator, nature, direction = _nature(fields)
    numbers = {role: _number(fields.get(role), document, gaps) for role in ("weight", "points", "score")}
    found = Indicator(
        ordinal=ordinal,
        name=name,
        level1=level1.passage if level1 else None,
        level1_code=level1.code if level1 else None,
        level2=level2.passage if level2 else None,
        level2_code=level2.code if level2 else None,
        library_code=code,
        cycle_target=_target(fields, "cycle_target", operator),
        annual_target=_target(fields, "annual_target", operator),
        weight=numbers["weight"],
        nature=nature,
        direction=direction,
        explanation=_words(fields.get("explanation")),
        actual=one_line(fields["actual"]) if "actual" in fields else None,
        points=numbers["points"],
        score=numbers["score"],
        deviation=one_line(fields["deviation"]) if "deviation" in fields else None,
        measure_unit=_measure_unit(fields),
    )
    return found, tuple(gaps)


def _number(cell: Cell | None, document: str, gaps: list[Gap]) -> Decimal | None:
    if cell is None or cell.text.strip() in _NOTHING:
        return None
    value = number(cell.text)
    if value is None:
        gaps.append(not_a_number(cell, document))
    return value


def _words(cell: Cell | None) -> str | None:
    return cell.text.strip() or None if cell else None


def _nature(fields: Fields) -> tuple[str, str | None, str | None]:
    """Tell operator, nature and direction apart: forms put any of them under 性质 or 符号."""
    operator, nature, direction = "", None, _words(fields.get("direction"))
    for role in ("operator", "nature"):
        text = _words(fields.get(role))
        if text is None:
            continue
        if _OPERATOR.fullmatch(text.replace(" ", "")):
            operator = text.replace(" ", "")
        elif role == "operator" and text not in _NATURES:
            operator = "" if text in _NOTHING else text
        elif direction is None and _DIRECTION.fullmatch(text):
            direction = text
        else:
            nature = text
    return operator, nature, direction


def _measure_unit(fields: Fields) -> str | None:
    """Return what the column of units says, None where it says nothing."""
    unit = (_words(fields.get("measure_unit")) or "").replace("\n", "")
    return None if unit in _NOTHING else unit


def _target(fields: Fields, role: str, operator: str) -> Passage | None:
    """Join operator, value and unit; what the value already says is not said twice."""
    cell = fields.get(role)
    if cell is None:
        return None
    value = one_line(cell)
    if not value:
        return value
    unit = _measure_unit(fields) or ""
    text = value.text
    if operator and not _OPERATOR.match(text):
        text = operator + text
    if unit and _ENDS_IN_NUMBER.search(text) and not plain(text).text.endswith(plain(unit).text):
        text += unit
    return replace(value, text=text)
