"""One source table, drawn in every style: the reader has to give back every cell."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from auditor.readers.content import Content, Line, Table
from auditor.readers.limits import Limits
from auditor.readers.pages.pdf import read_pdf
from tests.readers.make_pdf import (
    LANDSCAPE,
    MISSING_FONT,
    PORTRAIT,
    Sheet,
    Source,
    Style,
    font_file,
    grid_of,
    lay_out_pages,
    make,
    write_pdf,
)
from tests.readers.source_tables import HEADER, project_form, project_table

pytestmark = pytest.mark.skipif(font_file() is None, reason=MISSING_FONT)

RULES = ("all", "horizontal", "three", "none")


def read(path, **how) -> Content:
    return read_pdf(path, path.name, Limits(), **how)


def tables(content: Content) -> list[Table]:
    return [block for block in content.blocks if isinstance(block, Table)]


def lines(content: Content) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Line)]


def texts(content: Content) -> list[object]:
    return [grid_of(block) if isinstance(block, Table) else block.text for block in content.blocks]


def reasons(content: Content) -> list[tuple[str, int | None]]:
    return [(gap.reason.zh, gap.place.page) for gap in content.gaps]


def assert_reads_back(content: Content, source: Source) -> None:
    assert content.gaps == ()
    assert len(tables(content)) == 1
    assert grid_of(tables(content)[0]) == source.expected()
    assert lines(content) == [*source.titles, *source.notes]


def loosely(content: Content) -> list[list[str | None]]:
    """Without the blanks at the start of cells: PDFium drops blanks that are drawn on their own or turned."""
    return [[text.lstrip() if text else text for text in row] for row in grid_of(tables(content)[0])]


def expected_loosely(source: Source) -> list[list[str | None]]:
    return [[text.lstrip() if text else text for text in row] for row in source.expected()]


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("split", [False, True], ids=["whole-rows", "cut-rows"])
@pytest.mark.parametrize("repeat", [False, True], ids=["one-header", "header-each-page"])
def test_project_table_over_pages(tmp_path, rules, split, repeat):
    source = project_table(18)
    style = Style(rules=rules, split_rows=split, repeat_header=repeat, page_numbers=True)
    content = read(make(source, style, tmp_path / "t.pdf"))
    assert_reads_back(content, source)


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("page", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("turned", ["", "rotate", "sideways"])
def test_page_directions(tmp_path, rules, page, turned):
    source = project_table(12, seed=3)
    if page == PORTRAIT:
        source = replace(source, size=6.5, widths=tuple(width * 0.68 for width in source.widths))
    content = read(make(source, Style(rules=rules, page=page), tmp_path / "t.pdf", turned=turned))
    assert content.gaps == ()
    assert loosely(content) == expected_loosely(source)
    if not turned:
        assert_reads_back(content, source)


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("by_character", [False, True], ids=["texts", "characters"])
def test_order_of_the_text_layer_does_not_matter(tmp_path, rules, by_character):
    source = project_table(9, seed=5)
    path = make(source, Style(rules=rules), tmp_path / "t.pdf", shuffle=random.Random(1), by_character=by_character)
    assert loosely(read(path)) == expected_loosely(source)


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize(
    "how",
    [{"middle": True}, {"pad": 2.0}, {"pad": 7.0, "leading": 1.6}, {"whole_words": True}, {"leading": 1.15}],
    ids=lambda how: "-".join(how),
)
def test_settings_of_the_producer(tmp_path, rules, how):
    source = project_table(9, seed=11)
    style = Style(rules=rules, repeat_header=True, split_rows="middle" not in how, **how)
    assert_reads_back(read(make(source, style, tmp_path / "t.pdf")), source)


@pytest.mark.parametrize("turned", ["", "rotate", "sideways"])
@pytest.mark.parametrize("middle", [False, True])
def test_form_with_merged_cells(tmp_path, turned, middle):
    source = project_form()
    assert_reads_back(
        read(make(source, Style(page=PORTRAIT, middle=middle), tmp_path / "t.pdf", turned=turned)), source
    )


def test_form_with_merged_cells_drawn_in_any_order(tmp_path):
    source = project_form()
    path = make(source, Style(page=PORTRAIT), tmp_path / "t.pdf", shuffle=random.Random(4), by_character=True)
    assert grid_of(tables(read(path))[0]) == source.expected()


def test_places_count_pages_and_rows_as_a_person_does(tmp_path):
    source = project_table(9)
    content = read(make(source, Style(split_rows=False, repeat_header=True), tmp_path / "t.pdf"))
    firsts = [row[0].place for row in tables(content)[0].rows]
    assert {place.file for place in firsts} == {"t.pdf"} and {place.table for place in firsts} == {1}
    assert (firsts[0].page, firsts[0].row) == (1, 1)
    on_second = [place.row for place in firsts if place.page == 2]
    assert on_second == list(range(2, 2 + len(on_second)))
    assert all(cell is None or cell.place.page for row in tables(content)[0].rows for cell in row)


def test_blanks_between_latin_words_stay_and_none_is_invented(tmp_path):
    source = Source(
        (
            ("项目", "说明", "金额"),
            ("ERP system 升级", "采购 Windows Server 2022 许可，用于政务云 A 区，每年复核一次使用情况", "1.00"),
        ),
        (90, 120, 60),
    )
    for whole_words in (False, True):
        content = read(make(source, Style(whole_words=whole_words), tmp_path / "t.pdf"))
        found = grid_of(tables(content)[0])[1][1]
        assert "Windows Server 2022 许可" in found or not whole_words
        assert found.replace(" ", "") == source.rows[1][1].replace(" ", "")
        assert "政 务" not in found and "务 云" not in found


def test_list_breaks_stay_and_width_breaks_go(tmp_path):
    goal = "1、完成管网改造二十公里，改善沿线居民用水质量，解决老旧小区水压不足的问题；\n2、新建泵站三座；\n3、水质达标率100%。"
    source = Source((("名称", "目标", "金额"), ("管网改造", goal, "10.00")), (80, 150, 60))
    for rules in ("all", "horizontal"):
        style = Style(rules=rules)
        source_two = replace(
            source, rows=(*source.rows, ("泵站", "新建泵站三座。", "2.00"), ("水表", "更换水表。", "3.00"))
        )
        assert grid_of(tables(read(make(source_two, style, tmp_path / "t.pdf")))[0]) == source_two.expected()


def test_one_form_a_page_stays_apart(tmp_path):
    sheets = [sheet for _ in range(3) for sheet in lay_out_pages(project_form(), Style(page=PORTRAIT))]
    content = read(write_pdf(sheets, tmp_path / "t.pdf"))
    assert [grid_of(table) for table in tables(content)] == [project_form().expected()] * 3
    assert [table.place.page for table in tables(content)] == [1, 2, 3]
    assert lines(content).count("项目支出绩效目标申报表") == 3


def test_two_tables_on_a_page(tmp_path):
    top = lay_out_pages(Source((("甲", "乙"), ("1", "2")), (60, 60)), Style())[0]
    low = lay_out_pages(Source((("丙", "丁", "戊"), ("3", "4", "5")), (60, 60, 60)), Style(margin=200))[0]
    sheet = Sheet(*LANDSCAPE, top.texts + low.texts + [(40, 150, 9, "二、另一张表")], top.rules + low.rules)
    content = read(write_pdf([sheet], tmp_path / "t.pdf"))
    assert [type(block).__name__ for block in content.blocks] == ["Table", "Line", "Table"]
    assert [grid_of(table) for table in tables(content)] == [
        [["甲", "乙"], ["1", "2"]],
        [["丙", "丁", "戊"], ["3", "4", "5"]],
    ]


def test_running_text_is_no_table(tmp_path):
    sheet = Sheet(*PORTRAIT)
    for at in range(12):
        sheet.texts.append(
            (60, 80 + 16 * at, 10, "为做好年度预算绩效管理工作，现将有关事项通知如下，请各单位遵照执行。")
        )
    content = read(write_pdf([sheet], tmp_path / "t.pdf"))
    assert tables(content) == [] and len(lines(content)) == 12


def test_merged_label_goes_on_over_the_page(tmp_path):
    first = Source(
        (("一级", "名称", "值"), ("产出", "数量一", "1个"), ("", "数量二", "2个")), (60, 90, 90), ((1, 0, 2, 1),)
    )
    second = Source(
        (("", "数量三", "3个"), ("", "数量四", "4个"), ("效益", "收入", "5元")), (60, 90, 90), ((0, 0, 2, 1),)
    )
    sheets = [*lay_out_pages(first, Style()), *lay_out_pages(second, Style())]
    table = tables(read(write_pdf(sheets, tmp_path / "t.pdf")))[0]
    assert [row[0] and (row[0].text, row[0].row_span) for row in table.rows] == [
        ("一级", 1), ("产出", 4), None, None, None, ("效益", 1),
    ]  # fmt: skip


def image_pdf(path, pages_with_text=()):
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=PORTRAIT)
    picture = ImageReader(Image.new("L", (60, 80), 200))
    for page in range(3):
        if page in pages_with_text:
            canvas.drawString(80, 700, "A page with text")
        else:
            canvas.drawImage(picture, 0, 0, *PORTRAIT)
            if page == 2:
                canvas.drawString(290, 20, "- 3 -")
        canvas.showPage()
    canvas.save()
    return path


def test_picture_pages_are_gaps(tmp_path):
    content = read(image_pdf(tmp_path / "t.pdf", pages_with_text=(1,)))
    assert reasons(content) == [("图片页，没有文字层", 1), ("图片页，没有文字层", 3)]
    assert lines(content) == ["A page with text"]


def test_password(tmp_path):
    source = project_table(3)
    path = make(source, Style(), tmp_path / "t.pdf", encrypt="secret")
    assert "--password" in reasons(read(path))[0][0] and tables(read(path)) == []
    assert "密码不正确" in reasons(read(path, password="wrong"))[0][0]
    assert_reads_back(read(path, password="secret"), source)


def test_limits(tmp_path):
    path = make(project_table(9), Style(), tmp_path / "t.pdf")
    few_pages = read_pdf(path, "t.pdf", Limits(pages=1))
    assert [(gap.stage, gap.place.page) for gap in few_pages.gaps] == [("limit", 2)]
    few_cells = read_pdf(path, "t.pdf", Limits(cells=20))
    assert [gap.stage for gap in few_cells.gaps] == ["limit"] and tables(few_cells) == []
    assert [gap.stage for gap in read_pdf(path, "t.pdf", Limits(file_mib=0)).gaps] == ["limit"]


def test_broken_files_are_gaps(tmp_path):
    whole = make(project_table(6), Style(), tmp_path / "whole.pdf").read_bytes()
    broken = {
        "empty": b"",
        "text": "项目支出绩效目标表".encode(),
        "head only": b"%PDF-1.7\n",
        "zip": b"PK\x03\x04" + bytes(200),
        "no xref": whole[: whole.rindex(b"xref")],
        **{f"cut at {share}": whole[: len(whole) * share // 10] for share in range(1, 10)},
        "zeros": bytes(5000),
        "pages wrong": whole.replace(b"/Type /Pages", b"/Type /Pagez"),
        "count huge": whole.replace(b"/Count ", b"/Count 99999"),
    }
    for name, data in broken.items():
        path = tmp_path / f"-{name} '坏'.pdf"
        path.write_bytes(data)
        content = read(path)
        # PDFium mends some damage entirely; whatever is missing has to be told.
        assert content.gaps or texts(content) == texts(read(tmp_path / "whole.pdf")), name
        assert all(gap.reason.zh and gap.document == path.name for gap in content.gaps), name


def test_noise_in_a_file_never_raises(tmp_path):
    rng = random.Random(0)
    whole = make(project_table(4), Style(), tmp_path / "whole.pdf").read_bytes()
    for at in range(25):
        data = bytearray(whole)
        for _ in range(rng.randrange(1, 60)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        path = tmp_path / f"{at}.pdf"
        path.write_bytes(data)
        assert read(path).name == path.name


def test_odd_paths(tmp_path):
    assert reasons(read(tmp_path / "none.pdf"))
    assert reasons(read(tmp_path))
    pipe = tmp_path / "pipe.pdf"
    import os

    os.mkfifo(pipe)
    assert reasons(read(pipe))


def test_header_is_the_seven_columns(tmp_path):
    content = read(make(project_table(3), Style(rules="none"), tmp_path / "t.pdf"))
    assert tuple(cell.text for cell in tables(content)[0].rows[0]) == HEADER


def platypus_pdf(source: Source, path, page=PORTRAIT):
    """The same table laid out by reportlab itself: its own wrapping with Chinese line rules, fills, spans."""
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate
    from reportlab.platypus import Table as Flowable

    from tests.readers.make_pdf import FONT, register_font

    register_font()
    text = ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=12, wordWrap="CJK")
    rows = [[Paragraph(cell.replace("\n", "<br/>"), text) for cell in row] for row in source.rows]
    spans = [("SPAN", (c, r), (c + cs - 1, r + rs - 1)) for r, c, rs, cs in source.merged]
    table = Flowable(rows, source.widths, repeatRows=0 if source.merged else 1, splitInRow=0)
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *spans])
    table.setStyle([("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)])
    margins = {"leftMargin": 30, "rightMargin": 30, "topMargin": 40, "bottomMargin": 40}
    SimpleDocTemplate(str(path), pagesize=page, **margins).build([table])
    return path


def test_layout_by_another_program(tmp_path):
    form = project_form()
    assert grid_of(tables(read(platypus_pdf(form, tmp_path / "f.pdf")))[0]) == form.expected()
    source = project_table(14, titles=False)
    found = tables(read(platypus_pdf(source, tmp_path / "t.pdf", LANDSCAPE)))
    assert len(found) == 1
    # A paragraph drops the blanks that it begins with.
    assert grid_of(found[0]) == expected_loosely(source)


def test_running_titles_do_not_cut_a_table(tmp_path):
    source = project_table(9, titles=False)
    sheets = lay_out_pages(source, Style(split_rows=False, repeat_header=True, margin=60))
    for at, sheet in enumerate(sheets, start=1):
        sheet.texts += [(300, 40, 12, "某市2025年项目支出绩效目标表"), (700, 575, 9, f"第 {at} 页 共 {len(sheets)} 页")]
    content = read(write_pdf(sheets, tmp_path / "t.pdf"))
    assert [grid_of(table) for table in tables(content)] == [source.expected()]
    assert lines(content) == ["某市2025年项目支出绩效目标表"]


def test_a_cell_of_200_000_characters(tmp_path):
    text = "".join(f"{at}、1-产出指标；11-数量指标；完成数量；年度指标值:{at}个。" for at in range(1, 6200))
    source = Source((("名称", "金额", "指标"), ("甲", "1.00", text), ("乙", "2.00", "无")), (60, 50, 640))
    assert len(text) > 200_000
    assert [grid_of(table) for table in tables(read(make(source, Style(), tmp_path / "t.pdf")))] == [source.expected()]


def test_text_in_form_fields_is_a_gap(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "t.pdf"))
    canvas.drawString(80, 700, "Name of the project")
    canvas.acroForm.textfield(name="name", value="filled in", x=80, y=600, width=200, height=20)
    canvas.save()
    content = read(tmp_path / "t.pdf")
    assert "表单域" in reasons(content)[0][0] and lines(content) == ["Name of the project"]


def test_text_turned_into_outlines_is_a_gap(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "t.pdf"))
    for at in range(40):
        canvas.bezier(50 + at, 500, 60 + at, 520, 70 + at, 480, 80 + at, 500)
    canvas.showPage()
    canvas.save()
    assert "曲线" in reasons(read(tmp_path / "t.pdf"))[0][0]


def test_slanting_watermark_is_left_out(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    from tests.readers.make_pdf import FONT, register_font

    register_font()
    canvas = Canvas(str(tmp_path / "t.pdf"), pagesize=PORTRAIT)
    canvas.setFont(FONT, 10)
    for at in range(8):
        canvas.drawString(80, 700 - 20 * at, "预算绩效目标申报说明")
    canvas.setFont(FONT, 40)
    canvas.translate(200, 500)
    canvas.rotate(45)
    canvas.drawString(0, 0, "内部资料")
    canvas.save()
    assert lines(read(tmp_path / "t.pdf")) == ["预算绩效目标申报说明"] * 8
