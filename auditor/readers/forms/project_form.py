"""The form of a single project (项目支出绩效目标申报表, 自评表): labels with answers, then indicators one a row.

A file may hold many of them, one a sheet, page or table, or one below another; each begins with its 项目名称.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.document import Gap, Indicator, Passage, Project
from auditor.readers.forms.cell_grid import Grid
from auditor.readers.forms.column_heads import LEVELS, TARGETS, Columns, Head, read_head
from auditor.readers.forms.form_funds import read_funds
from auditor.readers.forms.form_goals import read_goals
from auditor.readers.forms.form_labels import GOALS, INFO, MONEY, Label, beside, labels
from auditor.readers.forms.headings import is_title
from auditor.readers.forms.indicator_fields import one_line
from auditor.readers.forms.indicator_rows import IndicatorRows, merged_by_name
from auditor.readers.forms.words import inline_label, is_note, label_meanings
from auditor.readers.gaps import gap

_ENDS = frozenset(
    {"closing", "project_name", "head_department", "goal", "cycle_goal", "annual_goal", "total", "block_funds"}
)
MOST_ROWS_ABOVE_NAME = 3


@dataclass(frozen=True)
class ProjectForm:
    """One project as its form tells it; `department` is who the form says is in charge."""

    project: Project
    department: str | None
    is_self_evaluation: bool
    notes: tuple[Passage, ...]
    gaps: tuple[Gap, ...]


def name_label(grid: Grid, row: int) -> Label | None:
    """Return the 项目名称 of a row, with its answer beside it or behind its colon; None if the row heads a table."""
    for label in labels(grid, [row]):
        if "project_name" in label.meanings:
            head = read_head(grid, row)
            return None if head is not None and head.is_project_table else label
    return None


def read_project_forms(grid: Grid, document: str, money: str | None) -> list[ProjectForm]:
    """Read all forms of one project each that stand below one another in `grid`."""
    names = [row for row in range(grid.height) if name_label(grid, row)]
    starts = [_start(grid, row, before) for row, before in zip(names, [-1, *names], strict=False)]
    ends = [*starts[1:], grid.height]
    return [_form(grid, start, row, end, document, money) for start, row, end in zip(starts, names, ends, strict=True)]


def _start(grid: Grid, name: int, before: int) -> int:
    """Return the first row of a form: labels and titles right above its name belong to it."""
    start = name
    while start - 1 > before and name - start < MOST_ROWS_ABOVE_NAME and start not in grid.starts:
        above = [label for label in labels(grid, [start - 1]) if {*INFO, *MONEY} & label.meanings]
        if not above and not is_title(grid.texts(start - 1)):
            break
        start -= 1
    return start


def _form(grid: Grid, start: int, name_row: int, end: int, document: str, money: str | None) -> ProjectForm:
    heads = _heads(grid, name_row + 1, end)
    body = heads[0].first if heads else end
    info = {role: _answer(grid, start, body, role) for role in INFO}
    budget, gaps = read_funds(grid, start, body, document, money)
    indicators, unread, below = _indicators(grid, heads, end, document)
    goals = read_goals(grid, start, body)
    if not goals.goal and (further := read_goals(grid, below, end)).goal is not None:
        goals = further
    name = info["project_name"] or Passage("", grid.row_place(name_row))
    found = [*gaps, *unread]
    if not name:
        found.append(_nameless(document, grid, name_row))
    elif not heads:
        found.append(_no_indicators(document, grid, name_row))
    unit = info["unit"]
    department = info["head_department"] or info["department"]
    return ProjectForm(
        project=Project(
            row=1,
            name=name,
            place=name.place,
            unit=unit.text if unit else None,
            budget=budget if budget.printed or budget.total is not None or gaps else None,
            goal=goals.goal,
            annual_goal=goals.annual_goal,
            indicators=indicators,
        ),
        department=department.text if department else None,
        is_self_evaluation=any(head.has("actual", "score") for head in heads),
        notes=(*((goals.actual,) if goals.actual else ()), *_remarks(grid, below, end)),
        gaps=tuple(found),
    )


def _remarks(grid: Grid, first: int, end: int) -> Iterator[Passage]:
    """Yield what stands below the indicators, a row each, but for labels of goals, which are read as such."""
    for row in range(first, end):
        cells = grid.fresh(row)
        if cells and not any({*GOALS, *MONEY} & label.meanings for label in labels(grid, [row])):
            yield Passage(grid.texts(row), cells[0][1].place)


def _answer(grid: Grid, first: int, end: int, role: str) -> Passage | None:
    """Return the first written answer to a label of `role`."""
    found: Passage | None = None
    for label in labels(grid, range(first, end)):
        if role in label.meanings and (role == "unit" or not (role != "department" and "unit" in label.meanings)):
            cell = beside(grid, label)
            found = found or (one_line(cell) if cell is not None else None)
    return found


def _heads(grid: Grid, first: int, end: int) -> list[Head]:
    found: list[Head] = []
    row = first
    while row < end:
        head = read_head(grid, row)
        if head is not None and head.is_indicator_table:
            found.append(head)
            row = head.last
        row += 1
    return found


def _indicators(
    grid: Grid, heads: Sequence[Head], end: int, document: str
) -> tuple[tuple[Indicator, ...], tuple[Gap, ...], int]:
    """Read all indicator tables of a form; a mid-term and an annual one are brought together.

    Also return the row with which the last of them is over.
    """
    kinds: dict[str, IndicatorRows] = {}
    gaps: list[Gap] = []
    over = end
    for at, head in enumerate(heads):
        stop = heads[at + 1].first if at + 1 < len(heads) else end
        groups = _groups(grid, head)
        for kind, _ in groups:
            kinds.setdefault(kind, IndicatorRows(document))
        for row in range(head.last + 1, stop):
            if _ends_indicators(grid, row, head):
                over = row if stop == end else over
                break
            if _is_wide(grid, row, head):
                continue
            if grid.widths[row] != head.width:
                gaps += _strayed(document, grid, row)
                continue
            for kind, columns in groups:
                kinds[kind].add(
                    grid, row, columns, after_break=at > 0 and row == head.last + 1 and head.first in grid.starts
                )
    gaps += [one for rows in kinds.values() for one in rows.gaps]
    if set(kinds) == {"cycle", "annual"}:
        return merged_by_name(kinds["cycle"].indicators, kinds["annual"].indicators), tuple(gaps), over
    found = [one for rows in kinds.values() for one in rows.indicators]
    return tuple(replace(one, ordinal=number) for number, one in enumerate(found, start=1)), tuple(gaps), over


def _groups(grid: Grid, head: Head) -> list[tuple[str, Columns]]:
    """Tell what each table under a head speaks of: `cycle`, `annual`, or `both` where it is the only one."""
    if len(head.groups) > 1:
        shared = {role: at for role, at in head.groups[0].items() if role in ("level1", "level2")}
        left, right = head.groups[0], {**shared, **head.groups[1]}
        if "cycle_target" in right and "cycle_target" not in left:
            return [("annual", left), ("cycle", right)]
        return [("cycle", _only(left, "cycle_target")), ("annual", right)]
    words: frozenset[str] = frozenset()
    for cell in grid.covers[head.first][: head.columns["level3"][0]]:
        words |= label_meanings(cell.text) if cell is not None else frozenset()
    columns = head.columns
    if all(role in columns for role in TARGETS):
        return [("both", columns)]
    if "cycle_indicators" in words:
        return [("cycle", _only(columns, "cycle_target"))]
    return [("annual", columns)]


def _only(columns: Columns, role: str) -> Columns:
    """Let the one value column of a table stand for `role`."""
    found = dict(columns)
    values = [found.pop(target) for target in TARGETS if target in found]
    return {**found, role: values[0]} if values else found


def _ends_indicators(grid: Grid, row: int, head: Head) -> bool:
    """Tell whether the indicators are over: another label opens the row, known or with one wide answer beside it."""
    cells = grid.fresh(row)
    if not cells:
        return False
    column, cell = cells[0]
    meaning = label_meanings(cell.text)
    if "sum_row" in meaning:
        return False
    inline = inline_label(cell.text)
    closes = is_note(cell.text) or (inline is not None and "closing" in inline[0])
    if closes and not _names_indicator(grid, row, head):
        return True
    first = min(head.columns[role][0] for role in LEVELS if role in head.columns)
    return (bool(_ENDS & meaning) and column <= first) or (
        column < first and len(cells) > 1 and _is_wide(grid, row, head)
    )


def _names_indicator(grid: Grid, row: int, head: Head) -> bool:
    """Tell whether a row has a name of its own under the head of names."""
    at = head.columns["level3"][0]
    name = grid.at(row, at)
    return name is not None and grid.is_fresh(row, at) and bool(name.text.strip()) and inline_label(name.text) is None


def _is_wide(grid: Grid, row: int, head: Head) -> bool:
    """Tell a row in which one cell lies over the columns of name and value alike: a remark or a line between sections."""
    name = grid.at(row, head.columns["level3"][0])
    values = [grid.at(row, head.columns[role][0]) for role in TARGETS if role in head.columns]
    return name is not None and bool(values) and all(value is name for value in values)


def _strayed(document: str, grid: Grid, row: int) -> list[Gap]:
    """Report a row on a further page whose columns are not the head's."""
    if not grid.fresh(row):
        return []
    return [
        gap(
            document,
            "续表的列数与表头不一致，这一行未能对应到各栏，没有审核；请在续表上重复表头",
            "the table goes on with other columns than its head has, so this row was not checked; please repeat the head",
            place=grid.row_place(row),
            quote=grid.texts(row),
        )
    ]


def _nameless(document: str, grid: Grid, row: int) -> Gap:
    return gap(
        document,
        "这张表没有填项目名称；请核对是否为空白表",
        "this form has no project name; is it a blank form?",
        place=grid.row_place(row),
        quote=grid.texts(row),
    )


def _no_indicators(document: str, grid: Grid, row: int) -> Gap:
    return gap(
        document,
        "这张表没有找到绩效指标的表头（一级指标、二级指标、三级指标），指标没有审核",
        "no head of indicators (level 1, 2, 3) was found in this form; its indicators were not checked",
        place=grid.row_place(row),
        quote=grid.texts(row),
    )
