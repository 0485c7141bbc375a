"""The same table in two files: another format, a draft, a second copy. One is kept, the others are set aside."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence

from auditor.document import Document, Project
from auditor.finding import Twin

LEAST_SHARE = 0.8
"""Share of the longer table's rows that must stand in the other."""

FEW_ROWS = 3
"""Tables with fewer rows must agree in their indicators too."""


def twins(documents: Sequence[Document]) -> tuple[Twin, ...]:
    """Find the documents to be set aside, in order. The verdict on two documents depends on those two alone.

    Only documents that share a row are compared, so that many different tables cost no more than their rows.
    """
    keys = [Counter(_key(project, len(document.projects)) for project in document.projects) for document in documents]
    where: dict[Hashable, list[int]] = defaultdict(list)
    found: list[Twin] = []
    for at, rows in enumerate(keys):
        earlier = sorted({other for key in rows for other in where[key]})
        twin = next((match for other in earlier if (match := _compare(documents, keys, at, other))), None)
        if twin:
            found.append(twin)
            continue
        for key in rows:
            where[key].append(at)
    return tuple(found)


def _compare(documents: Sequence[Document], keys: Sequence[Counter[Hashable]], at: int, other: int) -> Twin | None:
    shared = sum((keys[at] & keys[other]).values())
    longest = max(keys[at].total(), keys[other].total())
    if longest == 0 or shared / longest < LEAST_SHARE:
        return None
    return Twin(documents[at].name, documents[other].name, shared, longest)


def _key(project: Project, rows: int) -> Hashable:
    """Return what makes a row the same row: name, amount and goal, in a short table its indicators too."""
    budget = project.budget.total if project.budget else None
    goal = project.goal.plain.text if project.goal else ""
    indicators: Hashable = None
    if rows < FEW_ROWS:
        indicators = tuple(
            (one.name.plain.text, one.annual_target.plain.text if one.annual_target else "")
            for one in project.indicators
        )
    return project.name.plain.text if project.name else "", budget, goal, indicators
