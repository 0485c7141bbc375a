"""XLSX and XLS: visible sheets as tables, numbers as their cells show them. No formula is run, no macro read."""

from __future__ import annotations

import gc
import struct
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.document import Gap, Place
from auditor.readers.archive import BAD_ZIP, check_package
from auditor.readers.content import Cell, Content, Table
from auditor.readers.gaps import (
    damaged,
    declares_entities,
    gap,
    nothing_read,
    protected,
    refused,
    too_large,
    too_many_cells,
)
from auditor.readers.grid import Row, cell_text, trim
from auditor.readers.limits import MEBIBYTE, Limits
from auditor.readers.office.marks import Marks, Position
from auditor.readers.office.number_format import Value, plainly, shown

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_MOST_CELL_GAPS = 100
"""So many cells of a sheet get a gap of their own; the rest share one."""


class _UnreadableError(Exception):
    """The file cannot be read; `gap` says why."""

    def __init__(self, found: Gap) -> None:
        super().__init__(str(found.reason))
        self.gap = found


@dataclass(frozen=True)
class _Sheet:
    """One sheet as calamine gives it: values from `top`, `left` (0-based) on, and what marks say about its cells."""

    name: str
    values: list[list[Value]]
    top: int
    left: int
    merged: Sequence[tuple[Position, Position]]
    marks: Marks


def read_spreadsheet(path: Path, name: str, limits: Limits) -> Content:
    """Read the XLSX or XLS file at `path`; `name` is what places and gaps call it.

    One Table for each visible sheet that holds anything, in workbook order; a cell's Place has sheet, row and address.
    Merged areas become spans; outer empty rows and columns are left out. Hidden rows and columns are read. Error
    values and formulas without a stored result add gaps. Failures come back as gaps; OSError passes through.
    """
    if path.stat().st_size > limits.file_mib * MEBIBYTE:
        return refused(too_large(name, limits.file_mib))
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"PK"
        return _read_packed(path, name, limits) if packed else _read_old(path, name, limits)
    except _UnreadableError as reason:
        return refused(reason.gap)


def _read_packed(path: Path, name: str, limits: Limits) -> Content:
    """Read an XLSX file."""
    from auditor.readers.office.sheet_xml import (
        EntitiesDeclaredError,
        prove_sizes,
        sheet_marks,
        sheet_parts,
        style_codes,
    )

    reason = check_package(path, name, "XLSX", limits)
    if reason:
        raise _UnreadableError(reason)
    try:
        with zipfile.ZipFile(path) as package:
            parts = sheet_parts(package)
            prove_sizes(package, frozenset(parts.values()))
            codes = style_codes(package)
            marks = {
                sheet: sheet_marks(package, part, codes, limits.cells)
                for sheet, part in parts.items()
                if part.lower().startswith("xl/worksheets/")
            }
    except EntitiesDeclaredError as error:
        raise _UnreadableError(declares_entities(name, "XLSX")) from error
    except (*BAD_ZIP, KeyError, SyntaxError) as error:
        raise _UnreadableError(damaged(name, "XLSX", error)) from error
    return _read(path, name, "XLSX", limits, marks)


def _read_old(path: Path, name: str, limits: Limits) -> Content:
    """Read an XLS file; an XLSX under a password is such a container too."""
    from auditor.readers.office.biff import LockedError, workbook_marks
    from auditor.readers.office.ole import OleError, OleFile

    try:
        with path.open("rb") as file:
            if "EncryptedPackage" in OleFile(file).names():
                raise _UnreadableError(protected(name))
        marks = workbook_marks(path)
    except LockedError as error:
        raise _UnreadableError(protected(name)) from error
    except (OleError, struct.error, IndexError) as error:
        raise _UnreadableError(damaged(name, "XLS", error)) from error
    return _read(path, name, "XLS", limits, marks)


def _read(path: Path, name: str, kind: str, limits: Limits, marks: dict[str, Marks] | tuple[Marks, ...]) -> Content:
    """Read the sheets with calamine; `marks` by sheet name, or in workbook order."""
    blocks: list[Table] = []
    gaps: list[Gap] = []
    count = 0
    book = _opened(path, name, kind)
    for at, sheet in _visible(book):
        own = marks.get(sheet, Marks()) if isinstance(marks, dict) else _nth(marks, at)
        place = Place(name, sheet=sheet)
        room = limits.cells - count
        if own.height * own.width > room:
            gaps.append(too_many_cells(name, count + own.height * own.width, limits.cells, place))
            continue
        found = _loaded(book, at, sheet, own, name, kind)
        if isinstance(found, Gap):
            gaps.append(found)
            continue
        count += len(found.values) * (len(found.values[0]) if found.values else 0)
        if count > limits.cells:
            gaps.append(too_many_cells(name, count, limits.cells, place))
            continue
        gaps += _cell_gaps(found, name)
        rows = _rows(found, name)
        if rows:
            blocks.append(Table(rows, place))
    if not blocks and not gaps:
        gaps.append(nothing_read(name))
    return Content(name, tuple(blocks), tuple(gaps))


def _nth(marks: tuple[Marks, ...], at: int) -> Marks:
    return marks[at] if at < len(marks) else Marks()


def _opened(path: Path, name: str, kind: str) -> CalamineWorkbook:
    from python_calamine import PasswordError, load_workbook

    try:
        # Opened as a file object, the format is judged by content; by path, calamine would trust the ending.
        return load_workbook(path.open("rb"))
    except PasswordError as error:
        raise _UnreadableError(protected(name)) from error
    except BaseException as error:
        _pass_on(error)
        raise _UnreadableError(damaged(name, kind, error)) from error


def _pass_on(error: BaseException) -> None:
    """Raise `error` again unless it comes from the parser, whose panics are no Exceptions."""
    if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
        raise error


def _visible(book: CalamineWorkbook) -> Iterator[tuple[int, str]]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for at, sheet in enumerate(book.sheets_metadata):
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet:
            yield at, sheet.name


def _loaded(book: CalamineWorkbook, at: int, sheet: str, marks: Marks, name: str, kind: str) -> _Sheet | Gap:
    try:
        found: CalamineSheet = book.get_sheet_by_index(at)
        values = found.to_python(skip_empty_area=True)
        top, left = found.start or (0, 0)
        return _Sheet(sheet, values, top, left, found.merged_cell_ranges or (), marks)
    except BaseException as error:
        _pass_on(error)
        return replace(damaged(name, kind, error), place=Place(name, sheet=sheet))


def address(row: int, column: int) -> str:
    """Return the address of a 0-based position: (6, 2) is C7."""
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """Return the letters of a 0-based column: 27 is AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _rows(sheet: _Sheet, name: str) -> tuple[Row, ...]:
    if not sheet.values or not sheet.values[0]:
        return ()
    _apply_marks(sheet)
    letters = [column_letters(sheet.left + at) for at in range(len(sheet.values[0]))]
    place = Place(name, sheet=sheet.name)
    with _no_collection():
        rows: list[list[Cell | None]] = [
            _row_cells(values, _row_place(place, row), letters)
            for row, values in enumerate(sheet.values, sheet.top + 1)
        ]
        _merge(rows, sheet)
        return trim([tuple(row) for row in rows])


def _apply_marks(sheet: _Sheet) -> None:
    """Put what the cell shows in place of its value, where the two differ."""
    height, width = len(sheet.values), len(sheet.values[0])
    for (row, column), code in sheet.marks.formats.items():
        row, column = row - sheet.top, column - sheet.left
        if 0 <= row < height and 0 <= column < width:
            sheet.values[row][column] = shown(sheet.values[row][column], code)
    for (row, column), error in sheet.marks.errors.items():
        row, column = row - sheet.top, column - sheet.left
        if 0 <= row < height and 0 <= column < width:
            sheet.values[row][column] = error


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the cycle collector out while hundreds of thousands of cells, which hold no cycles, come into being."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _row_place(sheet_place: Place, row: int) -> Place:
    """Return the place of a row; past the generated __init__, which, frozen, sets each field by a call of its own."""
    place = object.__new__(Place)
    fields = place.__dict__
    fields.update(vars(sheet_place))
    fields["row"] = row
    return place


def _row_cells(values: Sequence[Value], row_place: Place, letters: list[str]) -> list[Cell | None]:
    """Make the cells of one row."""
    return [
        Cell(
            (cell_text(value) if value.__class__ is str else plainly(value)) if value != "" else "", row_place, 1, 1, at
        )
        for at, value in zip(letters, values, strict=True)
    ]


def _merge(rows: list[list[Cell | None]], sheet: _Sheet) -> None:
    """Turn merged areas, as far as they lie in the used part of the sheet, into spans."""
    height, width = len(rows), len(rows[0])
    for (top, left), (bottom, right) in sheet.merged:
        hidden_corner = top < sheet.top or left < sheet.left
        top, left = max(top - sheet.top, 0), max(left - sheet.left, 0)
        bottom, right = min(bottom - sheet.top, height - 1), min(right - sheet.left, width - 1)
        if bottom < top or right < left:
            continue
        corner = rows[top][left]
        if corner is None:
            continue
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = [None] * (right + 1 - left)
        # Only the corner's value is to be seen; a corner outside the used part is empty.
        text = "" if hidden_corner else corner.text
        rows[top][left] = Cell(text, corner.place, bottom + 1 - top, right + 1 - left)


def _cell_gaps(sheet: _Sheet, name: str) -> list[Gap]:
    """Report the cells whose content is an error or was never computed."""
    found = [_error_gap(name, sheet.name, at, error) for at, error in sheet.marks.errors.items()]
    found += [_uncomputed_gap(name, sheet.name, at) for at in sheet.marks.uncomputed]
    more = len(found) - _MOST_CELL_GAPS
    if more <= 0:
        return found
    rest = gap(
        name,
        f"工作表“{sheet.name}”另有 {more} 个单元格为错误值或没有计算结果，未逐一列出。请用 Excel 或 WPS 重新计算后保存。",
        f"Sheet {sheet.name} has {more} more cells with errors or without results. "
        "Please recalculate and save with Excel or WPS.",
        place=Place(name, sheet=sheet.name),
    )
    return [*found[:_MOST_CELL_GAPS], rest]


def _error_gap(name: str, sheet: str, at: Position, error: str) -> Gap:
    cell = address(*at)
    return gap(
        name,
        f"工作表“{sheet}”的单元格 {cell} 是错误值 {error}，内容无法审核。请改正公式或引用后重新保存。",
        f"Cell {cell} of sheet {sheet} shows the error {error}, so its content was not checked. "
        "Please mend the formula or reference and save again.",
        place=Place(name, sheet=sheet, row=at[0] + 1, cell=cell),
        quote=error,
    )


def _uncomputed_gap(name: str, sheet: str, at: Position) -> Gap:
    cell = address(*at)
    return gap(
        name,
        f"工作表“{sheet}”的单元格 {cell} 是公式，但文件里没有保存计算结果，内容未读取。请用 Excel 或 WPS 打开并重新保存。",
        f"Cell {cell} of sheet {sheet} is a formula without a stored result and was not read. "
        "Please open the file with Excel or WPS and save it again.",
        place=Place(name, sheet=sheet, row=at[0] + 1, cell=cell),
    )
