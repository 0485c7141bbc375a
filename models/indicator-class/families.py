"""Measure other families of models on the same held-out sectors and write `families.json`, which the card repeats.

    python models/indicator-class/families.py

Takes some minutes; `train.py` does not need it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import recipe
from numpy.typing import NDArray
from scipy import sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

DENSE = 400
"""Boosted trees get the readings that occur most often, as a dense table."""


class Fitted:
    """A way of fitting (`recipe.Fit`) with the two methods that the families of scikit-learn have."""

    def __init__(self, how: recipe.Fit) -> None:
        self._how = how

    def fit(self, counts: sparse.csr_matrix, classes: NDArray[np.str_], sample_weight: recipe.Floats) -> Fitted:
        """Fit to (rows, features) counts."""
        self._classes = np.unique(classes)
        self._weights, self._bias = self._how(counts, classes, sample_weight)
        return self

    def predict(self, counts: sparse.csr_matrix) -> NDArray[np.str_]:
        """Return the class of each row."""
        found: NDArray[np.str_] = self._classes[(counts @ self._weights + self._bias).argmax(axis=1)]
        return found


@dataclass(frozen=True)
class Family:
    """A kind of model, and the kinds of features it sees: n-grams of name and value, readings."""

    name: str
    kinds: str
    model: object
    dense: bool = False


FAMILIES = (
    Family("multinomial logistic regression on n-grams", "nv", LogisticRegression(C=0.3, max_iter=200, tol=1e-3)),
    Family("complement naive Bayes on n-grams", "nv", ComplementNB(alpha=0.3)),
    Family("linear SVM on n-grams", "nv", LinearSVC(C=0.03, dual=False, tol=1e-3)),
    Family(
        "gradient boosting on quantity features", "q", HistGradientBoostingClassifier(random_state=0, max_iter=80), True
    ),
    Family("linear SVM on quantity features", "q", LinearSVC(C=0.3, dual=False, tol=1e-3)),
    Family(
        "multinomial logistic regression on n-grams and quantity features",
        "nvq",
        LogisticRegression(C=0.3, max_iter=200, tol=1e-3),
    ),
    Family("linear SVM on n-grams and quantity features", "nvq", LinearSVC(C=recipe.STRENGTH, dual=False, tol=1e-3)),
    Family("the same with scaled features (NBSVM)", "nvq", Fitted(recipe.telling_hinge)),
    Family("mean of the last two (chosen)", "nvq", Fitted(recipe.both_hinges)),
)


def only(rows: list[recipe.Texts], kinds: str) -> list[recipe.Texts]:
    """Return the features of the given kinds."""
    return [[feature for feature in row if feature[0] in kinds] for row in rows]


def answers(
    family: Family, rows: recipe.Rows, corpus: recipe.Corpus, train: NDArray[np.intp], test: NDArray[np.intp]
) -> tuple[NDArray[np.str_], NDArray[np.str_]]:
    """Return what a model trained on some rows says of others, with their values and without them."""
    learnt, unseen = rows.part(train), rows.part(test)
    words = recipe.vocabulary(learnt.full, corpus.sectors[train])
    tables = [recipe.matrix(part, words) for part in (learnt.full + learnt.bare, unseen.full, unseen.bare)]
    if family.dense:
        often = np.argsort(-np.asarray(tables[0].astype(bool).sum(axis=0)).ravel(), kind="stable")[:DENSE]
        tables = [table[:, often].toarray() for table in tables]
    weight = np.repeat([1.0, recipe.NO_VALUE_WEIGHT], len(train))
    model = family.model.fit(tables[0], np.tile(corpus.classes[train], 2), sample_weight=weight)  # type: ignore[attr-defined]
    return model.predict(tables[1]), model.predict(tables[2])


def measure(family: Family, rows: recipe.Rows, corpus: recipe.Corpus) -> dict[str, object]:
    """Return the macro F1 of a family over all sectors, each answered by a model that has not seen it."""
    seen = recipe.Rows(only(rows.full, family.kinds), only(rows.bare, family.kinds))
    full, bare = np.empty_like(corpus.classes), np.empty_like(corpus.classes)
    for train, test in GroupKFold(recipe.FOLDS).split(corpus.names, groups=corpus.sectors):
        full[test], bare[test] = answers(family, seen, corpus, train, test)
    return {
        "name": family.name,
        "macro_f1": round(f1_score(corpus.classes, full, average="macro"), 3),
        "macro_f1_without_value": round(f1_score(corpus.classes, bare, average="macro"), 3),
    }


def main() -> None:
    """Measure all families, print and write the figures."""
    corpus = recipe.read_corpus()
    rows = recipe.read_rows(corpus)
    measured = []
    with threadpool_limits(1):
        for family in FAMILIES:
            measured.append(measure(family, rows, corpus))
            print(measured[-1], flush=True)
    text = json.dumps(measured, ensure_ascii=False, indent=1) + "\n"
    (recipe.HERE / "families.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
