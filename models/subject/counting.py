"""Count character grams by subject: what each gram says of the subjects, and how near two subjects are."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
from labelled import FINE, SECTORS, Row, texts
from numpy.typing import NDArray

from auditor.relevance.grams import grams
from auditor.relevance.model import Model, Vector, unpacked

NEAR = 0.12
"""Cosine of two subjects' grams at which they are near to 63 %."""

NO_PAIRS: dict[str, dict[str, Any]] = {"coefficients": {}, "cuts": {}}


@dataclass(frozen=True)
class GramModel:
    """Grams with their values (grams, width) and rarity (grams,), both 0–1; near (sectors, sectors), 0–1.

    The first columns of the values are the sectors of the lexicon, the others those of the indicators.
    """

    vocabulary: list[str]
    values: Vector
    rarity: Vector
    near: Vector
    width: int


def gram_model(goals: list[Row], indicators: list[Row]) -> GramModel:
    """Count grams by subject and turn the counts into log shares over chance (PPMI), subjects of equal size."""
    coarse = sorted({row["sector"] for row in indicators})
    number: dict[str, int] = {}
    cells: dict[tuple[int, int], float] = defaultdict(float)
    documents: Counter[str] = Counter()
    total = 0
    for column, content, weight in texts(goals, indicators, coarse):
        total += 1
        for gram, count in grams(content).items():
            documents[gram] += 1
            cells[number.setdefault(gram, len(number)), column] += weight * min(count, 2)
    width = FINE + len(coarse)
    counts = np.zeros((len(number), width))
    for (at, column), value in cells.items():
        counts[at, column] = value
    by_subject = counts / np.maximum(counts.sum(axis=0), 1)
    share = by_subject / np.maximum(by_subject.sum(axis=1, keepdims=True), 1e-12)
    mass = counts.sum(axis=1)
    values = np.maximum(0, np.log(share * width + 1e-9)) / np.log(width) * (mass / (mass + 0.7))[:, None]
    rarity = np.array([np.log(total / documents[gram]) / np.log(total) for gram in number])
    near = nearness(values[:, :FINE] * rarity[:, None])
    listed = list(number)
    kept = [at for at, gram in enumerate(listed) if (len(gram) == 2 or documents[gram] > 1) and values[at].max() > 0.1]
    kept.sort(key=listed.__getitem__)
    return GramModel([listed[at] for at in kept], values[kept], rarity[kept], near, width)


def nearness(weighted: Vector) -> Vector:
    """Return how near two subjects are, 0–1: what their grams share; one functional class is at least 0.2."""
    size = np.maximum(np.linalg.norm(weighted, axis=0), 1e-12)
    likeness = weighted.T @ weighted / np.outer(size, size)
    near: Vector = 1 - np.exp(-likeness / NEAR)
    classes = np.array(SECTORS.classes)
    near = np.maximum(near, 0.2 * (classes[:, None] == classes[None, :]))
    np.fill_diagonal(near, 1.0)
    return near


def sparse(found: GramModel) -> dict[str, NDArray[Any]]:
    """Pack the values: the eight highest of each gram, in 255ths."""
    starts, columns, packed = [0], [], []
    for row in found.values:
        best = sorted(np.argsort(-row, kind="stable")[:8])
        kept = [at for at in best if row[at] > 0.05]
        columns += kept
        packed += [min(255, int(np.rint(row[at] * 255))) for at in kept]
        starts.append(len(columns))
    return {
        "starts": np.array(starts, np.uint32),
        "columns": np.array(columns, np.uint8),
        "values": np.array(packed, np.uint8),
        "rarity": np.rint(found.rarity * 255).astype(np.uint8),
        "near": np.rint(found.near * 255).astype(np.uint8),
        "width": np.array([found.width], np.uint16),
    }


def packed_model(goals: list[Row], indicators: list[Row]) -> Model:
    """Count and pack a model as it is loaded in use, without pair scores."""
    found = gram_model(goals, indicators)
    return unpacked(found.vocabulary, sparse(found), NO_PAIRS)
