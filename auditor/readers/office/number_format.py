"""Show a spreadsheet number as its cell shows it: 1 under `0%` is 100%.

The format codes are those of ECMA-376 part 1, 18.8.30–31, as far as budget forms use them. A code that is not understood
(fractions, exponents, conditions) shows the number plainly, with at most 15 significant digits, as the edit line does.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

Value = int | float | str | bool | time | date | datetime | timedelta

BUILT_IN: dict[int, str] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "¥#,##0;¥-#,##0", 6: "¥#,##0;¥-#,##0",
    7: "¥#,##0.00;¥-#,##0.00", 8: "¥#,##0.00;¥-#,##0.00", 9: "0%", 10: "0.00%",
    14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '¥#,##0;-¥#,##0;"-"', 43: '#,##0.00;-#,##0.00;"-"', 44: '¥#,##0.00;-¥#,##0.00;"-"',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Codes of the format numbers that a file need not spell out, as Excel shows them in Chinese (14, 22: ISO order)."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|\\(?P<escaped>.)"
    r"|_.|\*."
    r"|\[\$(?P<currency>[^\]-]*)(?:-[0-9A-Fa-f]+)?\]"
    r"|\[(?P<elapsed>h+|m+|s+)\]"
    r"|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<general>General|G/通用格式)"
    r"|(?P<half>AM/PM|A/P|上午/下午)"
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*,*)?|\.[0#?]+,*)"
    r"|(?P<clock>y+|m+|d+|h+|s+|a{3,4})"
    r"|(?P<percent>%)"
    r"|(?P<refused>[Ee][+-]|/(?=[0-9#?])|@)"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)

# The long date and the time of the computer's own settings, as Chinese ones have them.
_SYSTEM_CODES = {"[$-F800]": 'yyyy"年"m"月"d"日"', "[$-F400]": "h:mm:ss"}

_EPOCH = datetime(1899, 12, 30)
_COLOURS = re.compile(
    r"(?:black|blue|cyan|green|magenta|red|white|yellow|颜色\d*|color\s?\d+|dbnum\d)\Z", re.IGNORECASE
)

Token = tuple[str, str]
"""The kind of a part of a code and its text."""


def matters(code: str) -> bool:
    """Tell whether numbers under `code` look different from the number itself."""
    return code not in ("", "General", "@", "G/通用格式", "GENERAL")


def shown(value: Value, code: str) -> str:
    """Return `value` as a cell with format `code` shows it; text and codes that are not understood pass unchanged."""
    if isinstance(value, str):
        return value
    for system, own in _SYSTEM_CODES.items():
        if code.startswith(system):
            code = own
    sections = _sections(code)
    if isinstance(value, bool):
        return plainly(value)
    if sections and _is_clock(sections[0]):
        return _clock(value, sections[0])
    if isinstance(value, (int, float)):
        return _number(value, sections)
    return plainly(value)


def plainly(value: Value) -> str:
    """Return `value` without a format: 31.49, 5, TRUE, 2024-12-31."""
    if isinstance(value, float):
        return decimal_text(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds").removesuffix(" 00:00:00")
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, timedelta):
        return _clock(value, (("elapsed", "h"), ("other", ":"), ("clock", "mm"), ("other", ":"), ("clock", "ss")))
    return str(value)


def decimal_text(value: float) -> str:
    """Show at most 15 significant digits, as spreadsheets do, and no exponent where people would write none."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.15g}"
    if "e" not in text:
        return text
    return format(Decimal(text), "f") if 1e-10 <= abs(value) < 1e21 else text


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[tuple[Token, ...], ...]:
    """Cut a code into its sections (positive; negative; zero; text) of tokens; () if it is not understood."""
    sections: list[list[Token]] = [[]]
    for found in _TOKEN.finditer(code):
        kind, text = found.lastgroup or "blank", found[0]
        if kind == "other" and text == ";":
            sections.append([])
        elif (kind == "refused" and text != "@") or (kind == "bracket" and not _COLOURS.match(found["bracket"])):
            return ()
        elif kind in ("quoted", "escaped", "currency", "other"):
            sections[-1].append(("other", found[kind] or ""))
        elif kind not in ("blank", "bracket"):
            sections[-1].append((kind, found["elapsed"] or text))
    return tuple(tuple(section) for section in sections)


def _is_clock(section: tuple[Token, ...]) -> bool:
    return any(kind in ("clock", "elapsed") for kind, _ in section)


def _number(value: float, sections: tuple[tuple[Token, ...], ...]) -> str:
    """Show a number under the section that its sign asks for; a section of its own for negatives brings its own sign."""
    if not sections:
        return plainly(value)
    count = len(sections)
    at = 1 if value < 0 and count > 1 else 2 if value == 0 and count > 2 else 0
    section = sections[at]
    if any(kind == "general" for kind, _ in section):
        return "".join(plainly(value) if kind == "general" else text for kind, text in section)
    if any(kind == "refused" for kind, _ in section):
        return plainly(value)
    try:
        exact = Decimal(f"{value:.15g}")
        text, rounded = _fill(abs(exact), section)
    except InvalidOperation:
        return plainly(value)
    return f"-{text}" if value < 0 and at == 0 and rounded else text


def _fill(exact: Decimal, section: tuple[Token, ...]) -> tuple[str, bool]:
    """Put a number into a section; also tell whether anything but zero is left of it after rounding."""
    slots = [text for kind, text in section if kind == "digits"]
    if len(slots) > 1:
        # Digits apart from each other (telephone numbers) are not worth the trouble.
        raise InvalidOperation
    exact *= 100 ** sum(kind == "percent" for kind, _ in section)
    filled, rounded = _digits(exact, slots[0]) if slots else ("", bool(exact))
    return "".join(filled if kind == "digits" else text for kind, text in section), rounded


def _digits(exact: Decimal, slot: str) -> tuple[str, bool]:
    # Each comma at the end divides by a thousand; one inside separates thousands.
    scale = len(slot) - len(slot.rstrip(","))
    whole, _, decimals = slot.rstrip(",").partition(".")
    exact = (exact / 1000**scale).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    text = format(exact, "f")
    before, _, after = text.partition(".")
    needed = len(decimals.rstrip("#?"))
    after = after[:needed] + after[needed:].rstrip("0")
    before = before.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        before = format(int(before), ",").rjust(len(before), "0") if before else ""
    return before + (f".{after}" if after else ""), bool(exact)


def _clock(value: Value, section: tuple[Token, ...]) -> str:
    """Show a date, a time or a duration; a bare number counts days since 1899-12-30."""
    try:
        moment, total = _moment(value)
    except (OverflowError, ValueError):
        return plainly(value) if not isinstance(value, timedelta) else str(value)
    half = any(kind == "half" for kind, _ in section)
    out: list[str] = []
    for at, (kind, text) in enumerate(section):
        if kind == "elapsed":
            seconds = int(total.total_seconds())
            out.append(str(seconds // {"h": 3600, "m": 60, "s": 1}[text[0].lower()]).zfill(len(text)))
        elif kind == "clock":
            out.append(_clock_part(text.lower(), moment, half, _is_minute(section, at)))
        elif kind == "half":
            out.append(text.split("/")[moment.hour >= 12])
        elif kind != "percent":
            out.append(text)
    return "".join(out).strip()


def _moment(value: Value) -> tuple[datetime, timedelta]:
    """Return a point in time to take parts from, and the same as the time since the epoch."""
    if isinstance(value, datetime):
        return value, value - _EPOCH
    if isinstance(value, date):
        moment = datetime(value.year, value.month, value.day)
        return moment, moment - _EPOCH
    if isinstance(value, time):
        total = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    else:
        total = value if isinstance(value, timedelta) else timedelta(seconds=round(float(value) * 86400))
    return _EPOCH + total, total


def _is_minute(section: tuple[Token, ...], at: int) -> bool:
    """Tell minutes from months: after hours or before seconds an m means minutes."""
    parts = [(place, text.lower()) for place, (kind, text) in enumerate(section) if kind in ("clock", "elapsed")]
    here = next(index for index, (place, _) in enumerate(parts) if place == at)
    before = parts[here - 1][1] if here else ""
    after = parts[here + 1][1] if here + 1 < len(parts) else ""
    return before.startswith("h") or after.startswith("s")


def _clock_part(code: str, moment: datetime, half: bool, minute: bool) -> str:
    width = len(code)
    if code[0] == "y":
        return f"{moment.year:04d}" if width > 2 else f"{moment.year % 100:02d}"
    if code[0] in "da" and width > 2:
        return ("星期" if width > 3 else "周") + "一二三四五六日"[moment.weekday()]
    if code[0] == "m" and width > 2 and not minute:
        return f"{moment.month}月"
    hour = (moment.hour % 12 or 12) if half else moment.hour
    number = {"m": moment.minute if minute else moment.month, "d": moment.day, "h": hour, "s": moment.second}[code[0]]
    return f"{number:0{min(width, 2)}d}"
