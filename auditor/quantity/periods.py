"""Periods in front of a number: 每月, 每两年, 全年, 2024年."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from auditor.quantity.numbers import number
from auditor.quantity.units import UNITS

_PERIOD = re.compile(
    r"每(?:隔)?(?P<number>[0-9]{1,4}|[一二两三四五六七八九十半]{1,3})?(?P<unit>个?(?:年度|年|学年|学期|季度|季|月|旬|星期|周|自然日|工作日|日|天|晚|小时|分钟))度?"
    r"|半年(?=[0-9一二两三])|全年度?|年度内?|(?<![0-9每])当年度?|本年度?|年均|月均|周均|日均|季均"
    r"|(?:19|20)[0-9]{2}年度?内?|(?<![接将临])近[0-9一二两三五十]{1,2}(?:年|个月)|年内|期内|服务期内|项目期内|实施期内|规划期内"
)


class Period(NamedTuple):
    """A period as written and where it stands; `seconds` where it recurs, so that occurrences in it are a frequency."""

    text: str
    start: int
    end: int
    seconds: Decimal | None


def period_in(text: str, start: int, end: int) -> Period | None:
    """Find the first period in `text[start:end]`."""
    match = _PERIOD.search(text, start, end)
    if match is None:
        return None
    return Period(match[0], *match.span(), _seconds(match) if match["unit"] else None)


def _seconds(match: re.Match[str]) -> Decimal | None:
    unit = UNITS.get(match["unit"].removeprefix("个"))
    if unit is None or unit.dimension != "duration":
        return None
    if match["number"] == "半":
        return unit.to_base(Decimal("0.5"))
    many = number(match["number"]) if match["number"] else None
    return unit.to_base(many or Decimal(1))
