"""Amounts that stand in cells of their own: their columns are known, and what is no amount is said to be none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditor.document import Budget, Gap
from auditor.readers.content import Cell
from auditor.readers.forms.amounts import parse_amount
from auditor.readers.gaps import gap

_UNIT = re.compile(r"\s*(?:人民币)?(亿元|万元|千元|元)\s*$")
_CURRENCY_SIGN = re.compile(r"^[¥￥]\s*")
# No amount begins so: `.67`, `,000`, `00.00`.
_BROKEN_OFF = re.compile(r"[.,，．]|[0０]{2}")
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)\s*(?:%|％|分)?")
_NIL = re.compile(r"[-－—–―─/／\\]{1,4}|无|暂无|不涉及")
MOST_AMOUNT = 40
"""A longer text is no amount."""


def is_nil(text: str) -> bool:
    """Tell whether a cell says that there is no amount: blank, a dash, a stroke, 无."""
    text = text.strip()
    return not text or bool(len(text) <= MOST_AMOUNT and _NIL.fullmatch(text))


@dataclass(frozen=True)
class CellAmount:
    """An amount, and the money unit written behind it (None where none is)."""

    value: Decimal
    unit: str | None


def cell_amount(text: str) -> CellAmount | None:
    """Read `1,234.50` or `12.5万元`, also broken by blanks (`1 00.00`); None for anything else."""
    if len(text) > MOST_AMOUNT:
        return None
    text = _CURRENCY_SIGN.sub("", text.strip())
    unit = _UNIT.search(text)
    written = text[: unit.start()] if unit else text
    value = parse_amount(written)
    if value is None:
        value = _broken_amount(written.split())
    return None if value is None else CellAmount(value, unit[1] if unit else None)


def _broken_amount(pieces: Sequence[str]) -> Decimal | None:
    """Put together an amount that a narrow column broke; None where every piece could be an amount by itself."""
    if len(pieces) < 2 or all(parse_amount(piece) is not None and not _BROKEN_OFF.match(piece) for piece in pieces):
        return None
    return parse_amount("".join(pieces))


def number(text: str) -> Decimal | None:
    """Read a weight or a score such as `10`, `10%`, `9.5分`; None for anything else."""
    match = _NUMBER.fullmatch(text.strip()) if len(text) <= MOST_AMOUNT else None
    return Decimal(match[1]) if match else None


def budget_from(
    cells: Mapping[str, Sequence[Cell]], document: str, currency_unit: str
) -> tuple[Budget, tuple[Gap, ...]]:
    """Make the Budget of the cells under each funding column (`total`, `fiscal`, `other_source`, …).

    A cell with anything but one amount in `currency_unit` gives a Gap that quotes it. Without a total nothing is
    printed: `printed` begins with the total by definition.
    """
    gaps: list[Gap] = []
    amounts: dict[str, list[Decimal]] = {}
    for role, found in cells.items():
        for cell in found:
            value = _value(cell, document, currency_unit, gaps)
            if value is not None:
                amounts.setdefault(role, []).append(value)
    own = [amounts.get(role, []) for role in ("fiscal", "special_account", "other_funds")]
    total = amounts.get("total", [])
    budget = Budget(
        total=total[0] if total else None,
        fiscal=own[0][0] if own[0] else None,
        special_account=own[1][0] if own[1] else None,
        other=own[2][0] if own[2] else None,
        currency_unit=currency_unit,
        printed=_printed(amounts) if total else (),
    )
    return budget, tuple(gaps)


def _value(cell: Cell, document: str, currency_unit: str, gaps: list[Gap]) -> Decimal | None:
    if is_nil(cell.text):
        return None
    found = cell_amount(cell.text)
    if found is None:
        gaps.append(not_an_amount(cell, document))
    elif found.unit not in (None, currency_unit):
        gaps.append(_other_unit(cell, document, currency_unit))
    else:
        return found.value
    return None


def _printed(amounts: Mapping[str, Sequence[Decimal]]) -> tuple[Decimal, ...]:
    """Return the total and what it is made of; parts of parts (其中) are left out where only so the sum comes right."""
    total = amounts["total"][0]
    own = [value for role in ("fiscal", "special_account", "other_funds") for value in amounts.get(role, [])[:1]]
    more = [value for role in ("fiscal", "special_account", "other_funds") for value in amounts.get(role, [])[1:]]
    more += amounts.get("other_source", [])
    parts = own if own and sum(own) == total else [*own, *more]
    return (total, *parts)


def not_an_amount(cell: Cell, document: str) -> Gap:
    """Report a cell under a head of amounts in which no amount stands."""
    return gap(
        document,
        "金额栏里的内容不是一个金额，没有采用；没有金额时请留空或填 0",
        "the amount's cell does not hold one amount and was not used; leave it empty or write 0 where there is none",
        place=cell.place,
        quote=cell.text.strip(),
    )


def not_a_number(cell: Cell, document: str) -> Gap:
    """Report a weight or score that is no number."""
    return gap(
        document,
        "权重或分值栏里的内容不是一个数，没有采用；请只填数字",
        "the cell of a weight or score does not hold a number and was not used; please write the number alone",
        place=cell.place,
        quote=cell.text.strip(),
    )


def _other_unit(cell: Cell, document: str, currency_unit: str) -> Gap:
    return gap(
        document,
        f"金额的单位与表头的“{currency_unit}”不一致，没有采用；请统一单位",
        f"the amount's unit differs from the table's {currency_unit}, so it was not used; please use one unit",
        place=cell.place,
        quote=cell.text.strip(),
    )
