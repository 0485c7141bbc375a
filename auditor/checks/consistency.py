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
from auditor.measures import topic
from auditor.profile import Profile
from auditor.quantity import COUNTABLE, Quantity, read_target
from auditor.text import clauses, plain
from auditor.wording import Wording

_KEPT = re.compile(r"合规|合格|使用率|执行率|准确|正确|及时|完好|达标|到位|足额|覆盖")
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
    return None if _share_words(cycle.text, this_year.text) else "kind"


def _kind(quantity: Quantity) -> str | None:
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
    if part.dimension == "ratio":
        return "below" if right < left and _KEPT.search(cycle.name) and part.comparator not in _MOST else None
    return "above" if right > left and part.dimension in _GROWING else None


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
    names = a.name.plain.text, b.name.plain.text
    if names[0] == names[1]:
        return True
    known = lexicon("same-measures").rows
    keys = [re.sub(r"\(.*?\)|[、,;]$", "", name) for name in names]
    groups = [known[key]["measure"] for key in keys if key in known]
    if len(groups) == 2 and groups[0] == groups[1]:
        return True
    return _restates(a, b) or _restates(b, a)


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
            if said:
                evidence = (Evidence(_SOURCE, project.goal.place, said),)
                values = {"name": claim.name, "target": claim.text, "said": said}
                yield Mark(at(here, passage), None, values, evidence, score=0.8)


def _contradiction(goal: Passage, claim: Claim) -> str | None:
    """Return the goal's words that contradict a claim."""
    if not claim.is_numeric:
        return None
    for start, end in clauses(goal.text):
        clause = goal.text[start:end]
        for quantity in read_target(clause).quantities:
            if _kind(quantity) == _kind(claim.measure) and _disagree(quantity, claim, clause):
                return clause
    return None


def _disagree(quantity: Quantity, claim: Claim, clause: str) -> bool:
    measure = claim.measure
    if quantity.value is None or measure.value is None or quantity.dimension == "ratio" != measure.dimension:
        return False
    shared = topic(claim.name) & topic(clause)
    if quantity.base == measure.base and quantity.unit_key and measure.unit_key:
        opposite = (quantity.comparator in _MOST and measure.comparator in _LEAST) or (
            quantity.comparator in _LEAST and measure.comparator in _MOST
        )
        return opposite and (len(shared) >= 2 or ("项目" in claim.name and "项目" in clause))
    core = re.sub(r"(?:数量|个数|次数|人数|人次|总数|数|量|面积|长度|里程)?(?:\(.*?\))?$", "", plain(claim.name).text)
    same_thing = len(core) >= 4 and core in plain(clause).text and quantity.unit_key == measure.unit_key
    return same_thing and quantity.base != measure.base and quantity.upper is None and measure.upper is None


def goal_against_budget(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark an amount, in the goal or in a cost target, that cannot be the budget it speaks of.

    In the goal only money that the project itself is said to spend counts; in targets only the sum of what the name calls
    the project's own cost. Parts of the budget and totals of several years are no conflict.
    """
    project = subject.project
    total = _budget_in_yuan(project)
    if project is None or total is None:
        return
    for indicator in project.indicators:
        here = Subject(subject.document, project, indicator, indicator.annual_target, "indicator.annual_target")
        for passage, claim in annual(here):
            amount = _own_cost(claim)
            if amount is not None and amount > total * Decimal("1.005"):
                yield _over_budget(at(here, passage), passage.text, amount, project)
    if project.goal:
        for said, amount in _spent_in_goal(project.goal):
            if amount > total * Decimal("1.005"):
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


def _spent_in_goal(goal: Passage) -> Iterator[tuple[str, Decimal]]:
    for start, end in clauses(goal.text):
        clause = goal.text[start:end]
        target = read_target(clause)
        for quantity in target.of("money"):
            before = plain(clause[: quantity.span[0]] + (quantity.object or "")).text
            if quantity.base is not None and quantity.unit_key == "元" and _SPENDS.search(before):
                yield clause, quantity.base
