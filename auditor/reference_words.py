"""Words of the reference texts and in how many of them each stands (`corpus/reference/word-frequencies.csv`)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from auditor.bundled import resource
from auditor.text import Span

LONGEST = 6
"""Characters of the longest word that is looked for."""


@cache
def document_frequencies() -> Mapping[str, int]:
    """Load the words with the number of reference texts they stand in; the empty word holds the number of texts."""
    with resource("corpus/reference/word-frequencies.csv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        return {word: int(count) for word, count in rows}


def whole_words(text: str, span: Span) -> Span:
    """Return `span` widened so that it cuts no word of the reference texts; from the left, the longest word counts."""
    known = document_frequencies()
    start, end = span
    at = 0
    while at < len(text):
        sizes = range(min(LONGEST, len(text) - at), 1, -1)
        after = at + next((size for size in sizes if text[at : at + size] in known), 1)
        if at < start < after:
            start = at
        if at < end < after:
            end = after
        at = after
    return start, end
