"""One source table written as XLSX, XLS, DOCX, HTML and CSV, and small files that are broken on purpose."""

from __future__ import annotations

import csv
import html
import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from auditor.document import Place
from auditor.readers.content import Content, Line, Table
from auditor.readers.limits import Limits
from auditor.readers.office.html import read_html
from auditor.readers.office.spreadsheet import read_spreadsheet
from auditor.readers.office.word import read_word

Rows = Sequence[Sequence[str]]
Area = tuple[int, int, int, int]
"""Row, column, rows and columns of a merged area, 0-based; its text stands in the first cell."""

LIMITS = Limits()


class Source(Protocol):
    """A rectangle of texts, its merged areas, and the lines above it."""

    @property
    def rows(self) -> Rows: ...
    @property
    def merged(self) -> Sequence[Area]: ...
    @property
    def titles(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Grid:
    """The plainest Source."""

    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Area, ...] = ()
    titles: tuple[str, ...] = ()


SAMPLE = Grid(
    (
        ("项目名称", "总计", "绩效目标", "绩效指标", ""),
        ("", "", "", "一级指标", "指标值"),
        ("    河道保洁项目", "31.49", "1、保洁河道；\n2、巡查 “两岸”,每日；\n3、<公示>&结果。", "产出指标", "≥100%"),
        ("", "", "", "效益指标", "2024年12月31日"),
        ("合计", "1,031.49", "", "", "—"),
    ),
    ((0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 2, 1), (0, 3, 1, 2), (2, 0, 2, 1), (2, 1, 2, 1), (2, 2, 2, 1)),
)


def covered(source: Source) -> dict[tuple[int, int], Area]:
    """Return for each cell of a merged area, its first one included, the area."""
    return {
        (row, column): area
        for area in source.merged
        for row in range(area[0], area[0] + area[2])
        for column in range(area[1], area[1] + area[3])
    }


def expected(source: Source) -> list[list[tuple[str, int, int] | None]]:
    """Return what a reader must give: text and spans, None for covered cells."""
    areas = covered(source)
    out: list[list[tuple[str, int, int] | None]] = []
    for row, texts in enumerate(source.rows):
        out.append([])
        for column, text in enumerate(texts):
            area = areas.get((row, column), (row, column, 1, 1))
            out[-1].append((text, area[2], area[3]) if area[:2] == (row, column) else None)
    return out


def grid(table: Line | Table) -> list[list[tuple[str, int, int] | None]]:
    """Return a table that was read in the shape of `expected`."""
    assert isinstance(table, Table)
    return [[cell and (cell.text, cell.row_span, cell.column_span) for cell in row] for row in table.rows]


def tables(content: Content) -> list[Table]:
    return [block for block in content.blocks if isinstance(block, Table)]


def lines(content: Content) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Line)]


def reasons(content: Content) -> str:
    return "\n".join(gap.reason.zh for gap in content.gaps)


def texts(content: Content) -> list[list[str]]:
    """Return the texts of the only table, '' for covered cells."""
    (table,) = tables(content)
    return [[cell.text if cell else "" for cell in row] for row in table.rows]


def place_of(content: Content, text: str) -> Place:
    """Return where `text` stands."""
    return next(
        cell.place for table in tables(content) for row in table.rows for cell in row if cell and cell.text == text
    )


def write_xlsx(source: Source, path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "绩效目标表"
    for row, cells in enumerate(source.rows, 1):
        for column, text in enumerate(cells, 1):
            if text:
                cell = sheet.cell(row, column)
                cell.value, cell.data_type = text, "s"
    for row, column, high, wide in source.merged:
        sheet.merge_cells(start_row=row + 1, start_column=column + 1, end_row=row + high, end_column=column + wide)
    book.save(path)


def write_xls(source: Source, path: Path) -> None:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("绩效目标表")
    areas = covered(source)
    for row, cells in enumerate(source.rows):
        for column, text in enumerate(cells):
            if (row, column) not in areas:
                sheet.write(row, column, text or None)
    for row, column, high, wide in source.merged:
        sheet.write_merge(row, row + high - 1, column, column + wide - 1, source.rows[row][column])
    book.save(str(path))


def write_docx(source: Source, path: Path) -> None:
    import docx

    document = docx.Document()
    for title in source.titles:
        document.add_paragraph(title)
    table = document.add_table(len(source.rows), len(source.rows[0]))
    cells = [list(row.cells) for row in table.rows]
    for row, column, high, wide in source.merged:
        cells[row][column].merge(cells[row + high - 1][column + wide - 1])
    areas = covered(source)
    for row, words in enumerate(source.rows):
        for column, text in enumerate(words):
            if areas.get((row, column), (row, column))[:2] == (row, column):
                cells[row][column].text = text
    document.save(str(path))


def html_text(text: str) -> str:
    """Spell a text so that browsers show all of its blanks and line breaks."""
    return html.escape(text).replace(" ", "&nbsp;").replace("\n", "<br>")


def html_table(source: Source) -> str:
    areas = covered(source)
    out = []
    for row, words in enumerate(source.rows):
        cells = []
        for column, text in enumerate(words):
            area = areas.get((row, column), (row, column, 1, 1))
            if area[:2] == (row, column):
                cells.append(f'<td rowspan="{area[2]}" colspan={area[3]}>{html_text(text)}</td>')
        out.append(f"<tr>\n  {''.join(cells)}\n</tr>")
    return f"<table>{''.join(out)}</table>"


def write_html(source: Source, path: Path) -> None:
    titles = "".join(f"<p>{html_text(title)}</p>" for title in source.titles)
    page = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>t</title></head><body>{titles}{html_table(source)}'
    path.write_text(page + "</body></html>", encoding="utf-8")


def write_csv(source: Source, path: Path, encoding: str = "utf-8-sig", delimiter: str = ",") -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(source.rows)
    path.write_bytes(out.getvalue().encode(encoding))


Reader = Callable[[Path, str, Limits], Content]

FORMATS: dict[str, tuple[Callable[[Source, Path], None], Reader]] = {
    "xlsx": (write_xlsx, read_spreadsheet),
    "xls": (write_xls, read_spreadsheet),
    "docx": (write_docx, read_word),
    "html": (write_html, read_html),
}
"""Formats that know merged cells, with their writer and reader."""


def repack(source: Path, target: Path, parts: dict[str, bytes]) -> Path:
    """Copy a zip-based file with some parts replaced."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return target


def understate(path: Path, part: str, size: int) -> Path:
    """Write `size` as the expanded size of `part` into the zip directory of `path`, as a zip bomb does."""
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(part.encode()))
    data[at + 24 : at + 28] = struct.pack("<I", size)
    path.write_bytes(data)
    return path


def ole(*streams: str) -> bytes:
    """Return a container of the old Office formats with empty streams of these names."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<2I", header, 44, 1, 1)
    struct.pack_into("<5I", header, 56, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    directory = b"".join(_entry(name, 5 if name == "Root Entry" else 2) for name in ("Root Entry", *streams))
    return bytes(header) + table + directory.ljust(512, b"\0")


def _entry(name: str, kind: int) -> bytes:
    spelled = name.encode("utf-16-le") + b"\0\0"
    return (
        spelled.ljust(64, b"\0")
        + struct.pack("<HB", len(spelled), kind)
        + b"\0" * 49
        + struct.pack("<3I", 0xFFFFFFFE, 0, 0)
    )
