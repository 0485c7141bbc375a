"""Find the quantities of a plain text from left to right."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from auditor.quantity import dates
from auditor.quantity.amounts import CURRENCY_SIGNS, fill, unit_at
from auditor.quantity.draft import Draft
from auditor.quantity.numbers import CHINESE, DIGITS, from_chinese, from_digits, neighbours, number, quotient
from auditor.quantity.units import PER_CENT, UNITS, Unit
from auditor.quantity.words import WordTable
from auditor.text import Span, enumerator_length

# The look-ahead costs one comparison where no quantity can begin, which is nearly everywhere.
_TOKEN = re.compile(
    rf"""(?=[0-9零一二两三四五六七八九十百千万拾佰仟壹贰叁肆伍陆柒捌玖廿卅半翻过超近年月季每当本次翌同全第上下ⅠⅡⅢⅣⅤA])(?:
    (?P<grade>[ⅠⅡⅢⅣⅤ]{{1,3}}(?:[类级]|(?![a-zA-Z]))|(?<![A-Za-z0-9])[1-5]?A{{1,5}}级|(?<![A-Za-z0-9])A{{3,5}}(?![A-Za-z]))
  | (?<![0-9A-Za-z.])(?P<date>{dates.PATTERN.replace("([-./])", "(?P<sep>[-./])").replace(chr(92) + "1", "(?P=sep)")})
  | (?P<clock>(?<![0-9])[0-9]{{1,2}}:[0-5][0-9](?:[-~至到][0-9]{{1,2}}:[0-5][0-9]|(?=[前后])))
  | (?P<shift>[567][×xX*]24(?:个?小时)?)
  | (?P<share>(?:{DIGITS}|{CHINESE}|万)分之(?:{DIGITS}|{CHINESE}))
  | (?P<ratio>{DIGITS}:{DIGITS}(?![0-9:]))
  | (?P<fraction>[0-9]{{1,20}}/[0-9]{{1,20}}(?![0-9/]))
  | (?P<number>{DIGITS})
  | (?P<fold>翻(?:[一两二三四五六]番|番))
  | (?P<half>(?:过|超过|近)?(?:一半|半数))
  | (?P<part>(?<![上下每])半(?=个?[年天日月]|个?小时|个?学[期年]))
  | (?P<chinese>{CHINESE})
    )""",
    re.VERBOSE,
)

MAX_QUANTITIES = 200
"""No target states more; what follows is left over, so that a pasted book costs no more than a long page."""

_LABELS = WordTable(
    "号 热线 急救 报警 电话 战略 工程 体系 认证 平台 专线 便民 指挥 中学 小学 行动 模式 计划 机制 系统 网络 强 国道 省道 高速 示范 品牌 "
    "制式 频道 机型 小镇 度全景 度评价 后 届三中 字头 公经费 不 农 好农村".split()
)
_BLOCKED_BEFORE = frozenset("每第")
_BLOCKED_BEFORE_CHINESE = frozenset("每第之统唯逐同另某任其周期拜初专进划数几")
_SINGLE_UNITS = frozenset(
    "个家件台套辆条项份册本处座栋幢间所组支只头羽株棵张块片幅孔箱瓶盒袋车艘架节篇首部集卷宗例单款种类批队次回趟遍轮场期届堂人名位户"
    "亩米里斤吨升元角天日年月周季秒倍成折级岗层班起分度"
)
_NOT_AFTER_ONE = frozenset("起面道样路块部门本双头行线时体类代手点口度分成层下日期")
_PLANS = ("规划", "行动", "计划", "攻坚", "纲要", "级", "制")
_ROMAN = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5}
_FOLDS = {"一": 2, "番": 2, "两": 4, "二": 4, "三": 8, "四": 16, "五": 32, "六": 64}
_RANK_UNITS = ("名", "位", "强", "甲", "佳", "名次", "位次")
_TOP = re.compile(r"(?:TOP|Top|top) ?\Z")

_NOUGHT = Decimal(0)


def scan(text: str) -> tuple[list[Draft], list[Span]]:
    """Read all quantities of the plain text `text`, and the spans of numbers that can't be any.

    Every character is looked at a bounded number of times: what follows a number is read forwards from it, what
    precedes it within a few words.
    """
    guarded = text + "\0"  # so that the character behind the last one may be asked for
    drafts: list[Draft] = []
    impossible: list[Span] = []
    floor = 0
    for match in _TOKEN.finditer(text):
        if match.start() < floor:
            continue
        read = _READERS[match.lastgroup or "number"](guarded, match, floor)
        if read is None:
            continue
        if isinstance(read, Draft):
            drafts.append(read)
            floor = read.end
            if len(drafts) == MAX_QUANTITIES:
                impossible.append((floor, len(text)))
                break
        else:
            impossible.append(read)
            floor = read[1]
    return drafts, impossible


_Read = Draft | Span | None


def _read_number(text: str, match: re.Match[str], floor: int) -> _Read:
    start, end = match.span()
    previous = text[start - 1] if start else ""
    following = text[end]
    value = from_digits(match[0])
    if value is None:
        return start, end
    if following in "eE" and text[end + 1].isdigit():
        return start, _end_of_run(text, end)
    if previous in _BLOCKED_BEFORE:
        return _ordinal(text, match, value) if previous == "第" else None
    if previous.isascii() and previous.isalnum() and not _counts_after_letters(text, start, end):
        return None
    if _is_label(text, start, end, previous):
        return None
    if previous == "前":
        return _top(text, start - 1, end, value)
    draft = Draft(start, end, None)
    _take_sign(draft, text, floor)
    measure = fill(draft, text, value if draft.value is None else -value)
    if measure.unit is None and previous in CURRENCY_SIGNS:
        draft.take_unit(UNITS[CURRENCY_SIGNS[previous]], None)
        draft.unit = previous
        draft.parts.append(("unit", start - 1, start))
        draft.start = start - 1
    return _compared(draft, text, floor, measure.unit)


def _compared(draft: Draft, text: str, floor: int, unit: Unit | None) -> _Read:
    """Add the comparators; drop a number that is a label or the length of 近三年."""
    many, tolerance = draft.comparator == ">", draft.comparator
    start = draft.start
    draft.compare(text, floor)
    if tolerance == "±":
        draft.comparator = "±"
    elif many and draft.comparator in (None, "≈"):
        draft.comparator = ">"
    if unit is None:
        if _LABELS.at(text, draft.end) is not None or (draft.comparator is None and text[draft.end].isascii() and text[draft.end].isalpha()):
            return None
    elif unit.dimension == "duration" and text[start - 1 : start] == "近" and start:
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
    if not (len(letters) == 2 and letters.isalpha()) or _TOP.search(text, max(0, start - 4), start):
        return False
    return unit_at(text, end) is not None


def _is_label(text: str, start: int, end: int, previous: str) -> bool:
    """Tell list numbers, document years and versions from amounts."""
    if (start == 0 or previous in ";。!,(") and text[end] in "、.)" and end - start < 4:
        opening = start - (previous == "(")
        length = enumerator_length(text[opening : opening + 12])
        if length and opening + length < len(text) - 1 and not text[opening + length :].startswith("以"):
            return True
    if previous == "[" and text[end] == "]":
        return True
    return previous == "." or (text[end] == "." and text[end + 1].isdigit())


def _ordinal(text: str, match: re.Match[str], value: Decimal) -> Draft | None:
    """Read 第1, 第三名 as a rank; 第二批 and 第三方 are names."""
    end = match.end()
    if not text.startswith(_RANK_UNITS, end) and text[end] not in "\0,;。)、":
        return None
    return _rank(text, match.start() - 1, end, value)


def _top(text: str, start: int, end: int, value: Decimal) -> Draft | None:
    """Read 前6名, 前10% as a rank; 前三年 and 前5个月 are periods."""
    unit = unit_at(text, end)
    if unit is not None and not unit.startswith(_RANK_UNITS) and UNITS[unit].key not in ("%", "个", "家"):
        return None
    draft = _rank(text, start, end, value)
    draft.comparator = "≤"
    draft.parts.append(("comparator", start, start + 1))
    if draft.unit == "%":
        draft.base = PER_CENT.to_base(value)
    return draft


def _rank(text: str, start: int, end: int, value: Decimal) -> Draft:
    draft = Draft(start, end, "rank")
    draft.value = draft.base = value
    draft.unit_key = draft.base_unit = "名"
    word = next((word for word in ("名次", "位次", *_RANK_UNITS, "%") if text.startswith(word, end)), None)
    if word is not None:
        draft.unit = word
        draft.end = end + len(word)
        draft.parts.append(("unit", end, draft.end))
    draft.parts.append(("number", start + (text[start] in "第前"), end))
    return draft


def _read_chinese(text: str, match: re.Match[str], floor: int) -> _Read:
    start, end = match.span()
    previous = text[start - 1] if start else ""
    value = from_chinese(match[0])
    if value is None:
        return None
    if previous in ("第", "前"):
        return _ordinal(text, match, value) if previous == "第" else _top(text, start - 1, end, value)
    if start > floor and previous in _BLOCKED_BEFORE_CHINESE:
        return None
    draft = Draft(start, end, None)
    pair = neighbours(match[0])
    if pair is not None:
        value, draft.upper = pair
    measure = fill(draft, text, value)
    unit_start = measure.start or end
    at_least = previous == "上" and match[0][0] in "百千" and text[start - 2 : start - 1] not in tuple("线网以")
    read = _compared(draft, text, floor, measure.unit)
    if at_least and isinstance(read, Draft):
        read.comparator = "≥"
    if read is None or draft.comparator not in (None, ">", "≈") or (start <= 1 and text[draft.end] == "\0"):
        return read
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


def _read_date(text: str, match: re.Match[str], floor: int) -> _Read:
    read = dates.read_date(match[0])
    if read is None:
        return match.span()
    if match[0].isdigit() or match[0] in ("年", "月"):
        return _read_number(text, match, floor)
    first, last = read
    draft = Draft(*match.span(), "date")
    draft.value, draft.base = first.value(), first.ordinal()
    if last is not None:
        draft.upper, draft.base_upper = last.value(), last.ordinal()
    draft.parts.append(("number", *match.span()))
    draft.base_unit = "日"
    draft.compare(text, floor)
    if match[0].endswith("内") and draft.comparator is None:
        draft.comparator = "≤"
    return draft


def _read_clock(text: str, match: re.Match[str], floor: int) -> _Read:
    return match.span()


def _read_shift(text: str, match: re.Match[str], floor: int) -> _Read:
    """Read 7×24小时: round the clock on so many days a week."""
    draft = Draft(*match.span(), None)
    draft.value = Decimal(24)
    draft.unit, draft.period = "小时", match[0][:2] + "24"
    draft.take_unit(UNITS["小时"], None)
    draft.parts.append(("number", *match.span()))
    return draft


def _read_share(text: str, match: re.Match[str], floor: int) -> _Read:
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


def _ratio_draft(match: re.Match[str], value: Decimal) -> Draft:
    draft = Draft(*match.span(), "ratio")
    draft.value = draft.base = value
    draft.base_unit = "1"
    draft.parts.append(("number", *match.span()))
    return draft


def _read_ratio(text: str, match: re.Match[str], floor: int) -> _Read:
    over, _, under = match[0].partition(":")
    return _read_quotient(text, match, floor, over, under)


def _read_fraction(text: str, match: re.Match[str], floor: int) -> _Read:
    over, _, under = match[0].partition("/")
    return _read_quotient(text, match, floor, over, under)


def _read_quotient(text: str, match: re.Match[str], floor: int, over: str, under: str) -> _Read:
    value = quotient(over, under)
    if value is None:
        return match.span()
    draft = _ratio_draft(match, value)
    draft.compare(text, floor)
    return draft


def _read_fold(text: str, match: re.Match[str], floor: int) -> _Read:
    """Read 翻两番: twice doubled, four times as much."""
    draft = _ratio_draft(match, Decimal(_FOLDS[match[0][1]]))
    draft.unit, draft.unit_key = "番", "倍"
    return draft


def _read_half(text: str, match: re.Match[str], floor: int) -> _Read:
    draft = _ratio_draft(match, Decimal("0.5"))
    draft.compare(text, floor)
    if match[0][0] in "过超":
        draft.comparator = ">"
    return draft


def _read_part(text: str, match: re.Match[str], floor: int) -> _Read:
    """Read 半年, 半个月."""
    draft = Draft(*match.span(), None)
    measure = fill(draft, text, Decimal("0.5"))
    draft.value = Decimal("0.5")
    return _compared(draft, text, floor, measure.unit)


def _read_grade(text: str, match: re.Match[str], floor: int) -> _Read:
    written = match[0]
    stars = written.count("A")
    digit = next((int(char) for char in written if char.isdigit()), 0)
    level = (digit or stars) if stars else sum(_ROMAN[char] for char in written if char in _ROMAN)
    draft = Draft(*match.span(), "grade")
    draft.value = draft.base = Decimal(level)
    draft.word, draft.word_kind = written, "checkable"
    draft.unit_key = draft.base_unit = "A级" if stars else "级"
    draft.parts.append(("word", *match.span()))
    draft.compare(text, floor)
    return draft


_READERS: dict[str, Callable[[str, re.Match[str], int], _Read]] = {
    "grade": _read_grade, "date": _read_date, "clock": _read_clock, "shift": _read_shift, "share": _read_share,
    "ratio": _read_ratio, "fraction": _read_fraction, "number": _read_number, "fold": _read_fold, "half": _read_half,
    "part": _read_part, "chinese": _read_chinese, "sep": _read_date,
}  # fmt: skip
