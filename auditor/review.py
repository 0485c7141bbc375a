"""The official review table, pre-filled from findings: what every deduction is, and what is left to a person.

The arithmetic stands in `rules/profiles/common/review.toml` (or in a profile's own `[review]`); docs/review.md works one project through.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from auditor.document import Document, Project
from auditor.finding import SEVERITIES, Finding, Member, Principle, Severity
from auditor.outcome import Grade, ProjectReview, ReviewCell, ReviewCheck
from auditor.profile import Profile, ReviewRow, ReviewScheme
from auditor.wording import Wording

Reviews = tuple[tuple[ProjectReview, ...], ...]
"""By document and project."""

_PERSON = Wording("需由审核人判断：表中没有可据以判断的内容", "left to a person: the form holds nothing to judge it by")
_CLEAN = Wording("没有发现问题", "nothing found")
_EXEMPT = ProjectReview(None, None)


def review_documents(
    documents: Sequence[Document],
    profiles: Sequence[Profile],
    findings: Iterable[Finding],
    ran: Iterable[str],
    exempt: frozenset[Member],
) -> Reviews:
    """Review every project of documents and their profiles (same length) by its findings; `ran` are the rules that ran.

    An exempt project gets an empty review. Findings about a whole document count for none of its projects.
    """
    of: dict[Member, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.row is not None:
            of[Member(finding.document, finding.row)].append(finding)
    rules = frozenset(ran)
    return tuple(
        tuple(
            _EXEMPT
            if Member(document.name, project.row) in exempt
            else review_project(project, of[Member(document.name, project.row)], profile, rules)
            for project in document.projects
        )
        for document, profile in zip(documents, profiles, strict=True)
    )


def review_project(
    project: Project, findings: Sequence[Finding], profile: Profile, ran: frozenset[str]
) -> ProjectReview:
    """Fill in both shapes of the table for one project."""
    scheme = profile.review
    if scheme is None:
        return _EXEMPT
    cells = tuple(_cell(principle, points, project, findings, scheme) for principle, points in scheme.points)
    quality = _quality(cells, findings, scheme)
    checks = tuple(_check(row, findings, ran) for row in scheme.rows)
    return ProjectReview(quality, grade(quality, scheme), cells, checks)


def _cell(
    principle: Principle, points: int, project: Project, findings: Sequence[Finding], scheme: ReviewScheme
) -> ReviewCell:
    if principle in scheme.by_person:
        return ReviewCell(principle, points, None, None, (), _PERSON)
    own = [finding for finding in findings if finding.principle == principle]
    of_project = [finding for finding in own if finding.indicator is None]
    worst = _worst_by_indicator(own)
    off = _for_project(of_project, scheme) + _for_indicators(worst, len(project.indicators), scheme)
    score = max(0, round(100 - off))
    ranked = sorted(own, key=lambda finding: SEVERITIES.index(finding.severity))
    reason = _reason(of_project, worst, len(project.indicators)) if own else _CLEAN
    return ReviewCell(
        principle, points, score, grade(score, scheme), tuple(finding.fingerprint for finding in ranked), reason
    )


def _worst_by_indicator(findings: Iterable[Finding]) -> dict[int, Severity]:
    worst: dict[int, Severity] = {}
    for finding in findings:
        if finding.indicator is not None:
            known = worst.get(finding.indicator, finding.severity)
            worst[finding.indicator] = min(known, finding.severity, key=SEVERITIES.index)
    return worst


def _for_project(findings: Sequence[Finding], scheme: ReviewScheme) -> float:
    """Add up what findings about the whole project take off; a rule that speaks several times counts once."""
    each = dict(scheme.project)
    return sum(each[severity] for _, severity in {(finding.rule, finding.severity) for finding in findings})


def _for_indicators(worst: dict[int, Severity], indicators: int, scheme: ReviewScheme) -> float:
    each = dict(scheme.indicators)
    return sum(each[severity] for severity in worst.values()) / max(1, indicators)


def _reason(of_project: Sequence[Finding], worst: dict[int, Severity], indicators: int) -> Wording:
    rules = "、".join(sorted({finding.rule for finding in of_project}))
    parts_zh = [f"项目层面：{rules}"] if rules else []
    parts_en = [f"the project: {rules.replace('、', ', ')}"] if rules else []
    if worst:
        parts_zh.append(f"{indicators} 条指标中 {len(worst)} 条有问题")
        parts_en.append(f"{len(worst)} of {indicators} indicators")
    return Wording("；".join(parts_zh), "; ".join(parts_en))


def _quality(cells: Iterable[ReviewCell], findings: Iterable[Finding], scheme: ReviewScheme) -> int | None:
    """Return the mean of the questions that were judged, weighted by their points, held down by the scheme's caps."""
    judged = [(cell.points, cell.score) for cell in cells if cell.score is not None]
    total = sum(points for points, _ in judged)
    if not total:
        return None
    caps = dict(scheme.caps)
    least = min(score for _, score in scheme.bands)
    below = sum(score < least for _, score in judged)
    limits = [round(sum(points * score for points, score in judged) / total)]
    limits += [caps["error"]] if any(finding.severity == "error" for finding in findings) else []
    limits += [caps["one_below"]] if below == 1 else [caps["several_below"]] if below > 1 else []
    return min(limits)


def grade(score: int | None, scheme: ReviewScheme) -> Grade | None:
    """Return the grade of a score by the scheme's bands, None for None."""
    if score is None:
        return None
    return next((name for name, least in scheme.bands if score >= least), "差")


def _check(row: ReviewRow, findings: Sequence[Finding], ran: frozenset[str]) -> ReviewCheck:
    if not any(rule.startswith(row.rules) for rule in ran):
        return ReviewCheck(row.title, None, (), ())
    own = [finding for finding in findings if finding.rule.startswith(row.rules)]
    severities = {finding.severity for finding in own}
    verdict = "fail" if "error" in severities else "mend" if "warning" in severities else "pass"
    hit = sorted({finding.indicator for finding in own if finding.indicator is not None and finding.severity != "info"})
    ranked = sorted(own, key=lambda finding: SEVERITIES.index(finding.severity))
    return ReviewCheck(row.title, verdict, tuple(finding.fingerprint for finding in ranked), tuple(hit))  # type: ignore[arg-type]
