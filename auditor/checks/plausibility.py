"""Is the target worth setting: one that cannot fail, cannot be met, points the wrong way or is already past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from auditor.checks.declared_unit import unit_conflict
from auditor.checks.measurability import annual, at
from auditor.claim import Claim, claim_of
from auditor.finding import Mark, Subject
from auditor.profile import Profile
from auditor.quantity import Quantity
from auditor.text import plain

_LEAST = ("≥", ">")
_MOST = ("≤", "<")
_MAY_BE_NEGATIVE = re.compile(r"利润|盈余|收支|净|温度|气温|增减|差额|涨幅")
_BOUNDED = re.compile(
    r"(?:合格|达标|通过|覆盖|及时|准确|正确|满意|完好|知晓|参与|到位|发放|成活|优良|合规|入学|巩固|办结|处置|修复|响应|普及|到课|出勤|就业|签约|公开|回复|到账|足额|安全|清运"
    r"|保障|完整|吻合|命中|有效|成功|治愈|接种|检出|上网|联网|在线)(?:率|度|比例)$"
)
"""Rates that cannot pass 100 %."""

_RESERVES = re.compile(r"拨备|流动性|偿付|倍")

_INCIDENT = re.compile(
    r"挪用|贪污|违纪|舞弊|泄题|失密|事故|泄露|泄密|伤亡|死亡人数|安全事件|案件发生|溺水|火灾|踩踏|食物中毒|刑事案件|群体性事件"
)
_APPROVAL = re.compile(r"满意(?:度|率)|验收合格率|验收通过率|质量合格率|工程合格率")
_WORK_ON_INCIDENTS = re.compile(r"勘查|侦|查处|处置|处理|调查|办理|检查|演练|宣传|培训|防范|整治|排查|频率|率$|每")
_BAD_RATE = re.compile(
    r"(?:事故|投诉|差错|误差|错误|流失|超支|超预算|超概算|故障|发病|死亡|空置|逾期|违规|违法|违约|不良|漏报|误报|漏检|失业|损耗|损失|缺陷|返工|返修"
    r"|复发|感染|辍学|退货|信访|上访|舆情)(?:发生|事件|贷款)?率$"
)
"""Rates of which less is better, named by their last words only."""

_BAD_COUNT = re.compile(
    r"(?:事故|投诉|伤亡|死亡|舆情|违纪|泄密|差错)(?:发生)?(?:事件|案件|人员)?(?:起数|次数|件数|人数|数量|数)$"
)
_COST = re.compile(r"(?:成本|单价|费用|造价|租金|工本费)(?:控制|控制数|总额|金额)?$")
_WAIT = re.compile(
    r"(?:等候|等待|排队|候诊|交办|转办|响应|办理|办结|处理|处置|修复|到达|审批|审核|回复|答复|受理|出警|送达|结算|支付|拨付)(?:所需|平均)?(?:时间|时限|时长|天数|周期)$"
)
_TURNED = re.compile(
    r"节约|节省|免收|减免|消费|降低|减少|压减|下降|核减|避免|提前|挽回|增收|补助|奖励|助学|标准|免费|投入|带动|成功|下限|最低"
)
_NOT_MORE_IS_BETTER = re.compile(
    r"使用率|利用率|占用|床位|开发|消耗|药占|超|误|差错|流失|投诉|退|缺|违|事故|损|耗|逾期|欠|空置|漏|故障|死亡|发病|失业|不良|病害|依赖|负债|集中度|偏差|误差|杠杆|降|减|占"
)
_OPEN_BRACKET = re.compile(r"\([^()]*\)$")

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
        name = _OPEN_BRACKET.sub("", plain(claim.name).text).rstrip("、,;。")
        if share is None or claim.expectation.is_relative or _RESERVES.search(name) or not _BOUNDED.search(name):
            continue
        if share > 100 and measure.comparator not in _MOST:
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

    Judged only where the name's last words leave no doubt: rates and satisfaction of which more is better; rates of
    something bad, incidents, costs and waiting times of which less is. "At most 100 %" and "at least 0" say nothing.
    """
    for passage, claim in annual(subject):
        measure = claim.measure
        better = _better(claim) if claim.is_numeric and claim.fit not in ("rate_with_amount", "other") else None
        if better is None or measure.comparator not in (_MOST if better == "more" else _LEAST):
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


def _better(claim: Claim) -> str | None:
    """Tell which side is better, None where the name leaves doubt or the value says nothing about a side."""
    name = _OPEN_BRACKET.sub("", plain(claim.name).text).rstrip("、,;。")
    share = _percent(claim.measure)
    if _TURNED.search(name):
        return None
    if _BAD_RATE.search(name) or _BAD_COUNT.search(name) or _WAIT.search(name):
        return None if claim.measure.value == 0 else "less"
    if _COST.search(name) and claim.measure.dimension == "money":
        return "less"
    rate = (claim.is_rate or claim.is_satisfaction) and claim.expectation.direction == "more" and share is not None
    if not rate or share == 100 or claim.expectation.is_relative or _NOT_MORE_IS_BETTER.search(name):
        return None
    return "more"


def lenient(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a target so loose that it contradicts its purpose: an incident allowed, a satisfaction below the pass mark."""
    for passage, claim in annual(subject):
        measure = claim.measure
        if not claim.is_numeric or measure.value is None:
            continue
        counted = measure.dimension in (None, "count", "times", "people") and not claim.is_rate
        least = 2 if measure.comparator == "<" else 1
        capped = measure.comparator in (*_MOST, None) and measure.value >= least
        allows = counted and capped and _INCIDENT.search(claim.name) and not _WORK_ON_INCIDENTS.search(claim.name)
        share = _percent(measure) if claim.is_rate and measure.dimension == "ratio" else None
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
    """Mark a value that contradicts what the form's own columns 性质, 方向 and 计量单位 declare of it."""
    indicator = subject.indicator
    if indicator is None:
        return
    yield from unit_conflict(subject)
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
