"""Which indicators of two documents measure the same thing: looked up by what they are about, never all against all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from auditor.links.money import in_ten_thousands
from auditor.links.stated import Stated, light

MOST_ALIKE = 60
"""Where more indicators than this are about one thing, its name says nothing particular: only agreeing ones are matched."""

_NEAR = 95.0
"""Likeness of two subjects that differ in light words only."""


class Match(NamedTuple):
    """Two statements about one thing; `alike` is 0–100, `by` the subjects that met."""

    a: Stated
    b: Stated
    alike: float
    by: tuple[str, str]


def same_thing(a: str, b: str) -> float:
    """Return how alike two subjects are: 100 where equal, somewhat less where only light words differ, else 0.

    No other word may be added or exchanged, however alike the rest looks: 参展企业 and 参展企业国家, 企业 and 新增企业,
    体育器材 and 音乐器材 are different things.
    """
    if a == b:
        return 100.0
    return _NEAR if light(a) == light(b) else 0.0


def matches(left: Sequence[Stated], right: Sequence[Stated]) -> Iterator[Match]:
    """Yield pairs that measure the same thing in the same kind of amount, at most MOST_ALIKE for each subject on the left.

    The order within `right` changes nothing but the order of what is yielded. Pairs whose names speak of different
    years are left out.
    """
    index = _Index(right)
    for one in left:
        best: dict[int, Match] = {}
        for about in one.subjects:
            for at, other in index.about(about, one):
                alike = same_thing(about, other)
                known = best.get(at)
                if alike and not _other_years(one, right[at]) and (known is None or alike > known.alike):
                    best[at] = Match(one, right[at], alike, (about, other))
        yield from (best[at] for at in sorted(best))


def _other_years(a: Stated, b: Stated) -> bool:
    return bool(a.years and b.years and not a.years & b.years)


class _Index:
    """Statements by what they are about and the kind of amount; where these are many, by the amount as well."""

    def __init__(self, items: Sequence[Stated]) -> None:
        self._items = items
        self._by_subject: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        self._by_amount: dict[tuple[str, str, Decimal], list[tuple[int, str]]] = defaultdict(list)
        for at in sorted(range(len(items)), key=self._rank):
            item = items[at]
            for about in item.subjects:
                self._by_subject[light(about), item.kind].append((at, about))
                self._by_amount[light(about), item.kind, item.amount].append((at, about))

    def _rank(self, at: int) -> tuple[Decimal, str, str, str]:
        """Order by what the items say, most money first, so that the cut does not depend on their positions."""
        item = self._items[at]
        return -(in_ten_thousands(item.project.budget) or Decimal(0)), item.project.title, item.name, item.text

    def about(self, subject: str, one: Stated) -> Sequence[tuple[int, str]]:
        """Return positions and subjects of those that may be about the same thing."""
        key = light(subject), one.kind
        found = self._by_subject.get(key, [])
        return found if len(found) <= MOST_ALIKE else self._by_amount.get((*key, one.amount), [])[:MOST_ALIKE]
