"""One project as a card of the page: everything a reviewer needs to judge it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from auditor.document import Budget, Passage
from auditor.finding import Finding, Member, ReuseGroup
from auditor.outcome import Relevance, TextSubject
from auditor.reports.html.book import Book, Entry, Grades
from auditor.reports.html.indicators import Cell, IndicatorRow, Usual, indicator_rows
from auditor.reports.html.listing import Item, items, numbers
from auditor.reports.html.review import Review, reviewed
from auditor.reports.html.sides import Sides, sides
from auditor.reports.html.spans import COLOURS, Stretch, Tint, frame, marked, tints
from auditor.reports.html.words import KINDS, RELATIONS, VERDICTS, WORDS, said
from auditor.reports.words import where

_MOST_TWINS = 3
_MOST_TASKS = 200


@dataclass(frozen=True)
class TextPart:
    """A labelled text of the project, marked."""

    label: str
    cell: Cell


@dataclass(frozen=True)
class TwinView:
    """A text of this project beside that of another: what it is, the relation, the other's place, name and anchor."""

    kind: str
    relation: str
    where: str
    name: str
    anchor: str | None
    sides: Sides
    others: int


@dataclass(frozen=True)
class RelevanceView:
    """Verdict and chances (percent) of name, goal and indicators belonging together, with the subjects of each text."""

    verdict: str
    state: str
    chances: tuple[tuple[str, int], ...]
    reason: str
    subjects: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


@dataclass(frozen=True)
class Card:
    """All that the page says of one entry; `keys` are rule and severity letter of its findings, for the filters.

    Of `items` the first `grave` are errors and warnings, the others advice.
    """

    anchor: str
    document: int
    document_name: str
    row: str
    title: str
    where: str
    amount: str
    money: str
    unit: str
    quality: int | None
    grade: str | None
    exempt: bool
    counts: Grades
    keys: str
    gist: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]
    grave: int
    texts: tuple[TextPart, ...]
    tasks: tuple[tuple[str, str, str, str], ...]
    twins: tuple[TwinView, ...]
    relevance: RelevanceView | None
    rows: tuple[IndicatorRow, ...]
    review: Review | None


def card(book: Book, entry: Entry, usual: Usual) -> Card:
    """Lay out one entry."""
    project, review = entry.project, entry.review
    listed = items(book, entry)
    number = numbers(listed, book, entry)
    subjects = _subjects(entry.relevance)
    scores = book.report.scores[entry.at][entry.position] if entry.position is not None and book.report.scores else ()
    amount = project.budget.total if project and project.budget else None
    member = Member(entry.document.name, entry.row) if entry.row is not None else None
    judged = tuple(_numbered(entry.findings, number))
    return Card(
        entry.anchor,
        entry.at,
        entry.document.name,
        "" if entry.row is None else WORDS["row"].say(book.language).format(entry.row),
        _title(book, entry),
        where(project.place if project else entry.document.place, book.language),
        "" if amount is None or not amount.is_finite() else f"{amount:f}",
        _money(project.budget) if project else "",
        (project.unit or entry.document.department or "") if project else "",
        review.quality if review else None,
        review.grade if review else None,
        member in book.report.exempt if member else False,
        entry.counts,
        " ".join(sorted({f"{finding.rule}{finding.severity[0]}" for finding in entry.findings})),
        _gist(book, entry),
        listed,
        sum(item.severity != "info" for item in listed),
        tuple(_texts(book, entry, judged, subjects)),
        _tasks(entry),
        tuple(_twins(book, member)) if member else (),
        _relevance(book, entry.relevance, subjects),
        indicator_rows(
            project.indicators, scores, entry.findings, number, _name_words(entry, subjects), usual, book.language
        )
        if project
        else (),
        reviewed(review, number, book.language) if review and review.cells else None,
    )


def _title(book: Book, entry: Entry) -> str:
    if entry.project is None:
        return WORDS["whole"].say(book.language)
    return (
        entry.project.title or entry.document.title or entry.document.department or WORDS["unnamed"].say(book.language)
    )


def _money(budget: Budget | None) -> str:
    return "" if budget is None or budget.total is None else f"{budget.total:,.2f} {budget.currency_unit}".strip()


def _gist(book: Book, entry: Entry) -> tuple[tuple[str, str], ...]:
    """Name what was found in a few words: titles of errors and warnings with their letter, most frequent first."""
    found = Counter((finding.severity[0], finding.rule) for finding in entry.findings if finding.severity != "info")
    ranked = sorted(found.items(), key=lambda item: ("ew".index(item[0][0]), -item[1]))
    return tuple(
        (letter, book.title(rule) + (f" ×{count}" if count > 1 else "")) for (letter, rule), count in ranked[:5]
    )


def _numbered(findings: Sequence[Finding], number: dict[str, int]) -> Iterator[tuple[str, Stretch]]:
    for finding in findings:
        if finding.indicator is None and finding.field is not None:
            yield finding.field, Stretch(finding.span, finding.severity, number[finding.fingerprint])


def _subjects(relevance: Relevance | None) -> dict[str, int]:
    """Number the leading subjects of name, goal and indicators: a subject has one colour all over the card."""
    found: dict[str, int] = {}
    for about in (relevance.name, relevance.goal, relevance.indicators) if relevance else ():
        for subject in about.subjects[:1] if about else ():
            found.setdefault(subject, len(found) % COLOURS)
    return found


def _leading(about: TextSubject | None, subjects: dict[str, int]) -> int | None:
    return subjects.get(about.subjects[0]) if about and about.subjects else None


def _texts(
    book: Book, entry: Entry, judged: Sequence[tuple[str, Stretch]], subjects: dict[str, int]
) -> Iterator[TextPart]:
    project, relevance = entry.project, entry.relevance
    if project is None:
        return
    goal_of = "goal" if project.goal else "annual_goal"
    parts: tuple[tuple[str, str, Passage | None, TextSubject | None], ...] = (
        ("name", "project.name", project.name, relevance.name if relevance else None),
        ("goal", "goal", project.goal, relevance.goal if relevance and goal_of == "goal" else None),
        (
            "annual_goal",
            "annual_goal",
            project.annual_goal,
            relevance.goal if relevance and goal_of != "goal" else None,
        ),
    )
    for label, field, passage, about in parts:
        if passage is None:
            continue
        stretches = [stretch for at, stretch in judged if at == field]
        words = tints(passage.text, about, _leading(about, subjects))
        text = marked(passage.text, stretches, words) if passage else Markup("")
        yield TextPart(WORDS[label].say(book.language), Cell(text, frame(stretches)))


def _name_words(entry: Entry, subjects: dict[str, int]) -> dict[int, list[Tint]]:
    """Lead the subject words of all indicator names, joined by ；, back to the single names, by position."""
    about = entry.relevance.indicators if entry.relevance else None
    subject = _leading(about, subjects)
    found: dict[int, list[Tint]] = {}
    if about is None or subject is None or entry.project is None:
        return found
    start = 0
    for at, indicator in enumerate(entry.project.indicators):
        name = indicator.name.text
        for word in about.words:
            begin, end = word.span[0] - start, word.span[1] - start
            if 0 <= begin < end <= len(name):
                found.setdefault(at, []).append(Tint((begin, end), subject))
        start += len(name) + 1
    return found


def _tasks(entry: Entry) -> tuple[tuple[str, str, str, str], ...]:
    tasks = entry.project.tasks[:_MOST_TASKS] if entry.project else ()
    return tuple(
        (
            task.name.text,
            task.content.text if task.content else "",
            "" if task.amount is None else f"{task.amount:,.2f}",
            task.expected.text if task.expected else "",
        )
        for task in tasks
    )


def _twins(book: Book, member: Member) -> Iterator[TwinView]:
    """Yield the texts that others share with this project, one a kind and twin; a programme's own repetition last."""
    seen: set[tuple[str, Member]] = set()
    order = ("copied", "near", "boilerplate", "same_programme")
    for group in sorted(book.groups.get(member, ()), key=lambda group: order.index(group.relation)):
        others = [row for row in group.members if row != member and row in book.projects]
        if not others:
            continue
        twin = others[0]
        kind = "indicator_set" if group.kind == "indicator_set" else "goal"
        if (kind, twin) in seen or len(seen) == _MOST_TWINS:
            continue
        seen.add((kind, twin))
        yield _twin(book, group, member, twin, kind, len(others) - 1)


def _twin(book: Book, group: ReuseGroup, member: Member, twin: Member, kind: str, others: int) -> TwinView:
    project = book.projects[twin]
    named = f"{twin.document} " if twin.document != member.document else ""
    return TwinView(
        said(KINDS, group.kind, book.language),
        said(RELATIONS, group.relation, book.language),
        named + WORDS["row"].say(book.language).format(twin.row),
        project.title,
        book.anchors.get(twin),
        sides(_shared_text(book, member, kind), _shared_text(book, twin, kind)),
        others,
    )


def _shared_text(book: Book, member: Member, kind: str) -> str:
    project = book.projects[member]
    if kind == "goal":
        goal = project.goal or project.annual_goal
        return goal.text if goal else ""
    values = ((one.name.text, one.annual_target or one.cycle_target) for one in project.indicators)
    return "\n".join(f"{name}：{target.text if target else ''}" for name, target in values)


def _relevance(book: Book, found: Relevance | None, subjects: dict[str, int]) -> RelevanceView | None:
    if found is None:
        return None
    chances = (("name_goal", found.name_goal), ("goal_indicators", found.goal_indicators))
    told = []
    for label, about in (("name", found.name), ("goal", found.goal), ("indicators", found.indicators)):
        if about and about.subjects:
            names = tuple((subject, subjects.get(subject, -1)) for subject in about.subjects[:3])
            told.append((WORDS[label].say(book.language), names))
    return RelevanceView(
        said(VERDICTS, found.verdict, book.language),
        found.verdict,
        tuple(
            (WORDS[label].say(book.language), round(chance * 100)) for label, chance in chances if chance is not None
        ),
        book.say(found.reason),
        tuple(told),
    )
