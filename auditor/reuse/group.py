"""Groups: stars round a representative, so that likeness never travels along a chain.

Every member was verified against its representative. A text that is near several others may stand in several stars;
every text that is near any other stands in at least one, so that whether it is reported does not hang on its company.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Star:
    """A representative and what is near it, each with its score."""

    centre: int
    rays: tuple[tuple[int, float], ...]


def stars(pairs: Iterable[tuple[int, int, float]]) -> Iterator[Star]:
    """Cover all pairs' ends with stars, those with most rays first, then those of the smallest number.

    Numbers must not depend on the order of input. Time grows with the pairs.
    """
    near: dict[int, dict[int, float]] = {}
    for a, b, score in pairs:
        near.setdefault(a, {})[b] = score
        near.setdefault(b, {})[a] = score
    covered: set[int] = set()
    for centre in sorted(near, key=lambda one: (-len(near[one]), one)):
        rays = near[centre]
        if centre in covered and covered >= rays.keys():
            continue
        covered.add(centre)
        covered.update(rays)
        yield Star(centre, tuple(sorted(rays.items())))
