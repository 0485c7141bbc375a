"""The trained arrays of `models/subject`: what each character gram says of the subjects, and how near subjects are.

Made by `models/subject/train.py`; plain arrays and a vocabulary, loaded once, read with numpy only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from auditor.bundled import resource
from auditor.relevance.grams import grams
from auditor.relevance.terms import Reading, sector_terms

Vector = NDArray[np.float64]

TERM_SHARE = 0.7
"""What the strongest term alone adds to the evidence for its sector."""


@dataclass(frozen=True)
class Model:
    """Grams by number; `starts`, `columns`, `values` hold their sparse rows over subjects; `rarity` their idf (0–1).

    `near` is the likeness of subjects (0–1, square, 1 on the diagonal). `pair` holds for each kind of pair the
    coefficients of the logistic score, the last one the constant.
    """

    grams: Mapping[str, int]
    starts: NDArray[Any]
    columns: NDArray[Any]
    values: NDArray[Any]
    rarity: NDArray[Any]
    near: Vector
    width: int
    pair: Mapping[str, Vector]
    cuts: Mapping[str, float]

    def rare(self, gram: str) -> float:
        """Return how rare a gram is in the reference texts, 0–1; unknown grams are the rarest."""
        at = self.grams.get(gram)
        return 1.0 if at is None else float(self.rarity[at])

    def subjects(self, content: str) -> Vector:
        """Return what the grams of a content say of each column (fine sectors first, then those of the indicators)."""
        found = np.zeros(self.width)
        for gram, count in grams(content).items():
            at = self.grams.get(gram)
            if at is None:
                continue
            weight = float(self.rarity[at]) * (1 + log(count)) * (1.5 if len(gram) > 2 else 1.0)
            low, high = self.starts[at], self.starts[at + 1]
            found[self.columns[low:high]] += weight * self.values[low:high]
        return found


@cache
def model() -> Model:
    """Load the shipped model."""
    folder = resource("models/subject")
    words = (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")[:-1]
    with np.load(folder / "weights.npz") as arrays:
        data = {name: arrays[name] for name in arrays.files}
    settings = json.loads((folder / "pairs.json").read_text(encoding="utf-8"))
    return unpacked(words, data, settings)


def unpacked(words: Sequence[str], data: Mapping[str, NDArray[Any]], settings: Mapping[str, Any]) -> Model:
    """Make a model of its packed arrays (8-bit, in 255ths) and the settings of the pair score."""
    return Model(
        grams={word: at for at, word in enumerate(words)},
        starts=data["starts"],
        columns=data["columns"].astype(np.intp),
        values=data["values"].astype(np.float64) / 255,
        rarity=data["rarity"].astype(np.float64) / 255,
        near=data["near"].astype(np.float64) / 255,
        width=int(data["width"][0]),
        pair={kind: np.array(row) for kind, row in settings["coefficients"].items()},
        cuts=settings["cuts"],
    )


def evidence(reading: Reading, sectors: int) -> Vector:
    """Return how surely the terms of a text show each sector, 0–1: the chance that not all of them mislead."""
    remaining = np.ones(sectors)
    terms = sector_terms()
    for word in {hit.word for hit in reading.terms}:
        for sector, strength in terms[word]:
            remaining[sector] *= 1 - TERM_SHARE * strength
    result: Vector = 1 - remaining
    return result


@cache
def subject_digest() -> str:
    """Return the SHA-256 of the model's files, which names the model in a report."""
    folder = resource("models/subject")
    total = hashlib.sha256()
    for name in ("pairs.json", "proposals.csv", "vocabulary.txt", "weights.npz"):
        total.update((folder / name).read_bytes())
    return total.hexdigest()
