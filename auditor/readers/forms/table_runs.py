"""Tables of a file in runs: those that belong together, and as which form they are to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from auditor.readers.content import Content, Line, Table
from auditor.readers.forms.cell_grid import Grid, grid, line_grid
from auditor.readers.forms.column_heads import read_head
from auditor.readers.forms.form_labels import GOALS, INDICATORS, labels
from auditor.readers.forms.project_form import name_label
from auditor.readers.forms.side_by_side import parts_of
from auditor.readers.forms.words import inline_label, is_instruction_name, meanings

Kind = Literal["department_form", "project_table", "project_form", "indicators", "other"]
_DEPARTMENT_BLOCKS = frozenset({"block_budget", "block_key_tasks", "block_other_tasks"})


@dataclass
class Run:
    """Tables of one kind that go on one after another; `above` are the lines above each of them."""

    kind: Kind
    grids: list[Grid] = field(default_factory=list)
    above: list[tuple[Line, ...]] = field(default_factory=list)

    @property
    def is_form(self) -> bool:
        """Whether this is an official form, or looks like a part of one."""
        return self.kind != "other"


def runs_of(content: Content) -> list[Run]:
    """Put the tables of a file into runs, in reading order; instruction sheets are left out where others stand."""
    found: list[Run] = []
    lines: list[Line] = []
    for block in _without_instructions(content.blocks):
        if isinstance(block, Line):
            lines.append(block)
            continue
        for table in side_by_side(block):
            _add(found, grid(table), lines)
            lines = []
    if found and lines:
        found[-1].above.append(tuple(lines))
    return found


def side_by_side(table: Table) -> tuple[Table, ...]:
    """Return the tables that stand beside one another in `table`, mostly itself alone: each is a form of its own."""
    parts = parts_of(table)
    if len(parts) > 1 and all(kind_of(grid(part)) in ("project_table", "project_form") for part in parts):
        return parts
    return (table,)


def _without_instructions(blocks: Sequence[Line | Table]) -> list[Line | Table]:
    kept = [block for block in blocks if not (block.place.sheet and is_instruction_name(block.place.sheet))]
    return kept if any(isinstance(block, Table) for block in kept) else list(blocks)


def _add(found: list[Run], table: Grid, lines: Sequence[Line]) -> None:
    kind = kind_of(table)
    named = [line for line in lines if _names_a_project(line)]
    if named and kind in ("indicators", "other"):
        _append(found, "project_form", [line_grid(line) for line in lines if inline_label(line.text)] + [table], lines)
        return
    last = found[-1] if found else None
    if last is not None and last.kind == "other" and _begins_form(last.grids[-1], table):
        last.kind = "project_form"
    if last is not None and kind in ("indicators", "other") and _goes_on(last, table):
        last.grids.append(table)
        last.above.append(tuple(lines))
        return
    _append(found, kind, [table], lines)


def _append(found: list[Run], kind: Kind, grids: Sequence[Grid], lines: Sequence[Line]) -> None:
    """Begin a run, or let a further form of the same kind join it; each department form is a run of its own."""
    if not (found and found[-1].kind == kind and kind in ("project_table", "project_form")):
        found.append(Run(kind))
    for at, part in enumerate(grids):
        found[-1].grids.append(part)
        found[-1].above.append(tuple(lines) if at == 0 else ())


def _names_a_project(line: Line) -> bool:
    found = inline_label(line.text)
    return found is not None and "project_name" in found[0]


def _begins_form(above: Grid, table: Grid) -> bool:
    """Tell whether a table that only names a project is the first page of a form that goes on in `table`."""
    if above.place.sheet != table.place.sheet or not any(name_label(above, row) for row in range(above.height)):
        return False
    return kind_of(table) in ("indicators", "other") and _has_more(table)


def _goes_on(run: Run, table: Grid) -> bool:
    """Tell whether a table without a form's name goes on with the run above it: never on another sheet."""
    last = run.grids[-1]
    if last.place.sheet != table.place.sheet or run.kind == "other":
        return False
    if run.kind == "project_form":
        return kind_of(table) == "indicators" or last.widths[-1] == table.widths[0]
    return last.widths[-1] == table.widths[0]


def kind_of(table: Grid) -> Kind:
    """Tell which form a table is, by its own words."""
    if _is_department_form(table):
        return "department_form"
    indicators = False
    for row in range(table.height):
        head = read_head(table, row)
        if head is not None and head.is_project_table:
            return "project_table"
        indicators = indicators or head is not None
        if name_label(table, row):
            return "project_form" if _has_more(table) else "other"
    return "indicators" if indicators else "other"


def _is_department_form(table: Grid) -> bool:
    first_column = {meaning for row in table.rows for cell in row[:1] if cell for meaning in meanings(cell.text)}
    return bool(_DEPARTMENT_BLOCKS & first_column)


def _has_more(table: Grid) -> bool:
    """Tell a form from any table that happens to name a project: a goal or indicators stand in it too."""
    return any({*GOALS, *INDICATORS} & label.meanings for label in labels(table, range(table.height)))
