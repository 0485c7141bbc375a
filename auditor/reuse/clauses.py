"""Single long clauses that stand in goals of different programmes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditor.finding import Relation, ReuseGroup
from auditor.reuse.judge import own_words, speaks_of
from auditor.reuse.likeness import masked
from auditor.reuse.rows import Programmes, Row, members
from auditor.text import Span, clauses

LEAST_CLAUSE = 14
"""Shorter clauses (plain characters, numbers masked) are the same by chance."""


def long_clauses(view: str) -> Iterator[tuple[str, Span]]:
    """Yield the long clauses of a plain goal, numbers masked, with their spans in it."""
    for start, end in clauses(view):
        text = masked(view[start:end])
        if len(text) >= LEAST_CLAUSE:
            yield text, (start, end)


def speaks_of_itself(row: Row) -> bool:
    """Tell whether a row's goal speaks of the project that its name names."""
    return speaks_of(row.goal, row.project.title)


def clause_groups(rows: Sequence[Row]) -> Iterator[ReuseGroup]:
    """Yield the groups of rows of different programmes whose goals share a long clause.

    Official wording makes a `boilerplate` group. Where each goal speaks of its own project, a clause that they share
    suits them all, and there is no group.
    """
    found: dict[str, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        for text, _ in long_clauses(row.goal):
            found[text][row.order] = row
    for text, sharing in found.items():
        if len(sharing) < 2 or len({row.goal for row in sharing.values()}) < 2:
            continue
        if all(map(speaks_of_itself, sharing.values())):
            continue
        if Programmes(sharing.values()).are_several():
            relation: Relation = "copied" if own_words(text) else "boilerplate"
            yield ReuseGroup("clause", relation, 1.0, members(sharing.values()), text)
