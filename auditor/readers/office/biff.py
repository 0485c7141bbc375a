"""The marks of XLS cells: number formats and errors, from the records of the workbook stream (MS-XLS, BIFF5 and 8)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from auditor.readers.office.marks import Marks
from auditor.readers.office.number_format import BUILT_IN, matters
from auditor.readers.office.ole import OleError, OleFile

_BOF, _EOF, _SHEET, _FORMAT, _STYLE, _LOCK = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0, 0x002F
_NUMBER, _SMALL, _SMALL_RUN, _FORMULA, _ERROR = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205

_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip

Record = tuple[int, int, bytes]
"""Offset in the stream, number, and data of a record."""


class LockedError(ValueError):
    """The workbook is under a password."""


def workbook_marks(path: Path) -> tuple[Marks, ...]:
    """Return the marks of each sheet of the XLS file at `path`, in workbook order.

    Raises LockedError for a workbook under a password; OleError or struct.error for a damaged one.
    """
    with path.open("rb") as file:
        container = OleFile(file)
        name = next((name for name in ("Workbook", "Book", "WORKBOOK", "BOOK") if name in container.names()), "")
        stream = container.stream(name)
    codes: list[str] = []
    own: dict[int, str] = {}
    starts: list[int] = []
    for _, number, data in _records(stream, 0):
        if number == _LOCK:
            raise LockedError(path.name)
        if number == _SHEET:
            starts.append(int.from_bytes(data[:4], "little"))
        elif number == _FORMAT:
            own[int.from_bytes(data[:2], "little")] = _code(data[2:], wide=name in ("Workbook", "WORKBOOK"))
        elif number == _STYLE:
            form = int.from_bytes(data[2:4], "little")
            codes.append(own.get(form, BUILT_IN.get(form, "")))
    return tuple(_sheet_marks(stream, start, codes) for start in starts)


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """Yield the records from `at` to the end of the substream that begins there."""
    while at + 4 <= len(stream):
        number, length = struct.unpack_from("<2H", stream, at)
        if number == _EOF:
            return
        yield at, number, stream[at + 4 : at + 4 + length]
        at += 4 + length
    raise OleError("the workbook ends early")


def _code(data: bytes, *, wide: bool) -> str:
    """Return the text of a format record: counted in 16 bits with a width flag (BIFF8), or in 8 bits (BIFF5)."""
    if not wide:
        return data[1 : 1 + data[0]].decode("gb18030", "replace")
    count, flags = struct.unpack_from("<HB", data)
    if flags & 1:
        return data[3 : 3 + 2 * count].decode("utf-16-le", "replace")
    return data[3 : 3 + count].decode("latin-1")


def _sheet_marks(stream: bytes, start: int, codes: list[str]) -> Marks:
    marks = Marks()
    for _, number, data in _records(stream, start):
        if number in (_NUMBER, _SMALL, _FORMULA, _ERROR):
            row, column, style = struct.unpack_from("<3H", data)
            error = _error(number, data)
            if error:
                marks.errors[row, column] = error
            else:
                _add(marks, row, column, style, codes)
        elif number == _SMALL_RUN:
            row, first = struct.unpack_from("<2H", data)
            for column, at in enumerate(range(4, len(data) - 5, 6), first):
                _add(marks, row, column, int.from_bytes(data[at : at + 2], "little"), codes)
    return marks


def _error(number: int, data: bytes) -> str | None:
    """Return the error that the cell shows, if it shows one."""
    if number == _ERROR and data[7:8] == b"\x01":
        return _ERRORS.get(data[6], "#VALUE!")
    if number == _FORMULA and data[12:14] == b"\xff\xff" and data[6] == 2:
        return _ERRORS.get(data[8], "#VALUE!")
    return None


def _add(marks: Marks, row: int, column: int, style: int, codes: list[str]) -> None:
    code = codes[style] if style < len(codes) else ""
    if matters(code):
        marks.formats[row, column] = code
