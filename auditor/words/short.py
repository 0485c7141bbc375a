"""The likeliest paths through many short pieces at once, where no long word can lie in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Floats = NDArray[np.float64]

LONGEST_WORD = 3
LAST = 0xFFFF
"""Characters beyond 16 bits are in no short word."""


class ShortPaths:
    """Knows the costs of words of up to LONGEST_WORD characters as arrays.

    `cost` as in BestPath; `unknown` is the cost of a character that the dictionary lacks.
    """

    def __init__(self, cost: Mapping[str, float | None], unknown: float) -> None:
        self._unknown = unknown
        self._single = np.full(LAST + 1, unknown)
        for sign, own in cost.items():
            if len(sign) == 1 and ord(sign) <= LAST:
                self._single[ord(sign)] = -np.inf if own is None else own
        self._words = {size: _by_key(cost, size) for size in range(2, LONGEST_WORD + 1)}

    def ends(self, codes: Codes, near: float) -> list[list[int]]:
        """Return for each row of `codes`, (pieces, characters), where the word from each character on ends.

        The sums are those of BestPath in the same order. [] for a row in which two paths differ by less than `near`.
        """
        rows, length = codes.shape
        single = self._single[np.minimum(codes, LAST)]
        longer = {size: self._costs(codes, size) for size in self._words if size <= length}
        best = np.zeros((rows, length + 1))
        ends = np.empty((rows, length), int)
        too_near = np.zeros(rows, bool)
        for at in range(length - 1, -1, -1):
            likeliest, end = single[:, at] + best[:, at + 1], np.full(rows, at + 1)
            for size, cost in longer.items():
                if at + size <= length:
                    path = cost[:, at] + best[:, at + size]
                    is_better = (path >= likeliest) & (path > -np.inf)
                    with np.errstate(invalid="ignore"):
                        too_near |= np.abs(path - likeliest) < near
                    likeliest, end = np.where(is_better, path, likeliest), np.where(is_better, at + size, end)
            is_open = np.isneginf(likeliest)
            best[:, at] = np.where(is_open, self._unknown + best[:, at + 1], likeliest)
            ends[:, at] = end
        found: list[list[int]] = ends.tolist()
        return [[] if rivals else row for row, rivals in zip(found, too_near.tolist(), strict=True)]

    def _costs(self, codes: Codes, size: int) -> Floats:
        """Return (pieces, characters - size + 1) costs of the words of one size, -inf where there is none."""
        count = codes.shape[1] - size + 1
        keys = np.stack([_keys(codes[:, at : at + size]) for at in range(count)], axis=1)
        known, costs = self._words[size]
        places = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        is_short: NDArray[np.bool_] = codes.max(axis=1) <= LAST
        return np.where((known[places] == keys) & is_short[:, None], costs[places], -np.inf)


def _by_key(cost: Mapping[str, float | None], size: int) -> tuple[NDArray[np.uint64], Floats]:
    """Return keys, ascending, and costs of the words of one size."""
    words = {word: own for word, own in cost.items() if len(word) == size and own is not None}
    codes = characters(words).reshape(-1, size)
    short = np.flatnonzero(codes.max(axis=1) <= LAST)
    keys = _keys(codes[short])
    order = np.argsort(keys)
    return keys[order], np.array(list(words.values()))[short][order]


def _keys(codes: Codes) -> NDArray[np.uint64]:
    """Return one number for each row of up to four characters of 16 bits."""
    keys = np.zeros(len(codes), np.uint64)
    for at in range(codes.shape[1]):
        keys |= codes[:, at].astype(np.uint64) << np.uint64(16 * at)
    return keys


def characters(texts: Iterable[str]) -> Codes:
    """Return the numbers of all characters of `texts`, one text after the other."""
    return np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
