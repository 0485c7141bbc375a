"""Whole goals: equal ones first, then near ones, each put to its programme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product

from auditor.finding import Relation, ReuseGroup
from auditor.reuse.group import stars
from auditor.reuse.judge import COPIED, LEAST_NEAR, RELATED, Verdict, is_official, verdict
from auditor.reuse.likeness import masked
from auditor.reuse.programme import same_programme
from auditor.reuse.rows import Programmes, Row, members, together

LEAST_GOAL = 10
"""Shorter goals (plain characters) say too little for a copy to mean anything."""

MOST_NAMES = 8
"""Names with one goal of which each is held against all names with a near goal; of more, the first ones only."""


@dataclass(frozen=True)
class Unit:
    """The rows of one programme with one goal."""

    goal: str
    rows: tuple[Row, ...]

    @cached_property
    def title(self) -> str:
        """A name of the programme, that of the smallest text: which row comes first must not matter."""
        return min(row.project.title for row in self.rows)

    @cached_property
    def words(self) -> str:
        """The goal with its numbers masked."""
        return masked(self.goal)


def equal_goals(rows: Sequence[Row]) -> Iterator[ReuseGroup]:
    """Yield the groups of rows with equal goals: `copied` across programmes, `same_programme` within one."""
    for same in together(rows, lambda row: row.goal if len(row.goal) >= LEAST_GOAL else None):
        programmes = Programmes(same)
        if programmes.are_several():
            relation: Relation = "boilerplate" if is_official(same[0].goal) else "copied"
            yield ReuseGroup("goal", relation, 1.0, members(same))
        for family in programmes.families():
            yield ReuseGroup("goal", "same_programme", 1.0, members(family))


@dataclass(frozen=True)
class Judged:
    """A pair of units (by number) with their likeness, and what it means; `same` is one programme."""

    a: int
    b: int
    score: float
    relation: Verdict | None
    same: bool


def near_goals(rows: Sequence[Row]) -> Iterator[ReuseGroup]:
    """Yield the groups of rows whose goals are near but not equal: stars round a representative."""
    units = units_of(rows)
    judged = list(judged_pairs(units))
    tiers: tuple[tuple[float, float, Verdict], ...] = (
        (COPIED, 101.0, "near"),
        (RELATED, COPIED, "near"),
        (RELATED, 101.0, "boilerplate"),
    )
    for least, below, relation in tiers:
        chosen = [one for one in judged if one.relation == relation and least <= one.score < below]
        yield from _groups(units, chosen, relation)
    yield from _groups(units, [one for one in judged if one.same and one.score >= COPIED], "same_programme")


def _groups(units: Sequence[Unit], judged: Sequence[Judged], relation: Relation) -> Iterator[ReuseGroup]:
    for star in stars((one.a, one.b, one.score) for one in judged):
        others = chain.from_iterable(units[at].rows for at, _ in star.rays)
        score = round(min(score for _, score in star.rays) / 100, 4)
        found = (*members(units[star.centre].rows), *members(others))
        yield ReuseGroup("goal", relation, score, found)


def units_of(rows: Sequence[Row]) -> list[Unit]:
    """Return the rows by goal and programme, in order of what they say."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if len(row.goal) >= LEAST_NEAR:
            found[row.goal, row.key].append(row)
    return [Unit(goal, tuple(found[goal, key])) for goal, key in sorted(found)]


def judged_pairs(units: Sequence[Unit], least: float = RELATED) -> Iterator[Judged]:
    """Yield every pair of units whose goals differ and reach `least`, judged."""
    from auditor.reuse.near import near_pairs  # numpy is imported where it is used

    by_text: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for at, unit in enumerate(units):
        by_text[unit.words][unit.goal].append(at)
    texts = sorted(text for text in by_text if len(text) >= LEAST_NEAR)
    for text in texts:
        for leader, other in _leading(sorted(by_text[text])):
            yield from _judge(units, by_text[text][leader], by_text[text][other], 100.0)
    found = near_pairs(texts, least)
    of_text = [_flat(by_text[text]) for text in texts]
    for (first, second), score in zip(found.pairs.tolist(), found.scores, strict=True):
        yield from _judge(units, of_text[first], of_text[second], score)


def _flat(by_goal: Mapping[str, list[int]]) -> list[int]:
    return [at for goal in sorted(by_goal) for at in by_goal[goal]]


def _leading(goals: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pair goals that differ in numbers only: the first few with all."""
    for at, leader in enumerate(goals[:MOST_NAMES]):
        for other in goals[at + 1 :]:
            yield leader, other


def _judge(units: Sequence[Unit], first: Sequence[int], second: Sequence[int], score: float) -> Iterator[Judged]:
    """Judge the units of one goal against those of another; of many, the first few of each against all."""
    crossed: Iterable[tuple[int, int]] = product(first, second)
    if min(len(first), len(second)) > MOST_NAMES:
        crossed = chain(product(first[:MOST_NAMES], second), product(first[MOST_NAMES:], second[:MOST_NAMES]))
    for a, b in crossed:
        one, other = units[a], units[b]
        if same_programme(one.title, other.title):
            yield Judged(a, b, score, None, True)
        else:
            relation = verdict(one.words, other.words, one.title, other.title, score)
            yield Judged(a, b, score, relation, False)
