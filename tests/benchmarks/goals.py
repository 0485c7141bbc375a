"""Goals made by rule, with planted copies: the same in every run, and never those of a real document.

Words are drawn by Zipf's law from a vocabulary of invented ones; one clause in ten comes from a stock that all goals
share, as in real tables. Copies are planted in five classes (verbatim, small, reordered, large, unrelated).
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import accumulate

SEED = 20240613
CLASSES = ("verbatim", "small", "reordered", "large")
SHARES = (0.01, 0.02, 0.01, 0.02)
SHORTEST, LONGEST = 40, 250


def characters() -> list[str]:
    """The 3,755 characters of GB 2312 level 1."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return [text for code in codes if (text := code.decode("gb2312", "ignore"))]


class Maker:
    """Makes clauses and edits from one stream of chance."""

    def __init__(self, seed: int = SEED) -> None:
        self.rng = random.Random(seed)
        common = characters()
        words = {"".join(self.rng.choices(common, k=self.rng.choice((2, 2, 2, 3)))): None for _ in range(20_000)}
        self.words = list(words)
        self.weights = list(accumulate(1 / (rank + 20) for rank in range(len(self.words))))
        self.common = common
        self.stock = [self.clause() for _ in range(2000)]

    def clause(self) -> str:
        words = "".join(self.rng.choices(self.words, cum_weights=self.weights, k=self.rng.randint(3, 8)))
        return words + f"{self.rng.randint(1, 9999)}项" if self.rng.random() < 0.15 else words

    def goal(self, stock: float = 0.1) -> str:
        clauses = [
            self.rng.choice(self.stock) if self.rng.random() < stock else self.clause()
            for _ in range(self.rng.randint(4, 20))
        ]
        return ("，".join(clauses)[: self.rng.randint(SHORTEST, LONGEST) - 1] + "。")[:LONGEST]

    def edited(self, text: str, share: float) -> str:
        """Change about this share of the characters: one left out, one put in or one exchanged, alike often."""
        kept: list[str] = []
        for char in text:
            chance = self.rng.random() / share
            if chance >= 1 / 3:
                kept.append(self.rng.choice(self.common) if chance < 2 / 3 else char)
            if 2 / 3 <= chance < 1:
                kept.append(self.rng.choice(self.common))
        return "".join(kept)

    def copy(self, text: str, kind: str) -> str:
        if kind == "small":
            return self.edited(text, self.rng.uniform(0.01, 0.05))
        if kind == "large":
            return self.edited(text, self.rng.uniform(0.10, 0.20))
        if kind == "reordered":
            clauses = text.rstrip("。").split("，")
            self.rng.shuffle(clauses)
            return "，".join(clauses) + "。"
        return text


@dataclass(frozen=True)
class Planted:
    """Goals, and for each planted copy the positions of original and copy with its class."""

    goals: list[str]
    copies: list[tuple[int, int, str]]


def planted(count: int, seed: int = SEED) -> Planted:
    """Make `count` goals, about six in a hundred of them copies of the one before."""
    maker = Maker(seed)
    goals: list[str] = []
    copies: list[tuple[int, int, str]] = []
    while len(goals) < count:
        goal = maker.goal()
        if len(goal) < SHORTEST:
            continue
        goals.append(goal)
        drawn = maker.rng.random()
        kind = next((kind for kind, upto in zip(CLASSES, accumulate(SHARES), strict=True) if drawn < upto), None)
        if kind and len(goals) < count:
            copies.append((len(goals) - 1, len(goals), kind))
            goals.append(maker.copy(goal, kind))
    return Planted(goals, copies)
