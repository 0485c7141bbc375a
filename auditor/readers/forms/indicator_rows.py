"""Indicators laid out one a row: classes merged down, repeated, or printed once and left blank below.

Every written row becomes an indicator, goes on with the one above, or is quoted in a Gap; only sums and rows of a blank
form that nobody filled in are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from auditor.document import Gap, Indicator, Passage
from auditor.readers.content import Cell, changed
from auditor.readers.forms.cell_grid import Grid
from auditor.readers.forms.column_heads import LEVELS, TARGETS, Columns
from auditor.readers.forms.indicator_fields import Level, indicator, is_placeholder, level, one_line
from auditor.readers.forms.words import label_meanings
from auditor.readers.gaps import gap
from auditor.text import enumerator_length

FIELDS = (
    *LEVELS, *TARGETS, "operator", "measure_unit", "weight", "nature", "direction", "explanation", "library_code",
    "actual", "points", "score", "deviation",
)  # fmt: skip
_VALUES = (*TARGETS, "actual")
_ITEM = re.compile(r"\s*指标\s*\d{1,2}\s*[:：、.．]?\s*(?=\S)")
MOST_IN_A_CELL = 60


def cells_of(grid: Grid, row: int, columns: Columns, roles: Sequence[str]) -> dict[str, Cell]:
    """Return the cell of each role in a row: among a role's columns the first written one."""
    found: dict[str, Cell] = {}
    seen = grid.covers[row]
    for role in roles:
        if role not in columns:
            continue
        cells = [cell for at in columns[role] if at < len(seen) and (cell := seen[at]) is not None]
        if len(cells) == 1:
            found[role] = cells[0]
        elif cells:
            found[role] = next((cell for cell in cells if cell.text.strip()), cells[0])
    return found


@dataclass
class IndicatorRows:
    """Collects the indicators of one project, row by row."""

    document: str
    indicators: list[Indicator] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    _levels: dict[str, Level | None] = field(default_factory=dict)
    _name: Cell | None = None

    def add(self, grid: Grid, row: int, columns: Columns, *, after_break: bool = False) -> bool:
        """Take one row; False if nothing of an indicator stands in it.

        `after_break` says that a page or table ended above this row, so that it may be the rest of the one above.
        """
        fields = cells_of(grid, row, columns, FIELDS)
        self._take_levels(grid, row, columns, fields)
        name = fields.get("level3")
        if name is not None and name is self._name:
            return self._go_on(grid, row, columns, fields, " ")
        self._name = None
        if name is not None and any(fields.get(role) is name for role in TARGETS):
            return False
        written = [role for role in _VALUES if role in fields and self._is_own(grid, row, columns, role, fields)]
        if _is_sum(fields):
            return False
        if name is None or is_placeholder(name.text):
            return self._nameless(grid, row, columns, fields, written, after_break or row in grid.starts)
        self._name = name
        for part in _parts(fields):
            self._append(part)
        if _holds_several(fields):
            self.gaps.append(_several(self.document, grid, row))
        return True

    def _append(self, fields: Mapping[str, Cell]) -> None:
        made, gaps = indicator(
            fields, self._levels.get("level1"), self._levels.get("level2"), len(self.indicators) + 1, self.document
        )
        self.indicators.append(made)
        self.gaps += gaps

    def _take_levels(self, grid: Grid, row: int, columns: Columns, fields: dict[str, Cell]) -> None:
        """Bring the classes up to date; a cell that spans several of class and name counts once."""
        name = fields.get("level3")
        for role in ("level1", "level2"):
            cell = fields.get(role)
            if cell is None:
                continue
            if cell is name:
                self._levels[role] = None
                continue
            if role == "level2" and cell is fields.get("level1"):
                self._levels["level2"] = None
                continue
            found = level(cell)
            if found is not None and not _is_sum_word(cell.text):
                if role == "level1" and grid.is_fresh(row, columns[role][0]):
                    self._levels["level2"] = None
                self._levels[role] = found

    def _is_own(self, grid: Grid, row: int, columns: Columns, role: str, fields: Mapping[str, Cell]) -> bool:
        return bool(fields[role].text.strip()) and any(grid.is_fresh(row, at) for at in columns[role])

    def _nameless(
        self,
        grid: Grid,
        row: int,
        columns: Columns,
        fields: Mapping[str, Cell],
        written: Sequence[str],
        after_break: bool,
    ) -> bool:
        """Deal with a row without a name: blank form, the rest of a row that a page break cut, or a Gap."""
        own = [role for role in written if not is_placeholder(fields[role].text)]
        if not own:
            return False
        if after_break and self.indicators:
            return self._go_on(grid, row, columns, fields, "")
        self.gaps.append(unread_row(self.document, grid, row))
        return True

    def _go_on(self, grid: Grid, row: int, columns: Columns, fields: Mapping[str, Cell], between: str) -> bool:
        """Add what a row says to the indicator above."""
        last = self.indicators[-1]
        for role in (*_VALUES, "deviation"):
            cell, known = fields.get(role), getattr(last, role)
            if cell is None or not self._is_own(grid, row, columns, role, fields):
                continue
            added = one_line(cell)
            text = added.text if not known else known.text + between + added.text
            changes: dict[str, Any] = {role: Passage(text, known.place if known else added.place)}
            last = replace(last, **changes)
        self.indicators[-1] = last
        return True


def _is_sum_word(text: str) -> bool:
    return "sum_row" in label_meanings(text)


def _is_sum(fields: Mapping[str, Cell]) -> bool:
    first = next((fields[role] for role in LEVELS if role in fields and fields[role].text.strip()), None)
    return first is not None and _is_sum_word(first.text)


def _items(cell: Cell) -> list[str]:
    """Return the numbered lines of a cell, without their numbers where all are numbered."""
    lines = [line for line in cell.text.split("\n") if line.strip()]
    if len(lines) < 2 or len(lines) > MOST_IN_A_CELL:
        return lines
    marked = [_ITEM.match(line) for line in lines]
    if all(marked):
        return [line[match.end() :] for line, match in zip(lines, marked, strict=True) if match]
    lengths = [enumerator_length(line.lstrip()) for line in lines]
    return [line.lstrip()[length:] for line, length in zip(lines, lengths, strict=True)] if all(lengths) else lines


def _is_list(cell: Cell) -> bool:
    lines = [line for line in cell.text.split("\n") if line.strip()]
    return len(lines) > 1 and all(_ITEM.match(line) or enumerator_length(line.lstrip()) for line in lines)


def _parts(fields: Mapping[str, Cell]) -> list[dict[str, Cell]]:
    """Split a cell that lists several names into one indicator each, where every value lists as many."""
    items = {
        role: _items(fields[role]) for role in ("level3", *_VALUES) if role in fields and fields[role].text.strip()
    }
    count = len(items["level3"])
    if not _is_list(fields["level3"]) or any(len(found) != count for found in items.values()) or len(items) < 2:
        return [dict(fields)]
    return [
        {role: changed(cell, text=items[role][at]) if role in items else cell for role, cell in fields.items()}
        for at in range(count)
    ]


def _holds_several(fields: Mapping[str, Cell]) -> bool:
    return _is_list(fields["level3"]) and len(_parts(fields)) == 1


def unread_row(document: str, grid: Grid, row: int) -> Gap:
    """Report a row below an indicator head that has no indicator's name."""
    return gap(
        document,
        "这一行没有指标名称，未能读成指标，没有审核；请核对原表的合并单元格",
        "this row has no indicator name and was not read as an indicator; please look at its merged cells",
        place=grid.row_place(row),
        quote=grid.texts(row),
    )


def _several(document: str, grid: Grid, row: int) -> Gap:
    return gap(
        document,
        "一个单元格里列了几条指标，与指标值对不上，只作为一条审核；请一行只填一条指标",
        "one cell lists several indicators that do not match its values one to one; they were checked as one",
        place=grid.row_place(row),
        quote=grid.texts(row),
    )


def merged_by_name(cycle: Sequence[Indicator], annual: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Bring the indicators of a mid-term and an annual table together: equal classes and names are one indicator."""
    left = list(annual)
    found: list[Indicator] = []
    for one in cycle:
        twin = next((at for at, other in enumerate(left) if _key(one) == _key(other)), None)
        if twin is None:
            found.append(one)
        else:
            other = left.pop(twin)
            found.append(
                replace(other, cycle_target=one.cycle_target, name=one.name, level1=one.level1, level2=one.level2)
            )
    return tuple(replace(one, ordinal=at) for at, one in enumerate([*found, *left], start=1))


def _key(one: Indicator) -> tuple[str, str]:
    return (one.level2.plain.text if one.level2 else "", one.name.plain.text)
