"""Words and signs that say how a value compares: before the number, after it, and which of the two counts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from auditor.bundled import resource
from auditor.quantity.model import COMPARATORS, Comparator
from auditor.quantity.words import WordTable, read_rows

# A negation in front turns these round; each line is a sign, its words, and the sign of the negated word.
_NEGATABLE: tuple[tuple[Comparator, str, Comparator], ...] = (
    ("<", "少于 低于 小于 短于 弱于 劣于 落后于 低过 少过", "≥"),
    (">", "多于 高于 大于 长于 超过 超出 突破 超 高过 多过 大过", "≤"),
    (">", "优于 好于", "≤"),
    ("<", "早于 先于", "≥"),
    (">", "晚于 迟于", "≤"),
)
_NEGATIONS = ["不", "不得", "不能", "不可", "不应", "不许", "不会", "不宜", "没有", "未", "不再", "不准"]

_COLUMNS = ("word", "position", "sign", "weak", "not_beside", "note")


class Entry(NamedTuple):
    """A comparator of the list.

    A `weak` one gives way to what stands behind the number: 达到90%左右 is about 90 %. Beside one of the characters
    `not_beside` (in front of a word that stands before the number, behind one that stands after it) it is part of
    another word: 节约, 内容.
    """

    sign: Comparator
    weak: bool = False
    not_beside: str = ""


def read_comparators(path: Path) -> tuple[dict[str, Entry], dict[str, Entry]]:
    """Read the comparators that stand before a number, and those that stand after it.

    Raises ValueError, with file and line, for an unknown position or sign and for repeats.
    """
    tables: dict[str, dict[str, Entry]] = {"before": {}, "after": {}}
    for line, row in read_rows(path, _COLUMNS):
        sign = row["sign"]
        if row["position"] not in tables or sign not in COMPARATORS:
            raise ValueError(f"{path}:{line}: position is before or after, sign one of {' '.join(COMPARATORS)}")
        if row["word"] in tables[row["position"]]:
            raise ValueError(f"{path}:{line}: {row['word']!r} stands twice")
        tables[row["position"]][row["word"]] = Entry(sign, bool(row["weak"]), row["not_beside"])
    return tables["before"], tables["after"]


def _with_negations(entries: dict[str, Entry]) -> dict[str, Entry]:
    negated = {
        negation + word: Entry(turned)
        for sign, words, turned in _NEGATABLE
        for word in words.split()
        for negation in _NEGATIONS
    }
    plain_words = {word: Entry(sign) for sign, words, _ in _NEGATABLE for word in words.split()}
    return plain_words | entries | negated


def _with_brackets(entries: dict[str, Entry]) -> dict[str, Entry]:
    forms = ("{}", "(含){}", "{}(含)", "(含本数){}", "{}(含本数)", "的{}", "(不含){}")
    return {form.format(word): entry for word, entry in entries.items() for form in forms}


_LISTED_BEFORE, _LISTED_AFTER = read_comparators(resource("rules/lexicons/comparators.csv"))
_BEFORE, _AFTER = _with_negations(_LISTED_BEFORE), _with_brackets(_LISTED_AFTER)
BEFORE, AFTER = WordTable(_BEFORE), WordTable(_AFTER)
_LAST_CHARACTERS = frozenset(word[-1] for word in _BEFORE) | set(":为是")


class Comparison(NamedTuple):
    """A comparator and the half-open span of the plain text that says it."""

    sign: Comparator
    start: int
    end: int
    weak: bool = False


def _word_before(text: str, end: int, floor: int) -> str | None:
    word = BEFORE.before(text, end, floor)
    if word is None or not _BEFORE[word].not_beside:
        return word
    start = end - len(word)
    return None if start > floor and text[start - 1] in _BEFORE[word].not_beside else word


def before(text: str, end: int, floor: int) -> Comparison | None:
    """Read the comparators that end where a number starts; doubled ones count once, the one that says most wins."""
    if end <= floor or (text[end - 1] not in _LAST_CHARACTERS):
        return None
    found: Comparison | None = None
    at = end
    for _ in range(5):
        word = _word_before(text, at, floor)
        if word is None and at > floor and text[at - 1] in ":为是":
            # 不低于:90% has a colon astray; in 标准:90% the colon belongs to the label.
            word = _word_before(text, at - 1, floor)
            at -= word is not None
        if word is None:
            break
        start = at - len(word)
        sign, weak, _ = _BEFORE[word]
        if found is None or (found.weak and not weak):
            found = Comparison(sign, start, end, weak)
        else:
            found = found._replace(start=start)
        at = start
    return found


def after(text: str, start: int) -> Comparison | None:
    """Read the comparator that begins where the unit ends."""
    word = AFTER.at(text, start)
    if word is None:
        return None
    end = start + len(word)
    if text[end : end + 1] in _AFTER[word].not_beside and end < len(text):
        return None
    return Comparison(_AFTER[word].sign, start, end)


def combine(first: Comparison | None, second: Comparison | None) -> Comparator | None:
    """Decide between a comparator before and one after the number."""
    if first is None:
        return None if second is None else second.sign
    if second is None or not first.weak:
        return first.sign
    return second.sign


_DISTANT = re.compile("至少|最少|不少于|不低于|不小于|不超过|不高于|最多|至多")


def distant(text: str, start: int, end: int) -> Comparison | None:
    """Find the comparator that stands apart from its number, as in 至少举办5场."""
    match = _DISTANT.search(text, start, end)
    return None if match is None else Comparison(_BEFORE[match[0]].sign, *match.span())
