"""From a number to a quantity: scale, unit, range, `per`, and what only looks like a quantity."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from auditor.quantity.draft import Draft
from auditor.quantity.numbers import CHINESE, DIGITS, number
from auditor.quantity.units import SCALE_WORDS, SCALES, UNIT_WORDS, UNITS, Unit
from auditor.quantity.words import WordTable, blocked_words

_NUMBER = re.compile(f"{DIGITS}|{CHINESE}")
_RANGE_SIGNS = frozenset("-~至到")
_SCALE_STARTS = frozenset("十百千万亿")
_MANY = frozenset("余多来几")

# A unit that begins one of these is not meant as a unit: 年级, 次性.
_NOT_UNITS = WordTable(blocked_words("unit"))
_PER = re.compile(r"/((?:(?!以上|以下|以内|左右|之内|及以|或以)[\u4e00-\u9fff]){1,4})")
_TIMES_PER = frozenset("/·*每")

CURRENCY_SIGNS = {"¥": "元", "￥": "元", "$": "美元", "＄": "美元", "€": "欧元", "£": "英镑", "￡": "英镑"}


class Measure(NamedTuple):
    """What stands behind a number: `scale`, `unit` and where they lie; `many` for 余 and 多."""

    scale: Decimal | None
    unit: Unit | None
    start: int
    end: int
    many: bool


_BARE = Measure(None, None, 0, 0, False)


def measure_at(text: str, at: int) -> Measure:
    """Read scale and unit behind a number that ends at `at`; `text` ends in a sentinel character."""
    many = text[at] in _MANY
    start = at = at + many
    if text[at] == " ":
        at += 1
    scale: Decimal | None = None
    word = unit_at(text, at)
    if text[at] in _SCALE_STARTS:
        # 千米 and 百分点 are units that begin like a scale.
        scale_word = SCALE_WORDS.at(text, at) if word is None else None
        if scale_word is not None:
            scale = SCALES[scale_word]
            at += len(scale_word)
            if text[at] in _MANY:
                many = True
                at += 1
            word = unit_at(text, at)
    elif word is None and text[at] == "(":
        word = unit_at(text, at + 1)
        if word is not None and text[at + 1 + len(word)] == ")":
            return Measure(scale, UNITS[word], at + 1, at + 2 + len(word), many)
        word = None
    if word is None:
        return Measure(scale, None, start, at if scale else start, many) if scale or many else _BARE
    return Measure(scale, UNITS[word], start, at + len(word), many)


def unit_at(text: str, at: int) -> str | None:
    """Return the unit word that begins at `at`; None where the letters or characters belong to another word."""
    word = UNIT_WORDS.at(text, at)
    if word is None or _NOT_UNITS.at(text, at) is not None:
        return None
    if word[-1].isascii() and word[-1].isalpha():
        following = text[at + len(word)]
        if following.isascii() and following.isalnum():
            return None
    return word


def fill(draft: Draft, text: str, value: Decimal) -> Measure:
    """Read everything behind the number into `draft`, whose end is the number's, and return its last measure."""
    at = draft.end
    if text[at] == "个" and text[at + 1] == "半" and unit_at(text, at + 2) is not None:
        value += Decimal("0.5")  # 一个半月
        at += 2
    draft.value = value
    measure = measure_at(text, at)
    at = measure.end or at
    if text[at] in _RANGE_SIGNS:
        measure, at = _range(draft, text, at, measure)
    elif text[at] == "±":
        measure, at = _tolerance(draft, text, at, measure)
    _settle(draft, text, measure, at)
    if draft.dimension == "duration" and draft.upper is None:
        _add_smaller_units(draft, text)
    if text[draft.end] in _TIMES_PER:
        _per(draft, text)
    return measure


def _range(draft: Draft, text: str, at: int, first: Measure) -> tuple[Measure, int]:
    """Read `~600万元` behind the lower end of a range; the later scale and unit hold for both ends."""
    sign_end = at + 1 + (text[at + 1] in _RANGE_SIGNS)
    match = _NUMBER.match(text, sign_end)
    upper = number(match[0]) if match else None
    if match is None or upper is None or draft.value is None:
        return first, at
    second = measure_at(text, match.end())
    measure = second if second.unit or second.scale else first._replace(start=0, end=0)
    if first.unit is not None and second.unit is not None and first.unit.dimension != second.unit.dimension:
        return first, at
    lower = draft.value
    if first.scale is not None and first.scale != measure.scale:
        lower = lower * first.scale / (measure.scale or 1)
    elif first.unit is not None and measure.unit is not None and first.unit is not measure.unit:
        lower = first.unit.to_base(lower) / measure.unit.to_base(Decimal(1))
    draft.value, draft.upper = min(lower, upper), max(lower, upper)
    draft.end = match.end()
    return measure, second.end or match.end()


def _tolerance(draft: Draft, text: str, at: int, first: Measure) -> tuple[Measure, int]:
    """Read 100±5: the range from 95 to 105."""
    match = _NUMBER.match(text, at + 1)
    margin = number(match[0]) if match else None
    if match is None or margin is None or draft.value is None or first.unit is not None:
        return first, at
    second = measure_at(text, match.end())
    if second.unit is not None and second.unit.key == "%":
        margin = draft.value * second.unit.to_base(margin)
        second = _BARE
        end = match.end() + 1
    else:
        end = second.end or match.end()
    draft.value, draft.upper = draft.value - margin, draft.value + margin
    draft.comparator = "±"
    draft.end = match.end()
    return second, end


def _settle(draft: Draft, text: str, measure: Measure, at: int) -> None:
    """Put number and unit into the draft, which now ends behind the unit."""
    number_end = draft.end
    if measure.unit is not None:
        start = measure.start or number_end
        draft.unit = text[start : measure.end or at].strip(" ()")
        if measure.many:
            draft.unit = draft.unit.lstrip("余多来几").replace("余", "").replace("多", "")
        draft.take_unit(measure.unit, measure.scale)
        if measure.end:
            draft.parts.append(("unit", start, measure.end))
        at = _half_more(draft, text, measure, at)
    else:
        if measure.scale is not None:
            draft.value = None if draft.value is None else draft.value * measure.scale
            draft.upper = None if draft.upper is None else draft.upper * measure.scale
            number_end = measure.end or at
        draft.base, draft.base_upper = draft.value, draft.upper
    draft.parts.append(("number", draft.start, number_end))
    if measure.many and draft.upper is None:
        draft.comparator = ">"
    draft.end = max(at, number_end)


def _half_more(draft: Draft, text: str, measure: Measure, at: int) -> int:
    """Add the 半 of 两年半."""
    unit = measure.unit
    if (
        text[at] != "半"
        or unit is None
        or unit.dimension != "duration"
        or draft.value is None
        or draft.upper is not None
    ):
        return at
    draft.value += Decimal("0.5")
    draft.take_unit(unit, measure.scale)
    return at + 1


def _add_smaller_units(draft: Draft, text: str) -> None:
    """Add the minutes of 1小时30分钟; the value stays in the first unit."""
    while draft.base is not None and draft.value and "0" <= text[draft.end] <= "9":
        match = _NUMBER.match(text, draft.end)
        more = number(match[0]) if match else None
        if match is None or more is None:
            return
        minutes = text[match.end()] == "分"
        smaller = measure_at(text, match.end())
        unit = UNITS["分钟"] if minutes else smaller.unit
        if unit is None or unit.dimension != "duration":
            return
        added = unit.to_base(more)
        if added >= draft.base:
            return
        draft.value += draft.value * added / draft.base
        draft.base += added
        draft.end = smaller.end
        draft.parts.append(("unit", match.end(), smaller.end))


def _per(draft: Draft, text: str) -> None:
    """Read `/人·月`, `每年` behind a unit; a length of time makes occurrences a frequency."""
    for _ in range(3):
        sign = text[draft.end]
        if sign not in _TIMES_PER:
            return
        start = draft.end
        word = unit_at(text, start + 1)
        match = None if word or sign != "/" else _PER.match(text, start)
        if word is None and match is None:
            return
        end = start + 1 + len(word) if word else (match.end() if match else start)
        unit = UNITS[word] if word else None
        if sign == "每" and (unit is None or text[end] not in "\0,;。)、"):
            return
        _take_per(draft, text, start, end, unit)


def _take_per(draft: Draft, text: str, start: int, end: int, unit: Unit | None) -> None:
    draft.end = end
    if unit is not None and unit.dimension == "duration":
        draft.period = text[start:end]
        draft.parts.append(("period", start, end))
        if draft.dimension == "times" and draft.base is not None:
            draft.take_period(unit.to_base(Decimal(1)))
    else:
        draft.parts.append(("unit", start, end))
    draft.unit = (draft.unit or "") + text[start:end]
    timed = unit is not None and unit.dimension == "duration"
    draft.unit_key = (draft.unit_key or "") + "/" + (unit.key if unit and timed else text[start + 1 : end])
