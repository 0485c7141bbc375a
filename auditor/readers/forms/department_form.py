"""The department form (部门整体预算绩效目标申报表): blocks of one table, told apart by the words in front of them.

Columns are found by the headers' words. Rows whose leading cells were merged away arrive shifted to the left; such a row
is recognised by the class name it begins with and counted from its own first cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from auditor.document import BudgetLine, Gap, Indicator, Passage, Project, Task
from auditor.readers.forms.amounts import parse_amount
from auditor.readers.content import Cell, Table
from auditor.readers.forms.words import is_class_name, meanings
from auditor.wording import Wording

_BLOCKS = ("department", "block_budget", "block_goal", "block_key_tasks", "block_other_tasks", "block_indicators")

Row = tuple[Cell | None, ...]


@dataclass
class _Columns:
    """Where a header puts its columns: meaning to column number."""

    at: dict[str, int] = field(default_factory=dict)

    def learn(self, row: Row) -> bool:
        """Take the positions from a header row; False if the row is none."""
        found = {
            meaning: at
            for at, cell in enumerate(row)
            if cell
            for meaning in meanings(cell.text)
            if not meaning.startswith("block_")
        }
        if len(found) < 3 or not {"level3", "task_name"} & set(found):
            return False
        self.at = found
        return True


@dataclass(frozen=True)
class DepartmentForm:
    """What a department form says: the department's name and one project entry without a name."""

    department: str | None
    project: Project
    gaps: tuple[Gap, ...]


def read_department_form(table: Table, document: str) -> DepartmentForm:
    """Read all blocks of a department form; a row that fits no block becomes a Gap that quotes it."""
    department: str | None = None
    goal: Passage | None = None
    budget_lines: list[BudgetLine] = []
    tasks: list[Task] = []
    rows_of_indicators: list[Row] = []
    gaps: list[Gap] = []
    for block, rows in _blocks(table):
        if block == "department":
            department = _second_text(rows[0])
        elif block == "block_goal":
            goal = _goal(rows)
        elif block == "block_budget":
            budget_lines += _budget_lines(rows)
        elif block in ("block_key_tasks", "block_other_tasks"):
            found, unread = _tasks(rows, tasks, block, document)
            tasks, gaps = found, gaps + unread
        elif block == "block_indicators":
            rows_of_indicators += rows
        else:
            gaps += [_gap(row, document) for row in rows if _filled(row)]
    indicators, unread = _indicators(rows_of_indicators, document)
    project = Project(
        row=1,
        name=None,
        place=table.place,
        goal=goal,
        indicators=indicators,
        tasks=tuple(tasks),
        budget_lines=tuple(budget_lines),
    )
    return DepartmentForm(department, project, (*gaps, *unread))


def _filled(row: Row) -> list[Cell]:
    return [cell for cell in row if cell and cell.text.strip()]


def _blocks(table: Table) -> Iterator[tuple[str, list[Row]]]:
    """Cut the table into blocks; a block lasts until the next block's word stands in the first column."""
    block, rows = "", list[Row]()
    for row in table.rows:
        first = row[0].text if row and row[0] else ""
        named = next((name for name in _BLOCKS if name in meanings(first)), None)
        if named:
            if rows:
                yield block, rows
            block, rows = named, []
        rows.append(row)
    if rows:
        yield block, rows


def _second_text(row: Row) -> str | None:
    cells = _filled(row)
    return cells[1].text.strip() if len(cells) > 1 else None


def _passage(cell: Cell | None) -> Passage | None:
    return Passage(cell.text.strip(), cell.place) if cell else None


def _goal(rows: Sequence[Row]) -> Passage | None:
    cells = [cell for row in rows for cell in _filled(row)[0 if row is not rows[0] else 1 :]]
    return Passage("\n".join(cell.text.strip() for cell in cells), cells[0].place) if cells else None


def _budget_lines(rows: Sequence[Row]) -> list[BudgetLine]:
    """Read pairs of a label and its amount; a pair whose second cell names the amount is a heading for its column."""
    found: list[BudgetLine] = []
    groups: dict[int, str] = {}
    for row in rows:
        for at in range(1, len(row) - 1):
            label, cell = row[at], row[at + 1]
            if not label or not label.text.strip() or parse_amount(label.text) is not None:
                continue
            if cell and "amount" in meanings(cell.text):
                groups[at] = label.text.strip()
            elif cell and "amount" not in meanings(label.text):
                amount = parse_amount(cell.text)
                if amount is not None or not cell.text.strip():
                    found.append(BudgetLine(label.text.strip(), amount, label.place, groups.get(at)))
    return found


def _tasks(rows: Sequence[Row], so_far: list[Task], block: str, document: str) -> tuple[list[Task], list[Gap]]:
    """Read the tasks of one block; the second block repeats no header and uses the first one's columns."""
    columns, gaps, tasks = (
        _Columns({"task_name": 1, "task_content": 2, "task_amount": 3, "task_expected": 4}),
        [],
        so_far,
    )
    for row in rows:
        if columns.learn(row) or not _filled(row[1:]):
            continue

        def cell(meaning: str, row: Row = row) -> Cell | None:
            at = columns.at.get(meaning)
            return row[at] if at is not None and at < len(row) else None

        name = _passage(cell("task_name"))
        amount = cell("task_amount")
        if not name:
            gaps.append(_gap(row, document))
            continue
        parsed = parse_amount(amount.text) if amount else None
        if amount and amount.text.strip() and parsed is None:
            gaps.append(_gap(row, document))
        kind: Task = Task(
            "key" if block == "block_key_tasks" else "other",
            name,
            _passage(cell("task_content")),
            parsed,
            _passage(cell("task_expected")),
        )
        tasks = [*tasks, kind]
    return tasks, gaps


def _indicators(rows: Sequence[Row], document: str) -> tuple[tuple[Indicator, ...], list[Gap]]:
    columns = _Columns({"level1": 1, "level2": 2, "level3": 3, "cycle_target": 4, "annual_target": 5})
    found: list[Indicator] = []
    gaps: list[Gap] = []
    level1: Passage | None = None
    level2: Passage | None = None
    for row in rows:
        cells = _filled(row)
        if columns.learn(row) or not cells or (len(cells) == 1 and cells[0] is row[0]):
            continue
        head, names = _classes(cells, columns)
        if head:
            level1 = _passage(head[0])
            level2 = _passage(head[1]) if len(head) > 1 else None
        elif names and names[0] is not cells[0]:
            level2 = _passage(cells[0])
        indicator = _indicator(row, names, columns, level1, level2, len(found) + 1)
        if indicator:
            found.append(indicator)
        else:
            gaps.append(_gap(row, document))
    return tuple(found), gaps


def _classes(cells: Sequence[Cell], columns: _Columns) -> tuple[list[Cell], list[Cell]]:
    """Tell the class cells in front of a row from its name and values; the latter are never taken for classes."""
    fields = 1 + sum(meaning in columns.at for meaning in ("cycle_target", "annual_target"))
    rest = list(cells)
    head: list[Cell] = []
    if is_class_name(rest[0].text, 1) and len(rest) > 1:
        head.append(rest.pop(0))
    if is_class_name(rest[0].text, 2) and len(rest) > fields:
        second = rest.pop(0)
        if head:
            head.append(second)
    return head, rest


def _indicator(
    row: Row,
    names: Sequence[Cell],
    columns: _Columns,
    level1: Passage | None,
    level2: Passage | None,
    ordinal: int,
) -> Indicator | None:
    """Read name and values from the columns, moved by as much as the name itself was moved."""
    if not names or "level3" not in columns.at:
        return None
    name_at = next(at for at, cell in enumerate(row) if cell is names[0])
    shift = name_at - columns.at["level3"]
    if shift > 0:
        return None

    def value(meaning: str) -> Passage | None:
        at = columns.at.get(meaning)
        if at is None:
            return None
        cell = row[at + shift] if 0 <= at + shift < len(row) else None
        return _passage(cell) or Passage("", names[0].place)

    return Indicator(
        ordinal=ordinal,
        name=Passage(names[0].text.strip(), names[0].place),
        level1=level1,
        level2=level2,
        cycle_target=value("cycle_target"),
        annual_target=value("annual_target"),
    )


def _gap(row: Row, document: str) -> Gap:
    cells = _filled(row)
    return Gap(
        document,
        "read",
        Wording(
            "部门整体表的这一行未能读懂，没有审核；请核对原表的合并单元格",
            "this row of the department form was not understood and not checked; please look at its merged cells",
        ),
        cells[0].place,
        quote=" | ".join(cell.text.strip() for cell in cells),
    )
