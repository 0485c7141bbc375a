"""Forms of other places: English beside the Chinese, tables side by side, hidden sheets, remarks around the indicators."""

import pytest

from auditor.readers.content import Content
from auditor.readers.forms import understand
from tests.readers.forms.form_tables import LONG_HEAD, NAME, PACKED_HEAD, content, packed_cell, table

ONE = ["1-产出指标", "11-数量指标", "培训人次", "≥300人次", "≥200人次"]
ROW = ["甲", "1", "1", "", "", "目标。", *ONE]
HEAD = ["一级指标", "二级指标", "三级指标", "指标值", "备注"]
FORM = [
    ["项目名称", "技能培训", "", "", ""],
    ["年度目标", "培训。", "", "", ""],
    HEAD,
    ["产出指标", "数量指标", "培训人次", "300人次", ""],
]


def brief(document):
    return [(one.title, [each.name.text for each in one.indicators]) for one in document.projects]


@pytest.mark.parametrize(
    "head",
    [
        ["Project Name 项目名称", "Total 总计（万元）", "Goal 绩效目标", "Level 1 一级指标", "Level 3 三级指标", "Annual Target 年度指标值"],
        ["项目名称\nProject", "总计\nTotal (10,000 yuan)", "绩效目标\nGoal", "一级指标\nLevel-1", "三级指标/Level 3", "年度指标值 Target"],
    ],
)  # fmt: skip
def test_english_beside_the_chinese_head(head):
    document = understand(content(table([head, ["甲", "5", "目标。", "产出指标", "培训人次", "≥3"]])))
    assert brief(document) == [("甲", ["培训人次"])]
    assert (document.projects[0].budget.total, document.gaps) == (5, ())


def test_two_tables_side_by_side_are_both_read():
    head = ["项目名称", "绩效目标", "三级指标", "年度指标值"]
    rows = [
        [("绩效目标表", 1, 9), *[None] * 8],
        [*head, "", *head],
        ["甲", "目标甲。", "人次", "1", "", "乙", "目标乙。", "场次", "2"],
    ]
    document = understand(content(table(rows, sheet="s")))
    assert brief(document) == [("甲", ["人次"]), ("乙", ["场次"])]
    assert document.projects[1].indicators[0].name.place.cell == "H3"
    forms = [[*FORM[at], *[text.replace("技能", "安全") for text in FORM[at]]] for at in range(4)]
    assert [title for title, _ in brief(understand(content(table(forms))))] == ["技能培训", "安全培训"]


def test_two_fields_with_project_names_are_one_form():
    rows = [["专项资金名称", "大项", "", "二级项目名称", "小项"], *FORM[1:]]
    assert len(understand(content(table(rows))).projects) == 1


def hidden(rows, sheet="暗表"):
    shown = content(table([list(LONG_HEAD), ROW], sheet="项目"))
    return understand(Content(NAME, shown.blocks, hidden=(table(rows, sheet=sheet),)))


@pytest.mark.parametrize("rows", [[list(LONG_HEAD), ROW], FORM, [["x"], [packed_cell([ONE])]]])
def test_projects_on_a_hidden_sheet_are_a_gap_and_not_read(rows):
    document = hidden(rows)
    assert len(document.projects) == 1
    (gap,) = document.gaps
    assert (gap.place.sheet, "隐藏的工作表“暗表”" in gap.reason.zh) == ("暗表", True)


@pytest.mark.parametrize(
    "rows",
    [
        [["产出指标"], ["效益指标"]],
        [["一级指标", "二级指标", "三级指标"], ["产出指标", "数量指标", "人次"]],
        [["项目名称", ""], ["年度目标", ""], ["一级指标", "三级指标"], ["", ""]],
        [list(PACKED_HEAD), [""] * 7],
    ],
)
def test_hidden_lists_and_blank_templates_say_nothing(rows):
    assert hidden(rows).gaps == ()
    assert hidden([list(LONG_HEAD), ROW], sheet="填报说明").gaps == ()


def test_goals_below_the_indicators_are_read_and_the_rest_is_noted():
    rows = [
        FORM[0],
        *FORM[2:],
        FORM[1],
        ["填表人：张三", "", "", "联系电话：1", ""],
        ["注：一式三份。", "", "", "", ""],
    ]
    document = understand(content(table(rows)))
    assert (brief(document), document.projects[0].goal.text) == ([("技能培训", ["培训人次"])], "培训。")
    assert [one.text for one in document.notes] == ["填表人：张三 | 联系电话：1", "注：一式三份。"]
    assert document.gaps == ()


@pytest.mark.parametrize("note", ["注：一式三份。", "填表人：张三"])
@pytest.mark.parametrize("column", [0, 3])
def test_a_note_on_the_next_page_is_not_part_of_the_last_value(note, column):
    upper, lower = table(FORM, page=1, number=1), [[""] * 5]
    lower[0][column] = note
    document = understand(content(upper, table(lower, page=2, number=2)))
    assert document.projects[0].indicators[0].annual_target.text == "300人次"
    assert note in [one.text for one in document.notes]


def test_the_column_of_units_is_kept():
    rows = [*FORM[:2], ["一级指标", "二级指标", "三级指标", "指标值", "计量单位"], ["产出指标", "数量指标", "培训人次", "300", "人次"],
            ["", "质量指标", "合格率", "95%", "人"], ["", "时效指标", "完成时间", "12月底", "/"]]  # fmt: skip
    (project,) = understand(content(table(rows))).projects
    assert [(one.annual_target.text, one.measure_unit) for one in project.indicators] == [
        ("300人次", "人次"), ("95%", "人"), ("12月底", None),
    ]  # fmt: skip


def test_amounts_of_a_department_form():
    rows = [["部门名称", "临溪县人社局", "", "", ""],
            ["预算整体情况", "部门预算支出", "预算金额（万元）", "收入来源", "预算金额（万元）"],
            ["", "基本支出", "5万元", "财政拨款", "—"], ["", "项目支出", "约三", "其他资金", "1 00.00"],
            ["总体绩效目标", "保障运转。", "", "", ""]]  # fmt: skip
    document = understand(content(table(rows)))
    found = [(line.label, line.amount, line.group) for line in document.projects[0].budget_lines]
    assert found == [("基本支出", 5, "部门预算支出"), ("财政拨款", None, "收入来源"), ("其他资金", 100, "收入来源")]
    assert [gap.quote for gap in document.gaps] == ["约三"]


def test_a_list_of_self_evaluations_has_its_budget():
    rows = [["项目名称", "全年预算数", "全年执行数", "三级指标", "年度指标值", "实际完成值", "得分"],
            ["甲", "100", "90", "人次", "≥3", "4", "10"]]  # fmt: skip
    document = understand(content(table(rows)))
    assert (document.form, document.projects[0].budget.total) == ("self_evaluation", 100)
