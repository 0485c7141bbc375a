"""Does a project agree with itself: its two targets, its indicators with one another, with its goal and with its money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from auditor.checks.measurability import annual, at
from auditor.claim import Claim, read_claim
from auditor.document import Indicator, Passage, Project
from auditor.finding import Evidence, Mark, Subject
from auditor.lexicon import lexicon
from auditor.profile import Profile
from auditor.quantity import COUNTABLE, Quantity, read_target
from auditor.text import clauses, enumerator_length, plain
from auditor.wording import Wording

_KEPT = re.compile(r"合规|合格|使用率|执行率|准确|正确|及时|完好|达标|到位|足额")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LEAST = ("≥", ">")
_MOST = ("≤", "<")
_GROWING = COUNTABLE | {"money", "area", "length", "weight", "volume", "energy", "turnover", "work", None}
_OWN_MONEY = re.compile(
    r"发放(?:总)?金额|补[贴助](?:总额|金额|资金总额)|项目总?(?:成本|投资|预算|经费)|总成本|预算(?:金额|总额|控制数)|资金总额|经费总额|成本总额"
)
_SPENDS = re.compile(
    r"(?:安排|投入|使用|拨付|下达|补助|预算|本项目)(?:财政|专项|本级|项目)?(?:资金|经费|预算)?(?:共|合计|总计|约|为)?$"
)
_COUNTING = re.compile(r"(?:数量|个数|次数|场次|场数|户数|家数|人数|人次|总数|数|量|面积|长度|里程)?(?:\(.*?\))?$")
LEAST_CORE = 3
"""Fewer different characters of a name may all stand in a clause by chance."""

_PROMPTLY = re.compile(r"按时|按期|准时")
LEAST_NAME = 6
"""A shorter name of a rate may stand behind many longer ones."""

ROUNDING = Decimal("0.005")
"""Share by which an amount may differ from the budget and still be the same amount."""

_LABEL = re.compile(r"^(?:标准|指标值|目标值)[:：]")
_SOURCE = Wording("绩效目标的原文", "the goal's own words")


def annual_against_cycle(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark an annual value that contradicts the cycle value of the same indicator.

    Another kind of value; an annual figure above the cycle's; a rate that is to be kept (compliance, use) below it. A part
    of the cycle's figure, and the same figure in other words, are as it should be.
    """
    indicator = subject.indicator
    if indicator is None or not indicator.cycle_target or not indicator.annual_target:
        return
    cycle_text, annual_text = indicator.cycle_target, indicator.annual_target
    if cycle_text.plain.text == annual_text.plain.text:
        return
    cycle = read_claim(indicator.name.text, cycle_text.text)
    this_year = read_claim(indicator.name.text, annual_text.text)
    variant = _conflict(cycle, this_year)
    if variant:
        values = {"name": indicator.name.text, "cycle": cycle_text.text, "annual": annual_text.text}
        what = Wording("实施周期指标值", "the cycle target")
        yield Mark(
            at(subject, annual_text), None, values, (Evidence(what, cycle_text.place, cycle_text.text),), variant
        )


def _conflict(cycle: Claim, this_year: Claim) -> str | None:
    whole, part = cycle.measure, this_year.measure
    if cycle.is_numeric and this_year.is_numeric:
        if _kind(whole) != _kind(part) and whole.dimension and part.dimension:
            return "kind"
        return _figures(cycle, this_year)
    if cycle.is_numeric or this_year.is_numeric:
        number, words = (cycle, this_year) if cycle.is_numeric else (this_year, cycle)
        return None if words.is_state or number.measure.dimension in ("ratio", "score") else "kind"
    if cycle.is_state or this_year.is_state:
        return None
    return None if _share_words(_LABEL.sub("", cycle.text), _LABEL.sub("", this_year.text)) else "kind"


def _kind(quantity: Quantity) -> str | None:
    if quantity.dimension in ("people", "person_times"):
        return "people"
    if quantity.dimension in COUNTABLE or quantity.dimension == "frequency":
        return "count"
    return quantity.dimension


def _figures(cycle: Claim, this_year: Claim) -> str | None:
    """Compare two figures of one kind; a smaller unit of time (次/年 beside 次) is the same figure in other words."""
    whole, part = cycle.measure, this_year.measure
    if whole.value == part.value or "frequency" in (whole.dimension, part.dimension):
        return None
    left, right = _size(whole), _size(part)
    if left is None or right is None or left == right:
        return None
    if part.dimension == "ratio" and right < left:
        return "below" if _KEPT.search(cycle.name) and part.comparator not in _MOST else None
    grows = part.dimension in _GROWING or (part.dimension == "ratio" and not cycle.expectation.is_relative)
    if right <= left or not grows or part.comparator in _MOST:
        return None
    return "rate_above" if part.dimension == "ratio" else "above"


def _size(quantity: Quantity) -> Decimal | None:
    return quantity.base if quantity.base is not None else quantity.value


def _share_words(a: str, b: str) -> bool:
    return bool(set(_HAN.findall(a)) & set(_HAN.findall(b)))


def duplicate_indicator(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark an indicator that measures what an earlier one of the same project measures already, also in other words."""
    project = subject.project
    if project is None:
        return
    for position, indicator in enumerate(project.indicators):
        earlier = next((one for one in project.indicators[:position] if _same_measure(one, indicator)), None)
        if earlier is None:
            continue
        here = Subject(subject.document, project, indicator, indicator.name, "indicator.name")
        what = Wording(f"指标{earlier.ordinal}", f"indicator {earlier.ordinal}")
        evidence = (Evidence(what, earlier.name.place, earlier.name.text),)
        values = {"name": indicator.name.text, "other": earlier.name.text, "other_ordinal": earlier.ordinal}
        yield Mark(here, None, values, evidence)


def _same_measure(a: Indicator, b: Indicator) -> bool:
    keys = [_bare_name(a), _bare_name(b)]
    if keys[0] == keys[1] or sorted(_PROMPTLY.sub("及时", keys[0])) == sorted(_PROMPTLY.sub("及时", keys[1])):
        return True
    known = lexicon("same-measures").rows
    groups = [known[key]["measure"] for key in keys if key in known]
    if len(groups) == 2 and groups[0] == groups[1]:
        return True
    return _restates(a, b) or _restates(b, a) or _longer_name(a, b) or _longer_name(b, a)


def _bare_name(indicator: Indicator) -> str:
    """Return a name without list number, bracketed unit and stray punctuation."""
    name = indicator.name.text.strip()
    return re.sub(r"\((?:%|[\u4e00-\u9fff]{1,4})\)|[、,;。]$", "", plain(name[enumerator_length(name) :]).text)


def _longer_name(short: Indicator, long: Indicator) -> bool:
    """Tell whether one rate's name is the other's with a word in front and the same target: 验收合格率, 工程验收合格率.

    Whose satisfaction is asked makes a measure of its own, so names of satisfaction are not compared this way.
    """
    if not short.annual_target or not long.annual_target or "满意" in short.name.text:
        return False
    first, second = _bare_name(short), _bare_name(long)
    same = short.annual_target.plain.text == long.annual_target.plain.text
    return same and len(first) >= LEAST_NAME and second.endswith(first) and first.endswith("率")


def _restates(short: Indicator, long: Indicator) -> bool:
    """Tell whether one indicator's target spells out the other's name with the same number."""
    targets = [read_claim(one.name.text, one.annual_target.text) for one in (short, long) if one.annual_target]
    if len(targets) < 2 or not all(target.is_numeric for target in targets):
        return False
    first, second = (target.measure for target in targets)
    name = short.name.plain.text
    same = first.value == second.value and first.unit_key == second.unit_key
    return same and len(name) >= 4 and name in plain(second.object or "").text


def goal_against_indicator(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark an indicator whose number contradicts the goal's number for the same thing.

    Same thing: a word of three or more characters of the goal's phrase stands in the indicator's name or target. A conflict
    is the same number with the opposite comparator, or another number for a phrase that names the indicator in full.
    """
    project = subject.project
    if project is None or not project.goal:
        return
    for indicator in project.indicators:
        here = Subject(subject.document, project, indicator, indicator.annual_target, "indicator.annual_target")
        for passage, claim in annual(here):
            said = _contradiction(project.goal, claim)
            if said and not _agrees_over_the_cycle(indicator, said):
                evidence = (Evidence(_SOURCE, project.goal.place, said),)
                values = {"name": claim.name, "target": claim.text, "said": said}
                yield Mark(at(here, passage), None, values, evidence, score=0.8)


def _contradiction(goal: Passage, claim: Claim) -> str | None:
    """Return the goal's words that contradict a claim; a clause that also states the claim's own number does not."""
    if not claim.is_numeric:
        return None
    for start, end in clauses(goal.text):
        clause = goal.text[start:end]
        alike = [one for one in read_target(clause).quantities if _kind(one) == _kind(claim.measure)]
        stated = any(one.base == claim.measure.base and one.comparator is None for one in alike)
        if not stated and any(_disagree(one, claim, clause) for one in alike):
            return clause
    return None


def _agrees_over_the_cycle(indicator: Indicator, said: str) -> bool:
    """Tell whether the goal speaks of the whole cycle: its number is the cycle target's."""
    if not indicator.cycle_target:
        return False
    whole = read_claim(indicator.name.text, indicator.cycle_target.text).measure
    part = indicator.annual_target.plain.text if indicator.annual_target else ""
    same = any(quantity.base == whole.base for quantity in read_target(said).quantities)
    return same and indicator.cycle_target.plain.text != part


def _disagree(quantity: Quantity, claim: Claim, clause: str) -> bool:
    measure = claim.measure
    if quantity.value is None or measure.value is None or quantity.dimension == "ratio" != measure.dimension:
        return False
    if quantity.base == measure.base and quantity.unit_key and measure.unit_key:
        opposite = (quantity.comparator in _MOST and measure.comparator in _LEAST) or (
            quantity.comparator in _LEAST and measure.comparator in _MOST
        )
        return opposite and bool(_words(claim.name) & _words(clause))
    if quantity.unit_key != measure.unit_key or quantity.base == measure.base or quantity.upper or measure.upper:
        return False
    core = set(_HAN.findall(_COUNTING.sub("", plain(claim.name).text)))
    return len(core) >= LEAST_CORE and core <= set(clause)


def _words(text: str) -> set[str]:
    """Return the pairs of neighbouring Chinese characters, which is where two texts of one thing meet."""
    view = plain(text).text
    pairs = {view[at : at + 2] for at in range(len(view) - 1)}
    return {pair for pair in pairs if len(_HAN.findall(pair)) == 2}


def goal_against_budget(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark an amount, in the goal or in a cost target, that cannot be the budget it speaks of.

    In the goal only money that the project itself is said to spend counts; in targets only the sum of what the name calls
    the project's own cost. Parts of the budget are no conflict, and neither is the whole of something of which the goal
    names this budget as a part.
    """
    project = subject.project
    total = _budget_in_yuan(project)
    if project is None or total is None:
        return
    for indicator in project.indicators:
        here = Subject(subject.document, project, indicator, indicator.annual_target, "indicator.annual_target")
        for passage, claim in annual(here):
            amount = _own_cost(claim)
            if amount is not None and amount > total * (1 + ROUNDING):
                yield _over_budget(at(here, passage), passage.text, amount, project)
    if project.goal:
        spent = list(_spent_in_goal(project.goal))
        matched = any(abs(amount - total) <= total * ROUNDING for _, amount in _amounts(project.goal))
        for said, amount in spent:
            if not matched and (amount > total * (1 + ROUNDING) or amount * 10_000 == total):
                here = Subject(subject.document, project, None, project.goal, "goal")
                yield _over_budget(here, said, amount, project)


def _budget_in_yuan(project: Project | None) -> Decimal | None:
    budget = project.budget if project else None
    if budget is None or not budget.total:
        return None
    return budget.total * {"元": 1, "千元": 1000, "万元": 10_000, "亿元": 100_000_000}.get(budget.currency_unit, 10_000)


def _over_budget(here: Subject, said: str, amount: Decimal, project: Project) -> Mark:
    budget = project.budget
    shown = f"{budget.total:,}{budget.currency_unit}" if budget and budget.total is not None else ""
    return Mark(here, None, {"said": said, "amount": f"{amount:,.0f}元", "budget": shown}, quote=said)


def _own_cost(claim: Claim) -> Decimal | None:
    """Return the sum of the amounts of a target whose name speaks of the project's own money, in yuan."""
    if not _OWN_MONEY.search(claim.name):
        return None
    amounts = [one.base for one in claim.target.of("money") if one.base is not None and one.unit_key == "元"]
    return sum(amounts, Decimal(0)) if amounts else None


def _amounts(goal: Passage) -> Iterator[tuple[str, Decimal]]:
    """Yield every amount of money in a goal, in yuan, with its clause."""
    for start, end in clauses(goal.text):
        clause = goal.text[start:end]
        for quantity in read_target(clause).of("money"):
            if quantity.base is not None and quantity.unit_key == "元":
                yield clause, quantity.base


def _spent_in_goal(goal: Passage) -> Iterator[tuple[str, Decimal]]:
    """Yield the amounts that a goal says are spent, in yuan, with their clauses."""
    for start, end in clauses(goal.text):
        clause = goal.text[start:end]
        for quantity in read_target(clause).of("money"):
            before = plain(clause[: quantity.span[0]] + (quantity.object or "")).text
            if quantity.base is not None and quantity.unit_key == "元" and _SPENDS.search(before):
                yield clause, quantity.base
