"""What a near pair means: a copy, one programme, wording that everybody uses, or a form filled in by each.

The verdict on two rows depends on these two and on the versioned reference texts alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from auditor.reuse.likeness import masked, ratio
from auditor.reuse.programme import programme
from auditor.text import plain

COPIED = 85.0
"""Least likeness (rapidfuzz ratio, numbers masked) of a near copy."""

RELATED = 75.0
"""Least likeness of a text that is shown as perhaps a copy."""

LEAST_NEAR = 20
"""Shorter goals (plain characters, numbers masked) are near one another by chance."""

LEAST_OWN = 12
"""Characters beside official wording, below which two texts have only official wording in common."""

_NAMED = 0.5
_WORD = 4

Verdict = Literal["near", "boilerplate"]


def verdict(a: str, b: str, name_a: str, name_b: str, score: float) -> Verdict | None:
    """Judge two masked plain goals of different programmes with this likeness; None where each speaks of its own project.

    `boilerplate` is what they share once official wording is taken off: too little, or nothing alike.
    """
    if score < COPIED and speaks_of(a, name_a) and speaks_of(b, name_b):
        return None
    own_a, own_b = own_words(a), own_words(b)
    if min(len(own_a), len(own_b)) < LEAST_OWN:
        return "boilerplate"
    official = own_a != a or own_b != b
    least = COPIED if score >= COPIED else RELATED
    return "boilerplate" if official and ratio(own_a, own_b) < least else "near"


@lru_cache(maxsize=1 << 17)
def own_words(view: str) -> str:
    """Return a plain goal without its clauses of official wording; of goals with other numbers only, mask them first."""
    from auditor.reuse.reference import official_spans  # its texts are read only where something was found

    kept: list[str] = []
    at = 0
    for start, end in official_spans(view):
        kept.append(view[at:start])
        at = end
    return "".join((*kept, view[at:]))


def is_official(view: str) -> bool:
    """Tell whether a goal says nothing but official wording."""
    return sum(char.isalnum() for char in own_words(masked(view))) < _WORD


def speaks_of(view: str, name: str) -> bool:
    """Tell whether a goal has half of the pairs of characters of the project's own name, places and years off."""
    view, own = plain(view).text, programme(name)
    pairs = {own[at : at + 2] for at in range(len(own) - 1)}
    return bool(pairs) and sum(pair in view for pair in pairs) >= _NAMED * len(pairs)
