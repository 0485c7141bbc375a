"""The likeliest way through a run of word characters: jieba's sums, in one pass from the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log
from typing import Any

from auditor.words.dictionary import tokenizer, unknown_words

_ABSENT: Any = object()

NEAR = 1e-6
"""Rounding may decide between sums of logarithms that differ by less; sums over LONGEST characters are good to 1e-8."""

Piece = tuple[str, list[str], str]
"""Single characters at the beginning of a piece, its words, single characters at its end; all at the beginning where no
word is longer."""


class BestPath:
    """The likeliest way through a run: words of jieba's dictionary, its hidden Markov model for what it lacks.

    `cost` is the logarithmic share of every word, None for what only begins one; `unknown` that of a character which the
    dictionary lacks.
    """

    def __init__(self, field: tuple[str, ...]) -> None:
        own = tokenizer()
        for word in field:
            own.add_word(word)
        self._frequency: dict[str, int] = own.FREQ
        self.cost = _costs(own.FREQ, own.total)
        self.unknown = log(1) - log(own.total)

    def cut(self, run: str) -> list[str]:
        """Return the words of a run; they join to it again."""
        return self.joined([self._walked(run, self._ends(run))])

    def piece(self, text: str, ends: Sequence[int] | None = None) -> Piece | None:
        """Cut a part of a run that no word reaches beyond; None where two of its paths are too near to tell apart.

        Sums over a part may differ from sums over the run in their last digits, which then could decide. `ends`, where
        they have been found already, say where the word from each character on ends; none for such paths.
        """
        if ends is None:
            ends = self._ends(text, NEAR)
        return self._walked(text, ends) if ends else None

    def joined(self, pieces: Iterable[Piece]) -> list[str]:
        """Put the pieces of one run together: single characters in a row may be an unknown word."""
        words: list[str] = []
        singles = ""
        for before, inner, after in pieces:
            singles += before
            if inner:
                if singles:
                    words += self._singles(singles)
                words += inner
                singles = after
        if singles:
            words += self._singles(singles)
        return words

    def _walked(self, text: str, ends: Sequence[int]) -> Piece:
        words: list[str] = []
        before = None
        start = at = 0
        while at < len(text):
            end = ends[at]
            if end - at > 1:
                if before is None:
                    before = text[start:at]
                elif start < at:
                    words += self._singles(text[start:at])
                words.append(text[at:end])
                start = end
            at = end
        return (text, words, "") if before is None else (before, words, text[start:])

    def _ends(self, text: str, near: float = 0.0) -> list[int]:
        """Return for each offset the end of the word that begins the likeliest path from there; the longer of equals.

        With `near`, nothing is returned where any path has a rival within that difference of logarithms.
        """
        length = len(text)
        best = [0.0] * (length + 1)
        ends = [0] * length
        cost, unknown = self.cost, self.unknown
        is_near = False
        for at in range(length - 1, -1, -1):
            likeliest, chosen = None, at + 1
            end = at + 1
            while end <= length:
                own = cost.get(text[at:end], _ABSENT)
                if own is _ABSENT:
                    break
                if own is not None:
                    path = own + best[end]
                    if likeliest is None:
                        likeliest, chosen = path, end
                    else:
                        is_near = is_near or -near < path - likeliest < near
                        if path >= likeliest:
                            likeliest, chosen = path, end
                end += 1
            best[at] = unknown + best[at + 1] if likeliest is None else likeliest
            ends[at] = chosen
        return [] if is_near else ends

    def _singles(self, singles: str) -> Iterable[str]:
        if len(singles) == 1 or self._frequency.get(singles):
            return singles
        return unknown_words(singles)


def _costs(frequency: dict[str, int], total: int) -> dict[str, float | None]:
    """Return the logarithmic share of every word; None for what only begins one."""
    whole = log(total)
    return {word: (log(count) - whole if count else None) for word, count in frequency.items()}
