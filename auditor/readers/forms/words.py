"""The words that official forms print on themselves, matched by meaning (`rules/lexicons/form-words.csv`)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from auditor.bundled import resource
from auditor.text import plain

_BRACKETED = re.compile(r"\([^()]*\)")
_INLINE = re.compile(r"\s*((?:其中\s*[:：]?\s*)?[^:：\n]{2,40}?)\s*[:：]")


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


MOST_LABEL = 48
"""A longer text is no label of a form."""

_PREFIX = re.compile(r"^(?:其中:?|[★*#]+|\(\d{1,2}\)|\d{1,2}[.、]|[一二三四五六七八九十]{1,2}、)")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9 .,'’&/_-]*")
_YEAR_PREFIX = re.compile(r"^20\d\d年度?")


def label_meanings(text: str) -> frozenset[str]:
    """Return what a cell's text may mean as a label or column head; wider than `meanings`, empty if unknown.

    Besides brackets and a closing colon, 其中：, list numbers, marks and a year in front are looked through.
    """
    return _label_meanings(text) if len(text) <= MOST_LABEL else frozenset()


@lru_cache(maxsize=8192)
def _label_meanings(text: str) -> frozenset[str]:
    word = plain(text).text.replace(" ", "").rstrip(":*")
    known = _meanings()
    for candidate in _readings(word):
        if found := known.get(candidate):
            return found
    return frozenset()


def _readings(word: str) -> Iterator[str]:
    """Yield the ways to read a label, the most literal first."""
    yield word
    short = _BRACKETED.sub("", word).rstrip(":")
    yield short
    while _PREFIX.match(short):
        short = _PREFIX.sub("", short)
        yield short
    yield _YEAR_PREFIX.sub("", short)
    yield from _without_translation(word)


def _without_translation(word: str) -> Iterator[str]:
    """Yield a label without the English that stands beside it: `Level 1 一级指标`, `总计 Total (10,000 yuan)`."""
    if re.search("[a-z]{2}", word, re.IGNORECASE):
        chinese = _LATIN.sub("", _BRACKETED.sub("", word)).strip("/:")
        if len(chinese) > 1:
            yield chinese


def inline_label(text: str) -> tuple[frozenset[str], int] | None:
    """Read `项目名称：某某`: the label's meanings and the offset of what follows its colon; None for anything else."""
    match = _INLINE.match(text[: 2 * MOST_LABEL])
    if not match:
        return None
    found = label_meanings(match[1])
    return (found, match.end()) if found and text[match.end() :].strip() else None


@cache
def _note() -> re.Pattern[str]:
    words = "|".join((*words_for("instructions"), *words_for("note")))
    return re.compile(rf"\s*(?:{words})\s*(?:[:：]|\d+[.、]|$)")


def is_note(text: str) -> bool:
    """Tell whether a text begins as the notes below a table do: 注：, 填表说明：, 填报人：."""
    return bool(_note().match(text))


def is_instruction_name(text: str) -> bool:
    """Tell whether a sheet of this name, or a table under this heading, only explains how to fill in a form."""
    word = plain(text).text
    return len(word) <= MOST_LABEL and any(known in word for known in words_for("instructions"))
