"""Which area and level of government a department's name speaks of: 广州市商务局 is a city's, 某县水务局 a county's."""

from __future__ import annotations

import re

from auditor.text import plain

_AREA = re.compile(
    r"^(?P<province>[\u4e00-\u9fff]{1,6}?(?:省|自治区))?"
    r"(?P<city>[\u4e00-\u9fff]{1,8}?(?:自治州|地区|市|盟))?"
    r"(?P<county>[\u4e00-\u9fff]{1,6}?(?:自治县|自治旗|新区|开发区|区|县|旗))?"
    r"(?P<town>[\u4e00-\u9fff]{1,6}?(?:镇|乡|街道))?"
)
_LEVELS = ("province", "city", "county", "town")
_NOT_NAME = re.compile(r"[\s()（）]|本级|机关$")


def department_name(text: str | None) -> str:
    """Return a department's name in a form that two spellings of it share, '' where none is printed."""
    return _NOT_NAME.sub("", plain(text or "").text)


def level(department: str) -> int | None:
    """Return how far down a department stands: 0 province, 1 city, 2 county or district, 3 town; None where unknown."""
    found = _AREA.match(department)
    known = [number for number, name in enumerate(_LEVELS) if found and found[name]]
    return known[-1] if known else None
