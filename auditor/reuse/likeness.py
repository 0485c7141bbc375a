"""How alike two texts are: words and numbers apart, and where they differ.

The measure of a near copy is the rapidfuzz ratio of two plain texts with their numbers masked: twice the characters of
the longest common subsequence over the characters of both, in percent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from auditor.text import Span

LONGEST = 20_000
"""A longer text is a whole document in the wrong place: it is only ever equal to another, never near."""

_LEAST_RUN = 2
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_MASK = "0"


def masked(view: str) -> str:
    """Return a plain text with every number (Arabic digits) made the same, so that words are compared alone."""
    return _NUMBER.sub(_MASK, view)


def ratio(a: str, b: str) -> float:
    """Return the likeness of two masked plain texts, 0 to 100."""
    return fuzz.ratio(a, b) if max(len(a), len(b)) <= LONGEST else 100.0 * (a == b)


@dataclass(frozen=True)
class Difference:
    """Where two plain texts part: spans in both; an empty one where the other text has something more."""

    a: Span
    b: Span


@dataclass(frozen=True)
class Likeness:
    """What two plain texts have in common: `words` in percent, where words differ, and where numbers do."""

    words: float
    differences: tuple[Difference, ...] = ()
    numbers: tuple[Difference, ...] = ()


def likeness(a: str, b: str) -> Likeness:
    """Compare two plain texts, words and numbers apart. Very long texts are not aligned."""
    words = ratio(masked(a), masked(b))
    if max(len(a), len(b)) > LONGEST:
        return Likeness(words)
    return Likeness(words, *_aligned(_Masked(a), _Masked(b)))


class _Masked:
    """A masked text with the way back: `spans[i]` is where character i stands in the plain text."""

    def __init__(self, view: str) -> None:
        self.view = view
        self.text = masked(view)
        self.spans: list[Span] = []
        at = 0
        for number in _NUMBER.finditer(view):
            self.spans += [(one, one + 1) for one in range(at, number.start())]
            self.spans.append(number.span())
            at = number.end()
        self.spans += [(one, one + 1) for one in range(at, len(view))]

    def span(self, start: int, end: int) -> Span:
        first = self.spans[start][0] if start < len(self.spans) else len(self.view)
        return first, max(first, self.spans[end - 1][1]) if end > start else first


def _aligned(a: _Masked, b: _Masked) -> tuple[tuple[Difference, ...], tuple[Difference, ...]]:
    """Return the differing words and the differing numbers; single shared characters do not part two differences."""
    words: list[Difference] = []
    figures: list[Difference] = []
    at_a = at_b = 0
    for block in Indel.opcodes(a.text, b.text).as_matching_blocks():
        is_end = block.a == len(a.text) and block.b == len(b.text)
        if block.size < _LEAST_RUN and not is_end and (block.a, block.b) != (at_a, at_b):
            continue
        if (block.a, block.b) != (at_a, at_b):
            words.append(Difference(a.span(at_a, block.a), b.span(at_b, block.b)))
        for step in range(block.size):
            one, other = a.spans[block.a + step], b.spans[block.b + step]
            if a.view[slice(*one)] != b.view[slice(*other)]:
                figures.append(Difference(one, other))
        at_a, at_b = block.a + block.size, block.b + block.size
    return tuple(words), tuple(figures)
