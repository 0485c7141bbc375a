"""Amounts of different documents in one unit, 万元."""

from __future__ import annotations

from decimal import Decimal

from auditor.document import Budget

UNIT = "万元"
SCALES = {"元": Decimal("0.0001"), "百元": Decimal("0.01"), "千元": Decimal("0.1"), UNIT: Decimal(1), "百万元": Decimal(100), "亿元": Decimal(10000)}  # fmt: skip
"""万元 in each unit that a form may print its amounts in."""

_CENT = Decimal("0.01")


def in_ten_thousands(budget: Budget | None) -> Decimal | None:
    """Return a row's total in 万元, None where it is not printed or its unit is not a unit of money."""
    return converted(budget.total, budget) if budget else None


def converted(amount: Decimal | None, budget: Budget | None) -> Decimal | None:
    """Return an amount printed in the unit of `budget` (万元 where there is none) in 万元."""
    scale = SCALES.get(budget.currency_unit) if budget else Decimal(1)
    return None if amount is None or scale is None else amount * scale


def equal(a: Decimal | None, b: Decimal | None) -> bool:
    """Tell whether two amounts in 万元 are equal as printed with two decimals."""
    return a is not None and b is not None and abs(a - b) < Decimal("0.006")


def said(amount: Decimal, budget: Budget | None = None) -> str:
    """Return an amount in 万元 as people write it, such as `1,286.00万元`; one converted from the unit of `budget` says so."""
    rounded = amount.quantize(_CENT) if amount.adjusted() < 20 else amount
    shown = f"{rounded if rounded == amount else amount.normalize():,f}"
    unit = budget.currency_unit if budget else UNIT
    return f"{shown}{UNIT}" + (f"（由{unit}换算 converted from {unit}）" if unit != UNIT else "")
