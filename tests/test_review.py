"""The official review table: its arithmetic by hand, its caps, what is left to a person, and which rule fills which row."""

from dataclasses import replace
from pathlib import Path

import pytest
from brief import audit, document
from hypothesis import given
from hypothesis import strategies as st

from auditor.document import Document, Indicator, Passage, Place, Project
from auditor.finding import PRINCIPLES, Finding, Member
from auditor.profile import load_profile
from auditor.review import grade, review_documents, review_project
from auditor.rulebook import load_rulebook
from auditor.wording import Wording

PROFILE = load_profile("coded")
SCHEME = PROFILE.review
PLACE = Place("表")
PERSON = {"实现可能性", "条件充分性"}

IN_NO_ROW = {
    "F108": "exempt projects are listed, not judged",
    "F109": "about files, not about a project",
    "M405": "says that nothing can be judged",
    "R309": "legitimate repetition",
}


def hit(rule, severity, indicator=None, principle="指标科学性", row=1):
    words = Wording("话", "words")
    return Finding(
        rule, rule.lower(), severity, 1.0, "表", row, "项目", indicator, None, "", None, words, words, (), principle, PLACE,
        f"{rule}-{severity}-{indicator}",
    )  # fmt: skip


def project(indicators=5, row=1):
    many = tuple(Indicator(number, Passage(f"指标{number}", PLACE)) for number in range(1, indicators + 1))
    return Project(row, Passage("项目", PLACE), PLACE, indicators=many)


def review(*findings, indicators=5, ran=("T503",)):
    return review_project(project(indicators), findings, PROFILE, frozenset(ran))


def score(*findings, principle="指标科学性", indicators=5):
    return next(cell.score for cell in review(*findings, indicators=indicators).cells if cell.principle == principle)


# what was found                                                                          by hand
@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([],                                                                              100),
        ([hit("C210", "warning")],                                                        100 - 21),
        ([hit("C201", "error")],                                                          100 - 45),
        ([hit("F101", "info")],                                                           100 - 3),
        ([hit("C201", "error"), hit("C210", "warning"), hit("R306", "info")],             100 - 45 - 21 - 3),
        ([hit("C201", "error"), hit("C202", "error"), hit("C203", "error")],              0),
        ([hit("R307", "info"), hit("R307", "info")],                                      100 - 3),
        ([hit("V601", "error", 1)],                                                       100 - 90 // 5),
        ([hit("V602", "warning", 1)],                                                     100 - 60 // 5),
        ([hit("V602", "warning", 1), hit("V601", "error", 1)],                            100 - 90 // 5),
        ([hit("V602", "warning", 1), hit("V609", "warning", 1), hit("V611", "info", 2)],  100 - 60 // 5 - 10 // 5),
        ([hit("V611", "info", number) for number in range(1, 6)],                         100 - 10),
        ([hit("V602", "warning", number) for number in range(1, 6)],                      100 - 60),
        ([hit("V601", "error", number) for number in range(1, 6)],                        100 - 90),
        ([hit("C210", "warning"), hit("V601", "error", 3)],                               100 - 21 - 90 // 5),
    ],
)  # fmt: skip
def test_what_comes_off_one_question(findings, expected):
    assert score(*findings) == expected
    assert score(*findings, principle="目标相关性") == 100


# the questions' scores                                      mean      caps                        quality
@pytest.mark.parametrize(
    ("findings", "quality", "mark"),
    [
        ([],                                                                        100, "优"),
        # (20·100 + 30 + ... all 100 but 15 points at 79) / 80 = 96.06
        ([hit("C210", "warning")],                                                   96, "优"),
        # an error: (65·100 + 15·82) / 80 = 96.6, held at 89
        ([hit("V601", "error", 1)],                                                  89, "良"),
        # one question at 55, below 60: (65·100 + 15·55) / 80 = 91.6, held at 79
        ([hit("C201", "error")],                                                     79, "中"),
        # one question at 58 without any error: held at 79
        ([hit("C210", "warning"), hit("C209", "warning")],                           79, "中"),
        # two questions at 55: (50·100 + 30·55) / 80 = 83.1, held at 59
        ([hit("C201", "error"), hit("R301", "error", principle="目标相关性")],        59, "差"),
        # nothing left in five questions of 15, 15, 15, 15 and 10: (10·100) / 80 = 12.5 and to the even 12
        ([hit(f"{rule}{at}", "error", principle=one)
          for one in ("指标科学性", "目标相关性", "绩效合理性", "资金匹配性", "规范完整性")
          for at, rule in enumerate(["C201", "C202", "C203"])],                      12, "差"),
    ],
)  # fmt: skip
def test_quality_is_the_weighted_mean_held_down_by_caps(findings, quality, mark):
    found = review(*findings)
    assert (found.quality, found.grade) == (quality, mark)


def test_bands():
    assert [grade(one, SCHEME) for one in (100, 90, 89, 80, 79, 60, 59, 0, None)] == [*"优优良良中中差差", None]


def test_what_only_a_person_can_judge_is_left_and_counts_for_nothing():
    found = review(*[hit("C201", "error", principle=one) for one in PERSON])
    for cell in found.cells:
        assert (cell.score is None and cell.grade is None and "审核人" in cell.reason.zh) == (cell.principle in PERSON)
    assert [cell.principle for cell in found.cells] == list(PRINCIPLES)
    listed = [
        line
        for line in page.splitlines()
        if line.startswith("| ") and line[2:6] in {one.id for one in load_rulebook().rules}
    ]
    assert len(listed) == len(report.findings) > 0
    for check in found.checks:
        assert f"| {check.title.zh} | {check.verdict} |" in page
