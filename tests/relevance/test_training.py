"""Training is reproducible: the same corpora give the same bytes, and what is shipped was counted from what is shipped."""

import csv
import importlib
import json
import os
import subprocess
import sys

import pytest
from conftest import ROOT

FOLDER = ROOT / "models" / "subject"
LABELLED = ROOT / "corpus" / "labelled"
COUNTED = ("vocabulary.txt", "weights.npz", "proposals.csv", "word-frequencies.csv")
WRITTEN = (*COUNTED, "pairs.json", "metrics.json")
AGAIN = "run `python models/subject/train.py`: the corpora, the lexicons or the reading of texts changed"


def shipped(name):
    folder = ROOT / "corpus" / "reference" if name == "word-frequencies.csv" else FOLDER
    return folder / name


@pytest.fixture
def subset(tmp_path):
    """Write every twelfth row of each corpus to a folder of its own."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for path in (*LABELLED.glob("goals-*.csv"), LABELLED / "indicators.csv"):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        with (folder / path.name).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows[::12])
    return folder


def test_training_twice_gives_the_same_bytes(subset, tmp_path):
    def train(to, hash_seed):
        command = [sys.executable, str(FOLDER / "train.py"), "--corpus", str(subset), "--to", str(to)]
        surroundings = {**os.environ, "PYTHONHASHSEED": hash_seed}  # sets of texts come in another order
        done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return {name: (to / name).read_bytes() for name in WRITTEN}

    before = {name: shipped(name).read_bytes() for name in WRITTEN}
    assert train(tmp_path / "one", "1") == train(tmp_path / "two", "2")
    assert before == {name: shipped(name).read_bytes() for name in WRITTEN}, "training elsewhere leaves the model alone"


@pytest.mark.slow
def test_shipped_counts_are_those_of_the_shipped_corpora(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(FOLDER)
    labelled, counting, writing = map(importlib.import_module, ("labelled", "counting", "writing"))
    goals, indicators = labelled.goal_rows(), labelled.indicator_rows()
    writing.write_counts(tmp_path, counting.gram_model(goals, indicators))
    writing.write_proposals(tmp_path, goals, indicators)
    writing.write_frequencies(tmp_path, goals, indicators)
    changed = [name for name in COUNTED if (tmp_path / name).read_bytes() != shipped(name).read_bytes()]
    assert changed == [], AGAIN
    trained_on = json.loads(shipped("metrics.json").read_text(encoding="utf-8"))["trained_on"]
    assert trained_on == {"goal_rows": len(goals)}, AGAIN


def test_shipped_cuts_are_those_of_the_shipped_figures():
    cuts = json.loads(shipped("pairs.json").read_text(encoding="utf-8"))["cuts"]
    figures = json.loads(shipped("metrics.json").read_text(encoding="utf-8"))["out_of_fold"]
    drawn = {kind: min(found["cut_off"], 0.5) for kind, found in figures.items()}
    assert {kind: cuts[kind] for kind in drawn} == drawn, AGAIN
    assert cuts["sure"] == figures["name_goal"]["cut_sure"], AGAIN
