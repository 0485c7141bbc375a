"""Whether a table prints a project's name on each of its indicators' rows or once, and where equal names part."""

from __future__ import annotations

from auditor.readers.forms.cell_grid import Grid
from auditor.readers.forms.column_heads import LEVELS, Columns, Head
from auditor.readers.forms.indicator_rows import cells_of


def begins_again(grid: Grid, columns: Columns, first: int, row: int) -> bool:
    """Tell whether a second project of the same name, amounts and goal begins in `row`.

    Its classes begin again after satisfaction, which closes every list, or its indicators are named once more in full.
    """
    count = row - first
    opening = _levels(grid, columns, first)
    if count < 2 or _levels(grid, columns, row)[:2] != opening[:2]:
        return False
    if "满意度" in _levels(grid, columns, row - 1)[0] and "满意度" not in opening[0]:
        return True
    return row + count <= grid.height and all(
        _levels(grid, columns, first + at) == _levels(grid, columns, row + at) for at in range(count)
    )


def _levels(grid: Grid, columns: Columns, row: int) -> list[str]:
    cells = cells_of(grid, row, columns, LEVELS)
    return [cells[role].text.strip() if role in cells else "" for role in LEVELS]


def prints_names_once(grid: Grid, head: Head) -> bool:
    """Tell whether a project's name stands on its first row alone, merged down or blank below."""
    at, level3 = head.columns["project_name"][0], head.columns.get("level3", (0,))[0]
    for row in range(head.last + 1, grid.height):
        name, indicator = grid.rows[row][at], grid.at(row, level3)
        if name is None or name.row_span > 1:
            return True
        if row not in grid.starts and not name.text.strip() and indicator is not None and indicator.text.strip():
            return True
    return False
