"""Tokens of many goals, against plain jieba in the same run: identical, and how many times as fast.

    python tests/benchmarks/words.py [number of goals, 100000 unless told]

`recurring` goals are put together from a stock of clauses as in real tables, `new` ones never say a clause twice. Plain
jieba cuts a tenth of them. Every tokenizer has its dictionary read before the clock starts and remembers nothing yet.
"""

from __future__ import annotations

import random
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from itertools import accumulate

from auditor.words import Words

SEED = 20240613
CLAUSES = 5000
Cut = Callable[[Sequence[str]], list[tuple[str, ...]]]


class Maker:
    """Makes clauses of the common words of jieba's own dictionary, some with a figure."""

    def __init__(self, frequency: dict[str, int]) -> None:
        self.rng = random.Random(SEED)
        self.words = [word for word, count in frequency.items() if count > 300 and len(word) > 1]
        self.weights = list(accumulate(frequency[word] for word in self.words))
        self.stock = [self.clause() for _ in range(CLAUSES)]
        self.ranks = list(accumulate(1 / (rank + 1) ** 0.7 for rank in range(CLAUSES)))

    def clause(self) -> str:
        words = "".join(self.rng.choices(self.words, cum_weights=self.weights, k=self.rng.randint(3, 8)))
        figure = self.rng.choice(("不少于{}场", "{}%", "达到{}.5万元", "至2024年{}月"))
        return words + figure.format(self.rng.randint(1, 999)) if self.rng.random() < 0.2 else words

    def recurring(self) -> str:
        return "，".join(self.rng.choices(self.stock, cum_weights=self.ranks, k=self.rng.randint(3, 8))) + "。"

    def new(self) -> str:
        return "，".join(self.clause() for _ in range(self.rng.randint(3, 8))) + "。"


def seconds(cut: Cut, goals: Sequence[str]) -> tuple[float, list[tuple[str, ...]]]:
    start = time.process_time()
    tokens = cut(goals)
    return time.process_time() - start, tokens


def fresh(fast: bool) -> Cut:
    """A tokenizer with its dictionary read and nothing remembered."""
    words = Words(fast=fast)
    words.cut("人国国国元")
    return words.cut_many


def main(count: int) -> None:
    warnings.simplefilter("ignore")
    import jieba

    jieba.setLogLevel(60)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    maker = Maker(tokenizer.FREQ)
    for name, make in (("recurring", maker.recurring), ("new", maker.new)):
        goals = [make() for _ in range(count)]
        few = goals[:: max(1, min(10, count // 1000))]
        plain, expected = seconds(lambda texts: [tuple(tokenizer.cut(text)) for text in texts], few)
        plain *= len(goals) / len(few)
        print(
            f"{name}: {len(goals):,} goals of {sum(map(len, goals)) / count:.0f} characters; plain jieba {plain:.1f} s"
        )
        for label, fast in (("without the extra", False), ("with the extra", True)):
            ours, tokens = seconds(fresh(fast), goals)
            same = tokens[:: len(goals) // len(few)][: len(few)] == expected
            print(f"  {label}: {ours:.2f} s, {plain / ours:.1f} times as fast, tokens identical: {same}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
