"""Does the form's own column of units (计量单位) agree with the value and with what the indicator's name asks for.

Silent wherever the column only repeats or narrows the unit, or holds words that are no known unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditor.checks.measurability import annual, at
from auditor.claim import PHYSICAL, Claim, read_claim
from auditor.finding import Mark, Subject
from auditor.quantity import COUNTABLE, Dimension, Quantity, read_target
from auditor.text import plain

_PARTS = re.compile(r"[/／、,，;；()（）或和]+")
_SCALED: frozenset[Dimension] = PHYSICAL | COUNTABLE | {"money"}
"""Dimensions in which another scale is another amount; durations are told in days or months as one likes."""

_COUNTED: frozenset[Dimension] = COUNTABLE | {"frequency", "work"}
_TOLD: frozenset[Dimension] = _SCALED | {"ratio", "frequency", "work", "duration", "score"}
"""Dimensions of which a unit says for certain what is measured; dates, grades and states are left alone."""

_ALIKE: tuple[frozenset[Dimension], ...] = (
    frozenset({"people", "person_times"}),
    frozenset({"times", "person_times", "frequency", "count", "work"}),
    frozenset({"households", "count"}),
    frozenset({"score", "ratio"}),
    frozenset({"score", "duration"}),
    frozenset({"duration", "work"}),
)
"""Dimensions whose units are written for one another: 人 and 人次, 场 and 次, 家 and 户; 分 is a point and a minute."""


class _Unit(NamedTuple):
    """A unit as the column gives it; one of it is `factor` of its dimension's base unit."""

    key: str
    dimension: Dimension
    factor: float


def unit_conflict(subject: Subject) -> Iterator[Mark]:
    """Mark a value in another unit than the column of units says, and a column that does not suit a bare number's name."""
    indicator = subject.indicator
    written = indicator.measure_unit if indicator is not None else None
    declared = _declared(written) if written else []
    if not declared:
        return
    for passage, claim in annual(subject):
        if not claim.is_numeric:
            continue
        values = {"name": claim.name, "target": claim.text, "column": "计量单位", "column_en": "unit of measure"}
        values["declared"] = plain(written or "").text
        given = [one for one in (*claim.target.quantities, *claim.target.asides) if one.dimension is not None]
        if given:
            if not any(_agree(one, unit) for one in given for unit in declared):
                yield Mark(
                    at(subject, passage), claim.measure.span_of("unit"), {**values, "found": claim.measure.unit or ""}
                )
        elif claim.measure.unit is None and all(_fails_the_name(claim, unit) for unit in declared):
            yield Mark(at(subject, passage), None, values, variant="unit_against_name")


def _declared(written: str) -> list[_Unit]:
    """Read what the column says: one unit, or several (人/人次); empty where any of it is no known unit."""
    whole = _read(written)
    parts = [part for part in _PARTS.split(plain(written).text) if part]
    found = [_read(part) for part in parts]
    if whole is None and not (found and all(found)):
        return []
    return [one for one in (whole, *found) if one is not None]


def _read(written: str) -> _Unit | None:
    """Read one unit with its scale, None unless all of the text is one."""
    unit = plain(written).text
    main = read_target(f"1{unit}").main
    if not unit or main.unit is None or plain(main.unit).text != unit or main.value != 1 or not main.base:
        return None
    return _Unit(main.unit_key or unit, main.dimension, float(main.base)) if main.dimension in _TOLD else None


def _agree(given: Quantity, unit: _Unit) -> bool:
    """Tell whether a quantity may stand in a column headed by `unit`; what is not known for certain agrees."""
    if given.dimension not in _TOLD or given.unit_key is None:
        return True
    if given.unit_key.split("/")[0] == unit.key.split("/")[0]:
        return _same_scale(given, unit)
    if given.dimension == unit.dimension:
        return given.dimension not in _SCALED or _same_scale(given, unit)
    if "个" in (given.unit_key, unit.key) and {given.dimension, unit.dimension} <= _COUNTED:
        return True
    return any({given.dimension, unit.dimension} <= kinds for kinds in _ALIKE)


def _same_scale(given: Quantity, unit: _Unit) -> bool:
    """Tell whether a number means the same amount in both units; `30万` of `元` is a scaled number and means it."""
    if given.base is None or not given.value or (given.dimension in _COUNTED and given.unit_key != unit.key):
        return True
    own = float(given.base / given.value)
    if abs(own - unit.factor) <= 1e-9 * max(own, unit.factor):
        return True
    return given.unit_key == unit.key and unit.factor == 1


def _fails_the_name(claim: Claim, unit: _Unit) -> bool:
    """Tell whether the name asks for another kind of amount than `unit` measures."""
    return read_claim(claim.name, f"1{unit.key}").fit in ("rate_with_amount", "other")
