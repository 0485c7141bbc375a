"""Can someone check it: what a target says, held against what the indicator's name asks for.

The annual value is judged; the cycle value only where it says something else. Every check here looks at one indicator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor import rewrite
from auditor.claim import Claim, judged, read_claim
from auditor.document import Passage
from auditor.finding import Mark, Subject
from auditor.lexicon import lexicon
from auditor.measures import measures_in_name, measures_in_target, speaks_of_another_thing
from auditor.profile import Profile
from auditor.quantity import COUNTABLE, UNITS, Dimension
from auditor.text import Span

_KINDS: dict[str, tuple[str, str]] = {
    "ratio": ("百分比", "a percentage"),
    "count": ("数量", "a count"),
    "times": ("次数", "a number of times"),
    "people": ("人数", "a number of people"),
    "person_times": ("人次", "a number of visits"),
    "households": ("户数", "a number of households"),
    "money": ("金额", "an amount of money"),
    "duration": ("时长", "a length of time"),
    "date": ("日期", "a date"),
    "frequency": ("频次", "a frequency"),
    "area": ("面积", "an area"),
    "length": ("长度", "a length"),
    "weight": ("重量", "a weight"),
    "volume": ("体积", "a volume"),
    "energy": ("能耗", "an amount of energy"),
    "score": ("分数", "a score"),
    "rank": ("名次", "a rank"),
    "age": ("年龄", "an age"),
    "work": ("工作量", "an amount of work"),
    "power": ("功率", "a power"),
    "voltage": ("电压", "a voltage"),
    "current": ("电流", "a current"),
    "data": ("数据量", "an amount of data"),
    "bandwidth": ("带宽", "a bandwidth"),
    "computing": ("算力", "a computing power"),
    "speed": ("速度", "a speed"),
    "flow": ("流量", "a flow"),
    "concentration": ("浓度", "a concentration"),
    "temperature": ("温度", "a temperature"),
    "pressure": ("压力", "a pressure"),
    "sound": ("声级", "a sound level"),
    "light": ("照度", "a brightness"),
    "vibration": ("振动", "a vibration"),
    "turnover": ("周转量", "a turnover"),
    "angle": ("角度", "an angle"),
    "radiation": ("辐射", "a radiation"),
    "acidity": ("酸碱度", "an acidity"),
    "state": ("状态描述", "a state in words"),
    "grade": ("等级", "a grade"),
}
_LASTING = re.compile(
    r"(?:中?长期|短期|长远|持续|长久|永久|永续|长效|持久)(?:有效|稳定|发挥作用|发挥|影响|性|坚持|保持)?"
)
_BASE = re.compile(r"\d{4}年|上年|上一年|去年|同期|同比|环比|基期|上季度|上月|年均|年增|累计|[由从自][0-9]")
_CHANGE = re.compile(r"提高|提升|增加|增长|上升|下降|降低|减少|压减|节约")
_AGAINST = re.compile(
    r"(?:不低于|不高于|不少于|高于|低于|超过|优于|达到)?(?:上年度?|去年|上一年度?|往年|历年)(?:水平|同期|数|末)?"
)


def targets(subject: Subject) -> Iterator[tuple[Passage, Claim]]:
    """Yield the annual target, then the cycle target where its plain text differs; empty ones are left out."""
    indicator = subject.indicator
    if indicator is None:
        return
    first = judged(indicator)
    if first:
        yield first, read_claim(indicator.name.text, first.text)
    cycle = indicator.cycle_target
    if cycle and first and cycle is not first and cycle.plain.text != first.plain.text:
        yield cycle, read_claim(indicator.name.text, cycle.text)


def annual(subject: Subject) -> Iterator[tuple[Passage, Claim]]:
    """Yield the target that is judged alone."""
    for found in targets(subject):
        yield found
        return


def at(subject: Subject, passage: Passage) -> Subject:
    """Move a subject to one of its indicator's targets."""
    cycle = subject.indicator is not None and passage is subject.indicator.cycle_target
    field = "indicator.cycle_target" if cycle else "indicator.annual_target"
    return Subject(subject.document, subject.project, subject.indicator, passage, field)


def _values(claim: Claim, **more: object) -> dict[str, object]:
    return {"name": claim.name, "target": claim.text, **more}


def not_quantified(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a target with neither a number nor a state that can be checked."""
    for passage, claim in annual(subject):
        if not claim.is_numeric and not claim.is_state:
            yield Mark(at(subject, passage), None, _values(claim, rewrite=rewrite.measurable(claim)))


def vague_words(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a target that only degree words carry, or a name whose counted thing cannot be counted."""
    for passage, claim in annual(subject):
        if claim.is_numeric:
            if claim.has_abstract_name and subject.indicator:
                name = subject.indicator.name
                values = _values(claim, word=name.text, rewrite=rewrite.measurable(claim))
                here = Subject(subject.document, subject.project, subject.indicator, name, "indicator.name")
                yield Mark(here, None, values, variant="name")
            return
        span = None if claim.is_state else _vague_span(passage)
        if span:
            word = passage.text[span[0] : span[1]]
            yield Mark(at(subject, passage), span, _values(claim, word=word, rewrite=rewrite.measurable(claim)))


def _vague_span(passage: Passage) -> Span | None:
    """Return where the first degree word of a target stands, as written."""
    found = lexicon("vague-words").find(passage.plain)
    return passage.plain.span(*found[0]) if found else None


def unit_missing(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a number without a unit where the name gives none."""
    for passage, claim in annual(subject):
        if claim.lacks_unit and claim.fit != "other":
            values = _values(claim, number=_as_written(claim), rewrite=rewrite.with_unit(claim))
            yield Mark(at(subject, passage), claim.measure.span_of("number"), values)


def _as_written(claim: Claim) -> str:
    """Return the number of a target in the applicant's own digits."""
    span = claim.measure.span_of("number")
    return claim.text[span[0] : span[1]].strip() if span else claim.text


def kind_mismatch(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a value of another kind than the name asks for; only a rate with a parsed amount is more than soft."""
    for passage, claim in targets(subject):
        if claim.fit not in ("rate_with_amount", "other"):
            continue
        asked = claim.expectation.dimensions[0]
        given: Dimension = claim.measure.dimension or "state"
        values = _values(
            claim,
            expected=_KINDS.get(asked, (asked, asked))[0],
            expected_en=_KINDS.get(asked, (asked, asked))[1],
            given=_KINDS.get(given, (given, given))[0],
            given_en=_KINDS.get(given, (given, given))[1],
        )
        yield Mark(at(subject, passage), None, values, variant=None if claim.fit == "rate_with_amount" else "soft")
        return


def unit_differs(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a value whose unit or currency differs from the one in the name's bracket."""
    for passage, claim in annual(subject):
        asked, measure = claim.expectation, claim.measure
        if (
            not asked.unit_in_bracket
            or not asked.unit
            or not measure.unit
            or claim.fit in ("rate_with_amount", "other")
        ):
            continue
        if _same_unit(claim):
            continue
        values = _values(claim, name_unit=asked.unit, value_unit=measure.unit)
        yield Mark(at(subject, passage), measure.span_of("unit"), values)


def _same_unit(claim: Claim) -> bool:
    """Units differ by kind or currency; scale (万元, 亿元) and measure words of one kind (个 项 家) do not differ."""
    asked, measure = claim.expectation, claim.measure
    unit, given = asked.unit_key or asked.unit or "", measure.unit_key or measure.unit or ""
    given = given.split("/")[0]
    if unit == given or measure.dimension is None:
        return True
    known = UNITS.get(unit)
    if known is None or given.startswith(unit) or unit.startswith(given):
        return True
    kind = "times" if measure.dimension == "frequency" else measure.dimension
    return known.dimension == kind and kind in COUNTABLE


def several_measures(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark an indicator whose name joins several actions or whose target states several measures."""
    indicator = subject.indicator
    if indicator is None:
        return
    joined = measures_in_name(indicator.name.text)
    if joined:
        here = Subject(subject.document, subject.project, indicator, indicator.name, "indicator.name")
        yield Mark(here, None, {"parts": "、".join(joined)}, variant="name")
        return
    for passage, claim in annual(subject):
        stated = measures_in_target(claim)
        if stated:
            yield Mark(at(subject, passage), None, {"parts": "；".join(stated)}, variant="value")


def value_off_topic(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a target that states another thing than the indicator's name."""
    for passage, claim in annual(subject):
        said = speaks_of_another_thing(claim)
        if said:
            yield Mark(at(subject, passage), None, _values(claim, said=said), score=0.7)


def no_comparator(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark an outcome that varies by nature and says neither at least nor at most."""
    for passage, claim in annual(subject):
        beyond = claim.measure.dimension == "ratio" and claim.measure.base is not None and claim.measure.base > 1
        judged_already = claim.fit in ("rate_with_amount", "other") or claim.has_abstract_name or beyond
        if claim.is_numeric and not claim.is_exact and not judged_already:
            values = _values(claim, rewrite=rewrite.with_comparator(claim))
            yield Mark(at(subject, passage), claim.measure.span_of("number"), values)


def no_base(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a relative target that gives no base, or whose base is only last year, whatever that was."""
    for passage, claim in annual(subject):
        leaning = _AGAINST.search(passage.plain.text)
        if leaning and not claim.is_numeric:
            yield Mark(at(subject, passage), passage.plain.span(*leaning.span()), _values(claim))
        elif _is_change(claim) and not _BASE.search(claim.name + claim.text):
            yield Mark(at(subject, passage), None, _values(claim))


def _is_change(claim: Claim) -> bool:
    """Tell whether a percentage says by how much something is to change."""
    if not claim.is_numeric or claim.measure.dimension not in ("ratio", None):
        return False
    in_words = claim.measure.dimension == "ratio" and bool(_CHANGE.search(claim.text))
    return in_words or (claim.expectation.is_relative and claim.is_rate)


def duration_as_effect(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark an unbounded length of time where an effect is asked for."""
    for passage, claim in annual(subject):
        words = _LASTING.fullmatch(passage.plain.text.strip("。;,()[]"))
        if words:
            yield Mark(at(subject, passage), None, _values(claim, word=words[0], rewrite=rewrite.measurable(claim)))
