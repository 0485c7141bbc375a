"""Many clauses at once: cut where no word can reach across, so that only pieces never seen before need a search.

A run falls apart between two characters that stand side by side in no word of the dictionary, alone or with a third.
Every path crosses there, so each piece may be cut by itself; and pieces come again even where no clause does. Single
characters that meet at such a place may be an unknown word and are put together again. All characters of all clauses are
looked at together, in arrays; only distinct pieces become strings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise

import numpy as np
from numpy.typing import NDArray

from auditor.text import Span
from auditor.words.path import NEAR, BestPath, Piece
from auditor.words.short import LONGEST_WORD, ShortPaths, characters

Codes = NDArray[np.uint32]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.intp]

LONGEST = 4_000
"""Longer clauses are left alone: the sums of their pieces could differ from theirs in more than the last digits."""

MOST_PIECES = 500_000
"""Pieces that are remembered before all are forgotten."""

BITS = 24
"""Size of the tables of neighbours, as a power of two. Two keys on one slot only make a piece longer than needed."""

PACKED = 4
"""Pieces of up to so many characters of 16 bits are told apart by one number."""

LONGEST_SHORT = 8
"""Pieces of up to so many characters are cut many at a time."""

OPENING = LONGEST_WORD + 1
"""Characters by which a word is known that may be too long for a short path."""

FEW = 20
"""Fewer of one length are cut one by one."""

BEGINS, ENDS = 1, 2

UNSETTLED = LONGEST + 1
"""Count of the tokens of a piece that is not settled."""

BREAK = (ord("\r"), ord("\n"))
"""A line end of two characters, the only token of several that is no word."""


class Pieces:
    """Cuts lists of clauses as `path` cuts their runs one by one. `in_runs` tells which characters make runs."""

    def __init__(self, path: BestPath, in_runs: Flags) -> None:
        self._path = path
        self._in_runs = in_runs
        pairs = [word for word, cost in path.cost.items() if len(word) == 2 and cost is not None]
        # Every beginning of a word is among the keys, so their last three characters are all threes that words hold.
        threes = {word[-3:] for word in path.cost if len(word) > 2}
        self._pairs = _table(pairs, 2)
        self._threes = _table(list(threes), 3)
        self._openings = _table([word for word in path.cost if len(word) == OPENING], OPENING)
        self._short = ShortPaths(path.cost, path.unknown)
        self._words: dict[str, tuple[str, ...] | None] = {}  # None where two paths are too near to tell apart
        self._singles: dict[str, int] = {}  # whether a piece begins, ends with a single character

    def cut(self, clauses: Sequence[str]) -> list[tuple[str, ...] | None]:
        """Return the tokens of every clause, in order; None for those that must be cut one run after the other."""
        if len(self._words) > MOST_PIECES:
            self._words.clear()
            self._singles.clear()
        lengths = np.array([len(clause) if len(clause) <= LONGEST else 0 for clause in clauses])
        text = "".join(clause for clause in clauses if len(clause) <= LONGEST)
        edges = np.concatenate(([0], np.cumsum(lengths)))
        if not text:
            return [None if clause else () for clause in clauses]
        codes = characters([text])
        in_run = self._in_runs[np.minimum(codes, len(self._in_runs) - 1)]
        begins = self._beginnings(codes, in_run, edges)
        starts = np.flatnonzero(begins)
        pieces, which = _distinct(text, codes, starts)
        self._learn(pieces)
        # Where two pieces meet by single characters, they are one.
        singles = np.fromiter(map(self._singles.__getitem__, pieces), np.uint8, len(pieces))[which]
        meet = ((singles[:-1] & ENDS) > 0) & ((singles[1:] & BEGINS) > 0) & in_run[starts[1:]] & in_run[starts[:-1]]
        meet &= ~np.isin(starts[1:], edges)
        pieces, starts, which = _merged(text, pieces, starts, which, meet)
        self._learn(pieces)
        return self._tokens(clauses, pieces, starts, which, edges)

    def _beginnings(self, codes: Codes, in_run: Flags, edges: Numbers) -> Flags:
        """Return for each character whether a piece surely begins with it."""
        across = np.zeros(len(codes) + 1, bool)  # some word may reach from the character before to this one
        if len(codes) > 1:
            across[1:-1] = self._pairs[_slots(codes[:-1], codes[1:])]
        if len(codes) > 2:
            threes = self._threes[_slots(codes[:-2], codes[1:-1], codes[2:])]
            across[1:-2] |= threes
            across[2:-1] |= threes
        begins = ~across[:-1]
        begins[1:] |= ~(in_run[1:] & in_run[:-1])
        begins[1:] &= ~((codes[:-1] == BREAK[0]) & (codes[1:] == BREAK[1]))
        begins[edges[:-1][edges[:-1] < len(codes)]] = True
        return begins

    def _learn(self, pieces: Sequence[str]) -> None:
        """Cut the pieces that are new; short ones all at once."""
        by_length: dict[int, list[str]] = defaultdict(list)
        for text in set(pieces).difference(self._words):
            by_length[len(text)].append(text)
        for length, texts in by_length.items():
            if 1 < length <= LONGEST_SHORT and len(texts) >= FEW:
                self._learn_short(texts, length)
            else:
                for text in texts:
                    self._keep(text, self._path.piece(text))

    def _learn_short(self, texts: Sequence[str], length: int) -> None:
        """Cut pieces of one length; those in which a longer word may begin go one by one."""
        codes = characters(texts).reshape(-1, length)
        longer = np.zeros(len(texts), bool)
        for at in range(length - OPENING + 1):
            longer |= self._openings[_slots(*codes[:, at : at + OPENING].T)]
        for text in (text for text, is_longer in zip(texts, longer.tolist(), strict=True) if is_longer):
            self._keep(text, self._path.piece(text))
        short = [text for text, is_longer in zip(texts, longer.tolist(), strict=True) if not is_longer]
        for text, ends in zip(short, self._short.ends(codes[~longer], NEAR), strict=True):
            shape = _shape(tuple(ends))
            if shape is None:
                self._keep(text, self._path.piece(text, ends))
            else:
                spans, self._singles[text] = shape
                self._words[text] = tuple([text[start:end] for start, end in spans])

    def _keep(self, text: str, piece: Piece | None) -> None:
        before, words, after = piece or ("", [], "")
        self._singles[text] = BEGINS * bool(before) + ENDS * bool(after or not words)
        if piece is not None and (before or after):
            words = self._path.joined([piece])
        self._words[text] = None if piece is None else tuple(words)

    def _tokens(
        self, clauses: Sequence[str], pieces: Sequence[str], starts: Numbers, which: Numbers, edges: Numbers
    ) -> list[tuple[str, ...] | None]:
        """Put the tokens of the pieces, the `which`-th beginning at each of `starts`, together to clauses."""
        words = [self._words[piece] for piece in pieces]
        counts = np.array([UNSETTLED if one is None else len(one) for one in words])[which]
        first = np.searchsorted(starts, edges)
        tokens = np.diff(np.concatenate(([0], np.cumsum(counts % UNSETTLED)))[first]).tolist()
        settled = np.diff(np.concatenate(([0], np.cumsum(counts == UNSETTLED)))[first]) == 0
        stream = chain.from_iterable(map([one or () for one in words].__getitem__, which.tolist()))
        found = [tuple(islice(stream, count)) for count in tokens]
        return [
            one if is_settled and len(clause) <= LONGEST else None
            for clause, one, is_settled in zip(clauses, found, settled.tolist(), strict=True)
        ]


@lru_cache(maxsize=4096)
def _shape(ends: tuple[int, ...]) -> tuple[tuple[Span, ...], int] | None:
    """Return the spans of words along a path, and whether it begins and ends with a single character.

    None for no path, and where single characters follow one another, as they may be an unknown word.
    """
    spans = []
    at = 0
    while ends and at < len(ends):
        spans.append((at, ends[at]))
        at = ends[at]
    single = [end - start == 1 for start, end in spans]
    if not spans or any(one and other for one, other in pairwise(single)):
        return None
    return tuple(spans), BEGINS * single[0] + ENDS * single[-1]


def _distinct(text: str, codes: Codes, starts: Numbers) -> tuple[list[str], Numbers]:
    """Return the distinct pieces that begin at `starts`, and which of them each is."""
    ends = np.append(starts[1:], len(text))
    sizes = ends - starts
    keys = np.zeros(len(starts), np.uint64)
    for at in range(PACKED):
        has = sizes > at
        keys[has] |= codes[starts[has] + at].astype(np.uint64) << np.uint64(16 * at)
    long = (sizes > PACKED) | (np.maximum.reduceat(codes, starts) > 0xFFFF)
    numbers: dict[str, int] = {}
    for at in np.flatnonzero(long).tolist():
        piece = text[starts[at] : ends[at]]
        # No packed key has a first character of zero and further ones.
        keys[at] = numbers.setdefault(piece, len(numbers) + 1) << 16
    _, first, which = np.unique(keys, return_index=True, return_inverse=True)
    pieces = [text[start:end] for start, end in zip(starts[first].tolist(), ends[first].tolist(), strict=True)]
    return pieces, which


def _merged(
    text: str, pieces: list[str], starts: Numbers, which: Numbers, meet: Flags
) -> tuple[list[str], Numbers, Numbers]:
    """Put pieces together where `meet`, between each and the next, says so; returns pieces, starts and which anew."""
    if not meet.any():
        return pieces, starts, which
    goes_on = np.append(meet, False)
    kept = ~np.concatenate(([False], meet))
    ends = np.append(starts[1:], len(text))[~goes_on]
    starts, which, several = starts[kept], which[kept].copy(), goes_on[kept]
    numbers: dict[str, int] = {}
    for at in np.flatnonzero(several).tolist():
        piece = text[starts[at] : ends[at]]
        which[at] = len(pieces) + numbers.setdefault(piece, len(numbers))
    return [*pieces, *numbers], starts, which


def _table(texts: Sequence[str], length: int) -> Flags:
    """Return a table that is true at the slots of `texts`, all of one length."""
    table = np.zeros(1 << BITS, bool)
    codes = characters(texts).reshape(-1, length)
    table[_slots(*codes.T)] = True
    return table


def _slots(*columns: Codes) -> Codes:
    """Return the slot of each group of characters; `columns` are their first, second … characters."""
    mixed = np.zeros(len(columns[0]), np.uint32)
    for column in columns:
        mixed = (mixed ^ column) * np.uint32(2654435761)
        mixed ^= mixed >> np.uint32(15)
    return mixed >> np.uint32(32 - BITS)
