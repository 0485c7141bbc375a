"""Words of a Chinese text. jieba is the reference: every faster way here gives its tokens and no others.

jieba cuts each run of word characters (Han, Latin letters, digits and a few signs) apart from its neighbours, so a run
may be cut once and remembered: the memo is exact. Within a run the best path is found in one pass from the end, with
the same sums in the same order as jieba's, and what its dictionary does not know goes to the same hidden Markov model.
Many texts at once are cut into pieces first (`pieces`), of which far fewer are new.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from auditor.collection import without_collection
from auditor.words.path import BestPath

if TYPE_CHECKING:
    from auditor.words.pieces import Pieces

TOGETHER = 10_000
"""Texts whose new clauses are cut at once: few enough to leave the memory small, many enough for arrays to pay."""

FEW = 200
"""Fewer new clauses are cut one by one: listing the neighbours in words takes as long as cutting thousands."""

MOST_RUNS = 200_000
"""Runs of word characters, and clauses, that a tokenizer remembers before it forgets them all."""

LONGEST_KEPT = 60
"""Longer runs hardly come again and are not remembered."""

# Where the Rust build is known to cut otherwise (its number pattern, newer ranges of Han), it is not asked.
_NOT_FOR_RUST = re.compile(
    r"[+#&_-]|[\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\ud800-\udfff\U00020000-\U0010ffff]|\.(?![0-9])|(?<![0-9])\.|\.[0-9]+[.a-zA-Z]|%[.%a-zA-Z0-9]"
)
_RUN = re.compile("([\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+)")
_COMMA = "，"  # the sign between clauses that recur; no run holds it
_BETWEEN = re.compile(r"(\r\n|\s)")


def cut(text: str) -> tuple[str, ...]:
    """Return jieba's tokens of `text` (precise mode, with its hidden Markov model); they join to `text` again."""
    return _reference().cut(text)


def cut_many(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """Return `cut` of every text, in order."""
    return _reference().cut_many(texts)


def _remember(memo: dict[str, tuple[str, ...]], text: str, words: tuple[str, ...]) -> None:
    if len(text) <= LONGEST_KEPT:
        if len(memo) >= MOST_RUNS:
            memo.clear()
        memo[text] = words


class Words:
    """jieba's way of cutting with its own dictionary, and with words of the field where some are given.

    Words of the field change the tokens; `cut` of this module has none. `fast` asks the Rust build (extra `speed`)
    for every run that it cuts as jieba does, where it is installed. Safe to share between threads.
    """

    def __init__(self, field: tuple[str, ...] = (), *, fast: bool = True) -> None:
        self._rust = _rust() if fast and not field else None
        self._field = field
        self._runs: dict[str, tuple[str, ...]] = {}
        self._clauses: dict[str, tuple[str, ...]] = {}

    def cut(self, text: str) -> tuple[str, ...]:
        """Return the tokens of `text`; they join to `text` again."""
        tokens: list[str] = []
        for clause in text.split(_COMMA):
            words = self._clauses.get(clause)
            tokens += self._clause(clause) if words is None else words
            tokens.append(_COMMA)
        tokens.pop()
        return tuple(tokens)

    def cut_many(self, texts: Iterable[str]) -> list[tuple[str, ...]]:
        """Return the tokens of every text, in order."""
        texts = list(texts)
        found: list[tuple[str, ...]] = []
        for start in range(0, len(texts), TOGETHER):
            part = texts[start : start + TOGETHER]
            with without_collection():
                long = self._cut_ahead(part)
                found += map(self.cut, part)
            for clause in long:
                self._clauses.pop(clause, None)
        return found

    @cached_property
    def _path(self) -> BestPath:
        return BestPath(self._field)

    @cached_property
    def _pieces(self) -> Pieces:
        import numpy as np

        from auditor.words.pieces import Pieces

        return Pieces(self._path, np.array([_RUN.match(chr(code)) is not None for code in range(0x10001)]))

    def _cut_ahead(self, texts: Sequence[str]) -> list[str]:
        """Cut the clauses that are new in `texts` all at once and remember them, where they are many.

        Returns those too long to be remembered once the texts are put together.
        """
        clauses = set(chain.from_iterable(text.split(_COMMA) for text in texts)).difference(self._clauses)
        if len(clauses) < FEW:
            return []
        new = list(clauses)
        if len(self._clauses) + len(new) > MOST_RUNS:
            self._clauses.clear()
        for clause, words in zip(new, self._pieces.cut(new), strict=True):
            if words is not None:
                self._clauses[clause] = words
        return [clause for clause in new if len(clause) > LONGEST_KEPT]

    def _clause(self, clause: str) -> tuple[str, ...]:
        if self._rust and _alike_in_rust(clause):
            words = tuple(self._rust(clause))
            _remember(self._clauses, clause, words)
            return words
        tokens: list[str] = []
        for at, part in enumerate(_RUN.split(clause)):
            if at % 2:
                tokens += self._runs.get(part) or self._run(part)
            elif part:
                tokens += _others(part)
        words = tuple(tokens)
        _remember(self._clauses, clause, words)
        return words

    def _run(self, run: str) -> tuple[str, ...]:
        rust = self._rust
        words = tuple(rust(run) if rust and _alike_in_rust(run) else self._path.cut(run))
        _remember(self._runs, run, words)
        return words


def _alike_in_rust(run: str) -> bool:
    """Tell whether the Rust build surely cuts a run, or a clause of several runs, as jieba does.

    It sums the hidden Markov model in another order, which decides between paths of one likelihood. There are such
    paths only where characters come again (人国国国元 is 人国国|国元 or 人国|国国元): one may, once, as then no other
    path gives the same characters the same roles.
    """
    return len(set(run)) >= len(run) - 1 and not _NOT_FOR_RUST.search(run)


@lru_cache(maxsize=1)
def _reference() -> Words:
    return Words()


def _others(text: str) -> Iterable[str]:
    """Cut what stands between two runs: a blank or a line end stays whole, every other character is a token."""
    for at, part in enumerate(_BETWEEN.split(text)):
        if at % 2:
            yield part
        else:
            yield from part


def _rust() -> Callable[[str], list[str]] | None:
    """Return the Rust build's way of cutting one run, with a dictionary of our own; None where it is not installed."""
    try:
        import rjieba
    except ImportError:
        return None
    cut: Callable[[str], list[str]] = rjieba.Jieba().cut
    return cut
