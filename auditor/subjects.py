"""What rules can look at: the closed list of scopes, and how a document is walked for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from auditor.document import Document, Indicator, Passage, Project
from auditor.finding import ReuseGroup, Subject, Twin
from auditor.outcome import Pairing

BATCH = "batch"


@dataclass(frozen=True)
class Batch:
    """All documents of one audit, without exempt projects; what was set aside; reused text; and documents compared.

    A document in `twins` holds the same table as an earlier one and took no part in the search for reused text.
    """

    documents: tuple[Document, ...]
    groups: tuple[ReuseGroup, ...] = ()
    twins: tuple[Twin, ...] = ()
    pairings: tuple[Pairing, ...] = ()


_PROJECT_TEXTS: dict[str, Callable[[Project], Passage | None]] = {
    "goal": lambda project: project.goal,
    "project.name": lambda project: project.name,
}
_INDICATOR_TEXTS: dict[str, Callable[[Indicator], Passage | None]] = {
    "indicator.name": lambda indicator: indicator.name,
    "indicator.level2": lambda indicator: indicator.level2,
    "indicator.annual_target": lambda indicator: indicator.annual_target,
    "indicator.cycle_target": lambda indicator: indicator.cycle_target,
}
SCOPES = (*_PROJECT_TEXTS, *_INDICATOR_TEXTS, "indicator", "project", "document", BATCH)


def subjects(document: Document, scope: str) -> Iterator[Subject]:
    """Yield what a rule with `scope` examines in one document; a field that the form does not have is not examined."""
    if scope == "document":
        yield Subject(document, field=scope)
        return
    for project in document.projects:
        if scope == "project":
            yield Subject(document, project, None, project.name, scope)
        elif scope in _PROJECT_TEXTS:
            passage = _PROJECT_TEXTS[scope](project)
            if passage is not None:
                yield Subject(document, project, None, passage, scope)
        else:
            yield from _indicators(document, project, scope)


def _indicators(document: Document, project: Project, scope: str) -> Iterator[Subject]:
    for indicator in project.indicators:
        if scope == "indicator":
            yield Subject(document, project, indicator, indicator.name, scope)
            continue
        passage = _INDICATOR_TEXTS[scope](indicator)
        if passage is not None:
            yield Subject(document, project, indicator, passage, scope)
