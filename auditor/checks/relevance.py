"""Does it speak of this project: goal, indicators and promised points against what the name and the goal are about.

What the texts are about was worked out before (`auditor.relevance`); here it is turned into marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from auditor import relevance
from auditor.claim import Claim, claim_of
from auditor.document import Document, Indicator, Passage, Project
from auditor.finding import Evidence, Mark, Subject
from auditor.profile import Profile
from auditor.quantity import read_target
from auditor.subjects import Batch
from auditor.wording import Wording

if TYPE_CHECKING:
    from auditor.relevance import SubjectProfile

_NAME = Wording("名称所说的", "what the name speaks of")
_GOAL = Wording("目标所说的", "what the goal speaks of")
_SET = Wording("指标所说的", "what the indicators speak of")
_SOURCE = Wording("文字最贴近的项目（仅供参考）", "the project that the text fits best (a hint only)")
_PART = Wording("目标中的另一部分", "another part of the goal")
_NOTHING = Wording("没有认出主题", "no subject recognised")
LONGEST_QUOTE = 40


def goal_off_subject(batch: Batch, profile: Profile) -> Iterator[Mark]:
    """Mark a goal that speaks of another subject than the name; plain only where terms show both subjects."""
    projects = _projects(batch)
    for document, project in projects:
        found = relevance.judge(project)
        goal = project.goal or project.annual_goal
        if found.verdict != "off_subject" or goal is None:
            continue
        subject = Subject(document, project, None, goal, "goal")
        evidence = [_evidence(_NAME, project.name, found.name), _evidence(_GOAL, goal, found.goal)]
        evidence += _source(projects, project, goal.text)
        span = found.goal.words[0].span if found.goal.words else None
        values = _subjects(found.name, found.goal)
        sure = found.is_evident and found.is_sure
        yield Mark(subject, span, values, tuple(evidence), None if sure else "unsure", found.confidence)


def indicators_off_subject(batch: Batch, profile: Profile) -> Iterator[Mark]:
    """Mark an indicator set that as a whole does not measure what name and goal speak of."""
    projects = _projects(batch)
    for document, project in projects:
        found = relevance.judge(project)
        if found.indicators != "off_subject":
            continue
        subject = Subject(document, project, None, project.name, "project")
        names = "、".join(indicator.name.text for indicator in project.indicators[:3])
        about = found.name if found.name.sectors else found.goal
        first = project.indicators[0].name
        evidence = [_evidence(_NAME, project.name, found.name), _evidence(_SET, first, found.measured, names)]
        evidence += _source(projects, project, "；".join(one.name.text for one in project.indicators), of_set=True)
        confidence = 1 - min(one for one in (found.name_indicators, found.goal_indicators, 0.5) if one is not None)
        values = {**_subjects(about, found.measured), "names": names, "count": len(project.indicators)}
        yield Mark(subject, None, values, tuple(evidence), score=round(confidence, 3), quote=names)


def indicator_off_subject(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark single indicators that have nothing to do with name or goal, where the set as a whole has."""
    project = subject.project
    if project is None or relevance.judge(project).indicators == "off_subject":
        return
    for indicator, about in relevance.strange_indicators(project):
        at = Subject(subject.document, project, indicator, indicator.name, "indicator.name")
        values = {"name": indicator.name.text, "words": about.named(), "sector": _sector(about), **_english(about)}
        yield Mark(
            at, None, values, (_evidence(_NAME, project.name, relevance.judge(project).name),), score=about.strength
        )


def point_unmeasured(subject: Subject, profile: Profile, *, most: int = 3) -> Iterator[Mark]:
    """Mark points of the goal, an action on an object, that no indicator measures; three indicator names are proposed."""
    project = subject.project
    if project is None or not project.goal or not project.indicators:
        return
    if relevance.judge(project).verdict == "off_subject" or relevance.judge(project).indicators == "off_subject":
        return
    points = relevance.promised(project.goal.text)
    names = tuple(indicator.name.text for indicator in project.indicators)
    open_points = relevance.unmeasured(points, names, tuple(_target_text(one) for one in project.indicators))
    for point in open_points[:most]:
        at = Subject(subject.document, project, None, project.goal, "goal")
        proposed = relevance.proposals(point, project.title)
        values = {"point": point.text, "proposed": "、".join(proposed) or "—", "more": max(0, len(open_points) - most)}
        yield Mark(at, point.span, values, score=0.6)


def name_too_generic(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a name that says nothing to compare with: the project is not judged, and that is said."""
    project = subject.project
    if project is None or not project.name or not project.goal:
        return
    found = relevance.judge(project)
    if found.has_generic_name:
        at = Subject(subject.document, project, None, project.name, "project.name")
        yield Mark(at, None, {"goal_words": found.goal.named(3) or project.goal.text[:10]})


def out_of_reach(subject: Subject, profile: Profile, *, times: int = 1000) -> Iterator[Mark]:
    """Mark the first total of a whole area or market, in money, that is more than `times` the project's money."""
    project = subject.project
    money = _yuan(project.budget.total, project.budget.currency_unit) if project and project.budget else None
    if project is None or not money:
        return
    for indicator in project.indicators:
        claim = claim_of(indicator)
        total = _total(claim) if claim and claim.is_whole_area else None
        if claim and total is not None and total > money * times:
            at = Subject(subject.document, project, indicator, indicator.annual_target, "indicator.annual_target")
            values = {"name": claim.name, "target": claim.text, "times": f"{int(total / money):,}"}
            yield Mark(at, claim.measure.span, values)
            return


def unrelated_bundle(subject: Subject, profile: Profile, *, least: int = 3) -> Iterator[Mark]:
    """Mark a goal whose sentences speak of `least` or more subjects that have nothing to do with one another."""
    project = subject.project
    if project is None or not project.name or not project.goal:
        return
    parts = relevance.unrelated_parts(project.title, project.goal.text)
    if len(parts) < least or relevance.judge(project).verdict == "off_subject":
        return
    at = Subject(subject.document, project, None, project.goal, "goal")
    goal = project.goal
    evidence = tuple(Evidence(_PART, goal.place, goal.text[slice(*part.span)], part.share.weight) for part in parts[1:])
    values = {
        "count": len(parts),
        "sectors": "、".join(part.share.sector for part in parts),
        "sectors_en": ", ".join(part.share.title for part in parts),
    }
    yield Mark(at, parts[0].span, values, evidence, score=0.7)


def upper_level_wording(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a goal of a district, county or township that speaks as the level above it (我市, 我省)."""
    project = subject.project
    goal = subject.passage
    if project is None or not goal:
        return
    document = subject.document
    for found in relevance.upper_words(goal.text, (project.unit, document.department, document.title)):
        yield Mark(subject, found.span, {"level": found.level, "level_en": found.level_en, "own": found.own})
        return


def _projects(batch: Batch) -> list[tuple[Document, Project]]:
    return [(document, project) for document in batch.documents for project in document.projects if project.name]


def _source(
    projects: list[tuple[Document, Project]], project: Project, text: str, *, of_set: bool = False
) -> list[Evidence]:
    found = relevance.likely_source(project, text, [other for _, other in projects], of_set=of_set)
    if found is None:
        return []
    other, score = found
    return [Evidence(_SOURCE, other.place, other.title, round(score, 3), row=other.row, project=other.title)]


def _evidence(what: Wording, passage: Passage | None, about: SubjectProfile, quote: str | None = None) -> Evidence:
    assert passage is not None
    words = about.named(3) or quote or passage.text[:LONGEST_QUOTE]
    named = Wording(f"{what.zh}：{_sector(about)}", f"{what.en}: {_english(about)['sector_en']}")
    return Evidence(named, passage.place, words, about.strength)


def _sector(about: SubjectProfile) -> str:
    return about.first.sector if about.first else _NOTHING.zh


def _english(about: SubjectProfile) -> dict[str, str]:
    return {"sector_en": about.first.title if about.first else _NOTHING.en}


def _subjects(first: SubjectProfile, second: SubjectProfile) -> dict[str, object]:
    return {
        "own": _sector(first),
        "own_en": _english(first)["sector_en"],
        "own_words": first.named() or "—",
        "other": _sector(second),
        "other_en": _english(second)["sector_en"],
        "other_words": second.named() or "—",
    }


def _target_text(indicator: Indicator) -> str:
    return indicator.annual_target.text if indicator.annual_target else ""


def _yuan(amount: Decimal | None, unit: str) -> Decimal | None:
    if amount is None:
        return None
    return amount * {"万元": 10_000, "千元": 1_000, "百万元": 1_000_000, "亿元": 100_000_000}.get(unit, 1)


def _total(claim: Claim) -> Decimal | None:
    """Return the amount of money that a target states, in yuan of whatever currency; None where it is no money."""
    measure = claim.measure
    if measure.dimension == "money" and "/" not in (measure.unit or ""):
        return measure.base
    unit = claim.expectation.unit
    if measure.dimension is None and measure.value is not None and unit and "money" in claim.expectation.dimensions:
        return read_target(f"{measure.value}{unit}").base
    return None
