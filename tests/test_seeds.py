"""The real documents: what the issue names must be found in them. They are not part of the project."""

import json
import re
from collections import Counter
from decimal import Decimal

import pytest

from auditor.audit import Auditor
from auditor.readers import read


def squeezed(text):
    return re.sub(r"\s+", "", text or "")


@pytest.fixture(scope="module")
def report(seed):
    return Auditor().report([read(seed(number)) for number in ("000", "002", "004")])


def rows(report, rule, document, severity=None):
    return sorted(
        {
            f.row
            for f in report.findings
            if f.rule == rule and f.document.startswith(document) and severity in (None, f.severity)
        }
    )


def test_000_is_read_exactly(shared, seed):
    document = read(seed("000"))
    wanted = [
        json.loads(line) for line in (shared / "gold" / "panyu.parsed.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert len(document.projects) == len(wanted) == 34
    assert document.gaps == ()
    for project, want in zip(document.projects, wanted, strict=True):
        assert squeezed(project.title) == squeezed(want["name"])
        assert squeezed(project.goal.text) == squeezed(want["goal"])
        assert squeezed(project.unit) == squeezed(want["unit"])
        assert project.place.line == want["line"]
        assert [f"{amount:,}" for amount in project.budget.printed] == want["amounts"]
        got = [
            (
                i.level1_code,
                i.level2_code,
                squeezed(i.name.text),
                squeezed(i.cycle_target.text).rstrip("。"),
                squeezed(i.annual_target.text).rstrip("。"),
            )
            for i in project.indicators
        ]
        assert got == [
            (
                i["l1"],
                i["l2"],
                squeezed(i["name"]),
                squeezed(i["cycle"]).rstrip("。"),
                squeezed(i["annual"]).rstrip("。"),
            )
            for i in want["indicators"]
        ]


def test_002_is_read_to_its_counts_and_sums(seed):
    document = read(seed("002"))
    assert (len(document.projects), sum(len(p.indicators) for p in document.projects)) == (68, 338)
    assert document.year == 2024 and document.gaps == ()
    units = [total for total in document.totals if total.unit]
    assert len(units) == 4 and sum(total.unit is None for total in document.totals) == 1
    for unit in units:
        members = [p.budget.total for p in document.projects if p.unit == unit.unit]
        assert abs(sum(members) - unit.budget.total) <= Decimal("0.005") * len(members)
    text = squeezed(seed("002").read_text(encoding="utf-8"))
    assert len(re.findall(r"\d、\d-[^；]{2,5}指标；", text)) == 338


def test_004_is_read_whole(seed):
    document = read(seed("004"))
    (entry,) = document.projects
    assert document.form == "department_form" and document.gaps == ()
    assert len(entry.indicators) == 20
    assert Counter(task.kind for task in entry.tasks) == {"key": 5, "other": 3}
    assert len(entry.budget_lines) == 8
    assert [i.level2 for i in entry.indicators if i.ordinal in (9, 20)] == [None, None]
    assert all(i.annual_target for i in entry.indicators)


def test_the_four_research_projects(report):
    for rule in ("R301", "R303"):
        assert rows(report, rule, "000", "error") == [28, 29, 30, 31]
        assert rows(report, rule, "002") == []


def test_ten_rows_of_one_programme(report):
    assert set(rows(report, "R309", "002")) >= {1, 2, 3, 4, 5, 6, 7, 8, 10, 11}
    assert rows(report, "R309", "000") == [19, 32, 33, 34]


def test_satisfaction_filed_under_benefit(report):
    found = [(f.row, f.indicator) for f in report.findings if f.rule == "T501"]
    assert found == [(11, 7), (13, 5)]


def test_missing_parts(report):
    assert rows(report, "C204", "000") == [20, 23, 26, 34]
    assert rows(report, "C203", "000", "error") == [21]
    assert set(rows(report, "C203", "000", "warning")) >= {12, 17, 18, 32, 34}
    assert 55 in rows(report, "C203", "002", "error")


def test_the_secret_project_is_exempt(report):
    assert rows(report, "F108", "002") == [43]
    assert [f.rule for f in report.findings if f.document.startswith("002") and f.row == 43] == ["F108"]


def test_sums_agree_and_nothing_is_unread(report):
    assert not [f for f in report.findings if f.rule == "F106"]
    assert report.gaps == ()


def test_noise_stays_within_the_budget(report):
    for document in ("000", "002"):
        loud = Counter(f.row for f in report.findings if f.document.startswith(document) and f.severity != "info")
        count = {"000": 34, "002": 68}[document]
        assert sorted([*loud.values(), *[0] * (count - len(loud))])[count // 2] <= 5
