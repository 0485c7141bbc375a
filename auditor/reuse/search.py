"""The search for reused text in a batch: goals, indicator sets, clauses; and the pairs on which its cut decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.document import Document
from auditor.finding import Member, ReuseGroup
from auditor.reuse.clauses import clause_groups
from auditor.reuse.goals import Judged, Unit, equal_goals, judged_pairs, near_goals, units_of
from auditor.reuse.judge import COPIED
from auditor.reuse.likeness import Likeness, likeness
from auditor.reuse.rows import rows_of
from auditor.reuse.sets import set_groups
from auditor.reuse.twins import twins

DISTANCE = 25.0
"""How far below the cut a rejected pair is still shown."""


def reuse_groups(documents: Iterable[Document]) -> tuple[ReuseGroup, ...]:
    """Find all groups of rows that share text, in order of their first row.

    Rows of different programmes make `copied` groups (equal) or `near` ones (goals of likeness 75 and more, sets with
    other values); rows of one programme make `same_programme` groups; `boilerplate` groups share official wording only.
    Documents that hold the same table must have been set aside before (`auditor.reuse.twins`).
    """
    rows = rows_of(documents)
    found = [*equal_goals(rows), *near_goals(rows), *set_groups(rows), *clause_groups(rows)]
    order = {row.member: row.order for row in rows}

    def position(group: ReuseGroup) -> tuple[object, ...]:
        at = [order[member] for member in group.members]
        return min(at), group.kind, group.relation, -group.score, at

    return tuple(sorted(dict.fromkeys(found), key=position))


@dataclass(frozen=True)
class Side:
    """One end of a pair: where it stands, its name, and its goal as the comparison saw it (plain text)."""

    member: Member
    project: str
    goal: str


@dataclass(frozen=True)
class BorderPair:
    """Two rows near the cut: their likeness in percent, what they differ in, and whether they count as a near copy."""

    score: float
    accepted: bool
    a: Side
    b: Side
    likeness: Likeness


@dataclass(frozen=True)
class Border:
    """The pairs on either side of the cut, nearest first: `accepted` reach `cut`, `rejected` do not."""

    cut: float
    accepted: tuple[BorderPair, ...]
    rejected: tuple[BorderPair, ...]


def explain_cut(documents: Iterable[Document], count: int = 10) -> Border:
    """Return the `count` accepted and rejected pairs of different programmes that are nearest the cut of a near copy."""
    documents = tuple(documents)
    aside = {twin.document for twin in twins(documents)}
    units = units_of(rows_of(document for document in documents if document.name not in aside))
    pairs = [one for one in judged_pairs(units, COPIED - DISTANCE) if not one.same]
    above = sorted((one for one in pairs if one.score >= COPIED), key=lambda one: (one.score, one.a, one.b))
    below = sorted((one for one in pairs if one.score < COPIED), key=lambda one: (-one.score, one.a, one.b))
    return Border(COPIED, _shown(units, above[:count]), _shown(units, below[:count]))


def _shown(units: list[Unit], pairs: Iterable[Judged]) -> tuple[BorderPair, ...]:
    def side(unit: Unit) -> Side:
        row = min(unit.rows, key=lambda row: row.order)
        return Side(row.member, row.project.title, unit.goal)

    return tuple(
        BorderPair(
            round(one.score, 2),
            one.score >= COPIED and one.relation == "near",
            side(units[one.a]),
            side(units[one.b]),
            likeness(units[one.a].goal, units[one.b].goal),
        )
        for one in pairs
    )
