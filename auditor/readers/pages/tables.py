"""The table finder: from the ink of one page to its lines and tables in reading order. Serves PDF and OFD alike."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.readers.pages.bands import Band, bands, segment_lines
from auditor.readers.pages.found import FoundLine, FoundPage, FoundTable
from auditor.readers.pages.ink import Glyph, PageInk, Segment, Stroke
from auditor.readers.pages.open_tables import Gutter, bands_between, open_table
from auditor.readers.pages.ruled import Grid, build_grid, connected, fill_grid, ruled_table, straighten
from auditor.readers.pages.wrapping import line_text

_SHORTEST_RULE = 8.0
"""Points below which a stroke is a mark, not a rule."""

_SAME_EXTENT = 4.0
"""Points that the ends of two rules of one table may differ by."""


_FRAME_RULES = 3
"""Rules that only frame a table and its header."""

_MOST_CROSSINGS = 4_000_000
"""Most crossings of rules that are looked at on a page; beyond that it is a drawing."""


_PAGE_NUMBER = re.compile(r"[-—–·\s]*第?\s*\d{1,4}\s*页?\s*(?:[/，,共]\s*共?\s*\d{1,4}\s*页?)?[-—–·\s]*|Page\s+\d+.*")
_MARGIN = 0.12
"""Share of the page's height at top and bottom in which a bare number is a page number."""


def find_tables(ink: PageInk, hint: tuple[Gutter, ...] = ()) -> tuple[FoundPage, tuple[Gutter, ...]]:
    """Find the tables of one page, and the lines outside them.

    `hint` holds the column gutters of an open table that the page before ended with. Returns the page's blocks from
    top to bottom and the hint for the next page. Time grows with characters and strokes, never with their product.
    """
    grids, alone, dense = _grids(ink)
    glyphs = ink.glyphs
    tables: list[FoundTable] = []
    for grid in grids:
        glyphs = fill_grid(grid, glyphs)
        if any(cell.glyphs for cell in grid.cells):
            tables.append(ruled_table(grid))
    lines = _without_page_numbers(segment_lines(glyphs), ink.height)
    gutters: tuple[Gutter, ...] = ()
    if not tables:
        found, lines, gutters = _open_tables(lines, alone, hint)
        tables += found
    blocks: list[FoundLine | FoundTable] = [*tables, *(_line(line) for line in lines)]
    blocks.sort(key=lambda block: block.top)
    return FoundPage(ink.number, ink.height, blocks, dense), gutters


def _without_page_numbers(lines: list[list[Segment]], height: float) -> list[list[Segment]]:
    """Leave out a bare page number above or below everything else; nobody wants to see it between two rows."""
    if lines and _is_page_number(lines[-1], lines[:-1][-1:], height):
        lines = lines[:-1]
    if lines and _is_page_number(lines[0], lines[1:2], height):
        lines = lines[1:]
    return lines


def _is_page_number(line: list[Segment], neighbours: list[list[Segment]], height: float) -> bool:
    """True for a number in the margin that stands clear of the next line: not the end of a wrapped cell."""
    if len(line) > 5 or _MARGIN * height < line[0].top < (1 - _MARGIN) * height:
        return False
    text = "".join(line_text(segment.glyphs) for segment in line).strip()
    if _PAGE_NUMBER.fullmatch(text) is None:
        return False
    em = line[0].bottom - line[0].top
    clear = all(abs(other[0].top - line[0].top) >= 2 * em for other in neighbours)
    return "页" in text or (clear and len(line) == 1)


def _grids(ink: PageInk) -> tuple[list[Grid], list[list[Stroke]], int]:
    """The grids of a page, largest first; groups of rules with equal extents and no verticals; drawings passed over."""
    # Dashes may be strokes of their own: what is short is told only after they are put together.
    horizontals = [stroke for stroke in straighten(ink.horizontals) if stroke.end - stroke.start >= _SHORTEST_RULE]
    verticals = [stroke for stroke in straighten(ink.verticals) if stroke.end - stroke.start >= _SHORTEST_RULE]
    if len(horizontals) * len(verticals) > _MOST_CROSSINGS:
        return [], [], 1
    groups, alone = connected(horizontals, verticals)
    stacks = _stacks(alone)
    grids: list[Grid] = []
    dense = 0
    for group in groups:
        try:
            grid = build_grid(*group)
        except ValueError:
            dense += 1
            continue
        if grid is not None and len(grid.xs) == 2:
            # Horizontal rules in a frame: the columns have to be found from the text.
            stacks.append([Stroke(y, grid.xs[0], grid.xs[1]) for y in grid.ys])
        elif grid is not None:
            grids.append(grid)
    return _outermost(grids), stacks, dense


def _outermost(grids: Sequence[Grid]) -> list[Grid]:
    """Leave out grids that lie inside a larger one: boxes to tick, frames around a word."""
    kept: list[Grid] = []
    for grid in sorted(grids, key=lambda one: (one.xs[0] - one.xs[-1]) * (one.ys[-1] - one.ys[0])):
        x, y = (grid.xs[0] + grid.xs[-1]) / 2, (grid.ys[0] + grid.ys[-1]) / 2
        if not any(one.xs[0] < x < one.xs[-1] and one.ys[0] < y < one.ys[-1] for one in kept):
            kept.append(grid)
    return kept


def _stacks(alone: Sequence[Stroke]) -> list[list[Stroke]]:
    """Horizontal rules that begin and end alike, one below the other: a table without verticals.

    Up to three rules only frame a table and its header; its rows are found as if there were none.
    """
    stacks: list[list[Stroke]] = []
    for stroke in sorted(alone):
        for stack in stacks:
            if abs(stack[0].start - stroke.start) < _SAME_EXTENT and abs(stack[0].end - stroke.end) < _SAME_EXTENT:
                stack.append(stroke)
                break
        else:
            stacks.append([stroke])
    return [stack for stack in stacks if len(stack) > 1]


def _open_tables(
    lines: list[list[Segment]], stacks: Sequence[list[Stroke]], hint: tuple[Gutter, ...]
) -> tuple[list[FoundTable], list[list[Segment]], tuple[Gutter, ...]]:
    """Open tables of a page; returns them, the lines outside them, and the gutters of a table that ends the page."""
    tables: list[FoundTable] = []
    gutters: tuple[Gutter, ...] = ()
    for stack in stacks:
        if len(stack) <= _FRAME_RULES:
            continue
        heights = [stroke.at for stroke in stack]
        between = bands_between(lines, heights)
        found = open_table(between, hint, ruled_rows=True, framed=True)
        if found is not None:
            tables.append(found.table)
            gutters, hint = found.table.gutters, ()
            # Titles and notes may stand between rules too, above and below the table proper.
            taken = {id(line) for at in found.taken for line in between[at].lines}
            lines = [line for line in lines if id(line) not in taken]
    if tables:
        return tables, lines, gutters
    remaining = bands(lines)
    outside: list[Band] = []
    while found := open_table(remaining, hint, framed=bool(stacks)):
        tables.append(found.table)
        gutters, hint = found.table.gutters, ()
        outside += remaining[: found.taken[0]]
        remaining = remaining[found.taken[-1] + 1 :]
    return tables, [line for band in (*outside, *remaining) for line in band.lines], gutters


def _line(line: list[Segment]) -> FoundLine:
    glyphs: list[Glyph] = [glyph for segment in line for glyph in segment.glyphs]
    return FoundLine(
        min(segment.top for segment in line),
        max(segment.bottom for segment in line),
        line[0].left,
        line[-1].right,
        line_text(glyphs, split_wide=True).strip(),
    )
