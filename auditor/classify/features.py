"""What an indicator's name and value say beyond their characters: features of quantity and of marker words.

Each feature is a short text such as `asks=ratio` or `value=money`; those of name and value are made apart, because
either repeats massively, and then crossed. The class an indicator is filed under is never looked at.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from auditor.classify.grams import shortened
from auditor.quantity import COUNTABLE, Dimension, Target, read_name, read_target
from auditor.text import plain

_WHETHER = re.compile("是否|有无|能否")
_ENDINGS = (
    "率",
    "度",
    "数",
    "额",
    "量",
    "时间",
    "性",
    "情况",
    "比例",
    "水平",
    "能力",
    "程度",
    "影响",
    "机制",
    "面积",
    "标准",
    "费",
    "人",
)
_LASTING = re.compile("长期|持续|长效|长远|永久|不断|逐年|常态")
_GRADED = re.compile("显著|明显|有效|良好|提升|提高|改善|增强|较好|不断|进一步|优|促进|保障")
_BASE = re.compile("[/每]")

_COARSE: dict[str, str] = {
    **dict.fromkeys(COUNTABLE, "count"),
    **dict.fromkeys(("date", "duration", "frequency"), "time"),
    **dict.fromkeys(("ratio", "score", "rank", "grade"), "ratio"),
    **dict.fromkeys(("area", "length", "weight", "volume", "energy", "power", "data"), "physical"),
}


@dataclass(frozen=True)
class Markers:
    """Words that speak for a kind of indicator, by group (`markers.csv` of the model)."""

    groups: dict[str, str]
    pattern: re.Pattern[str]

    def found(self, text: str) -> list[str]:
        """Return the groups whose words stand in `text`, in text order, without repeats."""
        return list(dict.fromkeys([self.groups[word] for word in self.pattern.findall(text)]))


def read_markers(path: Path) -> Markers:
    """Read the groups of marker words. A word belongs to one group; raises ValueError for one that stands twice."""
    groups: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for word in row["words"].split(";"):
                if word in groups:
                    raise ValueError(f"{path}: {word!r} stands under {groups[word]} and {row['group']}")
                groups[word] = row["group"]
    return Markers(groups, re.compile("|".join(sorted(map(re.escape, groups), key=len, reverse=True))))


def coarse(dimension: Dimension | None) -> str:
    """Return the family of a dimension, 'none' where there is none."""
    return _COARSE.get(dimension, dimension) if dimension else "none"


def ending(text: str) -> str:
    """Return the ending of a plain name that tells what is measured, '' for any other."""
    core = re.sub(r"(?:[(\[][^()\[\]]*[)\]]|[^\w])+$", "", text)
    return next((word for word in _ENDINGS if core.endswith(word)), "")


@dataclass(frozen=True)
class NameFeatures:
    """Features of a name, and the parts of them that are crossed with those of a value."""

    features: tuple[str, ...]
    ending: str
    asks: str
    last_group: str


@dataclass(frozen=True)
class ValueFeatures:
    """Features of a value, and its family of dimension for the crosses."""

    features: tuple[str, ...]
    kind: str


def name_features(name: str, markers: Markers) -> NameFeatures:
    """Return the features of an indicator's name. Never raises."""
    text = plain(shortened(name)).text
    expected = read_name(shortened(name))
    asks = expected.dimensions[0] if expected.dimensions else "none"
    end = ending(text)
    groups = markers.found(text)
    found = [f"asks={asks}", f"ending={end}", f"direction={expected.direction}", f"long={min(len(text) // 7, 5)}"]
    if expected.head:
        found.append(f"head={expected.head}")
    if expected.is_relative:
        found.append("relative")
    if expected.unit_in_bracket and expected.unit_key:
        found += [f"bracket={asks}", f"bracket_per={bool(_BASE.search(expected.unit_key))}:{asks}"]
    if _WHETHER.search(text):
        found.append("whether")
    if "," in text or "，" in text:
        found.append("clauses")
    first, last = (groups[0], groups[-1]) if groups else ("none", "none")
    found += [f"first={first}", f"last={last}", f"first={first}&ending={end}", f"last={last}&ending={end}"]
    found += [f"has={group}" for group in groups]
    ordered = sorted(groups)
    found += [f"has={one}&{two}" for at, one in enumerate(ordered) for two in ordered[at + 1 :]]
    return NameFeatures(tuple(found), end, coarse(expected.dimensions[0] if expected.dimensions else None), last)


def value_features(value: str | None) -> ValueFeatures:
    """Return the features of a value as written; None and blanks mean that there is none. Never raises."""
    text = shortened(value or "").strip()
    if not text:
        return ValueFeatures(("value=absent",), "absent")
    target = read_target(text)
    kind = _kind(target, text)
    found = [f"value={kind}", f"compares={target.comparator}&value={kind}"]
    main = target.main
    if main.dimension:
        found.append(f"dimension={main.dimension}")
    if main.unit_key:
        found.append(f"unit={main.unit_key}")
        found.append(f"per={bool(_BASE.search(main.unit_key))}:{kind}")
    if main.word_kind:
        found.append(f"word={main.word_kind}")
    if main.object:
        found.append("object")
    if main.upper is not None:
        found.append("range")
    if main.value is not None and main.value == 0:
        found.append("zero")
    if main.dimension == "ratio" and main.base == 1:
        found.append("whole")
    if len(target.quantities) > 1:
        found.append("several")
    if _LASTING.search(text):
        found.append("lasting")
    return ValueFeatures(tuple(found), kind)


def _kind(target: Target, text: str) -> str:
    main = target.main
    if main.dimension and main.dimension != "state":
        return coarse(main.dimension)
    if main.value is not None:
        return "number"
    return "graded" if _GRADED.search(text) else "state" if main.word else "words"


def crosses(name: NameFeatures, value: ValueFeatures) -> tuple[str, ...]:
    """Return the features that only name and value together have: a rate named and a count given."""
    return (
        f"ending={name.ending}&value={value.kind}",
        f"asks={name.asks}&value={value.kind}",
        f"last={name.last_group}&value={value.kind}",
    )


remembered_value = lru_cache(maxsize=8192)(value_features)
