"""Whether a project's name, goal and indicators speak of one thing.

Three texts, three pairs, each with a calibrated chance of belonging together; what says too little is not judged. The
verdict depends on these texts alone, never on other projects.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from math import log
from pathlib import Path
from typing import Literal

import numpy as np

from auditor.document import Project
from auditor.relevance.activity import wrong_activity
from auditor.relevance.encoder import Encoder, load_encoder, refined
from auditor.relevance.model import Vector, model
from auditor.relevance.names import core
from auditor.relevance.pair import Side, fit, is_tied, logistic, side
from auditor.relevance.subject import SubjectProfile, subject_of
from auditor.relevance.suit import specific
from auditor.relevance.terms import MOST_CHARACTERS, STRONG, read, sector_terms
from auditor.text import plain
from auditor.wording import Wording

Verdict = Literal["off_subject", "weak", "fits", "not_judged"]

SPEAKS = 0.2
"""Least term evidence of a text that says what it is about."""

LEAST_TERMS = 2
"""Strong terms that an indicator set needs before it can be off."""

SURE_FIT = 1.5
"""Log odds of name and goal from which indicators do not count against the goal."""

LEAST_GOAL = 4
"""Shorter goals (plain characters) are not judged."""

LONGEST_GENERIC = 3
"""Specific characters in a row up to which a name without terms is called generic."""

_UNNAMED = Wording("没有项目名称", "there is no project name")
_GENERIC = Wording("项目名称过于笼统，没有可比的内容", "the name is too generic to compare with")
_UNKNOWN = Wording("没有认出项目名称的主题", "the subject of the name was not recognised")
_SHORT = Wording("绩效目标过短或没有可比的内容", "the goal is too short or says nothing to compare with")
_OFF = Wording("名称与目标说的不是一件事", "name and goal speak of different things")
_WEAK = Wording("目标与名称的联系不明显", "the tie between goal and name is weak")
_FITS = Wording("目标与名称相符", "the goal fits the name")


@dataclass(frozen=True)
class Relevance:
    """What the three texts of one project say of one another.

    `name_goal`, `name_indicators`, `goal_indicators` are chances 0–1 of belonging together, None where a text says too
    little. `verdict` is about the goal, `indicators` about the indicator set as a whole; `confidence` 0–1 that of the
    verdict, `reason` why. The three profiles tell what each text is about, with words and spans in the text as written.
    """

    name_goal: float | None
    goal_indicators: float | None
    name_indicators: float | None
    verdict: Verdict
    indicators: Verdict
    reason: Wording
    name: SubjectProfile
    goal: SubjectProfile
    measured: SubjectProfile
    confidence: float

    @property
    def has_generic_name(self) -> bool:
        """Whether nothing was judged because the name says nothing to compare with."""
        return self.reason == _GENERIC

    @property
    def is_sure(self) -> bool:
        """Whether name against goal alone scores as low as hardly any own pair of the corpora, paraphrases included."""
        return self.name_goal is not None and self.name_goal < model().cuts["sure"]

    @property
    def is_evident(self) -> bool:
        """Whether terms show both the name's and the goal's subject, so that a person can check the verdict at a glance."""
        return self.name.is_evident and self.goal.is_evident


_in_force: ContextVar[Encoder | None] = ContextVar("encoder", default=None)


@contextmanager
def encoder_in(folder: Path | None) -> Iterator[None]:
    """Let the encoder of a folder refine every judgement made inside the block; None changes nothing.

    Raises EncoderError, before anything is judged, for a folder that cannot be used.
    """
    token = _in_force.set(load_encoder(folder) if folder else None)
    try:
        yield
    finally:
        _in_force.reset(token)


def judge(project: Project, encoder: Encoder | None = None) -> Relevance:
    """Judge one project. Never raises for odd text: what cannot be judged is `not_judged`.

    An encoder, given here or in force, refines the chance of name against goal.
    """
    encoder = encoder or _in_force.get()
    goal = project.goal or project.annual_goal
    names = tuple(indicator.name.text for indicator in project.indicators)
    return judge_texts(project.title, goal.text if goal else "", names, encoder)


@lru_cache(maxsize=4096)
def judge_texts(name: str, goal: str, indicators: tuple[str, ...], encoder: Encoder | None = None) -> Relevance:
    """Judge a name, a goal and the indicator names that stand together."""
    short = core(name)
    set_text = specific(indicators)
    first, second, third = side(short), side(goal), side(set_text)
    speaks, tells, measures = _speaks(first), _tells(second, goal), _speaks(third)
    name_goal = fit("name_goal", first, second) if tells and (speaks or _same_words(first, second)) else None
    if encoder is not None and name_goal is not None:
        name_goal = refined(name_goal, encoder.likeness(short, goal[:MOST_CHARACTERS]))
    name_set = fit("name_indicators", first, third) if speaks and measures else None
    goal_set = fit("goal_indicators", second, third) if tells and measures else None
    generic = not any(len(run) > LONGEST_GENERIC for run in first.content.split())
    verdict, reason, chance = _of_goal(
        name, speaks, tells, is_tied(first, second), generic, name_goal, name_set, goal_set
    )
    of_set = _of_set(short, goal, indicators, verdict == "off_subject", name_goal, name_set, goal_set)
    return Relevance(
        name_goal=_rounded(name_goal),
        goal_indicators=_rounded(goal_set),
        name_indicators=_rounded(name_set),
        verdict=verdict,
        indicators=of_set,
        reason=reason,
        name=subject_of(name, within=short),
        goal=subject_of(goal),
        measured=subject_of("；".join(indicators), within=set_text),
        confidence=round(chance, 3),
    )


def _of_goal(
    name: str,
    speaks: bool,
    tells: bool,
    tied: bool,
    generic: bool,
    name_goal: float | None,
    name_set: float | None,
    goal_set: float | None,
) -> tuple[Verdict, Wording, float]:
    """Return the verdict on the goal, why, and its confidence."""
    if not plain(name).text:
        return "not_judged", _UNNAMED, 0.0
    if not tells:
        return "not_judged", _SHORT, 0.0
    if name_goal is None:
        return "not_judged", _GENERIC if generic else _UNKNOWN, 0.0
    cuts = model().cuts
    wholes = {kind: _whole(kind, name_goal, name_set, goal_set) for kind in ("whole_goal", "whole_name")}
    if speaks and name_goal < cuts["name_goal"]:
        return "off_subject", _OFF, 1 - min(name_goal, wholes["whole_goal"])
    odds = logit(name_goal), logit(name_set), logit(cuts["weak"])
    if speaks and goal_set is not None and may_be_off(*odds):
        below = [whole for kind, whole in wholes.items() if whole < cuts[kind]]
        if below:
            return "off_subject", _OFF, 1 - min(below)
    if name_goal < cuts["weak"] or not tied:
        return "weak", _WEAK, 1 - name_goal
    return "fits", _FITS, name_goal


def _of_set(
    short: str,
    goal: str,
    indicators: tuple[str, ...],
    off: bool,
    name_goal: float | None,
    name_set: float | None,
    goal_set: float | None,
) -> Verdict:
    """Return the verdict on the indicator set: it has to measure what the name says, or what a fitting goal says.

    A set that goes with a goal that is itself off went astray with it. Else the set must clearly show, in at least two
    terms, something that neither name nor goal knows.
    """
    if name_set is None and goal_set is None:
        return "not_judged"
    cuts = model().cuts
    if wrong_activity(short, goal, indicators):
        return "off_subject"
    if off and name_set is not None:
        with_goal = goal_set is not None and goal_set > 0.5
        return "off_subject" if with_goal and name_set < cuts["weak"] else "weak" if name_set < cuts["weak"] else "fits"
    whole = _whole("whole_indicators", name_goal, name_set, goal_set)
    known = [chance for chance in (name_set, goal_set) if chance is not None]
    clear = len(_strong_terms(specific(indicators))) >= LEAST_TERMS
    if clear and whole < cuts["whole_indicators"] and max(known) < cuts["goal_indicators"]:
        return "off_subject"
    return "weak" if whole < cuts["weak"] else "fits"


def _strong_terms(text: str) -> set[str]:
    terms = sector_terms()
    return {hit.word for hit in read(text).terms if max(strength for _, strength in terms[hit.word]) >= STRONG}


def _whole(kind: str, *chances: float | None) -> float:
    """Return the chance from all three pairs; a pair that was not judged counts for nothing either way."""
    weights = model().pair[kind]
    return logistic(float(whole_features(*map(logit, chances)) @ weights[:-1] + weights[-1]))


def whole_features(name_goal: float, name_set: float, goal_set: float) -> Vector:
    """Return the three log odds and two meetings of them: the set sides with the name against the goal, or with neither."""
    with_name = max(0.0, min(name_set, -goal_set))
    with_neither = max(0.0, min(-name_set, -goal_set, name_goal))
    return np.array([name_goal, name_set, goal_set, with_name, with_neither])


def may_be_off(name_goal: float, name_set: float, weak: float) -> bool:
    """Tell whether indicators may turn the verdict on a goal (log odds): not where the name alone supports the goal.

    It does where the goal is likelier its own than not; where the indicators go with the name, it takes more.
    """
    return name_goal < max(weak, 0.0) or (name_set > 0 and name_goal < SURE_FIT)


def logit(chance: float | None) -> float:
    """Return the log odds of a chance, within ±5; 0 for one that is not known."""
    if chance is None:
        return 0.0
    chance = min(max(chance, 1e-9), 1 - 1e-9)
    return min(5.0, max(-5.0, log(chance / (1 - chance))))


def _speaks(one: Side) -> bool:
    return float(one.terms.max(initial=0)) >= SPEAKS


def _tells(one: Side, goal: str) -> bool:
    return len(plain(goal[:200]).text) >= LEAST_GOAL and (bool(one.pairs) or _speaks(one))


def _same_words(first: Side, second: Side) -> bool:
    return any(pair in second.pairs for pair in first.pairs)


def _rounded(chance: float | None) -> float | None:
    return None if chance is None else round(chance, 3)
