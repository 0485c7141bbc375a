"""The steps from labelled names to plain weights; `train.py` runs them and writes the files.

Features are cut by the same code that predicts (`auditor.classify.grams` and `.features`), so the two can't drift apart.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from auditor.classify import grams
from auditor.classify.features import Markers, name_readings, read_markers, value_reading
from auditor.classify.model import STEP

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent.parent / "corpus" / "labelled" / "indicators.csv"
FOLDS = 5
FEWEST_SECTORS = 2
"""An n-gram of a single sector says what the work is about, not what is measured, and is left out."""
LONGEST = {"n": 4, "v": 3}
READING_SCALE = 0.25
"""Features of quantity are few and strong; scaled down, they are regularised like the many n-grams."""
NO_VALUE_WEIGHT = 0.4
"""Each row is learnt from a second time without its value, because many names come without one."""
SECOND_WEIGHT = 0.12
"""A second choice that the corpus accepts is learnt too, with a small part of the weight of the first."""
STRENGTH = 0.03
TELLING_STRENGTH = 0.02
PLAIN_SHARE = 2 / 3

Floats = NDArray[np.float64]
Texts = list[str]


@dataclass(frozen=True)
class Corpus:
    """The labelled rows: names, values, classes, second choices ('' for none) and sectors, all of one length."""

    names: Texts
    values: Texts
    classes: NDArray[np.str_]
    seconds: NDArray[np.str_]
    sectors: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.names)

    def part(self, at: Sequence[int] | NDArray[np.intp]) -> Corpus:
        """Return the rows numbered `at`."""
        return Corpus(
            [self.names[i] for i in at],
            [self.values[i] for i in at],
            self.classes[at],
            self.seconds[at],
            self.sectors[at],
        )


def read_corpus(path: Path = CORPUS) -> Corpus:
    """Read the labelled names in the order of the file."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    columns = {key: [row[key] for row in rows] for key in ("name", "value", "class", "second", "sector")}
    return Corpus(
        columns["name"],
        columns["value"],
        np.array(columns["class"]),
        np.array(columns["second"]),
        np.array(columns["sector"]),
    )


def cut(texts: Sequence[str], kind: str) -> list[Texts]:
    """Return the n-grams of each text, each with its kind before it (`n:率|`)."""
    found = []
    for text in grams.written(grams.fold(texts)):
        longest = LONGEST[kind]
        pieces = [text[i : i + n] for n in range(1, longest + 1) for i in range(len(text) - n + 1)]
        found.append([f"{kind}:{piece}" for piece in pieces if piece.strip(grams.MARK)])
    return found


def features(names: Sequence[str], values: Sequence[str], markers: Markers) -> list[Texts]:
    """Return all features of each pair of name and value."""
    rows = []
    read_names = name_readings(names, markers)
    for one, value, of_name, of_value in zip(read_names, values, cut(names, "n"), cut(values, "v"), strict=True):
        two = value_reading(value)
        read = (*one.features, *two.features, *one.crossed(two.kind))
        rows.append([*of_name, *of_value, *(f"q:{feature}" for feature in read)])
    return rows


def vocabulary(rows: Sequence[Texts], sectors: Iterable[str]) -> Texts:
    """Return the features that occur in enough sectors: n-grams of names, n-grams of values, readings; each sorted.

    Of two n-grams that share a slot of the look-up table only the one seen in more sectors stays.
    """
    seen: dict[str, set[str]] = defaultdict(set)
    for row, sector in zip(rows, sectors, strict=True):
        for feature in row:
            seen[feature].add(sector)
    kept = sorted(feature for feature in seen if len(seen[feature]) >= FEWEST_SECTORS)
    chosen = []
    for kind in ("n", "v"):
        texts = [feature for feature in kept if feature[0] == kind]
        texts.sort(key=lambda feature: -len(seen[feature]))
        at = grams.slots(grams.gram_keys([feature[2:] for feature in texts]))
        _, first = np.unique(at, return_index=True)
        chosen += sorted(texts[i] for i in first)
    return chosen + [feature for feature in kept if feature[0] == "q"]


def matrix(rows: Sequence[Texts], features_: Sequence[str]) -> sparse.csr_matrix:
    """Return (rows, features) counts, those of readings scaled."""
    number = {feature: at for at, feature in enumerate(features_)}
    ends, columns, counts = [0], [], []
    for row in rows:
        for feature, count in sorted(Counter(filter(number.__contains__, row)).items()):
            columns.append(number[feature])
            counts.append(count * (READING_SCALE if feature[0] == "q" else 1.0))
        ends.append(len(columns))
    return sparse.csr_matrix((np.array(counts), columns, ends), shape=(len(rows), len(features_)))


@dataclass(frozen=True)
class Linear:
    """A trained linear model: weights (features, classes) for the columns of `matrix`, and bias (classes,)."""

    vocabulary: Texts
    weights: Floats
    bias: Floats

    def scores(self, rows: Sequence[Texts]) -> Floats:
        """Return (rows, classes) scores."""
        found: Floats = matrix(rows, self.vocabulary) @ self.weights + self.bias
        return found


Fit = Callable[[sparse.csr_matrix, NDArray[np.str_], Floats], tuple[Floats, Floats]]


def squared_hinge(counts: sparse.csr_matrix, classes: NDArray[np.str_], weight: Floats) -> tuple[Floats, Floats]:
    """Fit a linear SVM, one class against the rest, to a precision beyond what the stored weights keep."""
    model = LinearSVC(C=STRENGTH, dual=False, tol=1e-6, max_iter=2000).fit(counts, classes, sample_weight=weight)
    return model.coef_.T, model.intercept_


def telling_hinge(counts: sparse.csr_matrix, classes: NDArray[np.str_], weight: Floats) -> tuple[Floats, Floats]:
    """Fit the same, with features that tell a class from the rest made larger, so that they are regularised less.

    How much a feature tells is its log-count ratio, as in Wang and Manning, Baselines and Bigrams, 2012 (NBSVM).
    """
    found = []
    for code in np.unique(classes):
        own = classes == code
        inside, outside = (counts[rows].T @ weight[rows] + 1.0 for rows in (own, ~own))
        ratio = np.abs(np.log(inside / inside.sum()) - np.log(outside / outside.sum()))
        scale = (1 + ratio) / 2
        scaled = (counts @ sparse.diags(scale)).tocsr()
        model = LinearSVC(C=TELLING_STRENGTH, dual=False, tol=1e-6, max_iter=2000).fit(
            scaled, own, sample_weight=weight
        )
        found.append((model.coef_[0] * scale, model.intercept_[0]))
    weights, bias = zip(*found, strict=True)
    return np.array(weights).T, np.array(bias)


def both_hinges(counts: sparse.csr_matrix, classes: NDArray[np.str_], weight: Floats) -> tuple[Floats, Floats]:
    """Return the weighted mean of the two fits: they err on different names, and linear scores may be added."""
    plain, telling = squared_hinge(counts, classes, weight), telling_hinge(counts, classes, weight)
    first, second = (PLAIN_SHARE * one + (1 - PLAIN_SHARE) * other for one, other in zip(plain, telling, strict=True))
    return first, second


@dataclass(frozen=True)
class Rows:
    """The features of a corpus with its values and without them."""

    full: list[Texts]
    bare: list[Texts]

    def part(self, at: NDArray[np.intp]) -> Rows:
        """Return the rows numbered `at`."""
        return Rows([self.full[i] for i in at], [self.bare[i] for i in at])


def read_rows(corpus: Corpus) -> Rows:
    """Cut a corpus into features."""
    markers = read_markers(HERE / "markers.csv")
    return Rows(features(corpus.names, corpus.values, markers), features(corpus.names, [""] * len(corpus), markers))


def fit(rows: Rows, corpus: Corpus, how: Fit = both_hinges) -> Linear:
    """Train on all rows: with value, without value, and once more for a second choice."""
    words = vocabulary(rows.full, corpus.sectors)
    open_to_two = np.flatnonzero(corpus.seconds != "")
    table = matrix(rows.full + rows.bare + [rows.full[at] for at in open_to_two], words)
    classes = np.concatenate([corpus.classes, corpus.classes, corpus.seconds[open_to_two]])
    sizes = (len(corpus), len(corpus), len(open_to_two))
    weights, bias = how(table, classes, np.repeat([1.0, NO_VALUE_WEIGHT, SECOND_WEIGHT], sizes))
    return Linear(words, weights, bias)


@dataclass(frozen=True)
class HeldOut:
    """Scores (rows, classes) that each row got from a model that saw nothing of its sector."""

    full: Floats
    bare: Floats


def held_out(rows: Rows, corpus: Corpus, how: Fit = both_hinges) -> HeldOut:
    """Score each sector with a model trained on others."""
    kinds = len(np.unique(corpus.classes))
    full, bare = np.zeros((len(corpus), kinds)), np.zeros((len(corpus), kinds))
    for train, test in GroupKFold(FOLDS).split(corpus.names, groups=corpus.sectors):
        model = fit(rows.part(train), corpus.part(train), how)
        unseen = rows.part(test)
        full[test], bare[test] = model.scores(unseen.full), model.scores(unseen.bare)
    return HeldOut(full, bare)


def probabilities(scores: Floats, scale: float, shift: Floats) -> Floats:
    """Return scores as probabilities after calibration."""
    powers = scores * scale + shift
    powers = np.exp(powers - powers.max(axis=1, keepdims=True))
    found: Floats = powers / powers.sum(axis=1, keepdims=True)
    return found


def calibrate(scores: Floats, right: NDArray[np.intp]) -> tuple[float, Floats]:
    """Return the scale and the shift by class that make held-out probabilities likeliest, to three decimals."""

    def loss(values: Floats) -> float:
        chosen = probabilities(scores, values[0], values[1:])[np.arange(len(right)), right]
        return float(-np.log(np.maximum(chosen, 1e-12)).mean() + 1e-4 * (values[1:] ** 2).sum())

    start = np.r_[2.0, np.zeros(scores.shape[1])]
    found = minimize(loss, start, method="L-BFGS-B").x
    return round(float(found[0]), 3), np.round(found[1:], 3)


def quantised(model: Linear, scale: float) -> NDArray[np.int16]:
    """Return the calibrated weights in units of STEP; raises ValueError for one too large to store."""
    reading = np.array([READING_SCALE if word[0] == "q" else 1.0 for word in model.vocabulary])
    units = np.round(model.weights * (scale * reading / STEP)[:, None])
    if np.abs(units).max(initial=0) > np.iinfo(np.int16).max:
        raise ValueError("a weight is too large to be stored")
    return units.astype(np.int16)
