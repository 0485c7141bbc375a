"""A department's form against its project tables."""

import pytest
from brief import audit
from hypothesis import given, settings
from hypothesis import strategies as st
from paper import alone, facts, form, project, table

from auditor.links import compare, linked

BUREAU = "清水县农业农村局"
TASKS = [("高标准农田建设", 500), ("农机购置补贴发放", 120), ("渔业资源增殖放流", 30)]
ROWS = [
    project("高标准农田建设项目", 1000, "11 新建高标准农田面积 | 5000亩"),
    project("2024年农机购置补贴", 120, "11 补贴购置农机台数 | 800台"),
    project("动物疫病强制免疫", 90, "12 畜禽免疫密度 | ≥90%"),
    project("办公设备购置", 5),
]


def x706(*documents, **settings):
    report = audit(*documents, select=("X706",), **settings)
    assert not report.gaps
    return [(one.severity, one.field, one.quote) for one in report.findings]


def test_tasks_meet_projects_and_amounts_are_compared():
    (pairing,) = linked([form("申报表", BUREAU, TASKS), table("项目表", BUREAU, *ROWS)])
    assert facts(pairing) == [("农机购置补贴发放", 2, ()), ("高标准农田建设", 1, ("amount",))]
    assert alone(pairing) == [("task", "渔业资源增殖放流"), ("project", "动物疫病强制免疫")]


@pytest.mark.parametrize(
    ("years", "severities"), [((2024, 2024), {"warning"}), ((None, 2024), {"info"}), ((None, None), {"info"}), ((2023, 2024), set())]
)  # fmt: skip
def test_an_unknown_year_asks_and_another_year_says_nothing(years, severities):
    made = form("申报表", BUREAU, TASKS[:1], year=years[0]), table("项目表", BUREAU, ROWS[0], year=years[1])
    assert {severity for severity, *_ in x706(*made)} == severities


def test_indicators_meet_by_what_they_measure():
    indicators = [
        "11 新建高标准农田面积 | 4000亩 | 4000亩",
        "12 畜禽免疫密度 | ≥90% | ≥90%",
        "31 服务对象满意度 | 80% | 80%",
    ]
    found = x706(form("申报表", BUREAU, (), indicators), table("项目表", BUREAU, *ROWS))
    assert found == [("info", "indicator.annual_target", "4000亩")]


def test_one_row_that_agrees_is_enough():
    rows = [
        project(f"{name}镇农田建设", 10, f"11 新建高标准农田面积 | {area}亩")
        for name, area in (("东", 300), ("西", 4000))
    ]
    assert (
        x706(form("申报表", BUREAU, (), ["11 新建高标准农田面积 | 4000亩 | 4000亩"]), table("项目表", BUREAU, *rows))
        == []
    )


def test_a_form_without_projects_and_a_table_without_rows():
    empty = table("空表", BUREAU)
    assert linked([form("申报表", BUREAU, TASKS)]) == ()
    (pairing,) = linked([form("申报表", BUREAU, TASKS), empty])
    assert facts(pairing) == [] and len(alone(pairing)) == 3
    (pairing,) = linked([form("申报表", BUREAU), table("项目表", BUREAU, *ROWS)])
    assert facts(pairing) == alone(pairing) == []


def test_two_departments_mixed_meet_only_their_own():
    other = "清水县水务局"
    made = [
        form("农业申报", BUREAU, TASKS[:1]),
        form("水务申报", other, [("水库除险加固", 300)]),
        table("农业项目", BUREAU, ROWS[0]),
        table("水务项目", other, project("水库除险加固", 300)),
    ]
    assert [(one.a, one.b, facts(one)) for one in linked(made)] == [
        ("农业申报", "农业项目", [("高标准农田建设", 1, ("amount",))]),
        ("水务申报", "水务项目", [("水库除险加固", 1, ())]),
    ]


def test_two_departments_in_one_file_meet_only_their_own():
    from dataclasses import replace

    both = form("两局申报", BUREAU, TASKS[:1])
    second = form("两局申报", "", [("水库除险加固", 250)]).projects[0]
    both = replace(both, projects=(both.projects[0], replace(second, row=2, unit="清水县水务局")))
    water = table("水务项目", "清水县水务局", project("水库除险加固", 300), project("高标准农田建设", 999))
    (pairing,) = linked([both, water])
    assert facts(pairing) == [("水库除险加固", 1, ("amount",))]
    report = audit(both, water, select=("X706",))
    assert [(one.row, one.quote) for one in report.findings] == [(2, "250.00万元"), (2, "“高标准农田建设”")]


def test_a_form_against_two_tables_looks_in_both():
    tables = [table("甲表", BUREAU, *ROWS[:1]), table("乙表", BUREAU, *ROWS[1:2])]
    pairings = linked([form("申报表", BUREAU, TASKS), *tables])
    assert [facts(one) for one in pairings] == [[("高标准农田建设", 1, ("amount",))], [("农机购置补贴发放", 1, ())]]
    assert [item for one in pairings for item in alone(one)] == [("task", "渔业资源增殖放流")]
    quotes = [quote for _, field, quote in x706(form("申报表", BUREAU, TASKS), *tables)]
    assert quotes == ["500.00万元", "“渔业资源增殖放流”"]


def test_single_project_forms_of_one_department_count_as_one_table():
    from dataclasses import replace

    singles = [replace(table(f"表{at}", BUREAU, row), form="project_form") for at, row in enumerate(ROWS)]
    found = x706(form("申报表", BUREAU, TASKS), *singles)
    assert [quote for *_, quote in found] == ["500.00万元", "“渔业资源增殖放流”", "“动物疫病强制免疫”"]


def test_a_pair_given_twice_is_compared_once():
    one, other = table("项目表", BUREAU, *ROWS), table("项目表副本", BUREAU, *ROWS)
    made, again = form("申报表", BUREAU, TASKS), form("申报表副本", BUREAU, TASKS)
    once = x706(made, one)
    assert x706(made, one, other) == once
    assert x706(made, again, one, other) == once


def test_other_spellings_of_the_department():
    made = form("申报表", "清水县 农业农村局（本级）", TASKS[:1]), table("项目表", BUREAU, ROWS[0])
    assert len(linked(made)) == 1
    assert linked([form("申报表", None, TASKS), table("项目表", None, *ROWS)]) == ()


@pytest.mark.parametrize(
    ("form_unit", "table_unit", "task", "row"), [("元", "万元", 5000000, 500), ("万元", "元", 500, 5000000), ("亿元", "千元", "0.05", 5000)]
)  # fmt: skip
def test_amounts_in_other_units_are_converted_and_it_is_said(form_unit, table_unit, task, row):
    def made(amount):
        rows = table("项目表", BUREAU, project("高标准农田建设", amount), unit=table_unit)
        return form("申报表", BUREAU, [("高标准农田建设", task)], unit=form_unit), rows

    assert x706(*made(row)) == []
    (finding,) = audit(*made(row * 2), select=("X706",)).findings
    assert "500.00万元" in finding.message.zh and "1,000.00万元" in finding.message.zh
    assert "换算" in finding.message.zh and "converted" in finding.message.en
    assert (
        "换算"
        not in audit(form("申报表", BUREAU, TASKS), table("项目表", BUREAU, *ROWS), select=("X706",))
        .findings[0]
        .message.zh
    )


def test_the_forms_own_blocks():
    blocks = [
        ("支出", "项目支出", 900),
        ("支出", "基本支出", 100),
        ("收入来源", "财政拨款", 1000),
        ("收入来源", "其他资金", "46.45"),
    ]
    assert x706(form("申报表", BUREAU, blocks=blocks)) == [("warning", "project", "1,000.00 / 1,046.45")]
    assert x706(form("申报表", BUREAU, blocks=blocks[:3])) == []
    assert x706(form("申报表", BUREAU, blocks=[*blocks[:3], ("收入来源", "其他资金", None)])) == []
    assert x706(form("申报表", BUREAU, blocks=[*blocks[:3], ("收入来源", "合计", 1000)])) == []


def test_a_department_form_in_the_workbook_of_its_projects():
    from dataclasses import replace

    entry = form("合并", BUREAU, TASKS).projects[0]
    rows = table("合并", BUREAU, *ROWS)
    both = replace(rows, projects=(*rows.projects, replace(entry, row=9)))
    assert [quote for *_, quote in x706(both)] == ["500.00万元", "“渔业资源增殖放流”", "“动物疫病强制免疫”"]


def test_compare_takes_either_order_and_any_department():
    made = form("申报表", "甲县教育局", TASKS), table("项目表", "乙县财政局", *ROWS)
    assert compare(*made) == compare(*reversed(made))
    assert facts(compare(*made))


@settings(deadline=None, max_examples=25)
@given(st.permutations(range(3)), st.permutations(range(4)))
def test_order_of_tasks_and_rows_changes_nothing(tasks, rows):
    made = form("申报表", BUREAU, [TASKS[at] for at in tasks]), table("项目表", BUREAU, *[ROWS[at] for at in rows])
    (pairing,) = linked(made)
    assert sorted((link.a.label, link.b.label, link.agrees) for link in pairing.links) == [
        ("农机购置补贴发放", "2024年农机购置补贴", True),
        ("高标准农田建设", "高标准农田建设项目", False),
    ]
    assert sorted(alone(pairing)) == [("project", "动物疫病强制免疫"), ("task", "渔业资源增殖放流")]


def test_real_documents(seed):
    from auditor.readers import read

    report = audit(*(read(seed(number)) for number in ("000", "002", "004")), select=("X706",))
    messages = " ".join(finding.message.zh for finding in report.findings)
    for here, there in (("1800", "2200"), ("150", "140"), ("1家", "3家"), ("500.00", "1,000.00"), ("34,771.78", "15,000.00"), ("103,683.93", "546.45")):  # fmt: skip
        assert here in messages and there in messages
    assert len(report.findings) == 10
    assert {finding.severity for finding in report.findings if "自身" not in finding.message.zh} == {"info"}
