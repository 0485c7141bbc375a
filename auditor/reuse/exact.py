"""Texts that are the same after normalising: goals, and whole sets of indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from auditor.document import Document, Indicator, Passage, Project
from auditor.finding import Member, ReuseGroup
from auditor.reuse.programme import same_programme

LEAST_GOAL = 10
"""Shorter goals (plain characters) say too little for a copy to mean anything."""

LEAST_SET = 3
"""Smaller sets of indicators are equal by chance."""

Row = tuple[Member, Project]
Key = Callable[[Project], Hashable | None]


def goal_key(project: Project) -> Hashable | None:
    """Return the goal's plain text, None where it is too short to compare."""
    goal = project.goal.plain.text if project.goal else ""
    return goal if len(goal) >= LEAST_GOAL else None


def names_key(project: Project) -> Hashable | None:
    """Return the set of indicator names, None where there are too few."""
    names = frozenset(indicator.name.plain.text for indicator in project.indicators)
    return names if len(names) >= LEAST_SET else None


def values_key(project: Project) -> Hashable | None:
    """Return the set of indicators with their values, None where there are too few."""
    return frozenset(map(_values, project.indicators)) if names_key(project) is not None else None


def _values(indicator: Indicator) -> tuple[str, str, str]:
    def text(passage: Passage | None) -> str:
        return passage.plain.text if passage else ""

    return indicator.name.plain.text, text(indicator.cycle_target), text(indicator.annual_target)


def exact_groups(documents: Iterable[Document]) -> tuple[ReuseGroup, ...]:
    """Find all groups of rows with one goal or one indicator set, in order of their first row.

    Rows of one programme make a `same_programme` group; rows of different programmes make one `copied` group, or a
    `near` one where the indicator names are equal and only values differ. Every member shares the group's text exactly.
    """
    rows = [
        (Member(document.name, project.row), project)
        for document in documents
        for project in document.projects
        if project.name
    ]
    found = [*_goal_groups(rows), *_set_groups(rows)]
    order = {member: at for at, (member, _) in enumerate(rows)}
    return tuple(sorted(found, key=lambda group: (order[group.members[0]], group.kind, group.relation)))


def _goal_groups(rows: Sequence[Row]) -> Iterator[ReuseGroup]:
    for members in _together(rows, goal_key):
        families = by_programme(members)
        if len(families) > 1:
            yield ReuseGroup("goal", "copied", 1.0, tuple(member for member, _ in members))
        for family in families:
            if len(family) > 1:
                yield ReuseGroup("goal", "same_programme", 1.0, tuple(member for member, _ in family))


def _set_groups(rows: Sequence[Row]) -> Iterator[ReuseGroup]:
    for members in _together(rows, names_key):
        equal = list(_together(members, values_key))
        for same in equal:
            families = by_programme(same)
            if len(families) > 1:
                yield ReuseGroup("indicator_set", "copied", 1.0, tuple(member for member, _ in same))
            for family in families:
                if len(family) > 1:
                    yield ReuseGroup("indicator_set", "same_programme", 1.0, tuple(member for member, _ in family))
        if len({values_key(project) for _, project in members}) > 1 and len(by_programme(members)) > 1:
            yield ReuseGroup("indicator_set", "near", _shared(members), tuple(member for member, _ in members))


def _shared(members: Sequence[Row]) -> float:
    """Return the share of indicators that all members state with the same values."""
    sets = [frozenset(map(_values, project.indicators)) for _, project in members]
    return round(len(frozenset.intersection(*sets)) / max(map(len, sets)), 2)


def _together(rows: Iterable[Row], key: Key) -> Iterator[list[Row]]:
    groups: dict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        value = key(row[1])
        if value is not None:
            groups[value].append(row)
    yield from (members for members in groups.values() if len(members) > 1)


def by_programme(rows: Sequence[Row]) -> list[list[Row]]:
    """Sort rows into programmes: each is a star around its first row, so that likeness never travels along a chain."""
    families: list[list[Row]] = []
    for row in rows:
        for family in families:
            if same_programme(family[0][1].title, row[1].title):
                family.append(row)
                break
        else:
            families.append([row])
    return families
