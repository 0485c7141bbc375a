"""Several project tables in one file: each keeps what its own heading states, and nothing is stated for all."""

import pytest

from auditor.readers.content import Table
from auditor.readers.forms import understand
from auditor.readers.forms.headings import heading
from auditor.readers.text import read_text
from tests.readers.forms.form_tables import PACKED_HEAD, content, line, packed_cell, table

HEADER = "项目名称（资金使用单位） 总计 财政拨款 财政专户拨款 其他资金 绩效目标 绩效指标"
HEADINGS = {
    "one line": "部门名称：{department} 单位：{unit}",
    "two lines": "部门名称：{department}\n单位：{unit}",
    "filled in by": "填报单位：{department}        金额单位：{unit}",
    "with a year line": "（{year}年度）\n部门名称：{department}\n（单位：{unit}）",
}
FIRST = {"department": "临溪县水务局", "unit": "万元", "year": 2026}
INDICATOR = [["1-产出指标", "11-数量指标", "巡查次数", "≥10次", "≥10次"]]


def one_table(name, amount, how="one line", **stated):
    stated = FIRST | stated
    return (
        f"{stated['year']}年项目支出绩效目标表\n{HEADINGS[how].format(**stated)}\n{HEADER}\n合计 {amount} {amount}\n"
        f"{stated['department']}本级 {amount} {amount}\n    {name} {amount} {amount}\n完成{name}任务。\n"
        f"{packed_cell(INDICATOR)}\n"
    )


def read(*tables):
    return understand(read_text("\n".join(tables), "tables.txt"))


def amounts(document):
    return [(one.title, one.unit, str(one.budget.total), one.budget.currency_unit) for one in document.projects]


@pytest.mark.parametrize("how", HEADINGS)
def test_another_department_and_money_unit_are_seen(how):
    document = read(
        one_table("河道巡查", "100.00", how),
        one_table("山林巡护", "2000000.00", how, department="临溪县林业局", unit="元"),
    )
    assert amounts(document) == [
        ("河道巡查", "临溪县水务局本级", "100.00", "万元"),
        ("山林巡护", "临溪县林业局本级", "2000000.00", "元"),
    ]
    assert [one.goal.text for one in document.projects] == ["完成河道巡查任务。", "完成山林巡护任务。"]
    assert [len(one.indicators) for one in document.projects] == [1, 1]
    assert [one.row for one in document.projects] == [1, 2]
    assert [one.budget.currency_unit for one in document.totals] == ["万元", "万元", "元", "元"]
    assert document.department is None
    (gap,) = document.gaps
    assert "临溪县水务局、临溪县林业局" in gap.reason.zh and "临溪县林业局" in gap.quote


@pytest.mark.parametrize("how", HEADINGS)
@pytest.mark.parametrize("order", [("万元", "元"), ("元", "万元")])
def test_another_money_unit_alone_is_no_gap(how, order):
    document = read(
        one_table("河道巡查", "100.00", how, unit=order[0]), one_table("河道清淤", "300.00", how, unit=order[1])
    )
    assert [row[3] for row in amounts(document)] == list(order)
    assert (document.department, document.gaps) == ("临溪县水务局", ())


@pytest.mark.parametrize("how", HEADINGS)
def test_a_heading_that_comes_back_changes_nothing(how):
    document = read(one_table("河道巡查", "100.00", how), one_table("河道清淤", "300.00", how))
    assert [row[0] for row in amounts(document)] == ["河道巡查", "河道清淤"]
    assert (document.department, document.year, document.gaps) == ("临溪县水务局", 2026, ())


def test_another_year_is_seen():
    document = read(one_table("河道巡查", "100.00"), one_table("河道清淤", "300.00", year=2025))
    assert (document.department, document.year) == ("临溪县水务局", None)
    assert [gap.quote for gap in document.gaps] == ["部门名称：临溪县水务局 单位：万元"]
    assert "2026、2025" in document.gaps[0].reason.zh


def test_a_second_table_without_rows_is_a_gap():
    second = f"部门名称：临溪县林业局 单位：元\n{HEADER}\n内容另见附件。\n"
    document = read(one_table("河道巡查", "100.00"), second)
    assert [row[0] for row in amounts(document)] == ["河道巡查"]
    assert "内容另见附件。" in [gap.quote for gap in document.gaps]


def test_a_blank_department_is_none():
    assert heading(["部门名称：      单位：万元"]).department is None
    assert heading(["部门名称：      单位：万元"]).currency_unit == "万元"


def in_cells(department, unit, name, number):
    rows = [list(PACKED_HEAD), [f"    {name}", "100", "100", "", "", "完成任务。", packed_cell(INDICATOR)]]
    made: Table = table(rows, number=number)
    return [line("2026年项目支出绩效目标表"), line(f"部门名称：{department} 单位：{unit}"), made]


def test_tables_in_cells_that_state_several_departments():
    blocks = [*in_cells("临溪县水务局", "万元", "河道巡查", 1), *in_cells("临溪县林业局", "元", "山林巡护", 2)]
    document = understand(content(*blocks))
    assert [row[3] for row in amounts(document)] == ["万元", "元"]
    assert document.department is None
    assert [gap.quote for gap in document.gaps] == ["临溪县林业局"]
    same = [*in_cells("临溪县水务局", "万元", "河道巡查", 1), *in_cells("临溪县水务局", "万元", "山林巡护", 2)]
    assert (understand(content(*same)).department, understand(content(*same)).gaps) == ("临溪县水务局", ())
