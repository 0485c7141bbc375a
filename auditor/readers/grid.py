"""From loose cells with spans to the rectangle that Table promises; shared by the readers of every format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from auditor.document import Place
from auditor.readers.content import Cell, Table, changed

Row = tuple[Cell | None, ...]


@dataclass(frozen=True)
class Piece:
    """A cell as its format tells it: 0-based row and column, its text, and how far it spans."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1


class TooManyCells(Exception):  # noqa: N818 - named for what was found
    """The rectangle would hold `count` cells, more than allowed."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


UNTIDY = ("\r", "\n", "\xa0")
"""A text without these is tidied by taking off the blanks at its end."""


def cell_text(raw: str) -> str:
    r"""Return a cell's text as all readers agree to give it.

    Line breaks become `\n`, no-break spaces ordinary ones; blanks at the end and line breaks at the beginning, which
    nobody can see, go. Leading blanks stay: project tables indent projects under their unit by them.
    """
    if "\r" in raw:
        raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    return raw.replace("\xa0", " ").rstrip().lstrip("\n")


def lay_out(
    pieces: Iterable[Piece], place: Place, place_at: Callable[[int, int], Place], most_cells: int
) -> Table | None:
    """Put `pieces` into a rectangle and trim it; None if nothing is written in any of them.

    Spans that reach below the last row that a piece starts in are cut there. `place_at(row, column)` gives the place
    of a 0-based position. Where pieces overlap, the first keeps the ground. Raises TooManyCells before anything is
    built.
    """
    pieces = sorted(pieces, key=lambda piece: (piece.row, piece.column))
    height = max((piece.row for piece in pieces), default=-1) + 1
    width = max((piece.column + piece.column_span for piece in pieces), default=0)
    if height * width > most_cells:
        raise TooManyCells(height * width)
    rows: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    taken = [bytearray(width) for _ in range(height)]
    for piece in pieces:
        if not taken[piece.row][piece.column]:
            _put(piece, rows, taken, place_at)
    for row in range(height):
        for column in range(width):
            if not taken[row][column]:
                rows[row][column] = Cell("", place_at(row, column))
    trimmed = trim([tuple(row) for row in rows])
    return Table(trimmed, place) if trimmed else None


def _put(
    piece: Piece,
    rows: list[list[Cell | None]],
    taken: list[bytearray],
    place_at: Callable[[int, int], Place],
) -> None:
    """Write one piece and mark its area as taken, as far as the area is still free."""
    bottom = min(piece.row + max(piece.row_span, 1), len(rows))
    right = min(piece.column + max(piece.column_span, 1), len(taken[0]))
    first = taken[piece.row]
    stop = next((at for at in range(piece.column, right) if first[at]), right)
    reach = piece.row
    while reach < bottom and not any(taken[reach][piece.column : stop]):
        taken[reach][piece.column : stop] = b"\x01" * (stop - piece.column)
        reach += 1
    place = place_at(piece.row, piece.column)
    rows[piece.row][piece.column] = Cell(piece.text, place, reach - piece.row, stop - piece.column)


def trim(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Cut off outer rows and columns in which nothing is written; spans, which lie inside `rows`, are cut with them."""
    written = [any(cell is not None and cell.text for cell in row) for row in rows]
    if not any(written):
        return ()
    top, bottom = written.index(True), len(rows) - written[::-1].index(True)
    columns = [any(cell is not None and cell.text for cell in column) for column in zip(*rows[top:bottom], strict=True)]
    left, right = columns.index(True), len(columns) - columns[::-1].index(True)
    if (top, bottom, left, right) == (0, len(rows), 0, len(columns)):
        return tuple(rows)
    return tuple(_cut(rows, row, left, right, bottom) for row in range(top, bottom))


def _cut(rows: Sequence[Row], at: int, left: int, right: int, bottom: int) -> Row:
    cut: list[Cell | None] = []
    for column in range(left, right):
        cell = rows[at][column]
        if cell is not None and (cell.row_span > 1 or cell.column_span > 1):
            row_span, column_span = min(cell.row_span, bottom - at), min(cell.column_span, right - column)
            cell = changed(cell, row_span=row_span, column_span=column_span)
        cut.append(cell)
    return tuple(cut)
