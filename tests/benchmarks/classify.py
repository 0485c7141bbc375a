"""How many distinct indicators are classified in a second on one core, against scikit-learn's own pipeline.

    python -m tests.benchmarks.classify [number of indicators]

The peer is a ColumnTransformer of two CountVectorizers (the n-grams of name and of value, from the same vocabulary) and a
LogisticRegression that carries the same weights, so both sides give the same scores, which is checked before the clock
starts. `n-grams` is the same work on this side; `whole` adds the features of quantity, which the peer lacks. Names and
values are put together from parts, every name distinct; values recur as they do in tables.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from auditor.bundled import resource
from auditor.classify import grams
from auditor.classify.model import STEP, ClassModel, load_model

SEED = 20261122
VERBS = ["", "", "开展", "组织", "完成", "新建", "提升", "促进", "保障", "购置", "全年", "减少", "对"]
PLACES = ["", "", "全区", "乡镇", "社区", "学校", "企业", "村级", "园区", "基层", "重点", "辖区"]
THINGS = [
    "道路",
    "水渠",
    "教师",
    "老年人",
    "危房",
    "网络",
    "图书",
    "疫苗",
    "档案",
    "森林",
    "农机",
    "案件",
    "公交",
    "展览",
    "垃圾",
]
DEEDS = ["培训", "维修", "检测", "补助", "宣传", "救助", "监测", "采购", "改造", "管护", "资金", "服务", "整治"]
HEADS = [
    "数量",
    "合格率",
    "及时率",
    "成本",
    "满意度",
    "面积",
    "完成率",
    "水平",
    "机制",
    "时间",
    "收入",
    "覆盖率",
    "人数（人）",
]
VALUES = [
    "≥{}%",
    "{}%",
    "≥{}人",
    "{}次",
    "≤{}万元",
    "{}月底前",
    "不少于{}场次",
    "提升",
    "长期",
    "{}",
    "≥{}个",
    "{}元/人",
]
ROUND = (100, 95, 90, 98, 85, 1, 2, 3, 5, 10, 12, 20)


def pairs(count: int) -> list[tuple[str, str]]:
    """Return names that are all different, with values."""
    rng = random.Random(SEED)
    parts = (VERBS, PLACES, THINGS, DEEDS, HEADS)
    names: dict[str, None] = {}
    while len(names) < count:
        words = [rng.choice(part) for part in parts]
        words.insert(3, rng.choice(THINGS) if len(names) % 3 == 0 else "")
        names["".join(words) if rng.random() < 0.8 else "".join(words) + f"（第{rng.randrange(99)}批）"] = None
    numbers = [rng.choice(ROUND) if rng.random() < 0.6 else rng.randrange(1, 2000) for _ in names]
    return [(name, rng.choice(VALUES).format(number)) for name, number in zip(names, numbers, strict=True)]


def folded(text: str) -> str:
    """Return one text folded and framed, as scikit-learn's preprocessor."""
    return grams.written(grams.fold([text]))[0]


def peer(folder: Path, model: ClassModel, texts: list[tuple[str, str]]) -> Pipeline:
    """Return scikit-learn's pipeline with the vocabulary and the weights of the shipped model."""
    lines = (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")[:-1]
    weights = np.load(folder / "weights.npy")
    kept = [at for at, line in enumerate(lines) if line[0] in "nv"]
    columns = []
    for at, kind in enumerate("nv"):
        words = [lines[i][2:] for i in kept if lines[i][0] == kind]
        columns.append(
            (kind, CountVectorizer(analyzer="char", ngram_range=(1, 4), lowercase=False, vocabulary=words), at)
        )
    regression = LogisticRegression()
    regression.classes_ = np.array(model.classes)
    regression.coef_ = weights[kept].T * STEP
    regression.intercept_ = np.zeros(len(model.classes))
    made = Pipeline([("grams", ColumnTransformer(columns)), ("weights", regression)])
    made.named_steps["grams"].fit(texts[:1])
    return made


def rate(work: Callable[[], object], count: int, rounds: int = 3) -> float:
    """Return how many a second of processor time the best of some rounds does; other work on the machine counts little."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return count / best


def main(count: int = 20_000) -> int:
    """Print the table; return 1 where a ratio falls short."""
    folder = resource("models/indicator-class")
    model = load_model()
    texts = pairs(count)
    # Folding is left out on the peer's side: it gets its texts ready made.
    ready = np.array([(folded(name), folded(value)) for name, value in texts], dtype=object)
    pipeline = peer(folder, model, ready)
    assert np.allclose(pipeline.decision_function(ready[:500]), model.gram_scores(texts[:500]) * STEP)

    theirs = rate(lambda: pipeline.predict(ready), count)
    ours = rate(lambda: model.gram_scores(texts).argmax(axis=1), count)
    whole = rate(lambda: ClassModel(folder).probabilities(texts), count)
    model.probabilities(texts)
    again = rate(lambda: model.probabilities(texts), count)
    load = 1000 / rate(lambda: ClassModel(folder), 1, 7)
    print(f"{count} distinct indicators, one core")
    print(f"scikit-learn pipeline  {theirs:>12,.0f} a second")
    print(f"n-grams                {ours:>12,.0f} a second  {ours / theirs:6.1f} x  (at least 10)")
    print(f"whole classifier       {whole:>12,.0f} a second  {whole / theirs:6.1f} x  (at least 2)")
    print(f"repeated               {again:>12,.0f} a second  {again / theirs:6.1f} x")
    print(f"loading                {load:>12.1f} ms                (at most 50)")
    return int(ours < 10 * theirs or whole < 2 * theirs or load > 50)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
