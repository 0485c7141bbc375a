"""Tables that run over pages: repeated headers taken out, rows that a page break cut put together again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from auditor.document import Gap, Place
from auditor.readers.content import Content, Line, Table
from auditor.readers.gaps import too_many_cells
from auditor.readers.grid import Piece, TooManyCells, cell_text, lay_out
from auditor.readers.limits import Limits
from auditor.readers.pages.cut_areas import Pair, areas_going_on, two_values
from auditor.readers.pages.found import FoundCell, FoundLine, FoundPage, FoundTable
from auditor.readers.pages.page_gaps import overlaid_text, rows_without_rules, too_dense
from auditor.readers.pages.wrapping import ends_sentence, fills_line, join_lines

_SAME_EDGE = 4.0
"""Points by which a ruled border may differ from one page to the next."""

_DEEPEST_HEADER = 3
"""Most rows of a header; a title row or two may stand in the table above them."""

_LONG = 4
"""Lines from which on a cell is a text of its own, not a name or a value."""

_AMOUNT = re.compile(r"\s*[-—–]?[\d,，]+(?:\.\d+)?\s*[%％]?\s*")


@dataclass
class _Part:
    """The rows of one page in a table; `first` is the row of the page's table that the part begins with."""

    page: int
    edges: tuple[float, ...]
    first: int
    row_count: int
    pieces: list[Piece]


@dataclass
class _Bottom:
    """A cell that reaches the end of its page's table; it may go on on the next page. Its row counts as in `part`."""

    part: _Part
    cell: FoundCell


@dataclass
class _Running:
    """A table that may go on on the next page."""

    kind: str
    edges: tuple[float, ...]
    gutters: tuple[tuple[float, float], ...]
    header: list[tuple[str, ...]]
    labels: list[str]
    leading: list[str]
    parts: list[_Part] = field(default_factory=list)
    bottom: list[_Bottom] = field(default_factory=list)
    keyed: bool = True
    trailing: list[FoundLine] = field(default_factory=list)


class TableJoiner:
    """Takes the pages of a file in order and gives its blocks.

    Rows are finished as pages come in, so memory holds little more than the result.
    """

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._cells_left = limits.cells
        self._most_cells = limits.cells
        self._blocks: list[Line | Table] = []
        self._gaps: list[Gap] = []
        self._running: _Running | None = None
        self._page = 0
        self._tables = 0

    def add(self, page: FoundPage) -> None:
        """Take the next page; its blocks are used up."""
        blocks = list(page.blocks)
        if page.dense:
            self._gaps.append(too_dense(self._name, page.number))
        if any(isinstance(block, FoundTable) and block.overlaid for block in blocks):
            self._gaps.append(overlaid_text(self._name, page.number))
        if any(isinstance(block, FoundTable) and block.side_by_side for block in blocks):
            self._gaps.append(rows_without_rules(self._name, page.number))
        leading = [block for block in takewhile(_is_line, blocks) if isinstance(block, FoundLine)]
        del blocks[: len(leading)]
        if not blocks:
            self._close()
            self._lines(leading, page.number)
            return
        table = blocks[0]
        assert isinstance(table, FoundTable)
        if self._running is None or not _goes_on(self._running, table, leading):
            self._close()
            self._lines(leading, page.number)
            self._running = _begun(table, page.number, leading)
        else:
            _append(self._running, table, page.number)
        self._page = page.number
        for block in blocks[1:]:
            if isinstance(block, FoundLine):
                self._running.trailing.append(block)
            else:
                self._close()
                self._running = _begun(block, page.number, [])

    def finish(self, gaps: Sequence[Gap] = ()) -> Content:
        """Return all blocks, with the joiner's own gaps after `gaps`."""
        self._close()
        return Content(self._name, tuple(self._blocks), (*gaps, *self._gaps))

    def _lines(self, lines: Sequence[FoundLine], page: int) -> None:
        self._blocks += [Line(line.text, Place(self._name, page=page)) for line in lines]

    def _close(self) -> None:
        running, self._running = self._running, None
        if running is None:
            return
        self._tables += 1
        place = Place(self._name, page=running.parts[0].page, table=self._tables)
        _settle(running)
        try:
            table = _assemble(running, place, self._cells_left)
        except TooManyCells as error:
            count = self._most_cells - self._cells_left + error.count
            self._gaps.append(too_many_cells(self._name, count, self._most_cells, place))
        else:
            if table is not None:
                self._cells_left -= len(table.rows) * len(table.rows[0])
                self._blocks.append(table)
        self._lines(running.trailing, self._page)


def _is_line(block: FoundLine | FoundTable) -> bool:
    return isinstance(block, FoundLine)


def _begun(table: FoundTable, page: int, leading: Sequence[FoundLine]) -> _Running:
    texts = _row_texts(table)
    depth = next((at for at, row in enumerate(texts) if any(_AMOUNT.fullmatch(text) for text in row)), _DEEPEST_HEADER)
    header = texts[: min(max(depth, 1), _DEEPEST_HEADER)]
    running = _Running(
        table.kind, table.edges, table.gutters, header, _labels(table, len(header)), [_masked(line) for line in leading]
    )
    _take(running, table, page, 0)
    return running


def _row_texts(table: FoundTable) -> list[tuple[str, ...]]:
    """The texts of the first rows, blanks aside, for comparing headers; at most five rows."""
    rows: list[list[str]] = [[] for _ in range(min(table.row_count, 5))]
    for cell in sorted(table.cells, key=lambda one: (one.row, one.column)):
        if cell.row < len(rows):
            rows[cell.row].append("".join("".join(line.text.split()) for line in cell.lines))
    return [tuple(row) for row in rows]


def _repeated(running: _Running, table: FoundTable) -> int:
    """How many rows at the top of `table` only repeat the running table's header."""
    count = 0
    for row, known in zip(_row_texts(table), running.header, strict=False):
        if row != known or not any(row):
            break
        count += 1
    return count


def _goes_on(running: _Running, table: FoundTable, leading: Sequence[FoundLine]) -> bool:
    """True when the first table of a page continues the last one of the page before."""
    if table.kind != running.kind or not _same_columns(running, table):
        return False
    if not running.trailing and not leading:
        return True
    # Running titles come back on every page; so do the titles of one form a page, but then all labels come back too.
    repeated = _repeated(running, table)
    if not repeated or running.trailing or [_masked(line) for line in leading] != running.leading:
        return False
    pairs = list(zip(_labels(table, repeated), running.labels, strict=False))
    return len(pairs) < 3 or sum(one == other for one, other in pairs) < 0.8 * len(pairs)


def _masked(line: FoundLine) -> str:
    return re.sub(r"\d+", "#", line.text)


def _labels(table: FoundTable, first: int) -> list[str]:
    """The texts of the first column from row `first` on."""
    cells = sorted((cell.row, join_lines(cell.lines).strip()) for cell in table.cells if cell.column == 0)
    return [text for row, text in cells if row >= first]


def _same_columns(running: _Running, table: FoundTable) -> bool:
    """True when the borders match; a page may lack borders that divide nothing on it."""
    mine, other = running.edges, table.edges
    if running.kind == "open":
        pairs = zip(running.gutters, table.gutters, strict=False)
        return len(mine) == len(other) and all(max(a[0], b[0]) < min(a[1], b[1]) for a, b in pairs)
    shift = other[0] - mine[0]
    if abs((other[-1] - mine[-1]) - shift) > _SAME_EDGE:
        return False
    moved = [edge - shift for edge in other]
    return _contains(mine, moved) or _contains(moved, mine)


def _contains(edges: Sequence[float], others: Sequence[float]) -> bool:
    return all(min(abs(edge - other) for edge in edges) <= _SAME_EDGE for other in others)


def _append(running: _Running, table: FoundTable, page: int) -> None:
    """Add a page's rows; a row cut by the page break becomes one again, a merged area goes on."""
    first = _repeated(running, table)
    running.trailing = []
    if table.row_count == first:
        return
    top = sorted((cell for cell in table.cells if cell.row == first), key=lambda cell: cell.column)
    going_on = _areas_going_on(running, table, top)
    merged = {id(cell) for pair in going_on for cell in pair}
    rest = [cell for cell in top if id(cell) not in merged]
    before = [cell for cell in _last_row(running) if id(cell) not in merged]
    cut = _is_cut_row(running, table, before, rest)
    reaching = set()
    for upper, lower in going_on:
        upper.lines += lower.lines
        upper.row_span += lower.row_span - cut
        if lower.row + lower.row_span == table.row_count:
            reaching.add(id(upper))
    if cut:
        for upper, lower in zip(before, rest, strict=True):
            upper.lines += lower.lines
        first += 1
        if table.row_count == first:
            return
    _settle(running, reaching)
    table.cells = [cell for cell in table.cells if id(cell) not in merged]
    _take(running, table, page, first)


def _areas_going_on(running: _Running, table: FoundTable, top: Sequence[FoundCell]) -> list[Pair]:
    """The areas that go on: cells with equal borders, even where one of the pages lacks a border between others."""
    if running.kind != "ruled":
        return []
    pairs = []
    for cell in top:
        low, high = _extent(cell, table.edges)
        for one in running.bottom:
            left, right = _extent(one.cell, one.part.edges)
            if abs(left - low) <= _SAME_EDGE and abs(right - high) <= _SAME_EDGE:
                pairs.append(Pair(one.cell, cell))
    return areas_going_on(pairs)


def _extent(cell: FoundCell, edges: Sequence[float]) -> tuple[float, float]:
    """The x of a cell's borders, from the left border of its table."""
    return edges[cell.column] - edges[0], edges[cell.column + cell.column_span] - edges[0]


def _last_row(running: _Running) -> list[FoundCell]:
    """The cells that begin in the last row so far, from left to right."""
    part = running.parts[-1]
    last = part.first + part.row_count - 1
    found = [one.cell for one in running.bottom if one.part is part and one.cell.row == last]
    return sorted(found, key=lambda cell: cell.column)


def _take(running: _Running, table: FoundTable, page: int, first: int) -> None:
    """Finish all cells of `table` from row `first` on but those that reach its end, which the next page may continue."""
    part = _Part(page, table.edges, first, table.row_count - first, [])
    for cell in table.cells:
        if cell.row < first:
            continue
        if cell.row + cell.row_span >= table.row_count:
            running.bottom.append(_Bottom(part, cell))
        else:
            part.pieces.append(_piece(cell, first))
        if cell.column == 0 and cell.row >= max(first, len(running.header)):
            running.keyed = running.keyed and any(line.text.strip() for line in cell.lines) and cell.row_span == 1
    running.parts.append(part)


def _piece(cell: FoundCell, first: int) -> Piece:
    return Piece(cell.row - first, cell.column, cell_text(join_lines(cell.lines)), cell.row_span, cell.column_span)


def _settle(running: _Running, but: Container[int] = ()) -> None:
    """Finish the cells at the bottom of the table so far, but for those whose `id` is in `but`."""
    for one in running.bottom:
        if id(one.cell) not in but:
            one.part.pieces.append(_piece(one.cell, one.part.first))
    running.bottom = [one for one in running.bottom if id(one.cell) in but]


def _is_cut_row(running: _Running, table: FoundTable, last: Sequence[FoundCell], top: Sequence[FoundCell]) -> bool:
    """True when the first row of a page, `top`, is the rest of the last row of the page before, `last`."""
    shape = [(cell.column, cell.column_span) for cell in top]
    if len(running.edges) != len(table.edges) or any(cell.row_span > 1 for cell in top):
        return False
    if not shape or shape != [(cell.column, cell.column_span) for cell in last]:
        return False
    pairs = list(zip(last, top, strict=True))
    shared = [(before.lines, after.lines) for before, after in pairs if before.lines and after.lines]
    only_after = any(after.lines and not before.lines for before, after in pairs)
    if not shared or any(two_values(before, after) for before, after in pairs):
        return False
    if all(fills_line(before[-1], after[0]) for before, after in shared):
        open_end = any(not ends_sentence(before[-1].text) for before, _ in shared)
        fewer = any(before.lines and not after.lines for before, after in pairs)
        return open_end or (fewer and not only_after)
    key_before, key_after = pairs[0]
    if not running.keyed or only_after or not key_before.lines or key_after.lines:
        return False
    # A blank name may also open the next row of the same project: only a long text that goes on shows a cut one.
    return any(fills_line(before[-1], after[0]) or len(before) >= _LONG for before, after in shared)


def _assemble(running: _Running, place: Place, most_cells: int) -> Table | None:
    """Put the parts below one another, on the columns of the part that has most of them."""
    edges = max((part.edges for part in running.parts), key=len)
    pieces: list[Piece] = []
    pages: list[int] = []
    rows: list[int] = []
    for part in running.parts:
        own = pieces_on(part, edges) if running.kind == "ruled" else part.pieces
        offset = len(rows)
        pieces += [replace(piece, row=piece.row + offset) for piece in own]
        pages += [part.page] * part.row_count
        rows += range(part.first + 1, part.first + 1 + part.row_count)
    return lay_out(pieces, place, lambda row, _: replace(place, page=pages[row], row=rows[row]), most_cells)


def pieces_on(part: _Part, edges: Sequence[float]) -> list[Piece]:
    """The pieces of a part, moved to the columns between `edges`."""
    if len(part.edges) == len(edges):
        return part.pieces
    shift = part.edges[0] - edges[0]
    at = [bisect_left(edges, edge - shift - _SAME_EDGE) for edge in part.edges]
    return [
        replace(piece, column=at[piece.column], column_span=at[piece.column + piece.column_span] - at[piece.column])
        for piece in part.pieces
    ]
