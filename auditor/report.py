"""The whole report: everything an audit found, everything it did not check, and what somebody has accepted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from auditor.document import Document, Gap
from auditor.finding import Finding, Member, ReuseGroup
from auditor.outcome import IndicatorScore, Pairing, ProjectReview, Relevance
from auditor.wording import Wording


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
