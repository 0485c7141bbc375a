"""What a target says once it is read: quantities with their units, spans into the text as written."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from auditor.text import Span

Comparator = Literal["≥", "≤", ">", "<", "=", "≈", "±"]
COMPARATORS: tuple[Comparator, ...] = get_args(Comparator)

Dimension = Literal[
    "count", "times", "people", "person_times", "households", "work",
    "ratio", "money", "duration", "age", "date", "frequency",
    "area", "length", "weight", "volume", "energy", "power", "voltage", "current",
    "data", "bandwidth", "computing", "speed", "flow", "concentration", "temperature", "pressure", "sound", "light",
    "vibration", "turnover", "angle", "radiation", "acidity",
    "score", "rank", "grade", "state",
]  # fmt: skip
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)

COUNTABLE: frozenset[Dimension] = frozenset({"count", "times", "people", "person_times", "households"})
"""The dimensions that a plain `count` may stand for: each counts things of another sort."""

WordKind = Literal["checkable", "vague"]
Relation = Literal["none", "single", "recipients", "alternative", "measures"]
PartName = Literal["comparator", "number", "unit", "object", "condition", "period", "word"]


class Part(NamedTuple):
    """One recognised piece of a quantity and where it stands in the text as written."""

    name: PartName
    span: Span


class Quantity(NamedTuple):
    """One amount, date, grade or state of a target.

    A named tuple, not a dataclass, because it is built a hundred thousand times a second.

    `value` is the number as a person reads it in `unit` (`5000` of `万元`); `upper` closes a range. `base` and
    `base_upper` are the same in `base_unit`, so that equal amounts are equal: 5000万元 and 0.5亿元, 90% and 百分之九十.
    The base of a frequency is times a year, of a duration seconds, of a ratio 1. A date has the value YYYYMMDD, or
    MMDD where no year is printed, of its last day; its base is the day number (`datetime.date.toordinal`).
    `unit_key` is the unit without scale and alias (`人次` for 万人次, `元/人` for 万元/人). `word` holds a grade or a state
    as written, `word_kind` whether anybody could check it. `object` is the phrase around the number, `condition` the
    text of a bracket behind it, `period` the time it is to be met in (`每年`, `/年`, `2024年`).
    """

    comparator: Comparator | None = None
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    unit_key: str | None = None
    dimension: Dimension | None = None
    base: Decimal | None = None
    base_upper: Decimal | None = None
    base_unit: str | None = None
    object: str | None = None
    condition: str | None = None
    period: str | None = None
    word: str | None = None
    word_kind: WordKind | None = None
    span: Span = (0, 0)
    parts: tuple[Part, ...] = ()

    @property
    def date(self) -> datetime.date | None:
        """The last day meant by a date whose year is printed, else None."""
        last = self.base if self.base_upper is None else self.base_upper
        if self.dimension != "date" or last is None:
            return None
        return datetime.date.fromordinal(int(last))

    def span_of(self, name: PartName) -> Span | None:
        """Return the span of the first part called `name`, 0-based half-open, None where there is none."""
        return next((part.span for part in self.parts if part.name == name), None)


_NOTHING = Quantity()


class Target(NamedTuple):
    """Everything read in the text of one target.

    `quantities` are the measures of the target in text order, the main one first; `asides` stand inside brackets
    behind a measure or name its time. `relation` says how several quantities belong together: amounts of several
    `recipients`, one figure in an `alternative` form, or different `measures`. `leftovers` are the spans that nothing
    was made of. The properties are those of the main quantity.
    """

    text: str
    quantities: tuple[Quantity, ...] = ()
    asides: tuple[Quantity, ...] = ()
    relation: Relation = "none"
    leftovers: tuple[Span, ...] = ()

    @property
    def main(self) -> Quantity:
        """The main quantity; one without any field set where nothing was recognised."""
        return self.quantities[0] if self.quantities else _NOTHING

    @property
    def comparator(self) -> Comparator | None:
        """The comparator in its normal form."""
        return self.main.comparator

    @property
    def value(self) -> Decimal | None:
        """The number in `unit`."""
        return self.main.value

    @property
    def upper(self) -> Decimal | None:
        """The upper end of a range, in `unit`."""
        return self.main.upper

    @property
    def unit(self) -> str | None:
        """The unit as written, with its scale (`万元`)."""
        return self.main.unit

    @property
    def unit_key(self) -> str | None:
        """The unit without scale and alias."""
        return self.main.unit_key

    @property
    def dimension(self) -> Dimension | None:
        """What kind of amount it is."""
        return self.main.dimension

    @property
    def base(self) -> Decimal | None:
        """The value in the base unit of its dimension."""
        return self.main.base

    @property
    def object(self) -> str | None:
        """The phrase around the number."""
        return self.main.object

    @property
    def condition(self) -> str | None:
        """The text of the bracket behind the number."""
        return self.main.condition

    @property
    def period(self) -> str | None:
        """The time in which it is to be met."""
        return self.main.period

    def of(self, *dimensions: Dimension) -> tuple[Quantity, ...]:
        """Return the quantities of the given dimensions, in order."""
        return tuple(quantity for quantity in self.quantities if quantity.dimension in dimensions)
