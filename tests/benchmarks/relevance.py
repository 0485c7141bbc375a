"""How well true name–goal pairs are told from swapped ones, against plain character TF-IDF; and how fast.

    python -m tests.benchmarks.relevance [--write] [--list]

Reads the real documents and the list of swaps (../shared or $AUDITOR_SHARED) and the project's own test pairs
(`tests/relevance/pairs.csv`). Nothing here is trained or tuned on them: the model, its coefficients and its cuts come from
`models/subject/train.py`. A swap that is not judged counts as missed. `--write` keeps the figures in
`models/subject/metrics.json`, `--list` prints the flagged true pairs.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import numpy as np  # noqa: E402
from conftest import shared_folder  # noqa: E402

from auditor import read  # noqa: E402
from auditor.document import Project  # noqa: E402
from auditor.relevance.judgement import Relevance, judge_texts, logit  # noqa: E402
from auditor.relevance.terms import sectors  # noqa: E402

SEED = 7


def area(own: Sequence[float], swapped: Sequence[float]) -> float:
    """The area under the curve; ties count half."""
    a, b = np.array(own), np.array(swapped)
    return round(float(np.mean([(x > b).mean() + 0.5 * (x == b).mean() for x in a])), 4)


def names_of(project: Project) -> tuple[str, ...]:
    return tuple(indicator.name.text for indicator in project.indicators)


def goal_of(project: Project) -> str:
    return project.goal.text if project.goal else ""


def chance(found: Relevance) -> float:
    """The score of name against goal; what was not judged stands in the middle."""
    return 0.5 if found.name_goal is None else found.name_goal


def chance_of_all(found: Relevance) -> float:
    """The log odds of name and indicators against the goal."""
    return logit(found.name_goal) + logit(found.goal_indicators)


def real(folder: Path, show: bool) -> dict[str, object]:
    """Figures on the real documents: all rows with their own goal, and the listed swaps."""
    files = {path.name[:3]: read(path) for path in sorted((folder / "seeds").glob("*.txt"))}
    rows = {(key, one.row): one for key, document in files.items() for one in document.projects if one.name}
    swaps = [json.loads(line) for line in (folder / "swaps.jsonl").read_text(encoding="utf-8").splitlines()]
    pairs = [(rows[one["document"], one["row"]], rows[one["document"], one["goal_from_row"]]) for one in swaps]
    whole = [judge_texts(one.title, goal_of(one), names_of(one)) for one in rows.values()]
    alone = [judge_texts(one.title, goal_of(one), ()) for one in rows.values()]
    swapped = [judge_texts(a.title, goal_of(b), names_of(a)) for a, b in pairs]
    swapped_alone = [judge_texts(a.title, goal_of(b), ()) for a, b in pairs]
    if show:
        for key, found, single in zip(rows, whole, alone, strict=True):
            if "off_subject" in (found.verdict, single.verdict, found.indicators):
                print(key, found.verdict, single.verdict, found.indicators, found.name_goal, found.goal_indicators)
    others = [json.loads(line) for line in (folder / "gold" / "other-goals.jsonl").read_text("utf-8").splitlines()]
    elsewhere = [judge_texts(one["project"], one["goal"] or "", ()) for one in others]
    return {
        "true_pairs": len(rows),
        "swaps": len(swaps),
        "name_goal": {**compared(alone, swapped_alone), "auc": area(*map(chances_of(chance), (alone, swapped_alone)))},
        "name_and_indicators_goal": {
            **compared(whole, swapped),
            "auc": area(*map(chances_of(chance_of_all), (whole, swapped))),
        },
        "not_judged": sum(one.verdict == "not_judged" for one in whole),
        "sets_flagged": [
            f"{key}/{row}" for (key, row), one in zip(rows, whole, strict=True) if one.indicators == "off_subject"
        ],
        "other_departments": {"pairs": len(others), "flagged": sum(one.verdict == "off_subject" for one in elsewhere)},
        "peer": peer(list(rows.values()), pairs),
    }


def chances_of(score: Callable[[Relevance], float]) -> Callable[[Sequence[Relevance]], list[float]]:
    return lambda found: [score(one) for one in found]


def compared(own: Sequence[Relevance], swapped: Sequence[Relevance]) -> dict[str, object]:
    flagged = sum(one.verdict == "off_subject" for one in own)
    found = sum(one.verdict == "off_subject" for one in swapped)
    return {"true_flagged": flagged, "swaps_found": found, "recall": round(found / len(swapped), 3)}


def peer(rows: Sequence[Project], pairs: Sequence[tuple[Project, Project]]) -> dict[str, float]:
    """Plain character TF-IDF fitted on the very rows: areas, and the swaps found at as many false alarms as allowed."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    def figures(first: Callable[[Project], str], allowed: int, prefix: str) -> dict[str, float]:
        vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 3))
        vectors.fit([first(one) for one in rows] + [goal_of(one) for one in rows])

        def alike(a: Sequence[str], b: Sequence[str]) -> np.ndarray:
            return np.asarray(vectors.transform(a).multiply(vectors.transform(b)).sum(axis=1)).ravel()

        own = alike([first(one) for one in rows], [goal_of(one) for one in rows])
        swapped = alike([first(a) for a, _ in pairs], [goal_of(b) for _, b in pairs])
        cut = np.sort(own)[allowed]
        return {
            f"{prefix}_auc": area(own, swapped),
            f"{prefix}_recall_at_{allowed}": round(float((swapped < cut).mean()), 3),
        }

    return {
        **figures(lambda one: one.title, 3, "name_goal"),
        **figures(lambda one: one.title + " " + " ".join(names_of(one)), 2, "with_indicators"),
    }


def own_pairs() -> dict[str, object]:
    """Figures on the project's own test pairs: false alarms by kind, and swaps between disjoint functional classes."""
    with (ROOT / "tests" / "relevance" / "pairs.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    classes = dict(zip(sectors().names, sectors().classes, strict=True))
    judged = [(row, judge_texts(row["name"], row["goal"], ())) for row in rows]
    by_kind: dict[str, dict[str, int]] = {}
    for row, found in judged:
        kind = by_kind.setdefault(row["kind"], {"pairs": 0, "flagged": 0, "not_judged": 0})
        kind["pairs"] += 1
        kind["flagged"] += found.verdict == "off_subject"
        kind["not_judged"] += found.verdict == "not_judged"
    source = random.Random(SEED)
    with_sector = [row for row in rows if row["sector"] in classes]
    swaps = []
    for row in with_sector:
        far = [other for other in with_sector if classes[other["sector"]] != classes[row["sector"]]]
        swaps.append(judge_texts(row["name"], source.choice(far)["goal"], ()))
    found = sum(one.verdict == "off_subject" for one in swaps)
    own = [chance(one) for row, one in judged if row["sector"] in classes]
    return {
        "kinds": by_kind,
        "swaps": len(swaps),
        "swaps_found": round(found / len(swaps), 3),
        "auc": area(own, [chance(one) for one in swaps]),
    }


def speed() -> dict[str, float]:
    """Projects judged in a second on one core, and seconds to load the model, as ratios to plain TF-IDF of the same texts."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    with (ROOT / "tests" / "relevance" / "pairs.csv").open(encoding="utf-8", newline="") as lines:
        texts = [(f"{row['name']}{turn}", f"{row['goal']}{turn}") for row in csv.DictReader(lines) for turn in range(3)]
    started = time.process_time()
    for name, goal in texts:
        judge_texts(name, goal, ())
    ours = time.process_time() - started
    started = time.process_time()
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 3)).fit([goal for _, goal in texts])
    for name, goal in texts:
        vectors.transform([name]).multiply(vectors.transform([goal])).sum()
    return {
        "projects_per_second": round(len(texts) / ours),
        "times_as_fast_as_tfidf": round((time.process_time() - started) / ours, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    figures: dict[str, object] = {"own_pairs": own_pairs()}
    folder = shared_folder()
    if folder is None:
        print("the real documents are absent: only the project's own pairs are measured", file=sys.stderr)
    else:
        figures["real_documents"] = real(folder, arguments.list)
    print(json.dumps({**figures, "speed": speed()}, ensure_ascii=False, indent=1))
    if arguments.write:
        path = ROOT / "models" / "subject" / "metrics.json"
        kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        path.write_text(json.dumps({**kept, **figures}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
