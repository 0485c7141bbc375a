"""What an audit finds: marks of the checks, findings made of them, and groups of reused text."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from auditor.document import Document, Indicator, Passage, Place, Project
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
