"""The department form (部门整体预算绩效目标申报表): blocks of one table, told apart by the words in front of them.

Columns are found by the headers' words; merged cells stand at their upper left corner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from auditor.document import BudgetLine, Gap, Passage, Project, Task
from auditor.readers.forms.cell_amounts import cell_amount, is_nil, not_an_amount
from auditor.readers.forms.cell_grid import Covered, Grid
from auditor.readers.forms.department_indicators import Columns, filled, passage, read_indicators, unread
from auditor.readers.forms.words import label_meanings, meanings

_BLOCKS = ("department", "block_budget", "block_goal", "block_key_tasks", "block_other_tasks", "block_indicators")


@dataclass(frozen=True)
class DepartmentForm:
    """What a department form says: the department's name and one project entry without a name."""

    department: str | None
    project: Project
    gaps: tuple[Gap, ...]


def read_department_form(table: Grid, document: str, first: int = 0) -> DepartmentForm:
    """Read all blocks of a department form from row `first` on; a row that fits no block becomes a Gap that quotes it."""
    department: str | None = None
    goal: Passage | None = None
    budget_lines: list[BudgetLine] = []
    tasks: list[Task] = []
    indicator_rows: list[int] = []
    gaps: list[Gap] = []
    for block, numbers in _blocks(table, first):
        rows = [table.rows[number] for number in numbers]
        if block == "department":
            department = _second_text(rows[0])
        elif block == "block_goal":
            goal = _goal(rows)
        elif block == "block_budget":
            lines, doubts = _budget_lines(rows, document)
            budget_lines, gaps = budget_lines + lines, gaps + doubts
        elif block in ("block_key_tasks", "block_other_tasks"):
            found, doubts = _tasks(rows, block, document)
            tasks, gaps = tasks + found, gaps + doubts
            budget_lines += _task_sums(rows)
        elif block == "block_indicators":
            indicator_rows += numbers
        else:
            gaps += [unread(row, document) for row in rows if filled(row)]
    indicators, doubts = read_indicators(table, indicator_rows, document)
    project = Project(
        row=1,
        name=None,
        place=table.place,
        goal=goal,
        indicators=indicators,
        tasks=tuple(tasks),
        budget_lines=tuple(budget_lines),
    )
    return DepartmentForm(department, project, (*gaps, *doubts))


def block_of(row: Covered) -> str | None:
    """Return the block that a row begins, by the word in its first column."""
    first = row[0].text if row and row[0] else ""
    return next((name for name in _BLOCKS if name in meanings(first)), None)


def _blocks(table: Grid, first: int) -> Iterator[tuple[str, list[int]]]:
    """Cut the table into blocks of rows; a block lasts until the next block's word stands in the first column."""
    block, rows = "", list[int]()
    for number in range(first, table.height):
        named = block_of(table.rows[number])
        if named and (named != block or named != "block_indicators"):
            if rows:
                yield block, rows
            block, rows = named, []
        rows.append(number)
    if rows:
        yield block, rows


def _second_text(row: Covered) -> str | None:
    cells = filled(row)
    return cells[1].text.strip() if len(cells) > 1 else None


def _goal(rows: Sequence[Covered]) -> Passage | None:
    cells = [cell for row in rows for cell in filled(row)[0 if row is not rows[0] else 1 :]]
    return Passage("\n".join(cell.text.strip() for cell in cells), cells[0].place) if cells else None


def _budget_lines(rows: Sequence[Covered], document: str) -> tuple[list[BudgetLine], list[Gap]]:
    """Read pairs of a label and its amount; a pair whose second cell names the amount is a heading for its column."""
    found: list[BudgetLine] = []
    gaps: list[Gap] = []
    groups: dict[int, str] = {}
    for row in rows:
        cells = [(at, cell) for at, cell in enumerate(row) if at and cell is not None]
        for (at, label), (_, cell) in pairwise(cells):
            if is_nil(label.text) or cell_amount(label.text) is not None:
                continue
            if "amount" in meanings(cell.text):
                groups[at] = label.text.strip()
            elif "amount" not in meanings(label.text):
                amount = cell_amount(cell.text)
                if amount is not None or is_nil(cell.text):
                    value = amount.value if amount else None
                    found.append(BudgetLine(label.text.strip(), value, label.place, groups.get(at)))
                elif at in groups:
                    gaps.append(not_an_amount(cell, document))
    return found, gaps


def _tasks(rows: Sequence[Covered], block: str, document: str) -> tuple[list[Task], list[Gap]]:
    """Read the tasks of one block; the second block repeats no header and uses the first one's columns."""
    columns = Columns({"task_name": 1, "task_content": 2, "task_amount": 3, "task_expected": 4})
    tasks: list[Task] = []
    gaps: list[Gap] = []
    for row in rows:
        if columns.learn(row) or not filled(row[1:]) or _is_sum(row):
            continue
        name = passage(columns.cell(row, "task_name"))
        amount = columns.cell(row, "task_amount", "amount", "total")
        if not name:
            gaps.append(unread(row, document))
            continue
        parsed = cell_amount(amount.text) if amount else None
        if amount and not is_nil(amount.text) and parsed is None:
            gaps.append(unread(row, document))
        content, expected = columns.cell(row, "task_content"), columns.cell(row, "task_expected")
        kind: Literal["key", "other"] = "key" if block == "block_key_tasks" else "other"
        tasks.append(Task(kind, name, passage(content), parsed.value if parsed else None, passage(expected)))
    return tasks, gaps


def _is_sum(row: Covered) -> bool:
    first = next((cell for cell in row[1:] if cell is not None and cell.text.strip()), None)
    return first is not None and "sum_row" in label_meanings(first.text)


def _task_sums(rows: Sequence[Covered]) -> list[BudgetLine]:
    """Keep the printed sums of the task block as labelled amounts."""
    found: list[BudgetLine] = []
    for row in rows:
        cells = filled(row[1:])
        amounts = [amount.value for cell in cells[1:] if (amount := cell_amount(cell.text)) is not None]
        if _is_sum(row) and amounts:
            found.append(BudgetLine(cells[0].text.strip(), amounts[0], cells[0].place))
    return found
