"""Dates, parts of a year and spans of dates, as targets state them."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from decimal import Decimal
from typing import NamedTuple

from auditor.quantity.numbers import number

_YEAR = r"(?:19|20)[0-9]{2}"
_QUARTER = r"第?[一二三四1-4]季度?|[一二三四]季度"
_PART = rf"(?:(?:{_QUARTER})[底末初中]?|上半年|下半年|[上中下]旬|年?[底末中初]|全?年度?内?)"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:[12][0-9]|3[01]|0?[1-9])"

PATTERN = rf"""
    {_YEAR}(?:年度?{_MONTH}月份?(?:{_DAY}[日号]|[上中下]旬|[底末中初])?      # 2024年12月31日
      |([-./])(?:{_MONTH}\1{_DAY}|(?:0[1-9]|1[0-2])(?=[前底,;。)]|之前|以前|\Z))(?![0-9:\-~/]|\.[0-9])  # 2024-12-31, 2024.06
      |年度?{_PART}?(?![0-9]{{1,2}}月))(?!代)                                                  # 2024年第三季度
      (?:[-~至到]{{1,2}}(?:{_YEAR}年)?(?:{_MONTH}月份?(?:{_DAY}[日号]|[底末])?)?(?<=[年月日号份底末]))?
  | {_YEAR}[-~至到]{{1,2}}{_YEAR}(?:学?年度?)                                # 2023-2025年
  | {_YEAR}/{_YEAR}学年
  | (?:每年|当年|本年|次年|翌年|同年|年度?)?{_MONTH}月份?(?:{_DAY}[日号]|[上中下]旬|[底末中初])
  | (?:每年|当年|本年|次年|翌年|同年)?(?<![0-9]){_MONTH}月份?(?![龄内0-9])(?:[-~至到]{_MONTH}月(?:{_DAY}日|[底末])?)?
  | 每(?:月|季度?|年|周){_DAY}[日号]
  | {_DAY}[日号](?=[前])
  | (?:当年|本年|每年|次年|全年|本)?(?:{_QUARTER}|[上下]半年)(?:[底末初])?
  | (?:当|本|次|每)?(?:年|月|季度?)[底末](?=[前内,;。完)]|以前|之前|$)
  | (?:当|本|次)年(?:度)?内(?=[,;。完)]|$) | 年内(?=[,;。完)]|$)
"""
"""One alternative of a verbose regular expression, with one numbered group of its own."""

_FULL = re.compile(
    rf"(?P<year>{_YEAR})?(?:年度?|学年|[-./])?(?:(?P<month>{_MONTH})(?:月份?|[-./])?)?(?:(?P<day>{_DAY})[日号]?)?"
)
_RANGE = re.compile(r"(?<=[年月日号份0-9])[-~至到]{1,2}(?=[0-9])")
_QUARTER_NUMBER = re.compile(r"([一二三四1-4])季")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_NUMBERED_DAY = re.compile(r"[0-9]{1,2}(?=[日号])")


class Moment(NamedTuple):
    """A date, or a part of one: a None year is not printed; month and day are those of its last day."""

    year: int | None
    month: int
    day: int

    def value(self) -> Decimal:
        """Return YYYYMMDD, or MMDD where the year is not printed."""
        return Decimal((self.year or 0) * 10000 + self.month * 100 + self.day)

    def ordinal(self) -> Decimal | None:
        """Return the day number, None where the year is not printed."""
        return Decimal(datetime.date(self.year, self.month, self.day).toordinal()) if self.year else None


def read_date(written: str) -> tuple[Moment, Moment | None] | None:
    """Read a date that `PATTERN` matched, in plain text: its last day, or first and last day of a span of dates.

    None for a date that does not exist (2023年2月30日).
    """
    if re.fullmatch(rf"{_YEAR}[-~至到/]{{1,2}}{_YEAR}学?年度?", written):
        return Moment(int(written[:4]), 1, 1), Moment(int(re.findall(_YEAR, written)[1]), 12, 31)
    ends = _RANGE.split(written, maxsplit=1) if written[4:5] not in "-./" else [written]
    if len(ends) == 1:
        last = _moment(written, None, last=True)
        return None if last is None else (last, None)
    first = _moment(ends[0], None, last=False)
    last = None if first is None else _moment(ends[1], first, last=True)
    return None if first is None or last is None else (first, last)


def _moment(written: str, earlier: Moment | None, last: bool) -> Moment | None:
    """Read one date; what it leaves out is taken from the `earlier` end of a span."""
    match = _FULL.match(written.lstrip("每当本次翌同年全度"))
    year = int(match["year"]) if match and match["year"] else (earlier.year if earlier else None)
    month = int(match["month"]) if match and match["month"] else None
    numbered = _NUMBERED_DAY.search(written)
    day = int(match["day"]) if match and match["day"] else (int(numbered[0]) if numbered else None)
    if month is None:
        month, day = (_month_of_part(written, last), None) if day is None else (12 if last else 1, day)
    if day is None:
        day = _last_day(written, year, month) if last else 1
    leap_year = year or 2024
    return Moment(year, month, day) if 1 <= day <= monthrange(leap_year, month)[1] else None


def _month_of_part(written: str, last: bool) -> int:
    quarter = _QUARTER_NUMBER.search(written)
    if quarter:
        at = int(_QUARTERS.get(quarter[1], 0) or number(quarter[1]) or 1)
        return at * 3 if last else at * 3 - 2
    if "上半年" in written or written.endswith("年中"):
        return 6
    if written.endswith("年初"):
        return 1
    return 12 if last else 1


def _last_day(written: str, year: int | None, month: int) -> int:
    if written.endswith(("上旬", "月初")):
        return 10
    if written.endswith(("中旬", "月中")):
        return 20
    # Without a year, February ends on the 28th for a deadline to be safe in any year.
    return 28 if year is None and month == 2 else monthrange(year or 2024, month)[1]
