"""Tables without vertical rules: columns from the header's positions and the blank gutters below it.

Also used where there are horizontal rules only; those then divide the rows.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.readers.pages.bands import Band, is_number
from auditor.readers.pages.found import FoundCell, FoundTable, measure
from auditor.readers.pages.ink import Segment
from auditor.readers.pages.wrapping import line_text

Gutter = tuple[float, float]
"""The x between which nothing (or next to nothing) is written, from the top of a table to its bottom."""

_MOST_CROSSING = 0.34
"""Share of a table's lines that may run across a gutter (unit rows, titles, notes)."""


@dataclass(frozen=True)
class OpenTable:
    """An open table as found: the table, and the bands that it took up."""

    table: FoundTable
    taken: tuple[int, ...]


def open_table(
    found: Sequence[Band], hint: tuple[Gutter, ...], *, ruled_rows: bool = False, framed: bool = False
) -> OpenTable | None:
    """Find the first open table among the bands of a page.

    `hint` holds the gutters of a table that the page before ended with, or nothing; `ruled_rows` tells that the bands
    were cut by rules and are rows as they stand, `framed` that there are rules at all. Returns None when the bands are
    running text.
    """
    if hint:
        gutters = _narrowed(hint, found)
        if gutters and _fit(found, gutters):
            return _build(found, 0, gutters, ruled_rows)
    for least in (3, 2):
        for start, band in enumerate(found):
            header = _header(band)
            if len(header) < least or _labels(band):
                continue
            gaps = [(one.right, other.left) for one, other in itertools.pairwise(header)]
            gutters = _divided(_narrowed(gaps, found[start:]), found[start + 1 :])
            if len(gutters) < least - 1 or not _holds(found[start:], gutters, framed or least > 2):
                continue
            return _build(found, start, gutters, ruled_rows)
    return None


def _header(band: Band) -> list[Segment]:
    """The header texts of a band: its fullest line, and texts of other lines that stand beside them."""
    header: list[Segment] = []
    for line in sorted(band.lines, key=len, reverse=True):
        for segment in line:
            if not any(one.left < segment.right and segment.left < one.right for one in header):
                header.append(segment)
    return _unspaced(sorted(header))


def _unspaced(header: list[Segment]) -> list[Segment]:
    """Put letter-spaced words such as `总　计` together again: single characters less than three ems apart."""
    joined: list[Segment] = []
    for segment in header:
        last = joined[-1] if joined else None
        em = segment.bottom - segment.top
        if last and len(segment.glyphs) == 1 and len(last.glyphs) < 3 and segment.left - last.right < 3 * em:
            joined[-1] = last._replace(right=segment.right, glyphs=last.glyphs + segment.glyphs)
        else:
            joined.append(segment)
    return joined


def _labels(band: Band) -> bool:
    """True for a line of `label：value` pairs, such as the one with the department and the currency unit."""
    found = band.segments()
    return 2 * sum("：" in (text := line_text(one.glyphs)) or ":" in text for one in found) >= len(found)


def _narrowed(gaps: Sequence[Gutter], found: Sequence[Band]) -> tuple[Gutter, ...]:
    """Narrow every gap to where the fewest lines cross it; leave out those that too many cross."""
    lines = [line for band in found for line in band.lines]
    gutters = []
    for low, high in gaps:
        crossing, gutter = _least_crossed(low, high, lines)
        if crossing <= _MOST_CROSSING * len(lines) and gutter[1] - gutter[0] > 1:
            gutters.append(gutter)
    return tuple(gutters)


def _divided(gutters: tuple[Gutter, ...], body: Sequence[Band]) -> tuple[Gutter, ...]:
    """Add gutters that only the body shows: below a header text that stands over several columns."""
    lines = [line for band in body for line in band.lines]
    found = list(gutters)
    for column in range(len(gutters) + 1):
        parts = [
            inside
            for line in lines
            if (inside := [one for one in line if _columns(one, gutters) == range(column, column + 1)])
        ]
        fullest = max(parts, key=len, default=[])
        for one, other in itertools.pairwise(fullest):
            crossing, (low, high) = _least_crossed(one.right, other.left, parts)
            both = sum(line[0].right <= low + 0.1 and line[-1].left >= high - 0.1 for line in parts)
            if not crossing and high - low > 1 and both > 1 and 2 * both >= len(parts):
                found.append((low, high))
    return tuple(sorted(found))


def _least_crossed(low: float, high: float, lines: Sequence[Sequence[Segment]]) -> tuple[int, Gutter]:
    """The widest part of `low`..`high` that the fewest segments cover, and how many do."""
    steps: list[tuple[float, int]] = [(low, 0), (high, 0)]
    for line in lines:
        for segment in line:
            if segment.left < high and segment.right > low:
                steps += [(max(low, segment.left), 1), (min(high, segment.right), -1)]
    steps.sort()
    best = (len(lines) + 1, 0.0, (low, low))
    covering = 0
    for (at, change), (following, _) in itertools.pairwise(steps):
        covering += change
        if following - at > 1:
            best = min(best, (covering, at - following, (at, following)))
    return best[0], best[2]


def _columns(segment: Segment, gutters: Sequence[Gutter]) -> range:
    """The columns that a segment lies in."""
    middles = [(low + high) / 2 for low, high in gutters]
    return range(bisect_right(middles, segment.left), bisect_right(middles, segment.right) + 1)


def _filled(band: Band, gutters: Sequence[Gutter]) -> set[int] | None:
    """The columns that a band fills; None when one of its texts crosses a gutter."""
    columns: set[int] = set()
    for segment in band.segments():
        spanned = _columns(segment, gutters)
        if len(spanned) > 1:
            return None
        columns.update(spanned)
    return columns


def _fit(found: Sequence[Band], gutters: Sequence[Gutter]) -> bool:
    """True when a page plainly goes on with the columns of the page before."""
    filled = [_filled(band, gutters) for band in found]
    fitting = [columns for columns in filled if columns]
    return len(fitting) >= 0.5 * len(found) and any(columns - {0} for columns in fitting)


def _holds(found: Sequence[Band], gutters: Sequence[Gutter], sure: bool) -> bool:
    """True when enough lines use the columns: one below the header, or two and most of all where two columns might be
    anything (`sure` false)."""
    lines = [Band([line]) for band in found for line in band.lines]
    full = sum(len(_filled(line, gutters) or ()) > 1 for line in lines)
    return full > 1 if sure else full > 2 and 3 * full >= 2 * len(lines)


def _build(found: Sequence[Band], start: int, gutters: tuple[Gutter, ...], ruled_rows: bool) -> OpenTable | None:
    end = _end(found, start, gutters)
    body = found[start:end]
    if not body:
        return None
    rows = [row for band in body for row in ([band] if ruled_rows else _rows(band, gutters))]
    cells: list[FoundCell] = []
    count = 0
    for index, row in enumerate(rows):
        levels = _levels(row, gutters) if index == 0 else None
        cells += [_moved(cell, count) for cell in (levels or _row_cells(row, gutters))]
        count += 2 if levels else 1
    left = min(segment.left for band in body for segment in band.segments())
    right = max(segment.right for band in body for segment in band.segments())
    starts = [left, *(high for _, high in gutters)]
    ends = [*(low for low, _ in gutters), right]
    overlaid = measure(cells, lambda cell: (starts[cell.column], ends[cell.column + cell.column_span - 1]))
    edges = (left, *((low + high) / 2 for low, high in gutters), right)
    table = FoundTable("open", body[0].top, body[-1].bottom, edges, count, cells, gutters, overlaid)
    table.side_by_side = _side_by_side(rows[1:], gutters) + (0 if ruled_rows else _without_key(rows[1:], gutters))
    return OpenTable(table, tuple(range(start, end)))


def _side_by_side(rows: Sequence[Band], gutters: Sequence[Gutter]) -> int:
    """How often two columns of a row break off side by side and go on in the next line.

    One column does so in a list; two at once are cells of several rows beside a merged one, and nothing but a rule
    tells where each begins.
    """
    limits: dict[int, float] = {}
    for segment in (one for row in rows for one in row.segments()):
        column = _columns(segment, gutters)[-1]
        limits[column] = max(limits.get(column, 0.0), segment.right)
    found = 0
    for row in rows:
        for line, below in itertools.pairwise(row.lines):
            under = {_columns(one, gutters)[-1] for one in below}
            short = {
                column
                for one in line
                if (column := _columns(one, gutters)[-1]) in under
                and limits[column] - one.right > 1.2 * (one.bottom - one.top)
            }
            found += len(short) > 1
    return found


def _without_key(rows: Sequence[Band], gutters: Sequence[Gutter]) -> int:
    """How many rows fill three columns or more but not the first: parts of a merged row, as far as text tells."""
    filled = [{_columns(one, gutters)[0] for one in row.segments()} for row in rows]
    return sum(0 not in columns and len(columns) > 2 for columns in filled)


def _end(found: Sequence[Band], start: int, gutters: Sequence[Gutter]) -> int:
    """Index after the last band of the table: notes and lines that run across the columns at its end do not belong."""
    end, strange = start, 0
    for at in range(start, len(found)):
        columns = _filled(found[at], gutters)
        if columns and not (len(columns) == 1 and found[at].is_note()):
            end, strange = at + 1, 0
            continue
        strange += 1
        if strange > 2:
            break
    return end


def _rows(band: Band, gutters: Sequence[Gutter]) -> list[Band]:
    """Divide a band that holds several tightly set rows: each begins where no column's text runs on from above."""
    if len(band.lines) == 1:
        return [band]
    starts = _starts(band, gutters)
    bounds = [0, *starts[1:], len(band.lines)] if len(starts) > 1 else [0, len(band.lines)]
    return [Band(band.lines[low:high]) for low, high in itertools.pairwise(bounds)]


def _starts(band: Band, gutters: Sequence[Gutter]) -> list[int]:
    """Lines of a band that begin a row: lines with an amount, else full lines after lines that end short."""
    most = max(len(line) for line in band.lines)
    used = {_columns(segment, gutters)[-1] for segment in band.segments()}
    full_first = len(band.lines[0]) >= 0.75 * len(used)
    going_on = _going_on(band, gutters)
    amounts = [
        at
        for at, line in enumerate(band.lines)
        if len(line) > 1 and any(is_number(one) and one not in going_on[at] for one in line)
    ]
    if amounts:
        # Amounts set in the middle of their row tell how many rows there are, but not where they begin.
        return sorted({0, *amounts}) if full_first else []
    # A first line that is not full belongs to a row set in the middle of its cells: its lines say nothing of rows.
    if most < 2 or len(gutters) + 1 > 2 * most or not full_first:
        return []
    return [at for at, line in enumerate(band.lines) if at == 0 or (len(line) >= 0.75 * most and not going_on[at])]


def _going_on(band: Band, gutters: Sequence[Gutter]) -> list[list[Segment]]:
    """For each line, the segments whose column's text above ended so near its limit that they had no place."""
    limits: dict[int, float] = {}
    for segment in band.segments():
        column = _columns(segment, gutters)[-1]
        limits[column] = max(limits.get(column, 0.0), segment.right)
    found: list[list[Segment]] = []
    above: dict[int, Segment] = {}
    for line in band.lines:
        own = {_columns(segment, gutters)[-1]: segment for segment in line}
        found.append(
            [one for column, one in own.items() if column in above and _is_full(above[column], limits[column])]
        )
        above |= own
    return found


def _is_full(segment: Segment, limit: float) -> bool:
    """True for a text of some length that ends less than a character before its column's limit."""
    em = segment.bottom - segment.top
    return limit - segment.right < 1.2 * em and segment.right - segment.left > 4 * em


def _row_cells(row: Band, gutters: Sequence[Gutter]) -> list[FoundCell]:
    """The cells of one row: a text that crosses gutters spans the columns, unless other lines use them apart."""
    single = {columns[0] for one in row.segments() if len(columns := _columns(one, gutters)) == 1}
    cells: dict[int, FoundCell] = {}
    for segment in sorted(row.segments(), key=lambda one: -len(_columns(one, gutters))):
        columns = _columns(segment, gutters)
        if len(columns) == 1 or not single.intersection(columns):
            _add(cells, segment, columns)
            continue
        for glyph in segment.glyphs:
            column = _columns(Segment(glyph.left + 0.1, glyph.right - 0.1, 0, 0, []), gutters)[0]
            cells.setdefault(column, FoundCell(0, column, 1, 1)).glyphs.append(glyph)
    free = [column for column in range(len(gutters) + 1) if not _covered(cells, column)]
    return [*cells.values(), *(FoundCell(0, column, 1, 1) for column in free)]


def _add(cells: dict[int, FoundCell], segment: Segment, columns: range) -> None:
    cell = next((one for one in cells.values() if one.column <= columns[0] < one.column + one.column_span), None)
    if cell is None:
        cell = cells.setdefault(columns[0], FoundCell(0, columns[0], 1, len(columns)))
    cell.glyphs += segment.glyphs


def _covered(cells: dict[int, FoundCell], column: int) -> bool:
    return any(cell.column <= column < cell.column + cell.column_span for cell in cells.values())


def _levels(row: Band, gutters: Sequence[Gutter]) -> list[FoundCell] | None:
    """The cells of a header with two levels: a text over several columns that have texts of their own below it."""
    parents = {}
    for at, line in enumerate(row.lines[:-1]):
        for segment in line:
            columns = _columns(segment, gutters)
            below = {_columns(one, gutters)[0] for lower in row.lines[at + 1 :] for one in lower}
            if len(columns) > 1 and below.issuperset(columns):
                parents[columns] = segment
    if not parents:
        return None
    cells = [FoundCell(0, span[0], 1, len(span), list(one.glyphs)) for span, one in parents.items()]
    rest = Band([kept for line in row.lines if (kept := [one for one in line if one not in parents.values()])])
    for cell in _row_cells(rest, gutters):
        inside = any(cell.column in span for span in parents)
        cells.append(FoundCell(1 if inside else 0, cell.column, 1 if inside else 2, cell.column_span, cell.glyphs))
    return cells


def _moved(cell: FoundCell, rows: int) -> FoundCell:
    cell.row += rows
    return cell


def bands_between(lines: Sequence[list[Segment]], heights: Sequence[float]) -> list[Band]:
    """Divide lines into rows at the heights of rules."""
    spans = itertools.pairwise(heights)
    inside = [[line for line in lines if low < (line[0].top + line[0].bottom) / 2 < high] for low, high in spans]
    return [Band(row) for row in inside if row]
