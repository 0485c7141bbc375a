"""Help for a mistyped word: the known word that looks most like it."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process


def nearest(word: str, known: Iterable[str], least: float = 60) -> str | None:
    """Return the known word most like `word`, None where none is at least `least` percent alike."""
    best = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=least)
    return best[0] if best else None


def unknown(word: str, known: Iterable[str]) -> tuple[str, str]:
    """Return the tail of a message about an unknown word, in Chinese and English: what was probably meant, or the choice."""
    known = sorted(known)
    close = nearest(word, known)
    if close:
        return f"；是否想写“{close}”？", f"; did you mean {close!r}?"
    return f"；可用的有：{'、'.join(known)}", f"; known are: {', '.join(known)}"
