"""Indicators proposed for a class that a project lacks: those that projects of the same kind in the corpus have.

Source: `corpus/labelled/goals-1.csv` and `goals-2.csv`, made-up projects of every subject with goals and indicators.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import sqrt

from auditor.bundled import resource
from auditor.classify import decide
from auditor.document import Project
from auditor.generic import own_words
from auditor.quantity import read_name, read_target
from auditor.relevance.grams import grams
from auditor.relevance.model import model
from auditor.relevance.names import core
from auditor.relevance.subject import subject_of
from auditor.relevance.terms import read

PROPOSED = 3
KINDRED = 12
"""Corpus projects whose indicators are looked at, the most alike first."""

LEAST_ALIKE = 0.3
"""Likeness below which a corpus project of the same sector says nothing about this one: the sector alone is not enough."""

_GOAL_SHARE = 0.4
_ODD = frozenset("（(≥≤*；;，,0123456789“”")


@dataclass(frozen=True)
class _Kin:
    """A project of the corpus: its name's core and goal as one text, its indicators with their values."""

    text: str
    indicators: tuple[tuple[str, str], ...]

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of specific characters in name and goal, found when the project is first compared."""
        return _pairs(self.text)


@cache
def _corpus() -> Mapping[str, Sequence[_Kin]]:
    """Return the corpus projects by sector."""
    found: dict[str, list[_Kin]] = defaultdict(list)
    for file in ("goals-1", "goals-2"):
        with resource(f"corpus/labelled/{file}.csv").open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                listed = [entry.partition("|") for entry in row["indicators"].split(";")]
                indicators = tuple((name.strip(), value.strip()) for name, _, value in listed)
                found[row["sector"]].append(_Kin(f"{core(row['name'])} {row['goal']}", indicators))
    return found


def _pairs(text: str) -> frozenset[str]:
    return frozenset(pair for pair in grams(read(text).content) if len(pair) == 2)


def proposed(project: Project, codes: tuple[str, ...], most: int = PROPOSED) -> tuple[str, ...]:
    """Return up to `most` indicators of the classes `codes` that suit a project, each as `name ≥____unit`.

    They come from the corpus projects that share most rare character pairs and the sector with this one; none where no
    project is near. Names the project has already are left out.
    """
    have = {indicator.name.plain.text for indicator in project.indicators}
    chosen: list[str] = []
    named: set[str] = set()
    seen: list[frozenset[str]] = []
    for kin in _kindred(project):
        for name, value in kin.indicators:
            blank, pairs = _blank(name, value), _pairs(name)
            fresh = (
                name not in have
                and name not in named
                and not (_ODD & set(name))
                and all(len(pairs & one) < 2 for one in seen)
            )
            if blank and fresh and _suits(name, value, codes):
                chosen.append(f"{name} {blank}")
                named.add(name)
                seen.append(pairs)
                if len(chosen) == most:
                    return tuple(chosen)
    return tuple(chosen)


def _kindred(project: Project) -> list[_Kin]:
    goal = (project.goal.text if project.goal else "")[:400]
    name = core(project.title)
    about = [share.sector for share in (*subject_of(name).sectors[:2], *subject_of(goal).sectors[:1])]
    of_name = _pairs(name)
    of_goal = _pairs(goal) - of_name
    rare = model().rare

    def alike(kin: _Kin) -> float:
        shared = sum(rare(pair) for pair in kin.pairs & of_name) + _GOAL_SHARE * sum(
            rare(pair) for pair in kin.pairs & of_goal
        )
        return float(shared / sqrt(4 + len(kin.pairs)))

    near = [kin for sector in dict.fromkeys(about) for kin in _corpus().get(sector, ())]
    ranked = sorted(((alike(kin), at) for at, kin in enumerate(near)), key=lambda pair: (-pair[0], pair[1]))
    return [near[at] for likeness, at in ranked[:KINDRED] if likeness >= LEAST_ALIKE]


def _suits(name: str, value: str, codes: tuple[str, ...]) -> bool:
    """Tell whether an indicator is surely of a wanted class and, satisfaction aside, says something of its own."""
    decision = decide(name, value)
    return decision.code in codes and decision.sure and (decision.code == "31" or bool(own_words(name)))


def _blank(name: str, value: str) -> str:
    """Return the value with a blank in place of its number, such as `≥____%`, nothing stays nothing; '' without number or unit."""
    main = read_target(value).main
    if main.value is None or main.unit is None or main.dimension in ("date", None):
        return ""
    if main.value == 0:
        return f"0{main.unit}"
    less = read_name(name).direction == "less" or main.dimension in ("duration", "money")
    return f"{main.comparator or ('≤' if less else '≥')}____{main.unit}"
