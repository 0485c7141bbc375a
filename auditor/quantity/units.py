"""Units of measure (`rules/units.csv`) and the conversion to the base unit of their dimension."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from auditor.bundled import resource
from auditor.quantity.model import DIMENSIONS, Dimension
from auditor.quantity.words import WordTable, read_rows
from auditor.text import plain

_COLUMNS = ("unit", "aliases", "dimension", "factor", "base_unit", "note")


class Unit(NamedTuple):
    """A unit; one of it is `factor / divisor` of `base_unit`. The divisor keeps 亩 and km/h exact."""

    key: str
    dimension: Dimension
    factor: Decimal
    divisor: Decimal | None
    base_unit: str

    def to_base(self, value: Decimal) -> Decimal:
        """Convert `value`, given in this unit, to the base unit."""
        base = value * self.factor
        return base if self.divisor is None else base / self.divisor


def read_units(path: Path) -> dict[str, Unit]:
    """Read a unit table: every way of writing a unit, in plain text, leads to the unit.

    Raises ValueError, with file and line, for an unknown dimension, a factor that is no positive number or quotient
    of two, and a unit that stands twice.
    """
    units: dict[str, Unit] = {}
    for line, row in read_rows(path, _COLUMNS):
        where = f"{path}:{line}"
        dimension = row["dimension"]
        if dimension not in DIMENSIONS:
            raise ValueError(f"{where}: unknown dimension {dimension!r}; known are {', '.join(DIMENSIONS)}")
        factor, divisor = _factor(row["factor"], where)
        unit = Unit(row["unit"], dimension, factor, divisor, row["base_unit"])
        for written in {plain(name).text for name in (row["unit"], *row["aliases"].split(";")) if name}:
            if units.setdefault(written, unit) is not unit:
                raise ValueError(f"{where}: {written!r} already stands for {units[written].key}")
    return units


def _factor(written: str, where: str) -> tuple[Decimal, Decimal | None]:
    over, _, under = written.partition("/")
    try:
        factor, divisor = Decimal(over), Decimal(under) if under else None
    except InvalidOperation:
        raise ValueError(f"{where}: the factor {written!r} is not a number or a quotient of two") from None
    if factor <= 0 or (divisor is not None and divisor <= 0):
        raise ValueError(f"{where}: the factor {written!r} must be positive")
    return factor, divisor


UNITS = read_units(resource("rules/units.csv"))
UNIT_WORDS = WordTable(UNITS)
PER_CENT = UNITS["%"]

SECONDS_A_YEAR = UNITS["年"].factor

SCALES = {
    "十": Decimal(10), "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000),
    "十万": Decimal(10**5), "百万": Decimal(10**6), "千万": Decimal(10**7), "亿": Decimal(10**8),
    "十亿": Decimal(10**9), "百亿": Decimal(10**10), "千亿": Decimal(10**11), "万亿": Decimal(10**12),
}  # fmt: skip
SCALE_WORDS = WordTable(SCALES)
