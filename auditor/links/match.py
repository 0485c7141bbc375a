"""Which indicators of two documents measure the same thing: blocked by rare character pairs, never all against all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from auditor.links.stated import Stated

LEAST_ALIKE = 88.0
"""Least rapidfuzz ratio of two cores that may name one thing."""

MOST_ADDED = 2
"""Characters that one core may have beyond the other; more would narrow or widen what is measured."""

RAREST = 3
"""Character pairs by which an indicator is looked up."""

MOST_IN_BLOCK = 400
"""A pair of characters that more indicators share says too little to look things up by."""


class Match(NamedTuple):
    """Two statements about one thing; `alike` is 0–100, `by` the cores that met."""

    a: Stated
    b: Stated
    alike: float
    by: tuple[str, str]


def same_thing(a: str, b: str) -> float:
    """Return how alike two cores are, 0 where they name different things.

    Equal cores are 100. Otherwise one may have a few characters more, but no part may be exchanged for another:
    体育器材 and 音乐器材 are two things however alike they look.
    """
    if a == b:
        return 100.0
    if abs(len(a) - len(b)) > MOST_ADDED or fuzz.ratio(a, b) < LEAST_ALIKE:
        return 0.0
    operations = {operation.tag for operation in Indel.opcodes(a, b) if operation.tag != "equal"}
    return fuzz.ratio(a, b) if len(operations) == 1 else 0.0


def matches(left: Sequence[Stated], right: Sequence[Stated]) -> Iterator[Match]:
    """Yield every pair that measures the same thing in the same kind of amount, best core first.

    Work grows with the number of indicators times the size of a block, never with the product of both lists.
    """
    index = _Index(right)
    for one in left:
        best: dict[int, Match] = {}
        for about in one.subjects:
            for at, other in index.near(about):
                alike = same_thing(about, other) if right[at].kind == one.kind else 0.0
                if alike and (at not in best or alike > best[at].alike):
                    best[at] = Match(one, right[at], alike, (about, other))
        yield from (best[at] for at in sorted(best))


class _Index:
    """The cores of many statements, found again by their rarest character pairs or as a whole."""

    def __init__(self, items: Sequence[Stated]) -> None:
        cores = [(at, about) for at, item in enumerate(items) for about in item.subjects]
        self._counts = Counter(pair for _, about in cores for pair in _pairs(about))
        self._by_pair: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._whole: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for at, about in cores:
            self._whole[about].append((at, about))
            for pair in _pairs(about):
                if self._counts[pair] <= MOST_IN_BLOCK:
                    self._by_pair[pair].append((at, about))

    def near(self, about: str) -> Iterable[tuple[int, str]]:
        known = sorted(
            (pair for pair in _pairs(about) if pair in self._by_pair), key=lambda pair: (self._counts[pair], pair)
        )
        found = dict.fromkeys(self._whole.get(about, ()))
        for pair in known[:RAREST]:
            found.update(dict.fromkeys(self._by_pair[pair]))
        return found


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
