"""The goals of a single project's form: one or two of them, below one another or side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.document import Passage
from auditor.readers.content import Cell
from auditor.readers.forms.cell_grid import Grid
from auditor.readers.forms.flow import line_needs_blank
from auditor.readers.forms.form_labels import GOALS, Label, below, is_label, labels


@dataclass(frozen=True)
class Goals:
    """`goal` is the overall goal (the annual one where there is no other), `annual_goal` the annual one beside it."""

    goal: Passage | None
    annual_goal: Passage | None
    actual: Passage | None


def read_goals(grid: Grid, first: int, end: int) -> Goals:
    """Read the goals between two rows of a form. A goal without text is empty; a form without the label has None."""
    found: dict[str, Passage] = {}
    rows = [label for label in labels(grid, range(first, end)) if {*GOALS, "block_goal"} & label.meanings]
    for label in rows:
        role = next(
            (role for role in ("cycle_goal", "annual_goal", "actual_goal", "goal") if role in label.meanings), "goal"
        )
        if _is_parent(grid, label, rows, end):
            continue
        passage = _answer(grid, label, end)
        if role not in found or not found[role]:
            found[role] = passage
    overall = _written(found, "cycle_goal") or _written(found, "goal")
    annual = _written(found, "annual_goal")
    empty = next(iter(found.values()), None) if found else None
    return Goals(overall or annual or empty, annual if overall else None, _written(found, "actual_goal"))


def _written(found: dict[str, Passage], role: str) -> Passage | None:
    passage = found.get(role)
    return passage if passage else None


def _is_parent(grid: Grid, label: Label, all_labels: Sequence[Label], end: int) -> bool:
    """Tell whether a label only stands before others (`总体目标` before `中期目标` and `年度目标`): nothing answers it."""
    if label.answer is not None or below(grid, label, end):
        return False
    bottom = label.row + label.cell.row_span
    cell = grid.right_of(label.row, label.column)
    if cell is None or not is_label(cell):
        return False
    return any(other.cell is cell and label.row <= other.row < bottom for other in all_labels)


def _answer(grid: Grid, label: Label, end: int) -> Passage:
    """Return the text that answers a goal's label: beside it, on all rows that it spans, or below it."""
    if label.answer is not None:
        return _joined([label.answer, *_further(grid, label, label.row + 1, end)])
    cell = grid.right_of(label.row, label.column)
    if cell is None or is_label(cell):
        return _joined(below(grid, label, end)) if below(grid, label, end) else Passage("", label.cell.place)
    bottom = label.row + label.cell.row_span
    cells = [cell, *_further(grid, label, label.row + 1, max(bottom, end), beside=cell)]
    if not any(one.text.strip() for one in cells):
        cells = below(grid, label, end) or cells
    return _joined(cells)


def _further(grid: Grid, label: Label, first: int, end: int, beside: Cell | None = None) -> list[Cell]:
    """Return what goes on below an answer: rows without a label, in the answer's column, the label's column blank."""
    found: list[Cell] = []
    column = next((at for at, cell in enumerate(grid.covers[label.row]) if cell is beside), label.column)
    for row in range(first, end):
        front = grid.at(row, label.column)
        if any(is_label(cell) for _, cell in grid.fresh(row)):
            break
        if (
            front is not None
            and front is not label.cell
            and front is not beside
            and front.text.strip()
            and beside is not None
        ):
            break
        cell = grid.at(row, column)
        if cell is not None and cell.text.strip() and cell is not beside and not any(cell is one for one in found):
            found.append(cell)
    return found


def _joined(cells: Sequence[Cell]) -> Passage:
    """Join cells: those of another page or table go on in the middle of a sentence, others are lines of their own."""
    text = cells[0].text.strip()
    for above, cell in pairwise(cells):
        part = cell.text.strip()
        if not text or not part:
            text += part
            continue
        same = (above.place.page, above.place.table) == (cell.place.page, cell.place.table)
        text += ("\n" if same else " " if line_needs_blank(above.text, part) else "") + part
    return Passage(text, cells[0].place)
