"""Closed lists of words, found by the longest that fits at a place."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from auditor.bundled import resource


class WordTable:
    """The longest of many words at, or just before, a position; a few dictionary look-ups however long the list is."""

    __slots__ = ("_by_first", "_by_last", "words")

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._by_first = _lengths((word[0], len(word)) for word in self.words)
        self._by_last = _lengths((word[-1], len(word)) for word in self.words)

    def at(self, text: str, start: int) -> str | None:
        """Return the longest word that begins at `start`, None where there is none."""
        for length in self._by_first.get(text[start : start + 1], ()):
            word = text[start : start + length]
            if word in self.words:
                return word
        return None

    def before(self, text: str, end: int, floor: int = 0) -> str | None:
        """Return the longest word that ends at `end` and does not begin before `floor`."""
        if end <= floor:
            return None
        for length in self._by_last.get(text[end - 1], ()):
            if end - length >= floor:
                word = text[end - length : end]
                if word in self.words:
                    return word
        return None


def _lengths(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for char, length in pairs:
        found.setdefault(char, set()).add(length)
    return {char: tuple(sorted(lengths, reverse=True)) for char, lengths in found.items()}


def read_rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Read a word list: its rows with their line numbers. Raises ValueError where the columns are not `columns`."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != columns:
            raise ValueError(f"{path}: the columns must be {', '.join(columns)}, found {reader.fieldnames}")
        rows = [(reader.line_num, row) for row in reader]
    for line, row in rows:
        if None in row or None in row.values() or not row[columns[0]]:
            raise ValueError(f"{path}:{line}: a row has {len(columns)} cells and a first cell that is not empty")
    return rows


def blocked_words(blocks: str) -> list[str]:
    """Return the words that make the number (`number`) or unit (`unit`) in front of them mean something else.

    They stand in `rules/lexicons/number-words.csv`.
    """
    rows = read_rows(resource("rules/lexicons/number-words.csv"), ("word", "blocks", "note"))
    return [row["word"] for _, row in rows if row["blocks"] == blocks]
