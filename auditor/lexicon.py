"""Word lists that auditors keep in Excel (`rules/lexicons/*.csv`): a word a row, further columns say more about it."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from auditor.bundled import resource
from auditor.text import Plain, Span, plain


@dataclass(frozen=True)
class Lexicon:
    """Words in their plain view, each with the other columns of its row."""

    name: str
    rows: Mapping[str, Mapping[str, str]]
    pattern: re.Pattern[str] | None

    def __contains__(self, word: str) -> bool:
        return plain(word).text in self.rows

    def words(self, column: str, value: str) -> tuple[str, ...]:
        """Return the words whose `column` holds `value`, in file order."""
        return tuple(word for word, row in self.rows.items() if row.get(column) == value)

    def find(self, text: Plain) -> tuple[Span, ...]:
        """Return the plain-view spans of all words in `text`; the longest word wins where several begin."""
        return tuple(match.span() for match in self.pattern.finditer(text.text)) if self.pattern else ()


@cache
def lexicon(name: str) -> Lexicon:
    """Load `rules/lexicons/<name>.csv`; its first column must be `word`."""
    rows: dict[str, dict[str, str]] = {}
    with resource(f"rules/lexicons/{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            rows[plain(row["word"]).text] = dict(row)
    words = sorted(rows, key=lambda word: (-len(word), word))
    pattern = re.compile("|".join(map(re.escape, words))) if words else None
    return Lexicon(name, rows, pattern)
