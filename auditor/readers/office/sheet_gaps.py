"""Addresses of spreadsheet cells, and the gaps about cells that hold nothing to check or stand far from all others."""

from __future__ import annotations

from collections.abc import Collection

from auditor.document import Gap, Place
from auditor.readers.gaps import gap
from auditor.readers.office.marks import Marks, Position

_MOST_CELL_GAPS = 100
"""So many cells of a sheet get a gap of their own; the rest share one."""

_MOST_NAMED = 8


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


def cell_gaps(name: str, sheet: str, marks: Marks) -> list[Gap]:
    """Report the cells of a sheet whose content is an error or was never computed."""
    found = [_error_gap(name, sheet, at, error) for at, error in marks.errors.items()]
    found += [_uncomputed_gap(name, sheet, at) for at in marks.uncomputed]
    more = len(found) - _MOST_CELL_GAPS
    if more <= 0:
        return found
    rest = gap(
        name,
        f"工作表“{sheet}”另有 {more} 个单元格为错误值或没有计算结果，未逐一列出。请用 Excel 或 WPS 重新计算后保存。",
        f"Sheet {sheet} has {more} more cells with errors or without results. "
        "Please recalculate and save with Excel or WPS.",
        place=Place(name, sheet=sheet),
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


def stray_gap(name: str, sheet: str, strays: Collection[Position]) -> Gap:
    """Report cells that were left out because they stand thousands of rows or columns away from the table."""
    first = sorted(strays)
    cells = "、".join(address(*at) for at in first[:_MOST_NAMED]) + ("…" if len(first) > _MOST_NAMED else "")
    return gap(
        name,
        f"工作表“{sheet}”的单元格 {cells} 离表格很远，没有读取；表格本身已读取。如内容有用请移到表格旁，否则请删除。",
        f"Cells {cells} of sheet {sheet} stand far away from the table and were not read; the table itself was. "
        "Please move them next to it if they matter, or delete them.",
        place=Place(name, sheet=sheet, row=first[0][0] + 1, cell=address(*first[0])),
        stage="limit",
    )
