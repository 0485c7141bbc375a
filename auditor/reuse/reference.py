"""Wording that repeats for good reason: standing official phrases and pre-set indicators (`corpus/reference/`).

A clause is official wording when it says nothing but what the reference texts say. Verdicts depend on the text and the
versioned reference texts alone, never on what else is in a batch.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from auditor.bundled import resource
from auditor.text import Span, clauses, plain

LEAST_ALIKE = 88.0
"""Least rapidfuzz ratio of two reduced clauses that say the same."""

LEAST_COVERED = 0.8
"""Least share of a clause that must be made of whole reference phrases."""

LEAST_LENGTH = 4
"""Shorter phrases are found only where they are the whole clause, never inside one."""

LONGEST = 60
"""A longer clause is prose of its own and is not compared."""

_NEAR_LENGTH = 8
_MOST_CHANGED = 1
_VERB = 2
_EDGE = 2
_SLOT = "…"
_SLOT_PATTERN = r"[\u4e00-\u9fffA-Za-z]{1,8}"

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_SAME = (
    ("保障", r"确保|保证"),
    ("提高", r"提升|增强"),
    ("推动", r"促进|推进|助推|助力"),
    ("群众", r"人民群众|广大群众|广大人民群众"),
    ("开展", r"进行"),
)
_EQUAL = tuple((re.compile(pattern), word) for word, pattern in _SAME)
_DEGREE = re.compile(
    r"进一步|切实|有效|不断|持续|大力|积极|充分|着力|全面|稳步|深入|扎实|认真|逐步|努力|更好地?|更加|显著|明显|大幅度?|整体|各项|各类|年度|全年"
    r"|[我本全](?:省|市|区|县|州|旗|镇|乡|街道|局|委|办|院|校|单位|部门|中心|机关)|本地|当地|广大|相关|有关|有力|[的地了]"
)
_OPENING = re.compile(r"^(?:并且?|且|从而|进而|同时|最终|最大限度|以此|[使以更为]|达到|实现)(?=.{4})")
_JOINTS = frozenset("和及与并、")


@dataclass(frozen=True)
class Standing:
    """The standing wording, reduced: whole phrases, the same by their first (True) and last (False) two characters,
    phrases with a slot, and the lengths of phrases to look for."""

    version: str
    phrases: frozenset[str]
    by_edge: Mapping[tuple[bool, str], tuple[str, ...]]
    slotted: re.Pattern[str]
    lengths: tuple[int, ...]


@dataclass(frozen=True)
class Cover:
    """How much of a clause is standing wording. `official` is the verdict; `open` is what fills a slot, '' for none."""

    official: bool
    open: str = ""


def reduced(view: str) -> str:
    """Return what a clause says: numbers masked, words of degree and jurisdiction off, words of one meaning made equal."""
    text = _DEGREE.sub("", _NUMBER.sub("0", view)).strip(" \"'·-")
    for pattern, word in _EQUAL:
        text = pattern.sub(word, text)
    return _OPENING.sub("", text)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with resource(f"corpus/reference/{name}").open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


@cache
def standing() -> Standing:
    """Load `corpus/reference/official-wording.csv` once."""
    rows = list(_rows("official-wording.csv"))
    whole = dict.fromkeys(reduced(plain(row["clause"]).text) for row in rows if _SLOT not in row["clause"])
    slots = [reduced(plain(row["clause"]).text) for row in rows if _SLOT in row["clause"]]
    pattern = "|".join(f"({_SLOT_PATTERN})".join(map(re.escape, slot.split(_SLOT))) for slot in dict.fromkeys(slots))
    lengths = sorted({len(phrase) for phrase in whole if len(phrase) >= LEAST_LENGTH}, reverse=True)
    return Standing(
        max(row["version"] for row in rows), frozenset(whole), _by_edge(whole), re.compile(pattern), tuple(lengths)
    )


def _by_edge(phrases: Iterable[str]) -> Mapping[tuple[bool, str], tuple[str, ...]]:
    found: dict[tuple[bool, str], list[str]] = defaultdict(list)
    for phrase in phrases:
        found[True, phrase[:_EDGE]].append(phrase)
        found[False, phrase[-_EDGE:]].append(phrase)
    return {edge: tuple(members) for edge, members in found.items()}


def version() -> str:
    """Return the version of the reference texts."""
    return standing().version


@lru_cache(maxsize=65536)
def cover(clause: str) -> Cover:
    """Tell whether one clause of a plain view is standing wording: phrases joined, a filled slot, or nearly a phrase."""
    if len(clause) > LONGEST:
        return Cover(False)
    text, known = reduced(clause), standing()
    if not text:
        return Cover(bool(clause) and not _NUMBER.search(clause))
    if text in known.phrases or _covered(text, known) >= LEAST_COVERED * len(text):
        return Cover(True)
    filled = known.slotted.fullmatch(text)
    if filled:
        return Cover(True, next(group for group in filled.groups() if group))
    return Cover(len(text) >= _NEAR_LENGTH and _is_near(text, known))


def _covered(text: str, known: Standing) -> int:
    """Count the characters of `text` inside whole phrases, the longest first, and those that join two phrases.

    A phrase behind a joint may share the verb of the one before: 保障机关运转和各项工作顺利开展.
    """
    at = covered = 0
    verb = ""
    while at < len(text):
        length = _phrase_at(text, at, "", known) or (verb and _phrase_at(text, at, verb, known))
        if length:
            verb = text[at : at + _VERB] if not verb or text[at - 1] not in _JOINTS else verb
            covered += length
            at += length
        else:
            covered += at > 0 and text[at] in _JOINTS
            at += 1
    return covered


def _phrase_at(text: str, at: int, verb: str, known: Standing) -> int:
    """Return how many characters at `at` make, with `verb` in front of them, the longest whole phrase; 0 for none."""
    if verb and text[at - 1] not in _JOINTS:
        return 0
    lengths = (length - len(verb) for length in known.lengths)
    return next((n for n in lengths if n <= len(text) - at and verb + text[at : at + n] in known.phrases), 0)


def _is_near(text: str, known: Standing) -> bool:
    """Tell whether a phrase that begins or ends alike differs in single characters only; another word is another object."""
    alike = known.by_edge.get((True, text[:_EDGE]), ()) + known.by_edge.get((False, text[-_EDGE:]), ())
    found = process.extractOne(text, alike, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE)
    return found is not None and all(
        block.dest_end - block.dest_start <= _MOST_CHANGED
        for block in Levenshtein.opcodes(found[0], text)
        if block.tag != "equal"
    )


def official_spans(view: str) -> tuple[Span, ...]:
    """Return the spans of the clauses of a plain view that are standing official wording, in order.

    Spans are offsets into `view`, without list numbers and closing punctuation.
    """
    return tuple(span for span in clauses(view) if cover(view[slice(*span)]).official)


_ANY_NAME = re.compile(r"\([^()]*\)|^本?(?:项目|年度|单位|部门)+|[的本年度]|[,。;、:]+$|\s")
_NAME_NEAR = 90.0
_NAME_LENGTH = 6


@cache
def _presets() -> tuple[frozenset[str], tuple[str, ...]]:
    names = dict.fromkeys(_ANY_NAME.sub("", plain(row["name"]).text) for row in _rows("preset-indicators.csv"))
    return frozenset(names), tuple(names)


@lru_cache(maxsize=65536)
def is_preset(name: str) -> bool:
    """Tell whether an indicator name is a pre-set one: of personnel and running costs, of money handling, of any project.

    Equal once brackets and words such as 本项目 are off, or with a word added or left out; never with a word exchanged.
    """
    names, ordered = _presets()
    text = _ANY_NAME.sub("", plain(name).text)
    if text in names:
        return True
    if len(text) < _NAME_LENGTH:
        return False
    found = process.extractOne(text, ordered, scorer=fuzz.ratio, score_cutoff=_NAME_NEAR)
    return found is not None and not any(block.tag == "replace" for block in Levenshtein.opcodes(found[0], text))
