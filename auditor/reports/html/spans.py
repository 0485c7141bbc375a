"""A text with the spans of its findings highlighted and the words of its subjects coloured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from auditor.finding import SEVERITIES, Severity
from auditor.outcome import TextSubject
from auditor.reports.html.inert import safe
from auditor.text import Span, plain


@dataclass(frozen=True)
class Stretch:
    """A span of a text that finding `number` of its project points at; `span` None: all of it."""

    span: Span | None
    severity: Severity
    number: int


@dataclass(frozen=True)
class Tint:
    """A word that shows a subject; `subject` numbers the subjects of one project from 0."""

    span: Span
    subject: int


def tints(text: str, about: TextSubject | None, subject: int | None) -> tuple[Tint, ...]:
    """Return where the words of a subject stand in `text`; a word whose span does not hold it is looked up."""
    if about is None or subject is None:
        return ()
    found = []
    for word in about.words:
        start, end = word.span
        if plain(text[start:end]).text != word.word:
            start = text.find(word.word) if word.word else -1
            end = start + len(word.word)
        if start >= 0:
            found.append(Tint((start, end), subject))
    return tuple(found)


def marked(text: str, stretches: Sequence[Stretch] = (), words: Sequence[Tint] = ()) -> Markup:
    """Return the text as markup: `mark` elements with the gravest severity, numbers of findings, coloured words.

    Stretches without a span only give their number at the end; the whole passage is marked by its frame. Spans may overlap and
    reach beyond the text. Linear in the text and in the number of stretches but for sorting.
    """
    if not stretches and not words:
        return safe(text)
    length = len(text)
    begins: dict[int, list[Stretch]] = {}
    ends: dict[int, list[Stretch]] = {}
    for stretch in stretches:
        start, end = _within(stretch.span, length)
        if stretch.span is not None and start < end:
            begins.setdefault(start, []).append(stretch)
        ends.setdefault(end, []).append(stretch)
    tint_begins, tint_ends = _tint_events(words, length)
    cuts = sorted({0, length, *begins, *ends, *tint_begins, *tint_ends})
    counts = dict.fromkeys(SEVERITIES, 0)
    pieces: list[Markup] = []
    subject: int | None = None
    for at, cut in enumerate(cuts):
        for stretch in ends.get(cut, ()):
            if stretch.span is not None and _within(stretch.span, length)[0] < cut:
                counts[stretch.severity] -= 1
        pieces.append(_numbers(ends.get(cut, ())))
        for stretch in begins.get(cut, ()):
            counts[stretch.severity] += 1
        subject = tint_begins.get(cut, None if cut in tint_ends else subject)
        if at + 1 < len(cuts):
            pieces.append(_piece(text[cut : cuts[at + 1]], counts, subject))
    return Markup("").join(pieces)


def _within(span: Span | None, length: int) -> Span:
    if span is None:
        return length, length
    start = min(max(0, span[0]), length)
    return start, min(max(start, span[1]), length)


def _tint_events(words: Iterable[Tint], length: int) -> tuple[dict[int, int], set[int]]:
    """Return where coloured words begin and end; of words that overlap the earlier and longer one counts."""
    begins: dict[int, int] = {}
    ends: set[int] = set()
    last = 0
    for word in sorted(words, key=lambda word: (word.span[0], -word.span[1])):
        start, end = _within(word.span, length)
        if start >= last and start < end:
            begins[start] = word.subject
            ends.add(end)
            last = end
    return begins, ends


def _piece(text: str, counts: dict[Severity, int], subject: int | None) -> Markup:
    shown = safe(text)
    if subject is not None:
        shown = Markup("<b class=s{}>{}</b>").format(subject % COLOURS, shown)
    worst = next((severity for severity in SEVERITIES if counts[severity]), None)
    return Markup("<mark class={}>{}</mark>").format(worst[0], shown) if worst else shown


def _numbers(stretches: Sequence[Stretch]) -> Markup:
    """Return the numbers of the findings that end here, as people look for them in the list beside the text."""
    numbers = sorted({stretch.number for stretch in stretches})
    return Markup("<sup>{}</sup>").format(",".join(map(str, numbers))) if numbers else Markup("")


COLOURS = 6
"""Subjects that the style sheet has a colour for (`.s0` to `.s5`)."""


def frame(stretches: Iterable[Stretch]) -> str:
    """Return the class of a passage that findings point at as a whole: the first letter of the gravest severity, or ''."""
    whole = {stretch.severity for stretch in stretches if stretch.span is None}
    return next((severity[0] for severity in SEVERITIES if severity in whole), "")
