"""Names that settle their class by themselves, and names that only look so."""

import csv
from pathlib import Path

import pytest
from conftest import ROOT

from auditor.classify import certain_class
from auditor.lexicon import lexicon

CASES = list(csv.DictReader((Path(__file__).parent / "certain.csv").open(encoding="utf-8")))
CODES = {"11", "12", "13", "14", "21", "22", "23", "24", "31"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"] or "empty")
def test_case(case):
    found = certain_class(case["name"])
    assert (found.code if found else "") == case["class"]


def test_what_the_list_settles_agrees_with_the_labelled_corpus():
    wrong, settled = [], 0
    with (ROOT / "corpus" / "labelled" / "indicators.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            found = certain_class(row["name"])
            if found:
                settled += 1
                if not {found.code, *found.also} & {row["class"], row["second"]}:
                    wrong.append((row["name"], row["class"], found.word))
    assert settled > 400
    assert len(wrong) <= settled * 0.005, wrong


def test_every_entry_names_official_classes():
    for word, row in lexicon("certain-classes").rows.items():
        assert {row["class"], *filter(None, row["second"].split(";"))} <= CODES, word
        assert row["position"] in ("suffix", "anywhere"), word
