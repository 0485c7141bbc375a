"""Verifying: what candidate pairs really have in common. Nothing is called a copy on the strength of a signature."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from auditor.reuse.candidates import Pairs, distinct
from auditor.reuse.likeness import LONGEST
from auditor.reuse.signature import gram_hashes

_PIECE = 1 << 14


def ratios(texts: Sequence[str], pairs: Pairs, least: float, workers: int = 2) -> NDArray[np.float32]:
    """Return the likeness of every pair of masked texts, 0 where it is below `least`."""
    scores = np.zeros(len(pairs), dtype=np.float32)
    is_short = np.fromiter((len(text) <= LONGEST for text in texts), dtype=bool, count=len(texts))
    short = np.flatnonzero(is_short[pairs].all(axis=1))
    for at in range(0, len(short), _PIECE):
        chosen = short[at : at + _PIECE]
        first, second = ([texts[one] for one in column] for column in pairs[chosen].T.tolist())
        scores[chosen] = process.cpdist(
            first, second, scorer=fuzz.ratio, score_cutoff=least, workers=workers, dtype=np.float32
        )
    return scores


def jaccards(texts: Sequence[str], pairs: Pairs, workers: int = 2) -> NDArray[np.float64]:
    """Return the Jaccard index of the sets of whole 3-grams of every pair; 0 where neither has one."""
    pieces = [(at, min(at + _PIECE // 4, len(pairs))) for at in range(0, len(pairs), _PIECE // 4)]
    with ThreadPoolExecutor(max(1, workers)) as pool:
        found = list(pool.map(lambda piece: _jaccards(texts, pairs[piece[0] : piece[1]]), pieces))
    return np.concatenate(found) if found else np.empty(0)


def _jaccards(texts: Sequence[str], pairs: Pairs) -> NDArray[np.float64]:
    """Sort the grams of both texts of a pair together: one that stands in both comes twice in a row."""
    count = len(pairs)
    first, sizes_first = _grams_of(texts, pairs[:, 0])
    second, sizes_second = _grams_of(texts, pairs[:, 1])
    both = np.sort(np.concatenate((first, second)))
    both = both[1:][both[1:] == both[:-1]]
    shared = np.bincount((both >> np.uint64(32)).astype(np.int64), minlength=count)
    return np.asarray(shared / np.maximum(sizes_first + sizes_second - shared, 1), dtype=np.float64)


def _grams_of(texts: Sequence[str], chosen: NDArray[np.int64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the distinct grams of the chosen texts, each packed with the place of its text, and how many there are."""
    picked = [texts[at] for at in chosen.tolist()]
    hashes, starts = gram_hashes(picked)
    lengths = np.diff(np.append(starts, len(hashes)))
    place = np.repeat(np.arange(len(picked), dtype=np.uint64), lengths)
    whole = np.ones(len(hashes), dtype=bool)
    for back in (1, 2):
        whole[np.maximum(starts + lengths - back, starts)] = False
    packed = distinct(((place << np.uint64(32)) | hashes)[whole])
    return packed, np.bincount((packed >> np.uint64(32)).astype(np.int64), minlength=len(picked))
