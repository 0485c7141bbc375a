"""Whether a project's indicators and goal say enough, judged on the classes the indicators truly belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.checks.completeness import is_filed_under, no_indicator_of, project_kind, proposals
from auditor.checks.filing import BENEFITS, decided, may_be_benefit
from auditor.claim import claim_of
from auditor.classify import Decision
from auditor.document import Indicator, Project
from auditor.finding import Evidence, Mark, Subject
from auditor.generic import own_words
from auditor.links.money import in_ten_thousands
from auditor.profile import Profile
from auditor.text import plain
from auditor.wording import Wording

LEAST_BENEFIT = 0.3
"""A filed benefit whose probability of being one is below this, all benefit classes taken together, is nominal."""

_COST_WORDS = ("成本", "造价", "单价", "超支", "超概", "概算", "控制价", "费用控制", "投资控制", "预算控制", "节约率")
_OF_A_SYSTEM = ("系统", "平台", "网络", "软件", "故障", "设备", "运行")
"""Words that fit many projects, but only those that run something."""

_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万]+(?:[个家人次项场套台处条所名户亩]|公里|平方米)")
_NOMINAL = Wording("填在效益类的指标及其应属类别", "the indicators filed as benefits, and where they belong")


def no_benefit(
    subject: Subject, profile: Profile, *, classes: tuple[str, ...], levels: tuple[str, ...], mild_for: tuple[str, ...]
) -> Iterator[Mark]:
    """Mark a project without a filed benefit (see `no_indicator_of`), or all of whose filed benefits belong elsewhere.

    The second gets the variant `nominal`. An indicator that nobody can place counts as a benefit.
    """
    missing = list(no_indicator_of(subject, profile, classes=classes, levels=levels, mild_for=mild_for))
    yield from missing or _nominal_benefit(subject, profile)


def _nominal_benefit(subject: Subject, profile: Profile) -> Iterator[Mark]:
    project = subject.project
    if project is None:
        return
    filed = [one for one in project.indicators if is_filed_under(one, profile, BENEFITS, ("2",))]
    decisions = [decided(one) for one in filed]
    if not filed or not all(_is_elsewhere(decision) for decision in decisions):
        return
    evidence = tuple(
        Evidence(_NOMINAL, one.name.place, f"{one.name.text} → {_class(profile, decision.code)}", decision.probability)
        for one, decision in zip(filed, decisions, strict=True)
    )
    names = "、".join(f"“{one.name.text}”" for one in filed)
    values = {"count": len(filed), "names": names, **proposals(project, BENEFITS)}
    yield Mark(subject, None, values, evidence, variant="nominal", quote=names)


def _is_elsewhere(decision: Decision) -> bool:
    if may_be_benefit(decision):
        return False
    return not decision.abstained and decision.code not in BENEFITS and decision.chance(BENEFITS) < LEAST_BENEFIT


def _class(profile: Profile, code: str) -> str:
    return next((one.name for one in profile.taxonomy.classes if one.level == 2 and one.coded == code), code)


def no_cost(subject: Subject, profile: Profile, *, kinds: tuple[str, ...]) -> Iterator[Mark]:
    """Mark a project of `kinds` (lexicon project-kinds) none of whose indicators is filed as, or truly is, a cost."""
    project = subject.project
    if project is None or not project.indicators:
        return
    kind = project_kind(project, kinds)
    if kind is None or any(_is_cost(one, profile) for one in project.indicators):
        return
    yield Mark(subject, None, {"count": len(project.indicators)}, quote="")


def _is_cost(indicator: Indicator, profile: Profile) -> bool:
    if profile.taxonomy.filed(indicator) == "14" or (indicator.level1 and "成本" in indicator.level1.text):
        return True
    return decided(indicator).chance(("14",)) >= 0.3 or any(word in indicator.name.text for word in _COST_WORDS)


def no_true_quantity(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a project without one indicator that counts anything delivered, and whose quality is only money handling.

    An indicator that may be a quantity or a quality of the work itself keeps the rule silent.
    """
    project = subject.project
    if project is None or not project.indicators:
        return
    decisions = [decided(one) for one in project.indicators]
    counted = any(one.chance(("11",)) >= 0.2 for one in decisions)
    quality = [one for one in decisions if one.code == "12" or one.chance(("12",)) >= 0.3]
    handling = [one for one in quality if one.is_money_handling]
    if counted or not handling or len(handling) < len(quality):
        return
    names = "、".join(f"“{one.name}”" for one in handling)
    yield Mark(subject, None, {"names": names}, quote=names)


def few_for_the_money(subject: Subject, profile: Profile, *, amount: int, most: int) -> Iterator[Mark]:
    """Mark a project of at least `amount` 万元 with at most `most` indicators."""
    project = subject.project
    if project is None:
        return
    total = in_ten_thousands(project.budget)
    count = len(project.indicators)
    if total is not None and total >= amount and 0 < count <= most:
        yield Mark(subject, None, {"amount": f"{total.normalize():,f}", "count": count}, quote="")


def any_project_only(subject: Subject, profile: Profile, *, least: int) -> Iterator[Mark]:
    """Mark a project of at least `least` indicators every one of which could stand under any other project.

    A value that names what is delivered (其中：…) makes an indicator the project's own.
    """
    project = subject.project
    if project is None or len(project.indicators) < least:
        return
    if all(suits_any_project(one) for one in project.indicators):
        names = "、".join(f"“{one.name.text}”" for one in project.indicators[:4])
        yield Mark(subject, None, {"count": len(project.indicators), "names": names}, quote=names)


def suits_any_project(indicator: Indicator) -> bool:
    """Tell whether neither name nor value of an indicator speaks of anything in particular.

    Whatever is counted or measured (人数, 面积) is something that this project delivers; only rates and states can be empty.
    """
    claim = claim_of(indicator)
    if claim and claim.is_numeric and claim.measure.dimension not in ("ratio", "score", "date", "duration", None):
        return False
    if any(word in indicator.name.text for word in _OF_A_SYSTEM):
        return False
    return not own_words(indicator.name.text) and not own_words(claim.text if claim else "")


def slogan_goal(subject: Subject, profile: Profile, *, least: int) -> Iterator[Mark]:
    """Mark a goal of at least `least` characters that names no object: nothing is left once generic words are off."""
    project, goal = subject.project, subject.passage
    if project is None or goal is None or len(goal.plain.text) < least:
        return
    if _NUMBER.search(goal.plain.text) or len(own_words(goal.text)) > 2 or _repeats_name(project):
        return
    yield Mark(subject, None, {"goal": goal.text})


def _repeats_name(project: Project) -> bool:
    """Tell whether the goal takes up a word of its own from the project's name: then it does name its object."""
    name = own_words(project.title)
    text = project.goal.plain.text if project.goal else ""
    return any(plain(name[at : at + 2]).text in text for at in range(len(name) - 1))
