"""Text that stands in more than one place. Which rows share it was found before (`auditor.reuse`); here it is judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.form import MOST_TWINS, row_evidence
from auditor.document import Document, Project
from auditor.finding import Evidence, Mark, Member, ReuseGroup, Subject
from auditor.profile import Profile
from auditor.reuse.programme import programme, same_programme
from auditor.subjects import Batch
from auditor.text import Span, clauses, plain
from auditor.wording import Wording

LONGEST_NAME = 30
_TWIN = Wording("文字相同的另一项目", "the other project with the same text")
_TRANCHE = Wording("同一专项的另一行", "another row of the same programme")


def copied(batch: Batch, profile: Profile, *, kind: str, relations: tuple[str, ...]) -> Iterator[Mark]:
    """Mark every row whose text (`kind` goal or indicator_set) stands under a different programme too.

    Twins of the row's own programme are no evidence against it. The variant is the group's relation, `copied` aside.
    A row is marked once, by the first of `relations` that applies.
    """
    rows = _index(batch)
    marked: set[Member] = set()
    for relation in relations:
        for group in _groups(batch, kind, relation):
            for member in group.members:
                document, project = rows[member]
                twins = [twin for twin in group.members if not same_programme(project.title, rows[twin][1].title)]
                if not twins or member in marked:
                    continue
                marked.add(member)
                yield _group_mark(
                    document, project, twins, rows, kind, None if relation == "copied" else relation, group.score
                )


def of_one_programme(batch: Batch, profile: Profile) -> Iterator[Mark]:
    """Mark every row of a group that shares its text for good reason: tranches, districts, successive years.

    Only the first twins are shown, so that a programme of thousands of rows costs no more than its rows.
    """
    rows = _index(batch)
    groups_of: dict[Member, list[ReuseGroup]] = {}
    for group in batch.groups:
        if group.relation == "same_programme":
            for member in group.members:
                groups_of.setdefault(member, []).append(group)
    for member, groups in ((member, groups_of[member]) for member in rows if member in groups_of):
        document, project = rows[member]
        shown = (twin for group in groups for twin in group.members[: MOST_TWINS + 2] if twin != member)
        twins = list(dict.fromkeys(shown))[: MOST_TWINS + 1]
        count = max(len(group.members) for group in groups)
        values = {
            "programme": programme(project.title) or project.title,
            "count": max(count, len(twins) + 1),
            **_rows_of(twins, document),
        }
        at = Subject(document, project, None, project.name, "project.name")
        yield Mark(at, None, values, _evidence(twins, rows, _TRANCHE))


def _index(batch: Batch) -> dict[Member, tuple[Document, Project]]:
    return {
        Member(document.name, project.row): (document, project)
        for document in batch.documents
        for project in document.projects
    }


def _groups(batch: Batch, kind: str, relation: str) -> Iterator[ReuseGroup]:
    return (group for group in batch.groups if group.kind == kind and group.relation == relation)


def _evidence(
    twins: Sequence[Member], rows: dict[Member, tuple[Document, Project]], what: Wording, *, goals: bool = False
) -> tuple[Evidence, ...]:
    found = (rows[twin][1] for twin in twins[:MOST_TWINS])
    return tuple(row_evidence(twin, what, twin.goal.text if goals and twin.goal else None) for twin in found)


def _rows_of(twins: Sequence[Member], document: Document) -> dict[str, str]:
    """Name the twins' rows for a message, those of the same document first."""
    groups: dict[str, list[str]] = {document.name: []}
    for twin in twins[:MOST_TWINS]:
        groups.setdefault(twin.document, []).append(str(twin.row))
    more = "…" if len(twins) > MOST_TWINS else ""
    named = [(name if name != document.name else "", rows) for name, rows in groups.items() if rows]
    zh = "、".join(f"{name}第 {'、'.join(rows)} 行" for name, rows in named)
    en = "; ".join(f"{name} row {', '.join(rows)}".strip() for name, rows in named)
    return {"rows": zh + more, "rows_en": en + more}


def _short(name: str) -> str:
    """Cut a long name for a message; the evidence has it in full."""
    return name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME] + "…"


def _group_mark(
    document: Document,
    project: Project,
    twins: Sequence[Member],
    rows: dict[Member, tuple[Document, Project]],
    kind: str,
    variant: str | None,
    score: float,
) -> Mark:
    of_goal = kind == "goal"
    passage = project.goal if of_goal else project.name
    subject = Subject(document, project, None, passage, "goal" if of_goal else "project")
    values = {
        "count": len(twins),
        "more": f"等 {len(twins)} 个不同项目" if len(twins) > 1 else "",
        "more_en": f" and {len(twins) - 1} more" if len(twins) > 1 else "",
        **_rows_of(twins, document),
        "twin": _short(rows[twins[0]][1].title),
        "indicators": len(project.indicators),
        "names": "、".join(indicator.name.text for indicator in project.indicators[:3]),
    }
    quote = None if of_goal else values["names"]
    return Mark(
        subject,
        None,
        values,
        _evidence(twins, rows, _TWIN, goals=of_goal),
        variant,
        score if variant else 1.0,
        str(quote) if quote else None,
    )


def repeated_inside(subject: Subject, profile: Profile, *, least: int) -> Iterator[Mark]:
    """Mark clauses of at least `least` characters that stand a second time in one goal; neighbours make one mark.

    Only the later copy is marked, the earlier one is its evidence. Shorter clauses are carried along inside a run.
    """
    passage = subject.passage
    if not passage:
        return
    spans = clauses(passage.text)
    texts = [plain(passage.text[start:end]).text for start, end in spans]
    for first, second, length in _repeats(texts, least):
        earlier = passage.text[spans[first][0] : spans[first + length - 1][1]]
        span: Span = (spans[second][0], spans[second + length - 1][1])
        what = Wording("同一目标中的前一处", "its first appearance in the same goal")
        yield Mark(subject, span, {"text": earlier}, (Evidence(what, passage.place, earlier),))


def _repeats(texts: Sequence[str], least: int) -> Iterator[tuple[int, int, int]]:
    """Yield (first, second, length) of runs of equal clauses, each later clause at most once."""
    seen: dict[str, int] = {}
    at = 0
    while at < len(texts):
        first = seen.get(texts[at])
        length = 0
        if first is not None:
            while at + length < len(texts) and first + length < at and texts[first + length] == texts[at + length]:
                length += 1
        if first is not None and any(len(text) >= least for text in texts[at : at + length]):
            yield first, at, length
        for text_at in range(at, at + max(length, 1)):
            seen.setdefault(texts[text_at], text_at)
        at += max(length, 1)
