"""The project table (项目支出绩效目标表), whatever it was read from: rows with a name, amounts, a goal and indicators.

Readers of running text and of table cells hand over `Row`s; here they become projects under their budget units, with
funding columns assigned and the whole checked against its own printed sums.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from auditor.document import Budget, Gap, Passage, Place, PrintedTotal, Project
from auditor.readers.forms.amounts import as_printed, assign_columns
from auditor.readers.forms.flow import Flow
from auditor.readers.forms.words import meanings
from auditor.readers.forms.indicator_cell import parse_cell


@dataclass(frozen=True)
class Row:
    """One row of the table. `indented` tells a project from the budget unit above it where the text still shows it."""

    name: Passage
    amounts: tuple[Decimal, ...]
    goal: Flow
    cell: Flow
    indented: bool
    place: Place

    @property
    def is_grand_total(self) -> bool:
        """Whether this is the 合计 row of the whole table."""
        return "grand_total" in meanings(self.name.text) and not self.has_text

    @property
    def has_text(self) -> bool:
        """Whether a goal or indicators stand in the row."""
        return bool(self.goal.text or self.cell.text)


@dataclass(frozen=True)
class Assembled:
    """Projects, printed sums and gaps of one table."""

    projects: tuple[Project, ...]
    totals: tuple[PrintedTotal, ...]
    gaps: tuple[Gap, ...]


def assemble(rows: Sequence[Row], document: str, currency_unit: str) -> Assembled:
    """Turn rows in print order into projects; every indicator cell is read, every sum kept."""
    projects: list[Project] = []
    totals: list[PrintedTotal] = []
    gaps: list[Gap] = []
    for unit_row, members in _by_unit(rows):
        budgets = [as_printed(row.amounts, currency_unit) for row in members]
        unit = None
        if unit_row is not None:
            printed = as_printed(unit_row.amounts, currency_unit)
            unit_budget, budgets = assign_columns(printed, budgets)
            unit = None if unit_row.is_grand_total else unit_row.name.text
            totals.append(PrintedTotal(unit, unit_budget, unit_row.place))
        for row, budget in zip(members, budgets, strict=True):
            project, found = _project(row, len(projects) + 1, unit, budget, document)
            projects.append(project)
            gaps += found
    return Assembled(tuple(projects), tuple(totals), tuple(gaps))


def _by_unit(rows: Sequence[Row]) -> Iterator[tuple[Row | None, list[Row]]]:
    """Group projects under the unit row that stands above them; a grand total has no members of its own."""
    head: Row | None = None
    members: list[Row] = []
    indents_known = any(row.indented for row in rows)
    for at, row in enumerate(rows):
        if _is_heading(row, rows[at + 1 :], indents_known):
            if head is not None or members:
                yield head, members
            head, members = row, []
        else:
            members.append(row)
    if head is not None or members:
        yield head, members


def _is_heading(row: Row, below: Sequence[Row], indents_known: bool) -> bool:
    if row.is_grand_total:
        return True
    if row.indented or row.has_text:
        return False
    return indents_known or bool(below)


def _project(row: Row, number: int, unit: str | None, budget: Budget, document: str) -> tuple[Project, tuple[Gap, ...]]:
    parsed = parse_cell(row.cell, document)
    project = Project(
        row=number,
        name=row.name,
        place=row.place,
        unit=unit,
        budget=budget,
        goal=row.goal.passage(0, len(row.goal.text)),
        indicators=parsed.indicators,
    )
    return project, parsed.gaps


def with_gaps(assembled: Assembled, gaps: Sequence[Gap]) -> Assembled:
    """Return `assembled` with further gaps."""
    return replace(assembled, gaps=(*assembled.gaps, *gaps))
