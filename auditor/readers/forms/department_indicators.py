"""The indicators of a department form.

In merged tables every cell stands in its column. In text tables rows whose leading cells were merged away arrive shifted
to the left; such a row is recognised by the class name it begins with and counted from its own first cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from auditor.document import Gap, Indicator, Passage
from auditor.readers.content import Cell
from auditor.readers.forms.cell_grid import Covered, Grid
from auditor.readers.forms.column_heads import LEVELS, TARGETS, Head, read_head
from auditor.readers.forms.indicator_rows import FIELDS, IndicatorRows
from auditor.readers.forms.words import is_class_name, label_meanings, meanings
from auditor.wording import Wording


@dataclass
class Columns:
    """Where a header puts its columns: meaning to column number."""

    at: dict[str, int] = field(default_factory=dict)

    def learn(self, row: Covered) -> bool:
        """Take the positions from a header row; False if the row is none."""
        found = {
            meaning: at
            for at, cell in enumerate(row)
            if cell
            for meaning in meanings(cell.text)
            if not meaning.startswith("block_")
        }
        if len(found) < 3 or not {"level3", "task_name"} & set(found):
            return False
        self.at = found
        return True

    def cell(self, row: Covered, *meanings_: str) -> Cell | None:
        """Return the cell under the first of some columns that the header has."""
        at = next((self.at[meaning] for meaning in meanings_ if meaning in self.at), None)
        return row[at] if at is not None and at < len(row) else None


def filled(row: Covered) -> list[Cell]:
    """Return the written cells of a row."""
    return [cell for cell in row if cell and cell.text.strip()]


def passage(cell: Cell | None) -> Passage | None:
    """Return a cell's text as a passage."""
    return Passage(cell.text.strip(), cell.place) if cell else None


def read_indicators(table: Grid, rows: Sequence[int], document: str) -> tuple[tuple[Indicator, ...], list[Gap]]:
    """Read the indicators in some rows of a department form, the row of their head among them."""
    heads = [head for row in rows if (head := read_head(table, row)) is not None and head.is_indicator_table]
    if heads and (_is_merged(table, rows) or heads[0].has(*(set(FIELDS) - {*LEVELS, *TARGETS}))):
        return _merged_indicators(table, rows, heads, document)
    return _plain_indicators([table.rows[row] for row in rows], document)


def _is_merged(table: Grid, rows: Sequence[int]) -> bool:
    return any(cell is None for row in rows for cell in table.rows[row])


def _merged_indicators(
    table: Grid, rows: Sequence[int], heads: Sequence[Head], document: str
) -> tuple[tuple[Indicator, ...], list[Gap]]:
    found = IndicatorRows(document)
    gaps: list[Gap] = []
    head = heads[0]
    for row in rows:
        head = next((one for one in heads if one.first == row), head)
        cells = table.fresh(row)
        if not cells or head.first <= row <= head.last:
            continue
        if "closing" in label_meanings(cells[0][1].text):
            break
        if not found.add(table, row, head.columns) and len(cells) > 1 and not _is_label_row(cells, head):
            gaps.append(unread(table.rows[row], document))
    return tuple(found.indicators), [*gaps, *found.gaps]


def _is_label_row(cells: Sequence[tuple[int, Cell]], head: Head) -> bool:
    """Tell a row of a blank form, or a sum, from one that says something."""
    names = {at for role in LEVELS for at in head.columns.get(role, ())}
    return all(at in names or at == 0 for at, _ in cells) or any(
        "sum_row" in label_meanings(cell.text) for _, cell in cells
    )


def _plain_indicators(rows: Sequence[Covered], document: str) -> tuple[tuple[Indicator, ...], list[Gap]]:
    columns = Columns({"level1": 1, "level2": 2, "level3": 3, "cycle_target": 4, "annual_target": 5})
    found: list[Indicator] = []
    gaps: list[Gap] = []
    level1: Passage | None = None
    level2: Passage | None = None
    for row in rows:
        cells = filled(row)
        if cells and cells[0] is row[0] and "block_indicators" in meanings(cells[0].text) and not columns.learn(row):
            cells = cells[1:]
        if columns.learn(row) or not cells or (len(cells) == 1 and cells[0] is row[0]):
            continue
        head, names = _classes(row, cells, columns)
        if head:
            level1 = passage(head[0])
            level2 = passage(head[1]) if len(head) > 1 else None
        elif names and names[0] is not cells[0]:
            level2 = passage(cells[0])
        indicator = _indicator(row, names, columns, level1, level2, len(found) + 1)
        if indicator:
            found.append(indicator)
        else:
            gaps.append(unread(row, document))
    return tuple(found), gaps


def _classes(row: Covered, cells: Sequence[Cell], columns: Columns) -> tuple[list[Cell], list[Cell]]:
    """Tell the class cells in front of a row from its name and values; the latter are never taken for classes."""
    fields = 1 + sum(meaning in columns.at for meaning in ("cycle_target", "annual_target"))
    rest = list(cells)
    head: list[Cell] = []
    if is_class_name(rest[0].text, 1) and len(rest) > 1:
        head.append(rest.pop(0))
    if is_class_name(rest[0].text, 2) and (len(rest) > fields or _stands_as_class(rest, row, columns)):
        second = rest.pop(0)
        if head:
            head.append(second)
    return head, rest


def _stands_as_class(cells: Sequence[Cell], row: Covered, columns: Columns) -> bool:
    """Tell a class before a name from a name before a value, where some value is missing: the next cell has no digit."""
    level2, level3 = columns.cell(row, "level2"), columns.cell(row, "level3")
    return len(cells) > 1 and cells[0] is level2 and cells[1] is level3 and not re.search(r"\d", cells[1].text)


def _indicator(
    row: Covered,
    names: Sequence[Cell],
    columns: Columns,
    level1: Passage | None,
    level2: Passage | None,
    ordinal: int,
) -> Indicator | None:
    """Read name and values from the columns, moved by as much as the name itself was moved."""
    if not names or "level3" not in columns.at:
        return None
    name_at = next(at for at, cell in enumerate(row) if cell is names[0])
    shift = name_at - columns.at["level3"]
    if shift > 0:
        return None

    def value(meaning: str) -> Passage | None:
        at = columns.at.get(meaning)
        if at is None:
            return None
        cell = row[at + shift] if 0 <= at + shift < len(row) else None
        return passage(cell) or Passage("", names[0].place)

    return Indicator(
        ordinal=ordinal,
        name=Passage(names[0].text.strip(), names[0].place),
        level1=level1,
        level2=level2,
        cycle_target=value("cycle_target"),
        annual_target=value("annual_target"),
    )


def unread(row: Covered, document: str) -> Gap:
    """Report a row of a department form that was not understood."""
    cells = filled(row)
    return Gap(
        document,
        "read",
        Wording(
            "部门整体表的这一行未能读懂，没有审核；请核对原表的合并单元格",
            "this row of the department form was not understood and not checked; please look at its merged cells",
        ),
        cells[0].place,
        quote=" | ".join(cell.text.strip() for cell in cells),
    )
