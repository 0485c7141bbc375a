"""Amounts of different documents in one unit, 万元."""

from __future__ import annotations

from decimal import Decimal

from auditor.document import Budget

SCALES = {"元": Decimal("0.0001"), "百元": Decimal("0.01"), "千元": Decimal("0.1"), "万元": Decimal(1), "百万元": Decimal(100), "亿元": Decimal(10000)}  # fmt: skip
"""万元 in each unit that a form may print its amounts in."""


def in_ten_thousands(budget: Budget | None) -> Decimal | None:
    """Return a row's total in 万元, None where it is not printed or its unit is not a unit of money."""
    scale = SCALES.get(budget.currency_unit) if budget else None
    return budget.total * scale if budget and budget.total is not None and scale is not None else None


def said(amount: Decimal) -> str:
    """Return an amount as people write it, such as `1,286.00万元`."""
    exact = f"{amount:,f}"
    return f"{exact if amount.as_tuple().exponent not in (0, 'n') else f'{amount:,.2f}'}万元"
