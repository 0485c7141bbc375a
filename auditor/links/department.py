"""A department's form against its project table: tasks and projects by name, subject and money; indicators by meaning."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from auditor.document import Document, Indicator, Place, Project, Task
from auditor.generic import own_words
from auditor.links.area import department_name
from auditor.links.match import Match, matches
from auditor.links.money import converted, equal, in_ten_thousands, said
from auditor.links.stated import all_stated
from auditor.outcome import Link, LinkEnd, LinkField, Pairing, Unpaired
from auditor.reuse.programme import programme, same_programme
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

_INSIDE = 85.0
"""Likeness of two names of which one holds the other."""

_VERBS = re.compile(
    r"^(?:继续|扎实|深入|全面|大力|做好|办好|抓好|推动|推进|促进|支持|加强|加快|实施|落实|开展|组织|举办|保障|完成)+"
)
_TWICE = re.compile(r"([\u4e00-\u9fff]{2,4})\1")

_BY_TEXT = Wording("名称、内容对应", "name and content correspond")
_BY_INDICATOR = Wording("指标衡量同一件事", "the indicators measure one thing")


class _Row(NamedTuple):
    table: Document
    project: Project
    same_year: bool | None

    @property
    def key(self) -> tuple[str, int]:
        return self.table.name, self.project.row


class _Pair(NamedTuple):
    alike: float
    task: Task
    row: _Row


def entries(document: Document) -> tuple[Project, ...]:
    """Return what a document holds of department forms; a workbook may hold one beside its project table."""
    return tuple(
        one for one in document.projects if one.name is None and (document.form == "department_form" or one.tasks)
    )


def department_links(
    form: Document, tables: Sequence[tuple[Document, bool | None]], told: bool = False
) -> tuple[Pairing, ...]:
    """Link the tasks and indicators of a form with the rows of its project tables, taken together.

    `tables` are documents with whether each is of the form's year. Returns one pairing a table, with links and what found
    no counterpart in any table; tasks without one stand in the first. In a file with several departments' forms each is
    compared with the tables of its own department, unless somebody `told` that form and table belong together.
    """
    links: dict[str, list[Link]] = {table.name: [] for table, _ in tables}
    alone: dict[str, list[Unpaired]] = {table.name: [] for table, _ in tables}
    for entry in entries(form):
        own = [(table, year) for table, year in tables if told or _is_of(form, entry, table)]
        rows = [_Row(table, project, year) for table, year in own for project in table.projects if project.name]
        pairs = _paired(entry.tasks, rows)
        for pair in pairs:
            links[pair.row.table.name].append(_task_link(form, entry, pair))
        for match, row in _indicator_matches(entry, rows, pairs):
            links[row.table.name].append(_indicator_link(form, entry, row, match))
        if own:
            alone[own[0][0].name] += _tasks_alone(form, entry, own, pairs)
        for row in _rows_alone(entry, rows, pairs):
            alone[row.table.name].append(Unpaired(_project_end(row), form.name, "project"))
    return tuple(
        Pairing("department_project", form.name, table.name, year, tuple(links[table.name]), tuple(alone[table.name]))
        for table, year in tables
    )


def _is_of(form: Document, entry: Project, table: Document) -> bool:
    return department_name(entry.unit or form.department) == department_name(table.department)


def _paired(tasks: Sequence[Task], rows: Sequence[_Row]) -> list[_Pair]:
    """Match tasks and rows one to one, the most alike first; then equal amounts, then the order on the page."""
    scored = sorted(
        (
            (-alike, not equal(task.amount, in_ten_thousands(row.project.budget)), at, number)
            for at, task in enumerate(tasks)
            for number, row in enumerate(rows)
            if (alike := task_likeness(task, row.project)) >= LEAST_TASK
        ),
    )
    tasked: set[int] = set()
    taken: set[int] = set()
    kept = []
    for minus, _, at, number in scored:
        if at not in tasked and number not in taken:
            tasked.add(at)
            taken.add(number)
            kept.append(_Pair(-minus, tasks[at], rows[number]))
    return kept


def task_likeness(task: Task, project: Project) -> float:
    """Return how much a task and a project speak of one thing, 0–100: names first, then shared clauses of their texts.

    Equal amounts lift a likeness that names and texts leave open.
    """
    name = _names_alike(task.name.text, project.title)
    text = max((_shared(passage.text, project.goal.text) for passage in (task.expected, task.content) if passage and project.goal), default=0.0)  # fmt: skip
    both = (name + text) / 1.4 if text else 0.0
    alike = max(name if name >= LEAST_NAME else 0.0, text, both)
    return min(
        100.0, max(alike, name + 15.0 if name >= 60 and equal(task.amount, in_ten_thousands(project.budget)) else 0.0)
    )


def _names_alike(a: str, b: str) -> float:
    """Return how alike a task's and a project's name are, 0–100; below LEAST_NAME unless one holds the other or both are one
    programme: letters in common are not enough, 农村道路建设 and 农村渠道建设 are two things."""
    first, second = _bare(a), _bare(b)
    ratio = fuzz.ratio(first, second)
    if same_programme(first, second) or _inside(first, second, 5) or _inside(own_words(first), own_words(second), 4):
        return max(ratio, _INSIDE)
    return min(ratio, LEAST_NAME - 1)


def _inside(a: str, b: str, least: int) -> bool:
    shorter, longer = sorted((a, b), key=len)
    return len(shorter) >= least and shorter in longer


@lru_cache(maxsize=65536)
def _bare(name: str) -> str:
    """Return the programme in a name without leading verbs, a word written twice in a row written once."""
    return _TWICE.sub(r"\1", _VERBS.sub("", programme(name) or plain(name).text))


def _shared(a: str, b: str) -> float:
    """Return the share of the shorter text's clauses (at least LEAST_CLAUSE characters) that the other has too, 0–100."""
    first, second = _clauses(a), _clauses(b)
    if not first or not second:
        return 0.0
    if len("".join(second)) < len("".join(first)):
        first, second = second, first
    shared = sum(len(one) for one in first if any(fuzz.ratio(one, other, score_cutoff=85) for other in second))
    return 100.0 * shared / sum(map(len, first))


@lru_cache(maxsize=65536)
def _clauses(text: str) -> tuple[str, ...]:
    parts = (plain(text[start:end]).text for start, end in clauses(text))
    return tuple(part for part in parts if len(part) >= LEAST_CLAUSE)


def _task_end(form: Document, entry: Project, task: Task) -> LinkEnd:
    return LinkEnd(form.name, entry.row, task.name.text, task.name.place)


def _project_end(row: _Row) -> LinkEnd:
    project = row.project
    return LinkEnd(row.table.name, project.row, project.title, project.name.place if project.name else project.place)


def _task_link(form: Document, entry: Project, pair: _Pair) -> Link:
    task, project, end = pair.task, pair.row.project, _project_end(pair.row)
    fields: tuple[LinkField, ...] = ()
    planned, total = converted(task.amount, entry.budget), in_ten_thousands(project.budget)
    if planned is not None and total is not None:
        amounts = said(planned, entry.budget), said(total, project.budget)
        fields = (LinkField("amount", task.name.text, *amounts, equal(planned, total), task.name.place, end.place),)
    return Link("department_project", _task_end(form, entry, task), end, fields, _BY_TEXT, pair.row.same_year)


def _indicator_matches(entry: Project, rows: Sequence[_Row], pairs: Sequence[_Pair]) -> Iterator[tuple[Match, _Row]]:
    """Match every indicator of the form with the one row that measures the same thing: one that agrees, else the nearest."""
    at: dict[int, _Row] = {id(row.project): row for row in rows}
    by_indicator: dict[int, list[Match]] = defaultdict(list)
    for match in matches(all_stated(entry), [one for row in rows for one in all_stated(row.project)]):
        by_indicator[match.a.indicator.ordinal].append(match)
    tasked = {pair.row.key for pair in pairs}
    for ordinal in sorted(by_indicator):
        best = _best(by_indicator[ordinal], at, tasked)
        yield best, at[id(best.b.project)]


def _best(candidates: Sequence[Match], at: Mapping[int, _Row], tasked: set[tuple[str, int]]) -> Match:
    """Choose among rows that measure the same thing: one that agrees; one that a task leads to; the one with most money."""

    def rank(match: Match) -> tuple[bool, bool, Decimal, float]:
        total = in_ten_thousands(match.b.project.budget) or Decimal(0)
        return match.a.agrees(match.b), at[id(match.b.project)].key in tasked, total, match.alike

    return max(candidates, key=rank)


def _indicator_link(form: Document, entry: Project, row: _Row, match: Match) -> Link:
    a, b = match.a, match.b
    field = LinkField(
        "target",
        a.name,
        a.text,
        b.text,
        a.agrees(b),
        _target_place(a.indicator),
        _target_place(b.indicator),
        a.indicator.ordinal,
        b.indicator.ordinal,
    )
    end = LinkEnd(form.name, entry.row, a.name, a.indicator.name.place)
    return Link("department_project", end, _project_end(row), (field,), _BY_INDICATOR, row.same_year)


def _target_place(indicator: Indicator) -> Place:
    return (indicator.annual_target or indicator.name).place


def _tasks_alone(
    form: Document, entry: Project, tables: Sequence[tuple[Document, bool | None]], pairs: Sequence[_Pair]
) -> Iterator[Unpaired]:
    tasked = {id(pair.task) for pair in pairs}
    names = "、".join(table.name for table, _ in tables)
    for task in entry.tasks:
        if id(task) not in tasked:
            yield Unpaired(_task_end(form, entry, task), names, "task")


def _rows_alone(entry: Project, rows: Sequence[_Row], pairs: Sequence[_Pair]) -> Iterator[_Row]:
    """Yield the rows that no task leads to and that hold at least LARGE_SHARE of all rows' money."""
    tasked = {pair.row.key for pair in pairs}
    totals = [in_ten_thousands(row.project.budget) or Decimal(0) for row in rows]
    least = LARGE_SHARE * sum(totals)
    for row, total in zip(rows, totals, strict=True):
        if entry.tasks and row.key not in tasked and total > 0 and total >= least:
            yield row
