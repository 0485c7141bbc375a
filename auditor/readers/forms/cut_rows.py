"""Rows that a page break cut through their repeated project name: put together again.

Where every row repeats its project's name, a cut row shows: the two halves of its name make the name of the row above
or below.
"""

from __future__ import annotations

from dataclasses import replace

from auditor.readers.content import Cell
from auditor.readers.forms.cell_grid import Covered, Grid
from auditor.readers.forms.column_heads import Head


def with_cut_rows_joined(grid: Grid, head: Head) -> Grid:
    """Return `grid` with every such row as one; a grid with merged cells or without pages comes back as it is."""
    column = head.columns["project_name"][0]
    if len(grid.starts) < 2 or any(cell is None for row in grid.rows[head.last + 1 :] for cell in row):
        return grid
    for row in sorted(grid.starts, reverse=True):
        if row > head.last + 1 and _is_cut(grid, row, column, head.last):
            grid = _joined(grid, row)
    return grid


def _name(grid: Grid, row: int, column: int) -> str:
    cell = grid.at(row, column) if 0 <= row < grid.height else None
    return cell.text.strip() if cell is not None else ""


def _is_cut(grid: Grid, row: int, column: int, last_of_head: int) -> bool:
    upper, lower = _name(grid, row - 1, column), _name(grid, row, column)
    near = [_name(grid, at, column) for at in (row - 2, row + 1) if at > last_of_head]
    return bool(upper and lower) and upper + lower in near


def _joined(grid: Grid, row: int) -> Grid:
    one = tuple(_one_cell(upper, lower) for upper, lower in zip(grid.rows[row - 1], grid.rows[row], strict=True))

    def without(rows: tuple[Covered, ...]) -> tuple[Covered, ...]:
        return (*rows[: row - 1], one, *rows[row + 1 :])

    starts = frozenset(start if start < row else start - 1 for start in grid.starts if start != row)
    widths = (*grid.widths[:row], *grid.widths[row + 1 :])
    return replace(grid, rows=without(grid.rows), covers=without(grid.covers), starts=starts, widths=widths)


def _one_cell(upper: Cell | None, lower: Cell | None) -> Cell | None:
    if upper is None or lower is None:
        return upper or lower
    return replace(upper, text=upper.text + lower.text.lstrip())
