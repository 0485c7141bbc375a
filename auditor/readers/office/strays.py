"""Single cells far away from a sheet's table, which would make its rectangle too large to be read: found and left out.

A blank typed by mistake in row 1,000,000 must not cost the table; it is taken out of the XML and reported.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

from auditor.readers.archive import open_member
from auditor.readers.office.marks import Position
from auditor.readers.office.sheet_xml import filled_cells

MOST_STRAYS = 20
"""More cells than these far from the others are a table of their own, not strays."""

_LARGEST_SHARE = 0.2
"""Strays are few beside the cells of the table, too."""

_BLANK_ROWS = 200
_BLANK_COLUMNS = 40


@dataclass(frozen=True)
class Strays:
    """The cells to leave out, and the rows and columns up to the last cell of what stays."""

    cells: tuple[Position, ...]
    height: int
    width: int


def stray_cells(package: zipfile.ZipFile, part: str, most_cells: int) -> Strays | None:
    """Find the cells of the sheet in `part` without which its rectangle has at most `most_cells`; None if that fails."""
    found = filled_cells(package, part, most_cells)
    if not found:
        return None
    rows = _body({row for row, _ in found}, _BLANK_ROWS)
    columns = _body({column for row, column in found if row in rows}, _BLANK_COLUMNS)
    strays = tuple(at for at in found if at[0] not in rows or at[1] not in columns)
    few = len(strays) <= min(MOST_STRAYS, _LARGEST_SHARE * len(found))
    fits = rows.stop * columns.stop <= most_cells
    return Strays(strays, rows.stop, columns.stop) if few and fits else None


def _body(written: Collection[int], most_blank: int) -> range:
    """Return from the first written line to the last that `most_blank` empty ones do not part from it."""
    lines = sorted(written)
    last = next((above for above, line in pairwise(lines) if line - above > most_blank), lines[-1])
    return range(lines[0], last + 1)


def without_cells(package: zipfile.ZipFile, strays: Mapping[str, Collection[bytes]]) -> io.BytesIO:
    """Return a copy of the package in memory in which the sheet of each part lacks the cells with these addresses."""
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for member in package.infolist():
            with open_member(package, member) as part:
                data = part.read()
            for address in strays.get(member.filename, ()):
                cell = rb'<(?:\w+:)?c r="' + address + rb'"[^>]*?(?:/>|>.*?</(?:\w+:)?c>)'
                data = re.sub(cell, b"", data, count=1, flags=re.DOTALL)
            out.writestr(member.filename, data)
    copy.seek(0)
    return copy
