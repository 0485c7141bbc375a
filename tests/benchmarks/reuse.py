"""Finding copies among many goals, against peers in the same run.

    python tests/benchmarks/reuse.py                  10^4 and 10^5 goals, all peers
    python tests/benchmarks/reuse.py 1000000 --alone  one size, without peers (memory: run under /usr/bin/time -v)
    python tests/benchmarks/reuse.py 1000000          with the MinHash peers (datasketch takes minutes and gigabytes)

Two tasks. `close`: all pairs whose sets of character 3-grams have a Jaccard index of 0.7 or more, found from the goals
as strings and verified exactly. `distant`: all pairs whose rapidfuzz ratio is 85 or more, the rule for near copies, which
has to find goals of which every fifth character was changed. Peers do the first, each as its documentation shows;
scikit-learn and rapidfuzz compare all pairs and are asked at 10^4 only.

Recall is measured on the planted pairs that truly reach the mark by a definition written out here, precision on the
reported pairs (up to 20,000 of them) by the same definition.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterable

from goals import CLASSES, Planted, planted
from rapidfuzz import fuzz

from auditor.reuse.near import near_pairs, similar_pairs

JACCARD, RATIO = 0.7, 85.0
MOST_CHECKED = 20_000
ALL_PAIRS = 10_000
Found = set[tuple[int, int]]


def jaccard(a: str, b: str) -> float:
    first, second = ({text[at : at + 3] for at in range(len(text) - 2)} for text in (a, b))
    return len(first & second) / max(1, len(first | second))


def close(goals: list[str]) -> Found:
    return set(map(tuple, similar_pairs(goals, JACCARD).pairs.tolist()))


def distant(goals: list[str]) -> Found:
    return set(map(tuple, near_pairs(goals, RATIO).pairs.tolist()))


def grams(text: str) -> list[str]:
    return [text[at : at + 3] for at in range(len(text) - 2)]


def datasketch(goals: list[str]) -> Found:
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=JACCARD, num_perm=128)
    hashes = MinHash.bulk([[gram.encode() for gram in grams(goal)] for goal in goals], num_perm=128)
    with lsh.insertion_session() as session:
        for at, one in enumerate(hashes):
            session.insert(at, one, check_duplication=False)
    return {(other, at) for at, one in enumerate(hashes) for other in lsh.query(one) if other < at}


def rensa(goals: list[str]) -> Found:
    from rensa import RMinHash, RMinHashLSH

    hashes = RMinHash.from_token_sets(list(map(grams, goals)), num_perm=128, seed=42)
    lsh = RMinHashLSH(threshold=JACCARD, num_perm=128, num_bands=32)
    lsh.insert_many(hashes)
    return {(other, at) for at, others in enumerate(lsh.query_all(hashes)) for other in others if other < at}


def gaoya(goals: list[str]) -> Found:
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(
        hash_size=32,
        jaccard_threshold=JACCARD,
        num_bands=25,
        band_size=5,
        analyzer="char",
        ngram_range=(3, 3),
        id_container="smallvec",
    )
    index.par_bulk_insert_docs(list(range(len(goals))), goals)
    return {(other, at) for at, others in enumerate(index.par_bulk_query(goals)) for other in others if other < at}


def sklearn_cosine(goals: list[str]) -> Found:
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import cosine_similarity

    matrix = TfidfVectorizer(analyzer="char", ngram_range=(3, 3)).fit_transform(goals)
    found: Found = set()
    for start in range(0, len(goals), 1000):
        rows, columns = np.nonzero(cosine_similarity(matrix[start : start + 1000], matrix) >= JACCARD)
        found.update((int(b), start + int(a)) for a, b in zip(rows, columns, strict=True) if b < start + a)
    return found


def rapidfuzz_cdist(goals: list[str]) -> float:
    """Return the seconds that all pairs take, from a twentieth of the rows; its answer is the definition."""
    from rapidfuzz import process

    few = goals[:: len(goals) // 500]
    start = time.perf_counter()
    process.cdist(few, goals, scorer=fuzz.ratio, score_cutoff=RATIO, workers=-1)
    return (time.perf_counter() - start) * len(goals) / len(few)


MINHASH: dict[str, Callable[[list[str]], Found]] = {"datasketch": datasketch, "rensa": rensa, "gaoya": gaoya}


def share(parts: Iterable[bool]) -> str:
    counted = Counter(parts)
    return f"{counted[True] / max(1, counted.total()):.4f}"


class Task:
    """One definition of a true pair on one set of goals."""

    def __init__(self, made: Planted, likeness: Callable[[str, str], float], least: float) -> None:
        self.goals, self.likeness, self.least = made.goals, likeness, least
        self.true = [(a, b, kind) for a, b, kind in made.copies if likeness(made.goals[a], made.goals[b]) >= least]

    def measure(self, name: str, find: Callable[[list[str]], Found]) -> float:
        start = time.perf_counter()
        found = find(self.goals)
        seconds = time.perf_counter() - start
        checked = sorted(found)[:: max(1, len(found) // MOST_CHECKED)]
        right = (self.likeness(self.goals[a], self.goals[b]) >= self.least for a, b in checked)
        recall = share((a, b) in found for a, b, _ in self.true)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        print(
            f"  {name:20} {seconds:8.2f} s  recall {recall}  precision {share(right)}  pairs {len(found):9,}  peak so far {peak:.1f} GB",
            flush=True,
        )
        self.found = found
        return seconds

    def classes(self, made: Planted) -> None:
        for kind in CLASSES:
            of_kind = [(a, b) for a, b, one in made.copies if one == kind]
            true = [(a, b) for a, b, one in self.true if one == kind]
            print(
                f"    {kind:10} planted {len(of_kind):6,}, found {share(pair in self.found for pair in of_kind)};"
                f" true {len(true):6,}, found {share(pair in self.found for pair in true)}"
            )


def run(count: int, peers: bool) -> tuple[float, float]:
    made = planted(count)
    print(f"\n{count:,} goals of {sum(map(len, made.goals)) / count:.0f} characters")
    print("close: Jaccard index of 3-grams >= 0.7")
    task = Task(made, jaccard, JACCARD)
    ours = task.measure("this engine", close)
    rivals = dict(MINHASH) if peers else {}
    if peers and count <= ALL_PAIRS:
        rivals["scikit-learn cosine"] = sklearn_cosine
    for name, find in rivals.items():
        theirs = task.measure(name, find)
        print(f"    {name} takes {theirs / ours:.1f} times as long")
    print("distant: rapidfuzz ratio >= 85")
    task = Task(made, lambda a, b: fuzz.ratio(a, b), RATIO)
    further = task.measure("this engine", distant)
    task.classes(made)
    if peers and count <= ALL_PAIRS:
        theirs = rapidfuzz_cdist(made.goals)
        print(f"  rapidfuzz cdist      {theirs:8.2f} s, {theirs / further:.0f} times as long")
    return ours, further


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("counts", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--alone", action="store_true", help="without the peers")
    chosen = parser.parse_args()
    close(planted(1000).goals)  # imports and threads before the clock starts
    for count in chosen.counts:
        run(count, not chosen.alone)


if __name__ == "__main__":
    main()
