"""Tables as rows and columns in which a merged cell is seen from every position that it covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.document import Place
from auditor.readers.content import Cell, Line, Table

Covered = tuple[Cell | None, ...]


@dataclass(frozen=True)
class Grid:
    """Rows of a table, or of tables that go on one after another.

    `rows` hold cells as read (None where a merged cell covers), `covers` the cell that is seen at each position.
    `starts` are the rows with which a table or page begins, `widths` how many columns each row's own table has.
    """

    rows: tuple[Covered, ...]
    covers: tuple[Covered, ...]
    starts: frozenset[int]
    widths: tuple[int, ...]
    place: Place

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.rows)

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell seen at a position, None outside the grid."""
        return self.covers[row][column] if 0 <= column < len(self.covers[row]) else None

    def fresh(self, row: int) -> list[tuple[int, Cell]]:
        """Return the cells with text whose upper left corner lies in `row`, with their columns."""
        return [(at, cell) for at, cell in enumerate(self.rows[row]) if cell is not None and cell.text.strip()]

    def is_fresh(self, row: int, column: int) -> bool:
        """Tell whether the cell seen at a position begins in this row."""
        cell = self.at(row, column)
        return cell is not None and any(cell is own for own in self.rows[row][: column + 1])

    def right_of(self, row: int, column: int) -> Cell | None:
        """Return the next cell to the right that is another one than the cell at `column`."""
        here = self.at(row, column)
        for cell in self.covers[row][column + 1 :]:
            if cell is not None and cell is not here:
                return cell
        return None

    def texts(self, row: int) -> str:
        """Return the written cells of a row as one line, for quoting."""
        return " | ".join(cell.text.strip() for _, cell in self.fresh(row))

    def row_place(self, row: int) -> Place:
        """Return the place of the first written cell of a row."""
        cells = self.fresh(row) or [(0, cell) for cell in self.rows[row] if cell is not None]
        return cells[0][1].place if cells else self.place


def grid(table: Table) -> Grid:
    """Look at one table."""
    return Grid(
        table.rows, _covers(table.rows), _page_starts(table.rows), (_width(table),) * len(table.rows), table.place
    )


def line_grid(line: Line) -> Grid:
    """Look at a line of text as a table of one cell."""
    return grid(Table(((Cell(line.text, line.place),),), line.place))


def one_below_another(grids: Sequence[Grid]) -> Grid:
    """Put grids below one another as one."""
    if len(grids) == 1:
        return grids[0]
    starts: set[int] = set()
    height = 0
    for part in grids:
        starts |= {height, *(height + at for at in part.starts)}
        height += part.height
    return Grid(
        tuple(row for part in grids for row in part.rows),
        tuple(row for part in grids for row in part.covers),
        frozenset(starts),
        tuple(width for part in grids for width in part.widths),
        grids[0].place,
    )


def _width(table: Table) -> int:
    return max((len(row) for row in table.rows), default=0)


def _page_starts(rows: Sequence[Covered]) -> frozenset[int]:
    """Find the rows that begin a page: the first one, and those on another page than the row above."""
    pages = [next((cell.place.page for cell in row if cell is not None), None) for row in rows]
    return frozenset(at for at, page in enumerate(pages) if at == 0 or (page is not None and page != pages[at - 1]))


def _covers(rows: Sequence[Covered]) -> tuple[Covered, ...]:
    merged = list(_merged(rows))
    if not merged:
        return tuple(rows)
    covers = [list(row) for row in rows]
    for top, left, cell in merged:
        for row in covers[top : top + cell.row_span]:
            for column in range(left, min(left + cell.column_span, len(row))):
                if row[column] is None:
                    row[column] = cell
    return tuple(tuple(row) for row in covers)


def _merged(rows: Sequence[Covered]) -> Iterator[tuple[int, int, Cell]]:
    for top, row in enumerate(rows):
        for left, cell in enumerate(row):
            if cell is not None and (cell.row_span > 1 or cell.column_span > 1):
                yield top, left, cell
