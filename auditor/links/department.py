"""A department's form against its project table: tasks and projects by name, subject and money; indicators by meaning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from rapidfuzz import fuzz

from auditor.document import Document, Place, Project, Task
from auditor.finding import Link, LinkEnd, LinkField, Unpaired
from auditor.generic import own_words
from auditor.links.match import Match, matches
from auditor.links.money import in_ten_thousands, said
from auditor.links.stated import all_stated
from auditor.reuse.programme import programme
from auditor.text import clauses, plain
from auditor.wording import Wording

LEAST_TASK = 70.0
"""Least likeness (0–100) of a task and a project for them to be one thing."""

LEAST_NAME = 80.0
"""Least likeness of two names that may stand for a link without any common text."""

LEAST_CLAUSE = 8
"""Characters of a clause that two texts must share for it to count."""

LARGE_SHARE = Decimal("0.05")
"""Share of all projects' money from which on a project without a task is worth a look."""

_BY_TEXT = Wording("名称、内容对应", "name and content correspond")
_BY_INDICATOR = Wording("指标衡量同一件事", "the indicators measure one thing")


class _Pair(NamedTuple):
    alike: float
    task: Task
    project: Project


def department_links(
    form: Document, table: Document, same_year: bool | None
) -> tuple[tuple[Link, ...], tuple[Unpaired, ...]]:
    """Link the tasks and indicators of a form with the rows of a table; also say what found no counterpart."""
    found: list[Link] = []
    unpaired: list[Unpaired] = []
    for entry in form.projects:
        pairs = _paired(entry.tasks, table.projects)
        found += [_task_link(form, entry, table, pair, same_year) for pair in pairs]
        found += _indicator_links(form, entry, table, pairs, same_year)
        unpaired += _without_partner(form, entry, table, pairs)
    return tuple(found), tuple(unpaired)


def _paired(tasks: Sequence[Task], projects: Sequence[Project]) -> list[_Pair]:
    """Match tasks and projects one to one, the most alike first."""
    scored = sorted(
        (
            _Pair(alike, task, project)
            for task in tasks
            for project in projects
            if (alike := task_likeness(task, project)) >= LEAST_TASK
        ),
        key=lambda pair: (-pair.alike, pair.project.row),
    )
    taken: set[int] = set()
    kept = []
    for pair in scored:
        if id(pair.task) not in taken and pair.project.row not in taken:
            taken |= {id(pair.task), pair.project.row}
            kept.append(pair)
    return kept


def task_likeness(task: Task, project: Project) -> float:
    """Return how much a task and a project speak of one thing, 0–100: names first, then shared clauses of their texts.

    Equal amounts lift a likeness that names and texts leave open.
    """
    name = _names_alike(task.name.text, project.title)
    text = max((_shared(passage.text, project.goal.text) for passage in (task.expected, task.content) if passage and project.goal), default=0.0)  # fmt: skip
    equal = _equal_money(task.amount, in_ten_thousands(project.budget))
    both = (name + text) / 1.4 if text else 0.0
    alike = max(name if name >= LEAST_NAME else 0.0, text, both)
    return min(100.0, max(alike, name + 15.0 if equal and name >= 60 else 0.0))


def _names_alike(a: str, b: str) -> float:
    first, second = own_words(a), own_words(programme(b) or b)
    names = fuzz.ratio(programme(a) or plain(a).text, programme(b) or plain(b).text)
    if len(first) < 3 or len(second) < 3:
        return names
    shorter, longer = sorted((first, second), key=len)
    inside = 85.0 if shorter in longer and len(shorter) >= 4 else 0.0
    return max(names, fuzz.ratio(first, second), inside)


def _shared(a: str, b: str) -> float:
    """Return the share of the shorter text's clauses (at least LEAST_CLAUSE characters) that the other has too, 0–100."""
    first, second = _clauses(a), _clauses(b)
    if not first or not second:
        return 0.0
    if len("".join(second)) < len("".join(first)):
        first, second = second, first
    shared = sum(len(one) for one in first if any(fuzz.ratio(one, other) >= 85 for other in second))
    return 100.0 * shared / sum(map(len, first))


def _clauses(text: str) -> list[str]:
    parts = [plain(text[start:end]).text for start, end in clauses(text)]
    return [part for part in parts if len(part) >= LEAST_CLAUSE]


def _equal_money(a: Decimal | None, b: Decimal | None) -> bool:
    return a is not None and b is not None and abs(a - b) < Decimal("0.006")


def _task_end(form: Document, entry: Project, task: Task) -> LinkEnd:
    return LinkEnd(form.name, entry.row, task.name.text, task.name.place)


def _project_end(table: Document, project: Project) -> LinkEnd:
    return LinkEnd(table.name, project.row, project.title, project.name.place if project.name else project.place)


def _task_link(form: Document, entry: Project, table: Document, pair: _Pair, same_year: bool | None) -> Link:
    task, project = pair.task, pair.project
    fields: tuple[LinkField, ...] = ()
    total = in_ten_thousands(project.budget)
    if task.amount is not None and total is not None:
        agrees = _equal_money(task.amount, total)
        end = _project_end(table, project)
        fields = (
            LinkField("amount", task.name.text, said(task.amount), said(total), agrees, task.name.place, end.place),
        )
    return Link(
        "department_project",
        _task_end(form, entry, task),
        _project_end(table, project),
        fields,
        _BY_TEXT,
        same_year,
    )


def _indicator_links(
    form: Document, entry: Project, table: Document, pairs: Sequence[_Pair], same_year: bool | None
) -> Iterator[Link]:
    """Link every indicator of the form with the one row that measures the same thing: the row that agrees, else the nearest."""
    rows = [one for project in table.projects for one in all_stated(project)]
    by_indicator: dict[int, list[Match]] = defaultdict(list)
    for match in matches(all_stated(entry), rows):
        by_indicator[match.a.indicator.ordinal].append(match)
    for ordinal in sorted(by_indicator):
        yield _indicator_link(form, entry, table, _best(by_indicator[ordinal], pairs), same_year)


def _best(candidates: Sequence[Match], pairs: Sequence[_Pair]) -> Match:
    """Choose among rows that measure the same thing: one that agrees; one that a task leads to; the one with most money."""
    tasked = {pair.project.row for pair in pairs}

    def rank(match: Match) -> tuple[bool, bool, Decimal, float]:
        total = in_ten_thousands(match.b.project.budget) or Decimal(0)
        return match.a.amount == match.b.amount, match.b.project.row in tasked, total, match.alike

    return max(candidates, key=rank)


def _indicator_link(form: Document, entry: Project, table: Document, match: Match, same_year: bool | None) -> Link:
    a, b = match.a, match.b
    field = LinkField(
        "target",
        a.name,
        a.text,
        b.text,
        a.amount == b.amount,
        _target_place(a.indicator.annual_target, a.indicator.name.place),
        _target_place(b.indicator.annual_target, b.indicator.name.place),
        a.indicator.ordinal,
        b.indicator.ordinal,
    )
    end = LinkEnd(form.name, entry.row, a.name, a.indicator.name.place)
    return Link("department_project", end, _project_end(table, b.project), (field,), _BY_INDICATOR, same_year)


def _target_place(passage: object, otherwise: Place) -> Place:
    return getattr(passage, "place", otherwise)


def _without_partner(form: Document, entry: Project, table: Document, pairs: Sequence[_Pair]) -> Iterator[Unpaired]:
    tasked = {id(pair.task) for pair in pairs}
    for task in entry.tasks:
        if id(task) not in tasked:
            yield Unpaired(_task_end(form, entry, task), table.name, "task")
    rows = {pair.project.row for pair in pairs}
    totals = [in_ten_thousands(project.budget) or Decimal(0) for project in table.projects]
    for project, total in zip(table.projects, totals, strict=True):
        if entry.tasks and project.row not in rows and total > 0 and total >= LARGE_SHARE * sum(totals):
            yield Unpaired(_project_end(table, project), form.name, "project")
