"""The words that official forms print on themselves, matched by meaning (`rules/lexicons/form-words.csv`)."""

from __future__ import annotations

import csv
import re
from functools import cache

from auditor.bundled import resource
from auditor.text import plain

_BRACKETED = re.compile(r"\([^()]*\)")


@cache
def _meanings() -> dict[str, frozenset[str]]:
    """Map each printed word, in its plain view, to all its meanings."""
    found: dict[str, set[str]] = {}
    with resource("rules/lexicons/form-words.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(plain(row["word"]).text, set()).add(row["meaning"])
    return {word: frozenset(meanings) for word, meanings in found.items()}


def meanings(text: str) -> frozenset[str]:
    """Return what a form's own word may mean, `(万元)`-like brackets and a closing colon aside; empty if unknown."""
    word = plain(text).text.rstrip(":")
    known = _meanings()
    return known.get(word) or known.get(_BRACKETED.sub("", word), frozenset())


def words_for(meaning: str) -> tuple[str, ...]:
    """Return the plain words that have `meaning`, longest first."""
    found = [word for word, all_meanings in _meanings().items() if meaning in all_meanings]
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def is_class_name(text: str, level: int) -> bool:
    """Tell whether `text` names a class of the given level (1 or 2), with or without 指标 and code."""
    word = re.sub(r"^\d{1,2}-", "", plain(text).text).removesuffix("指标")
    return f"class_level{level}" in meanings(word)


def spaced(word: str) -> str:
    """Return a pattern for `word` that lets blanks stand anywhere inside it."""
    return r"\s*".join(re.escape(char) for char in word)
