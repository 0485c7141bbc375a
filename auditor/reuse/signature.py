"""Signatures: a few numbers for each text, alike where texts are alike. A text's signature depends on it alone.

MinHash over character 3-grams (Broder 1997): the share of minima that two texts have in common estimates the Jaccard
index of their sets of 3-grams. `rows` minima make the key of a band; texts that agree in any band become candidates.
Every 3-gram counts once and alike: weighting rare ones up loses copies of boilerplate, which consist of common ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

GRAM = 3
"""Characters in a gram; the last characters of a text make shorter ones."""

BYTES = 64
"""Minima of which one byte each is kept, to estimate the Jaccard index of a candidate pair."""

_BLOCK = 1 << 16
"""Characters worked on at once: what fits into a core's own cache."""

_SEED = 20240229


@dataclass(frozen=True)
class Banding:
    """How many bands of how many minima: `rows` makes strangers rarer, `bands` finds more distant copies."""

    rows: int
    bands: int

    def recall(self, jaccard: float) -> float:
        """Return the share of pairs with this Jaccard index that become candidates."""
        return 1 - (1 - jaccard**self.rows) ** self.bands


@dataclass(frozen=True)
class Signatures:
    """`keys` (bands, texts) uint32, equal where a band agrees; `minima` (texts, BYTES) uint8, for estimates."""

    keys: NDArray[np.uint32]
    minima: NDArray[np.uint8]


def signatures(texts: Sequence[str], banding: Banding, workers: int = 2) -> Signatures:
    """Return the signatures of texts, none of them empty, in order. Time grows with the characters, not with pairs."""
    keys = np.empty((banding.bands, len(texts)), dtype=np.uint32)
    minima = np.empty((len(texts), BYTES), dtype=np.uint8)
    multipliers = _multipliers(max(banding.rows * banding.bands, BYTES))

    def work(block: tuple[int, int]) -> None:
        first, last = block
        _block(texts[first:last], banding, multipliers, keys[:, first:last], minima[first:last])

    with ThreadPoolExecutor(max(1, workers)) as pool:
        for _ in pool.map(work, _blocks(texts)):
            pass
    return Signatures(keys, minima)


def _blocks(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Cut the texts into runs of about `_BLOCK` characters; a longer text is a run of its own."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    ends = np.cumsum(lengths)
    found: list[tuple[int, int]] = []
    first = 0
    while first < len(texts):
        reached = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, reached + _BLOCK, side="right")))
        found.append((first, last))
        first = last
    return found


def _multipliers(count: int) -> NDArray[np.uint32]:
    """Return odd numbers, the same in every run: multiplied by one, the hashes of grams stand in another order."""
    drawn = np.random.Generator(np.random.PCG64(_SEED)).integers(0, 1 << 32, size=count, dtype=np.uint32)
    return drawn | np.uint32(1)


def gram_hashes(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return a hash for the gram that begins at every character of the texts, and where each text begins."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    starts = np.cumsum(lengths) - lengths
    padding = "\x00" * (GRAM - 1)
    codes = np.frombuffer((padding.join(texts) + padding).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    mixed = codes[:-2] * np.uint32(0x9E3779B1)
    mixed += codes[1:-1] * np.uint32(0x85EBCA77)
    mixed += codes[2:] * np.uint32(0xC2B2AE3D)
    kept = np.ones(len(mixed), dtype=bool)
    ends = (starts + lengths + np.arange(len(texts)) * len(padding))[:-1]
    for extra in range(len(padding)):
        kept[ends + extra] = False
    return _mixed(mixed[kept]), starts


def _mixed(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Spread 32 bits evenly (the finisher of MurmurHash3), in place."""
    hashes ^= hashes >> np.uint32(16)
    hashes *= np.uint32(0x85EBCA6B)
    hashes ^= hashes >> np.uint32(13)
    hashes *= np.uint32(0xC2B2AE35)
    hashes ^= hashes >> np.uint32(16)
    return hashes


def _block(
    texts: Sequence[str],
    banding: Banding,
    multipliers: NDArray[np.uint32],
    keys: NDArray[np.uint32],
    minima: NDArray[np.uint8],
) -> None:
    hashes, starts = gram_hashes(texts)
    ordered = np.empty_like(hashes)
    for at, multiplier in enumerate(multipliers):
        np.multiply(hashes, multiplier, out=ordered)
        least = np.minimum.reduceat(ordered, starts)
        if at < BYTES:
            minima[:, at] = (least * np.uint32(0x9E3779B1)) >> np.uint32(24)
        band, row = divmod(at, banding.rows)
        if band < banding.bands:
            keys[band] = least if row == 0 else (keys[band] * np.uint32(0x01000193)) ^ least
        if band < banding.bands and row == banding.rows - 1:
            keys[band] = _mixed(keys[band])
