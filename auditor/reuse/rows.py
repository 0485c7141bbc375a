"""Rows to be compared: members of a batch with their projects, put together by what they say and by programme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from auditor.document import Document, Project
from auditor.finding import Member
from auditor.reuse.group import Star, stars
from auditor.reuse.likeness import LONGEST
from auditor.reuse.programme import LEAST_ALIKE, programme, same_programme
from auditor.text import plain

FEW = 64
"""Up to so many names are all compared with one another; of more, only those that share grams."""

LEAST_CHARACTERS = 5
"""Different word characters, below which a text has no words."""

MOST_SHOWN = 8
"""Rows of other programmes that are shown for one row."""


@dataclass(frozen=True)
class Row:
    """One project of a batch; `order` is its place in the batch, for display only."""

    order: int
    member: Member
    project: Project
    document: Document

    @cached_property
    def key(self) -> str:
        """What rows of one programme have in common: its name, or the whole name where nothing else is left."""
        return programme(self.project.title) or plain(self.project.title).text

    @cached_property
    def goal(self) -> str:
        """The goal's plain text, '' for none and for one without words (rows of dots or of one character)."""
        text = self.project.goal.plain.text if self.project.goal else ""
        return text if len(set(filter(str.isalnum, text[:LONGEST]))) >= LEAST_CHARACTERS else ""


def rows_of(documents: Iterable[Document]) -> list[Row]:
    """Return the rows that have a name, in order."""
    named = [(document, project) for document in documents for project in document.projects if project.name]
    return [
        Row(order, Member(document.name, project.row), project, document)
        for order, (document, project) in enumerate(named)
    ]


def together(rows: Iterable[Row], key: Callable[[Row], Hashable | None]) -> Iterator[list[Row]]:
    """Yield the rows with equal keys, where there are two or more; None is no key."""
    groups: dict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        value = key(row)
        if value is not None:
            groups[value].append(row)
    yield from (members for members in groups.values() if len(members) > 1)


def members(rows: Iterable[Row]) -> tuple[Member, ...]:
    """Return the rows' members in order of document and row."""
    return tuple(row.member for row in sorted(rows, key=lambda row: row.order))


class Programmes:
    """The programmes of some rows that share a text: which of them are one programme, and which are not.

    Names are put together by `programme` first; only different names are held against one another.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: row.order):
            self._rows[row.key].append(row)
        self._keys = sorted(self._rows)
        self._near = near_names([self._rows[key][0].project.title for key in self._keys])
        self._same: dict[str, set[str]] = {key: {key} for key in self._keys}
        for a, b in self._near:
            self._same[self._keys[a]].add(self._keys[b])
            self._same[self._keys[b]].add(self._keys[a])
        self._count = sum(map(len, self._rows.values()))
        self._first = sorted(
            (row for rows in self._rows.values() for row in rows[:MOST_SHOWN]), key=lambda row: row.order
        )

    def are_several(self) -> bool:
        """Whether any two of the rows belong to different programmes."""
        return any(len(same) < len(self._keys) for same in self._same.values())

    def families(self) -> list[list[Row]]:
        """Return the rows of every programme that has two or more: stars round a name."""
        names = [self._star(star) for star in stars((a, b, 1.0) for a, b in self._near)]
        names += [[key] for key in self._keys if len(self._same[key]) == 1 and len(self._rows[key]) > 1]
        return [[row for key in group for row in self._rows[key]] for group in names]

    def _star(self, star: Star) -> list[str]:
        return [self._keys[at] for at in (star.centre, *(ray for ray, _ in star.rays))]

    def others(self, row: Row) -> tuple[list[Row], int]:
        """Return the first rows of other programmes than the row's own, and how many there are."""
        same = self._same[row.key]
        shown = islice((other for other in self._first if other.key not in same), MOST_SHOWN)
        return list(shown), self._count - sum(len(self._rows[key]) for key in same)


def near_names(names: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of names that name one programme; never all pairs of many names."""
    if len(names) <= FEW:
        pairs = [(a, b) for b in range(len(names)) for a in range(b)]
    else:
        from auditor.reuse.near import near_pairs  # numpy, which most runs can do without

        texts = [programme(name) or plain(name).text or name for name in names]
        pairs = [(a, b) for a, b in near_pairs(texts, LEAST_ALIKE).pairs.tolist()]
    return [(a, b) for a, b in pairs if same_programme(names[a], names[b])]
