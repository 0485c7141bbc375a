"""Text that is nobody's own: goals made of standing official wording, and leftovers of another body's text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from auditor.document import Document, Passage, Project
from auditor.finding import Evidence, Mark, Subject
from auditor.lexicon import lexicon
from auditor.profile import Profile
from auditor.reuse.leftovers import Leftover, home_of, leftovers, years_in
from auditor.reuse.programme import programme
from auditor.reuse.reference import cover, version
from auditor.reuse.territory import mentions
from auditor.text import Span, clauses, plain
from auditor.wording import Wording

MOST_SHOWN = 6
"""How many clauses of standing wording are shown as evidence."""

_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_FIGURE = re.compile(r"[0-9]")
_BODY_IS = Wording("本表的部门、单位", "the body whose table this is")
_PROJECT_IS = Wording("本项目名称", "the name of this project")
_STANDING = Wording("通用表述", "standing official wording")


def fits_any_project(
    subject: Subject, profile: Profile, *, share: float, least: int, clauses_least: int
) -> Iterator[Mark]:
    """Mark a goal whose clauses are, for at least `share` of their characters, standing wording of the reference texts.

    Goals under `least` characters or `clauses_least` such clauses are not judged, nor is a project whose name names
    nothing of its own; a goal that takes up any word of the name, or gives a figure of its own, speaks of this project.
    """
    passage, project = subject.passage, subject.project
    if not passage or project is None:
        return
    view = passage.plain
    spans = clauses(view.text)
    total = sum(end - start for start, end in spans)
    if total < least:
        return
    covers = [(span, cover(view.text[slice(*span)])) for span in spans]
    own = [view.text[slice(*span)] for span, found in covers if not found.official]
    official = [span for span, found in covers if found.official]
    covered = sum(end - start for start, end in official) - sum(len(found.open) for _, found in covers)
    if len(official) < clauses_least or covered < share * total or any(_FIGURE.search(one) for one in own):
        return
    words = own_words(project.title)
    if not words or any(word in view.text for word in words):
        return
    yield Mark(
        subject,
        None,
        {"percent": round(100 * covered / total), "count": len(official), "version": version()},
        tuple(_shown(subject, official)),
        score=covered / total,
    )


def _shown(subject: Subject, spans: list[Span]) -> Iterator[Evidence]:
    passage = subject.passage
    assert passage is not None
    for span in spans[:MOST_SHOWN]:
        start, end = passage.plain.span(*span)
        yield Evidence(_STANDING, passage.place, passage.text[start:end])


def own_words(title: str) -> tuple[str, ...]:
    """Return the pairs of Chinese characters by which a project's name says what it is about, generic words left out.

    Nothing for running costs: to keep a body running is what such a project is for, so standing wording is its own.
    """
    view = programme(title)
    if lexicon("running-costs").find(plain(view)):
        return ()
    generic = lexicon("generic-words")
    rest = list(view)
    for start, end in generic.find(plain(view)):
        rest[start:end] = "," * (end - start)
    runs = _HAN_RUN.findall("".join(rest))
    return tuple(dict.fromkeys(run[at : at + 2] for run in runs for at in range(len(run) - 1)))


def leftover_of_another(subject: Subject, profile: Profile, *, often: int) -> Iterator[Mark]:
    """Mark places, bodies and years in goals and indicator names that do not belong to the document they stand in.

    A foreign place that at least `often` different goals of the document speak of is no leftover. Looks at a whole document,
    because the places and years of its names tell where and when it belongs; linear in its length.
    """
    document = subject.document
    years = [year for project in document.projects for year in years_in(plain(project.title).text)]
    latest = max((*years, document.year or 0))
    partners = _partners(document, often)
    for project in document.projects:
        home = home_of(
            _bodies(document, project),
            plain(project.title).text,
            year=document.year,
            latest=latest,
            others=partners,
        )
        for at in _texts(document, project):
            assert at.passage is not None
            view = at.passage.plain
            for one in leftovers(view.text, home):
                yield _leftover_mark(at, view.span(*one.span), one, document)


def _bodies(document: Document, project: Project) -> str:
    """Return the names of the bodies a row belongs to, one a line: the unit's, the department's, the title."""
    lines = (project.unit, document.department, document.title)
    return "\n".join(plain(line).text for line in lines if line)


def _partners(document: Document, often: int) -> frozenset[str]:
    goals = {project.goal.plain.text for project in document.projects if project.goal}
    named = Counter(name for goal in goals for name in {name for one in mentions(goal) for name in one.names})
    return frozenset(name for name, count in named.items() if count >= often)


def _texts(document: Document, project: Project) -> Iterator[Subject]:
    if project.goal:
        yield Subject(document, project, None, project.goal, "goal")
    for indicator in project.indicators:
        if indicator.name:
            yield Subject(document, project, indicator, indicator.name, "indicator.name")


def _leftover_mark(at: Subject, span: Span, one: Leftover, document: Document) -> Mark:
    project = at.project
    assert project is not None
    known: Passage | None = project.name
    body = project.unit or document.department or document.title or ""
    evidence = [Evidence(_BODY_IS, document.place, body)] if body else []
    if known:
        evidence.append(Evidence(_PROJECT_IS, known.place, known.text))
    values = {"home": body, "instead": one.instead}
    return Mark(at, span, values, tuple(evidence), one.kind)
