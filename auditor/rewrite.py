"""Proposals for a better target, in the applicant's own words; a blank stands wherever only the applicant knows.

No number is ever invented: `____` is for the applicant to fill in.
"""

from __future__ import annotations

import re

from auditor.claim import Claim
from auditor.quantity import Dimension

BLANK = "____"
_RISE = re.compile(r"提升|提高|增强|增长|增加|改善|优化|扩大|壮大|促进|带动")
_FALL = re.compile(r"降低|减少|下降|减轻|压缩|压减|遏制")
_LASTING = re.compile(r"长期|短期|持续|长效|永久|长久")
_TIME = re.compile(r"时间|时限|期限|及时|按时|按期|进度")
_BY_DIMENSION: dict[Dimension, str] = {
    "ratio": f"≥{BLANK}%",
    "count": f"≥{BLANK}个",
    "times": f"≥{BLANK}次",
    "people": f"≥{BLANK}人",
    "person_times": f"≥{BLANK}人次",
    "households": f"≥{BLANK}户",
    "money": f"≥{BLANK}万元",
    "area": f"≥{BLANK}平方米",
    "length": f"≥{BLANK}公里",
    "date": f"{BLANK}年{BLANK}月底前",
    "duration": f"≤{BLANK}个工作日",
    "score": f"≥{BLANK}分",
}


def measurable(claim: Claim) -> str:
    """Propose a target that can be checked for one that cannot."""
    said = claim.name + claim.text
    if _LASTING.search(claim.text):
        return f"≥{BLANK}年（写明由谁、用什么机制保障）"
    if claim.expectation.is_relative or ("state" in claim.expectation.dimensions and _RISE.search(said)):
        return f"较上年提高{BLANK}%"
    if _FALL.search(said):
        return f"较上年下降{BLANK}%"
    for dimension in claim.expectation.dimensions:
        if dimension in _BY_DIMENSION and "state" not in claim.expectation.dimensions:
            return _turned(_BY_DIMENSION[dimension], claim)
    if _TIME.search(claim.name):
        return f"{BLANK}年{BLANK}月底前"
    if _RISE.search(said):
        return f"较上年提高{BLANK}%"
    return f"{BLANK}（写明数量和单位，或可核对的状态）"


def _turned(proposal: str, claim: Claim) -> str:
    """Put the name's own unit and the side that is better into a proposal."""
    unit = claim.expectation.unit
    if unit and unit != "%":
        proposal = f"≥{BLANK}{unit}"
    return proposal.replace("≥", "≤") if claim.expectation.direction == "less" else proposal


def with_unit(claim: Claim) -> str:
    """Propose the same target with a unit: % for a rate, a blank otherwise."""
    text = claim.text.strip()
    return f"{text}%" if claim.is_rate else f"{text}{BLANK}（补上单位，如个、家、人次）"


def with_comparator(claim: Claim) -> str:
    """Propose the same target with the comparator that its direction asks for."""
    sign = "≤" if claim.expectation.direction == "less" else "≥"
    start = claim.measure.span_of("number")
    at = start[0] if start else 0
    return f"{claim.text[:at]}{sign}{claim.text[at:]}".strip()
