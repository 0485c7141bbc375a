"""Text that stands in more than one place. Which rows share it was found before (`auditor.reuse`); here it is judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditor.checks.form import MOST_TWINS, row_evidence
from auditor.finding import Evidence, Mark, Member, ReuseGroup, Subject
from auditor.profile import Profile
from auditor.reuse.programme import programme
from auditor.reuse.rows import Programmes, Row, rows_of
from auditor.subjects import Batch
from auditor.wording import Wording

LONGEST_NAME = 30
TWIN = Wording("文字相同的另一项目", "the other project with the same text")
_TRANCHE = Wording("同一专项的另一行", "another row of the same programme")


def copied(batch: Batch, profile: Profile, *, kind: str, relations: tuple[str, ...]) -> Iterator[Mark]:
    """Mark every row whose text (`kind` goal or indicator_set) stands under a different programme too.

    Twins of the row's own programme are no evidence against it. The variant is the group's relation, `copied` aside.
    A row is marked once, by the first of `relations` that applies.
    """
    rows = index(batch)
    marked: set[Member] = set()
    for relation in relations:
        for group in groups_of(batch, kind, relation):
            programmes = Programmes(rows[member] for member in group.members)
            for member in group.members:
                twins, count = programmes.others(rows[member])
                if twins and member not in marked:
                    marked.add(member)
                    variant = None if relation == "copied" else relation
                    yield _copy_mark(rows[member], twins, count, kind, variant, group.score)


def of_one_programme(batch: Batch, profile: Profile) -> Iterator[Mark]:
    """Mark every row of a group that shares its text for good reason: tranches, districts, successive years.

    Only the first twins are shown, so that a programme of thousands of rows costs no more than its rows.
    """
    rows = index(batch)
    of_member: dict[Member, list[ReuseGroup]] = {}
    for group in batch.groups:
        if group.relation == "same_programme":
            for member in group.members:
                of_member.setdefault(member, []).append(group)
    for member, groups in ((member, of_member[member]) for member in rows if member in of_member):
        row = rows[member]
        shown = (twin for group in groups for twin in group.members[: MOST_TWINS + 2] if twin != member)
        twins = [rows[twin] for twin in list(dict.fromkeys(shown))[: MOST_TWINS + 1]]
        count = max(max(len(group.members) for group in groups), len(twins) + 1)
        values = {
            "programme": programme(row.project.title) or row.project.title,
            "count": count,
            **rows_named(twins, row, count - 1),
        }
        at = Subject(row.document, row.project, None, row.project.name, "project.name")
        near = max(group.score for group in groups) < 1
        yield Mark(at, None, values, evidence_of(twins, _TRANCHE), "near" if near else None)


def index(batch: Batch) -> dict[Member, Row]:
    """Return the rows of a batch by member, in order."""
    return {row.member: row for row in rows_of(batch.documents)}


def groups_of(batch: Batch, kind: str, relation: str) -> Iterator[ReuseGroup]:
    """Yield the batch's groups of one kind and relation."""
    return (group for group in batch.groups if group.kind == kind and group.relation == relation)


def evidence_of(twins: Sequence[Row], what: Wording, *, goals: bool = False) -> tuple[Evidence, ...]:
    """Point at the first twins: at their names, or at their goals."""
    found = (twin.project for twin in twins[:MOST_TWINS])
    return tuple(row_evidence(twin, what, twin.goal.text if goals and twin.goal else None) for twin in found)


def rows_named(twins: Sequence[Row], row: Row, count: int) -> dict[str, str]:
    """Name the twins' rows for a message, those of the row's own document first; `count` is how many there are."""
    named: dict[str, list[str]] = {row.member.document: []}
    for twin in twins[:MOST_TWINS]:
        named.setdefault(twin.member.document, []).append(str(twin.member.row))
    more = "…" if count > MOST_TWINS else ""
    parts = [(name if name != row.member.document else "", rows) for name, rows in named.items() if rows]
    zh = "、".join(f"{name}第 {'、'.join(rows)} 行" for name, rows in parts)
    en = "; ".join(f"{name} row {', '.join(rows)}".strip() for name, rows in parts)
    return {"rows": zh + more, "rows_en": en + more}


def twins_named(twins: Sequence[Row], row: Row, count: int) -> Mapping[str, object]:
    """Return the values of a message about twins: how many, in which rows, and the first one's name."""
    name = twins[0].project.title
    return {
        "count": count,
        "more": f"等 {count} 个不同项目" if count > 1 else "",
        "more_en": f" and {count - 1} more" if count > 1 else "",
        "twin": name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME] + "…",
        **rows_named(twins, row, count),
    }


def _copy_mark(row: Row, twins: Sequence[Row], count: int, kind: str, variant: str | None, score: float) -> Mark:
    of_goal = kind == "goal"
    project = row.project
    passage = project.goal if of_goal else project.name
    names = "、".join(indicator.name.text for indicator in project.indicators[:3])
    values = {**twins_named(twins, row, count), "indicators": len(project.indicators), "names": names}
    return Mark(
        Subject(row.document, project, None, passage, "goal" if of_goal else "project"),
        None,
        values,
        evidence_of(twins, TWIN, goals=of_goal),
        variant,
        score if variant else 1.0,
        None if of_goal else names or None,
    )
