"""Goals that are nearly another programme's, and long clauses that stand in another programme's goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.checks.reuse import copied, evidence_of, groups_of, index, twins_named
from auditor.finding import Evidence, Mark, Member, Subject
from auditor.profile import Profile
from auditor.reuse.clauses import long_clauses, speaks_of_itself
from auditor.reuse.judge import COPIED
from auditor.reuse.likeness import Difference, likeness, masked, ratio
from auditor.reuse.rows import Programmes, Row
from auditor.subjects import Batch
from auditor.text import Span
from auditor.wording import Wording

MOST_CHANGES = 3
"""Differences that a message names; the evidence has them all."""

MOST_COMPARED = 64
"""Texts of a group with which its representative is compared to find the nearest."""

_TWIN = Wording("文字相近的另一项目", "the other project with nearly the same text")
_WORDS = Wording("不同的文字（本项目→另一项目）", "differing words (this project → the other)")
_NUMBERS = Wording("不同的数字（本项目→另一项目）", "differing numbers (this project → the other)")
_CLAUSE = Wording("有相同分句的另一项目", "the other project with the same clause")

Nearest = dict[Member, list[tuple[float, Row]]]


def nearly_copied(batch: Batch, profile: Profile) -> Iterator[Mark]:
    """Mark every row whose goal is near that of another programme; R301 marks those that are copies outright.

    The nearest twin is shown with what differs, numbers apart from words; below 85 % it is advice (`related`).
    """
    rows = index(batch)
    copies = {
        (mark.subject.document.name, mark.subject.project.row)
        for mark in copied(batch, profile, kind="goal", relations=("copied",))
        if mark.subject.project
    }
    for member, found in _nearest(batch, rows).items():
        if (member.document, member.row) not in copies:
            found.sort(key=lambda one: (-one[0], one[1].order))
            yield _near_mark(rows[member], [twin for _, twin in found], found[0][0])


def _nearest(batch: Batch, rows: Mapping[Member, Row]) -> Nearest:
    """Return for every row in a near group the rows that it was verified against, with their likeness."""
    found: Nearest = {}
    for group in groups_of(batch, "goal", "near"):
        centre = rows[group.members[0]]
        text = masked(centre.goal)
        rays = [rows[member] for member in group.members if rows[member].goal != centre.goal]
        scored = [(ratio(text, masked(ray.goal)), ray) for ray in rays]
        for score, ray in scored:
            found.setdefault(ray.member, []).append((score, centre))
        for member in group.members:
            if rows[member].goal == centre.goal:
                found.setdefault(member, []).extend(scored[:MOST_COMPARED])
    return found


def _near_mark(row: Row, twins: Sequence[Row], score: float) -> Mark:
    twin = twins[0]
    alike = likeness(row.goal, twin.goal)
    words = [_changed(row, twin, one, "“{}”→“{}”") for one in alike.differences]
    figures = [_changed(row, twin, one, "{}→{}") for one in alike.numbers]
    values = {
        "percent": int(score),
        "changes": _listed("，不同的文字：", words, "、"),
        "changes_en": _listed(", differing words: ", words, ", "),
        "numbers": _listed("，不同的数字：", figures, "、"),
        "numbers_en": _listed(", differing numbers: ", figures, ", "),
        **twins_named(twins, row, len(twins)),
    }
    nearest, *others = evidence_of(twins, _TWIN, goals=True)
    apart = [replace(nearest, what=_WORDS, quote=change) for change in words]
    apart += [replace(nearest, what=_NUMBERS, quote=change) for change in figures]
    evidence: tuple[Evidence, ...] = (replace(nearest, score=round(score / 100, 4)), *apart, *others)
    at = Subject(row.document, row.project, None, row.project.goal, "goal")
    return Mark(at, None, values, evidence, None if score >= COPIED else "related", round(score / 100, 4))


def _changed(row: Row, twin: Row, difference: Difference, form: str) -> str:
    return form.format(row.goal[slice(*difference.a)], twin.goal[slice(*difference.b)])


def _listed(lead: str, changes: Sequence[str], joint: str) -> str:
    if not changes:
        return ""
    return lead + joint.join(changes[:MOST_CHANGES]) + ("…" if len(changes) > MOST_CHANGES else "")


def clause_copied(batch: Batch, profile: Profile) -> Iterator[Mark]:
    """Mark every row whose goal has a long clause of another programme's goal, once, at its longest such clause.

    Rows whose whole goals are copies, or nearly, are marked for that alone. Where both goals speak of their own
    project, the clause suits both.
    """
    rows = index(batch)
    whole = {
        member
        for relation in ("copied", "near")
        for group in groups_of(batch, "goal", relation)
        for member in group.members
    }
    found: dict[Member, list[tuple[Span, list[Row], int]]] = {}
    for group in groups_of(batch, "clause", "copied"):
        _share([rows[member] for member in group.members if member not in whole], group.text or "", found)
    for member in (member for member in rows if member in found):
        row = rows[member]
        goal = row.project.goal
        span, twins, count = max(found[member], key=lambda one: one[0][1] - one[0][0])
        if goal is None:
            continue
        written = goal.plain.span(*span)
        values = {"clause": goal.text[slice(*written)], **twins_named(twins, row, count)}
        at = Subject(row.document, row.project, None, goal, "goal")
        yield Mark(at, written, values, evidence_of(twins, _CLAUSE, goals=True))


def _share(sharing: Sequence[Row], text: str, found: dict[Member, list[tuple[Span, list[Row], int]]]) -> None:
    """Note for every row that shares the clause where it stands and which rows of other programmes have it."""
    programmes = Programmes(sharing)
    for row in sharing:
        twins, count = programmes.others(row)
        suits = speaks_of_itself(row)
        strange = [twin for twin in twins if not (suits and speaks_of_itself(twin))]
        span = next((span for clause, span in long_clauses(row.goal) if clause == text), None)
        if strange and span:
            found.setdefault(row.member, []).append((span, strange, len(strange) if suits else count))
