"""A quantity while it is being read: positions are those of the plain text."""

from __future__ import annotations

from decimal import Decimal

from auditor.quantity.comparators import Comparison, after, before, combine
from auditor.quantity.model import Comparator, Dimension, PartName, WordKind
from auditor.quantity.units import SECONDS_A_YEAR, Unit
from auditor.text import Span


class Draft:
    """A mutable quantity; `auditor.quantity.target` turns it into a `Quantity` once, when all is known."""

    __slots__ = (
        "base", "base_unit", "base_upper", "bracketed", "ceiling", "comparator", "dimension", "end", "floor", "parts",
        "period", "seconds", "start", "unit", "unit_key", "upper", "value", "word", "word_kind",
    )  # fmt: skip

    def __init__(self, start: int, end: int, dimension: Dimension | None) -> None:
        self.start = start
        self.end = end
        self.dimension = dimension
        self.parts: list[tuple[PartName, int, int]] = []
        self.bracketed = False
        self.floor = 0  # where the quantity before it ends, and the next one starts
        self.ceiling = 0
        self.comparator: Comparator | None = None
        self.value: Decimal | None = None
        self.upper: Decimal | None = None
        self.unit: str | None = None
        self.unit_key: str | None = None
        self.base: Decimal | None = None
        self.base_upper: Decimal | None = None
        self.base_unit: str | None = None
        self.period: str | None = None
        self.seconds: Decimal | None = None
        self.word: str | None = None
        self.word_kind: WordKind | None = None

    def take_unit(self, unit: Unit, scale: Decimal | None) -> None:
        """Set unit and bases from `value` and `upper`, which count `scale` times `unit`."""
        self.unit_key, self.dimension, self.base_unit = unit.key, unit.dimension, unit.base_unit
        self.base = _scaled(self.value, unit, scale)
        self.base_upper = _scaled(self.upper, unit, scale)

    def take_period(self, seconds: Decimal) -> None:
        """Make occurrences within `seconds` a frequency, whose base is times a year."""
        self.dimension, self.base_unit, self.seconds = "frequency", "次/年", seconds
        self.base = None if self.base is None else self.base * SECONDS_A_YEAR / seconds
        self.base_upper = None if self.base_upper is None else self.base_upper * SECONDS_A_YEAR / seconds

    def compare(self, text: str, floor: int) -> None:
        """Read the comparators around the quantity and widen it by them."""
        first, second = before(text, self.start, floor), after(text, self.end)
        self.comparator = combine(first, second)
        if self.upper is not None and first is not None and first.weak and second is None:
            self.comparator = None  # 控制在15%-20%: the range says it all
        for found in (first, second):
            if found is not None:
                self._widen(found)

    def _widen(self, found: Comparison) -> None:
        self.parts.append(("comparator", found.start, found.end))
        self.start = min(self.start, found.start)
        self.end = max(self.end, found.end)


Read = Draft | Span | None
"""What a reader makes of a match: a quantity, the span of a number that can be none, or nothing to do with amounts."""


def _scaled(value: Decimal | None, unit: Unit, scale: Decimal | None) -> Decimal | None:
    if value is None:
        return None
    return unit.to_base(value if scale is None else value * scale)
