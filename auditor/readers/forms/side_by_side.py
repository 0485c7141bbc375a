"""Two tables beside one another on one sheet: cut apart where the head names a project once more."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from auditor.readers.content import Cell, Table, changed
from auditor.readers.forms.words import MOST_LABEL, label_meanings

Row = Sequence[Cell | None]


def parts_of(table: Table) -> tuple[Table, ...]:
    """Return `table` cut before each further 项目名称 of the first row that holds several; itself where none does.

    Only the very same words count: `项目名称` and `二级项目名称` are two fields of one form.
    """
    for row in table.rows:
        names = {at: cell.text.strip() for at, cell in enumerate(row) if cell is not None and _names_project(cell)}
        if len(names) > 1 and len(set(names.values())) == 1:
            edges = [0, *(_start(row, at) for at in list(names)[1:]), len(row)]
            if sorted(set(edges)) == edges:
                return tuple(_columns(table, left, right) for left, right in pairwise(edges))
    return (table,)


def _names_project(cell: Cell) -> bool:
    return len(cell.text) <= MOST_LABEL and "名称" in cell.text and "project_name" in label_meanings(cell.text)


def _start(row: Row, column: int) -> int:
    """Return where the part with a name at `column` begins: a column of serial numbers before it belongs to it."""
    before = row[column - 1] if column else None
    return column - 1 if before is not None and "serial" in label_meanings(before.text) else column


def _columns(table: Table, left: int, right: int) -> Table:
    """Cut out columns; what a merged cell covers on the other side of a cut stays blank."""
    return Table(
        tuple(tuple(_cut(cell, at, right) for at, cell in _filled(row, left, right)) for row in table.rows), table.place
    )


def _filled(row: Row, left: int, right: int) -> list[tuple[int, Cell | None]]:
    return list(enumerate(row[left:right], left))


def _cut(cell: Cell | None, column: int, right: int) -> Cell | None:
    if cell is None or column + cell.column_span <= right:
        return cell
    return changed(cell, column_span=right - column)
