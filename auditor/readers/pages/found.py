"""What the table finder found on one page, before tables that run over pages are put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from auditor.readers.pages.ink import Glyph, glyph_lines, is_overlaid
from auditor.readers.pages.wrapping import CellLine, head_width, line_text


@dataclass
class FoundCell:
    """A cell of a page's table: 0-based row and column, spans, the characters in it and later its lines."""

    row: int
    column: int
    row_span: int
    column_span: int
    glyphs: list[Glyph] = field(default_factory=list)
    lines: list[CellLine] = field(default_factory=list)


@dataclass
class FoundTable:
    """A table on one page. `edges` are the x of its column borders in points, one more than it has columns.

    `kind` is `ruled` or `open` (columns found from the text, `gutters` the blanks between them); tables of two kinds
    are never one. `overlaid` counts lines whose characters lie over one another,
    `side_by_side` the places where an open table has rows in merged cells that cannot be told apart.
    """

    kind: str
    top: float
    bottom: float
    edges: tuple[float, ...]
    row_count: int
    cells: list[FoundCell]
    gutters: tuple[tuple[float, float], ...] = ()
    overlaid: int = 0
    side_by_side: int = 0


@dataclass
class FoundLine:
    """A line of text outside tables."""

    top: float
    bottom: float
    left: float
    right: float
    text: str


@dataclass
class FoundPage:
    """The blocks of one page from top to bottom. `dense` counts drawings with too many strokes to be tables."""

    number: int
    height: float
    blocks: list[FoundLine | FoundTable]
    dense: int = 0


class _Filled(NamedTuple):
    """A cell with text, the x of its borders, and its lines of characters."""

    cell: FoundCell
    left: float
    right: float
    lines: list[list[Glyph]]


_BLANK = 0.25
"""Ems of an ordinary blank."""

_FULL_SHARE = 0.6
"""Share of wrapped lines that must end near a column's right limit for that limit to be believed."""


def measure(cells: Iterable[FoundCell], borders: Callable[[FoundCell], tuple[float, float]]) -> int:
    """Turn every cell's characters into lines and tell how much room each line left; drops the characters.

    `borders` gives the x of a cell's left and right border. The right limit of text is found for each right border
    from all cells that end there, since writers keep a margin that no rule shows. Returns how many lines hold
    characters over one another, of which nobody can tell what belongs together.
    """
    overlaid = 0
    columns: dict[float, list[_Filled]] = {}
    margin = float("inf")
    for cell in cells:
        if not cell.glyphs:
            continue
        left, right = borders(cell)
        filled = _Filled(cell, left, right, glyph_lines(cell.glyphs))
        cell.glyphs = []
        columns.setdefault(right, []).append(filled)
        margin = min(margin, *(line[0].left - left for line in filled.lines))
        overlaid += sum(map(is_overlaid, filled.lines))
    margin = max(margin, 0.0)
    for right, column in columns.items():
        limit = right - _right_margin(column, margin)
        for filled in column:
            filled.cell.lines = [_cell_line(line, limit) for line in filled.lines]
        _show_indents(column, margin)
    return overlaid


def _show_indents(column: Sequence[_Filled], margin: float) -> None:
    """Write blanks before first lines that are set in by position alone, in columns that are plainly flush left.

    Project tables tell projects from their unit by an indent, and not every PDF writes it as characters.
    """
    flush_left = any(line[0].left - one.left - margin < 0.5 for one in column for line in one.lines)
    ends = [one.right - one.lines[0][-1].right for one in column if len(one.lines) == 1]
    flush_right = sum(end - min(ends) < 0.5 for end in ends)
    if not flush_left or (len(ends) > 1 and 2 * flush_right > len(ends)):
        return
    for one in column:
        first = one.lines[0]
        end = one.right - first[-1].right - margin
        indent, em = first[0].left - one.left - margin, first[0].bottom - first[0].top
        alone = len(one.lines) == 1 and (abs(end - indent) < 2 or end < 2)
        if 0.8 * em < indent < 5 * em and not alone and not first[0].char.isspace():
            blanks = " " * round(indent / (_BLANK * em))
            one.cell.lines[0] = one.cell.lines[0]._replace(text=blanks + one.cell.lines[0].text)


def _right_margin(column: Sequence[_Filled], margin: float) -> float:
    """Points between a right border and the furthest place where text would still be put.

    When most wrapped lines end close together, that is where; otherwise the margin on the left serves as a measure.
    """
    insets = [one.right - line[-1].right for one in column for line in one.lines]
    wrapped = [one.right - line[-1].right for one in column for line in one.lines[:-1]]
    least = min(insets)
    first = column[0].lines[0][0]
    full = sum(inset <= least + 1.2 * (first.bottom - first.top) for inset in wrapped)
    if len(wrapped) > 1 and full >= _FULL_SHARE * len(wrapped):
        return least
    return min(least, 1.5 * margin + 1)


def _cell_line(line: list[Glyph], limit: float) -> CellLine:
    last = next((glyph for glyph in reversed(line) if not glyph.char.isspace()), line[-1])
    return CellLine(line_text(line), limit - last.right, head_width(line), line[0].bottom - line[0].top)
