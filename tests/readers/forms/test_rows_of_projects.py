"""Which rows of a project table are projects, which go on with one, and which are sums, units, remarks or nothing."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.readers.forms import understand
from auditor.readers.forms.cell_amounts import cell_amount, is_nil
from tests.readers.forms.form_tables import LONG_HEAD, PACKED_HEAD, content, packed_cell, table

ONE = ["1-产出指标", "11-数量指标", "培训人次", "≥300人次", "≥200人次"]
THREE = [
    ["产出指标", "数量指标", "培训人次", "≥3", "≥2"],
    ["产出指标", "质量指标", "合格率", "≥90%", "≥90%"],
    ["满意度指标", "服务对象满意度", "学员满意度", "≥85%", "≥85%"],
]
PACKED = packed_cell([ONE])
BLANK = [""] * 6


def project_table(*rows, head=PACKED_HEAD):
    return understand(content(table([list(head), *map(list, rows)], sheet="项目")))


def brief(document):
    return [(one.title, one.budget.total, len(one.indicators)) for one in document.projects]


@pytest.mark.parametrize("indent", ["", "    "])
@pytest.mark.parametrize("word", ["小计", "本页小计", "小计（2项）", "单位小计："])
def test_a_subtotal_is_neither_unit_nor_project(indent, word):
    document = project_table(
        ["云川市教育局", "8", "8", "", "", "", ""],
        [f"{indent}食堂改造", "5", "5", "", "", "目标一。", PACKED],
        [f"{indent}校车运行", "3", "3", "", "", "目标二。", PACKED],
        [word, "8", "8", "", "", "", ""],
        [f"{indent}教师培训", "2", "2", "", "", "目标三。", PACKED],
        ["合计", "10", "10", "", "", "", ""],
    )
    assert [one.title for one in document.projects] == ["食堂改造", "校车运行", "教师培训"]
    assert {one.unit for one in document.projects} == {"云川市教育局"}
    assert [(one.unit, one.budget.total) for one in document.totals] == [("云川市教育局", 8), (None, 10)]
    assert document.gaps == ()


def test_a_sum_named_in_the_column_of_serial_numbers():
    document = project_table(
        ["1", "食堂改造", "5", "5", "", "", "目标一。", PACKED],
        ["小计", "", "5", "5", "", "", "", ""],
        ["合计", "", "5", "5", "", "", "", ""],
        head=("序号", *PACKED_HEAD),
    )
    assert brief(document) == [("食堂改造", 5, 1)]
    assert document.projects[0].budget.printed == (5, 5)
    assert [one.unit for one in document.totals] == [None]


FRONT = ["甲", "1", "1", "", "", "目标。"]


@pytest.mark.parametrize(
    "fronts",
    [
        [FRONT, FRONT, FRONT],
        [FRONT, BLANK, BLANK],
        [FRONT, ["甲", *BLANK[1:]], FRONT],
        [FRONT, BLANK, ["甲", *BLANK[1:]]],
        [["甲", *BLANK[1:]], FRONT, BLANK],
        [FRONT, ["", *FRONT[1:]], ["", *FRONT[1:]]],
        [FRONT, ["甲", "1.00", "", "", "", ""], ["甲", "１", "", "", "", "目标。"]],
        [FRONT, ["甲", "1", "1", "", "", ""], ["甲", "", "", "", "", "目标。"]],
    ],
)
def test_a_project_printed_in_part_on_each_row_stays_one(fronts):
    rows = [[*front, *indicator] for front, indicator in zip(fronts, THREE, strict=True)]
    document = project_table(*rows, ["乙", "2", "2", "", "", "目标乙。", *THREE[0]], head=LONG_HEAD)
    assert brief(document) == [("甲", 1, 3), ("乙", 2, 1)]
    assert [one.goal.text for one in document.projects] == ["目标。", "目标乙。"]
    assert document.projects[0].budget.printed == (1, 1)
    assert document.gaps == ()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=2, max_size=2))
def test_whatever_later_rows_leave_blank(written):
    fronts = [FRONT, *([text if shown else "" for text, shown in zip(FRONT, row, strict=True)] for row in written)]
    rows = [[*front, *indicator] for front, indicator in zip(fronts, THREE, strict=True)]
    document = project_table(*rows, head=LONG_HEAD)
    # A name with its amounts or goal again below blank names may also be the next tranche of the same programme.
    assert sum(len(one.indicators) for one in document.projects) == 3
    assert {(one.title, one.budget.total) for one in document.projects} == {("甲", 1)}
    assert document.gaps == ()


def test_an_amount_that_cannot_be_read_does_not_split_a_project():
    fronts = [
        ["甲", "约五", "1", "", "", "目标。"],
        ["甲", "5", "1", "", "", "目标。"],
        ["甲", "#REF!", "", "", "", ""],
    ]
    rows = [[*front, *indicator] for front, indicator in zip(fronts, THREE, strict=True)]
    document = project_table(*rows, head=LONG_HEAD)
    assert brief(document) == [("甲", 5, 3)]
    assert [gap.quote for gap in document.gaps] == ["约五"]


def test_tranches_of_one_name_stay_apart():
    rows = [[*front, *indicator] for amount in "12" for front, indicator in
            zip([["甲", amount, "", "", "", "目标。"], BLANK], THREE, strict=False)]  # fmt: skip
    assert brief(project_table(*rows, head=LONG_HEAD)) == [("甲", 1, 2), ("甲", 2, 2)]


def test_a_head_with_nothing_but_a_unit_below_is_no_project():
    document = project_table(["合计", "5", "5", "", "", "", ""], ["云川市教育局", "5", "5", "", "", "", ""])
    assert document.projects == ()
    assert "没有读到项目" in document.gaps[0].reason.zh
    secret = project_table(["涉密专项经费", "5", "5", "", "", "", ""])
    assert brief(secret) == [("涉密专项经费", 5, 0)]


@pytest.mark.parametrize("nil", ["—", "-", "——", "－", "/", "／", "\\", "无", "不涉及"])
def test_a_cell_that_says_none_is_no_amount_and_no_gap(nil):
    document = project_table(["    甲", "5.00", "5.00", nil, nil, "目标。", PACKED])
    assert document.gaps == ()
    assert document.projects[0].budget.printed == (Decimal("5.00"), Decimal("5.00"))
    assert document.projects[0].budget.special_account is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 00.00", "100.00"), ("1\n00.00", "100.00"), ("1,0 00.00", "1000.00"), ("12345\n.67", "12345.67"), ("1 00万元", "100"),
     ("12 345.67", None), ("5.00 5.00", None), ("1 2 3", None), ("1 .. 2", None)],
)  # fmt: skip
def test_amounts_broken_by_a_narrow_column(text, value):
    found = cell_amount(text)
    assert (found and found.value) == (Decimal(value) if value else None)


@given(st.text("0123456789.,- \n—/无", max_size=12))
@settings(max_examples=300, deadline=None)
def test_nil_and_amount_exclude_one_another(text):
    assert not (is_nil(text) and cell_amount(text))


@pytest.mark.parametrize(
    "note",
    [
        "注：本表金额为万元。",
        "填报说明：1.指标值须可衡量。",
        "本表由财政部门负责解释。",
        ("本表一式三份。", 1, 11),
        "填表人：张三",
    ],
)
def test_remarks_below_the_last_indicator_are_notes(note):
    rest = [None if isinstance(note, tuple) else ""] * 10
    document = project_table([*FRONT, *THREE[0]], [*BLANK, *THREE[1]], [note, *rest], head=LONG_HEAD)
    assert brief(document) == [("甲", 1, 2)]
    assert [one.annual_target.text for one in document.projects[0].indicators] == ["≥2", "≥90%"]
    assert [one.text for one in document.notes] == [note[0] if isinstance(note, tuple) else note]
    assert document.gaps == ()


def test_a_goal_merged_over_several_projects_is_the_goal_of_each():
    document = project_table(
        ["甲", "1", "", "", "", ("共同目标。", 2, 1), PACKED], ["乙", "2", "", "", "", None, PACKED]
    )
    assert [(one.title, one.goal.text) for one in document.projects] == [("甲", "共同目标。"), ("乙", "共同目标。")]


def test_indicators_below_a_blank_name_are_a_gap_and_no_projects():
    document = understand(content(table([
        ["项目名称", "年度目标", "", ""], ["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "人次", "300"],
    ])))  # fmt: skip
    assert document.projects == ()
    assert any("项目名称" in gap.reason.zh and gap.quote.startswith("一级指标") for gap in document.gaps)
