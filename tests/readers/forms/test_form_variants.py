"""What provincial variants, the 101号 layout and self-evaluations add, and what cannot be read."""

from decimal import Decimal

import pytest

from auditor.readers.forms import understand
from tests.readers.forms.form_tables import LONG_HEAD, PACKED_HEAD, content, indicator, line, packed_cell, table

ONE = [["1-产出指标", "11-数量指标", "培训人次", "≥300人次", "≥200人次"]]
TWO = [*ONE, ["3-满意度指标", "31-服务对象满意度", "学员满意度", "≥90%", "≥90%"]]


def project(*tables):
    document = understand(content(*tables))
    assert document.gaps == ()
    (found,) = document.projects
    return found


def quotes(document):
    return [gap.quote for gap in document.gaps]


def operators(head, *rows):
    return project(table([
        ["项目名称", "技能培训补贴", "", "", "", "", "", ""],
        ["年度目标", "培训300人次。", "", "", "", "", "", ""],
        head, *rows,
    ]))  # fmt: skip


def test_operator_value_unit_and_weight_in_columns_of_their_own():
    found = operators(
        ["一级指标", "二级指标", "三级指标", "运算符号", "指标值", "计量单位", "权重（%）", "指标解释"],
        ["成本指标", "经济成本指标", "人均培训成本", "≤", "800", "元/人", "20", "按实际支出计算"],
        ["产出指标", "数量指标", "培训人次", "≥", "300", "人次", "20%", ""],
        ["", "质量指标", "考核合格率", "=", "95%", "%", "10分", ""],
        ["效益指标", "社会效益指标", "就业能力", "定性", "有所提高", "", "10", ""],
    )
    assert [one.annual_target.text for one in found.indicators] == ["≤800元/人", "≥300人次", "=95%", "有所提高"]
    assert [one.weight for one in found.indicators] == [20, 20, 10, 10]
    assert found.indicators[0].explanation == "按实际支出计算"
    assert found.indicators[0].level1.text == "成本指标"
    assert found.indicators[3].nature == "定性"
    assert found.indicators[2].level1.text == "产出指标"


def test_nature_may_hold_the_operator_and_direction_has_its_own_column():
    found = operators(
        ["一级指标", "二级指标", "三级指标", "绩效指标性质", "绩效指标值", "绩效度量单位", "指标方向性", "备注"],
        ["产出指标", "数量指标", "培训人次", "≥", "300", "人次", "正向", ""],
        ["效益指标", "社会效益指标", "就业能力", "定性", "提高", "", "", ""],
    )
    first, second = found.indicators
    assert (first.annual_target.text, first.nature, first.direction) == ("≥300人次", None, "正向")
    assert (second.annual_target.text, second.nature, second.direction) == ("提高", "定性", None)


def test_two_head_rows_over_the_values():
    found = project(table([
        ["项目名称", "技能培训补贴", "", "", "", ""],
        ["总体目标", "培训300人次。", "", "", "", ""],
        [("绩效指标", 3, 1), ("一级指标", 2, 1), ("二级指标", 2, 1), ("三级指标", 2, 1), ("指标值", 1, 2), None],
        [None, None, None, None, "实施周期", "年度"],
        [None, "产出指标", "数量指标", "培训人次", "≥300人次", "≥200人次"],
    ]))  # fmt: skip
    assert [indicator(one)[-3:] for one in found.indicators] == [("培训人次", "≥300人次", "≥200人次")]


def test_goals_below_one_another_and_side_by_side():
    rows = [
        ["项目名称", "技能培训补贴", ""],
        ["实施期目标", "三年培训900人次。", ""],
        ["年度目标", "培训300人次。", ""],
    ]
    head = ["一级指标", "三级指标", "年度指标值"]
    found = project(table([*rows, head, ["产出指标", "培训人次", "300人次"]]))
    assert (found.goal.text, found.annual_goal.text) == ("三年培训900人次。", "培训300人次。")
    beside = [
        ["项目名称", ("技能培训补贴", 1, 2), None],
        [("绩效目标", 2, 1), "实施期总目标", "年度绩效目标"],
        [None, "三年培训900人次。", "培训300人次。"],
    ]
    found = project(table([*beside, head, ["产出指标", "培训人次", "300人次"]]))
    assert (found.goal.text, found.annual_goal.text) == ("三年培训900人次。", "培训300人次。")
    found = project(table([*rows[:1], ["年度目标", "培训300人次。", ""], head, ["产出指标", "培训人次", "300人次"]]))
    assert (found.goal.text, found.annual_goal) == ("培训300人次。", None)


def test_a_goal_on_several_rows_keeps_its_lines_and_one_cut_by_a_page_does_not():
    head = ["一级指标", "三级指标", "年度指标值"]
    last = ["产出指标", "培训人次", "300人次"]
    one_page = table(
        [["项目名称", "甲项目", ""], [("总体目标", 2, 1), "目标1：培训；", ""], [None, "目标2：考核。", ""], head, last]
    )
    assert project(one_page).goal.text == "目标1：培训；\n目标2：考核。"
    upper = table([["项目名称", "甲项目", ""], ["总体目标", "组织培训，提高技", ""]], page=1, number=1)
    lower = table([["", "能人才占比。", ""], head, last], page=2, number=2)
    assert project(upper, lower).goal.text == "组织培训，提高技能人才占比。"


def test_funds_of_the_whole_term_beside_those_of_the_year():
    found = project(table([
        ["项目名称", ("技能培训补贴", 1, 4), None, None, None],
        [("项目资金（元）", 3, 1), "中期资金总额：", "900", "年度资金总额：", "300.5"],
        [None, "其中：财政拨款", "800", "其中：财政拨款", "300"],
        [None, "其他资金", "100", "其他资金", "0.5"],
        ["年度目标", ("培训300人次。", 1, 4), None, None, None],
        ["一级指标", "二级指标", "三级指标", "指标值", "备注"],
        ["产出指标", "数量指标", "培训人次", "300人次", ""],
    ]))  # fmt: skip
    assert (found.budget.total, found.budget.fiscal, found.budget.other) == (Decimal("300.5"), 300, Decimal("0.5"))
    assert found.budget.currency_unit == "元"


def test_amounts_below_their_labels_and_behind_their_colons():
    below = project(table([
        ["项目名称", "技能培训补贴", "", ""],
        [("项目资金（万元）", 2, 1), "资金总额", "财政拨款", "其他资金"],
        [None, "320.50", "300.50", "20"],
        ["年度目标", "培训300人次。", "", ""],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "培训人次", "300人次"],
    ]))  # fmt: skip
    assert below.budget.printed == (Decimal("320.50"), Decimal("300.50"), 20)
    behind = project(table([
        ["项目名称：技能培训补贴", "", "主管部门：临溪县人社局", ""],
        ["年度资金总额：320.5万元", "", "其中：财政拨款：320.5万元", ""],
        ["年度目标：培训300人次。", "", "", ""],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "指标1：培训人次", "300人次"],
        ["", "", "指标2：", ""], ["", "", "……", ""], ["", "质量指标", "", ""],
    ]))  # fmt: skip
    assert (behind.title, behind.goal.text) == ("技能培训补贴", "培训300人次。")
    assert behind.budget.printed == (Decimal("320.5"), Decimal("320.5"))
    assert [one.name.text for one in behind.indicators] == ["培训人次"]


SELF = [
    [("项目支出绩效自评表", 1, 9), *[None] * 8],
    [("（2024年度）", 1, 9), *[None] * 8],
    ["项目名称", ("技能培训补贴", 1, 8), *[None] * 7],
    ["主管部门", ("临溪县人社局", 1, 3), None, None, "实施单位", ("临溪县技工学校", 1, 4), None, None, None],
    [("项目资金（万元）", 4, 1), ("", 1, 2), None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    [None, ("年度资金总额", 1, 2), None, "100", "110", "99", "10", "90%", "9"],
    [None, ("其中：当年财政拨款", 1, 2), None, "90", "100", "99", "—", "90%", "—"],
    [None, ("上年结转资金", 1, 2), None, "10", "10", "0", "—", "", "—"],
    [("年度总体目标", 2, 1), ("预期目标", 1, 4), None, None, None, ("实际完成情况", 1, 4), None, None, None],
    [None, ("培训300人次。", 1, 4), None, None, None, ("实际培训310人次。", 1, 4), None, None, None],
    [("绩效指标", 4, 1), "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
    [None, ("产出指标（50分）", 2, 1), "数量指标", "培训人次", "≥300人次", "310人次", "25", "25", ""],
    [None, None, "质量指标", "考核合格率", "≥95%", "93%", "25", "23.5", "部分学员缺考"],
    [None, "满意度指标", "服务对象满意度指标", "学员满意度", "≥90%", "92%", "10", "10", ""],
    [("总分", 1, 6), *[None] * 5, "100", "97.5", ""],
]  # fmt: skip


def test_self_evaluation():
    document = understand(content(table(SELF, sheet="自评")))
    assert (document.form, document.year, document.gaps) == ("self_evaluation", 2024, ())
    (found,) = document.projects
    assert (found.title, found.unit, document.department) == ("技能培训补贴", "临溪县技工学校", "临溪县人社局")
    assert found.budget.printed == (100, 90, 10)
    assert (found.goal.text, found.annual_goal) == ("培训300人次。", None)
    assert [note.text for note in document.notes] == ["实际培训310人次。"]
    assert [(one.actual.text, one.points, one.score, one.deviation.text) for one in found.indicators] == [
        ("310人次", 25, 25, ""), ("93%", 25, Decimal("23.5"), "部分学员缺考"), ("92%", 10, 10, ""),
    ]  # fmt: skip
    assert found.indicators[1].level1.text == "产出指标"


@pytest.mark.parametrize("text", ["1,2,3", "1e309", "12 345.67", "#REF!", "约三百万", "12.5.6", "3元"])
def test_what_is_no_amount_is_a_gap_that_quotes_it(text):
    document = understand(content(
        table([list(PACKED_HEAD), ["    甲项目", text, "5.00", "", "", "目标。", packed_cell(ONE)]], sheet="项目")
    ))  # fmt: skip
    assert quotes(document) == [text]
    budget = document.projects[0].budget
    assert (budget.total, budget.fiscal, budget.printed) == (None, 5, ())
    assert document.gaps[0].place.cell == "B2"


def test_money_units_are_kept():
    head = ["项目名称", "总计（元）", "财政拨款", "财政专户拨款", "其他资金", "绩效目标", "绩效指标"]
    document = understand(content(table([head, ["    甲项目", "31490", "31490", "", "", "目标。", packed_cell(ONE)]])))
    assert document.projects[0].budget.currency_unit == "元"
    two = [
        line("项目支出绩效目标表"), line("单位：元"), table([list(PACKED_HEAD), ["  甲", "1", "", "", "", "目标。", ""]]),
        line("单位：万元"), table([list(PACKED_HEAD), ["  乙", "1", "", "", "", "目标。", ""]], number=2),
    ]  # fmt: skip
    assert [one.budget.currency_unit for one in understand(content(*two)).projects] == ["元", "万元"]


def test_a_unit_without_indent_is_told_by_its_sum_a_silent_project_is_not_one():
    rows = [
        ["云川市第一小学", "8", "8", "", "", "", ""],
        ["食堂改造", "5", "5", "", "", "目标一。", packed_cell(ONE)],
        ["校车运行", "3", "3", "", "", "目标二。", packed_cell(ONE)],
        ["涉密专项经费", "9", "9", "", "", "", ""],
        ["教师培训", "2", "2", "", "", "目标三。", packed_cell(ONE)],
    ]
    document = understand(content(table([list(PACKED_HEAD), *rows])))
    assert [one.title for one in document.projects] == ["食堂改造", "校车运行", "涉密专项经费", "教师培训"]
    assert {one.unit for one in document.projects} == {"云川市第一小学"}


def test_several_tables_with_other_columns_in_one_file():
    first = table([list(PACKED_HEAD), ["    甲", "1", "1", "", "", "目标。", packed_cell(ONE)]], sheet="一")
    second = table(
        [["序号", "项目名称", "绩效目标", "绩效指标", "预算金额"], ["1", "乙", "目标。", packed_cell(TWO), "7"]],
        sheet="二",
    )
    document = understand(content(first, second))
    assert document.gaps == ()
    assert [(one.title, one.budget.total, len(one.indicators)) for one in document.projects] == [
        ("甲", 1, 1),
        ("乙", 7, 2),
    ]


def test_an_indicator_head_without_a_project_is_a_gap():
    rows = [["一级指标", "二级指标", "三级指标", "年度指标值"], ["产出指标", "数量指标", "培训人次", "300人次"]]
    document = understand(content(table(rows)))
    assert (document.form, document.projects) == ("other", ())
    assert quotes(document) == ["一级指标 | 二级指标 | 三级指标 | 年度指标值"]
    named = understand(content(line("项目名称：技能培训补贴"), line("年度目标：培训300人次。"), table(rows)))
    assert (named.projects[0].title, named.projects[0].goal.text) == ("技能培训补贴", "培训300人次。")
    assert len(named.projects[0].indicators) == 1


def test_blank_forms_and_blank_tables_are_gaps():
    assert quotes(understand(content(table([list(PACKED_HEAD), [""] * 7]))))
    assert quotes(understand(content(table([["项目名称", ""], ["总体目标", ""], ["", ""]]))))
    assert quotes(understand(content(table([["日期", "天气"], ["一", "晴"]])))) == [""]


def test_text_with_indicators_outside_every_table_is_a_gap():
    lost = line(packed_cell(TWO))
    document = understand(
        content(table([list(PACKED_HEAD), ["    甲", "1", "1", "", "", "目标。", packed_cell(ONE)]]), lost)
    )
    assert lost.text in quotes(document) or lost.text in [note.text for note in document.notes]
    assert lost.text in quotes(document)


def test_a_packed_cell_without_indicators_is_a_gap():
    document = understand(content(table([list(PACKED_HEAD), ["    甲", "1", "1", "", "", "目标。", "详见附件"]])))
    assert quotes(document) == ["详见附件"]


def test_a_value_without_a_name_is_a_gap_and_a_row_cut_by_a_page_is_not():
    head = list(LONG_HEAD)
    first = ["    甲", "1", "1", "", "", "目标。", "产出指标", "数量指标", "培训人次", "≥300人", "≥200人"]
    nameless = [*[""] * 8, "", "", "≥5人"]
    document = understand(content(table([head, first, nameless])))
    assert quotes(document) == ["≥5人"]
    cut = [*[""] * 8, "", "次", "次"]
    document = understand(content(table([head, first], page=1, number=1), table([head, cut], page=2, number=2)))
    assert document.gaps == ()
    (one,) = document.projects[0].indicators
    assert (one.cycle_target.text, one.annual_target.text) == ("≥300人次", "≥200人次")


def test_several_indicators_in_one_cell():
    rows = [["项目名称", "甲", "", ""], ["年度目标", "目标。", "", ""], ["一级指标", "二级指标", "三级指标", "指标值"]]
    listed = ["产出指标", "数量指标", "指标1：培训人次\n指标2：考核人次", "300人次\n200人次"]
    found = project(table([*rows, listed]))
    assert [(one.name.text, one.annual_target.text) for one in found.indicators] == [
        ("培训人次", "300人次"),
        ("考核人次", "200人次"),
    ]
    odd = understand(content(table([*rows, [*listed[:3], "300人次"]])))
    assert len(odd.gaps) == 1
    assert len(odd.projects[0].indicators) == 1


def test_a_second_project_of_the_same_name_in_repeated_rows():
    front = ["    甲", "1", "1", "", "", "目标。"]
    rows = [[*front, *one] for one in [*TWO, *TWO]]
    document = understand(content(table([list(LONG_HEAD), *rows])))
    assert [len(one.indicators) for one in document.projects] == [2, 2]


def test_places_are_those_of_the_cells():
    document = understand(
        content(table([list(LONG_HEAD), ["    甲", "1", "1", "", "", "目标。", *ONE[0]]], sheet="项目"))
    )
    (found,) = document.projects
    assert (found.place.sheet, found.place.cell, found.goal.place.cell) == ("项目", "A2", "F2")
    assert (found.indicators[0].name.place.cell, found.indicators[0].annual_target.place.cell) == ("I2", "K2")


def test_a_department_form_beside_project_sheets_is_kept():
    projects = table([list(PACKED_HEAD), ["    甲", "1", "1", "", "", "目标。", packed_cell(ONE)]], sheet="项目")
    department = table([
        ["部门名称", "临溪县人社局", "", "", "", ""],
        ["预算整体情况", "部门预算支出", "预算金额（万元）", "", "", ""], ["", "基本支出", "5", "", "", ""],
        ["总体绩效目标", "保障运转。", "", "", "", ""],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "实施周期指标值", "年度指标值"],
        ["", "产出指标", "数量指标", "培训人次", "300人次", "300人次"],
    ], sheet="整体")  # fmt: skip
    document = understand(content(department, projects))
    assert (document.form, document.department) == ("project_table", "临溪县人社局")
    assert [(one.row, one.title) for one in document.projects] == [(1, "甲"), (2, "")]


def test_wide_rows_between_and_below_the_indicators():
    found = project(table([
        ["项目名称", ("技能培训补贴", 1, 4), None, None, None], ["年度目标", ("培训300人次。", 1, 4), None, None, None],
        [("绩效指标", 5, 1), "一级指标", "二级指标", "三级指标", "指标值"],
        [None, ("（一）产出", 1, 4), None, None, None],
        [None, "产出指标", "数量指标", "培训人次", "300人次"],
        [None, ("（二）满意度", 1, 4), None, None, None],
        [None, "满意度指标", "服务对象满意度指标", "学员满意度", "≥90%"],
        ["业务科室意见", ("同意", 1, 4), None, None, None],
        [("填报人：张三", 1, 5), None, None, None, None],
    ]))  # fmt: skip
    assert [one.name.text for one in found.indicators] == ["培训人次", "学员满意度"]
    assert [one.level2.text for one in found.indicators] == ["数量指标", "服务对象满意度指标"]


def test_a_repeated_row_cut_by_a_page_in_the_middle_of_every_cell():
    front = ["技能培训补贴", "12.50", "12.50", "", "", "目标。"]
    upper, lower = ["技能培", "12.5", "12.5", "", "", "目"], ["训补贴", "0", "0", "", "", "标。"]
    page1 = table([list(LONG_HEAD), [*front, *ONE[0]], [*upper, "3-满意度", "31-服务", "学员", "≥9", "≥9"]], page=1)
    page2 = table([[*lower, "指标", "对象满意度", "满意度", "0%", "0%"]], page=2)
    found = project(type(page1)((*page1.rows, *page2.rows), page1.place))
    assert found.budget.printed == (Decimal("12.50"), Decimal("12.50"))
    assert [indicator(one)[6:] for one in found.indicators] == [
        ("培训人次", "≥300人次", "≥200人次"),
        ("学员满意度", "≥90%", "≥90%"),
    ]


def sheet_of(department, name):
    return table(
        [
            ["项目名称", name, "主管部门", department],
            ["年度目标", "培训300人次。", "", ""],
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出指标", "数量指标", "培训人次", "300人次"],
        ],
        sheet=name,
    )


def test_forms_of_two_departments_keep_each_its_own():
    document = understand(content(sheet_of("临溪县人社局", "技能培训"), sheet_of("临溪县民政局", "护理培训")))
    assert document.department is None
    assert [(one.title, one.unit) for one in document.projects] == [
        ("技能培训", "临溪县人社局"),
        ("护理培训", "临溪县民政局"),
    ]
    alone = understand(content(sheet_of("临溪县人社局", "技能培训"), sheet_of("临溪县人社局", "护理培训")))
    assert alone.department == "临溪县人社局"
    assert [one.unit for one in alone.projects] == [None, None]
