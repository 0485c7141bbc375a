"""A report seen as a book of projects: what belongs to which, and under which anchor it is found."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from auditor.document import Document, Project
from auditor.finding import SEVERITIES, Finding, Member, ReuseGroup, Severity
from auditor.outcome import ProjectReview, Relevance
from auditor.report import Report
from auditor.wording import Language, Wording

Grades = tuple[int, ...]
"""Counts by severity, gravest first."""


@dataclass(frozen=True)
class Entry:
    """One project, or the findings about a whole document (`project` None), with its anchor in the page."""

    anchor: str
    at: int
    position: int | None
    document: Document
    project: Project | None
    findings: tuple[Finding, ...]
    review: ProjectReview | None
    relevance: Relevance | None

    @property
    def row(self) -> int | None:
        """The project's row."""
        return self.project.row if self.project else None

    @property
    def counts(self) -> Grades:
        """Findings by severity."""
        found = Counter(finding.severity for finding in self.findings)
        return tuple(found[severity] for severity in SEVERITIES)


@dataclass(frozen=True)
class Book:
    """Look-ups over a report in one language; entries stand in the order of the documents."""

    report: Report
    language: Language
    entries: tuple[Entry, ...]
    anchors: dict[Member, str]
    projects: dict[Member, Project]
    groups: dict[Member, tuple[ReuseGroup, ...]]
    titles: dict[str, Wording]

    def say(self, wording: Wording) -> str:
        """Return a wording in the page's language."""
        return wording.say(self.language)

    def title(self, rule: str) -> str:
        """Return a rule's title, or its id where the report does not give one."""
        return self.say(self.titles[rule]) if rule in self.titles else rule

    @property
    def several(self) -> bool:
        """Whether projects need the name of their document beside them."""
        return len(self.report.documents) > 1


def open_book(report: Report, language: Language, only: Member | None = None) -> Book:
    """Make the look-ups; `only` leaves out every other project's entry, not its text."""
    of: dict[tuple[str, int | None], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        of[finding.document, finding.row].append(finding)
    entries: list[Entry] = []
    anchors: dict[Member, str] = {}
    projects: dict[Member, Project] = {}
    for at, document in enumerate(report.documents):
        whole = of.get((document.name, None))
        if whole and only is None:
            entries.append(Entry(f"d{at}", at, None, document, None, tuple(whole), None, None))
        for position, project in enumerate(document.projects):
            member = Member(document.name, project.row)
            projects[member] = project
            if only is None or member == only:
                anchors[member] = f"p{len(anchors)}"
                own = tuple(of.get((document.name, project.row), ()))
                review = report.reviews[at][position] if report.reviews else None
                relevance = report.relevance[at][position] if report.relevance else None
                entry = Entry(anchors[member], at, position, document, project, own, review, relevance)
                entries.append(entry)
    groups: dict[Member, list[ReuseGroup]] = defaultdict(list)
    for group in report.reuse:
        for row in group.members:
            groups[row].append(group)
    frozen = {row: tuple(found) for row, found in groups.items()}
    return Book(report, language, tuple(entries), anchors, projects, frozen, dict(report.titles))


def worst_first(entries: tuple[Entry, ...]) -> list[Entry]:
    """Order entries by quality, then by the number of errors, warnings and advice; equals keep their order.

    What has no quality (a whole document, an exempt project) stands where its gravest finding puts it.
    """
    return sorted(entries, key=lambda entry: (_quality(entry), *(-count for count in entry.counts)))


def _quality(entry: Entry) -> int:
    if entry.review and entry.review.quality is not None:
        return entry.review.quality
    bounds: dict[Severity, int] = {"error": 59, "warning": 79, "info": 100}
    found = {finding.severity for finding in entry.findings}
    return next((bounds[severity] for severity in SEVERITIES if severity in found), 101)
