"""Numbers as people write them: digits, Chinese numerals, fractions."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
"""A number in digits of the plain view, thousands separators allowed."""

_CHINESE_DIGIT = "一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
_CHINESE_STEP = "十百千拾佰仟"
CHINESE = (
    rf"(?:[{_CHINESE_DIGIT}{_CHINESE_STEP}廿卅]|零(?=[{_CHINESE_DIGIT}点]))"
    rf"[零〇{_CHINESE_DIGIT}{_CHINESE_STEP}廿卅万亿萬億]{{0,30}}(?:点[零〇{_CHINESE_DIGIT}]{{1,20}})?"
)
"""A number in Chinese numerals."""

_LONGEST = 40
"""Digits of the longest number that is read; what is longer is a serial number or an accident."""

_SINGLE = {char: Decimal(at) for at, char in enumerate("零一二三四五六七八九十")}
_SINGLE |= {char: Decimal(at) for at, char in enumerate("壹贰叁肆伍陆柒捌玖拾", 1)}
_SINGLE |= {"两": Decimal(2), "百": Decimal(100), "千": Decimal(1000), "佰": Decimal(100), "仟": Decimal(1000)}

# 三五家 is not 35 of them; digits without steps are a year or a decimal.
_HAS_STEP = re.compile(f"[{_CHINESE_STEP}万亿萬億点廿卅]")
_LIKE_A_YEAR = re.compile("[一二][〇零九][〇零一二三四五六七八九]{2}")

_NEIGHBOURS = re.compile(f"([{_CHINESE_DIGIT}])([{_CHINESE_DIGIT}])(?=[{_CHINESE_STEP}万亿]|$)")


def from_digits(written: str) -> Decimal | None:
    """Convert a number in digits; None for one too long to be an amount."""
    if len(written) > _LONGEST:
        return None
    return Decimal(written.replace(",", "") if "," in written else written)


@lru_cache(maxsize=4096)
def from_chinese(written: str) -> Decimal | None:
    """Convert a number in Chinese numerals (`三千二百`, `两`, `百`); None where it is no number.

    Done by cn2an, which is loaded on first need: most documents write digits. It raises rather than guesses, but
    knows neither a leading 百 nor the 零 in 十万零三千.
    """
    if written in _SINGLE:
        return _SINGLE[written]
    from cn2an import cn2an  # type: ignore[import-untyped]

    if len(written) > 1 and not _HAS_STEP.search(written) and not _LIKE_A_YEAR.fullmatch(written):
        return None
    whole = "一" + written if written[0] in "百千佰仟" else written
    for form in (whole, whole.replace("零", "")):
        try:
            return Decimal(str(cn2an(form, "normal")))
        except (ValueError, KeyError, IndexError, InvalidOperation):
            continue
    return None


def neighbours(written: str) -> tuple[Decimal, Decimal] | None:
    """Read 五六, 三五 or 三四十 as the range it means, None for anything else (二〇二四)."""
    match = _NEIGHBOURS.match(written)
    if match is None:
        return None
    low, high = from_chinese(match[1] + written[2:]), from_chinese(written[1:])
    if low is None or high is None or not 1 <= _SINGLE[match[2]] - _SINGLE[match[1]] <= 2:
        return None
    return low, high


def number(written: str) -> Decimal | None:
    """Convert a number in digits or in Chinese numerals."""
    return from_digits(written) if "0" <= written[0] <= "9" else from_chinese(written)


def quotient(over: str, under: str) -> Decimal | None:
    """Divide two written numbers; None where one is no number or the lower one is nought."""
    top, bottom = number(over), number(under)
    if top is None or not bottom:
        return None
    return top / bottom
