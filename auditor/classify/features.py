"""What an indicator's name and value say beyond their characters: features of quantity and of marker words.

Each feature is a short text such as `asks=ratio` or `value=money`; those of name and value are made apart, because
either repeats massively, and then crossed. The class an indicator is filed under is never looked at.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from auditor.classify.grams import LONGEST_GRAM, Flat, Index, fold, shortened, written
from auditor.quantity import COUNTABLE, Dimension, Target, read_name, read_target

_TAIL = 6
"""Characters before a closing bracket that are read; heads of names are shorter."""
_ENDING = re.compile("(?:率|度|数|额|量|时间|性|情况|比例|水平|能力|程度|影响|机制|面积|标准|费|人)$")
_LASTING = re.compile("长期|持续|长效|长远|永久|不断|逐年|常态")
_GRADED = re.compile("显著|明显|有效|良好|提升|提高|改善|增强|较好|不断|进一步|优|促进|保障")
_BASE = re.compile("[/每]")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_BEHIND = re.compile(r"(?:[(\[][^()\[\]]*[)\]]|[^\w])+$")

_COARSE: dict[str, str] = {
    **dict.fromkeys(COUNTABLE, "count"),
    **dict.fromkeys(("date", "duration", "frequency"), "time"),
    **dict.fromkeys(("ratio", "score", "rank", "grade"), "ratio"),
    **dict.fromkeys(("area", "length", "weight", "volume", "energy", "power", "data"), "physical"),
}


@dataclass(frozen=True)
class Markers:
    """Words that speak for a kind of indicator, each with its group (`markers.csv` of the model)."""

    index: Index
    groups: tuple[str, ...]

    def found(self, flat: Flat) -> list[tuple[str, ...]]:
        """Return for each text the groups whose words stand in it, in text order, without repeats.

        The words found in a text do not overlap; of two that begin at one place the longer one counts.
        """
        lengths, rows, starts = self.index.found(flat)
        widths = np.repeat(np.arange(1, len(lengths) + 1), lengths)
        order = np.lexsort((-widths, starts))
        found: list[dict[str, None]] = [{} for _ in range(int(flat.owner[-1]) if len(flat.owner) else 0)]
        end = 0
        columns = (flat.owner[starts], starts, widths, rows)
        for owner, start, width, row in zip(*(column[order].tolist() for column in columns), strict=True):
            if start >= end:
                found[owner][self.groups[row - 1]] = None
                end = start + width
        return [tuple(groups) for groups in found]


def read_markers(path: Path) -> Markers:
    """Read the groups of marker words of up to four characters.

    A word belongs to one group; raises ValueError for one that stands twice or is longer.
    """
    groups: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for word in row["words"].split(";"):
                if word in groups or len(word) > LONGEST_GRAM:
                    raise ValueError(f"{path}: {word!r} stands twice or is longer than {LONGEST_GRAM} characters")
                groups[word] = row["group"]
    return Markers(Index(tuple(groups), bits=17), tuple(groups.values()))


def coarse(dimension: Dimension | None) -> str:
    """Return the family of a dimension, 'none' where there is none."""
    return _COARSE.get(dimension, dimension) if dimension else "none"


def ending(text: str) -> str:
    """Return the ending of a plain name that tells what is measured, '' for any other."""
    found = _ENDING.search(_BEHIND.sub("", text))
    return found[0] if found else ""


class NameReading(NamedTuple):
    """What a name was read to say; equal readings have equal features."""

    asks: str
    head: str
    ending: str
    direction: str
    per: str
    length: int
    flags: tuple[str, ...]
    groups: tuple[str, ...]

    @property
    def features(self) -> tuple[str, ...]:
        """The features of the name alone."""
        first, last = (self.groups[0], self.groups[-1]) if self.groups else ("none", "none")
        ordered = sorted(self.groups)
        return (
            f"asks={self.asks}",
            f"head={self.head}",
            f"ending={self.ending}",
            f"direction={self.direction}",
            f"per={self.per}",
            f"long={self.length}",
            *self.flags,
            f"first={first}",
            f"last={last}",
            f"first={first}&ending={self.ending}",
            f"last={last}&ending={self.ending}",
            *(f"has={group}" for group in ordered),
            *(f"has={one}&{two}" for at, one in enumerate(ordered) for two in ordered[at + 1 :]),
        )

    def crossed(self, kind: str) -> tuple[str, ...]:
        """Return the features that only name and value together have: a rate named and a count given."""
        return _crossed(self.ending, self.asks, self.groups[-1] if self.groups else "none", kind)


@lru_cache(maxsize=16384)
def _crossed(ending_: str, asks: str, last: str, kind: str) -> tuple[str, ...]:
    asks = _COARSE.get(asks, asks)
    return f"ending={ending_}&value={kind}", f"asks={asks}&value={kind}", f"last={last}&value={kind}"


class ValueReading(NamedTuple):
    """What a value was read to say: its features, and its kind for the crosses."""

    features: tuple[str, ...]
    kind: str


class _Tail(NamedTuple):
    """What the end of a name asks for."""

    asks: str
    head: str
    ending: str
    direction: str
    per: str
    flags: tuple[str, ...]


@lru_cache(maxsize=16384)
def _read_tail(tail: str) -> _Tail:
    expected = read_name(tail)
    asks = expected.dimensions[0] if expected.dimensions else "none"
    in_bracket = expected.unit_in_bracket and expected.unit_key
    flags = {"relative": expected.is_relative, f"bracket={asks}": in_bracket}
    return _Tail(
        asks,
        expected.head or "",
        ending(tail),
        expected.direction or "",
        f"{bool(_BASE.search(expected.unit_key or ''))}:{asks}" if in_bracket else "",
        tuple(flag for flag, holds in flags.items() if holds),
    )


def name_reading(name: str, groups: tuple[str, ...]) -> NameReading:
    """Read the name of an indicator, folded and without marks, in which words of `groups` were found. Never raises.

    What a name asks for stands at its end, and ends recur; so only the end is read, once for each.
    """
    core = name.rfind("(") if name.endswith(")") else len(name)
    tail = _read_tail(name[max(0, core - _TAIL) :])
    flags = tail.flags
    if "是否" in name or "有无" in name or "能否" in name:
        flags += ("whether",)
    if "," in name:
        flags += ("clauses",)
    return NameReading(
        tail.asks, tail.head, tail.ending, tail.direction, tail.per, min(len(name) // 7, 5), flags, groups
    )


def name_readings(names: Sequence[str], markers: Markers) -> list[NameReading]:
    """Read many names as written at once."""
    flat = fold(names)
    read = zip(written(flat), markers.found(flat), strict=True)
    return [name_reading(name[1:-1], groups) for name, groups in read]


@lru_cache(maxsize=16384)
def value_reading(value: str | None) -> ValueReading:
    """Read a value as written; None and blanks mean that there is none. Never raises.

    Values that differ in their numbers alone are read once: a target of 85 people says what one of 90 says.
    """
    text = shortened(value or "").strip()
    return _read_shape(_NUMBER.sub(_shape, text)) if text else ValueReading(("value=absent",), "absent")


def _shape(number: re.Match[str]) -> str:
    """Return the number that stands for all of its sort: none, all, a year, some."""
    written = number[0]
    if not written.strip("0.,"):
        return "0"
    return written if written == "100" else "2024" if _YEAR.fullmatch(written) else "7"


@lru_cache(maxsize=16384)
def _read_shape(text: str) -> ValueReading:
    target = read_target(text)
    kind = _kind(target, text)
    main = target.main
    holds = {
        f"dimension={main.dimension}": main.dimension,
        f"unit={main.unit_key}": main.unit_key,
        f"per={bool(_BASE.search(main.unit_key or ''))}:{kind}": main.unit_key,
        f"word={main.word_kind}": main.word_kind,
        "object": main.object,
        "range": main.upper is not None,
        "zero": main.value == 0,
        "whole": main.dimension == "ratio" and main.base == 1,
        "several": len(target.quantities) > 1,
        "lasting": _LASTING.search(text),
    }
    found = [f"value={kind}", f"compares={target.comparator}&value={kind}"]
    return ValueReading((*found, *(feature for feature, true in holds.items() if true)), kind)


def _kind(target: Target, text: str) -> str:
    main = target.main
    if main.dimension and main.dimension != "state":
        return coarse(main.dimension)
    if main.value is not None:
        return "number"
    return "graded" if _GRADED.search(text) else "state" if main.word else "words"
