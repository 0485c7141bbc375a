"""Grades and states that answer in words: `通过验收`, `优秀`, `提升` (`rules/lexicons/states.csv`)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple, cast

from auditor.bundled import resource
from auditor.quantity.comparators import after as comparator_after
from auditor.quantity.comparators import before as comparator_before
from auditor.quantity.comparators import combine
from auditor.quantity.draft import Draft
from auditor.quantity.model import Dimension, WordKind
from auditor.quantity.words import read_rows
from auditor.text import plain

_COLUMNS = ("word", "kind", "dimension", "note")


class State(NamedTuple):
    """A word of the closed list: `kind` says whether anybody could check it."""

    word: str
    kind: WordKind
    dimension: Dimension


def read_states(path: Path) -> dict[str, State]:
    """Read a word list of states and grades. Raises ValueError, with file and line, for unknown kinds and repeats."""
    states: dict[str, State] = {}
    for line, row in read_rows(path, _COLUMNS):
        if row["kind"] not in ("checkable", "vague") or row["dimension"] not in ("state", "grade"):
            raise ValueError(f"{path}:{line}: kind is checkable or vague, dimension is state or grade")
        word = plain(row["word"]).text
        if word in states:
            raise ValueError(f"{path}:{line}: {word!r} stands twice")
        states[word] = State(word, cast("WordKind", row["kind"]), cast("Dimension", row["dimension"]))
    return states


STATES = read_states(resource("rules/lexicons/states.csv"))


def _alternatives(dimension: Dimension) -> str:
    words = sorted((word for word, state in STATES.items() if state.dimension == dimension), key=len, reverse=True)
    return "|".join(map(re.escape, words))


_STATE = re.compile(_alternatives("state"))
# A grade is one only where it stands for itself: 优 in 优化 and 合格 in 合格率 are parts of other words.
_GRADE = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[为获到于达定])|(?<=评为)|(?<=等次)|(?<=等级)|(?<=结果)|(?<=考核)|(?<=测评)|(?<=评价)|(?<=评级))"
    rf"(?:{_alternatives('grade')}|良好(?=(?:及)?以上|等次|等级|级|$))"
    rf"(?=(?:等次|等级|级|等|档|标准)?(?:及以上|或以上|以上|左右|以下|及以下)?(?:$|[,;。、)\]]))"
)
_NEGATION = frozenset("未不没非")


def find_word(text: str, start: int, end: int) -> Draft | None:
    """Read the grade or state of the clause `text[start:end]`: the first checkable one, else the longest vague one."""
    grade = _GRADE.search(text, start, end)
    if grade is not None:
        return _grade(text, grade, start)
    best: re.Match[str] | None = None
    for match in _STATE.finditer(text, start, end):
        if match.start() > start and text[match.start() - 1] in _NEGATION:
            continue
        if len(match[0]) == 1 and text[start:end].strip(" :=()[]、") != match[0]:
            continue  # 高 in 高龄 is part of another word
        if STATES[match[0]].kind == "checkable":
            return _state(match)
        if best is None or len(match[0]) > len(best[0]):
            best = match
    return _state(best) if best is not None else None


def _state(match: re.Match[str]) -> Draft:
    state = STATES[match[0]]
    draft = Draft(*match.span(), state.dimension)
    draft.word, draft.word_kind = match[0], state.kind
    draft.parts.append(("word", *match.span()))
    return draft


def _grade(text: str, match: re.Match[str], floor: int) -> Draft:
    draft = Draft(*match.span(), "grade")
    draft.word, draft.word_kind = match[0], "checkable"
    draft.parts.append(("word", *match.span()))
    first = comparator_before(text, match.start(), floor)
    end = match.end() + (2 if text.startswith(("等次", "等级"), match.end()) else 0)
    second = comparator_after(text, end)
    draft.comparator = combine(first, second)
    if first is not None:
        draft.start = first.start
        draft.parts.append(("comparator", first.start, first.end))
    if second is not None:
        draft.end = second.end
        draft.parts.append(("comparator", second.start, second.end))
    return draft
