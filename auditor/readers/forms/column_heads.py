"""The head of a table: which column holds what, told by the words above it, over one to three rows.

`金额` over `财政拨款`, `指标值` over `年度`: the words above a column are read together. Two indicator tables side by side
(中期 left, 年度 right) give two groups of columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.readers.content import Cell
from auditor.readers.forms.cell_grid import Grid
from auditor.readers.forms.words import MOST_LABEL, label_meanings
from auditor.text import plain

# Which column a word heads, the likelier one first where a word means several things.
_ROLES = {
    "project_name": "project_name", "serial": "serial",
    "level1": "level1", "level2": "level2", "level3": "level3",
    "cycle_target": "cycle_target", "cycle_value": "cycle_target",
    "annual_target": "annual_target", "annual_value": "annual_target",
    "operator": "operator", "weight": "weight", "nature": "nature", "direction": "direction",
    "explanation": "explanation", "actual": "actual", "actual_goal": "actual", "points": "points", "score": "score",
    "deviation": "deviation", "library_code": "library_code",
    "total": "total", "fiscal": "fiscal", "special_account": "special_account", "other_funds": "other_funds",
    "other_source": "other_source", "amount": "amount", "initial_budget": "amount", "revised_budget": "amount",
    "goal": "goal", "cycle_goal": "cycle_goal", "annual_goal": "annual_goal", "indicators": "indicators",
    "annual_indicators": "indicators", "cycle_indicators": "indicators",
    "unit": "unit", "head_department": "head_department", "measure_unit": "measure_unit", "remark": "remark",
}  # fmt: skip
MONEY = ("total", "fiscal", "special_account", "other_funds", "other_source", "amount")
GOALS = ("goal", "cycle_goal", "annual_goal")
LEVELS = ("level1", "level2", "level3")
TARGETS = ("cycle_target", "annual_target")
MOST_HEAD_ROWS = 3

_CYCLE = re.compile("中期|实施期|周期|长期|总体|中长期|总目标")
_ANNUAL = re.compile("年度|当年|本年|全年")

# One of these words stands in every head.
_HEAD_SIGN = re.compile("名|指|级")
_HEADS = frozenset({"project_name", "level3", "indicators"})

Columns = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Head:
    """A head from row `first` to `last`; `groups` hold the columns of each role, one mapping for each table side by side."""

    first: int
    last: int
    groups: tuple[Columns, ...]
    width: int

    @property
    def columns(self) -> Columns:
        """The columns of the first group."""
        return self.groups[0]

    @property
    def is_project_table(self) -> bool:
        """Whether the rows below are projects: a name, and a goal or indicators beside it."""
        return "project_name" in self.columns and bool({*GOALS, "indicators", "level3"} & set(self.columns))

    @property
    def is_indicator_table(self) -> bool:
        """Whether the rows below are indicators."""
        found = set(self.columns)
        return "level3" in found and bool({"level1", "level2", *TARGETS} & found)

    def has(self, *roles: str) -> bool:
        """Tell whether any group has a column of one of `roles`."""
        return any(role in group for group in self.groups for role in roles)


def read_head(grid: Grid, row: int) -> Head | None:
    """Read the head that begins in `row`; None where none does."""
    cells = grid.fresh(row)
    if len(cells) < 2 or not any(_may_head(cell.text) for _, cell in cells):
        return None
    best = _head(grid, row, 1)
    for depth in range(2, MOST_HEAD_ROWS + 1):
        if row + depth > grid.height or (row + depth - 1 in grid.starts and depth > 1):
            break
        deeper = _head(grid, row, depth)
        if _is_better(grid, deeper, best):
            best = deeper
    return best if best.is_project_table or best.is_indicator_table else None


def _may_head(text: str) -> bool:
    """Tell whether a cell may belong to a head; most cells are told at a glance."""
    return bool(len(text) <= MOST_LABEL and _HEAD_SIGN.search(text) and _HEADS & label_meanings(text))


def _is_better(grid: Grid, deeper: Head, best: Head) -> bool:
    """Accept further rows as head where most of their words are a head's words and no column loses its meaning."""
    found, known = _all_roles(deeper), _all_roles(best)
    if not known - {"amount", "indicators", "annual_target", *GOALS} <= found:
        return False
    fresh = [at for row in range(best.last + 1, deeper.last + 1) for at, _ in grid.fresh(row)]
    if not fresh:
        return False
    columns = {at for group in deeper.groups for columns in group.values() for at in columns}
    own = sum(bool(_own_roles(grid, deeper, at)) or at in columns for at in fresh)
    words = sum(bool(_own_roles(grid, deeper, at)) for at in fresh)
    return words >= 1 and own == len(fresh) and (found != known or len(deeper.groups) > len(best.groups))


def _own_roles(grid: Grid, head: Head, column: int) -> frozenset[str]:
    cell = grid.at(head.last, column)
    upper = grid.at(head.last - 1, column)
    if cell is None:
        return frozenset()
    together = upper.text + cell.text if upper is not None and upper is not cell else cell.text
    reverse = cell.text + upper.text if upper is not None and upper is not cell else cell.text
    return label_meanings(cell.text) | label_meanings(together) | label_meanings(reverse)


def _all_roles(head: Head) -> set[str]:
    return {role for group in head.groups for role in group}


def _head(grid: Grid, first: int, depth: int) -> Head:
    groups: list[dict[str, list[int]]] = [{}]
    heads: list[dict[str, tuple[Cell, ...]]] = [{}]
    for column in range(len(grid.covers[first])):
        stack = _stack(grid, first, depth, column)
        role = _role([cell.text for cell in stack])
        if role is None:
            continue
        known = heads[-1].get(role)
        if (
            known is not None
            and all(one is two for one, two in zip(known, stack, strict=False))
            and len(known) == len(stack)
        ):
            groups[-1][role].append(column)
            continue
        if (
            known is not None
            and role == "annual_target"
            and "cycle_target" not in groups[-1]
            and not _ends_group(groups)
        ):
            groups[-1]["cycle_target"] = groups[-1].pop("annual_target")
            heads[-1]["cycle_target"] = heads[-1].pop("annual_target")
        elif known is not None:
            if role not in LEVELS or "level3" not in groups[-1]:
                continue
            groups.append({})
            heads.append({})
        groups[-1][role] = [column]
        heads[-1][role] = stack
    return Head(first, first + depth - 1, tuple(_settled(group) for group in groups), grid.widths[first])


def _ends_group(groups: Sequence[Mapping[str, Sequence[int]]]) -> bool:
    return "level3" not in groups[-1]


def _settled(group: Mapping[str, Sequence[int]]) -> Columns:
    """Give a role to columns whose word says too little by itself."""
    found = {role: tuple(columns) for role, columns in group.items()}
    if "level3" not in found and "indicators" in found and {"level1", "level2"} & set(found):
        found["level3"] = found.pop("indicators")
    if "total" not in found and "amount" in found:
        found["total"] = found.pop("amount")
    if "measure_unit" in found and "level3" not in found:
        found["unit"] = found.get("unit", found.pop("measure_unit"))
    return found


def _stack(grid: Grid, first: int, depth: int, column: int) -> tuple[Cell, ...]:
    """Return the written cells above a column, each once, from top to bottom."""
    cells: list[Cell] = []
    for row in range(first, first + depth):
        cell = grid.at(row, column)
        if cell is not None and cell.text.strip() and not any(cell is known for known in cells):
            cells.append(cell)
    return tuple(cells)


def _role(texts: Sequence[str]) -> str | None:
    """Tell the role of a column from the words above it: the lowest word counts most."""
    if not texts:
        return None
    last = texts[-1]
    role = _word_role(last)
    if len(texts) == 1:
        return role
    upper = "".join(texts[:-1])
    if role == "annual_target" and plain(last).text in ("指标值", "目标值", "值", "内容"):
        return "cycle_target" if _CYCLE.search(upper) and not _ANNUAL.search(upper) else role
    if role is not None and role not in ("other_funds", "amount"):
        return role
    return role or _word_role(last + upper) or _word_role(upper + last) or _above(texts[:-1], last)


def _above(upper: Sequence[str], last: str) -> str | None:
    """Let an upper word stand for the column where the lower one only adds to it (`年度` below `绩效目标`)."""
    role = _role(upper)
    if role == "goal" and _ANNUAL.search(last):
        return "annual_goal"
    if role == "goal" and _CYCLE.search(last):
        return "cycle_goal"
    return None if role in ("indicators", "amount") else role


def _word_role(word: str) -> str | None:
    known = label_meanings(word)
    return next((role for meaning, role in _ROLES.items() if meaning in known), None)
