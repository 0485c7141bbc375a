"""What several sheets need to know of a report: which row a project or finding stands in, and how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from auditor.document import Project
from auditor.finding import SEVERITIES, Finding, Member, Severity
from auditor.outcome import IndicatorScore, ProjectReview, Relevance
from auditor.report import Report

Key = tuple[str, int | None]
"""Document and row of a project; row None is the document as a whole."""

_NO_REVIEW = ProjectReview(None, None)


@dataclass(frozen=True)
class Entry:
    """One project with everything a report says of it besides findings."""

    document: str
    project: Project
    review: ProjectReview
    scores: tuple[IndicatorScore, ...]
    relevance: Relevance | None
    exempt: bool

    @property
    def key(self) -> Key:
        """Name the project among all of the report."""
        return self.document, self.project.row


@dataclass(frozen=True)
class Facts:
    """A report in the order of the sheets; all numbers of rows count from 0."""

    report: Report

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All projects, document by document."""
        report = self.report
        return tuple(
            Entry(
                document.name,
                project,
                report.reviews[at][position] if report.reviews else _NO_REVIEW,
                report.scores[at][position] if report.scores else (),
                report.relevance[at][position] if report.relevance else None,
                Member(document.name, project.row) in report.exempt,
            )
            for at, document in enumerate(report.documents)
            for position, project in enumerate(document.projects)
        )

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings: document by document, project by project, the gravest of each first."""
        order = {document.name: at for at, document in enumerate(self.report.documents)}
        last = len(order)
        return tuple(
            sorted(
                self.report.findings,
                key=lambda one: (order.get(one.document, last), one.row or 0, SEVERITIES.index(one.severity)),
            )
        )

    @cached_property
    def project_row(self) -> dict[Key, int]:
        """Where each project stands among the projects."""
        return {entry.key: at for at, entry in enumerate(self.entries)}

    @cached_property
    def finding_rows(self) -> dict[Key, tuple[int, int]]:
        """First and last row of each project's errors and warnings among the findings; advice alone gives none."""
        rows: dict[Key, tuple[int, int]] = {}
        for at, finding in enumerate(self.findings):
            if finding.severity != "info":
                key = finding.document, finding.row
                rows[key] = rows.get(key, (at, at))[0], at
        return rows

    @cached_property
    def indicator_rows(self) -> dict[Key, tuple[int, int]]:
        """First and last row of each project's indicators among all indicators."""
        rows: dict[Key, tuple[int, int]] = {}
        at = 0
        for entry in self.entries:
            count = len(entry.project.indicators)
            if count:
                rows[entry.key] = at, at + count - 1
            at += count
        return rows

    @cached_property
    def counts(self) -> Counter[tuple[Key, Severity]]:
        """Findings by project and severity."""
        return Counter(((finding.document, finding.row), finding.severity) for finding in self.findings)

    @cached_property
    def rules_of(self) -> dict[tuple[str, int | None, int], tuple[str, ...]]:
        """Rules that spoke of an indicator (document, row, ordinal), the gravest first, each once."""
        rules: dict[tuple[str, int | None, int], dict[str, None]] = {}
        for finding in self.findings:
            if finding.indicator is not None:
                rules.setdefault((finding.document, finding.row, finding.indicator), {})[finding.rule] = None
        return {key: tuple(names) for key, names in rules.items()}

    @cached_property
    def severity_of(self) -> dict[str, Severity]:
        """The gravest severity at which each rule spoke."""
        grave: dict[str, Severity] = {}
        for finding in self.findings:
            known = grave.get(finding.rule, finding.severity)
            grave[finding.rule] = min(known, finding.severity, key=SEVERITIES.index)
        return grave

    def worst(self, most: int) -> Sequence[Entry]:
        """Return up to `most` projects with errors or warnings, the lowest quality first."""
        touched = [entry for entry in self.entries if entry.key in self.finding_rows]
        return sorted(
            touched,
            key=lambda entry: (
                101 if entry.review.quality is None else entry.review.quality,
                -self.counts[entry.key, "error"],
                -self.counts[entry.key, "warning"],
            ),
        )[:most]
