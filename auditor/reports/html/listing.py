"""The findings of one project as a list: gravest first, those that say the same of several indicators gathered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.finding import SEVERITIES, Evidence, Finding, Member, Severity
from auditor.reports.html.book import Book, Entry
from auditor.reports.html.words import WORDS
from auditor.reports.terminal import short
from auditor.reports.words import where
from auditor.wording import Language

_QUOTE = 120
_MOST_SHOWN = 3
_MOST_OF_ADVICE = 1
_MOST_LINKED = 40
_LEAST_COMPARED = 10


@dataclass(frozen=True)
class Exhibit:
    """A piece of evidence: what it is, its words ('' where they stand beside the project anyway), where, its anchor."""

    what: str
    quote: str
    where: str
    anchor: str | None


@dataclass(frozen=True)
class Item:
    """What one rule says of one project or of several of its indicators; `number` is how the texts refer to it."""

    number: int
    rule: str
    title: str
    severity: Severity
    ordinals: tuple[int, ...]
    message: str
    suggestion: str
    quote: str
    where: str
    confidence: int | None
    exhibits: tuple[Exhibit, ...]
    also: tuple[tuple[str, str], ...]
    more: bool
    evidence: int


def items(book: Book, entry: Entry) -> tuple[Item, ...]:
    """Return the findings of one entry, numbered from 1 in the order of the list."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in sorted(entry.findings, key=lambda finding: SEVERITIES.index(finding.severity)):
        key = finding.rule, book.say(finding.message), book.say(finding.suggestion)
        groups.setdefault(key, []).append(finding)
    return tuple(_item(book, entry, number, found) for number, found in enumerate(groups.values(), 1))


def numbers(found: Sequence[Item], book: Book, entry: Entry) -> dict[str, int]:
    """Return under which number the list shows each finding, by fingerprint."""
    of = {(item.rule, item.message, item.suggestion): item.number for item in found}
    return {
        finding.fingerprint: of[finding.rule, book.say(finding.message), book.say(finding.suggestion)]
        for finding in entry.findings
    }


def _item(book: Book, entry: Entry, number: int, found: Sequence[Finding]) -> Item:
    first = found[0]
    evidence = first.evidence
    shown = _MOST_OF_ADVICE if first.severity == "info" else _MOST_SHOWN
    ordinals = tuple(sorted({one.indicator for one in found if one.indicator is not None}))
    return Item(
        number,
        first.rule,
        book.title(first.rule),
        first.severity,
        ordinals,
        book.say(first.message),
        book.say(first.suggestion),
        _quote(book, entry, first),
        "" if ordinals else where(first.place, book.language),
        _confidence(first, book.say(first.message)),
        tuple(_exhibit(book, first, one) for one in evidence[:shown] if _adds(book, first, one)),
        tuple(_also(book, first, evidence[:_MOST_LINKED], shown)),
        len(evidence) > shown,
        len(evidence),
    )


def _confidence(finding: Finding, message: str) -> int | None:
    """Return the confidence in percent; None for certainty, and where the message says it anyway."""
    percent = round(finding.confidence * 100)
    return None if percent == 100 or f"{percent}%" in message or f"{percent} %" in message else percent


def _quote(book: Book, entry: Entry, finding: Finding) -> str:
    """Return the words pointed at where neither the message nor a text of the project shows them."""
    if finding.field in ("goal", "project.name", "annual_goal") or finding.indicator is not None:
        return ""
    title = entry.project.title if entry.project else ""
    known = finding.quote == title or finding.quote in book.say(finding.message)
    return "" if known else short(finding.quote, _QUOTE)


def _anchor(book: Book, evidence: Evidence) -> str | None:
    if evidence.row is None:
        return None
    return book.anchors.get(Member(evidence.place.file, evidence.row))


def _adds(book: Book, finding: Finding, evidence: Evidence) -> bool:
    """Tell whether evidence says more than the message: words from elsewhere, or words that the message leaves out."""
    return (
        evidence.row is not None
        or evidence.place != finding.place
        or not evidence.quote
        or evidence.quote not in book.say(finding.message)
    )


def _exhibit(book: Book, finding: Finding, evidence: Evidence) -> Exhibit:
    elsewhere = evidence.place.file != finding.document
    same = evidence.quote == finding.quote and len(evidence.quote) >= _LEAST_COMPARED
    quote = WORDS["identical"].say(book.language) if same else short(evidence.quote, _QUOTE)
    anchor = _anchor(book, evidence)
    at = "" if anchor else where(evidence.place, book.language)
    return Exhibit(
        book.say(evidence.what),
        "" if evidence.project and evidence.quote == evidence.project else quote,
        ""
        if evidence.place == finding.place and evidence.row is None
        else _row(evidence, at, elsewhere, book.language),
        anchor,
    )


def _row(evidence: Evidence, at: str, named: bool, language: Language) -> str:
    """Say where evidence stands: document if `named`, row, project, and `at`, the place in the file."""
    row = "" if evidence.row is None else WORDS["row"].say(language).format(evidence.row)
    project = f"“{short(evidence.project, 40)}”" if evidence.project else ""
    return " ".join(filter(None, (evidence.place.file if named else "", row, project, at)))


def _also(book: Book, finding: Finding, evidence: Sequence[Evidence], shown: int) -> Iterator[tuple[str, str]]:
    """Yield anchor and short label of rows beyond those of the `shown` first pieces of evidence, each once."""
    seen = {_anchor(book, one) for one in evidence[:shown]}
    for one in evidence[shown:]:
        anchor = _anchor(book, one)
        if anchor and one.row is not None and anchor not in seen:
            seen.add(anchor)
            named = f"{one.place.file} " if one.place.file != finding.document else ""
            yield anchor, named + WORDS["row"].say(book.language).format(one.row)
