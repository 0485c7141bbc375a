"""Word lists that auditors keep in Excel (`rules/lexicons/*.csv`): a word a row, further columns say more about it."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from auditor.bundled import resource
from auditor.text import Plain, Span, plain


@dataclass(frozen=True)
class Lexicon:
    """Words in their plain view, each with the other columns of its row."""

    name: str
    rows: Mapping[str, Mapping[str, str]]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        words = sorted(self.rows, key=lambda word: (-len(word), word))
        return re.compile("|".join(map(re.escape, words))) if words else None

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        return tuple(sorted({len(word) for word in self.rows}, reverse=True))

    def __contains__(self, word: str) -> bool:
        return plain(word).text in self.rows

    def words(self, column: str, value: str) -> tuple[str, ...]:
        """Return the words whose `column` holds `value`, in file order."""
        return tuple(word for word, row in self.rows.items() if row.get(column) == value)

    def find(self, text: Plain) -> tuple[Span, ...]:
        """Return the plain-view spans of all words in `text`; the longest word wins where several begin."""
        return tuple(match.span() for match in self._pattern.finditer(text.text)) if self._pattern else ()

    def opening(self, view: str) -> str:
        """Return the longest word that a plain view begins with, '' for none."""
        return next((view[:length] for length in self._lengths if view[:length] in self.rows), "")


@cache
def lexicon(name: str) -> Lexicon:
    """Load `rules/lexicons/<name>.csv`; its first column must be `word`."""
    rows: dict[str, dict[str, str]] = {}
    with resource(f"rules/lexicons/{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            rows[plain(row["word"]).text] = dict(row)
    return Lexicon(name, rows)
