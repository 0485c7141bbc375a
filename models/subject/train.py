"""Train the subject model from the project's own corpora and lexicons: python models/subject/train.py

Counting, one closed form and a logistic fit with a fixed number of steps; no random numbers but one seeded generator
for the swapped pairs, so that the same corpora give the same bytes. Writes vocabulary.txt, weights.npz, pairs.json,
metrics.json beside this file and corpus/reference/word-frequencies.csv.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from auditor.relevance.grams import grams  # noqa: E402
from auditor.relevance.judgement import SPEAKS, logit, may_be_off, whole_features  # noqa: E402
from auditor.relevance.model import Model, unpacked  # noqa: E402
from auditor.relevance.names import core  # noqa: E402
from auditor.relevance.pair import FEATURES, Side, measure, pair_features  # noqa: E402
from auditor.relevance.suit import specific, suits_any_project  # noqa: E402
from auditor.relevance.terms import read, sector_terms, sectors  # noqa: E402
from auditor.text import clauses  # noqa: E402
from auditor.words import cut  # noqa: E402

LABELLED = ROOT / "corpus" / "labelled"
SECTORS = sectors()
FINE = len(SECTORS.names)
SEED = 20261122


def rows_of(*patterns: str) -> list[dict[str, str]]:
    """Read the rows of all corpus files that match, in the order of their names."""
    found: list[dict[str, str]] = []
    for path in sorted(path for pattern in patterns for path in LABELLED.glob(pattern)):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            found += list(csv.DictReader(lines))
    return found


def goal_rows() -> list[dict[str, str]]:
    """Read the name-goal pairs; a sector that the lexicon does not know ends the run."""
    rows = rows_of("goals-*.csv")
    unknown = sorted({row["sector"] for row in rows if row["sector"] and row["sector"] not in SECTORS.names})
    if unknown:
        raise SystemExit(f"unknown sectors in corpus/labelled/goals-*.csv: {unknown}")
    return rows


def indicator_rows() -> list[dict[str, str]]:
    """Read the labelled indicator names, from the merged file where it exists."""
    return rows_of("indicators.csv") or rows_of("part-*.csv")


def indicator_names(row: dict[str, str]) -> list[str]:
    """Return the indicator names of a goal row."""
    return [entry.split("|")[0].strip() for entry in row["indicators"].split(";") if entry.strip()]


def texts(
    goals: list[dict[str, str]], indicators: list[dict[str, str]], coarse: list[str]
) -> Iterator[tuple[int, str, float]]:
    """Yield (column, content, weight): the lexicon's terms, names, goals and indicator names."""
    for word, shown in sector_terms().items():
        for sector, strength in shown:
            yield sector, word, strength / 2
    for row in goals:
        if row["sector"]:
            column = SECTORS.number(row["sector"])
            yield column, read(core(row["name"])).content, 1.0
            yield column, read(row["goal"]).content, 1.0
            for name in indicator_names(row):
                yield column, read(name).content, 0.5
    for row in indicators:
        yield FINE + coarse.index(row["sector"]), read(row["name"]).content, 0.5


def gram_model(goals: list[dict[str, str]], indicators: list[dict[str, str]]) -> dict[str, object]:
    """Count grams by subject and turn the counts into log shares over chance (PPMI), subjects of equal size.

    Returns vocabulary, values (grams, subjects) as float, rarity (grams,), near (sectors, sectors).
    """
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
    vocabulary = [listed[at] for at in kept]
    return {"vocabulary": vocabulary, "values": values[kept], "rarity": rarity[kept], "near": near, "width": width}


def nearness(weighted: np.ndarray) -> np.ndarray:
    """Return how near two subjects are, 0–1: what their grams share; one functional class is at least 0.2."""
    size = np.maximum(np.linalg.norm(weighted, axis=0), 1e-12)
    likeness = weighted.T @ weighted / np.outer(size, size)
    near = 1 - np.exp(-likeness / NEAR)
    classes = np.array(SECTORS.classes)
    near = np.maximum(near, 0.2 * (classes[:, None] == classes[None, :]))
    np.fill_diagonal(near, 1.0)
    return near


def sparse(found: dict[str, object]) -> dict[str, np.ndarray]:
    """Pack the values: the eight highest of each gram, in 255ths."""
    values = found["values"]
    assert isinstance(values, np.ndarray)
    starts, columns, packed = [0], [], []
    for row in values:
        best = sorted(np.argsort(-row, kind="stable")[:8])
        kept = [at for at in best if row[at] > 0.05]
        columns += kept
        packed += [min(255, int(np.rint(row[at] * 255))) for at in kept]
        starts.append(len(columns))
    return {
        "starts": np.array(starts, np.uint32),
        "columns": np.array(columns, np.uint8),
        "values": np.array(packed, np.uint8),
        "rarity": np.rint(np.asarray(found["rarity"]) * 255).astype(np.uint8),
        "near": np.rint(np.asarray(found["near"]) * 255).astype(np.uint8),
        "width": np.array([found["width"]], np.uint16),
    }


KINDS = ("name_goal", "name_indicators", "goal_indicators")
WHOLES = {"whole_goal": "goal", "whole_indicators": "indicators", "whole_name": "name"}
"""Scores of all three pairs together, and the text that is swapped to train them."""

FOLDS = 5
NOT_BELOW = 0.01
"""Share of own pairs, measured out of fold, that may fall below the cut of `off_subject`."""

MIX = {"plain": 0.5, "terse": 0.25, "multi": 0.15, "paraphrase": 0.1}
"""Shares of the kinds of goal in tables as they are filed. The corpora hold far more paraphrases (goals that avoid every
word of the name on purpose) than any table does; the cuts are those of this mix."""

NOT_TURNED = 0.005
"""The same for goals that only the indicators turn to `off_subject`."""

NOT_WEAK = 0.03
"""The same for `weak`."""

NEAR = 0.12
"""Cosine of two subjects' grams at which they are near to 63 %."""

FAR = 0.04
"""Cosine up to which two subjects are far, so that a swap between them is a defect."""

LEAST_WEAK = 0.35
"""Below this chance no pair is said to fit."""

MOST_OFF = 0.5
"""No pair above this chance is said to be off, however few own pairs lie below."""

NO_PAIRS: dict[str, object] = {"coefficients": {}, "cuts": {}}
Texts = dict[str, str]


def folded() -> dict[int, int]:
    """Deal the sectors into folds."""
    order = list(range(FINE))
    random.Random(SEED).shuffle(order)
    return {sector: at % FOLDS for at, sector in enumerate(order)}


def clause_of(goal: str, source: random.Random) -> str:
    """Return one clause of a goal: what remains of it in a terse form."""
    spans = [(start, end) for start, end in clauses(goal) if end - start >= 6]
    return goal[slice(*source.choice(spans))] if spans else goal


def parts(row: dict[str, str]) -> dict[str, str]:
    """Return the three texts of a row as the score sees them."""
    return {"name": core(row["name"]), "goal": row["goal"], "indicators": specific(indicator_names(row))}


def far_from() -> float:
    """Return the nearness below which two subjects are far."""
    return float(1 - np.exp(-FAR / NEAR))


def samples(rows: list[dict[str, str]], near: np.ndarray, swapped: str) -> Iterator[tuple[dict[str, str], Texts, str]]:
    """Yield (row, texts, label) with one text swapped for that of another project; label own, clause or swapped.

    Each row gives itself, itself with one clause of its goal, and four swaps: with any far subject, with a far subject of
    the same functional class, and twice with any other subject of that class, as copies mostly come from next door.
    """
    source = random.Random(SEED)
    classes = SECTORS.classes
    whole = [(row, SECTORS.number(row["sector"]), parts(row)) for row in rows]
    for row, number, own in whole:
        yield row, own, "own"
        yield row, {**own, "goal": clause_of(own["goal"], source)}, "clause"
        far = [texts for _, other, texts in whole if near[number, other] < far_from()]
        akin = [
            texts for _, other, texts in whole if near[number, other] < far_from() and classes[other] == classes[number]
        ]
        kin = [texts for _, other, texts in whole if other != number and classes[other] == classes[number]]
        for pool in (far, akin or far, kin or far, kin or far):
            yield row, {**own, swapped: source.choice(pool)[swapped]}, "swapped"


def fit_logistic(x: np.ndarray, y: np.ndarray, kinds: np.ndarray, steps: int = 30, ridge: float = 1.0) -> np.ndarray:
    """Fit a logistic regression by Newton's method, the constant last; both classes weigh the same.

    Kinds of goals have the shares of MIX, as the cuts suppose.
    """
    x = np.hstack([x, np.ones((len(x), 1))])
    weight = np.zeros(len(y))
    for kind, part in MIX.items():
        for answer in (0, 1):
            inside = (kinds == kind) & (y == answer)
            weight[inside] = part / max(int(inside.sum()), 1)
    weight *= len(y) / max(weight.sum(), 1e-9)
    penalty = ridge * np.eye(x.shape[1])
    penalty[-1, -1] = 0
    found = np.zeros(x.shape[1])
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-x @ found))
        slope = x.T @ (weight * (chance - y)) + penalty @ found
        curve = (x * (weight * chance * (1 - chance))[:, None]).T @ x + penalty
        found = found - np.linalg.solve(curve, slope)
    return found


def chances(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the logistic score of rows of features."""
    return 1 / (1 + np.exp(-(x @ weights[:-1] + weights[-1])))


def area(own: np.ndarray, swapped: np.ndarray) -> float:
    """Return the area under the curve: the chance that an own pair scores above a swapped one."""
    order = np.sort(swapped)
    below = (np.searchsorted(order, own, "left") + np.searchsorted(order, own, "right")) / 2
    return float(below.mean() / len(order))


class Gathered:
    """Features, labels and folds of the samples of one score, as they come."""

    def __init__(self) -> None:
        self.features: list[np.ndarray] = []
        self.labels: list[str] = []
        self.folds: list[int] = []
        self.kinds: list[str] = []

    def add(self, features: np.ndarray, label: str, fold: int, kind: str) -> None:
        """Add one sample; `kind` is that of the project whose name it is."""
        self.features.append(features)
        self.labels.append(label)
        self.folds.append(fold)
        self.kinds.append(kind)


def fold_models(goals: list[dict[str, str]], indicators: list[dict[str, str]]) -> list[Model]:
    """Train a model for each fold that saw no goal row of the fold's sectors."""
    fold = folded()
    found = []
    for at in range(FOLDS):
        seen = [row for row in goals if row["sector"] and fold[SECTORS.number(row["sector"])] != at]
        trained = gram_model(seen, indicators)
        found.append(unpacked(list(trained["vocabulary"]), sparse(trained), NO_PAIRS))  # type: ignore[call-overload]
    return found


def measured(texts: Texts, arrays: Model, kept: dict[str, Side]) -> dict[str, Side]:
    """Measure the three texts of a project, each text once."""
    for text in texts.values():
        if text not in kept:
            kept[text] = measure(text, arrays)
    return {name: kept[text] for name, text in texts.items()}


def pair_samples(rows: list[dict[str, str]], near: np.ndarray, models: list[Model]) -> dict[str, Gathered]:
    """Measure own and swapped pairs out of fold; pairs of which a text says too little are left out, as in use."""
    fold = folded()
    found = {kind: Gathered() for kind in KINDS}
    kept: list[dict[str, Side]] = [{} for _ in models]
    for kind in KINDS:
        first, second = kind.split("_")
        for row, texts, label in samples(rows, near, second):
            at = fold[SECTORS.number(row["sector"])]
            sides = measured(texts, models[at], kept[at])
            if (label != "clause" or kind == "name_goal") and speaks(sides[first]) and says(sides[second]):
                found[kind].add(pair_features(sides[first], sides[second], models[at]), label, at, row["kind"])
    return found


def whole_samples(
    rows: list[dict[str, str]], near: np.ndarray, models: list[Model], weights: dict[str, list[np.ndarray]]
) -> dict[str, Gathered]:
    """Measure the three pairs of own and swapped projects out of fold, as log odds; 0 for a pair that says too little."""
    fold = folded()
    found = {kind: Gathered() for kind in WHOLES}
    kept: list[dict[str, Side]] = [{} for _ in models]
    for whole, swapped in WHOLES.items():
        for row, texts, label in samples(rows, near, swapped):
            at = fold[SECTORS.number(row["sector"])]
            sides = measured(texts, models[at], kept[at])
            odds = []
            for kind in KINDS:
                one, two = (sides[name] for name in kind.split("_"))
                judged = speaks(one) and says(two) if kind != "goal_indicators" else says(one) and says(two)
                chance = chances(pair_features(one, two, models[at])[None], weights[kind][at])[0] if judged else None
                odds.append(logit(chance))
            if any(odds) and label != "clause":
                found[whole].add(whole_features(*odds), label, at, row["kind"])
    return found


def speaks(one: Side) -> bool:
    """Tell whether terms show what a text is about."""
    return float(one.terms.max(initial=0)) >= SPEAKS


def says(one: Side) -> bool:
    """Tell whether a text says anything specific."""
    return bool(one.pairs) or speaks(one)


def mixed_quantile(scores: np.ndarray, kinds: np.ndarray, share: float) -> float:
    """Return the score below which `share` of own pairs lie where the kinds come in the shares of MIX."""
    weights = np.zeros(len(scores))
    for kind, part in MIX.items():
        of_kind = kinds == kind
        weights[of_kind] = part / max(int(of_kind.sum()), 1)
    order = np.argsort(scores, kind="stable")
    below = np.cumsum(weights[order]) / weights.sum()
    return float(scores[order][np.searchsorted(below, share)])


def fitted(
    found: Gathered, weak: float | None = None
) -> tuple[list[np.ndarray], np.ndarray, dict[str, object], dict[str, float]]:
    """Return the coefficients of each fold's other folds, those of all, the figures out of fold, and the cuts.

    `off` and `weak` are the cuts for the mix of kinds, `sure` leaves NOT_BELOW of the corpora as they are.
    """
    x, labels, folds = np.array(found.features), np.array(found.labels), np.array(found.folds)
    kinds = np.array(found.kinds)
    y = (labels != "swapped").astype(float)
    scores = np.zeros(len(y))
    weights = []
    for at in range(FOLDS):
        inside = folds != at
        weights.append(fit_logistic(x[inside], y[inside], kinds[inside]))
        scores[~inside] = chances(x[~inside], weights[-1])
    if weak is not None:  # a goal that the name supports is never off, whatever the indicators
        turned = [may_be_off(row[0], row[1], logit(weak)) for row in x]
        scores = np.where(turned, scores, 1.0)
    own, swapped, own_kinds = scores[labels == "own"], scores[labels == "swapped"], kinds[labels == "own"]
    cuts = {
        "off": mixed_quantile(own, own_kinds, NOT_BELOW if weak is None else NOT_TURNED),
        "weak": mixed_quantile(own, own_kinds, NOT_WEAK),
        "sure": float(np.quantile(own, NOT_BELOW)),
    }
    figures: dict[str, object] = {
        "own_pairs": len(own),
        "swapped_pairs": len(swapped),
        "auc": round(area(own, swapped), 4),
        **{f"cut_{name}": round(cut, 4) for name, cut in cuts.items()},
        **{f"swaps_below_{name}": round(float((swapped < cut).mean()), 4) for name, cut in cuts.items()},
        "own_below_off": {
            kind: round(float((own[own_kinds == kind] < cuts["off"]).mean()), 4) for kind in MIX if kind in own_kinds
        },
    }
    return weights, fit_logistic(x, y, kinds), figures, cuts


def score_models(
    goals: list[dict[str, str]], indicators: list[dict[str, str]], near: np.ndarray
) -> tuple[dict[str, object], dict[str, object]]:
    """Fit the pair scores and the scores of all three pairs; return the settings of pairs.json and the figures."""
    rows = [row for row in goals if row["sector"] and row["kind"] != "generic-name"]
    models = fold_models(goals, indicators)
    by_fold: dict[str, list[np.ndarray]] = {}
    coefficients: dict[str, list[float]] = {}
    cuts: dict[str, float] = {}
    figures: dict[str, object] = {}
    gathered = pair_samples(rows, near, models)
    for kind in (*KINDS, *WHOLES):
        if kind == "whole_goal":
            gathered |= whole_samples(rows, near, models, by_fold)
        by_fold[kind], weights, figures[kind], of_kind = fitted(
            gathered[kind], cuts["weak"] if kind in ("whole_goal", "whole_name") else None
        )
        coefficients[kind] = [round(float(value), 4) for value in weights]
        cuts[kind] = round(min(of_kind["off"], MOST_OFF), 4)
        if kind == "name_goal":
            cuts["weak"] = round(max(of_kind["weak"], LEAST_WEAK), 4)
            cuts["sure"] = round(of_kind["sure"], 4)
    return {"features": list(FEATURES), "coefficients": coefficients, "cuts": cuts}, figures


def main() -> None:
    """Train and write everything."""
    goals, indicators = goal_rows(), indicator_rows()
    found = gram_model(goals, indicators)
    settings, figures = score_models(goals, indicators, np.asarray(found["near"]))
    vocabulary = "".join(f"{gram}\n" for gram in found["vocabulary"])  # type: ignore[attr-defined]
    (HERE / "vocabulary.txt").write_text(vocabulary, encoding="utf-8")
    write_arrays(HERE / "weights.npz", sparse(found))
    (HERE / "pairs.json").write_text(json.dumps(settings, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    write_proposals(goals, indicators)
    write_frequencies(goals, indicators)
    write_figures(len(goals), figures)
    print(json.dumps({"rows": len(goals), "grams": len(found["vocabulary"]), **figures}, indent=1))  # type: ignore[arg-type]
    print(json.dumps(settings["cuts"]), json.dumps(settings["coefficients"]))


def write_proposals(goals: list[dict[str, str]], indicators: list[dict[str, str]]) -> None:
    """Write the indicator names of the corpora, cleaned of brackets, with their sectors, for proposals."""
    known: dict[str, set[str]] = defaultdict(set)
    for row in goals:
        for name in indicator_names(row):
            if row["sector"] and not suits_any_project(name):
                known[bare(name)].add(row["sector"])
    for row in indicators:
        if not suits_any_project(row["name"]):
            known[bare(row["name"])].add(row["sector"])
    with (HERE / "proposals.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("name", "sectors"))
        writer.writerows((name, ";".join(sorted(known[name]))) for name in sorted(known) if 4 <= len(name) <= 20)


def write_figures(rows: int, figures: dict[str, object]) -> None:
    """Keep the figures out of fold in metrics.json, beside those of the benchmark."""
    path = HERE / "metrics.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    kept |= {"trained_on": {"goal_rows": rows}, "out_of_fold": figures}
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_frequencies(goals: list[dict[str, str]], indicators: list[dict[str, str]]) -> None:
    """Write in how many texts of the corpora each word of two or more Chinese characters stands (at least two)."""
    counts: Counter[str] = Counter()
    whole = [row[field] for row in goals for field in ("name", "goal")] + [row["name"] for row in indicators]
    for text in whole:
        counts.update({word for word in cut(text) if len(word) > 1 and HAN.fullmatch(word)})
    with (ROOT / "corpus" / "reference" / "word-frequencies.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("word", "documents"))
        writer.writerow(("", len(whole)))
        writer.writerows(
            (word, counts[word]) for word in sorted(counts, key=lambda one: (-counts[one], one)) if counts[word] > 1
        )


HAN = re.compile(r"[\u4e00-\u9fff]+")


def bare(name: str) -> str:
    """Return an indicator name without brackets and enumerators."""
    return re.sub(r"[(（].*?[)）]", "", name).strip("、，。 ")


def write_arrays(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Write an .npz whose bytes depend on the arrays alone (zip entries of a fixed date)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), content.getvalue(), zipfile.ZIP_DEFLATED
            )


if __name__ == "__main__":
    main()
