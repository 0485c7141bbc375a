"""Whole reports that a person reads: `make golden` rewrites them, the diff is the review."""

from pathlib import Path

import pytest

from auditor.audit import Auditor
from auditor.readers import read
from auditor.reports import csv, json, show, text
from auditor.reports.terminal import Screen

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def report(samples):
    return Auditor().report([read(path) for path in sorted(samples.glob("*.txt"))])


def normal(printed: str) -> str:
    """Take out what changes with every rule that is added."""
    return printed.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("check.zh.txt", lambda report, samples: text.render(report, text.TextOptions(advice=True, top=0))),
        (
            "check.en.txt",
            lambda report, samples: text.render(report, text.TextOptions(advice=True, top=0, screen=Screen("en"))),
        ),
        ("check.zh.csv", lambda report, samples: csv.render(report, "zh")),
        ("check.zh.jsonl", lambda report, samples: json.render_lines(report, "zh")),
        (
            "show.zh.txt",
            lambda report, samples: show.render([read(samples / "county-water-department.txt")], "text", Screen()),
        ),
        (
            "show.jsonl",
            lambda report, samples: show.render([read(samples / "county-water-projects.txt")], "jsonl", Screen()),
        ),
    ],
)
def test_golden(name, make, report, samples, request):
    printed = normal(make(report, samples))
    path = GOLDEN / name
    if request.config.getoption("--rewrite-golden"):
        path.write_bytes(printed.encode("utf-8"))
    assert path.read_bytes().decode("utf-8") == printed, f"{name} differs; run `make golden` and read the diff"
