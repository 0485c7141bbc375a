"""The likeliest paths through many runs of characters at once, by arrays: the sums of `auditor.words`, in its order.

Every stretch of up to sixteen characters is looked up in jieba's dictionary by a 64-bit number that names it; then all
runs are walked from their ends together, one character a step. Scores are the same double-precision numbers, added in
the same order, so that paths of one likelihood are told apart as jieba does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

PIECE = 1 << 18
"""Characters worked on at once."""

_BASE = np.uint64(0x9E3779B97F4A7C15)
_TOP = np.uint64(42)
_NONE = -np.inf


class Dictionary:
    """Words and beginnings of words by length: sorted numbers with their scores, minus infinity for a beginning."""

    def __init__(self, cost: Mapping[str, float | None], unknown: float) -> None:
        self.unknown = unknown
        by_length: dict[int, list[str]] = {}
        for word in cost:
            by_length.setdefault(len(word), []).append(word)
        self.longest = max(by_length)
        self._names: list[NDArray[np.uint64]] = []
        self._scores: list[NDArray[np.float64]] = []
        self._filled: list[NDArray[np.bool_]] = []
        for length in range(1, self.longest + 1):
            words = by_length.get(length, [])
            codes = _codes(words).reshape(len(words), length)
            names = np.zeros(len(words), dtype=np.uint64)
            for column in codes.T:
                names = names * _BASE + column
            order = np.argsort(names)
            scores = np.array([_NONE if (own := cost[word]) is None else own for word in words], dtype=np.float64)
            filled = np.zeros(1 << 22, dtype=bool)
            filled[names >> _TOP] = True
            self._filled.append(filled)
            self._names.append(names[order])
            self._scores.append(scores[order])

    def ends(self, runs: Sequence[str]) -> list[list[int]]:
        """Return for each run, for each of its offsets, where the word ends that begins the likeliest path from there."""
        found: list[list[int]] = []
        first = characters = 0
        for at, run in enumerate(runs):
            characters += len(run)
            if characters >= PIECE or at == len(runs) - 1:
                found += self._ends(runs[first : at + 1])
                first, characters = at + 1, 0
        return found

    def _ends(self, runs: Sequence[str]) -> list[list[int]]:
        """Walk the runs in step from their ends, the longest first, so that those still walking stand together."""
        order = sorted(range(len(runs)), key=lambda at: -len(runs[at]))
        lengths = np.array([len(runs[at]) for at in order], dtype=np.int64)
        scores = self._looked_up(_codes([runs[at] for at in order]))
        longer = np.zeros(int(lengths.sum()), dtype=np.uint32)
        for length, of_length in enumerate(scores):
            longer |= (of_length > _NONE).astype(np.uint32) << np.uint32(length)
        stops = np.cumsum(lengths)
        best = np.zeros((len(runs), self.longest + 1))  # of the offsets that follow, the nearest first
        chosen = np.empty(int(stops[-1]), dtype=np.int64)
        walking = len(runs)
        for step in range(1, int(lengths[0]) + 1):
            walking = int(np.searchsorted(-lengths[:walking], -step, side="right"))
            at = stops[:walking] - step
            top = scores[0][at] + best[:walking, 0]
            taken = np.ones(walking, dtype=np.int64)
            has = longer[at]
            for length in range(2, min(step, len(scores)) + 1):
                some = np.flatnonzero(has >> (length - 1) & 1)
                path = scores[length - 1][at[some]] + best[some, length - 1]
                better = some[path >= top[some]]
                top[better] = path[path >= top[some]]
                taken[better] = length
            lost = top == _NONE
            top[lost] = self.unknown + best[:walking, 0][lost]
            best[:walking, 1:] = best[:walking, :-1]
            best[:walking, 0] = top
            chosen[at] = taken
        return _back(order, lengths, stops, chosen)

    def _looked_up(self, codes: NDArray[np.uint64]) -> list[NDArray[np.float64]]:
        """Return for each length the score of the stretch that begins at each character, minus infinity for no word."""
        found: list[NDArray[np.float64]] = []
        open_at = np.arange(len(codes))
        names = np.zeros(len(codes), dtype=np.uint64)
        tables = zip(self._names, self._scores, self._filled, strict=True)
        for length, (known, scores, filled) in enumerate(tables, 1):
            open_at = open_at[open_at + length <= len(codes)]
            names = names[: len(open_at)] * _BASE + codes[open_at + length - 1]
            perhaps = filled[names >> _TOP]
            open_at, names = open_at[perhaps], names[perhaps]
            place = np.minimum(np.searchsorted(known, names), len(known) - 1)
            hit = known[place] == names
            open_at, names = open_at[hit], names[hit]
            of_length = np.full(len(codes), _NONE)
            of_length[open_at] = scores[place[hit]]
            found.append(of_length)
            if not len(open_at):
                break
        return found


def _codes(texts: Sequence[str]) -> NDArray[np.uint64]:
    return np.frombuffer("".join(texts).encode("utf-32-le"), dtype="<u4").astype(np.uint64)


def _back(
    order: Sequence[int], lengths: NDArray[np.int64], stops: NDArray[np.int64], chosen: NDArray[np.int64]
) -> list[list[int]]:
    """Put the runs in their own order again, and lengths of words into the offsets where they end."""
    begins = stops - lengths
    offsets = np.arange(len(chosen)) - np.repeat(begins, lengths) + chosen
    flat = offsets.tolist()
    found: list[list[int]] = [[]] * len(order)
    for at, begin, stop in zip(order, begins.tolist(), stops.tolist(), strict=True):
        found[at] = flat[begin:stop]
    return found
