"""The tables above the projects: documents, what was not checked, reused text, documents compared, accepted findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.finding import SEVERITIES, Member, ReuseGroup
from auditor.outcome import LinkEnd, Pairing
from auditor.reports.html.book import Book, Grades
from auditor.reports.html.words import KINDS, RELATIONS, STAGES, WORDS, said
from auditor.reports.terminal import short
from auditor.reports.values import mean_quality, mean_score
from auditor.reports.words import FORM, where

_QUOTE = 160
_MOST_LISTED = 500
"""Rows of one table that are written out; the table says how many there are in all."""


@dataclass(frozen=True)
class Link:
    """A project's row as something to follow; `anchor` None where the page does not show it."""

    label: str
    name: str
    anchor: str | None


@dataclass(frozen=True)
class DocumentRow:
    """One document with its counts."""

    name: str
    form: str
    profile: str
    projects: int
    indicators: int
    counts: Grades
    gaps: int
    measurability: int | None
    quality: int | None


@dataclass(frozen=True)
class GapRow:
    """Something that was not checked."""

    document: str
    where: str
    stage: str
    reason: str
    quote: str


@dataclass(frozen=True)
class GroupRow:
    """Rows that share a text."""

    kind: str
    relation: str
    state: str
    alike: int
    members: tuple[Link, ...]
    count: int


@dataclass(frozen=True)
class Difference:
    """What two linked rows say differently."""

    what: str
    a: Link
    said_a: str
    b: Link
    said_b: str


@dataclass(frozen=True)
class PairingRow:
    """Two documents that were compared."""

    kind: str
    a: str
    b: str
    linked: int
    differences: tuple[Difference, ...]
    unpaired: tuple[tuple[str, Link, str], ...]


@dataclass(frozen=True)
class WaivedRow:
    """A finding that somebody accepted."""

    rule: str
    title: str
    severity: str
    message: str
    link: Link
    who: str
    reason: str
    until: str


def document_rows(book: Book) -> Iterator[DocumentRow]:
    """Yield the documents in the order of the report."""
    report = book.report
    counts = Counter((finding.document, finding.severity) for finding in report.findings)
    unread = Counter(gap.document for gap in report.gaps)
    for at, document in enumerate(report.documents):
        scores = report.scores[at] if report.scores else ()
        yield DocumentRow(
            document.name,
            FORM[document.form].say(book.language),
            report.profiles[at] if at < len(report.profiles) else "",
            len(document.projects),
            sum(len(project.indicators) for project in document.projects),
            tuple(counts[document.name, severity] for severity in SEVERITIES),
            unread[document.name],
            mean_score(score for project in scores for score in project),
            mean_quality(report.reviews[at]) if report.reviews else None,
        )


def gap_rows(book: Book) -> list[GapRow]:
    """Return everything that was not checked, in the order of the report."""
    return [
        GapRow(
            gap.document,
            where(gap.place, book.language),
            said(STAGES, gap.stage, book.language) + (f" {gap.rule}" if gap.rule else ""),
            book.say(gap.reason),
            short(gap.quote, _QUOTE),
        )
        for gap in book.report.gaps
    ]


def link(book: Book, member: Member, name: str | None = None) -> Link:
    """Return a row as a link: number, and the document's name where there are several."""
    project = book.projects.get(member)
    row = WORDS["row"].say(book.language).format(member.row)
    label = f"{member.document} {row}" if book.several else row
    title = name if name is not None else project.title if project else ""
    return Link(label, short(title, 60), book.anchors.get(member))


def group_rows(book: Book, groups: Sequence[ReuseGroup]) -> list[GroupRow]:
    """Return groups with links to their members."""
    return [
        GroupRow(
            said(KINDS, group.kind, book.language),
            said(RELATIONS, group.relation, book.language),
            group.relation,
            int(group.score * 100),
            tuple(link(book, member) for member in group.members[:60]),
            len(group.members),
        )
        for group in groups[:_MOST_LISTED]
    ]


def pairing_rows(book: Book) -> list[PairingRow]:
    """Return the documents that were compared, with everything that differs or has no counterpart."""
    return [_pairing(book, pairing) for pairing in book.report.pairings]


def _pairing(book: Book, pairing: Pairing) -> PairingRow:
    differences = [
        Difference(
            f"{said(KINDS, field.kind, book.language)} {short(field.name, 60)}",
            _end(book, found.a),
            short(field.a, _QUOTE),
            _end(book, found.b),
            short(field.b, _QUOTE),
        )
        for found in pairing.links
        for field in found.fields
        if not field.agrees
    ]
    unpaired = [
        (said(KINDS, one.kind, book.language), _end(book, one.end), one.other)
        for one in pairing.unpaired[:_MOST_LISTED]
    ]
    return PairingRow(
        said(KINDS, pairing.kind, book.language),
        pairing.a,
        pairing.b,
        len(pairing.links),
        tuple(differences[:_MOST_LISTED]),
        tuple(unpaired),
    )


def _end(book: Book, end: LinkEnd) -> Link:
    return link(book, Member(end.document, end.row), end.label)


def waived_rows(book: Book) -> list[WaivedRow]:
    """Return the findings that waivers accept: marked, never dropped."""
    rows = []
    for one in book.report.waived:
        finding, waiver = one.finding, one.waiver
        at = Link(" ".join(filter(None, (finding.document, where(finding.place, book.language)))), "", None)
        if finding.row is not None:
            at = link(book, Member(finding.document, finding.row))
        rows.append(
            WaivedRow(
                finding.rule,
                book.title(finding.rule),
                finding.severity,
                book.say(finding.message),
                at,
                waiver.who,
                waiver.reason,
                waiver.until,
            )
        )
    return rows


def stale_rows(book: Book) -> list[tuple[str, str, str, str]]:
    """Return waivers that no longer waive all they say: state, rule, what they were for, who."""
    return [
        (
            WORDS["waiver_expired" if one.state == "expired" else "waiver_stale"].say(book.language),
            one.waiver.rule,
            short(" ".join(filter(None, (one.waiver.project, one.waiver.indicator, one.waiver.quote))), _QUOTE),
            one.waiver.who,
        )
        for one in book.report.stale_waivers
    ]
