"""What stands in a text: terms that carry a subject, words that suit any text, places, and the rest.

The lists are `rules/lexicons/sectors.csv` (word, sector, weight 1–5), `generic-words.csv` and `places.csv`. A text is
walked once from left to right; at every position the longest word of any list wins.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from auditor.bundled import resource
from auditor.text import Plain, Span, plain

Kind = Literal["term", "generic", "place"]

MOST_CHARACTERS = 6000
"""Longer texts are judged by their beginning."""

STRENGTH = (0.0, 0.1, 0.2, 0.45, 0.75, 1.0)
"""How strongly a term of weight 1–5 shows its sector."""

STRONG = 0.4
"""Terms from this strength on are evidence that a person can be shown."""

_ORDINARY = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True)
class Sectors:
    """The subjects of government work: names, functional classes, English titles, by number."""

    names: tuple[str, ...]
    classes: tuple[str, ...]
    titles: tuple[str, ...]

    def number(self, name: str) -> int:
        """Return the number of a sector; raises ValueError for an unknown name."""
        return self.names.index(name)


@dataclass(frozen=True)
class Hit:
    """A word of a list in a text; `start` and `end` are offsets into the plain view."""

    word: str
    start: int
    end: int
    kind: Kind


@dataclass(frozen=True)
class Reading:
    """A text with the words found in it. `content` is the plain view with everything unspecific blanked, same length."""

    view: Plain
    hits: tuple[Hit, ...]
    content: str

    @property
    def terms(self) -> tuple[Hit, ...]:
        """The hits that carry a subject."""
        return tuple(hit for hit in self.hits if hit.kind == "term")

    def written(self, hit: Hit) -> Span:
        """Return the span of a hit in the text as written."""
        return self.view.span(hit.start, hit.end)


class Scanner:
    """Finds listed words, the longest at each position, from left to right."""

    def __init__(self, words: Mapping[str, Kind]) -> None:
        self._words = dict(words)
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in words:
            lengths[word[:1]].add(len(word))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def find(self, view: str) -> list[Hit]:
        """Return the words in `view`, none overlapping another."""
        hits: list[Hit] = []
        at, words, lengths = 0, self._words, self._lengths
        while at < len(view):
            for length in lengths.get(view[at], ()):
                word = view[at : at + length]
                kind = words.get(word)
                if kind is not None and len(word) == length:
                    hits.append(Hit(word, at, at + length, kind))
                    at += length
                    break
            else:
                at += 1
        return hits


@cache
def sectors() -> Sectors:
    """Load `rules/lexicons/sector-classes.csv`, the closed list of subjects."""
    rows = list(_rows("sector-classes"))
    return Sectors(
        tuple(row[0] for row in rows),
        tuple(row[1] for row in rows),
        tuple(row[2] if len(row) > 2 else "" for row in rows),
    )


@cache
def sector_terms() -> Mapping[str, tuple[tuple[int, float], ...]]:
    """Load `rules/lexicons/sectors.csv`: word to (sector number, strength 0–1).

    A word that stands under several sectors shows each of them less.
    """
    known = {name: at for at, name in enumerate(sectors().names)}
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for word, sector, weight, *_ in _rows("sectors"):
        found[_plain(word)].append((known[sector], STRENGTH[int(weight)]))
    return {word: _shared(rows) for word, rows in found.items()}


def _shared(rows: list[tuple[int, float]]) -> tuple[tuple[int, float], ...]:
    """Weaken the strengths of a word by how many sectors it stands for, each counted by its share of the strongest."""
    highest = max(strength for _, strength in rows)
    sectors_meant = sum(strength / highest for _, strength in rows)
    return tuple((sector, strength / max(1.0, sectors_meant / 1.3) ** 0.5) for sector, strength in rows)


@cache
def generic_words() -> frozenset[str]:
    """Load `rules/lexicons/generic-words.csv`: words that suit any project."""
    return frozenset(_plain(row[0]) for row in _rows("generic-words"))


@cache
def _scanner() -> Scanner:
    words: dict[str, Kind] = dict.fromkeys(_places(), "place")
    words |= dict.fromkeys(generic_words(), "generic")
    words |= dict.fromkeys(sector_terms(), "term")
    return Scanner(words)


def _places() -> Iterable[str]:
    for word, level, _, short in _rows("places"):
        yield _plain(word)
        if len(short) > 1 and level != "country":
            yield _plain(short)


def _rows(name: str) -> Iterable[list[str]]:
    with resource(f"rules/lexicons/{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        yield from (row for row in rows if row)


def _plain(word: str) -> str:
    return word if _ORDINARY.fullmatch(word) else plain(word).text.lower()


_NOISE = re.compile(
    r"\[(?:19|20)\d{2}\]\d*号?|(?:19|20)\d{2}(?:年度?)?|\d+(?:\.\d+)?(?:万|亿)?元|[0-9.,%≥≤<>~]+"
    r"|[^\u4e00-\u9fffA-Za-z0-9]"
)
_UNITS = re.compile(r"(?<=\d)[\u4e00-\u9fff]{1,2}?(?=[^\u4e00-\u9fff]|$)")


def read(text: str) -> Reading:
    """Find the words of the lists in `text` (its first 6,000 characters)."""
    return _read(text[:MOST_CHARACTERS])


@lru_cache(maxsize=8192)
def _read(text: str) -> Reading:
    view = plain(text)
    lowered = view.text.lower()
    if len(lowered) != len(view.text):
        lowered = view.text
    hits = tuple(_scanner().find(lowered))
    letters = list(_NOISE.sub(lambda match: " " * len(match[0]), lowered))
    for hit in hits:
        if hit.kind != "term":
            letters[hit.start : hit.end] = " " * (hit.end - hit.start)
    return Reading(view, hits, "".join(letters))
