"""Single indicators that have nothing to do with the project that carries them."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import Indicator, Project
from auditor.relevance.model import model
from auditor.relevance.names import core
from auditor.relevance.pair import Side, pair_features, side
from auditor.relevance.subject import SubjectProfile, subject_of
from auditor.relevance.suit import suits_any_project

LEAST_STRENGTH = 0.5
"""Term evidence that an indicator needs before it can be strange."""

MOST_SUPPORT = 0.12
"""Support of its subject by the rest of the project, above which it belongs."""


def strange_indicators(project: Project) -> Iterator[tuple[Indicator, SubjectProfile]]:
    """Yield the indicators that clearly show a subject which neither name, goal nor the other indicators know.

    Indicators that suit any project (satisfaction, payment, completion) never count. At most a third of the indicators
    can be strange; more means that the rest was not understood.
    """
    goal = project.goal.text if project.goal else ""
    names = [indicator.name.text for indicator in project.indicators]
    found = [
        (indicator, about)
        for at, indicator in enumerate(project.indicators)
        if (about := _strange(names[at], core(project.title), goal, [*names[:at], *names[at + 1 :]]))
    ]
    if 3 * len(found) <= len(names):
        yield from found


def _strange(name: str, title: str, goal: str, others: list[str]) -> SubjectProfile | None:
    if suits_any_project(name):
        return None
    about = subject_of(name)
    if about.strength < LEAST_STRENGTH or not about.is_evident:
        return None
    own = side(name)
    rest = side("；".join((title, goal, *others)))
    return None if _belongs(own, rest) else about


def _belongs(own: Side, rest: Side) -> bool:
    shared, longest, support, _, cosine, gram_support, *_ = pair_features(own, rest, model())
    return bool(longest > 0 or shared > 0.1 or support > MOST_SUPPORT or gram_support > 0.75 or cosine > 0.3)
