"""Makes PDF files from a source table: own layout, so that a test knows what stands where.

`lay_out_pages` places texts and rules (points, y downwards); `write_pdf` draws them. The OFD maker draws the same pages.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

FONT_FILES = (
    Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    Path("/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf"),
)
FONT = "cjk"
PORTRAIT, LANDSCAPE = (595.0, 842.0), (842.0, 595.0)
MISSING_FONT = "no CJK font: apt-get install fonts-wqy-microhei"


def font_file() -> Path | None:
    return next((path for path in FONT_FILES if path.exists()), None)


@dataclass(frozen=True)
class Source:
    """One table: texts, column widths in points, merged areas as (row, column, row span, column span)."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    header_rows: int = 1
    align: str = ""
    size: float = 9.0

    def expected(self) -> list[list[str | None]]:
        """What a reader has to find: None for the covered places of merged areas."""
        grid: list[list[str | None]] = [list(row) for row in self.rows]
        for row, column, row_span, column_span in self.merged:
            for r in range(row, row + row_span):
                for c in range(column, column + column_span):
                    if (r, c) != (row, column):
                        grid[r][c] = None
        return grid


@dataclass(frozen=True)
class Style:
    rules: str = "all"  # all, horizontal, three, none
    page: tuple[float, float] = LANDSCAPE
    split_rows: bool = True
    repeat_header: bool = False
    middle: bool = False
    pad: float = 4.0
    leading: float = 1.33
    margin: float = 36.0
    page_numbers: bool = False
    whole_words: bool = False


@dataclass
class Sheet:
    """One page: texts as (x, baseline, size, text), rules as (x0, y0, x1, y1)."""

    width: float
    height: float
    texts: list[tuple[float, float, float, str]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)


def text_width(text: str, size: float) -> float:
    from reportlab.pdfbase import pdfmetrics

    register_font()
    return float(pdfmetrics.stringWidth(text, FONT, size))


def register_font() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FONT, str(font_file())))


def wrap(text: str, width: float, size: float, whole_words: bool = False) -> list[str]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrap_paragraph(paragraph, width, size, whole_words)
    return lines if text else []


def _wrap_paragraph(text: str, width: float, size: float, whole_words: bool) -> list[str]:
    lines, line, used = [], "", 0.0
    for piece in _pieces(text, whole_words):
        wide = text_width(piece, size)
        if line and used + wide > width and not piece.isspace():
            lines.append(line)
            line, used = "", 0.0
        line += piece
        used += wide
    return [*lines, line]


def _pieces(text: str, whole_words: bool) -> list[str]:
    pieces: list[str] = []
    for char in text:
        word = whole_words and pieces and char.isascii() and char.isalnum() and pieces[-1][-1:].isascii()
        if word and pieces[-1][-1:].isalnum():
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


@dataclass
class _Area:
    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[str]


def _areas(source: Source, style: Style) -> list[_Area]:
    spans = {(r, c): (rs, cs) for r, c, rs, cs in source.merged}
    areas = []
    for r, row in enumerate(source.expected()):
        for c, text in enumerate(row):
            if text is None:
                continue
            row_span, column_span = spans.get((r, c), (1, 1))
            width = sum(source.widths[c : c + column_span]) - 2 * style.pad
            lines = wrap(text, width, source.size, style.whole_words)
            areas.append(_Area(r, c, row_span, column_span, lines))
    return areas


def lay_out_pages(source: Source, style: Style) -> list[Sheet]:
    return _Layout(source, style).pages


class _Layout:
    """Fills pages row by row; a row that does not fit is cut at a line or moved to the next page."""

    def __init__(self, source: Source, style: Style) -> None:
        self.source, self.style = source, style
        self.step = source.size * style.leading
        self.pages: list[Sheet] = []
        left = style.margin
        self.xs = [left + sum(source.widths[:c]) for c in range(len(source.widths) + 1)]
        self.areas = _areas(source, style)
        self._new_page(source.titles)
        row = 0
        while row < len(source.rows):
            row = self._block(row)
        for note in source.notes:
            self._text(self.xs[0], self.y + self.step * 1.5, note)
            self.y += self.step * 1.5
        self._finish_page()

    @property
    def sheet(self) -> Sheet:
        return self.pages[-1]

    def _text(self, x: float, baseline: float, text: str, size: float | None = None) -> None:
        if text.strip():
            self.sheet.texts.append((x, baseline, size or self.source.size, text))

    def _new_page(self, titles: Sequence[str] = ()) -> None:
        self.pages.append(Sheet(*self.style.page))
        self.y = self.style.margin
        for at, title in enumerate(titles):
            size = self.source.size * (1.6 if at == 0 else 1)
            x = (self.style.page[0] - text_width(title, size)) / 2 if at == 0 else self.xs[0]
            self.y += size * 1.6
            self._text(x, self.y, title, size)
        if titles:
            self.y += 8
        self.ys = [self.y]

    def _finish_page(self) -> None:
        if self.style.page_numbers:
            number = f"第 {len(self.pages)} 页"
            self._text(self.style.page[0] / 2 - 15, self.style.page[1] - 20, number)

    def _turn_page(self) -> None:
        self._finish_page()
        self._new_page()
        if self.style.repeat_header:
            for row in range(self.source.header_rows):
                self._row_at([area for area in self.areas if area.row == row], row)

    def _heights(self, rows: range) -> list[float]:
        heights = [self.step + 2 * self.style.pad] * len(rows)
        for area in self.areas:
            if area.row in rows and area.row_span == 1:
                needed = len(area.lines) * self.step + 2 * self.style.pad
                heights[area.row - rows.start] = max(heights[area.row - rows.start], needed)
        for area in self.areas:
            if area.row in rows and area.row_span > 1:
                at = area.row - rows.start
                needed = len(area.lines) * self.step + 2 * self.style.pad
                short = needed - sum(heights[at : at + area.row_span])
                heights[at + area.row_span - 1] += max(0.0, short)
        return heights

    def _block(self, row: int) -> int:
        """Place the rows that merged areas tie together; return the row after them."""
        end = row + 1
        while True:
            reach = max([a.row + a.row_span for a in self.areas if row <= a.row < end], default=end)
            if reach <= end:
                break
            end = reach
        heights = self._heights(range(row, end))
        room = self.style.page[1] - self.style.margin - self.y
        if sum(heights) <= room:
            self._rows(range(row, end), heights)
        elif end == row + 1 and self.style.split_rows:
            self._cut_row(row)
        else:
            self._turn_page()
            self._rows(range(row, end), heights)
        return end

    def _rows(self, rows: range, heights: list[float]) -> None:
        tops = [self.y]
        for height in heights:
            tops.append(tops[-1] + height)
        for area in (one for one in self.areas if one.row in rows):
            at = area.row - rows.start
            self._area(area, area.lines, tops[at], tops[at + area.row_span])
        self.y = tops[-1]
        self.ys += tops[1:]
        self._closing_rules(tops, rows)

    def _row_at(self, areas: list[_Area], row: int) -> None:
        self._rows(range(row, row + 1), self._heights(range(row, row + 1)))

    def _cut_row(self, row: int) -> None:
        rest = {a.column: a for a in self.areas if a.row == row}
        while any(area.lines for area in rest.values()):
            room = self.style.page[1] - self.style.margin - self.y - 2 * self.style.pad
            fitting = int(room // self.step)
            if fitting < 1:
                self._turn_page()
                continue
            most = min(fitting, max(len(area.lines) for area in rest.values()))
            height = most * self.step + 2 * self.style.pad
            top = self.y
            for area in rest.values():
                self._area(area, area.lines[:most], top, top + height)
            rest = {column: replace_lines(area, area.lines[most:]) for column, area in rest.items()}
            self.y = top + height
            self.ys.append(self.y)
            self._closing_rules([top, self.y], range(row, row + 1))
            if any(area.lines for area in rest.values()):
                self._turn_page()

    def _area(self, area: _Area, lines: list[str], top: float, bottom: float) -> None:
        left, right = self.xs[area.column], self.xs[area.column + area.column_span]
        pad, size = self.style.pad, self.source.size
        y = top + pad
        if self.style.middle:
            y = (top + bottom - len(lines) * self.step) / 2
        align = (self.source.align or "l" * len(self.source.widths))[area.column]
        for line in lines:
            free = right - left - 2 * pad - text_width(line.rstrip(), size)
            x = left + pad + {"l": 0.0, "c": free / 2, "r": free}[align]
            self._text(x, y + size * 0.95, line)
            y += self.step
        if self.style.rules == "all":
            self.sheet.rules += [
                (left, top, right, top), (left, bottom, right, bottom),
                (left, top, left, bottom), (right, top, right, bottom),
            ]  # fmt: skip

    def _closing_rules(self, tops: list[float], rows: range) -> None:
        left, right = self.xs[0], self.xs[-1]
        kind = self.style.rules
        if kind == "horizontal":
            self.sheet.rules += [(left, y, right, y) for y in (tops[0], tops[-1])]
        if kind == "three" and (rows.start == 0 or rows.stop == len(self.source.rows)):
            ends = (tops[0], tops[-1]) if rows.start == 0 else (tops[-1],)
            self.sheet.rules += [(left, y, right, y) for y in ends]


def replace_lines(area: _Area, lines: list[str]) -> _Area:
    return replace(area, lines=lines)


def write_pdf(
    sheets: Sequence[Sheet],
    path: Path,
    *,
    turned: str = "",
    shuffle: random.Random | None = None,
    by_character: bool = False,
    encrypt: str | None = None,
) -> Path:
    """Draw the pages. `turned`: "" upright; "rotate" drawn sideways with /Rotate; "sideways" without /Rotate."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    register_font()
    lock = StandardEncryption(encrypt, canPrint=0) if encrypt else None
    canvas = Canvas(str(path), encrypt=lock, invariant=1)
    for sheet in sheets:
        _set_up_page(canvas, sheet, turned)
        canvas.setLineWidth(0.5)
        for x0, y0, x1, y1 in sheet.rules:
            canvas.line(x0, sheet.height - y0, x1, sheet.height - y1)
        texts = _characters(sheet) if by_character else list(sheet.texts)
        if shuffle is not None:
            shuffle.shuffle(texts)
        for x, y, size, text in texts:
            canvas.setFont(FONT, size)
            canvas.drawString(x, sheet.height - y, text)
        canvas.showPage()
    canvas.save()
    return path


def _set_up_page(canvas: object, sheet: Sheet, turned: str) -> None:
    from reportlab.pdfgen.canvas import Canvas

    assert isinstance(canvas, Canvas)
    if not turned:
        canvas.setPageSize((sheet.width, sheet.height))
        canvas.setPageRotation(0)
        return
    # reportlab gives a page with a rotation the size that it is seen in.
    canvas.setPageSize((sheet.width, sheet.height) if turned == "rotate" else (sheet.height, sheet.width))
    canvas.setPageRotation(90 if turned == "rotate" else 0)
    # Content turned a quarter to the left: it reads upright after turning the page a quarter to the right.
    canvas.translate(sheet.height, 0)
    canvas.rotate(90)


def _characters(sheet: Sheet) -> list[tuple[float, float, float, str]]:
    found = []
    for x, y, size, text in sheet.texts:
        for char in text:
            found.append((x, y, size, char))
            x += text_width(char, size)
    return found


def make(source: Source, style: Style, path: Path, **how: object) -> Path:
    draw: Callable[..., Path] = write_pdf
    return draw(lay_out_pages(source, style), path, **how)


def grid_of(table: object) -> list[list[str | None]]:
    """The texts of a read Table, None for covered places."""
    from auditor.readers.content import Table

    assert isinstance(table, Table)
    return [[None if cell is None else cell.text for cell in row] for row in table.rows]
