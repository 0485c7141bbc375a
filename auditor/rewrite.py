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
_PER_MANY = re.compile(r"死亡率|发病率|发生率|伤亡率|患病率|检出率|性别比|万车|亿元|十万|每万|千人")
_CHANGE = re.compile(r"提高|提升|增加|增长|上升|下降|降低|减少|压减|压缩|缩短|节约|节省|挽回|避免")
_OWN_MONEY = re.compile(r"投资|投入|成本|经费|预算|支出|费用")
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
    """Propose the same target with a unit: % for a plain rate, otherwise a blank with the units that are usual here."""
    text = claim.text.strip()
    asked = claim.expectation.dimensions
    if claim.is_rate and not _PER_MANY.search(claim.name):
        return f"{text}%"
    usual = "，如万元、元" if "money" in asked else "，如个、家、人次" if "count" in asked or not asked else ""
    return f"{text}{BLANK}（补上单位{usual}）"


def with_comparator(claim: Claim) -> str:
    """Propose the same target with a comparator; which one is left open where the name does not show the better side."""
    span = claim.measure.span_of("unit") or claim.measure.span_of("number")
    start = claim.measure.span_of("number")
    if start is None or span is None:
        return claim.text.strip()
    if _CHANGE.search(claim.text):
        return f"{claim.text[: span[1]]}以上{claim.text[span[1] :]}".strip()
    sign = "≥" if _CHANGE.search(claim.name) else {"less": "≤", "more": "≥"}.get(claim.expectation.direction or "", "≥")
    proposal = f"{claim.text[: start[0]]}{sign}{claim.text[start[0] :]}".strip()
    if claim.measure.dimension == "money" and _OWN_MONEY.search(claim.name):
        return f"{proposal}（有上限的改用“≤”）"
    return proposal
