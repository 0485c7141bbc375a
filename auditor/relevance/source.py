"""Where a text that does not belong may come from: the project of the batch that it fits best. Evidence, never verdict."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.document import Project
from auditor.relevance.names import core
from auditor.relevance.pair import fit, side
from auditor.text import plain

MOST_CANDIDATES = 2000
"""Names compared for one text, so that a large batch costs no more than this."""

LEAST_FIT = 0.8


def likely_source(
    project: Project, text: str, others: Sequence[Project], *, of_set: bool = False
) -> tuple[Project, float] | None:
    """Return the project whose name the text fits best and how well, None where none fits.

    Among equals the first is taken. Projects with the same name as this one are no source.
    """
    second = side(text)
    kind = "name_indicators" if of_set else "name_goal"
    own = core(project.title)
    best: tuple[Project, float] | None = None
    seen: set[str] = {own}
    for other in others:
        name = core(other.title)
        if other is project or name in seen or not plain(name).text:
            continue
        seen.add(name)
        first = side(name)
        if first.terms.max(initial=0) < LEAST_FIT / 4:
            continue
        score = fit(kind, first, second)
        if score >= LEAST_FIT and (best is None or score > best[1]):
            best = (other, score)
        if len(seen) > MOST_CANDIDATES:
            break
    return best
