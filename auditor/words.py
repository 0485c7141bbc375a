"""Words of a Chinese text. jieba is the reference: every faster way here gives its tokens and no others.

jieba cuts each run of word characters (Han, Latin letters, digits and a few signs) apart from its neighbours, so a run
may be cut once and remembered: the memo is exact. Within a run the best path is found in one pass from the end, with
the same sums in the same order as jieba's, and what its dictionary does not know goes to the same hidden Markov model.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import warnings
from collections.abc import Callable, Iterable
from functools import lru_cache
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

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
        self._path = lru_cache(maxsize=1)(lambda: BestPath(field))
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
        return [self.cut(text) for text in texts]

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
        words = tuple(rust(run) if rust and _alike_in_rust(run) else self._path().cut(run))
        _remember(self._runs, run, words)
        return words


class BestPath:
    """The likeliest way through a run: words of jieba's dictionary, its hidden Markov model for what it lacks."""

    def __init__(self, field: tuple[str, ...]) -> None:
        tokenizer = _tokenizer()
        for word in field:
            tokenizer.add_word(word)
        self._frequency: dict[str, int] = tokenizer.FREQ
        self._cost = _costs(tokenizer.FREQ, tokenizer.total)
        self._unknown = log(1) - log(tokenizer.total)

    def cut(self, run: str) -> list[str]:
        """Walk the best path; single characters in a row are looked at together, as they may be an unknown word."""
        ends = self._ends(run)
        words: list[str] = []
        start = at = 0
        while at < len(run):
            end = ends[at]
            if end - at > 1:
                if start < at:
                    words += self._singles(run[start:at])
                words.append(run[at:end])
                start = end
            at = end
        if start < len(run):
            words += self._singles(run[start:])
        return words

    def _ends(self, run: str) -> list[int]:
        """Return for each offset the end of the word that begins the likeliest path from there; the longer of equals."""
        length = len(run)
        best = [0.0] * (length + 1)
        ends = [0] * length
        cost, unknown = self._cost, self._unknown
        for at in range(length - 1, -1, -1):
            likeliest, chosen = None, at + 1
            end = at + 1
            while end <= length:
                own = cost.get(run[at:end], _ABSENT)
                if own is _ABSENT:
                    break
                if own is not None:
                    path = own + best[end]
                    if likeliest is None or path >= likeliest:
                        likeliest, chosen = path, end
                end += 1
            best[at] = unknown + best[at + 1] if likeliest is None else likeliest
            ends[at] = chosen
        return ends

    def _singles(self, singles: str) -> Iterable[str]:
        if len(singles) == 1 or self._frequency.get(singles):
            return singles
        return _unknown_words(singles)


_ABSENT: Any = object()


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


def _costs(frequency: dict[str, int], total: int) -> dict[str, float | None]:
    """Return the logarithmic share of every word; None for what only begins one."""
    whole = log(total)
    return {word: (log(count) - whole if count else None) for word, count in frequency.items()}


@lru_cache(maxsize=200_000)
def _unknown_words(singles: str) -> tuple[str, ...]:
    return tuple(_jieba().finalseg.cut(singles))


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


@lru_cache(maxsize=1)
def _jieba() -> ModuleType:
    """Import jieba without its warnings and without its messages on standard error."""
    import logging

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    return jieba  # type: ignore[no-any-return, unused-ignore]


def _tokenizer() -> Any:
    """Return a tokenizer of our own, so that words added to jieba's elsewhere in the process are not in it."""
    jieba = _jieba()
    tokenizer = jieba.Tokenizer()
    dictionary = Path(str(jieba.__file__)).with_name(jieba.DEFAULT_DICT_NAME)
    digest = hashlib.sha256(dictionary.read_bytes()).hexdigest()[:16]
    tokenizer.tmp_dir = str(_cache_folder())
    tokenizer.cache_file = f"words-{digest}.cache"
    tokenizer.initialize()
    return tokenizer


def _cache_folder() -> Path:
    """Return a folder of this user's where the read dictionary may lie; where none can be made, it is read each time."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    folder = home / "indicator-auditor"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return Path(tempfile.gettempdir())
    return folder
