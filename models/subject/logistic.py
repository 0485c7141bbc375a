"""A logistic fit with a fixed number of steps, its area under the curve, and quantiles for tables as they are filed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from auditor.relevance.model import Vector

MIX = {"plain": 0.5, "terse": 0.25, "multi": 0.15, "paraphrase": 0.1}
"""Shares of the kinds of goal in tables as they are filed. The corpora hold far more paraphrases (goals that avoid every
word of the name on purpose) than any table does; the cuts are those of this mix."""


def fit_logistic(x: Vector, y: Vector, kinds: NDArray[Any], steps: int = 30, ridge: float = 1.0) -> Vector:
    """Fit a logistic regression by Newton's method, the constant last; both classes weigh the same.

    Kinds of goals have the shares of MIX, as the cuts suppose.
    """
    x = np.hstack([x, np.ones((len(x), 1))])
    weight = np.zeros(len(y))
    for kind, part in MIX.items():
        for answer in (0, 1):
            inside = (kinds == kind) & (y == answer)
            weight[inside] = part / max(int(inside.sum()), 1)
    weight *= len(y) / max(weight.sum(), 1e-9)
    penalty = ridge * np.eye(x.shape[1])
    penalty[-1, -1] = 0
    found = np.zeros(x.shape[1])
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-x @ found))
        slope = x.T @ (weight * (chance - y)) + penalty @ found
        curve = (x * (weight * chance * (1 - chance))[:, None]).T @ x + penalty
        found = found - np.linalg.solve(curve, slope)
    return found


def chances(x: Vector, weights: Vector) -> Vector:
    """Return the logistic score of rows of features."""
    found: Vector = 1 / (1 + np.exp(-(x @ weights[:-1] + weights[-1])))
    return found


def area(own: Vector, swapped: Vector) -> float:
    """Return the area under the curve: the chance that an own pair scores above a swapped one."""
    order = np.sort(swapped)
    below = (np.searchsorted(order, own, "left") + np.searchsorted(order, own, "right")) / 2
    return float(below.mean() / len(order))


def mixed_quantile(scores: Vector, kinds: NDArray[Any], share: float) -> float:
    """Return the score below which `share` of own pairs lie where the kinds come in the shares of MIX."""
    weights = np.zeros(len(scores))
    for kind, part in MIX.items():
        of_kind = kinds == kind
        weights[of_kind] = part / max(int(of_kind.sum()), 1)
    order = np.argsort(scores, kind="stable")
    below = np.cumsum(weights[order]) / weights.sum()
    return float(scores[order][np.searchsorted(below, share)])
