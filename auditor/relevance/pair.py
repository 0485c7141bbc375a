"""How well two texts of one project fit each other: a few features anyone can follow, and a logistic score of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from auditor.relevance.grams import grams
from auditor.relevance.model import Model, Vector, evidence, model
from auditor.relevance.terms import read, sectors

FEATURES = (
    "shared",  # share of the first text's specific character pairs, by rarity, that stand in the second
    "longest",  # longest specific run that both share, in characters up to four, as a share of four
    "term_support",  # share of the first text's subjects that terms of the second support, related subjects in part
    "back_support",  # the same from the second to the first
    "gram_cosine",  # cosine of what the grams of both say of the subjects
    "gram_support",  # the same with related subjects in part
    "first_evidence",  # how surely terms show the first text's subject
    "second_evidence",
    "conflict",  # both surely shown, and no support either way
    "both_ways",  # the smaller of the two supports
    "term_support_log",  # logarithms tell none at all from a little
    "gram_cosine_log",
    "gram_support_log",
)
LONGEST = 4
FLOOR = 0.02
LEAST_TIE = 0.15


@dataclass(frozen=True)
class Side:
    """One text of a pair, measured: term evidence by sector, gram vector, specific content."""

    content: str
    terms: Vector
    grams: Vector
    pairs: dict[str, int]


@lru_cache(maxsize=4096)
def side(text: str) -> Side:
    """Measure one text (a name without its additions, a goal, or the indicator names joined) by the shipped model."""
    return measure(text, model())


def measure(text: str, arrays: Model) -> Side:
    """Measure one text by a model."""
    reading = read(text)
    found = grams(reading.content)
    pairs = {gram: count for gram, count in found.items() if len(gram) == 2}
    return Side(reading.content, evidence(reading, len(sectors().names)), arrays.subjects(reading.content), pairs)


def pair_features(first: Side, second: Side, arrays: Model | None = None) -> Vector:
    """Return the features of a pair, shape (13,), in the order of FEATURES."""
    arrays = arrays or model()
    near = arrays.near
    support = _support(first.terms, second.terms, near)
    back = _support(second.terms, first.terms, near)
    one, two = float(first.terms.max(initial=0)), float(second.terms.max(initial=0))
    cosine = _cosine(first.grams, second.grams)
    by_grams = _support(_share(first.grams[: len(near)]), _share(second.grams[: len(near)]), near)
    logs = np.log(np.array([support, cosine, by_grams]) + FLOOR) / 4
    shown = [one, two, one * two * (1 - max(support, back)), min(support, back)]
    shared, longest = _shared(first, second, arrays), _longest(first, second) / LONGEST
    return np.array([shared, longest, support, back, cosine, by_grams, *shown, *logs])


def fit(kind: str, first: Side, second: Side) -> float:
    """Return the calibrated chance, 0–1, that two texts speak of one subject. `kind` names the pair (name_goal …)."""
    arrays = model()
    weights = arrays.pair[kind]
    return logistic(float(pair_features(first, second, arrays) @ weights[:-1] + weights[-1]))


def is_tied(first: Side, second: Side) -> bool:
    """Tell whether anything at all ties two texts: specific characters, terms or grams of one subject."""
    features = dict(zip(FEATURES, pair_features(first, second), strict=True))
    return bool(features["longest"] > 0 or max(features["term_support"], features["gram_cosine"]) >= LEAST_TIE)


def logistic(value: float) -> float:
    """Return 1 / (1 + e^-value)."""
    return float(1 / (1 + np.exp(-np.clip(value, -30, 30))))


def _support(first: Vector, second: Vector, near: Vector) -> float:
    """Return the share of `first`, squared so that its main subjects count, that `second` supports."""
    mass = first**2
    total = float(mass.sum())
    if total <= 0:
        return 0.0
    at = np.flatnonzero(mass)
    reached = (near[at] * second[None, :]).max(axis=1)
    return float((mass[at] * reached).sum() / total)


def _share(found: Vector) -> Vector:
    highest = float(found.max(initial=0))
    result: Vector = found / highest if highest > 0 else found
    return result


def _cosine(first: Vector, second: Vector) -> float:
    size = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(first @ second) / size if size > 0 else 0.0


def _shared(first: Side, second: Side, arrays: Model) -> float:
    whole = sum(arrays.rare(pair) for pair in first.pairs)
    if whole <= 0:
        return 0.0
    return sum(arrays.rare(pair) for pair in first.pairs if pair in second.pairs) / whole


def _longest(first: Side, second: Side) -> int:
    """Return the length of the longest specific run that stands in both, at most LONGEST."""
    for size in range(LONGEST, 1, -1):
        for run in first.content.split():
            if any(run[at : at + size] in second.content for at in range(len(run) - size + 1)):
                return size
    return 0
