"""A project table in cells: rows of projects, with packed indicator cells or one indicator a row.

Project cells may be merged down, repeated on every row, or left blank below the first; a row that a page break cut goes
on without a name. Heads and titles come back on every page; units and sums have rows of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from auditor.document import Gap, Passage, Place
from auditor.readers.content import Cell, Line
from auditor.readers.forms.cell_amounts import budget_from, cell_amount
from auditor.readers.forms.cell_grid import Grid
from auditor.readers.forms.column_heads import GOALS, MONEY, Head, read_head
from auditor.readers.forms.cut_rows import with_cut_rows_joined
from auditor.readers.forms.flow import Flow, join
from auditor.readers.forms.headings import MOST_TITLE, head_currency, heading, is_title, row_texts
from auditor.readers.forms.indicator_cell import markers
from auditor.readers.forms.indicator_fields import one_line
from auditor.readers.forms.indicator_rows import IndicatorRows, cells_of
from auditor.readers.forms.project_table import Row
from auditor.readers.forms.repeated_names import begins_again, prints_names_once
from auditor.readers.forms.words import is_note, meanings
from auditor.readers.gaps import gap, several_tables
from auditor.text import plain

_INDENT = re.compile(r"(?: {2,}|\t|\u3000)")
_COLUMN_NUMBER = re.compile(r"\d{1,2}|[甲乙丙丁A-Z]|栏次|\d{1,2}\s*=.*")
_PROJECT = ("project_name", "unit", *MONEY, *GOALS)


@dataclass
class _Draft:
    """A row of the table while its cells come in."""

    name: list[Line]
    money: dict[str, list[Cell]]
    currency_unit: str
    indented: bool
    unit: str | None
    rows: IndicatorRows
    goals: dict[str, list[Line]] = field(default_factory=dict)
    packed: list[Line] = field(default_factory=list)
    key: tuple[str, ...] = ()
    first: int = 0
    grid: Grid | None = None


@dataclass(frozen=True)
class FoundRows:
    """What a table's rows are: projects, units and sums in print order, notes, gaps, and the lines above the first head.

    `departments` are all that the headings of these tables state.
    """

    rows: tuple[Row, ...]
    notes: tuple[Passage, ...]
    gaps: tuple[Gap, ...]
    above: tuple[str, ...]
    heads: tuple[Head, ...]
    departments: tuple[str, ...]


class ProjectRows:
    """Reads the tables of a project table one after another."""

    def __init__(self, document: str) -> None:
        self._document = document
        self._drafts: list[_Draft] = []
        self._notes: list[Passage] = []
        self._gaps: list[Gap] = []
        self._above: list[str] = []
        self._heads: list[Head] = []
        self._currency = "万元"
        self._departments: dict[str, Place] = {}
        self._new_part = True
        self._in_notes = False
        self._names_once = False
        self._name: Cell | None = None

    def add(self, grid: Grid, lines: Sequence[str]) -> None:
        """Take the next table; `lines` stand above it. A table without a head goes on under the last one's."""
        self._see_heading(list(lines), grid.place)
        head = self._heads[-1] if self._heads and self._heads[-1].width == grid.widths[0] else None
        before: list[str] = []
        row = 0
        self._new_part, self._in_notes = True, False
        while row < grid.height:
            found = read_head(grid, row)
            if found is not None and found.is_project_table:
                self._see_heading(before, grid.row_place(row))
                before, head = [], found
                grid = with_cut_rows_joined(grid, found) if "level3" in found.columns else grid
                self._see_head(grid, found)
                row = found.last + 1
                continue
            if found is not None and head is not None and "level3" not in head.columns:
                # A form whose name was left blank: what stands below is neither projects nor anybody's indicators.
                self._gaps.append(_ownerless(self._document, grid, row))
                return
            self._new_part = self._new_part or row in grid.starts
            if head is None or _is_heading_row(grid, row):
                before += row_texts(grid, [row])
            elif grid.fresh(row) and not _is_number_row(grid, row):
                self._take(grid, row, head)
            row += 1
        if head is None:
            self._see_heading(before, grid.place)

    def finish(self) -> FoundRows:
        """Return everything read."""
        rows = [self._row(draft) for draft in self._drafts]
        gaps = [*self._gaps, *self._of_others()]
        departments = tuple(self._departments)
        return FoundRows(
            tuple(rows), tuple(self._notes), tuple(gaps), tuple(self._above), tuple(self._heads), departments
        )

    def _of_others(self) -> list[Gap]:
        """Report once that the tables state several departments."""
        if len(self._departments) < 2:
            return []
        names = list(self._departments)
        return [several_tables(self._document, names, "部门", "departments", self._departments[names[1]], names[1])]

    def _see_heading(self, lines: list[str], place: Place) -> None:
        if not self._heads:
            self._above += lines
        found = heading(lines)
        self._currency = found.currency_unit or self._currency
        if found.department:
            self._departments.setdefault(plain(found.department).text, place)

    def _see_head(self, grid: Grid, head: Head) -> None:
        words = [cell.text for row in range(head.first, head.last + 1) for _, cell in grid.fresh(row)]
        self._currency = head_currency(words) or self._currency
        self._heads.append(head)
        self._new_part, self._in_notes = True, False
        self._names_once = "level3" in head.columns and prints_names_once(grid, head)

    def _take(self, grid: Grid, row: int, head: Head) -> None:
        cells = self._project_cells(grid, row, head)
        name = cells.get("project_name")
        self._in_notes = self._in_notes or (len(grid.fresh(row)) <= 2 and is_note(grid.texts(row)))
        if self._in_notes or _is_remark(grid, row, name):
            self._notes += [Passage(cell.text.strip(), cell.place) for _, cell in grid.fresh(row)]
            return
        if self._opens(grid, row, head, cells):
            assert name is not None
            self._open(grid, row, head, cells)
        elif self._drafts:
            self._go_on(grid, row, head, cells)
        else:
            self._gaps.append(_headless(self._document, grid, row))
            return
        self._name = name if name is not None and name.text.strip() else self._name
        if "level3" in head.columns:
            self._drafts[-1].rows.add(grid, row, head.columns, after_break=self._new_part)
        self._new_part = False

    def _project_cells(self, grid: Grid, row: int, head: Head) -> dict[str, Cell]:
        """Return the project's own cells in a row; a cell spanning several columns counts for the first alone."""
        found: dict[str, Cell] = {}
        for role, cell in cells_of(grid, row, head.columns, (*_PROJECT, "indicators")).items():
            if not any(cell is other for other in found.values()):
                found[role] = cell
        name = found.get("project_name")
        first = next((cell for _, cell in grid.fresh(row)), None)
        if first is not None and (name is None or not name.text.strip()) and _is_sum_word(first.text):
            found["project_name"] = first
        return found

    def _opens(self, grid: Grid, row: int, head: Head, cells: dict[str, Cell]) -> bool:
        """Tell whether a row begins a project (or unit, or sum) rather than going on with the one above."""
        name = cells.get("project_name")
        if name is None or not name.text.strip() or name is self._name:
            return False
        if not self._drafts:
            return True
        last = self._drafts[-1]
        if "level3" in head.columns:
            if not self._repeats(cells, last):
                return True
            if self._names_once and not self._new_part and self._is_whole(name, cells, last):
                return True
            return last.grid is grid and begins_again(grid, head.columns, last.first, row)
        packed = cells.get("indicators")
        if self._new_part and not self._money_written(cells) and packed is not None and last.packed:
            return not _goes_on(last.packed, packed)
        return True

    def _money_written(self, cells: dict[str, Cell]) -> bool:
        return any(role in cells and cells[role].text.strip() for role in MONEY)

    def _is_whole(self, name: Cell, cells: dict[str, Cell], last: _Draft) -> bool:
        """Tell whether a name opens a project where names stand once: merged down, or with all that the last one had."""
        known = [new for new, old in zip(self._key(cells)[1:], last.key[1:], strict=True) if old]
        return name.row_span > 1 or (bool(known) and all(known))

    def _key(self, cells: dict[str, Cell]) -> tuple[str, ...]:
        return tuple(_comparable(role, cells[role].text) if role in cells else "" for role in _PROJECT)

    def _repeats(self, cells: dict[str, Cell], draft: _Draft) -> bool:
        """Tell whether a row says the same of its project as the one above; what either leaves blank says nothing else."""
        key = self._key(cells)
        return key[0] == draft.key[0] and all(
            new == old or not new or not old for new, old in zip(key, draft.key, strict=True)
        )

    def _open(self, grid: Grid, row: int, head: Head, cells: dict[str, Cell]) -> None:
        name = cells["project_name"]
        money = {role: [cells[role]] for role in MONEY if role in cells and self._is_own(grid, row, head, role)}
        unit = cells.get("unit")
        draft = _Draft(
            name=[Line(part, name.place) for part in name.text.split("\n")],
            money=money,
            currency_unit=self._currency,
            indented=bool(_INDENT.match(name.text)),
            unit=one_line(unit).text or None if unit is not None else None,
            rows=IndicatorRows(self._document),
            key=self._key(cells),
            first=row,
            grid=grid,
        )
        self._drafts.append(draft)
        self._add_texts(grid, row, head, cells, draft)

    def _go_on(self, grid: Grid, row: int, head: Head, cells: dict[str, Cell]) -> None:
        """Add a row to the project above: what a page break cut off, or the next of its indicators."""
        draft = self._drafts[-1]
        name = cells.get("project_name")
        if "level3" in head.columns:
            self._fill_in(grid, row, head, cells, draft)
            if self._repeats(cells, draft):
                return
        if name is not None and name.text.strip() and name is not self._name:
            draft.name.append(Line(name.text, name.place))
        for role in MONEY:
            cell = cells.get(role)
            if cell is not None and cell.text.strip() and self._is_own(grid, row, head, role):
                draft.money.setdefault(role, []).append(cell)
        self._add_texts(grid, row, head, cells, draft)

    def _fill_in(self, grid: Grid, row: int, head: Head, cells: dict[str, Cell], draft: _Draft) -> None:
        """Take over what this row says of the project and none above it did; what is said again falls away."""
        known = dict(zip(_PROJECT, draft.key, strict=True))
        for role, text in zip(_PROJECT, self._key(cells), strict=True):
            if role not in (*MONEY, *GOALS) or not text or not self._is_own(grid, row, head, role):
                continue
            if known[role] == text:
                del cells[role]
            elif not known[role]:
                cell = cells.pop(role)
                known[role] = text
                if role in MONEY:
                    draft.money.setdefault(role, []).append(cell)
                else:
                    draft.goals[role] = [Line(cell.text, cell.place)]
        draft.key = tuple(known.values())

    def _add_texts(self, grid: Grid, row: int, head: Head, cells: dict[str, Cell], draft: _Draft) -> None:
        for role in GOALS:
            shared = draft.first == row and draft.grid is grid and role in cells and cells[role].row_span > 1
            if role in cells and (shared or self._is_own(grid, row, head, role)):
                draft.goals.setdefault(role, []).append(Line(cells[role].text, cells[role].place))
        packed = cells.get("indicators")
        if packed is not None and "level3" not in head.columns and self._is_own(grid, row, head, "indicators"):
            draft.packed += [Line(part, packed.place) for part in packed.text.split("\n")]

    def _is_own(self, grid: Grid, row: int, head: Head, role: str) -> bool:
        return any(grid.is_fresh(row, at) for at in head.columns[role])

    def _row(self, draft: _Draft) -> Row:
        budget, gaps = budget_from(draft.money, self._document, draft.currency_unit)
        place = draft.name[0].place
        name = join(draft.name, place)
        overall = draft.goals.get("cycle_goal") or draft.goals.get("goal")
        annual = draft.goals.get("annual_goal")
        first = _written(overall) or _written(annual) or join(overall or annual or (), place)
        second = _written(annual) if _written(overall) else None
        return Row(
            name=name.passage(0, len(name.text)),
            amounts=budget.printed,
            goal=first,
            cell=join(draft.packed, place),
            indented=draft.indented,
            place=place,
            budget=budget,
            annual_goal=second.passage(0, len(second.text)) if second else None,
            indicators=tuple(draft.rows.indicators),
            gaps=(*gaps, *draft.rows.gaps),
            unit=draft.unit,
        )


def _is_remark(grid: Grid, row: int, name: Cell | None) -> bool:
    """Tell a whole sentence that stands alone in its row, where a name would stand: a remark, and no project."""
    cells = grid.fresh(row)
    return len(cells) == 1 and cells[0][1] is name and name.text.rstrip().endswith(("。", "；"))


def _comparable(role: str, text: str) -> str:
    """Return what two rows must share to speak of one project; an amount that cannot be read says nothing."""
    if role not in MONEY:
        return text.strip()
    amount = cell_amount(text)
    return f"{amount.value.normalize()}{amount.unit or ''}" if amount else ""


def _is_heading_row(grid: Grid, row: int) -> bool:
    """Tell titles and `部门名称：… 单位：万元`, which come back on every page, from rows of the table."""
    cells = grid.fresh(row)
    if len(cells) > 4 or any(len(cell.text) > MOST_TITLE or "。" in cell.text for _, cell in cells):
        return False
    if any(cell_amount(cell.text) for _, cell in cells):
        return False
    text = grid.texts(row)
    return (len(cells) == 1 and is_title(text)) or heading(row_texts(grid, [row])).currency_unit is not None


def _is_sum_word(text: str) -> bool:
    """Tell the word of a sum, which may stand in the column of serial numbers."""
    return bool({"grand_total", "sub_total"} & meanings(text))


def _is_number_row(grid: Grid, row: int) -> bool:
    """Tell the row that only numbers the columns."""
    texts = [cell.text.strip() for _, cell in grid.fresh(row)]
    return len(texts) > 2 and all(_COLUMN_NUMBER.fullmatch(text) for text in texts)


def _written(lines: Sequence[Line] | None) -> Flow | None:
    flow = join(lines, lines[0].place) if lines else None
    return flow if flow is not None and flow.text else None


def _goes_on(above: Sequence[Line], cell: Cell) -> bool:
    """Tell whether a packed cell at the top of a page is the rest of the one above: it does not begin with number 1."""
    found = markers(cell.text)
    return bool(cell.text.strip()) and not (found and found[0].serial == 1 and not cell.text[: found[0].start].strip())


def _ownerless(document: str, grid: Grid, row: int) -> Gap:
    return gap(
        document,
        "这里有绩效指标的表头，上面却没有填项目名称，指标不知属于哪个项目，没有审核；请填写项目名称",
        "a head of indicators stands here but no project name was filled in above, so its indicators were not checked",
        place=grid.row_place(row),
        quote=grid.texts(row),
    )


def _headless(document: str, grid: Grid, row: int) -> Gap:
    return gap(
        document,
        "表头下面的第一行没有项目名称，未能归入任何项目，没有审核；请核对原表",
        "the first row below the head has no project name, so it belongs to no project and was not checked",
        place=grid.row_place(row),
        quote=grid.texts(row),
    )
