"""The table finder without any file format: pages of ink made from a source table."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.readers.content import Content, Line, Table
from auditor.readers.limits import Limits
from auditor.readers.pages.continued import TableJoiner
from auditor.readers.pages.ink import Glyph, PageInk, Stroke
from auditor.readers.pages.ruled import straighten
from auditor.readers.pages.tables import find_tables
from auditor.readers.pages.wrapping import CellLine, join_lines
from tests.readers.make_pdf import (
    LANDSCAPE,
    MISSING_FONT,
    Sheet,
    Source,
    Style,
    font_file,
    grid_of,
    lay_out_pages,
    text_width,
)

pytestmark = pytest.mark.skipif(font_file() is None, reason=MISSING_FONT)


def ink(sheet: Sheet, number: int, shuffle: random.Random | None = None) -> PageInk:
    page = PageInk(number, sheet.width, sheet.height)
    for x, y, size, text in sheet.texts:
        for char in text:
            wide = text_width(char, size)
            page.glyphs.append(Glyph(x, y - 0.8 * size, x + wide, y + 0.24 * size, char))
            x += wide
    for x0, y0, x1, y1 in sheet.rules:
        if y0 == y1:
            page.horizontals.append(Stroke(y0, x0, x1))
        else:
            page.verticals.append(Stroke(x0, y0, y1))
    if shuffle:
        for some in (page.glyphs, page.horizontals, page.verticals):
            shuffle.shuffle(some)
    return page


def find(sheets: Sequence[Sheet], shuffle: random.Random | None = None) -> Content:
    joiner = TableJoiner("t", Limits())
    hint: tuple[tuple[float, float], ...] = ()
    for number, sheet in enumerate(sheets, start=1):
        page, hint = find_tables(ink(sheet, number, shuffle), hint)
        joiner.add(page)
    return joiner.finish()


def grids(content: Content) -> list[list[list[str | None]]]:
    return [grid_of(block) for block in content.blocks if isinstance(block, Table)]


# Characters of all kinds that a cell may hold, without the marks that start or end list items: where a line break
# is real and where it is not is tested on lists made for it.
_WORDS = st.text(
    st.sampled_from("项目资金预算绩效管理服务提升居民满意度数量质量率≥≤（）《》、ABCxyz0123456789%.-"),
    min_size=1,
    max_size=60,
)
_AMOUNTS = st.sampled_from(["1.00", "12,345.67", "—", "0", "100%", "67,066.47"])
_PLAIN = {"deadline": None, "max_examples": 30, "suppress_health_check": list(HealthCheck)}


def _clean(text: str) -> str:
    return text.strip("、.") or "项"


@st.composite
def tables(draw, merged: bool, empty: bool, digits: bool = True) -> Source:
    columns, rows = draw(st.integers(2, 7)), draw(st.integers(2, 9))
    words = _WORDS if digits else _WORDS.map(lambda text: re.sub(r"[0-9.,%-]", "", text))
    text = st.one_of(words.map(_clean), _AMOUNTS)
    if empty:
        text = st.one_of(st.just(""), text)
    body = [[draw(text) for _ in range(columns)] for _ in range(rows)]
    body[0] = [f"表头{at}" for at in range(columns)]
    body[-1] = [f"末{at}" for at in range(columns)]
    widths = tuple(draw(st.sampled_from([55.0, 80.0, 120.0])) for _ in range(columns))
    areas = _areas(draw, rows, columns) if merged else ()
    for row, column, row_span, column_span in areas:
        for r in range(row, row + row_span):
            for c in range(column, column + column_span):
                if (r, c) != (row, column):
                    body[r][c] = ""
    return Source(tuple(map(tuple, body)), widths, areas)


def _areas(draw, rows: int, columns: int) -> tuple[tuple[int, int, int, int], ...]:
    """Up to two merged areas below the header that do not touch, leaving every row and column border in use."""
    if rows < 4 or columns < 3:
        return ()
    row, column = draw(st.integers(1, rows - 3)), draw(st.integers(0, columns - 2))
    first = (row, column, draw(st.integers(1, 2)), draw(st.integers(1, min(2, columns - 1 - column))))
    return (first,) if first[2:] != (1, 1) else ()


@settings(**_PLAIN)
@given(source=tables(merged=True, empty=True), seed=st.integers(0, 99), pad=st.sampled_from([2.0, 4.0, 6.0]))
def test_ruled_tables_of_any_content(source, seed, pad):
    sheets = lay_out_pages(source, Style(pad=pad, page=(1000, 2000)))
    assert grids(find(sheets, random.Random(seed))) == [source.expected()]


@settings(**_PLAIN)
@given(source=tables(merged=False, empty=False), seed=st.integers(0, 99), rules=st.sampled_from(["horizontal", "all"]))
def test_tables_with_rules_between_rows(source, seed, rules):
    sheets = lay_out_pages(source, Style(rules=rules, page=(1000, 2000)))
    assert grids(find(sheets, random.Random(seed))) == [source.expected()]


@settings(**_PLAIN)
@given(source=tables(merged=False, empty=False, digits=False), middle=st.booleans())
def test_tables_without_rules(source, middle):
    # Numbers so long that they wrap are left out: nothing tells their second half from an amount of the next row.
    if len(source.widths) < 3:
        return
    sheets = lay_out_pages(source, Style(rules="none", middle=middle, page=(1000, 2000)))
    assert grids(find(sheets)) == [source.expected()]


@settings(**_PLAIN)
@given(source=tables(merged=False, empty=False), height=st.integers(250, 500))
def test_ruled_tables_over_pages_with_whole_rows(source, height):
    style = Style(page=(1000, height), split_rows=False, repeat_header=True)
    found = grids(find(lay_out_pages(source, style)))
    assert len(found) == 1 and len(found[0]) <= len(source.rows)
    if len(found[0]) == len(source.rows):
        assert found == [source.expected()]
    else:
        # Rows without any short cell can look like one row cut by the page break: then nothing may get lost.
        together = "".join(cell for row in found[0] for cell in row if cell)
        assert sorted(together.replace("\n", "")) == sorted("".join("".join(row) for row in source.rows))


def test_double_and_thick_rules_are_one_border():
    source = Source((("甲", "乙"), ("1", "2")), (60, 60))
    sheet = lay_out_pages(source, Style())[0]
    sheet.rules += [(x0, y0 + 1.5, x1, y1 + 1.5) for x0, y0, x1, y1 in sheet.rules if y0 == y1]
    sheet.rules += [(x0 + 1.5, y0, x1 + 1.5, y1) for x0, y0, x1, y1 in sheet.rules if x0 == x1]
    assert grids(find([sheet])) == [source.expected()]


def test_dashes_are_one_rule():
    dashes = [Stroke(10, x, x + 3) for x in range(0, 100, 6)]
    assert straighten(dashes) == [Stroke(10, 0, 99)]


def test_open_sides_are_closed():
    source = Source((("甲", "乙", "丙"), ("1", "2", "3")), (60, 60, 60))
    sheet = lay_out_pages(source, Style())[0]
    sheet.rules = [rule for rule in sheet.rules if not (rule[0] == rule[2] and rule[0] in (36.0, 216.0))]
    assert grids(find([sheet])) == [source.expected()]


def test_frame_around_the_page_is_no_table():
    source = Source((("甲", "乙"), ("1", "2")), (60, 60))
    sheet = lay_out_pages(source, Style(margin=60))[0]
    width, height = LANDSCAPE
    frame = [(20, 20, width - 20, 20), (20, height - 20, width - 20, height - 20)]
    frame += [(20, 20, 20, height - 20), (width - 20, 20, width - 20, height - 20)]
    sheet.rules += frame
    assert grids(find([sheet])) == [source.expected()]


def test_horizontal_rules_in_a_frame():
    source = Source((("名称", "数量", "金额"), ("甲项目", "3个", "1.00"), ("乙项目", "5个", "2.00")), (90, 60, 60))
    sheet = lay_out_pages(source, Style(rules="horizontal"))[0]
    top, bottom = min(rule[1] for rule in sheet.rules), max(rule[1] for rule in sheet.rules)
    sheet.rules += [(36, top, 36, bottom), (246, top, 246, bottom)]
    assert grids(find([sheet])) == [source.expected()]


def test_header_of_two_levels_without_vertical_rules():
    rows = (
        ("名称", "资金来源", "", "绩效目标"),
        ("", "财政拨款", "其他资金", ""),
        ("甲项目", "10.00", "2.00", "完成改造任务，按期验收"),
        ("乙项目", "20.00", "5.00", "新建站点，方便居民"),
    )
    source = Source(rows, (90, 60, 60, 120), ((0, 1, 1, 2), (0, 0, 2, 1), (0, 3, 2, 1)), header_rows=2, align="lccl")
    sheets = lay_out_pages(source, Style(rules="none", pad=3))
    # The two levels stand as close as two lines of one cell.
    found = grids(find(sheets))
    assert [row[0] for row in found[0]][-2:] == ["甲项目", "乙项目"]
    assert "资金来源" in found[0][0] and {"财政拨款", "其他资金"} <= set(found[0][1])


def test_note_below_the_table_and_statement_above_it():
    source = Source(
        (("名称", "数量", "金额"), ("甲项目", "3个", "1.00"), ("乙项目", "5个", "2.00")),
        (90, 60, 60),
        titles=("绩效目标表", "部门名称：某局    单位：万元"),
        notes=("注：本表按年度填列，金额单位为万元，精确到小数点后两位。",),
    )
    content = find(lay_out_pages(source, Style(rules="none")))
    assert grids(content) == [source.expected()]
    texts = [block.text for block in content.blocks if isinstance(block, Line)]
    assert texts[0] == "绩效目标表" and texts[-1] == source.notes[0] and texts[1].startswith("部门名称：某局 ")


def test_drawing_with_too_many_strokes_is_a_gap():
    page = PageInk(1, 600, 800)
    page.horizontals = [Stroke(4.0 * at, 0, 3000) for at in range(600)]
    page.verticals = [Stroke(4.0 * at, 0, 3000) for at in range(600)]
    page.glyphs = [Glyph(10, 10, 20, 20, "图")]
    found, _ = find_tables(page)
    assert found.dense == 1
    joiner = TableJoiner("t", Limits())
    joiner.add(found)
    assert [gap.place.page for gap in joiner.finish().gaps] == [1]


def line(text: str, room: float, head: float = 9) -> CellLine:
    return CellLine(text, room, head, 9)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([line("按计划完成全部任", 2), line("务。", 80)], "按计划完成全部任务。"),
        ([line("一、完成任务；", 60), line("二、通过验收。", 60)], "一、完成任务；\n二、通过验收。"),
        ([line("完成率100%。", 3), line("2、1-产出指标", 3, 14)], "完成率100%。2、1-产出指标"),
        ([line("完成率10", 2, 12), line("0%", 80, 12)], "完成率100%"),
        ([line("GDP growth", 20, 30), line("rate", 60, 22)], "GDP growth rate"),
        ([line("国际合", 2), line("作。", 70), line("其他事项", 70)], "国际合作。\n其他事项"),
        ([line("1、甲；", 50, 14), line("2、按期完成全部工作；", 0, 14), line("3、丙。", 50, 14)], "1、甲；\n2、按期完成全部工作；\n3、丙。"),
        ([], ""),
    ],
)  # fmt: skip
def test_joining_lines(lines, text):
    assert join_lines(lines) == text
