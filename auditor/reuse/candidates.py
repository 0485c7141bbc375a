"""Candidates: pairs of texts worth comparing, found by sorting band keys. Never all pairs, however alike the texts are.

Texts that agree in a band are paired with one another up to `CROWD` of them. In a larger crowd (thousands of goals of one
template) every text is paired with the first few and with its neighbours by further minima, so that a crowd costs no
more than its members; strangers never make a crowd.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from auditor.reuse.signature import BYTES, Signatures

CROWD = 64
"""Texts that agree in one band and are all paired with one another."""

LEADERS = 4
"""First texts of a crowd, with which each of its texts is paired."""

NEIGHBOURS = 4
"""Following texts of a crowd, in order of further minima, with which each of its texts is paired."""

MOST_CROWDS = 4
"""Crowds in which a text is paired; texts of one template meet in nearly every band, and need it only once."""

_PIECE = 1 << 20

Pairs = NDArray[np.int64]
"""Shape (pairs, 2): positions of two texts, the smaller first; in order, none twice."""


def candidates(signatures: Signatures, least: float) -> Pairs:
    """Return the pairs that agree in a band and whose estimated Jaccard index reaches `least`."""
    found: list[NDArray[np.int64]] = []
    waiting = 0
    crowds = np.zeros(len(signatures.minima), dtype=np.uint8)
    for keys in signatures.keys:
        for packed in _agreeing(keys, signatures.minima, crowds):
            packed = packed[_estimates(signatures.minima, packed) >= least]
            found.append(packed)
            waiting += len(packed)
        if waiting > _PIECE and len(found) > 1:
            found = [distinct(np.concatenate(found))]
            waiting = 0
    packed = distinct(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
    return np.stack((packed >> 32, packed & 0xFFFFFFFF), axis=1)


Number = TypeVar("Number", np.int64, np.uint64)


def distinct(numbers: NDArray[Number]) -> NDArray[Number]:
    """Return the distinct numbers in order: `np.unique`, which is slower by hashing them."""
    ordered: NDArray[Number] = np.sort(numbers)
    first: NDArray[np.bool_] = np.ones(len(ordered), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def _pack(first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
    return (np.minimum(first, second) << 32) | np.maximum(first, second)


def _agreeing(
    keys: NDArray[np.uint32], minima: NDArray[np.uint8], crowds: NDArray[np.uint8]
) -> Iterator[NDArray[np.int64]]:
    """Yield pairs (packed into one number) of texts with equal keys; `crowds` counts those a text was paired in."""
    packed = np.sort((keys.astype(np.uint64) << np.uint64(32)) | np.arange(len(keys), dtype=np.uint64))
    ordered = packed >> np.uint64(32)
    edges = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1], [True])))
    sizes = np.diff(edges)
    shared = sizes > 1
    starts, sizes = edges[:-1][shared], sizes[shared]
    positions = (packed & np.uint64(0xFFFFFFFF)).astype(np.int64)
    small = sizes <= CROWD
    for start, size in zip(starts[~small], sizes[~small], strict=True):
        members = positions[start : start + size]
        members = members[crowds[members] < MOST_CROWDS]
        crowds[members] += 1
        if len(members) > 1:
            yield _crowd(members, minima)
    starts, sizes = starts[small], sizes[small]
    for distance in range(1, int(sizes.max(initial=1))):
        starts, sizes = starts[sizes > distance], sizes[sizes > distance]
        counts = sizes - distance
        left = np.repeat(starts - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        for at in range(0, len(left), _PIECE):
            piece = left[at : at + _PIECE]
            yield _pack(positions[piece], positions[piece + distance])


def _crowd(members: NDArray[np.int64], minima: NDArray[np.uint8]) -> NDArray[np.int64]:
    found = [
        _pack(np.full(len(members) - at - 1, members[at]), members[at + 1 :])
        for at in range(min(LEADERS, len(members)))
    ]
    order = members[np.lexsort(minima[members, :4].T)]
    found += [_pack(order[:-step], order[step:]) for step in range(1, NEIGHBOURS + 1)]
    return np.concatenate(found)


def _estimates(minima: NDArray[np.uint8], packed: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return for each pair the share of kept minima that are equal, less what bytes have in common by chance."""
    shares = np.empty(len(packed))
    for at in range(0, len(packed), _PIECE >> 3):
        piece = packed[at : at + (_PIECE >> 3)]
        equal = np.count_nonzero(minima[piece >> 32] == minima[piece & 0xFFFFFFFF], axis=1)
        shares[at : at + len(piece)] = (equal / BYTES - 1 / 256) / (1 - 1 / 256)
    return shares
