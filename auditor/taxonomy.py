"""The official classes of indicators, edition by edition (`rules/taxonomies/*.csv`).

The two-digit code of the `coded` edition is the key all editions share.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

from auditor.bundled import resource
from auditor.document import Document, Indicator
from auditor.text import plain

_CODE = re.compile(r"^\d{1,2}-")


@dataclass(frozen=True)
class IndicatorClass:
    """One class of one edition. `code` is as printed ('' where the edition has none), `coded` the shared key."""

    level: int
    code: str
    name: str
    parent: str
    coded: str


@dataclass(frozen=True)
class Taxonomy:
    """One edition: its classes in official order, and every name that is folded into one of them."""

    name: str
    classes: tuple[IndicatorClass, ...]
    names: dict[tuple[int, str], IndicatorClass]

    @property
    def has_codes(self) -> bool:
        """Whether this edition prints codes at all; where it does not, a printed code is no fault."""
        return any(found.code for found in self.classes)

    def named(self, level: int, name: str) -> IndicatorClass | None:
        """Return the class that `name` means at `level` (1 or 2), with or without 指标, synonyms folded."""
        return self.names.get((level, fold(name)))

    def coded(self, level: int, code: str) -> IndicatorClass | None:
        """Return the class printed with `code` at `level`."""
        return next((found for found in self.classes if found.level == level and found.code == code), None)

    def nearest(self, level: int, name: str) -> IndicatorClass:
        """Return the class of `level` whose name looks most like `name`; the first of equals."""
        candidates = [found for found in self.classes if found.level == level]
        best = process.extractOne(fold(name), [fold(found.name) for found in candidates], scorer=fuzz.ratio)
        return candidates[best[2]] if best else candidates[0]

    def filed(self, indicator: Indicator) -> str | None:
        """Return the shared two-digit code under which an indicator is filed, None where that cannot be told.

        The printed level-2 code decides, then the level-2 name, then a level 1 that has a single class.
        """
        if indicator.level2_code and (found := self.coded(2, indicator.level2_code)):
            return found.coded or None
        if indicator.level2 and (found := self.named(2, indicator.level2.text)):
            return found.coded or None
        if indicator.level1 and not indicator.level2 and (found := self.named(1, indicator.level1.text)):
            return found.coded or None
        return None


def fold(name: str) -> str:
    """Return a class name without widths, code and 指标."""
    return _CODE.sub("", plain(name).text).replace("指标", "")


def load_taxonomy(path: Path) -> Taxonomy:
    """Read one edition from CSV with the columns level, code, name, parent, synonyms (;-separated) and coded."""
    classes: list[IndicatorClass] = []
    names: dict[tuple[int, str], IndicatorClass] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            found = IndicatorClass(int(row["level"]), row["code"], row["name"], row["parent"], row["coded"])
            classes.append(found)
            for name in (row["name"], *filter(None, row["synonyms"].split(";"))):
                names[(found.level, fold(name))] = found
    return Taxonomy(path.stem, tuple(classes), names)


@cache
def taxonomy(name: str) -> Taxonomy:
    """Load the edition called `name`, such as `coded` or `mof-2021-101`."""
    return load_taxonomy(resource(f"rules/taxonomies/{name}.csv"))


def detect_profile(document: Document) -> str:
    """Tell which edition a document uses, from what it prints: codes, 成本 at level 1, or class names alone."""
    indicators = [indicator for project in document.projects for indicator in project.indicators]
    if any(indicator.level1_code or indicator.level2_code for indicator in indicators):
        return "coded"
    level1 = [indicator.level1.text for indicator in indicators if indicator.level1]
    if any(fold(name) == "成本" for name in level1):
        return "mof-2021-101"
    names = [(2, indicator.level2.text) for indicator in indicators if indicator.level2]
    edition = taxonomy("mof-2015-88")
    if names and all(edition.named(level, name) for level, name in names):
        return "mof-2015-88"
    return "generic"
