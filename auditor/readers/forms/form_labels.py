"""Labels of a single project's form and the cells that answer them: beside the label, below it, or behind its colon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from auditor.readers.content import Cell, changed
from auditor.readers.forms.cell_grid import Grid
from auditor.readers.forms.words import inline_label, label_meanings

INFO = ("project_name", "unit", "head_department", "department")
GOALS = ("goal", "cycle_goal", "annual_goal", "actual_goal")
MONEY = ("total", "cycle_total", "fiscal", "special_account", "other_funds", "other_source", "block_funds")
INDICATORS = ("indicators", "cycle_indicators", "annual_indicators", "level1", "level2", "level3")
_LABELS = frozenset({*INFO, *GOALS, *MONEY, *INDICATORS, "closing", "block_goal"})


@dataclass(frozen=True)
class Label:
    """A label in a form: its cell and position, what it means, and its answer where that stands in the same cell."""

    row: int
    column: int
    cell: Cell
    meanings: frozenset[str]
    answer: Cell | None = None


def labels(grid: Grid, rows: Iterable[int]) -> Iterator[Label]:
    """Yield the labels of some rows, from the left to the right."""
    for row in rows:
        for column, cell in grid.fresh(row):
            found = label_of(cell)
            if found is not None:
                yield replace(found, row=row, column=column)


def label_of(cell: Cell) -> Label | None:
    """Read a cell as a label, alone or with its answer behind a colon; None for any other cell."""
    if known := label_meanings(cell.text) & _LABELS:
        return Label(0, 0, cell, known)
    inline = inline_label(cell.text)
    if inline is None or not inline[0] & _LABELS:
        return None
    return Label(0, 0, cell, inline[0] & _LABELS, changed(cell, text=cell.text[inline[1] :].strip()))


def is_label(cell: Cell | None) -> bool:
    """Tell whether a cell is a label."""
    return cell is not None and label_of(cell) is not None


def beside(grid: Grid, label: Label) -> Cell | None:
    """Return the cell that answers a label in its own row: the first written one, unless it is another label.

    An unanswered label gives the empty cell beside it, None where there is none.
    """
    if label.answer is not None:
        return label.answer
    first: Cell | None = None
    for cell in grid.covers[label.row][label.column + 1 :]:
        if cell is None or cell is label.cell:
            continue
        first = first or cell
        if cell.text.strip():
            return (None if first is cell else first) if is_label(cell) else cell
    return None if is_label(first) else first


def below(grid: Grid, label: Label, end: int) -> list[Cell]:
    """Return the written cells below a label, in its columns, down to `end` or the next row that holds a label."""
    found: list[Cell] = []
    last = label.row + label.cell.row_span - 1
    for row in range(last + 1, end):
        if any(is_label(cell) for _, cell in grid.fresh(row)):
            break
        cell = grid.at(row, label.column)
        if cell is not None and cell.text.strip() and not any(cell is known for known in (*found, label.cell)):
            found.append(cell)
    return found
