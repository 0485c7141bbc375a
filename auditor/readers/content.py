"""What a file holds before anybody knows which form it is: lines of text and tables of cells, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from auditor.document import Gap, Place


@dataclass(init=False, unsafe_hash=True)
class Cell:
    """One table cell. `text` keeps real line breaks as `\\n`; breaks made only by the column's width are taken out.

    `row_span` and `column_span` count the rows and columns of a merged area (1 for an ordinary cell). Cells are not to
    be changed. Large sheets have hundreds of thousands of them, few of which are ever asked for their place: with
    `column` (its letters) given, `place` is that of the whole row, and the cell's own is made on first use.
    """

    __slots__ = ("_column", "_row", "column_span", "place", "row_span", "text")

    text: str
    place: Place
    row_span: int
    column_span: int

    def __init__(self, text: str, place: Place, row_span: int = 1, column_span: int = 1, column: str = "") -> None:
        self.text = text
        if column:
            self._row = place
            self._column = column
        else:
            self.place = place
        self.row_span = row_span
        self.column_span = column_span

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Place:
            """Make the place when it is first asked for."""
            if name != "place":
                raise AttributeError(name)
            self.place = replace(self._row, cell=f"{self._column}{self._row.row}")
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
