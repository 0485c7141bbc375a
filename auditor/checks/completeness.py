"""Which parts a project lacks, judged on the classes as filed."""

from __future__ import annotations

from collections.abc import Iterator

from auditor import relevance
from auditor.document import Indicator, Project
from auditor.finding import Mark, Subject
from auditor.lexicon import lexicon
from auditor.profile import Profile


def goal_missing(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a project without any goal text."""
    project = subject.project
    if project and not project.goal and not project.annual_goal:
        yield Mark(subject, quote="")


def no_indicator_of(
    subject: Subject,
    profile: Profile,
    *,
    classes: tuple[str, ...],
    levels: tuple[str, ...],
    mild_for: tuple[str, ...] = (),
    named: str = "",
) -> Iterator[Mark]:
    """Mark a project none of whose indicators is filed under `classes` (two-digit codes) or level-1 codes `levels`.

    A project of one of the kinds `mild_for` (lexicon project-kinds) gets the variant `mild`. An indicator whose
    name holds `named` counts wherever it is filed.
    """
    project = subject.project
    if project is None or (named and any(named in indicator.name.text for indicator in project.indicators)):
        return
    if any(is_filed_under(indicator, profile, classes, levels) for indicator in project.indicators):
        return
    kind = project_kind(project, mild_for)
    values = {"count": len(project.indicators), "kind": kind or "", **proposals(project, classes)}
    yield Mark(subject, None, values, variant="mild" if kind else None, quote="")


def proposals(project: Project, classes: tuple[str, ...]) -> dict[str, str]:
    """Return the words that propose indicators of `classes` for the project, empty where the corpus knows nothing near."""
    found = relevance.proposed(project, classes)
    if not found:
        return {"proposals": "", "proposals_en": ""}
    listed = "、".join(f"“{one}”" for one in found)
    return {"proposals": f"，可参考：{listed}", "proposals_en": f"; for instance {listed}"}


def is_filed_under(indicator: Indicator, profile: Profile, classes: tuple[str, ...], levels: tuple[str, ...]) -> bool:
    """Tell whether an indicator stands under a class by either level; where the two contradict, both count."""
    if profile.taxonomy.filed(indicator) in classes:
        return True
    return indicator.level1_code in levels or _level1_means(
        profile, indicator.level1.text if indicator.level1 else "", levels
    )


def _level1_means(profile: Profile, name: str, levels: tuple[str, ...]) -> bool:
    found = profile.taxonomy.named(1, name)
    digit = {"产出": "1", "效益": "2", "满意度": "3", "成本": "1"}.get(found.name.removesuffix("指标") if found else "")
    return digit in levels


def project_kind(project: Project, kinds: tuple[str, ...]) -> str | None:
    """Return the first of `kinds` that the project's name shows by a word of the lexicon project-kinds."""
    if not project.name:
        return None
    words = lexicon("project-kinds")
    found = [words.rows[project.name.plain.text[start:end]]["kind"] for start, end in words.find(project.name.plain)]
    return next((kind for kind in found if kind in kinds), None)


def target_missing(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark an indicator whose cycle or annual value the form has room for but that is empty."""
    indicator = subject.indicator
    if indicator is None:
        return
    cycle, annual = indicator.cycle_target, indicator.annual_target
    empty = [
        label
        for label, target in (("实施周期指标值", cycle), ("年度指标值", annual))
        if target is not None and not target
    ]
    if cycle is None and annual is None:
        empty = ["指标值"]
    if empty:
        yield Mark(
            subject, None, {"fields": "、".join(empty), "indicator": indicator.name.text}, quote=indicator.name.text
        )
