"""Distinctive words of a text by how rare they are in the reference texts."""

from __future__ import annotations

from math import log

from auditor.reference_words import document_frequencies
from auditor.relevance.terms import Reading, generic_words
from auditor.text import Span
from auditor.words import cut

LEAST_RARITY = 0.5
"""Share of the greatest possible rarity from which a word is distinctive."""


def rarity(word: str) -> float:
    """Return how rare a word is in the reference texts: 1 for one that stands in none, 0 for one that stands in all."""
    counts = document_frequencies()
    return 1 - log(1 + counts.get(word, 0)) / log(1 + counts[""])


def distinctive(reading: Reading, most: int = 6) -> tuple[tuple[str, Span], ...]:
    """Return the rarest specific words of a text with their spans as written, in text order.

    The batch never has a say: the same text has the same distinctive words wherever it stands.
    """
    found: dict[str, Span] = {}
    at = 0
    for word in cut(reading.view.text):
        start, at = at, at + len(word)
        specific = len(word) > 1 and reading.content[start:at].strip() == word and word not in generic_words()
        if specific and word not in found and rarity(word) >= LEAST_RARITY:
            found[word] = reading.view.span(start, at)
    rarest = sorted(found, key=lambda word: (-rarity(word), found[word]))[:most]
    return tuple((word, found[word]) for word in sorted(rarest, key=found.__getitem__))
