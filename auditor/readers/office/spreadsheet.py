"""XLSX and XLS: sheets as tables, numbers as their cells show them. No formula is run, no macro read."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from itertools import repeat
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from auditor.collection import without_collection
from auditor.document import Gap, Place
from auditor.readers.archive import BAD_ZIP, check_package
from auditor.readers.content import Cell, Content, SheetCell, Table
from auditor.readers.gaps import damaged, declares_entities, nothing_read, refused, too_large, too_many_cells
from auditor.readers.grid import UNTIDY, Row, cell_text, trim
from auditor.readers.limits import MEBIBYTE, Limits
from auditor.readers.office.marks import Marks, Position
from auditor.readers.office.number_format import Value, decimal_text, plainly, shown
from auditor.readers.office.password import locked
from auditor.readers.office.sheet_gaps import address, cell_gaps, column_letters, stray_gap

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


T = TypeVar("T")


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

    One Table for each sheet that holds anything, in workbook order, hidden sheets apart; a cell's Place has sheet, row
    and address. Merged areas become spans; outer empty rows and columns are left out. Hidden rows and columns are read.
    Error values, formulas without a stored result and cells thousands of rows away from the table add gaps. Failures
    come back as gaps; OSError passes through.
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
    """Read an XLSX file. Nothing is handed to the parser before every size is proved and no entity is declared."""
    from auditor.readers.office.sheet_xml import EntitiesDeclaredError, prove_sizes, sheet_parts

    reason = check_package(path, name, "XLSX", limits)
    if reason:
        raise _UnreadableError(reason)
    try:
        with zipfile.ZipFile(path) as package:
            parts = sheet_parts(package)
            prove_sizes(package, parts.values())
            sheets = {sheet: part for sheet, part in parts.items() if part.lower().startswith("xl/worksheets/")}
            return _read_sheets(package, path, name, limits, sheets)
    except EntitiesDeclaredError as error:
        raise _UnreadableError(declares_entities(name, "XLSX")) from error
    except (*BAD_ZIP, KeyError, SyntaxError) as error:
        raise _UnreadableError(damaged(name, "XLSX", error)) from error


def _read_sheets(package: zipfile.ZipFile, path: Path, name: str, limits: Limits, sheets: Mapping[str, str]) -> Content:
    """Read the sheets; `sheets` gives the part that holds each.

    Looking through the sheets' XML and parsing go side by side, as calamine holds no lock of Python's. It opens the book,
    whose other parts are proved, while the sheets are glanced at; where they are surely small enough, it parses them
    while their marks are looked for.
    """
    from auditor.readers.office.sheet_xml import glance, sheet_marks, style_codes
    from auditor.readers.office.strays import Strays, stray_cells, without_cells

    (book,) = _beside([lambda: _opened(path.open("rb"), name, "XLSX")])
    codes = style_codes(package)
    seen = {sheet: glance(package, part, codes) for sheet, part in sheets.items()}
    small = sum(limits.cells + 1 if one.cells is None else one.cells for one in seen.values()) <= limits.cells
    ahead = _parsed_ahead(book()) if small else None
    marks = {
        sheet: Marks(height=one.height or 0, width=one.width or 0)
        if one.is_plain and small
        else sheet_marks(package, sheets[sheet], codes, limits.cells)
        for sheet, one in seen.items()
    }
    if ahead is not None:
        return _read(ahead, name, "XLSX", limits, marks)
    strays: dict[str, Strays] = {}
    for sheet, part in sheets.items():
        if marks[sheet].height * marks[sheet].width > limits.cells and (
            found := stray_cells(package, part, limits.cells)
        ):
            strays[sheet] = found
            marks[sheet] = marks[sheet].without(found.cells, found.height, found.width)
    cut = {sheets[sheet]: [address(*at).encode() for at in found.cells] for sheet, found in strays.items()}
    lighter = _opened(without_cells(package, cut), name, "XLSX") if cut else book()
    content = _read(_parsed_in_turn(lighter), name, "XLSX", limits, marks)
    gaps = [stray_gap(name, sheet, found.cells) for sheet, found in strays.items()]
    return replace(content, gaps=(*content.gaps, *gaps))


def _read_old(path: Path, name: str, limits: Limits) -> Content:
    """Read an XLS file; an XLSX under a password is such a container too."""
    from auditor.readers.office.biff import LockedError, workbook_marks
    from auditor.readers.office.ole import OleError, OleFile

    try:
        with path.open("rb") as file:
            if "EncryptedPackage" in OleFile(file).names():
                raise _UnreadableError(locked(name))
        marks = workbook_marks(path)
    except LockedError as error:
        raise _UnreadableError(locked(name)) from error
    except (OleError, struct.error, IndexError) as error:
        raise _UnreadableError(damaged(name, "XLS", error)) from error
    return _read(_parsed_in_turn(_opened(path.open("rb"), name, "XLS")), name, "XLS", limits, marks)


@dataclass(frozen=True)
class _Parsed:
    """A sheet before its values are asked for: `sheet()` waits for the parser, or sets it to work."""

    at: int
    name: str
    is_hidden: bool
    sheet: Callable[[], CalamineSheet]


def _read(
    sheets: Sequence[_Parsed], name: str, kind: str, limits: Limits, marks: dict[str, Marks] | tuple[Marks, ...]
) -> Content:
    """Take the sheets from calamine; `marks` by sheet name, or in workbook order."""
    blocks: list[Table] = []
    hidden: list[Table] = []
    gaps: list[Gap] = []
    count = 0
    for sheet in sheets:
        own = marks.get(sheet.name, Marks()) if isinstance(marks, dict) else _nth(marks, sheet.at)
        place = Place(name, sheet=sheet.name)
        if count + own.height * own.width > limits.cells:
            gaps.append(too_many_cells(name, count + own.height * own.width, limits.cells, place))
            continue
        found = _loaded(sheet, own, name, kind)
        if isinstance(found, Gap):
            gaps.append(found)
            continue
        count += len(found.values) * (len(found.values[0]) if found.values else 0)
        if count > limits.cells:
            gaps.append(too_many_cells(name, count, limits.cells, place))
            continue
        rows = _rows(found, name)
        if sheet.is_hidden:
            hidden += [Table(rows, place)] if rows else []
            continue
        gaps += cell_gaps(name, sheet.name, own)
        blocks += [Table(rows, place)] if rows else []
    if not blocks and not gaps:
        gaps.append(nothing_read(name))
    return Content(name, tuple(blocks), tuple(gaps), tuple(hidden))


def _nth(marks: tuple[Marks, ...], at: int) -> Marks:
    return marks[at] if at < len(marks) else Marks()


def _opened(file: BinaryIO, name: str, kind: str) -> CalamineWorkbook:
    """Open a workbook; as a file object its format is judged by content, by path calamine would trust the ending."""
    from python_calamine import PasswordError, load_workbook

    try:
        return load_workbook(file)
    except PasswordError as error:
        raise _UnreadableError(locked(name)) from error
    except BaseException as error:
        _pass_on(error)
        raise _UnreadableError(damaged(name, kind, error)) from error


def _pass_on(error: BaseException) -> None:
    """Raise `error` again unless it comes from the parser, whose panics are no Exceptions."""
    if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
        raise error


def _worksheets(book: CalamineWorkbook) -> Iterator[tuple[int, str, bool]]:
    """Yield number, name, and whether it is hidden, of each sheet with cells."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for at, sheet in enumerate(book.sheets_metadata):
        if sheet.typ == SheetTypeEnum.WorkSheet:
            yield at, sheet.name, sheet.visible != SheetVisibleEnum.Visible


def _parsed_in_turn(book: CalamineWorkbook) -> list[_Parsed]:
    return [
        _Parsed(at, name, is_hidden, partial(book.get_sheet_by_index, at)) for at, name, is_hidden in _worksheets(book)
    ]


def _parsed_ahead(book: CalamineWorkbook) -> list[_Parsed]:
    """Parse all sheets beside what else is done."""
    in_turn = _parsed_in_turn(book)
    results = _beside([one.sheet for one in in_turn])
    return [replace(one, sheet=result) for one, result in zip(in_turn, results, strict=True)]


def _beside(tasks: Sequence[Callable[[], T]]) -> list[Callable[[], T]]:
    """Run tasks one after another in a thread of their own, or right now where none is to be had.

    Returns for each a function that waits for its result and passes on its error.
    """
    results: list[Future[T]] = [Future() for _ in tasks]

    def run() -> None:
        for task, result in zip(tasks, results, strict=True):
            try:
                result.set_result(task())
            except BaseException as error:
                result.set_exception(error)

    try:
        Thread(target=run, daemon=True).start()
    except RuntimeError:
        run()
    return [result.result for result in results]


def _loaded(parsed: _Parsed, marks: Marks, name: str, kind: str) -> _Sheet | Gap:
    try:
        found = parsed.sheet()
        values = found.to_python(skip_empty_area=True)
        top, left = found.start or (0, 0)
        return _Sheet(parsed.name, values, top, left, found.merged_cell_ranges or (), marks)
    except BaseException as error:
        _pass_on(error)
        return replace(damaged(name, kind, error), place=Place(name, sheet=parsed.name))


def _rows(sheet: _Sheet, name: str) -> tuple[Row, ...]:
    if not sheet.values or not sheet.values[0]:
        return ()
    _apply_marks(sheet)
    place = Place(name, sheet=sheet.name)
    columns = [(place, column_letters(sheet.left + at)) for at in range(len(sheet.values[0]))]
    with without_collection():
        texts = zip(*map(_column_texts, zip(*sheet.values, strict=True)), strict=True)
        rows: list[list[Cell | None]] = [
            list(map(SheetCell, of_row, repeat(row), columns)) for row, of_row in enumerate(texts, sheet.top + 1)
        ]
        _merge(rows, sheet)
        return _trimmed(rows)


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


def _column_texts(values: Sequence[Value]) -> Sequence[str]:
    """Return what the cells of one column show; a column of nothing but plain text is soon done."""
    if set(map(type, values)) == {str}:
        whole = "".join(values)  # type: ignore[arg-type]
        if not any(sign in whole for sign in UNTIDY):
            return list(map(str.rstrip, values))  # type: ignore[arg-type]
    return [
        ""
        if value == ""
        else cell_text(value)
        if value.__class__ is str
        else decimal_text(value)
        if value.__class__ is float
        else plainly(value)
        for value in values
    ]


def _trimmed(rows: list[list[Cell | None]]) -> tuple[Row, ...]:
    """Cut off empty outer rows and columns; mostly there are none, which is soon told."""
    edges = (rows[0], rows[-1], [row[0] for row in rows], [row[-1] for row in rows])
    made = tuple(map(tuple, rows))
    return made if all(any(cell is not None and cell.text for cell in edge) for edge in edges) else trim(made)


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
