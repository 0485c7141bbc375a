"""Predicts the official class of an indicator with plain weights (`models/indicator-class/`), in numpy alone.

The model is linear: the sum of a weight per n-gram of the name, per n-gram of the value and per feature of
`auditor.classify.features`, turned into calibrated probabilities. Its recipe lies beside its weights.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from auditor.bundled import resource
from auditor.classify import grams
from auditor.classify.features import Markers, NameReading, name_readings, read_markers, value_reading
from auditor.reference_words import whole_words

FILES = ("vocabulary.txt", "weights.npy", "bias.npy", "markers.csv", "card.toml")
STEP = 1 / 1024
"""What one unit of the stored weights is worth."""

_BLOCK = 1024
_MEMORY = 65536

Scores = NDArray[np.int32]
Probabilities = NDArray[np.float64]


class Table:
    """The weights of the n-grams of one kind of text, found by key; row 0 of `weights` (v + 1, k) is no n-gram."""

    def __init__(self, texts: Sequence[str], weights: NDArray[np.int16]) -> None:
        self.index = grams.Index(texts)
        self.weights = np.zeros((len(texts) + 1, weights.shape[1]), np.int16)
        self.weights[1:] = weights

    def scores(self, texts: Sequence[str]) -> Scores:
        """Return (n, k) sums of the weights of each text, in units of STEP."""
        found = np.zeros((len(texts), self.weights.shape[1]), np.int32)
        for start in range(0, len(texts), _BLOCK):
            block = texts[start : start + _BLOCK]
            flat = grams.fold(block)
            _, rows, positions = self.index.found(flat)
            found[start : start + len(block)] = _summed(self.weights, rows, flat.owner.take(positions), len(block))
        return found


def _summed(weights: NDArray[np.int16], rows: NDArray[np.integer[Any]], owner: grams.Positions, count: int) -> Scores:
    """Add up the `rows` (m,) of `weights` (v, k) by their `owner` (m,): (count, k)."""
    sums = np.zeros((count, weights.shape[1]), np.int32)
    if len(rows):
        order = np.argsort(owner, kind="stable")
        owner = owner.take(order)
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        # Two steps of `take` and one of `reduceat` are many times faster than indexing and np.add.at.
        sums[owner.take(starts)] = np.add.reduceat(weights.take(rows.take(order), axis=0), starts, dtype=np.int32)
    return sums


class ClassModel:
    """A loaded model. Answers for any text whatever; what it has answered it remembers."""

    def __init__(self, folder: Path) -> None:
        with (folder / "card.toml").open("rb") as lines:
            self.classes: tuple[str, ...] = tuple(tomllib.load(lines)["classes"])
        self.digest = digest(folder)
        self._markers: Markers = read_markers(folder / "markers.csv")
        weights: NDArray[np.int16] = np.load(folder / "weights.npy", allow_pickle=False)
        self._bias: NDArray[np.float32] = np.load(folder / "bias.npy", allow_pickle=False)
        lines_ = (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")[:-1]
        named = [line[2:] for line in lines_]
        kinds = "".join(line[0] for line in lines_)
        to_value, to_reading = kinds.count("n"), kinds.count("n") + kinds.count("v")
        self._names = Table(named[:to_value], weights[:to_value])
        self._values = Table(named[to_value:to_reading], weights[to_value:to_reading])
        self._readings = {feature: at for at, feature in enumerate(named[to_reading:])}
        self._reading_weights = weights[to_reading:]
        self._sums: dict[NameReading | tuple[str, ...], list[int]] = {}
        self._known: dict[tuple[str, str | None], int] = {}
        self._table = np.zeros((0, len(self.classes)))

    def probabilities(self, pairs: Sequence[tuple[str, str | None]]) -> Probabilities:
        """Return (n, k) calibrated probabilities in the order of `classes` for names and values as written.

        A value of None or '' means that there is none.
        """
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._known]
        if len(self._known) + len(new) > _MEMORY:
            new = list(dict.fromkeys(pairs))
            self._known, self._table = {}, self._table[:0]
        if new:
            start = len(self._table)
            self._table = np.concatenate([self._table, softmax(self.scores(new))])
            self._known.update((pair, at) for at, pair in enumerate(new, start))
        rows = np.fromiter(map(self._known.__getitem__, pairs), np.intp, len(pairs))
        found: Probabilities = self._table[rows]
        return found

    def scores(self, pairs: Sequence[tuple[str, str | None]]) -> NDArray[np.float64]:
        """Return (n, k) scores before they become probabilities; nothing is remembered."""
        total: Scores = self.gram_scores(pairs) + self._reading_scores(pairs)
        found: NDArray[np.float64] = np.multiply(total, STEP, dtype=np.float64) + self._bias.astype(np.float64)
        return found

    def gram_scores(self, pairs: Sequence[tuple[str, str | None]]) -> Scores:
        """Return (n, k) sums of the weights of the n-grams, in units of STEP. Equal texts are cut up once."""
        names, name_at = _distinct(name for name, _ in pairs)
        values, value_at = _distinct(value or "" for _, value in pairs)
        found: Scores = self._names.scores(names)[name_at] + self._values.scores(values)[value_at]
        return found

    def _reading_scores(self, pairs: Sequence[tuple[str, str | None]]) -> Scores:
        """Return (n, k) sums of the weights of what name and value say, in units of STEP."""
        names, name_at = _distinct(name for name, _ in pairs)
        values, value_at = _distinct(value or "" for _, value in pairs)
        of_name = name_readings(names, self._markers)
        of_value = [value_reading(value) for value in values]
        if len(self._sums) > _MEMORY:
            self._sums.clear()
        both = zip(name_at.tolist(), value_at.tolist(), strict=True)
        crossed = [self._sum(of_name[name].crossed(of_value[value].kind)) for name, value in both]
        found: Scores = np.array(crossed, np.int32).reshape(len(pairs), len(self.classes))
        if len(pairs):
            found += np.array([self._sum(reading) for reading in of_name], np.int32)[name_at]
            found += np.array([self._sum(reading.features) for reading in of_value], np.int32)[value_at]
        return found

    def _sum(self, read: NameReading | tuple[str, ...]) -> list[int]:
        """Return the summed weights of what was read, in units of STEP; few readings make up most of all names."""
        known = self._sums.get(read)
        if known is None:
            features = read.features if isinstance(read, NameReading) else read
            rows = [self._readings[feature] for feature in features if feature in self._readings]
            known = self._sums[read] = self._reading_weights[rows].sum(axis=0, dtype=np.int32).tolist()
        return known

    def because(self, name: str, value: str | None, code: str, most: int = 3) -> tuple[str, ...]:
        """Return the pieces of name and value, as written, that spoke most for class `code`, the strongest first."""
        column = self.classes.index(code)
        pieces = [
            *_pieces(self._names, name, column),
            *_pieces(self._values, value or "", column),
        ]
        pieces.sort(key=lambda piece: -piece[0])
        strongest = pieces[0][0] if pieces else 0.0
        telling = dict.fromkeys(text for weight, text in pieces if weight >= strongest / 4)
        words = [text for text in telling if len(text) > 1]
        return tuple(words or telling)[:most]


_BRACKETS = ' ()（）[]【】《》“”"、，,。；;：:'
"""Signs that a piece of wording does without at its edges."""


def _distinct(texts: Iterable[str]) -> tuple[list[str], NDArray[np.intp]]:
    """Return the distinct texts in order of appearance and the number of each text among them."""
    numbers: dict[str, int] = {}
    at = [numbers.setdefault(text, len(numbers)) for text in texts]
    return list(numbers), np.array(at, np.intp)


def _pieces(table: Table, text: str, column: int) -> list[tuple[float, str]]:
    """Return weight and wording of the stretches of `text` whose n-grams speak for the class of `column`."""
    text = grams.shortened(text)
    flat = grams.fold([text])
    lengths, rows, positions = table.index.found(flat)
    weights = table.weights[rows].astype(np.float64)
    spoke = weights[:, column] - weights.mean(axis=1)
    share = np.zeros(len(flat.codes))
    widths = np.repeat(np.arange(1, len(lengths) + 1), lengths)
    for start, width, weight in zip(positions, widths, spoke, strict=True):
        share[start : start + width] += weight / width
    share[flat.codes == ord(grams.MARK)] = 0.0
    strong = share > max(share.max(initial=0.0) / 4, 0.0)
    edges = np.flatnonzero(np.diff(strong.astype(np.int8), prepend=0, append=0))
    pieces = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        first, last = whole_words(text, (int(flat.origin[start]) - 1, int(flat.origin[end - 1])))
        pieces.append((float(share[start:end].sum()), text[first:last].strip(_BRACKETS)))
    return pieces


def softmax(scores: NDArray[np.float64]) -> Probabilities:
    """Return the rows of `scores` as probabilities."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: Probabilities = powers / powers.sum(axis=1, keepdims=True)
    return found


def digest(folder: Path) -> str:
    """Return the sha256 over the files of a model, which tells one training from another."""
    sha = hashlib.sha256()
    for name in FILES:
        sha.update((folder / name).read_bytes())
    return sha.hexdigest()


@cache
def load_model() -> ClassModel:
    """Load the shipped model, once a process."""
    return ClassModel(resource("models/indicator-class"))
