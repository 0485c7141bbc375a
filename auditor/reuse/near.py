"""Pairs of texts that are near one another, from signatures to verified pairs. The same for ten texts and for a million.

Whether two texts are found depends on those two alone (`auditor.reuse.candidates` names the one exception, crowds);
their order and their company change nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.reuse.candidates import Pairs, candidates
from auditor.reuse.signature import Banding, signatures
from auditor.reuse.verify import jaccards, ratios

CLOSE = Banding(rows=4, bands=25)
"""Finds 99.9 % of the pairs with a Jaccard index of 0.7."""

DISTANT = Banding(rows=3, bands=64)
"""Finds texts of which every fifth character was changed, whose Jaccard index is about 0.5 (99.98 %) or 0.35 (94 %)."""

LEAST_ESTIMATE = 0.12
"""Least estimated Jaccard index of a pair that is compared: far below that of any pair of ratio 75."""


@dataclass(frozen=True)
class NearPairs:
    """Verified pairs: `pairs` (n, 2) positions, the smaller first; `scores` likeness of each, in their own measure."""

    pairs: Pairs
    scores: tuple[float, ...]


def near_pairs(texts: Sequence[str], least: float, workers: int = 2) -> NearPairs:
    """Return the pairs of distinct masked plain texts whose rapidfuzz ratio reaches `least`, 0 to 100; empty texts none."""
    if len(texts) < 2:
        return NearPairs(candidates(signatures([], DISTANT), 0), ())
    found = candidates(signatures(texts, DISTANT, workers), LEAST_ESTIMATE)
    scores = ratios(texts, found, least, workers)
    kept = scores >= least
    return NearPairs(found[kept], tuple(float(score) for score in scores[kept]))


def similar_pairs(texts: Sequence[str], least: float, workers: int = 2) -> NearPairs:
    """Return the pairs of texts whose sets of 3-grams have a Jaccard index of at least `least` (0.6 to 1)."""
    found = candidates(signatures(texts, CLOSE, workers), least - 0.3)
    scores = jaccards(texts, found, workers)
    kept = scores >= least
    return NearPairs(found[kept], tuple(float(score) for score in scores[kept]))
