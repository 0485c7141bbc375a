"""Goals that bundle unrelated subjects: which sentence speaks of what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.relevance.model import model
from auditor.relevance.subject import SectorShare, subject_of
from auditor.relevance.terms import sectors
from auditor.text import Span

_SENTENCE = re.compile(r"[^。；;！!\n]+")
LEAST_STRENGTH = 0.65
"""Term evidence that a sentence needs to count as one about its sector."""

MOST_NEAR = 0.3
"""Nearness above which two sectors are related."""


@dataclass(frozen=True)
class Part:
    """A sentence of a goal and the sector that it speaks of; span in the text as written."""

    span: Span
    share: SectorShare


def unrelated_parts(name: str, goal: str) -> list[Part]:
    """Return one sentence for each of the subjects that have nothing to do with one another, in text order.

    Two sectors are unrelated where their words have next to nothing in common; one functional class alone ties nothing.
    Where the name speaks of one of them, that is the project and the others are its means: nothing is returned.
    """
    near, known = model().near, sectors()
    own = subject_of(name).first
    found: list[Part] = []
    for match in _SENTENCE.finditer(goal):
        about = subject_of(match[0])
        share = about.first
        if (
            share is None
            or about.strength < LEAST_STRENGTH
            or not share.words
            or share.words[0].strength < LEAST_STRENGTH
        ):
            continue
        at = known.number(share.sector)
        if all(near[at, known.number(part.share.sector)] < MOST_NEAR for part in found):
            found.append(Part(match.span(), share))
    if own and any(near[known.number(own.sector), known.number(part.share.sector)] >= MOST_NEAR for part in found):
        return []
    return found
