"""What a text is about: its sectors in order, with the words and places that show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from auditor.relevance.distinct import distinctive
from auditor.relevance.model import Vector, evidence, model
from auditor.relevance.terms import STRONG, Reading, read, sector_terms, sectors
from auditor.text import Span

MOST_SECTORS = 5
MOST_WORDS = 6
GRAM_SHARE = 0.4
"""How much the grams of a text count beside its terms when sectors are ranked."""

LEAST_WEIGHT = 0.12
"""Sectors below this weight are not named."""


@dataclass(frozen=True)
class SubjectWord:
    """A word that shows a sector: as in the plain view, its span in the text as written, its strength 0–1."""

    word: str
    span: Span
    strength: float


@dataclass(frozen=True)
class SectorShare:
    """One sector of a text: name, English title, functional class, weight 0–1, and the words that show it."""

    sector: str
    title: str
    functional_class: str
    weight: float
    words: tuple[SubjectWord, ...] = ()


@dataclass(frozen=True)
class SubjectProfile:
    """Sectors of a text, the likeliest first; `strength` is how surely terms show it.

    `terms` are the words of the lists that show the sectors; `text` is the text, `within` what its words must stand in.
    """

    sectors: tuple[SectorShare, ...] = ()
    terms: tuple[SubjectWord, ...] = ()
    strength: float = 0.0
    text: str = ""
    within: str | None = None

    @property
    def words(self) -> tuple[SubjectWord, ...]:
        """The terms or, where there are none, the words that are rare in the reference texts: found when asked for."""
        return self.terms or _rare(self.text, self.within)

    @property
    def first(self) -> SectorShare | None:
        """The likeliest sector, None where nothing shows one."""
        return self.sectors[0] if self.sectors else None

    @property
    def is_evident(self) -> bool:
        """Whether a term that a person can be shown carries the likeliest sector."""
        return bool(self.sectors) and any(word.strength >= STRONG for word in self.sectors[0].words)

    def named(self, count: int = 2) -> str:
        """Return the shown words of the text for a message, strongest first."""
        return "、".join(word.word for word in self.words[:count])


def subject_of(text: str, *, within: str | None = None) -> SubjectProfile:
    """Return what `text` is about. `within` limits the words to those that stand in it too (a name's core)."""
    return _subject_of(text, within)


@lru_cache(maxsize=8192)
def _subject_of(text: str, within: str | None) -> SubjectProfile:
    reading = read(text)
    hits = [hit for hit in reading.terms if within is None or hit.word in within.lower()]
    judged = reading if within is None else read(within)
    shown, weights = _weights(judged)
    order = [int(at) for at in np.argsort(-weights, kind="stable")[:MOST_SECTORS] if weights[at] >= LEAST_WEIGHT]
    terms = sector_terms()
    found: dict[str, tuple[Span, dict[int, float]]] = {}
    for hit in hits:
        found.setdefault(hit.word, (reading.written(hit), dict(terms[hit.word])))
    names = sectors()
    shares = tuple(
        SectorShare(
            names.names[at],
            names.titles[at],
            names.classes[at],
            round(float(min(1.0, weights[at])), 3),
            _words(found, (at,)),
        )
        for at in order
    )
    return SubjectProfile(shares, _words(found, order), round(float(shown.max(initial=0)), 3), text, within)


@lru_cache(maxsize=8192)
def _rare(text: str, within: str | None) -> tuple[SubjectWord, ...]:
    """Return the distinctive words of a text, for one that no term of the lists explains; this is what needs a tokeniser."""
    found = distinctive(read(text), MOST_WORDS)
    return tuple(SubjectWord(word, span, 0.0) for word, span in found if within is None or word in within)


def _words(found: dict[str, tuple[Span, dict[int, float]]], wanted: Iterable[int]) -> tuple[SubjectWord, ...]:
    wanted = list(wanted)
    words = [
        SubjectWord(word, span, round(max(strength.get(at, 0.0) for at in wanted), 3))
        for word, (span, strength) in found.items()
        if wanted and any(at in strength for at in wanted)
    ]
    return tuple(sorted(words, key=lambda one: (-one.strength, one.span))[:MOST_WORDS])


def _weights(reading: Reading) -> tuple[Vector, Vector]:
    """Return the evidence of the terms, and the weights that rank the sectors, shape (sectors,) each."""
    arrays = model()
    count = len(sectors().names)
    shown = evidence(reading, count)
    grams = arrays.subjects(reading.content)[:count]
    highest = float(grams.max(initial=0))
    share = grams / (highest + 0.5) if highest > 0 else grams
    return shown, (shown + GRAM_SHARE * share) / (1 + GRAM_SHARE)
