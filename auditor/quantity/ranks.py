"""Ranks: 第三名, 前6, TOP10."""

from __future__ import annotations

import re
from decimal import Decimal

from auditor.quantity.amounts import unit_at
from auditor.quantity.draft import Draft
from auditor.quantity.model import Comparator
from auditor.quantity.units import PER_CENT, UNITS

_RANK_UNITS = ("名", "位", "强", "甲", "佳", "名次", "位次")
_RANK_SIGNS: dict[str, Comparator] = {"≥": "≤", "≤": "≥", ">": "<", "<": ">"}
_TOP = re.compile(r"(?:TOP|Top|top) ?\Z")


def ends_in_top(text: str, start: int) -> bool:
    """Tell whether TOP stands in front of the number at `start`."""
    return _TOP.search(text, max(0, start - 4), start) is not None


def read_ordinal(text: str, start: int, end: int, value: Decimal) -> Draft | None:
    """Read 第1, 第三名 as a rank; 第二批 and 第三方 are names."""
    if not text.startswith(_RANK_UNITS, end) and (text[end] not in "\0,;。)、" or (start == 1 and text[end] == "、")):
        return None
    draft = _rank(text, start - 1, end, value)
    draft.compare(text, max(0, start - 8))
    # 不低于第五名 asks for the fifth place or a smaller number.
    draft.comparator = _RANK_SIGNS.get(draft.comparator or "", draft.comparator)
    return draft


def read_top(text: str, start: int, end: int, value: Decimal) -> Draft | None:
    """Read 前6名, 前10% as a rank; 前三年 and 前5个月 are periods."""
    unit = unit_at(text, end)
    if unit is not None and not unit.startswith(_RANK_UNITS) and UNITS[unit].key not in ("%", "个", "家"):
        return None
    draft = _rank(text, start, end, value)
    draft.comparator = "≤"
    if text[start] == "前":
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
