"""Pairs and triples of characters of what is specific in a text: the features of the subject model."""

from __future__ import annotations

from collections import Counter

from auditor.relevance.terms import Reading

SIZES = (2, 3)


def grams(content: str) -> Counter[str]:
    """Count the character pairs and triples inside the runs of `content`; blanks end a run."""
    found: Counter[str] = Counter()
    for run in content.split():
        for size in SIZES:
            found.update(run[at : at + size] for at in range(len(run) - size + 1))
    return found


def grams_of(reading: Reading) -> Counter[str]:
    """Count the grams of a text's content."""
    return grams(reading.content)
