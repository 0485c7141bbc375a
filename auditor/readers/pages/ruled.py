"""Tables drawn with rules: from strokes to a grid of cells, merged where a rule is missing."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.readers.pages.found import FoundCell, FoundTable, measure
from auditor.readers.pages.ink import Glyph, Stroke

_JOINT = 3.0
"""Points within which two borders are one: double rules, thick rules drawn as two edges, rounding."""

_DASH = 3.5
"""Points that may be blank between two dashes of one rule."""

_OVERHANG = 0.25
"""Share of a character's height by which its middle may lie beyond a table that a page break cut through a line."""

MOST_BOXES = 200_000
"""Most elementary boxes of one grid; beyond that it is a drawing, not a table."""


@dataclass
class Grid:
    """Borders of one table: x of its columns, y of its rows, and the cells between them."""

    xs: list[float]
    ys: list[float]
    cells: list[FoundCell]
    owners: list[list[FoundCell]]


def straighten(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Merge strokes that lie on one line: equal positions within a joint, overlapping or nearly touching extents."""
    merged: list[Stroke] = []
    band: list[Stroke] = []
    for stroke in sorted(strokes):
        if band and stroke.at - band[0].at > _JOINT:
            merged += _merge_band(band)
            band = []
        band.append(stroke)
    return merged + _merge_band(band)


def _merge_band(band: list[Stroke]) -> list[Stroke]:
    if not band:
        return []
    at = sum(stroke.at for stroke in band) / len(band)
    merged: list[Stroke] = []
    for stroke in sorted(band, key=lambda one: one.start):
        if merged and stroke.start - merged[-1].end <= _DASH:
            merged[-1] = Stroke(at, merged[-1].start, max(merged[-1].end, stroke.end))
        else:
            merged.append(Stroke(at, stroke.start, stroke.end))
    return merged


def connected(
    horizontals: Sequence[Stroke], verticals: Sequence[Stroke]
) -> tuple[list[tuple[list[Stroke], list[Stroke]]], list[Stroke]]:
    """Group straightened strokes that cross or touch; also return the horizontals that touch no vertical."""
    parent = list(range(len(horizontals) + len(verticals)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    heights = [stroke.at for stroke in horizontals]
    for index, vertical in enumerate(verticals, start=len(horizontals)):
        low = bisect_left(heights, vertical.start - _JOINT)
        for at in range(low, bisect_right(heights, vertical.end + _JOINT)):
            if horizontals[at].start - _JOINT <= vertical.at <= horizontals[at].end + _JOINT:
                parent[root(at)] = root(index)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for index, stroke in enumerate((*horizontals, *verticals)):
        group = groups.setdefault(root(index), ([], []))
        group[index >= len(horizontals)].append(stroke)
    alone = [group[0][0] for group in groups.values() if not group[1]]
    return [group for group in groups.values() if group[0] and group[1]], alone


def build_grid(horizontals: Sequence[Stroke], verticals: Sequence[Stroke]) -> Grid | None:
    """Build the grid of one connected group; None when it frames nothing but a single box.

    A side that has no rule of its own (open tables, rows that run on over the page) is closed where the crossing rules
    end. Raises ValueError when the group is too dense to be a table.
    """
    xs = _borders([stroke.at for stroke in verticals], [(one.start, one.end) for one in horizontals])
    ys = _borders([stroke.at for stroke in horizontals], [(one.start, one.end) for one in verticals])
    if (len(xs) - 1) * (len(ys) - 1) <= 1:
        return None
    if (len(xs) - 1) * (len(ys) - 1) > MOST_BOXES:
        raise ValueError("too many strokes for a table")
    right_walls = _walls(verticals, xs, ys)
    floors = _walls(horizontals, ys, xs)
    cells, owners = _merge_boxes(xs, ys, right_walls, floors)
    return _squeezed(Grid(xs, ys, cells, owners))


def _borders(at: list[float], crossing: list[tuple[float, float]]) -> list[float]:
    """Sorted positions of the borders, with the ends of the crossing rules as outer borders where they reach further."""
    low, high = min(start for start, _ in crossing), max(end for _, end in crossing)
    first, last = min(at), max(at)
    outer = [edge for edge in (low, high) if edge < first - 2 * _JOINT or edge > last + 2 * _JOINT]
    borders: list[float] = []
    for position in sorted((*at, *outer)):
        if not borders or position - borders[-1] > _JOINT:
            borders.append(position)
    return borders


def _walls(strokes: Sequence[Stroke], positions: list[float], across: list[float]) -> list[bytearray]:
    """`walls[i][k]` is 1 where a stroke at `positions[i]` covers the middle between `across[k]` and `across[k + 1]`."""
    middles = [(low + high) / 2 for low, high in itertools.pairwise(across)]
    walls = [bytearray(len(middles)) for _ in positions]
    for stroke in strokes:
        at = _nearest(positions, stroke.at)
        low, high = bisect_left(middles, stroke.start), bisect_right(middles, stroke.end)
        walls[at][low:high] = b"\x01" * (high - low)
    return walls


def _nearest(positions: list[float], value: float) -> int:
    """Index of the sorted position closest to `value`."""
    after = bisect_left(positions, value)
    if after == len(positions):
        return after - 1
    if after and value - positions[after - 1] < positions[after] - value:
        return after - 1
    return after


def _merge_boxes(
    xs: list[float], ys: list[float], right_walls: list[bytearray], floors: list[bytearray]
) -> tuple[list[FoundCell], list[list[FoundCell]]]:
    """Grow every free box to the right and down until a wall stops it, so that all cells are rectangles."""
    width, height = len(xs) - 1, len(ys) - 1
    taken: list[list[FoundCell | None]] = [[None] * width for _ in range(height)]
    cells: list[FoundCell] = []
    for row in range(height):
        for column in range(width):
            if taken[row][column] is not None:
                continue
            right = column + 1
            while right < width and not right_walls[right][row] and taken[row][right] is None:
                right += 1
            bottom = row + 1
            while bottom < height and not any(floors[bottom][column:right]):
                bottom += 1
            cell = FoundCell(row, column, bottom - row, right - column)
            cells.append(cell)
            for covered in taken[row:bottom]:
                covered[column:right] = [cell] * (right - column)
    return cells, [[cell for cell in row if cell is not None] for row in taken]


def _squeezed(grid: Grid) -> Grid | None:
    """Take out rows and columns in which no cell begins: strokes that divide nothing."""
    rows = sorted({cell.row for cell in grid.cells})
    columns = sorted({cell.column for cell in grid.cells})
    if len(rows) == len(grid.ys) - 1 and len(columns) == len(grid.xs) - 1:
        return grid
    for cell in grid.cells:
        end_row, end_column = cell.row + cell.row_span, cell.column + cell.column_span
        cell.row, cell.column = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
        cell.row_span = bisect_left(rows, end_row) - cell.row
        cell.column_span = bisect_left(columns, end_column) - cell.column
    if len(grid.cells) <= 1:
        return None
    xs = [grid.xs[column] for column in columns] + [grid.xs[-1]]
    ys = [grid.ys[row] for row in rows] + [grid.ys[-1]]
    owners = [[grid.owners[row][column] for column in columns] for row in rows]
    return Grid(xs, ys, grid.cells, owners)


def fill_grid(grid: Grid, glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Give every character to the cell that its centre lies in; return those outside the grid."""
    xs, ys, owners = grid.xs, grid.ys, grid.owners
    left, right, top, bottom = xs[0], xs[-1], ys[0], ys[-1]
    outside: list[Glyph] = []
    # Neighbours in the text are mostly neighbours in a box: the box of the last one is tried before any search.
    low = high = floor = ceiling = 0.0
    put = outside.append
    for glyph in glyphs:
        x0, y0, x1, y1, _ = glyph
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        if not (low <= x < high and ceiling <= y < floor):
            over = _OVERHANG * (y1 - y0)
            if left < x < right and top - over < y < bottom + over:
                row, column = min(max(bisect_right(ys, y), 1), len(ys) - 1), bisect_right(xs, x)
                low, high, ceiling, floor = xs[column - 1], xs[column], ys[row - 1], ys[row]
                put = owners[row - 1][column - 1].glyphs.append
            else:
                outside.append(glyph)
                continue
        put(glyph)
    return outside


def ruled_table(grid: Grid) -> FoundTable:
    """Turn a filled grid into a table; its characters become measured lines."""
    xs = grid.xs
    overlaid = measure(grid.cells, lambda cell: (xs[cell.column], xs[cell.column + cell.column_span]))
    return FoundTable("ruled", grid.ys[0], grid.ys[-1], tuple(xs), len(grid.ys) - 1, grid.cells, overlaid=overlaid)
