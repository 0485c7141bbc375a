"""Train the subject model from the project's own corpora and lexicons and write its files.

    python models/subject/train.py [--to FOLDER] [--corpus FOLDER]

Counting, one closed form and a logistic fit with a fixed number of steps; no random numbers but one seeded generator
for the swapped pairs, so that the same corpora give the same bytes. Writes vocabulary.txt, weights.npz, pairs.json,
proposals.csv and metrics.json beside this file and corpus/reference/word-frequencies.csv; with --to, all of them into
that folder.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

# The checkout comes before an installed copy, which would bring lexicons of its own.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from counting import gram_model
from labelled import HERE, LABELLED, ROOT, goal_rows, indicator_rows
from scores import score_models
from writing import write_counts, write_figures, write_frequencies, write_proposals, write_settings

REFERENCE = ROOT / "corpus" / "reference"


def train(corpus: Path, to: Path, reference: Path) -> None:
    """Train on the labelled corpora of a folder; the word frequencies go to `reference`, everything else to `to`."""
    goals, indicators = goal_rows(corpus), indicator_rows(corpus)
    found = gram_model(goals, indicators)
    settings, figures = score_models(goals, indicators, found.near)
    write_counts(to, found)
    write_settings(to, settings)
    write_proposals(to, goals, indicators)
    write_frequencies(reference, goals, indicators)
    write_figures(to, len(goals), figures)
    print(json.dumps({"rows": len(goals), "grams": len(found.vocabulary), **figures}, indent=1))
    print(json.dumps(settings["cuts"]), json.dumps(settings["coefficients"]))


def main() -> None:
    """Train from the command line and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path)
    parser.add_argument("--corpus", type=Path, default=LABELLED)
    chosen = parser.parse_args()
    if chosen.to:
        chosen.to.mkdir(parents=True, exist_ok=True)
    train(chosen.corpus, chosen.to or HERE, chosen.to or REFERENCE)


if __name__ == "__main__":
    main()
