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
    assert sum(cell.points for cell in found.cells) == 100


def test_no_rule_fills_the_questions_that_are_left_to_a_person():
    assert not {rule.id for rule in load_rulebook().rules if rule.principle in PERSON}


def test_reasons_and_order_of_findings():
    findings = [hit("V611", "info", 2), hit("V601", "error", 1), hit("C210", "warning")]
    cell = next(one for one in review(*findings).cells if one.principle == "指标科学性")
    assert cell.findings == ("V601-error-1", "C210-warning-None", "V611-info-2")
    assert cell.reason.zh == "项目层面：C210；5 条指标中 2 条有问题"
    assert cell.reason.en == "the project: C210; 2 of 5 indicators"
    assert next(one for one in review().cells if one.principle == "指标科学性").reason.zh == "没有发现问题"


def test_rows_pass_mend_fail_or_were_not_looked_at():
    measurable = "指标值可衡量，单位、方向、性质正确"

    def verdict(*findings, ran=("V601", "T503"), title=measurable):
        return next((one.verdict, one.indicators) for one in review(*findings, ran=ran).checks if one.title.zh == title)

    assert verdict() == ("pass", ())
    assert verdict(hit("V611", "info", 2)) == ("pass", ())
    assert verdict(hit("V602", "warning", 2), hit("V611", "info", 3)) == ("mend", (2,))
    assert verdict(hit("V602", "warning", 2), hit("V601", "error", 4)) == ("fail", (2, 4))
    assert verdict(ran=("T503",)) == (None, ())
    assert verdict(hit("V602", "warning", 2), title="指标分类正确") == ("pass", ())


def test_an_exempt_project_and_findings_about_files():
    first, second = project(row=1), project(row=2)
    whole = Document("表", "project_table", PLACE, projects=(first, second))
    findings = [hit("C201", "error", row=2), hit("F109", "warning", row=None)]
    ((one, other),) = review_documents([whole], [PROFILE], findings, ["C201"], frozenset({Member("表", 1)}))
    assert (one.quality, one.grade, one.cells, one.checks) == (None, None, (), ())
    assert other.quality == 79
    ((one, other),) = review_documents([whole], [PROFILE], findings[1:], ["C201"], frozenset())
    assert one.quality == other.quality == 100


FINDINGS = st.lists(
    st.builds(
        hit,
        st.sampled_from(["C201", "C210", "V601", "V602", "T503", "R306"]),
        st.sampled_from(["error", "warning", "info"]),
        st.one_of(st.none(), st.integers(1, 5)),
        st.sampled_from(PRINCIPLES[:6]),
    ),
    max_size=12,
)


@given(FINDINGS, FINDINGS)
def test_another_finding_never_raises_the_quality_and_order_changes_nothing(findings, more):
    before, after = review(*findings), review(*findings, *more)
    assert 0 <= after.quality <= before.quality <= 100
    assert review(*reversed(findings)).quality == before.quality
    if any(one.severity == "error" for one in findings):
        assert before.grade != "优"


def test_a_project_without_indicators_divides_by_nothing():
    assert review(hit("V601", "error", 1), indicators=0).quality is not None


def test_every_shipped_rule_is_in_exactly_the_row_it_should():
    rows = {
        one.id: [row.title.en for row in SCHEME.rows if one.id.startswith(row.rules)] for one in load_rulebook().rules
    }
    assert {rule: found for rule, found in rows.items() if len(found) > 1} == {}
    assert {rule for rule, found in rows.items() if not found} == set(IN_NO_ROW) & set(rows)


def test_rows_name_only_rules_that_are_or_will_be():
    known = {rule.id for rule in load_rulebook().rules} | {"R304", "X710"}
    for row in SCHEME.rows:
        for handle in row.rules:
            assert any(rule.startswith(handle) for rule in known) or handle.startswith("M"), handle


def test_rules_stand_in_the_row_that_their_title_speaks_of():
    rows = {row.title.en: row.rules for row in SCHEME.rows}
    assert "F106" in rows["Amounts and weights are right and match the goal"]
    assert "V606" in rows["Targets are reasonable, results are explained"]
    assert "T5" in rows["Each indicator is filed under its class"]
    assert "R301" in rows["The goal is about this project and copied from no other"]


def test_another_office_may_use_other_figures():
    caps = (("error", 100), ("one_below", 100), ("several_below", 100))
    milder = replace(SCHEME, bands=(("优", 80), ("良", 70), ("中", 50)), caps=caps)
    found = review_project(project(), [hit("C201", "error")], replace(PROFILE, review=milder), frozenset({"C201"}))
    assert (found.quality, found.grade) == (92, "优")


WORKED = {
    "name": "县城道路照明设施更新",
    "goal": "更新县城三条主干道的老旧路灯，降低照明能耗，保障居民夜间出行安全。",
    "amounts": ["320.00"],
    "unit": "清水县住建局",
    "indicators": [
        "11 更新路灯数量 | 860盏 | 860盏",
        "12 工程验收合格率 | ≥98% | ≥98%",
        "13 竣工验收合格率 | 100% | 100%",
        "22 夜间出行安全感 | 明显提升 | 明显提升",
        "31 沿线居民满意度 | ≥90% | ≥90%",
    ],
}


def test_the_project_worked_through_in_the_docs_has_the_figures_printed_there():
    report = audit(document(WORKED), select=("C", "F", "R", "T", "V", "X"))
    page = (Path(__file__).parent.parent / "docs" / "review.md").read_text(encoding="utf-8")
    found = report.reviews[0][0]
    for cell in found.cells:
        shown = "由人判断" if cell.score is None else f"{cell.score} | {cell.grade}"
        assert f"| {cell.principle} | {cell.points} | {shown}" in page
    assert f"质量 {found.quality}（{found.grade}）" in page
    assert f"quality {found.quality} ({found.grade})" in page
    for one in report.findings:
        assert f"| {one.rule} | {one.severity} | {one.indicator or '—'} | {one.principle} |" in page
    rules = {rule.id for rule in load_rulebook().rules}
    listed = [line for line in page.splitlines() if line.startswith("| ") and line[2:6] in rules]
    assert len(listed) == len(report.findings) > 0
    for check in found.checks:
        assert f"| {check.title.zh} | {check.verdict} |" in page
