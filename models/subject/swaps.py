"""Own pairs and swapped ones, each measured by a model that saw no goal row of its sector."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
from counting import NEAR, packed_model
from labelled import FINE, SECTORS, Row, indicator_names
from logistic import chances

from auditor.relevance.judgement import SPEAKS, logit, whole_features
from auditor.relevance.model import Model, Vector
from auditor.relevance.names import core
from auditor.relevance.pair import Side, measure, pair_features
from auditor.relevance.suit import specific
from auditor.text import clauses

SEED = 20261122
FOLDS = 5
KINDS = ("name_goal", "name_indicators", "goal_indicators")
WHOLES = {"whole_goal": "goal", "whole_indicators": "indicators", "whole_name": "name"}
"""Scores of all three pairs together, and the text that is swapped to train them."""

FAR = 0.04
"""Cosine up to which two subjects are far, so that a swap between them is a defect."""

FAR_FROM = float(1 - np.exp(-FAR / NEAR))
"""Nearness below which two subjects are far."""

Texts = dict[str, str]


class Gathered:
    """Features, labels and folds of the samples of one score, as they come."""

    def __init__(self) -> None:
        self.features: list[Vector] = []
        self.labels: list[str] = []
        self.folds: list[int] = []
        self.kinds: list[str] = []

    def add(self, features: Vector, label: str, fold: int, kind: str) -> None:
        """Add one sample; `kind` is that of the project whose name it is."""
        self.features.append(features)
        self.labels.append(label)
        self.folds.append(fold)
        self.kinds.append(kind)


def folded() -> dict[int, int]:
    """Deal the sectors into folds."""
    order = list(range(FINE))
    random.Random(SEED).shuffle(order)
    return {sector: at % FOLDS for at, sector in enumerate(order)}


def fold_models(goals: list[Row], indicators: list[Row]) -> list[Model]:
    """Train a model for each fold that saw no goal row of the fold's sectors."""
    fold = folded()
    found = []
    for at in range(FOLDS):
        seen = [row for row in goals if row["sector"] and fold[SECTORS.number(row["sector"])] != at]
        found.append(packed_model(seen, indicators))
    return found


def clause_of(goal: str, source: random.Random) -> str:
    """Return one clause of a goal: what remains of it in a terse form."""
    spans = [(start, end) for start, end in clauses(goal) if end - start >= 6]
    return goal[slice(*source.choice(spans))] if spans else goal


def parts(row: Row) -> Texts:
    """Return the three texts of a row as the score sees them."""
    return {"name": core(row["name"]), "goal": row["goal"], "indicators": specific(indicator_names(row))}


def samples(rows: list[Row], near: Vector, swapped: str) -> Iterator[tuple[Row, Texts, str]]:
    """Yield (row, texts, label) with one text swapped for that of another project; label own, clause or swapped.

    Each row gives itself, itself with one clause of its goal, and four swaps: with any far subject, with a far subject of
    the same functional class, and twice with any other subject of that class, as copies mostly come from next door.
    """
    source = random.Random(SEED)
    whole = [(SECTORS.number(row["sector"]), parts(row)) for row in rows]
    numbers = np.array([number for number, _ in whole])
    classes = np.array(SECTORS.classes)[numbers]
    pools = {}
    for number in set(numbers.tolist()):
        is_far, is_beside = near[number, numbers] < FAR_FROM, classes == SECTORS.classes[number]
        masks = (is_far, is_far & is_beside, is_beside & (numbers != number))
        pools[number] = [[whole[at][1] for at in np.flatnonzero(mask)] for mask in masks]
    for row, (number, own) in zip(rows, whole, strict=True):
        yield row, own, "own"
        yield row, {**own, "goal": clause_of(own["goal"], source)}, "clause"
        far, akin, kin = pools[number]
        for pool in (far, akin or far, kin or far, kin or far):
            yield row, {**own, swapped: source.choice(pool)[swapped]}, "swapped"


def measured(texts: Texts, arrays: Model, kept: dict[str, Side]) -> dict[str, Side]:
    """Measure the three texts of a project, each text once."""
    for text in texts.values():
        if text not in kept:
            kept[text] = measure(text, arrays)
    return {name: kept[text] for name, text in texts.items()}


def pair_samples(rows: list[Row], near: Vector, models: list[Model]) -> dict[str, Gathered]:
    """Measure own and swapped pairs out of fold; pairs of which a text says too little are left out, as in use."""
    fold = folded()
    found = {kind: Gathered() for kind in KINDS}
    kept: list[dict[str, Side]] = [{} for _ in models]
    for kind in KINDS:
        first, second = kind.split("_")
        for row, texts, label in samples(rows, near, second):
            at = fold[SECTORS.number(row["sector"])]
            sides = measured(texts, models[at], kept[at])
            if (label != "clause" or kind == "name_goal") and speaks(sides[first]) and says(sides[second]):
                found[kind].add(pair_features(sides[first], sides[second], models[at]), label, at, row["kind"])
    return found


def whole_samples(
    rows: list[Row], near: Vector, models: list[Model], weights: dict[str, list[Vector]]
) -> dict[str, Gathered]:
    """Measure the three pairs of own and swapped projects out of fold, as log odds; 0 for a pair that says too little."""
    fold = folded()
    found = {kind: Gathered() for kind in WHOLES}
    kept: list[dict[str, Side]] = [{} for _ in models]
    for whole, swapped in WHOLES.items():
        for row, texts, label in samples(rows, near, swapped):
            at = fold[SECTORS.number(row["sector"])]
            sides = measured(texts, models[at], kept[at])
            odds = []
            for kind in KINDS:
                one, two = (sides[name] for name in kind.split("_"))
                judged = speaks(one) and says(two) if kind != "goal_indicators" else says(one) and says(two)
                chance = chances(pair_features(one, two, models[at])[None], weights[kind][at])[0] if judged else None
                odds.append(logit(chance))
            if any(odds) and label != "clause":
                found[whole].add(whole_features(*odds), label, at, row["kind"])
    return found


def speaks(one: Side) -> bool:
    """Tell whether terms show what a text is about."""
    return float(one.terms.max(initial=0)) >= SPEAKS


def says(one: Side) -> bool:
    """Tell whether a text says anything specific."""
    return bool(one.pairs) or speaks(one)
