"""Cells that nobody would write must cost neither the process nor the verdict."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.readers.forms import understand
from tests.readers.forms.form_tables import LONG_HEAD, PACKED_HEAD, content, line, packed_cell, table

ONE = [["1-产出指标", "11-数量指标", "培训人次", "≥300人次", "≥200人次"]]
LONG = {
    "one character": "字" * 200_000, "lines": "字\n" * 100_000, "open brackets": "（" * 200_000, "digits": "1" * 200_000,
    "nested brackets": "（" * 100_000 + "）" * 100_000, "serials": "1、" * 100_000, "blanks": "1" + " " * 200_000 + "、",
    "half markers": "1、1-产出指标；" * 20_000, "labels": "1、1-产出指标；11-数量指标；" + "年度指标值" * 30_000,
    "colons": "：" * 200_000, "indicators": packed_cell(ONE * 3000),
}  # fmt: skip


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_cells_of_200_000_characters(text):
    began = time.perf_counter()
    row = ["    甲", text, "1", "", "", text, text]
    packed = understand(content(table([list(PACKED_HEAD), row])))
    form = understand(content(table([
        ["项目名称", text, "", ""], ["总体目标", text, "", ""], ["年度资金总额", text, "", ""],
        ["一级指标", "二级指标", "三级指标", "指标值"], [text, text, text, text],
    ])))  # fmt: skip
    running = understand(content(line("项目名称 总计 绩效目标 绩效指标"), line("    甲 1.00 1.00"), line(text)))
    assert time.perf_counter() - began < 20
    assert (len(packed.projects), len(form.projects), len(running.projects)) == (1, 1, 1)
    assert packed.gaps
    assert form.gaps


def test_many_empty_and_repeated_rows():
    assert understand(content(table([[""] * 300] * 300))).gaps
    assert understand(content(table([list(PACKED_HEAD)] * 500))).gaps
    assert understand(content()).gaps


WORDS = st.sampled_from(
    ["", " ", "项目名称", "绩效目标", "绩效指标", "一级指标", "三级指标", "指标值", "总计", "财政拨款", "合计", "1", "2.50", "—",
     "产出指标", "11-数量指标", "培训人次", "≥300人次", "注：", "部门名称：甲", "单位：元", "预算整体情况", "年度目标", "总分",
     "得分", "实际完成值", packed_cell(ONE), "项目支出绩效目标表", "项目名称：甲", "（2025年度）", "#REF!"]
)  # fmt: skip
WRITTEN = st.one_of(WORDS, st.none(), st.tuples(WORDS, st.integers(1, 3), st.integers(1, 3)))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.lists(WRITTEN, min_size=1, max_size=7), min_size=1, max_size=8), min_size=1, max_size=3))
def test_any_table_gives_a_document_and_never_a_clean_nothing(tables):
    document = understand(content(*(table(rows, number=at) for at, rows in enumerate(tables, start=1))))
    assert document.projects or document.gaps
    assert [project.row for project in document.projects] == [*range(1, len(document.projects) + 1)]
    for project in document.projects:
        assert [one.ordinal for one in project.indicators] == [*range(1, len(project.indicators) + 1)]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(["—", "1,2,3", "1e309", "#REF!", "", "5.00", "无"]), min_size=4, max_size=4))
def test_every_cell_that_is_no_amount_is_quoted(amounts):
    rows = [list(LONG_HEAD), ["    甲", *amounts, "目标。", *ONE[0]]]
    document = understand(content(table(rows, sheet="项目")))
    bad = [text for text in amounts if text not in ("", "5.00", "—", "无")]
    assert sorted(gap.quote for gap in document.gaps) == sorted(bad)
    assert len(document.projects[0].indicators) == 1
