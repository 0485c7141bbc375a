"""Print how varied the labelled corpus is.

    python models/indicator-class/diversity.py

Shares of names with a head word (the last word) that no other name has, and how near the most similar other name is:
1 minus the cosine of their character bigrams, so 0 is the same name and 1 has nothing in common.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import recipe
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from auditor.classify import grams
from auditor.words import cut

_BLOCK = 1000
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def heads(names: list[str]) -> list[str]:
    """Return the last word of each name, brackets and signs behind it left out."""
    words = [[word for word in cut(name.split("（")[0].split("(")[0]) if word[-1].isalnum()] for name in names]
    return [found[-1] if found else "" for found in words]


def distances(names: list[str]) -> recipe.Floats:
    """Return the distance of each name to the most similar other one, (n,), in [0, 1]."""
    folded = [text.strip(grams.MARK) for text in grams.written(grams.fold(names))]
    table = normalize(CountVectorizer(analyzer="char", ngram_range=(2, 2), lowercase=False).fit_transform(folded))
    nearest = np.zeros(len(names))
    for start in range(0, len(names), _BLOCK):
        alike = (table[start : start + _BLOCK] @ table.T).toarray()
        alike[np.arange(len(alike)), start + np.arange(len(alike))] = -1.0
        nearest[start : start + _BLOCK] = 1.0 - alike.max(axis=1)
    return nearest


def main() -> None:
    """Print the figures."""
    corpus = recipe.read_corpus()
    found = heads(corpus.names)
    often = Counter(found)
    apart = distances(corpus.names)
    print(f"names {len(corpus)}, different {len(set(corpus.names))}, sectors {len(set(corpus.sectors.tolist()))}")
    print("by class", dict(sorted(Counter(corpus.classes.tolist()).items())))
    print(f"different head words {len(often)}")
    print(f"names whose head word no other name has {sum(often[word] == 1 for word in found) / len(found):.3f}")
    print("most frequent head words", often.most_common(12))
    print(
        "distance to the nearest other name", dict(zip(QUANTILES, np.quantile(apart, QUANTILES).round(3), strict=True))
    )
    print(f"names nearer than 0.1 to another {np.mean(apart < 0.1):.4f}")


if __name__ == "__main__":
    main()
