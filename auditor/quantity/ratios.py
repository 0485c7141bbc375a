"""Read shares, fractions, multiples, and grades written in signs."""

from __future__ import annotations

import re
from decimal import Decimal

from auditor.quantity.draft import Draft, Read
from auditor.quantity.numbers import from_digits, number, quotient
from auditor.quantity.units import SCALES, UNITS

_LEVELS = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "一": 1, "二": 2, "三": 3}
_FOLDS = {"一": 2, "番": 2, "两": 4, "二": 4, "三": 8, "四": 16, "五": 32, "六": 64}


def read_share(text: str, match: re.Match[str], floor: int) -> Read:
    """Read 百分之九十, 四分之三."""
    under, _, over = match[0].partition("分之")
    key = {"百": "%", "千": "‰"}.get(under)
    value = number(over) if key else quotient(over, "一万" if under == "万" else under)
    if value is None:
        return match.span()
    draft = _ratio_draft(match, value)
    if key:
        draft.unit = under + "分之"
        draft.take_unit(UNITS[key], None)
        draft.parts.append(("unit", match.start(), match.start() + 3))
    draft.compare(text, floor)
    return draft


def read_ratio(text: str, match: re.Match[str], floor: int) -> Read:
    """Read 1:15."""
    over, _, under = match[0].partition(":")
    return _read_quotient(text, match, floor, over, under)


def read_fraction(text: str, match: re.Match[str], floor: int) -> Read:
    """Read 3/4, and 10/10万, which is ten in a hundred thousand."""
    over, _, under = match[0].partition("/")
    if under[-1] not in "万千":
        return _read_quotient(text, match, floor, over, under)
    value, below = from_digits(over), from_digits(under[:-1])
    if value is None or not below:
        return match.span()
    draft = _ratio_draft(match, value)
    draft.base = value / (below * SCALES[under[-1]])
    draft.unit = draft.unit_key = "/" + under
    draft.parts = [
        ("number", match.start(), match.start() + len(over)),
        ("unit", match.start() + len(over), match.end()),
    ]
    draft.compare(text, floor)
    return draft


def _read_quotient(text: str, match: re.Match[str], floor: int, over: str, under: str) -> Read:
    value = quotient(over, under)
    if value is None:
        return match.span()
    draft = _ratio_draft(match, value)
    draft.compare(text, floor)
    return draft


def _ratio_draft(match: re.Match[str], value: Decimal) -> Draft:
    draft = Draft(*match.span(), "ratio")
    draft.value = draft.base = value
    draft.base_unit = "1"
    draft.parts.append(("number", *match.span()))
    return draft


def read_fold(text: str, match: re.Match[str], floor: int) -> Read:
    """Read 翻两番: twice doubled, four times as much."""
    draft = _ratio_draft(match, Decimal(_FOLDS[match[0][1]]))
    draft.unit, draft.unit_key = "番", "倍"
    return draft


def read_half(text: str, match: re.Match[str], floor: int) -> Read:
    """Read 一半, 过半."""
    draft = _ratio_draft(match, Decimal("0.5"))
    draft.compare(text, floor)
    if match[0][0] == "过":
        draft.comparator = ">"
    return draft


def read_grade(text: str, match: re.Match[str], floor: int) -> Read:
    """Read Ⅲ类, AAA级, 三级甲等; the value is the number in it."""
    written = match[0]
    stars = written.count("A")
    digit = next((int(char) for char in written if "0" <= char <= "9"), 0)
    level = (digit or stars) if stars else sum(_LEVELS.get(char, 0) for char in written)
    draft = Draft(*match.span(), "grade")
    draft.value = draft.base = Decimal(level)
    draft.word, draft.word_kind = written, "checkable"
    draft.unit_key = draft.base_unit = "A级" if stars else "级"
    draft.parts.append(("word", *match.span()))
    draft.compare(text, floor)
    return draft
