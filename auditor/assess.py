"""What an audit says besides findings: how measurable an indicator is, where it belongs, whether a goal fits its project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditor.checks.filing import stands
from auditor.classify import decide_many, judged_pair, model_digest
from auditor.document import Document, Gap, Indicator, Project
from auditor.finding import Member
from auditor.outcome import ClassGuess, IndicatorScore, Relevance, SubjectWord, TextSubject
from auditor.profile import Profile
from auditor.relevance import SubjectProfile, judge, subject_digest
from auditor.scoring import indicator_score
from auditor.wording import Wording

Scores = tuple[tuple[tuple[IndicatorScore, ...], ...], ...]
"""By document, project and indicator."""

_EXEMPT = Wording("涉密项目，不作判断", "a classified project is not judged")


@dataclass(frozen=True)
class Assessed:
    """Scores of all indicators, relevance of all projects, what crashed, and the digests of the models that took part."""

    scores: Scores
    relevance: tuple[tuple[Relevance, ...], ...]
    gaps: tuple[Gap, ...]
    models: tuple[tuple[str, str], ...]


def assess(documents: Sequence[Document], profiles: Sequence[Profile], exempt: frozenset[Member]) -> Assessed:
    """Judge every indicator and project of documents and their profiles (same length).

    Rows in `exempt` get their filed classes only. What crashes stays without a score, or not judged, and becomes a Gap.
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
    relevance = tuple(
        tuple(_relevance(document, project, exempt, gaps) for project in document.projects) for document in documents
    )
    models = (("indicator-class", model_digest()), ("subject", subject_digest()))
    return Assessed(scores, relevance, tuple(gaps), models)


def _relevance(document: Document, project: Project, exempt: frozenset[Member], gaps: list[Gap]) -> Relevance:
    if Member(document.name, project.row) in exempt:
        return Relevance(None, None, "not_judged", _EXEMPT)
    try:
        found = judge(project)
    except Exception as error:  # as for checks: the Gap keeps it visible
        said = f"{type(error).__name__}: {error}"
        wording = Wording(
            f"相关性判断运行出错，此项目没有判断（{said}）；请把这一行反馈给维护者",
            f"the judgement of relevance crashed and this project has none ({said}); please report it",
        )
        gaps.append(Gap(document.name, "rule", wording, project.place, quote=project.title))
        return Relevance(None, None, "not_judged", wording)
    return Relevance(
        found.name_goal,
        found.goal_indicators,
        found.verdict,
        found.reason,
        _about(found.name),
        _about(found.goal),
        _about(found.measured),
    )


def _about(profile: SubjectProfile) -> TextSubject:
    words = tuple(SubjectWord(one.word, one.span) for one in profile.terms)
    return TextSubject(tuple(share.sector for share in profile.sectors), words)


def _project(document: Document, project: Project, profile: Profile, gaps: list[Gap]) -> tuple[IndicatorScore, ...]:
    guesses = _guesses(project, profile)
    scores = []
    for indicator, guess in zip(project.indicators, guesses, strict=True):
        try:
            scores.append(replace(indicator_score(indicator, profile), guess=guess))
        except Exception as error:  # as for checks: the Gap keeps it visible
            gaps.append(_unscored(document, indicator, error))
            scores.append(IndicatorScore(profile.taxonomy.filed(indicator), guess=guess))
    return tuple(scores)


def _guesses(project: Project, profile: Profile) -> list[ClassGuess]:
    decisions = decide_many([judged_pair(indicator) for indicator in project.indicators])
    filed = [profile.taxonomy.filed(indicator) for indicator in project.indicators]
    return [
        ClassGuess(
            one.code,
            one.probability,
            one.abstained,
            one.decided_by,
            filed_stands=code is not None and stands(one, code, profile),
        )
        for one, code in zip(decisions, filed, strict=True)
    ]


def _unscored(document: Document, indicator: Indicator, error: Exception) -> Gap:
    said = f"{type(error).__name__}: {error}"
    wording = Wording(
        f"可衡量程度计算出错，此指标没有评分（{said}）；请把这一行反馈给维护者",
        f"the measurability score crashed and this indicator has none ({said}); please report it",
    )
    return Gap(document.name, "rule", wording, indicator.name.place, quote=indicator.name.text)
