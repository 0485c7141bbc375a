"""What an audit says: marks of the checks, findings made of them, groups of reused text, and the whole report."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, get_args

from auditor.document import Document, Gap, Indicator, Passage, Place, Project
from auditor.text import Span, plain
from auditor.wording import Wording

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""Gravest first. `info` is advice."""

Principle = Literal[
    "规范完整性", "明确清晰性", "目标相关性", "指标科学性", "绩效合理性", "资金匹配性", "实现可能性", "条件充分性"
]
PRINCIPLES: tuple[Principle, ...] = get_args(Principle)
"""The cells of the official review table, in its order."""


@dataclass(frozen=True)
class Subject:
    """What a rule examines: a text field with its owners, an indicator, a project or a document.

    `field` is the scope's name (`indicator.annual_target`); `passage` is None for scopes that are not one text.
    """

    document: Document
    project: Project | None = None
    indicator: Indicator | None = None
    passage: Passage | None = None
    field: str | None = None


@dataclass(frozen=True)
class Evidence:
    """Something a person can look at: what it is, where it stands, what it says, and how strongly it counts (0–1)."""

    what: Wording
    place: Place
    quote: str
    score: float | None = None
    row: int | None = None
    project: str | None = None


@dataclass(frozen=True)
class Mark:
    """What a check yields. The engine adds rule, severity, words and fingerprint.

    `span` is an offset pair into `subject.passage.text` as written (None: the whole text). `values` fill the rule's
    message; `variant` names another severity or wording of the same rule; `score` is the confidence, 0–1.
    """

    subject: Subject
    span: Span | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    variant: str | None = None
    score: float = 1.0
    quote: str | None = None


@dataclass(frozen=True)
class Finding:
    """One thing a reviewer should look at, with everything needed to judge it."""

    rule: str
    name: str
    severity: Severity
    confidence: float
    document: str
    row: int | None
    project: str | None
    indicator: int | None
    field: str | None
    quote: str
    span: Span | None
    message: Wording
    suggestion: Wording
    evidence: tuple[Evidence, ...]
    principle: Principle
    place: Place
    fingerprint: str
    content: str = ""
    """The fingerprint without its counter: equal findings share it, and waivers match by it."""


@dataclass(frozen=True)
class Waiver:
    """An accepted finding: `count` equal findings of this content are accepted, by whom, why, and until when (ISO date).

    `rule`, `project`, `indicator` and `quote` are for people; only `content` is matched.
    """

    content: str
    count: int
    rule: str
    project: str
    indicator: str
    quote: str
    reason: str
    who: str
    until: str


@dataclass(frozen=True)
class Waived:
    """A finding that somebody accepted, with the waiver that says so."""

    finding: Finding
    waiver: Waiver


@dataclass(frozen=True)
class StaleWaiver:
    """A waiver that no longer waives all it says: it is `expired`, or `unused` of its findings are no longer found."""

    waiver: Waiver
    state: Literal["expired", "stale"]
    unused: int


@dataclass(frozen=True)
class Member:
    """One row of one document as a member of a group."""

    document: str
    row: int


Relation = Literal["copied", "near", "same_programme", "boilerplate"]
"""Equal or near under another subject; legitimate in one programme; nothing in common but official wording."""


@dataclass(frozen=True)
class ReuseGroup:
    """Rows that share a text; `members` in order of document and row, in a near group the representative first.

    `score` (0–1) is the least likeness of any member to the representative; `text` is the shared clause of a group of
    clauses, plain and with numbers masked, else None.
    """

    kind: Literal["goal", "indicator_set", "clause"]
    relation: Relation
    score: float
    members: tuple[Member, ...]
    text: str | None = None


@dataclass(frozen=True)
class Twin:
    """A document that holds the same table as an earlier one (`kept`): `rows` of the longer one's `of` rows agree."""

    document: str
    kept: str
    rows: int
    of: int


Grade = Literal["优", "良", "中", "差"]
GRADES: tuple[Grade, ...] = get_args(Grade)
"""Best first. 优 passes, 良 is polished, 中 goes back, 差 stops the budget."""


@dataclass(frozen=True)
class ReviewCell:
    """One question of the official review table, pre-filled from findings.

    `score` 0–100 and `grade` are None where the tool cannot judge and a person must. `findings` are fingerprints, the gravest
    first; `points` is the question's share of the table's hundred.
    """

    principle: Principle
    points: int
    score: int | None
    grade: Grade | None
    findings: tuple[str, ...]
    reason: Wording


@dataclass(frozen=True)
class ReviewCheck:
    """A row of the second shape used in practice: what was checked, and whether it passed.

    `verdict` is None where no rule that looks at it ran. `indicators` are the ordinals of those that failed it.
    """

    title: Wording
    verdict: Literal["pass", "mend", "fail"] | None
    findings: tuple[str, ...]
    indicators: tuple[int, ...]


@dataclass(frozen=True)
class ProjectReview:
    """The whole review of one project: quality 0–100 and grade (None for an exempt project), and both tables."""

    quality: int | None
    grade: Grade | None
    cells: tuple[ReviewCell, ...] = ()
    checks: tuple[ReviewCheck, ...] = ()


@dataclass(frozen=True)
class SubjectWord:
    """A word that shows what a text is about, and where it stands in the text as written."""

    word: str
    span: Span


@dataclass(frozen=True)
class TextSubject:
    """What one text is about: names of subjects, the most likely first, and the words that show it."""

    subjects: tuple[str, ...]
    words: tuple[SubjectWord, ...]


@dataclass(frozen=True)
class Relevance:
    """Whether goal and indicators speak of the project: scores 0–1 (None: not judged) and a verdict with its reason."""

    name_goal: float | None
    goal_indicators: float | None
    verdict: Literal["off_subject", "weak", "fits", "not_judged"]
    reason: Wording
    name: TextSubject | None = None
    goal: TextSubject | None = None
    indicators: TextSubject | None = None


@dataclass(frozen=True)
class LinkEnd:
    """One end of a link: a row of a document, or a task of a department form (then `label` names the task)."""

    document: str
    row: int
    label: str
    place: Place


@dataclass(frozen=True)
class LinkField:
    """One thing that two linked rows both say: an amount, an indicator's target, an indicator's name, a total.

    `a` and `b` are the words of the two ends, `name` what they speak of. `indicator_a`, `indicator_b` are ordinals.
    """

    kind: Literal["amount", "target", "indicator_name", "total"]
    name: str
    a: str
    b: str
    agrees: bool
    place_a: Place
    place_b: Place
    indicator_a: int | None = None
    indicator_b: int | None = None


@dataclass(frozen=True)
class Link:
    """Two rows of different documents that speak of one thing, and where they agree and disagree.

    `same_year` is None where one of the documents prints no year. `why` says what led from one to the other.
    """

    kind: Literal["department_project", "upper_lower"]
    a: LinkEnd
    b: LinkEnd
    fields: tuple[LinkField, ...]
    why: Wording
    same_year: bool | None = None

    @property
    def agrees(self) -> bool:
        """Whether nothing that both say differs."""
        return all(field.agrees for field in self.fields)


@dataclass(frozen=True)
class Unpaired:
    """A row or task for which the other document of a pair has no counterpart."""

    end: LinkEnd
    other: str
    kind: Literal["task", "project", "row"]


@dataclass(frozen=True)
class Pairing:
    """Two documents that were compared, in the order form and table, or upper and lower.

    `unpaired` are the tasks and large rows of either for which the other has no counterpart.
    """

    kind: Literal["department_project", "upper_lower"]
    a: str
    b: str
    same_year: bool | None
    links: tuple[Link, ...]
    unpaired: tuple[Unpaired, ...] = ()


@dataclass(frozen=True)
class Tally:
    """How often a rule looked and how often it spoke."""

    rule: str
    examined: int
    flagged: int


@dataclass(frozen=True)
class Provenance:
    """What produced a report: program version, digest of the rulebook, digests of models by name."""

    version: str
    rulebook: str
    models: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ScoredPart:
    """One visible part of a score: met, not met, or not asked for (None), why, and where it stands in the target."""

    name: str
    met: bool | None
    reason: Wording
    span: Span | None = None


@dataclass(frozen=True)
class ReadTarget:
    """The main quantity that was read in a target."""

    comparator: str | None
    value: Decimal | None
    upper: Decimal | None
    unit: str | None
    dimension: str | None


@dataclass(frozen=True)
class ClassGuess:
    """The class an indicator truly belongs to: the best guess (two-digit code) with its probability, 0–1.

    `abstained` says that a person is needed; `decided_by` whether the name settled it (`rule`) or a model weighed words.
    """

    code: str
    probability: float
    abstained: bool
    decided_by: Literal["rule", "model"]
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class IndicatorScore:
    """What an audit says of one indicator besides findings: filed and true class, how measurable it is, and why.

    `level` 0–4, `score` 0–100 and `guess` are None for an indicator that was not judged (its project is exempt).
    """

    filed: str | None
    level: int | None = None
    score: int | None = None
    parts: tuple[ScoredPart, ...] = ()
    target: ReadTarget | None = None
    guess: ClassGuess | None = None


@dataclass(frozen=True)
class Report:
    """Everything an audit found, and everything it did not check. Equal inputs give equal reports."""

    provenance: Provenance
    profile: str
    documents: tuple[Document, ...]
    profiles: tuple[str, ...]
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    reuse: tuple[ReuseGroup, ...]
    tally: tuple[Tally, ...]
    exempt: frozenset[Member] = frozenset()
    scores: tuple[tuple[tuple[IndicatorScore, ...], ...], ...] = ()
    """By document, project and indicator."""
    titles: tuple[tuple[str, Wording], ...] = ()
    """Titles of the rules that ran, by id."""
    pairings: tuple[Pairing, ...] = ()
    waived: tuple[Waived, ...] = ()
    stale_waivers: tuple[StaleWaiver, ...] = ()
    reviews: tuple[tuple[ProjectReview, ...], ...] = ()
    """By document and project."""
    relevance: tuple[tuple[Relevance | None, ...], ...] = ()
    """By document and project; None for an exempt project."""


def fingerprint(rule: str, subject: Subject, quote: str, repeat: int) -> str:
    """Return 16 hexadecimal digits that name a finding by what it says, never by where a line or row happens to be.

    `repeat` counts earlier findings that would otherwise have the same fingerprint.
    """
    project, indicator = subject.project, subject.indicator
    budget = project.budget if project else None
    parts = (
        rule,
        project.unit or "" if project else "",
        plain(project.title).text if project else "",
        str(budget.total) if budget and budget.total is not None else "",
        plain(indicator.name.text).text if indicator else "",
        subject.field or "",
        plain(quote).text,
        str(repeat),
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
