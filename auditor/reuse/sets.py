"""Whole sets of indicators: the same names and values under another programme, or the same names alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.document import Indicator, Passage, Project
from auditor.finding import Relation, ReuseGroup
from auditor.reuse.rows import Programmes, Row, members, together

LEAST_SET = 3
"""Smaller sets of indicators are equal by chance."""

LEAST_OWN_NAMES = 2
"""Indicators that are not pre-set ones, below which a set is no project's own."""


def names_key(row: Row) -> frozenset[str] | None:
    """Return the set of indicator names, None where there are too few."""
    names = frozenset(indicator.name.plain.text for indicator in row.project.indicators)
    return names if len(names) >= LEAST_SET else None


def values_key(row: Row) -> frozenset[tuple[str, str, str]] | None:
    """Return the set of indicators with their values, None where there are too few."""
    return _values(row.project) if names_key(row) is not None else None


def _values(project: Project) -> frozenset[tuple[str, str, str]]:
    return frozenset(map(_value, project.indicators))


def _value(indicator: Indicator) -> tuple[str, str, str]:
    def text(passage: Passage | None) -> str:
        return passage.plain.text if passage else ""

    return indicator.name.plain.text, text(indicator.cycle_target), text(indicator.annual_target)


def set_groups(rows: Sequence[Row]) -> Iterator[ReuseGroup]:
    """Yield the groups of rows with one set of indicators: `copied`, or `near` where only the values differ."""
    for same_names in together(rows, names_key):
        shared: Relation | None = "boilerplate" if is_preset_set(names_key(same_names[0]) or frozenset()) else None
        for same in together(same_names, values_key):
            programmes = Programmes(same)
            if programmes.are_several():
                yield ReuseGroup("indicator_set", shared or "copied", 1.0, members(same))
            for family in programmes.families():
                yield ReuseGroup("indicator_set", "same_programme", 1.0, members(family))
        differ = len({values_key(row) for row in same_names}) > 1
        if differ and Programmes(same_names).are_several():
            yield ReuseGroup("indicator_set", shared or "near", _shared(same_names), members(same_names))


def is_preset_set(names: frozenset[str]) -> bool:
    """Tell whether a set holds fewer than two indicators beside those that stand ready for every project."""
    from auditor.reuse.reference import is_preset  # its texts are read only where something was found

    return sum(not is_preset(name) for name in names) < LEAST_OWN_NAMES


def _shared(rows: Sequence[Row]) -> float:
    """Return the share of indicators that all rows state with the same values."""
    sets = [_values(row.project) for row in rows]
    return round(len(frozenset.intersection(*sets)) / max(map(len, sets)), 2)
