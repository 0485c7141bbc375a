"""What an audit says of every indicator besides findings: how measurable it is, and the class it truly belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditor.classify import decide_many, judged_pair, model_digest
from auditor.document import Document, Gap, Indicator, Project
from auditor.finding import Member
from auditor.outcome import ClassGuess, IndicatorScore
from auditor.profile import Profile
from auditor.scoring import indicator_score
from auditor.wording import Wording

Scores = tuple[tuple[tuple[IndicatorScore, ...], ...], ...]
"""By document, project and indicator."""


@dataclass(frozen=True)
class Assessed:
    """Scores of all indicators, what could not be scored, and the digests of the models that took part."""

    scores: Scores
    gaps: tuple[Gap, ...]
    models: tuple[tuple[str, str], ...]


def assess(documents: Sequence[Document], profiles: Sequence[Profile], exempt: frozenset[Member]) -> Assessed:
    """Score every indicator of documents and their profiles (same length); rows in `exempt` get their filed class only.

    An indicator that crashes the scoring stays without a score and becomes a Gap.
    """
    gaps: list[Gap] = []
    scores = tuple(
        tuple(
            _project(document, project, profile, gaps)
            if Member(document.name, project.row) not in exempt
            else tuple(IndicatorScore(profile.taxonomy.filed(indicator)) for indicator in project.indicators)
            for project in document.projects
        )
        for document, profile in zip(documents, profiles, strict=True)
    )
    return Assessed(scores, tuple(gaps), (("indicator-class", model_digest()),))


def _project(document: Document, project: Project, profile: Profile, gaps: list[Gap]) -> tuple[IndicatorScore, ...]:
    guesses = _guesses(project)
    scores = []
    for indicator, guess in zip(project.indicators, guesses, strict=True):
        try:
            scores.append(replace(indicator_score(indicator, profile), guess=guess))
        except Exception as error:  # as for checks: the Gap keeps it visible
            gaps.append(_unscored(document, indicator, error))
            scores.append(IndicatorScore(profile.taxonomy.filed(indicator), guess=guess))
    return tuple(scores)


def _guesses(project: Project) -> list[ClassGuess]:
    decisions = decide_many([judged_pair(indicator) for indicator in project.indicators])
    return [ClassGuess(one.code, one.probability, one.abstained, one.decided_by) for one in decisions]


def _unscored(document: Document, indicator: Indicator, error: Exception) -> Gap:
    said = f"{type(error).__name__}: {error}"
    wording = Wording(
        f"可衡量程度计算出错，此指标没有评分（{said}）；请把这一行反馈给维护者",
        f"the measurability score crashed and this indicator has none ({said}); please report it",
    )
    return Gap(document.name, "rule", wording, indicator.name.place, quote=indicator.name.text)
