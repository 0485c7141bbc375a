"""Find the quantities of a plain text from left to right."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from auditor.quantity import dates
from auditor.quantity.counted import read_chinese, read_mixed, read_number, read_part
from auditor.quantity.draft import Draft, Read
from auditor.quantity.numbers import CHINESE, DIGITS
from auditor.quantity.ratios import read_fold, read_fraction, read_grade, read_half, read_ratio, read_share
from auditor.quantity.units import UNITS
from auditor.text import Span

# The look-ahead costs one comparison where no quantity can begin, which is nearly everywhere.
_TOKEN = re.compile(
    rf"""(?=[0-9零一二两三四五六七八九十百千万拾佰仟壹贰叁肆伍陆柒捌玖廿卅半翻过超近年月季每当本次翌同全第上下ⅠⅡⅢⅣⅤA])(?:
    (?P<grade>[ⅠⅡⅢⅣⅤ]{{1,3}}(?:[类级]|(?![a-zA-Z]))|[一二三]级[甲乙丙]等|(?<![A-Za-z0-9])[1-5]?A{{1,5}}级|(?<![A-Za-z0-9])[1-5]A(?=景区|旅游|物流)|(?<![A-Za-z0-9])A{{3,5}}(?![A-Za-z]))
  | (?<![0-9A-Za-z.])(?P<date>{dates.PATTERN.replace("([-./])", "(?P<sep>[-./])").replace(chr(92) + "1", "(?P=sep)")})
  | (?P<clock>(?<![0-9])[0-9]{{1,2}}:[0-5][0-9](?:[-~至到][0-9]{{1,2}}:[0-5][0-9]|(?=[前后]))
      |(?<![0-9])(?:[2-9]|1[0-9]|2[0-3]):[0-5][0-9](?![0-9:])|(?:19|20)[0-9]{{2}}年[0-9]{{1,2}}月(?:[0-9]{{1,2}}[日号])?)
  | (?P<shift>[567][×xX*]24(?:个?小时)?)
  | (?P<share>(?:{DIGITS}|{CHINESE}|万)分之(?:{DIGITS}|{CHINESE}))
  | (?P<ratio>{DIGITS}:{DIGITS}(?![0-9:]))
  | (?P<fraction>{DIGITS}/[0-9]{{1,20}}[万千]?(?![0-9/.]))
  | (?P<mixed>(?<![0-9.])[0-9]{{1,4}}(?:亿[0-9]{{1,4}}万|万[0-9]千(?![米克瓦伏])))
  | (?P<number>{DIGITS})
  | (?P<fold>翻(?:[一两二三四五六]番|番))
  | (?P<half>过半数?|一半|半数)
  | (?P<part>(?<![上下每])半(?=个?[年天日月]|个?小时|个?学[期年]))
  | (?P<chinese>{CHINESE})
    )""",
    re.VERBOSE,
)

MAX_QUANTITIES = 200
"""No target states more; what follows is left over, so that a pasted book costs no more than a long page."""


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


def _read_date(text: str, match: re.Match[str], floor: int) -> Read:
    read = dates.read_date(match[0])
    if read is None:
        return match.span()
    if match[0].isdigit() or match[0] in ("年", "月"):
        return read_number(text, match, floor)
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


def _read_clock(text: str, match: re.Match[str], floor: int) -> Read:
    return match.span()


def _read_shift(text: str, match: re.Match[str], floor: int) -> Read:
    """Read 7×24小时: round the clock on so many days a week."""
    draft = Draft(*match.span(), None)
    draft.value = Decimal(24)
    draft.unit, draft.period = "小时", match[0][:2] + "24"
    draft.take_unit(UNITS["小时"], None)
    draft.parts.append(("number", *match.span()))
    return draft


_READERS: dict[str, Callable[[str, re.Match[str], int], Read]] = {
    "grade": read_grade, "date": _read_date, "clock": _read_clock, "shift": _read_shift, "share": read_share,
    "ratio": read_ratio, "fraction": read_fraction, "number": read_number, "mixed": read_mixed, "fold": read_fold, "half": read_half,
    "part": read_part, "chinese": read_chinese, "sep": _read_date,
}  # fmt: skip
