"""The workbook as a reader meets it: fonts and colours, tables with frozen headers that print well, links."""

from __future__ import annotations

import datetime
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from auditor.reports.xlsx.cells import clean, columns_wide, fitting
from auditor.wording import AuditorError, Language, Wording

ROWS = 1_048_576
"""Rows of a sheet, the header included."""
_URLS = 60_000  # Excel drops links beyond 65,530 on a sheet
_LINE = 14.25
_MOST_LINES = 9
_BORN = datetime.datetime(2000, 1, 1)  # a fixed time: equal reports are equal files

HEADER = "#1F4E79"
TINTS = {
    "error": ("#F8CBAD", "#9C0006"), "warning": ("#FFEB9C", "#7F6000"), "info": ("#DDEBF7", "#1F4E79"),
    "优": (None, "#375623"), "良": ("#E2EFDA", "#375623"), "中": ("#FFEB9C", "#7F6000"), "差": ("#F8CBAD", "#9C0006"),
    "good": (None, "#375623"), "bad": ("#FCE4D6", "#9C0006"), "dim": (None, "#757575"), "gap": ("#E4DFEC", "#5B2C83"),
    "input": ("#FFFDE7", None),
}  # fmt: skip
"""Fill and letters by name; each pair of the two has a contrast of 4.5 or more."""

STYLES: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True},
    "plain": {},
    "middle": {"align": "center"},
    "whole": {"num_format": "#,##0"},
    "money": {"num_format": "#,##0.00"},
    "share": {"num_format": "0%", "align": "center"},
    "bar": {"num_format": "0"},
    "met": {"num_format": '[=1]"✓";[=0]"✗";General', "align": "center"},
}


@dataclass(frozen=True)
class Shown:
    """A value of a cell with a tint, or with a link to a place in the same workbook."""

    value: str | int | float | None
    tint: str | None = None
    link: str | None = None


Cell = str | int | float | Shown | None


@dataclass(frozen=True)
class Column:
    """A column of a table: title, width in characters, how its values look; `choices` are offered as a list."""

    title: Wording
    width: float
    style: str = "text"
    tint: str | None = None
    choices: tuple[str, ...] = ()


class Book:
    """A workbook that is written row by row; nothing written stays in memory but styles and links."""

    def __init__(self, language: Language, capacity: int = ROWS - 1) -> None:
        from xlsxwriter import Workbook

        self.language = language
        self.capacity = capacity
        self._file = io.BytesIO()
        self._formats: dict[tuple[str, str | None, bool], Any] = {}
        options = {
            "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
            "default_format_properties": {"font_name": self.font, "font_size": 10, "valign": "top"},
        }  # fmt: skip
        self.workbook = Workbook(self._file, options)
        self.workbook.set_properties({"created": _BORN, "title": self.either("绩效目标审核", "goal audit")})
        self.workbook.set_calc_mode("auto")

    @property
    def font(self) -> str:
        """The font of the language, one that every office program of its country has."""
        return self.either("宋体", "Calibri")

    def either(self, zh: str, en: str) -> str:
        """Return the words in the workbook's language."""
        return zh if self.language == "zh" else en

    def say(self, wording: Wording) -> str:
        """Return a wording in the workbook's language."""
        return wording.say(self.language)

    def style(self, style: str, tint: str | None = None, link: bool = False) -> Any:
        """Return the format of a style, with a tint and as a link."""
        key = style, tint, link
        if key not in self._formats:
            fill, letters = TINTS.get(tint or "", (None, None))
            properties = {**STYLES[style], "border": 1, "border_color": "#D9D9D9"}
            properties |= {"bg_color": fill} if fill else {}
            properties |= {"font_color": letters} if letters else {}
            properties |= {"font_color": "#0B5394", "underline": 1} if link else {}
            self._formats[key] = self.plain(**properties)
        return self._formats[key]

    def plain(self, **properties: Any) -> Any:
        """Return a new format in the workbook's font."""
        return self.workbook.add_format({"font_name": self.font, "font_size": 10, "valign": "top", **properties})

    def sheet(self, name: str, tab: str = HEADER) -> Any:
        """Add a sheet that prints on A4 across, as wide as the paper, with its name and page numbers below."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(self.either("&L&A&R第 &P 页，共 &N 页", "&L&A&Rpage &P of &N"))
        sheet.set_tab_color(tab)
        sheet.hide_gridlines(2)
        return sheet

    def put(self, sheet: Any, row: int, column: int, cell: Cell, style: str, tint: str | None = None) -> None:
        """Write one cell. A text stays a text whatever it starts with."""
        link = None
        if isinstance(cell, Shown):
            tint, link, cell = cell.tint or tint, cell.link, cell.value
        if cell is None or cell == "":
            sheet.write_blank(row, column, None, self.style(style, tint))
        elif isinstance(cell, str):
            if link:
                form = self.style(style, tint, True)
                sheet.write_url(row, column, f"internal:{link}", form, string=fitting(cell))
            else:
                sheet.write_string(row, column, fitting(cell), self.style(style, tint))
        elif not math.isfinite(cell):
            sheet.write_string(row, column, str(cell), self.style(style, tint))
        elif link:
            sheet.write_url(row, column, f"internal:{link}", self.style(style, tint, True), string=str(cell))
        else:
            sheet.write_number(row, column, cell, self.style(style, tint))

    def close(self) -> bytes:
        """Return the finished workbook. Raises AuditorError where the folder for temporary files is full or read-only."""
        from xlsxwriter.exceptions import XlsxWriterException

        try:
            self.workbook.close()
        except (OSError, XlsxWriterException) as error:
            raise AuditorError(
                f"工作簿无法写出：{error}；请检查临时文件夹的空间和权限",
                f"cannot write the workbook: {error}; please check space and rights of the folder for temporary files",
            ) from error
        return self._file.getvalue()


class Table:
    """A table with a frozen, filterable header. Where a sheet is full the table goes on on a further one, `名 (2)`."""

    def __init__(
        self, book: Book, name: Wording, columns: Sequence[Column], tab: str = HEADER, frozen: int = 0
    ) -> None:
        self.book, self.name, self.columns = book, name, columns
        self._tab, self._frozen = tab, frozen
        self._count = 0
        self._links = 0
        self._only: tuple[int, tuple[str, ...]] | None = None
        self._tones = [(column.style, column.tint) for column in columns]
        self._wraps = [at for at, column in enumerate(columns) if column.style == "text"]
        self._sheet = self._begin()

    def show_only(self, column: int, values: tuple[str, ...]) -> None:
        """Set the filter of a column before the first row; rows added as `hidden` are those it leaves out."""
        self._only = column, values

    def add(self, cells: Sequence[Cell], hidden: bool = False) -> None:
        """Write the next row; `cells` are as many as there are columns."""
        capacity = self.book.capacity
        if self._count and self._count % capacity == 0:
            self.close()
            self._sheet = self._begin()
        row = self._count % capacity + 1
        self._sheet.set_row(row, self._height(cells), None, {"hidden": True} if hidden else {})
        for at, (cell, (style, tint)) in enumerate(zip(cells, self._tones, strict=True)):
            if isinstance(cell, Shown) and cell.link:
                self._links += 1
                cell = cell if self._links <= _URLS else Shown(cell.value, cell.tint)
            if tint or (cell is not None and cell != ""):  # an empty cell without a colour needs no cell
                self.book.put(self._sheet, row, at, cell, style, tint)
        self._count += 1

    def finish(self, nothing: Wording | None = None) -> None:
        """Close the last sheet; `nothing` is what a table without rows says."""
        if nothing and not self._count:
            self.add([None] * len(self.columns))
            self.book.put(self._sheet, 1, 0, self.book.say(nothing), "plain", "dim")
        self.close()

    def close(self) -> None:
        """Set what spans the rows of the present sheet: filter, bars, choices, print titles."""
        sheet, last = self._sheet, (self._count - 1) % self.book.capacity + 1 if self._count else 0
        sheet.autofilter(0, 0, last, len(self.columns) - 1)
        if self._only and self._count:
            sheet.filter_column_list(self._only[0], list(self._only[1]))
        for at, column in enumerate(self.columns):
            if column.style == "bar" and last:
                sheet.conditional_format(1, at, last, at, bar())
            if column.choices and last:
                sheet.data_validation(1, at, last, at, {"validate": "list", "source": list(column.choices)})

    def _begin(self) -> Any:
        sheet = self.book.sheet(page_name(self.book.say(self.name), self._count // self.book.capacity), self._tab)
        self._links = 0
        sheet.hide_gridlines(1)
        sheet.freeze_panes(1, self._frozen)
        sheet.repeat_rows(0)
        for at, column in enumerate(self.columns):
            sheet.set_column(at, at, column.width)
        form = self.book.plain(
            bold=True, font_color="#FFFFFF", bg_color=HEADER, border=1, border_color="#D9D9D9",
            text_wrap=True, align="center", valign="vcenter",
        )  # fmt: skip
        sheet.set_row(0, 32)
        for at, column in enumerate(self.columns):
            sheet.write_string(0, at, self.book.say(column.title), form)
        return sheet

    def _height(self, cells: Sequence[Cell]) -> float:
        """Return the height that shows the longest text, or its first lines: files with heights open fast and look
        alike in every office program."""
        most = 1
        for at in self._wraps:
            cell = cells[at]
            value = cell.value if isinstance(cell, Shown) else cell
            if isinstance(value, str) and value:
                most = max(most, lines(value, self.columns[at].width))
            if most >= _MOST_LINES:
                break
        return min(most, _MOST_LINES) * _LINE + 3


def bar(color: str = "#BDD7EE") -> dict[str, Any]:
    """Return the format of a data bar for a score from 0 to 100."""
    return {
        "type": "data_bar", "bar_solid": True, "bar_color": color, "min_type": "num", "max_type": "num",
        "min_value": 0, "max_value": 100, "bar_border_color": color,
    }  # fmt: skip


def lines(text: str, width: float) -> int:
    """Return about how many lines a text takes in a column of `width` characters; texts are looked at up to 600."""
    room = max(1.0, width - 1.5)
    if len(text) * 2 <= room and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(columns_wide(part) / room)) for part in clean(text[:600]).split("\n"))


def page_name(name: str, page: int) -> str:
    """Return the name of a table's sheet number `page`, from 0."""
    return name if not page else f"{name} ({page + 1})"


def address(book: Book, name: Wording, rows: tuple[int, int], columns: int = 1) -> str:
    """Return where rows of a table stand, from 0, as a link names it; rows on two sheets lead to the first of them."""
    first, last = rows
    page = first // book.capacity
    last = min(last, (page + 1) * book.capacity - 1)
    top, bottom = first % book.capacity + 2, last % book.capacity + 2
    end = f":{chr(ord('A') + columns - 1)}{bottom}" if bottom > top or columns > 1 else ""
    return f"'{page_name(book.say(name), page)}'!A{top}{end}"
