"""Figures of a model on sectors it has not seen: `metrics.json`."""

from __future__ import annotations

import csv
import io

import numpy as np
import recipe
from numpy.typing import NDArray
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

BINS = 15
CUTS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def calibration_error(chance: recipe.Floats, correct: recipe.Floats, bins: int = BINS) -> float:
    """Return the expected calibration error: the mean gap between stated and found share of right answers."""
    at = np.minimum((chance * bins).astype(int), bins - 1)
    gaps = [abs(chance[at == b].mean() - correct[at == b].mean()) * (at == b).mean() for b in np.unique(at)]
    return float(np.sum(gaps))


def cross_fitted(corpus: recipe.Corpus, scores: recipe.Floats, right: NDArray[np.intp]) -> recipe.Floats:
    """Return probabilities of each half of the sectors under a calibration fitted on the other half."""
    _, sector = np.unique(corpus.sectors, return_inverse=True)
    found = np.zeros_like(scores)
    for half in (0, 1):
        fitted = recipe.calibrate(scores[sector % 2 != half], right[sector % 2 != half])
        found[sector % 2 == half] = recipe.probabilities(scores[sector % 2 == half], *fitted)
    return found


def suspects(chances: recipe.Floats, right: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which labels are doubtful after confident learning (Northcutt, Jiang and Chuang, JAIR 2021).

    A label is suspected where another class is likelier and at least as likely as it is, on average, for names that carry it.
    """
    kinds = chances.shape[1]
    usual = np.array([chances[right == kind, kind].mean() if (right == kind).any() else 1.0 for kind in range(kinds)])
    confident = np.where(chances >= usual, chances, 0.0)
    found: NDArray[np.bool_] = (confident.max(axis=1) > 0) & (confident.argmax(axis=1) != right)
    return found


def errors(corpus: recipe.Corpus, unseen: recipe.HeldOut) -> str:
    """Return as CSV every name that a model without its sector files elsewhere, the surest mistakes first."""
    classes = np.unique(corpus.classes)
    right = np.searchsorted(classes, corpus.classes)
    chances = cross_fitted(corpus, unseen.full, right)
    answer, suspected = chances.argmax(axis=1), suspects(chances, right)
    wrong = [int(at) for at in np.flatnonzero(answer != right)]
    wrong.sort(key=lambda at: (-round(float(chances[at].max()), 2), at))
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("name", "value", "class", "second", "sector", "answer", "probability", "label_suspected"))
    for at in wrong:
        row = (corpus.names[at], corpus.values[at], corpus.classes[at], corpus.seconds[at], corpus.sectors[at])
        table.writerow((*row, classes[answer[at]], f"{chances[at].max():.2f}", int(suspected[at])))
    return out.getvalue()


def figures(corpus: recipe.Corpus, unseen: recipe.HeldOut, scale: float, shift: recipe.Floats) -> dict[str, object]:
    """Return all figures on held-out sectors, rounded so that they are the same on every machine."""
    classes = np.unique(corpus.classes)
    right = np.searchsorted(classes, corpus.classes)
    chances = cross_fitted(corpus, unseen.full, right)
    answer, best = chances.argmax(axis=1), chances.max(axis=1)
    bare = recipe.probabilities(unseen.bare, scale, shift).argmax(axis=1)
    correct = (answer == right).astype(float)
    accepted = correct.astype(bool) | (classes[answer] == corpus.seconds)
    by_class = precision_recall_fscore_support(right, answer, labels=range(len(classes)), zero_division=0.0)
    without = precision_recall_fscore_support(right, bare, labels=range(len(classes)), zero_division=0.0)
    lenient = np.where(accepted, right, answer)  # a second choice that the corpus accepts counts as the first
    either = precision_recall_fscore_support(right, lenient, labels=range(len(classes)), zero_division=0.0)
    return {
        "macro_f1": round(float(by_class[2].mean()), 4),
        "macro_f1_first_or_second": round(float(either[2].mean()), 4),
        "macro_f1_without_value": round(float(without[2].mean()), 4),
        "accuracy": round(float(correct.mean()), 4),
        "accuracy_first_or_second": round(float(accepted.mean()), 4),
        "suspected_labels": int(suspects(chances, right).sum()),
        "calibration_error": round(calibration_error(best, correct), 4),
        "classes": {
            str(code): {
                "precision": round(float(p), 3),
                "recall": round(float(r), 3),
                "f1": round(float(f), 3),
                "rows": int(n),
            }
            for code, p, r, f, n in zip(classes, *by_class, strict=True)
        },
        "confusion": confusion_matrix(right, answer, labels=range(len(classes))).tolist(),
        "coverage": [
            {
                "cut": cut,
                "answered": round(float((best >= cut).mean()), 4),
                "accuracy": round(float(correct[best >= cut].mean()), 4) if (best >= cut).any() else None,
            }
            for cut in CUTS
        ],
    }
