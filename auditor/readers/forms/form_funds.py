"""The funds of a single project's form: 资金总额, 其中：财政拨款, 其他资金, beside or above their amounts.

Where a mid-term total stands beside the annual one, the annual column is the budget.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.document import Budget, Gap
from auditor.readers.content import Cell
from auditor.readers.forms.cell_amounts import budget_from, cell_amount
from auditor.readers.forms.cell_grid import Grid
from auditor.readers.forms.form_labels import MONEY, Label, beside, labels
from auditor.readers.forms.headings import head_currency
from auditor.readers.forms.words import label_meanings

_OWN = ("total", "cycle_total", "fiscal", "special_account", "other_funds", "other_source")


def read_funds(grid: Grid, first: int, end: int, document: str, money: str | None) -> tuple[Budget, tuple[Gap, ...]]:
    """Read the funds between two rows of a form; `money` is the unit that stands above the form, if any."""
    found = [label for label in labels(grid, range(first, end)) if set(MONEY) & label.meanings]
    words = [label.cell.text for label in found]
    at = _budget_columns(grid, first, end)
    answers = [(label, role, _answer(grid, label, role, at)) for label in found if (role := _role(label))]
    unit = head_currency(words) or money or _written_unit(answers) or "万元"
    cells: dict[str, dict[str, list[Cell]]] = {"cycle": {}, "annual": {}}
    columns: dict[int, str] = {}
    for label, role, cell in answers:
        columns = _kinds(label, role, answers, columns)
        kind = _kind(label, role, columns)
        if cell is not None:
            cells[kind].setdefault("total" if role in ("cycle_total", "block_funds") else role, []).append(cell)
    chosen = cells["annual"] if "total" in cells["annual"] or not cells["cycle"] else cells["cycle"]
    return budget_from(_single_total(chosen), document, unit)


def _role(label: Label) -> str | None:
    return next((role for role in (*_OWN, "block_funds") if role in label.meanings), None)


def _single_total(cells: dict[str, list[Cell]]) -> dict[str, list[Cell]]:
    """Keep the first total with something in it: the block's own label repeats it now and then."""
    totals = cells.get("total", [])
    written = [cell for cell in totals if cell.text.strip()] or totals
    return {**cells, "total": written[:1]} if totals else cells


def _written_unit(answers: list[tuple[Label, str, Cell | None]]) -> str | None:
    units = [found.unit for _, _, cell in answers if cell is not None and (found := cell_amount(cell.text))]
    return units[0] if units and units[0] and all(unit == units[0] for unit in units) else None


def _budget_columns(grid: Grid, first: int, end: int) -> tuple[int, ...]:
    """Return the columns of 年初预算数 and 全年预算数, in this order, where a self-evaluation tells them from what was spent."""
    found: dict[str, int] = {}
    for row in range(first, end):
        for column, cell in grid.fresh(row):
            for meaning in ("initial_budget", "revised_budget", "spent"):
                if meaning in label_meanings(cell.text):
                    found.setdefault(meaning, column)
    return tuple(found[one] for one in ("initial_budget", "revised_budget") if one in found) if len(found) > 1 else ()


def _answer(grid: Grid, label: Label, role: str, budget_columns: Sequence[int]) -> Cell | None:
    """Find a fund's amount: beside the label; else right below it, where labels stand above their amounts."""
    if budget_columns and label.answer is None and label.column < min(budget_columns):
        cells = [cell for at in budget_columns if (cell := grid.at(label.row, at)) is not None]
        written = [cell for cell in cells if cell.text.strip() and not _is_head_word(cell)]
        return written[0] if written else None
    cell = beside(grid, label)
    if cell is not None and cell.text.strip() and cell_amount(cell.text):
        return cell
    if label.answer is None:
        under = (
            grid.at(label.row + label.cell.row_span, label.column)
            if label.row + label.cell.row_span < grid.height
            else None
        )
        if cell is None or not cell.text.strip() or role == "block_funds" or _is_head_word(cell):
            cell = under if under is not None and under is not label.cell and cell_amount(under.text) else cell
    if cell is None or _is_head_word(cell) or (role == "block_funds" and not cell_amount(cell.text)):
        return None
    return cell


def _is_head_word(cell: Cell) -> bool:
    return bool(label_meanings(cell.text))


def _kinds(
    label: Label, role: str, answers: list[tuple[Label, str, Cell | None]], columns: dict[int, str]
) -> dict[int, str]:
    """Learn which columns speak of the whole term, where a row has a mid-term and an annual total side by side."""
    row = {(other.column, kind) for other, kind, _ in answers if other.row == label.row}
    totals = {column: kind for column, kind in row if kind in ("total", "cycle_total")}
    if len(totals) > 1 and len(set(totals.values())) > 1:
        return {column: "cycle" if kind == "cycle_total" else "annual" for column, kind in totals.items()}
    return columns


def _kind(label: Label, role: str, columns: dict[int, str]) -> str:
    if role == "cycle_total":
        return "cycle"
    if role == "total" or not columns:
        return "annual"
    left = [column for column in columns if column <= label.column]
    return columns[max(left)] if left else "annual"
