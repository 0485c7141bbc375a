"""Fit the scores of the pairs and of all three pairs together, and draw their cuts out of fold."""

from __future__ import annotations

import numpy as np
from labelled import Row
from logistic import MIX, area, chances, fit_logistic, mixed_quantile
from swaps import FOLDS, KINDS, WHOLES, Gathered, fold_models, pair_samples, whole_samples

from auditor.relevance.judgement import logit, may_be_off
from auditor.relevance.model import Vector
from auditor.relevance.pair import FEATURES

NOT_BELOW = 0.01
"""Share of own pairs, measured out of fold, that may fall below the cut of `off_subject`."""

NOT_TURNED = 0.0075
"""The same for goals that only the indicators turn to `off_subject`."""

NOT_WEAK = 0.03
"""The same for `weak`."""

LEAST_WEAK = 0.35
"""Below this chance no pair is said to fit."""

MOST_OFF = 0.5
"""No pair above this chance is said to be off, however few own pairs lie below."""


def fitted(
    found: Gathered, weak: float | None = None
) -> tuple[list[Vector], Vector, dict[str, object], dict[str, float]]:
    """Return the coefficients of each fold's other folds, those of all, the figures out of fold, and the cuts.

    `off` and `weak` are the cuts for the mix of kinds, `sure` leaves NOT_BELOW of the corpora as they are.
    """
    x, labels, folds = np.array(found.features), np.array(found.labels), np.array(found.folds)
    kinds = np.array(found.kinds)
    y = (labels != "swapped").astype(float)
    scores = np.zeros(len(y))
    weights = []
    for at in range(FOLDS):
        inside = folds != at
        weights.append(fit_logistic(x[inside], y[inside], kinds[inside]))
        scores[~inside] = chances(x[~inside], weights[-1])
    if weak is not None:  # a goal that the name supports is never off, whatever the indicators
        turned = [may_be_off(row[0], row[1], logit(weak)) for row in x]
        scores = np.where(turned, scores, 1.0)
    own, swapped, own_kinds = scores[labels == "own"], scores[labels == "swapped"], kinds[labels == "own"]
    cuts = {
        "off": mixed_quantile(own, own_kinds, NOT_BELOW if weak is None else NOT_TURNED),
        "weak": mixed_quantile(own, own_kinds, NOT_WEAK),
        "sure": float(np.quantile(own, NOT_BELOW)),
    }
    figures: dict[str, object] = {
        "own_pairs": len(own),
        "swapped_pairs": len(swapped),
        "auc": round(area(own, swapped), 4),
        **{f"cut_{name}": round(cut, 4) for name, cut in cuts.items()},
        **{f"swaps_below_{name}": round(float((swapped < cut).mean()), 4) for name, cut in cuts.items()},
        "own_below_off": {
            kind: round(float((own[own_kinds == kind] < cuts["off"]).mean()), 4) for kind in MIX if kind in own_kinds
        },
    }
    return weights, fit_logistic(x, y, kinds), figures, cuts


def score_models(goals: list[Row], indicators: list[Row], near: Vector) -> tuple[dict[str, object], dict[str, object]]:
    """Fit the pair scores and the scores of all three pairs; return the settings of pairs.json and the figures."""
    rows = [row for row in goals if row["sector"] and row["kind"] != "generic-name"]
    models = fold_models(goals, indicators)
    by_fold: dict[str, list[Vector]] = {}
    coefficients: dict[str, list[float]] = {}
    cuts: dict[str, float] = {}
    figures: dict[str, object] = {}
    gathered = pair_samples(rows, near, models)
    for kind in (*KINDS, *WHOLES):
        if kind == "whole_goal":
            gathered |= whole_samples(rows, near, models, by_fold)
        by_fold[kind], weights, figures[kind], of_kind = fitted(
            gathered[kind], cuts["weak"] if kind in ("whole_goal", "whole_name") else None
        )
        coefficients[kind] = [round(float(value), 4) for value in weights]
        cuts[kind] = round(min(of_kind["off"], MOST_OFF), 4)
        if kind == "name_goal":
            cuts["weak"] = round(max(of_kind["weak"], LEAST_WEAK), 4)
            cuts["sure"] = round(of_kind["sure"], 4)
    return {"features": list(FEATURES), "coefficients": coefficients, "cuts": cuts}, figures
