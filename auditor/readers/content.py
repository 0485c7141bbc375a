"""What a file holds before anybody knows which form it is: lines of text and tables of cells, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from auditor.document import Gap, Place


@dataclass(unsafe_hash=True)
class Cell:
    """One table cell. `text` keeps real line breaks as `\\n`; breaks made only by the column's width are taken out.

    `row_span` and `column_span` count the rows and columns of a merged area (1 for an ordinary cell). Cells are not to
    be changed.
    """

    __slots__ = ("column_span", "place", "row_span", "text")

    text: str
    place: Place
    row_span: int
    column_span: int

    def __init__(self, text: str, place: Place, row_span: int = 1, column_span: int = 1) -> None:
        self.text = text
        self.place = place
        self.row_span = row_span
        self.column_span = column_span

    def __eq__(self, other: object) -> bool:
        """Tell whether the cells hold the same, however they were made."""
        if not isinstance(other, Cell):
            return NotImplemented
        return (self.text, self.place, self.row_span, self.column_span) == (
            other.text,
            other.place,
            other.row_span,
            other.column_span,
        )


def changed(cell: Cell, text: str | None = None, row_span: int | None = None, column_span: int | None = None) -> Cell:
    """Return the cell with another text or span, at its place."""
    return Cell(
        cell.text if text is None else text,
        cell.place,
        cell.row_span if row_span is None else row_span,
        cell.column_span if column_span is None else column_span,
    )


class SheetCell(Cell):
    """An ordinary cell of a large sheet, of which there may be hundreds of thousands, few ever asked for their place.

    `row` counts from 1; `column` is shared by all cells of a column: the sheet's place and the column's letters. The
    cell's own place is made on first use.
    """

    __slots__ = ("_column", "_row")

    row_span = 1
    column_span = 1

    def __init__(self, text: str, row: int, column: tuple[Place, str]) -> None:
        self.text = text
        self._row = row
        self._column = column

    def __reduce__(self) -> tuple[type[SheetCell], tuple[str, int, tuple[Place, str]]]:
        """Be pickled as made: the spans belong to the class."""
        return SheetCell, (self.text, self._row, self._column)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Place:
            """Make the place when it is first asked for."""
            if name != "place":
                raise AttributeError(name)
            sheet, letters = self._column
            self.place = replace(sheet, row=self._row, cell=f"{letters}{self._row}")
            return self.place


@dataclass(frozen=True)
class Table:
    """A rectangle of cells, all rows equally long.

    A merged area holds its Cell at the top left corner and None everywhere else; an empty cell is a Cell with no text.
    """

    rows: tuple[tuple[Cell | None, ...], ...]
    place: Place


@dataclass(frozen=True)
class Line:
    """A line of text outside any table: titles, `部门名称：… 单位：万元`, notes."""

    text: str
    place: Place


@dataclass(frozen=True)
class Content:
    """All that was found in one file, in reading order, and what could not be read.

    `hidden` are tables that nobody sees who opens the file: they are no part of it, but must not pass for nothing.
    """

    name: str
    blocks: tuple[Line | Table, ...]
    gaps: tuple[Gap, ...] = ()
    hidden: tuple[Table, ...] = ()
