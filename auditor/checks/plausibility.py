"""Is the target worth setting: one that cannot fail, cannot be met, points the wrong way or is already past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from auditor.checks.measurability import annual, at
from auditor.claim import Claim, claim_of
from auditor.finding import Mark, Subject
from auditor.profile import Profile
from auditor.quantity import Quantity
from auditor.text import plain

_LEAST = ("≥", ">")
_MOST = ("≤", "<")
_OVER_HUNDRED = re.compile(
    r"带动|撬动|放大|杠杆|增长|增幅|增速|提高|上升|完成率|执行率|达成率|达产|利用率|负荷|周转|入住率|上座|倍|比重|回报|收益|自给|覆盖倍数|产销率|流动比|速动比|拨备"
)
_MAY_BE_NEGATIVE = re.compile(r"利润|盈余|收支|净|温度|气温|增减|差额|涨幅")
_INCIDENT = re.compile(
    r"挪用|贪污|违纪|舞弊|泄题|失密|事故|泄露|泄密|伤亡|死亡人数|安全事件|案件发生|溺水|火灾|踩踏|食物中毒|刑事案件|群体性事件"
)
_APPROVAL = re.compile(r"满意|合格率|达标率|通过率|准确率|完好率|及时率")
_MONEY_OF_ITS_OWN = re.compile(r"金额|总额|额度|投入|支出|经费|补助|补贴|资金")
_RESOLVED = re.compile(
    r"(?:关闭|修复|排除|处理|处置|解决|整改|办结|结案|响应|查处|侦破|化解|销号|清零|闭环|回复|回访|答复|控制|治理|消除|上报|报告|发现|预警"
    r"|识别|检出|防控|防治|下降|降低|减少|减排|压减|节约|改善|合规|及时|完成|达标|合格|覆盖|知晓|成功|治愈|好转|救治|挽回|避免|拦截)[^,]{0,3}(?:率|比例)"
)
"""Rates of dealing with something bad: more is better, whatever is dealt with."""

LENIENT_APPROVAL = Decimal(60)
"""A satisfaction or pass rate below this share contradicts what it measures (percent)."""


def _values(claim: Claim, **more: object) -> dict[str, object]:
    return {"name": claim.name, "target": claim.text, **more}


def _percent(quantity: Quantity) -> Decimal | None:
    """Return a ratio in percent, a bare number as it stands."""
    if quantity.dimension == "ratio" and quantity.base is not None:
        return quantity.base * 100
    return quantity.value if quantity.dimension is None else None


def _percent_of(claim: Claim) -> Decimal | None:
    """Return a claim's share in percent; a bare number counts only under a name that is a rate."""
    if claim.measure.dimension is None and not (claim.is_rate or claim.is_satisfaction):
        return None
    return _percent(claim.measure)


def cannot_fail(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a target that any outcome satisfies: at least nothing, or a rate of at most everything."""
    for passage, claim in annual(subject):
        measure = claim.measure
        if not claim.is_numeric:
            continue
        nothing = measure.comparator == "≥" and measure.value is not None and measure.value <= 0
        if nothing and not claim.expectation.is_relative and not _MAY_BE_NEGATIVE.search(claim.name):
            yield Mark(at(subject, passage), measure.span, _values(claim))


def impossible(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a bounded rate over 100 %, and (advice) one of at least 100 %; growth and over-fulfilment are not bounded."""
    for passage, claim in annual(subject):
        measure = claim.measure
        share = _percent(measure) if claim.is_numeric and (claim.is_rate or claim.is_satisfaction) else None
        if share is None or claim.expectation.is_relative:
            continue
        if share > 100 and measure.comparator not in _MOST and not _OVER_HUNDRED.search(claim.name):
            yield Mark(at(subject, passage), measure.span, _values(claim))
        elif share == 100 and measure.comparator == "≥" and not _reaches(claim):
            yield Mark(at(subject, passage), measure.span, _values(claim), variant="at_least_hundred")
        elif share == 100 and measure.comparator == ">":
            yield Mark(at(subject, passage), measure.span, _values(claim))


def _reaches(claim: Claim) -> bool:
    """Tell whether the comparator is a mere 达到, which with 100 % means exactly that."""
    span = claim.measure.span_of("comparator")
    return span is not None and claim.text[span[0] : span[1]].startswith("达")


def wrong_direction(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a comparator that points away from what the name calls better.

    Amounts of a project's own money may be capped, so for money only what should be less counts; "at most 100 %" and
    "at least 0" say nothing about direction.
    """
    for passage, claim in annual(subject):
        measure, better = claim.measure, claim.expectation.direction
        asked = claim.expectation.dimensions
        if not claim.is_numeric or better is None or claim.fit in ("rate_with_amount", "other"):
            continue
        if measure.dimension == "ratio" and asked and "ratio" not in asked:
            continue
        if better == "less" and _RESOLVED.search(plain(claim.name).text):
            continue
        against = measure.comparator in (_MOST if better == "more" else _LEAST)
        if not against or not _says_direction(claim, better):
            continue
        more = better == "more"
        values = _values(
            claim,
            comparator=measure.comparator,
            right="≥" if more else "≤",
            better="越高越好" if more else "越低越好",
            better_en="higher is better" if more else "lower is better",
        )
        yield Mark(at(subject, passage), measure.span_of("comparator"), values)


def _says_direction(claim: Claim, better: str) -> bool:
    measure = claim.measure
    if (
        better == "more"
        and (measure.dimension == "money" or _MONEY_OF_ITS_OWN.search(claim.name))
        and not claim.is_rate
    ):
        return False
    if better == "more" and _percent(measure) == 100:
        return False
    return not (better == "less" and measure.value == 0)


def lenient(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a target so loose that it contradicts its purpose: an incident allowed, a satisfaction below the pass mark."""
    for passage, claim in annual(subject):
        measure = claim.measure
        if not claim.is_numeric or measure.value is None:
            continue
        counted = measure.dimension in (None, "count", "times", "people") and not claim.is_rate
        least = 2 if measure.comparator == "<" else 1
        capped = measure.comparator in (*_MOST, None) and measure.value >= least
        allows = counted and capped and _INCIDENT.search(claim.name)
        share = _percent(measure) if claim.is_rate else None
        low = share is not None and 0 < share < LENIENT_APPROVAL and measure.comparator not in _MOST
        if allows or (low and _APPROVAL.search(claim.name) and not claim.expectation.is_relative):
            yield Mark(at(subject, passage), measure.span, _values(claim))


def blanket_hundred(subject: Subject, profile: Profile, *, least: int = 4) -> Iterator[Mark]:
    """Mark a project with `least` or more indicators whose every target is 100 %."""
    project = subject.project
    if project is None or len(project.indicators) < least:
        return
    claims = [claim_of(indicator) for indicator in project.indicators]
    if all(claim and claim.is_numeric and _percent_of(claim) == 100 for claim in claims):
        yield Mark(subject, None, {"count": len(claims)}, quote="100%")


_CITED = re.compile(r"\s*(?:版|修订|标准|印发|发布|第?\d*号|起|以来|至今|[^《]*》)|[)）]标准")
"""Behind a year that only names a document or a beginning."""

_NATURE = {"定量": True, "定性": False}
_DIRECTION = {
    "正向": "more",
    "反向": "less",
    "逆向": "less",
    "负向": "less",
    "≥": "more",
    "≤": "less",
    "越高越好": "more",
    "越低越好": "less",
}


def declared_conflict(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a value that contradicts what the form's own columns 性质 and 方向 declare of it."""
    indicator = subject.indicator
    if indicator is None:
        return
    for passage, claim in annual(subject):
        quantitative = next(
            (is_number for word, is_number in _NATURE.items() if word in (indicator.nature or "")), None
        )
        if quantitative is not None and quantitative != claim.is_numeric:
            found = "数值" if claim.is_numeric else "文字"
            values = _values(claim, column="性质", column_en="nature", declared=indicator.nature, found=found)
            yield Mark(at(subject, passage), None, values)
        said = f"{indicator.direction or ''} {plain(indicator.nature or '').text}".strip()
        declared = next((side for word, side in _DIRECTION.items() if word in said), None)
        against = {"more": _MOST, "less": _LEAST}.get(declared or "", ())
        if claim.measure.comparator in against and claim.measure.value not in (0, 100):
            values = _values(
                claim,
                column="方向",
                column_en="direction",
                declared=said,
                found=claim.measure.comparator,
            )
            yield Mark(at(subject, passage), claim.measure.span_of("comparator"), values)


def date_past(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a target whose last date lies before the year printed in the document's title."""
    year = subject.document.year
    if year is None:
        return
    for passage, claim in annual(subject):
        dates = [
            quantity.date
            for quantity in claim.target.quantities
            if quantity.date is not None and not _CITED.match(claim.text[quantity.span[1] :])
        ]
        if dates and max(dates).year < year:
            yield Mark(at(subject, passage), claim.measure.span, _values(claim, date=max(dates).isoformat(), year=year))
