"""Numbers, units, comparators and periods: from the text of a target to what it says, and what a name asks for."""

from auditor.quantity.expectation import Direction, Expectation, read_name
from auditor.quantity.model import (
    COMPARATORS,
    COUNTABLE,
    DIMENSIONS,
    Comparator,
    Dimension,
    Part,
    PartName,
    Quantity,
    Relation,
    Target,
    WordKind,
)
from auditor.quantity.target import read_target
from auditor.quantity.units import UNITS, Unit

__all__ = [
    "COMPARATORS",
    "COUNTABLE",
    "DIMENSIONS",
    "UNITS",
    "Comparator",
    "Dimension",
    "Direction",
    "Expectation",
    "Part",
    "PartName",
    "Quantity",
    "Relation",
    "Target",
    "Unit",
    "WordKind",
    "read_name",
    "read_target",
]
