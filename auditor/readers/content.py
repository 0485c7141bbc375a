"""What a file holds before anybody knows which form it is: lines of text and tables of cells, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.document import Gap, Place


@dataclass(frozen=True)
class Cell:
    """One table cell. `text` keeps real line breaks as `\\n`; breaks made only by the column's width are taken out.

    `row_span` and `column_span` count the rows and columns of a merged area (1 for an ordinary cell).
    """

    text: str
    place: Place
    row_span: int = 1
    column_span: int = 1


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
    """All that was found in one file, in reading order, and what could not be read."""

    name: str
    blocks: tuple[Line | Table, ...]
    gaps: tuple[Gap, ...] = ()
