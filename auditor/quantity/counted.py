"""Read one number, in digits or Chinese numerals, as a quantity; or see that it is none."""

from __future__ import annotations

import re
from decimal import Decimal

from auditor.quantity.amounts import CURRENCY_SIGNS, fill, unit_at
from auditor.quantity.draft import Draft, Read
from auditor.quantity.model import COUNTABLE
from auditor.quantity.numbers import from_chinese, from_digits, neighbours
from auditor.quantity.ranks import ends_in_top, read_ordinal, read_top
from auditor.quantity.units import SCALES, UNITS, Unit
from auditor.quantity.words import WordTable, blocked_words
from auditor.text import enumerator_length

# A number in front of one of these names something: 15号, 12345热线.
_LABELS = WordTable(blocked_words("number"))
_BLOCKED_BEFORE = frozenset("每第")
_BLOCKED_BEFORE_CHINESE = frozenset("每第之统唯逐同另某任其周期拜初专进划数几")
_SINGLE_UNITS = frozenset(
    "个家件台套辆条项份册本处座栋幢间所组支只头羽株棵张块片幅孔箱瓶盒袋车艘架节篇首部集卷宗例单款种类批队次回趟遍轮场届堂人名位户"
    "亩米里斤吨升元角天日年周季秒倍成折级岗层班起分度"
)
_NOT_AFTER_ONE = frozenset("起面道样路块部门本双头行线时体类代手点口度分成层下日期")
_NEARLY = frozenset(("接近", "将近", "临近"))
# 近三年 is the period that an average is taken over, 近30分钟 a length of time.
_PERIODS = frozenset(("年", "月", "季度", "学年", "学期"))
_PLANS = ("规划", "行动", "计划", "攻坚", "纲要", "级", "制")

_NOUGHT = Decimal(0)


def read_number(text: str, match: re.Match[str], floor: int) -> Read:
    """Read a number in digits with everything that belongs to it; nothing before `floor` does."""
    start, end = match.span()
    previous = text[start - 1] if start else ""
    following = text[end]
    value = from_digits(match[0])
    if value is None:
        return start, end
    if following in "eE" and (text[end + 1].isdigit() or (text[end + 1] in "+-" and text[end + 2 : end + 3].isdigit())):
        return start, _end_of_run(text, end + 2)
    if previous in _BLOCKED_BEFORE:
        return read_ordinal(text, start, end, value) if previous == "第" else None
    if previous == "-" and text[start - 2 : start - 1].isascii() and text[start - 2 : start - 1].isalpha():
        return None
    if ends_in_top(text, start):
        return read_top(text, start, end, value)
    if previous.isascii() and previous.isalnum() and not _counts_after_letters(text, start, end):
        return None
    if _is_label(text, start, end, previous):
        return None
    if previous == "前":
        return read_top(text, start - 1, end, value)
    draft = Draft(start, end, None)
    _take_sign(draft, text, floor)
    measure = fill(draft, text, value if draft.value is None else -value)
    if measure.unit is None and previous in CURRENCY_SIGNS:
        draft.take_unit(UNITS[CURRENCY_SIGNS[previous]], None)
        draft.unit = previous
        draft.parts.append(("unit", start - 1, start))
        draft.start = start - 1
    return finish(draft, text, floor, measure.unit)


def finish(draft: Draft, text: str, floor: int, unit: Unit | None) -> Read:
    """Add the comparators; None for a number that is a label or the length of 近三年."""
    many, tolerance = draft.comparator == ">", draft.comparator
    start = draft.start
    draft.compare(text, floor)
    if tolerance == "±":
        draft.comparator = "±"
    elif many and draft.comparator in (None, "≈"):
        draft.comparator = ">"
    if unit is None:
        # 12345热线, 5G and 863计划 are names; a number that counts has a unit, a comparator or nothing behind it.
        if _LABELS.at(text, draft.end) is not None or (draft.comparator is None and text[draft.end].isalpha()):
            return None
    elif draft.unit == "月" and text[draft.end - 2] != "半":
        return None  # 13月 is no month; a length of time is 13个月
    elif unit.dimension == "grade":
        unit_end = max(end for name, _, end in draft.parts if name == "unit")
        draft.word, draft.word_kind = text[start:unit_end], "checkable"
    elif unit.key in _PERIODS and start and text[start - 1] == "近" and text[max(0, start - 2) : start] not in _NEARLY:
        return None
    return draft


def _take_sign(draft: Draft, text: str, floor: int) -> None:
    """Take in a minus sign; `value` then holds a nought as the mark of it."""
    at = draft.start - 1
    if at >= floor and text[at] == "-" and (at == 0 or not (text[at - 1].isalnum() or text[at - 1] in ")%")):
        draft.start, draft.value = at, _NOUGHT


def _end_of_run(text: str, at: int) -> int:
    while text[at].isascii() and text[at].isalnum():
        at += 1
    return at


def _counts_after_letters(text: str, start: int, end: int) -> bool:
    """Tell LED100盏 and APP3个 from PM2.5, H7N9, 5G and A4."""
    letters = text[max(0, start - 2) : start]
    unit = unit_at(text, end)
    return len(letters) == 2 and letters.isalpha() and unit is not None and UNITS[unit].dimension in COUNTABLE


def _is_label(text: str, start: int, end: int, previous: str) -> bool:
    """Tell list numbers, document years and versions from amounts."""
    if (start == 0 or previous in ";。!,(") and text[end] in "、.)" and end - start < 4:
        opening = start - (previous == "(")
        length = enumerator_length(text[opening : opening + 12])
        if length and opening + length < len(text) - 1 and not text.startswith("以", opening + length):
            return True
    if previous == "[" and text[end] == "]":
        return True
    return previous == "." or (text[end] == "." and text[end + 1].isdigit())


def read_chinese(text: str, match: re.Match[str], floor: int) -> Read:
    """Read a number in Chinese numerals where it counts something: 三家, but not 三公 and 一体化."""
    start, end = match.span()
    previous = text[start - 1] if start else ""
    pair = neighbours(match[0])
    value = pair[0] if pair else from_chinese(match[0])
    if value is None:
        return None
    if previous in ("第", "前"):
        return read_ordinal(text, start, end, value) if previous == "第" else read_top(text, start - 1, end, value)
    if start > floor and previous in _BLOCKED_BEFORE_CHINESE:
        return None
    draft = Draft(start, end, None)
    draft.upper = pair[1] if pair else None
    measure = fill(draft, text, value)
    unit_start = measure.start or end
    read = finish(draft, text, floor, measure.unit)
    if not isinstance(read, Draft):
        return read
    if previous == "上" and match[0][0] in "百千" and text[max(0, start - 2) : start - 1] not in ("线", "网", "以"):
        draft.comparator, draft.start = "≥", start - 1
        draft.parts.append(("comparator", start - 1, start))
    compared = any(name == "comparator" for name, _, _ in draft.parts)
    if (compared and draft.comparator != "≈") or (start == 0 and text[draft.end] == "\0"):
        return draft
    return read if _is_counted(text, match[0], unit_start, measure.unit) else None


def _is_counted(text: str, written: str, unit_start: int, unit: Unit | None) -> bool:
    """Tell 三家, 十二项 from the many words that begin with a numeral."""
    if unit is None or text.startswith(_PLANS, unit_start + 1):
        return False
    char = text[unit_start]
    if written == "一" and char in _NOT_AFTER_ONE and not text.startswith(("班次", "批次"), unit_start):
        return False
    if written in ("十", "百", "千") and char in "分家":
        return written == "十" and char == "家"
    if written == "两" and char == "级":
        return False
    return char in _SINGLE_UNITS or len(unit.key) > 1


def read_mixed(text: str, match: re.Match[str], floor: int) -> Read:
    """Read 1亿5000万元, 1万2千具."""
    value = Decimal(0)
    for digits, scale in re.findall(r"([0-9]+)([亿万千])", match[0]):
        value += Decimal(digits) * SCALES[scale]
    draft = Draft(*match.span(), None)
    measure = fill(draft, text, value)
    return finish(draft, text, floor, measure.unit)


def read_part(text: str, match: re.Match[str], floor: int) -> Read:
    """Read 半年, 半个月."""
    draft = Draft(*match.span(), None)
    measure = fill(draft, text, Decimal("0.5"))
    draft.value = Decimal("0.5")
    return finish(draft, text, floor, measure.unit)
