"""What a page break cuts: merged areas, rows, and text that is clipped on one of the pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.readers.content import Table
from auditor.readers.limits import Limits
from auditor.readers.pages.lost_text import LostText
from auditor.readers.pages.pdf import read_pdf
from tests.readers.make_pdf import (
    FONT,
    MISSING_FONT,
    Source,
    Style,
    font_file,
    grid_of,
    lay_out_pages,
    register_font,
    write_pdf,
)

needs_font = pytest.mark.skipif(font_file() is None, reason=MISSING_FONT)
HEAD = ("项目名称", "金额", "绩效目标", "一级指标", "三级指标", "值")
WIDTHS = (70.0, 50.0, 150.0, 60.0, 120.0, 60.0)
GOAL = "敷设供水主支管网，新建加压泵站，解决两个乡镇供水不足的问题，入户水压达到规范要求"


def read_two(tmp_path, first: Source, second: Source):
    sheets = [*lay_out_pages(first, Style()), *lay_out_pages(second, Style())]
    content = read_pdf(write_pdf(sheets, tmp_path / "t.pdf"), "t.pdf", Limits())
    return content, [grid_of(block) for block in content.blocks if isinstance(block, Table)]


def project(at: int, rows: int) -> tuple[tuple[int, int, int, int], ...]:
    """The merged areas of a project's front from row `at` on."""
    return tuple((at, column, rows, 1) for column in range(4)) if rows > 1 else ()


def two_pages(upper: tuple[str, ...], lower: tuple[str, ...], above: int, below: int) -> tuple[Source, Source]:
    """A project cut by the page break: its front cells above and below the break, and how many rows lie there."""
    names = [f"指标{at}" for at in range(above + below)]
    first = [(*upper, names[0], "1个"), *[("", "", "", "", name, "1个") for name in names[1:above]]]
    second = [(*lower, names[above], "1个"), *[("", "", "", "", name, "1个") for name in names[above + 1 :]]]
    return (
        Source((HEAD, *first), WIDTHS, project(1, above)),
        Source((HEAD, *second), WIDTHS, project(1, below)),
    )


@needs_font
@pytest.mark.parametrize(("above", "below"), [(1, 3), (3, 1), (2, 2)])
@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (("供水管网工程", "12.00", GOAL[:30], "产出指标"), ("", "", GOAL[30:], "")),
        (("追加山洪灾害防治资金二批", "12.00", GOAL, "产出指标"), ("（续建部分）", "", "", "")),
        (("", "", "", ""), ("供水管网工程", "12.00", GOAL, "产出指标")),
        (("追加山洪灾害防治资金二批", "", GOAL[:30], ""), ("（续建部分）", "12.00", GOAL[30:], "产出指标")),
    ],
    ids=["text on both pages", "name on both pages", "text on the second page", "all mixed"],
)  # fmt: skip
def test_a_project_cut_by_the_page_break_is_one(tmp_path, upper, lower, above, below):
    content, (found,) = read_two(tmp_path, *two_pages(upper, lower, above, below))
    assert content.gaps == ()
    assert [row[4] for row in found[1:]] == [f"指标{at}" for at in range(above + below)]
    assert found[1][:4] == [one + other for one, other in zip(upper, lower, strict=True)]
    assert [row[:3] for row in found[2:]] == [[None, None, None]] * (above + below - 1)


@needs_font
@pytest.mark.parametrize(("above", "below"), [(1, 3), (3, 1), (2, 2)])
def test_the_next_project_at_the_top_of_a_page_stays_apart(tmp_path, above, below):
    upper = ("供水管网续建", "12.00", GOAL, "产出指标")
    lower = ("目标责任考核专项经费", "12.00", GOAL, "产出指标")
    _, (found,) = read_two(tmp_path, *two_pages(upper, lower, above, below))
    assert [row[:4] for row in found[1:] if row[0]] == [list(upper), list(lower)]


@needs_font
def test_blank_names_of_further_indicators_are_no_cut_rows(tmp_path):
    first = Source((HEAD, ("供水工程", "12.00", GOAL, "产出指标", "管网长度", "12公里")), WIDTHS)
    second = Source(
        (HEAD, ("", "", "", "", "泵站数量", "3座"), ("水库管护", "3.00", GOAL, "产出指标", "水库数量", "3座")), WIDTHS
    )
    _, (found,) = read_two(tmp_path, first, second)
    assert [row[4] for row in found[1:]] == ["管网长度", "泵站数量", "水库数量"]


def cut_cell(path, shown_below: bool):
    """A cell of four lines over a page break, written on both pages and clipped to its half, as spreadsheets do."""
    from reportlab.pdfgen.canvas import Canvas

    register_font()
    lines = ["第一行说明文字", "第二行说明文字", "第三行说明文字", "第四行说明文字。"]
    canvas = Canvas(str(path), pagesize=(400, 300), invariant=1)
    for page in (0, 1):
        canvas.setLineWidth(0.5)
        for x in (40, 140, 340):
            canvas.line(x, 100, x, 260)
        for y in (100, 200, 260):
            canvas.line(40, y, 340, y)
        canvas.setFont(FONT, 10)
        for x, text in ((50, "名称"), (150, "说明")):
            canvas.drawString(x, 225, text)
        canvas.drawString(50, 150, "项目" if page == 0 else "其他")
        box = canvas.beginPath()
        box.rect(140, 100, 200, 100)
        canvas.saveState()
        canvas.clipPath(box, stroke=0, fill=0)
        canvas.setFont(FONT, 10)
        for at, line in enumerate(lines if page == 0 or shown_below else []):
            canvas.drawString(150, (138 if page == 0 else 238) - 26 * at, line)
        canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return read_pdf(path, path.name, Limits())


@needs_font
def test_clipped_text_is_read_on_the_page_that_shows_it(tmp_path):
    content = cut_cell(tmp_path / "t.pdf", shown_below=True)
    cells = [
        cell for block in content.blocks if isinstance(block, Table) for row in grid_of(block) for cell in row if cell
    ]
    together = "".join(cells)
    assert [together.count(f"第{at}行") for at in "一二三四"] == [1, 1, 1, 1]
    assert together.count("名称") == 1 and content.gaps == ()


@needs_font
def test_text_that_no_page_shows_is_a_gap(tmp_path):
    content = cut_cell(tmp_path / "t.pdf", shown_below=False)
    assert [("遮住" in gap.reason.zh, gap.place.page) for gap in content.gaps] == [(True, 1)]


@given(st.lists(st.text("甲乙丙丁", min_size=2, max_size=6), min_size=1, max_size=6), st.data())
def test_lost_text_is_what_no_page_nearby_shows(pages, data):
    lost = LostText()
    expected = []
    for at, shown in enumerate(pages, start=1):
        run = data.draw(st.sampled_from([*pages, "戊己"]))
        lost.add(at, shown, [run])
        if not any(run in text for text in pages[max(0, at - 5) : at + 4]):
            expected.append(at)
    assert lost.finish() == expected
