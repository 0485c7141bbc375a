"""The project table (项目支出绩效目标表), whatever it was read from: rows with a name, amounts, a goal and indicators.

Readers of running text and of table cells hand over `Row`s; here they become projects under their budget units, with
funding columns assigned and the whole checked against its own printed sums.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditor.document import Budget, Gap, Indicator, Passage, Place, PrintedTotal, Project
from auditor.readers.forms.amounts import as_printed, assign_columns
from auditor.readers.forms.flow import Flow
from auditor.readers.forms.indicator_cell import parse_cell, unread_indicators
from auditor.readers.forms.words import meanings

_BRACKET = re.compile(r"[（(][^（）()]*[）)]$")
_UNIT_NAME = re.compile(
    "(?:局|委|委员会|中心|本级|机关|学校|小学|中学|学院|大学|医院|办公室|馆|站|所|支队|大队|总队|处|协会|联合会|院|厅|部|社|队|会|府|园|室|校)$"
)


@dataclass(frozen=True)
class Row:
    """One row of the table. `indented` tells a project from the budget unit above it where the text still shows it.

    Where the columns are known, `budget` is set; where indicators stand one a row, `indicators` are; `gaps` are what was
    not understood in the row's cells and `unit` what its own column of budget units says.
    """

    name: Passage
    amounts: tuple[Decimal, ...]
    goal: Flow
    cell: Flow
    indented: bool
    place: Place
    budget: Budget | None = None
    annual_goal: Passage | None = None
    indicators: tuple[Indicator, ...] = ()
    gaps: tuple[Gap, ...] = ()
    unit: str | None = None

    @property
    def is_grand_total(self) -> bool:
        """Whether this is the 合计 row of the whole table."""
        return "grand_total" in meanings(self.name.text) and not self.has_text

    @property
    def is_subtotal(self) -> bool:
        """Whether this only sums up rows above it (小计, 本页小计): it is neither a project nor a budget unit."""
        return "sub_total" in meanings(self.name.text) and not self.has_text

    @property
    def has_text(self) -> bool:
        """Whether a goal or indicators stand in the row."""
        return bool(self.goal.text or self.cell.text or self.indicators or self.annual_goal)


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
    gaps = [one for row in rows if row.is_subtotal for one in row.gaps]
    rows = [row for row in rows if not row.is_subtotal]
    for unit_row, members in _by_unit(rows):
        budgets = [_budget(row, currency_unit) for row in members]
        unit = None
        if unit_row is not None:
            unit_budget = _budget(unit_row, currency_unit)
            if unit_row.budget is None:
                unit_budget, budgets = assign_columns(unit_budget, budgets)
            unit = None if unit_row.is_grand_total else unit_row.name.text
            if unit_budget.printed or unit_row.budget is None:
                totals.append(PrintedTotal(unit, unit_budget, unit_row.place))
            gaps += unit_row.gaps
        for row, budget in zip(members, budgets, strict=True):
            project, found = _project(row, len(projects) + 1, row.unit or unit, budget, document)
            projects.append(project)
            gaps += found
    return Assembled(tuple(projects), tuple(totals), tuple(gaps))


def _budget(row: Row, currency_unit: str) -> Budget:
    return row.budget if row.budget is not None else as_printed(row.amounts, currency_unit)


def _by_unit(rows: Sequence[Row]) -> Iterator[tuple[Row | None, list[Row]]]:
    """Group projects under the unit row that stands above them; a grand total has no members of its own."""
    head: Row | None = None
    members: list[Row] = []
    indents_known = any(row.indented for row in rows)
    for at, row in enumerate(rows):
        if _is_heading(rows, at, indents_known):
            if head is not None or members:
                yield head, members
            head, members = row, []
        else:
            members.append(row)
    if head is not None or members:
        yield head, members


def _is_heading(rows: Sequence[Row], at: int, indents_known: bool) -> bool:
    """Tell a budget unit's row from a project's: it says nothing, and stands above what it sums up."""
    row = rows[at]
    if row.is_grand_total:
        return True
    if row.indented or row.has_text:
        return False
    if indents_known:
        return True
    if not any(one.has_text for one in rows):
        return is_unit_name(row.name.text) and row.unit is None
    return at + 1 < len(rows) and ((is_unit_name(row.name.text) and row.unit is None) or _sums_up(rows, at))


def is_unit_name(text: str) -> bool:
    """Tell whether a name ends as names of public bodies do, a bracket behind it aside."""
    short = _BRACKET.sub("", text.strip())
    return bool(_UNIT_NAME.search(short)) and not re.search(r"[\d，。；：]", short)


def _sums_up(rows: Sequence[Row], at: int) -> bool:
    """Tell whether the totals of the rows below add up to this row's, up to the next row that says nothing."""
    if not rows[at].amounts:
        return True
    left = rows[at].amounts[0]
    for below in rows[at + 1 :]:
        if not below.has_text or not below.amounts:
            break
        left -= below.amounts[0]
        if left <= 0:
            break
    return left == 0


def _project(row: Row, number: int, unit: str | None, budget: Budget, document: str) -> tuple[Project, tuple[Gap, ...]]:
    parsed = parse_cell(row.cell, document)
    project = Project(
        row=number,
        name=row.name,
        place=row.place,
        unit=unit,
        budget=budget,
        goal=row.goal.passage(0, len(row.goal.text)),
        annual_goal=row.annual_goal,
        indicators=row.indicators or parsed.indicators,
    )
    return project, (*row.gaps, *parsed.gaps, *unread_indicators(row.goal, document))
