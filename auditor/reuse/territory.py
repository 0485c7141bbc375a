"""Which places a document belongs to, and which of the places that a text names lie outside.

Administrative divisions come from `rules/lexicons/places.csv`. A name shared by several divisions counts as related as
soon as one of them is: where in doubt, a place is at home.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from auditor.lexicon import lexicon
from auditor.text import Span

LEAST_NAME = 3
"""Names of two characters (和县, 道县) stand inside too many words to be found in running text."""

_SUFFIXES = ("自治州", "自治县", "自治旗", "地区", "新区", "林区", "特区", "盟", "省", "市", "区", "县", "旗")
_PARENTS = ";"
_LONGEST_CHAIN = 6


@dataclass(frozen=True)
class Mention:
    """One place in a plain view, parents written before it included: 江苏省徐州市沛县 is one mention of three names."""

    span: Span
    names: tuple[str, ...]


@cache
def _names() -> tuple[frozenset[str], frozenset[str], tuple[int, ...]]:
    """Return the full names, the characters they begin with, and their lengths, the longest first."""
    kept = {
        word for word, row in lexicon("places").rows.items() if row["level"] != "country" and word.endswith(_SUFFIXES)
    }
    lengths = sorted({len(word) for word in kept if len(word) >= LEAST_NAME}, reverse=True)
    return frozenset(kept), frozenset(word[0] for word in kept), tuple(lengths)


@cache
def shorts() -> dict[str, tuple[str, ...]]:
    """Return the full names behind each short form: 惠州, of counties too where two characters remain (金寨)."""
    found: dict[str, list[str]] = {}
    for word in sorted(_names()[0]):
        row = lexicon("places").rows[word]
        suffix = next(suffix for suffix in _SUFFIXES if word.endswith(suffix))
        for short in dict.fromkeys((row["short"], word.removesuffix(suffix))):
            if len(short) > 1:
                found.setdefault(short, []).append(word)
    return {short: tuple(words) for short, words in found.items()}


@cache
def above(name: str) -> frozenset[str]:
    """Return all divisions that `name` may lie in, itself included."""
    found, reached = {name}, {name}
    for _ in range(_LONGEST_CHAIN):
        rows = (lexicon("places").rows.get(one) for one in reached)
        parents = {part for row in rows if row for part in row["parent"].split(_PARENTS) if part and part != "中国"}
        reached = {name for parent in parents for name in (parent, *shorts().get(parent, ()))} - found
        if not reached:
            break
        found |= reached
    return frozenset(found)


def mentions(view: str) -> Iterator[Mention]:
    """Yield the full names in a plain view, from left to right, the longest where several begin, neighbours joined."""
    names, openings, lengths = _names()
    at = start = 0
    run: list[str] = []
    while at < len(view):
        length = 0
        if view[at] in openings:
            length = next((length for length in lengths if view[at : at + length] in names), 0)
        if length:
            start = start if run else at
            run.append(view[at : at + length])
            at += length
            continue
        if run:
            yield Mention((start, at), tuple(run))
            run = []
        at += 1
    if run:
        yield Mention((start, at), tuple(run))


@lru_cache(maxsize=4096)
def opening_places(view: str) -> tuple[str, ...]:
    """Return the full names of the places that a body's name begins with (安徽金寨…, 常州市新北区…), () for none."""
    if view[:2] in _names()[0]:
        return (view[:2],)
    first = next(mentions(view), None)
    if first and first.span[0] == 0:
        return first.names
    short = next((view[:length] for length in (3, 2) if view[:length] in shorts()), "")
    return shorts()[short] + opening_places(view[len(short) :]) if short else ()


@lru_cache(maxsize=4096)
def all_places(view: str) -> frozenset[str]:
    """Return every place that a plain view may name, in full or in short."""
    full = {name for mention in mentions(view) for name in mention.names}
    pieces = (view[at : at + length] for at in range(len(view)) for length in (2, 3))
    return frozenset(full | {name for piece in pieces for name in shorts().get(piece, ())})


@lru_cache(maxsize=4096)
def narrowest(places: frozenset[str]) -> frozenset[str]:
    """Leave out places in which another of `places` lies: 江苏省徐州市沛县 is at home in 沛县, not in all 江苏省."""
    upper = {name for place in places for name in above(place) if name != place}
    return places - upper


def related(name: str, home: frozenset[str]) -> bool:
    """Tell whether a place is one of `home`, lies in one of them, or one of them lies in it."""
    own = above(name)
    return any(place in own or name in above(place) for place in home)
