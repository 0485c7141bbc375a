"""Training is reproducible: the same corpus gives the same bytes, and the shipped files are those of the shipped corpus."""

import csv
import subprocess
import sys

import pytest
from conftest import ROOT

FOLDER = ROOT / "models" / "indicator-class"
WRITTEN = ("vocabulary.txt", "weights.npy", "bias.npy", "metrics.json", "errors.csv", "card.toml", "markers.csv")


def train(to, corpus=None):
    command = [sys.executable, str(FOLDER / "train.py"), "--to", str(to)]
    if corpus:
        command += ["--corpus", str(corpus)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name: (to / name).read_bytes() for name in WRITTEN}


@pytest.fixture(scope="module")
def subset(tmp_path_factory):
    """Write every sixth row of the corpus to a file of its own."""
    with (ROOT / "corpus" / "labelled" / "indicators.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    path = tmp_path_factory.mktemp("corpus") / "subset.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows[::6])
    return path


def test_training_twice_gives_the_same_bytes(subset, tmp_path):
    assert train(tmp_path / "one", subset) == train(tmp_path / "two", subset)


@pytest.mark.slow
def test_shipped_files_are_those_of_a_fresh_training(tmp_path):
    fresh = train(tmp_path)
    changed = [name for name in WRITTEN if fresh[name] != (FOLDER / name).read_bytes()]
    assert changed == [], (
        "run `python models/indicator-class/train.py`: corpus, markers or the reading of quantities changed"
    )
