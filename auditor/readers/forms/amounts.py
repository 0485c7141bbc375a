"""Printed amounts: reading them, and telling which funding column they stood in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from auditor.document import Budget

_NARROW = str.maketrans("０１２３４５６７８９．，－", "0123456789.,-")
_AMOUNT = r"-?(?:\d{1,3}(?:,\d{3}){1,5}|(?<!\d)\d{1,15}(?!\d))(?:\.\d{1,6})?"
_TAIL = re.compile(rf"(?:(?:^|(?<=\s)){_AMOUNT}\s*){{1,4}}$")
_WHOLE = re.compile(_AMOUNT)
MAX_STATES = 20_000
"""How many partial sums are followed before the funding column is left open."""


def parse_amount(text: str) -> Decimal | None:
    """Read one amount such as `1,234.50`; None for anything else (a dash, words, `1,2,3`, an overflow)."""
    narrow = text.strip().translate(_NARROW)
    if not _WHOLE.fullmatch(narrow):
        return None
    try:
        return Decimal(narrow.replace(",", ""))
    except InvalidOperation:
        return None


@dataclass(frozen=True)
class Tail:
    """The amounts at the end of a line: where they begin, and their values in print order."""

    start: int
    amounts: tuple[Decimal, ...]


def amounts_at_end(line: str, *, whole_numbers: bool = False) -> Tail | None:
    """Find one to four amounts that close a line.

    Amounts carry decimals; only with `whole_numbers` (a table that prints none) do two or more integers count too.
    A year or a serial number at the end of a wrapped name is therefore no amount.
    """
    narrow = line.translate(_NARROW)
    match = _TAIL.search(narrow)
    if not match:
        return None
    parts = [(part.start() + match.start(), part[0]) for part in _WHOLE.finditer(match[0])]
    if not whole_numbers or len(parts) < 2:
        years = [at for at, (_, part) in enumerate(parts) if "." not in part]
        parts = parts[years[-1] + 1 :] if years else parts
    if not parts:
        return None
    return Tail(parts[0][0], tuple(Decimal(part.replace(",", "")) for _, part in parts))


def as_printed(amounts: Sequence[Decimal], currency_unit: str) -> Budget:
    """Make a Budget of the amounts of one row; all four columns printed means that none was lost."""
    budget = Budget(amounts[0] if amounts else None, currency_unit=currency_unit, printed=tuple(amounts))
    if len(amounts) == 4:
        budget = replace(budget, fiscal=amounts[1], special_account=amounts[2], other=amounts[3])
    return budget


def assign_columns(total: Budget, rows: Sequence[Budget]) -> tuple[Budget, list[Budget]]:
    """Assign the funding columns of a unit and its rows where the unit's printed total forces it.

    A text layer keeps the amounts of a row but not their columns; the leftmost is 财政拨款. A unit with one source gives
    that source to all its rows. With two sources (财政拨款 and one more, which of the two others it is cannot be seen),
    a row whose single source belongs to 财政拨款 in every way of adding up to the printed sums is assigned; any other
    stays open.
    """
    sources = len(total.printed) - 1
    if sources == 1:
        return _fiscal(total), [_fiscal(row) if len(row.printed) == 2 else row for row in rows]
    if sources != 2:
        return total, list(rows)
    total = replace(total, fiscal=total.printed[1])
    rows = [replace(row, fiscal=row.printed[1]) if len(row.printed) == 3 else row for row in rows]
    rest = total.printed[2] - sum((row.printed[2] for row in rows if len(row.printed) == 3), Decimal(0))
    single = [at for at, row in enumerate(rows) if len(row.printed) == 2]
    sides = _forced_side([rows[at].printed[1] for at in single], rest)
    for at, outside in zip(single, sides, strict=True):
        if outside is False:
            rows[at] = _fiscal(rows[at])
    return total, rows


def _fiscal(budget: Budget) -> Budget:
    return replace(budget, fiscal=budget.printed[1])


def _forced_side(amounts: Sequence[Decimal], wanted: Decimal) -> list[bool | None]:
    """For each amount tell whether it is in every subset that sums to `wanted` (True), in none (False), or undecided."""
    before, after = _sums(amounts, wanted), _sums(amounts[::-1], wanted)
    if before is None or after is None or wanted not in before[-1]:
        return [None] * len(amounts)
    found: list[bool | None] = []
    for at, amount in enumerate(amounts):
        head, tail = before[at], after[len(amounts) - at - 1]
        inside = any(wanted - amount - partial in tail for partial in head)
        outside = any(wanted - partial in tail for partial in head)
        found.append(True if not outside else None if inside else False)
    return found


def _sums(amounts: Sequence[Decimal], limit: Decimal) -> list[set[Decimal]] | None:
    """Return the sums up to `limit` that the first 0, 1, … amounts can make; None when there are too many to follow."""
    sums = [{Decimal(0)}]
    for amount in amounts:
        sums.append(sums[-1] | {partial + amount for partial in sums[-1] if partial + amount <= limit})
        if len(sums[-1]) > MAX_STATES:
            return None
    return sums
