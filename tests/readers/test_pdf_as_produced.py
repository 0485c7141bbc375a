"""The same table as producers draw it: every way of placing text and rules has to give the same cells, or a Gap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from auditor.readers.content import Content, Line, Table
from auditor.readers.limits import Limits
from auditor.readers.pages.pdf import read_pdf
from tests.readers.make_pdf import (
    FONT,
    MISSING_FONT,
    PORTRAIT,
    Sheet,
    Source,
    Style,
    font_file,
    grid_of,
    lay_out_pages,
    register_font,
    text_width,
    write_pdf,
)
from tests.readers.source_tables import project_form, project_table

pytestmark = pytest.mark.skipif(font_file() is None, reason=MISSING_FONT)

Draw = Callable[[Any, Sheet], None]


def read(path: Path) -> Content:
    return read_pdf(path, path.name, Limits())


def grids(content: Content) -> list[list[list[str | None]]]:
    """The tables without the blanks at the start of cells, which some ways of drawing leave out."""
    tables = [grid_of(block) for block in content.blocks if isinstance(block, Table)]
    return [[[text.lstrip() if text else text for text in row] for row in table] for table in tables]


def wanted(source: Source) -> list[list[str | None]]:
    return [[text.lstrip() if text else text for text in row] for row in source.expected()]


def texts(content: Content) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Line)]


def reasons(content: Content) -> str:
    return "\n".join(gap.reason.zh for gap in content.gaps)


def sheets_of(source: Source, **style: Any) -> list[Sheet]:
    return lay_out_pages(source, Style(**{"repeat_header": True, **style}))


def lines(canvas: Any, sheet: Sheet) -> None:
    for x0, y0, x1, y1 in sheet.rules:
        canvas.line(x0, sheet.height - y0, x1, sheet.height - y1)


def words(canvas: Any, sheet: Sheet) -> None:
    for x, y, size, text in sheet.texts:
        canvas.setFont(FONT, size)
        canvas.drawString(x, sheet.height - y, text)


def draw(
    sheets: Sequence[Sheet], path: Path, rules: Draw = lines, text: Draw = words, set_up: Draw | None = None
) -> Path:
    from reportlab.pdfgen.canvas import Canvas

    register_font()
    canvas = Canvas(str(path), invariant=1)
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        canvas.setLineWidth(0.5)
        if set_up:
            set_up(canvas, sheet)
        rules(canvas, sheet)
        text(canvas, sheet)
        canvas.showPage()
    canvas.save()
    return path


def dashed(canvas: Any, sheet: Sheet) -> None:
    canvas.setDash(2, 2)
    lines(canvas, sheet)
    canvas.setDash()


def dash_strokes(canvas: Any, sheet: Sheet) -> None:
    """Every dash a line of its own, as some printer drivers write them."""
    for x0, y0, x1, y1 in sheet.rules:
        long = max(x1 - x0, y1 - y0)
        at = 0.0
        while at < long:
            end = min(at + 3, long)
            a, b = (at / long, end / long)
            canvas.line(
                x0 + a * (x1 - x0),
                sheet.height - y0 - a * (y1 - y0),
                x0 + b * (x1 - x0),
                sheet.height - y0 - b * (y1 - y0),
            )
            at += 5


def thin_rectangles(canvas: Any, sheet: Sheet) -> None:
    for x0, y0, x1, y1 in sheet.rules:
        wide, high = max(x1 - x0, 0.72), max(y1 - y0, 0.72)
        canvas.rect(x0, sheet.height - y0 - high, wide, high, stroke=0, fill=1)


def boxes(canvas: Any, sheet: Sheet) -> None:
    """Each cell a rectangle of its own; the rules come four a cell: top, bottom, left, right."""
    for at in range(0, len(sheet.rules), 4):
        left, top, right, _ = sheet.rules[at]
        bottom = sheet.rules[at + 1][1]
        canvas.rect(left, sheet.height - bottom, right - left, bottom - top, stroke=1, fill=0)


def coloured(canvas: Any, sheet: Sheet) -> None:
    """Filled header cells under the rules, and a stripe behind every other row."""
    for at in range(0, len(sheet.rules), 4):
        left, top, right, _ = sheet.rules[at]
        bottom = sheet.rules[at + 1][1]
        canvas.setFillGray(0.8 if top < 90 else 0.95)
        canvas.rect(left, sheet.height - bottom, right - left, bottom - top, stroke=0, fill=1)
    canvas.setFillGray(0)
    lines(canvas, sheet)


def white_gaps(canvas: Any, sheet: Sheet) -> None:
    """No rules at all: coloured cells with white space between them."""
    for at in range(0, len(sheet.rules), 4):
        left, top, right, _ = sheet.rules[at]
        bottom = sheet.rules[at + 1][1]
        canvas.setFillGray(0.9)
        canvas.rect(left + 0.5, sheet.height - bottom + 0.5, right - left - 1, bottom - top - 1, stroke=0, fill=1)
    canvas.setFillGray(0)


@pytest.mark.parametrize(
    "rules", [dashed, dash_strokes, thin_rectangles, boxes, coloured, white_gaps], ids=lambda rules: rules.__name__
)
@pytest.mark.parametrize("make", [lambda: project_table(10), project_form], ids=["table", "form"])
def test_rules_of_every_kind(tmp_path, rules, make):
    source = make()
    style = {} if source.merged == () else {"page": PORTRAIT, "repeat_header": False}
    content = read(draw(sheets_of(source, **style), tmp_path / "t.pdf", rules))
    assert content.gaps == ()
    assert grids(content) == [wanted(source)]


def single_characters(canvas: Any, sheet: Sheet) -> None:
    for x, y, size, text in sheet.texts:
        canvas.setFont(FONT, size)
        for char in text:
            canvas.drawString(x, sheet.height - y, char)
            x += text_width(char, size)


def kerned(canvas: Any, sheet: Sheet) -> None:
    """Spread a little between the characters and set a little narrower, as justified text is."""
    for x, y, size, text in sheet.texts:
        body = canvas.beginText(x, sheet.height - y)
        body.setFont(FONT, size)
        body.setCharSpace(0.12)
        body.setHorizScale(98)
        body.textOut(text)
        body.setCharSpace(0)
        body.setHorizScale(100)
        canvas.drawText(body)


def struck_twice(canvas: Any, sheet: Sheet) -> None:
    for x, y, size, text in sheet.texts:
        canvas.setFont(FONT, size)
        canvas.drawString(x, sheet.height - y, text)
        canvas.drawString(x + 0.3, sheet.height - y, text)


def struck_four_times(canvas: Any, sheet: Sheet) -> None:
    for x, y, size, text in sheet.texts:
        canvas.setFont(FONT, size)
        for dx, dy in ((0, 0), (0.25, 0), (0, 0.25), (0.25, 0.25)):
            canvas.drawString(x + dx, sheet.height - y + dy, text)


def outlined(canvas: Any, sheet: Sheet) -> None:
    """Filled and stroked, the other way to fake bold."""
    for x, y, size, text in sheet.texts:
        body = canvas.beginText(x, sheet.height - y)
        body.setFont(FONT, size)
        body.setTextRenderMode(2)
        body.textOut(text)
        body.setTextRenderMode(0)
        canvas.drawText(body)


@pytest.mark.parametrize(
    "text", [single_characters, kerned, struck_twice, struck_four_times, outlined], ids=lambda text: text.__name__
)
@pytest.mark.parametrize("rules", ["all", "none"])
def test_text_placed_in_every_way(tmp_path, text, rules):
    source = project_table(8, seed=2)
    content = read(draw(sheets_of(source, rules=rules, split_rows=False), tmp_path / "t.pdf", text=text))
    assert content.gaps == ()
    assert grids(content) == [wanted(source)]


def scaled(canvas: Any, sheet: Sheet) -> None:
    """A hundredth of a millimetre as the unit, as office programs have it."""
    for by in (0.1, 10.0):
        canvas.scale(by, by)


def shifted(canvas: Any, sheet: Sheet) -> None:
    canvas.setPageSize((sheet.width + 100, sheet.height + 80))
    canvas.setCropBox((60, 50, sheet.width + 60, sheet.height + 50))
    canvas.translate(60, 50)
    canvas.setFont(FONT, 9)
    canvas.drawString(-50, 300, "裁切")


@pytest.mark.parametrize("set_up", [scaled, shifted], ids=lambda one: one.__name__)
def test_other_origins_and_units(tmp_path, set_up):
    source = project_table(8, seed=4)
    content = read(draw(sheets_of(source), tmp_path / "t.pdf", set_up=set_up))
    assert content.gaps == ()
    assert grids(content) == [wanted(source)]
    assert "裁切" not in "".join(texts(content))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_turned_by_the_viewer(tmp_path, turn):
    import pypdfium2

    source = project_table(6, seed=6)
    path = write_pdf(sheets_of(source), tmp_path / "t.pdf")
    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.set_rotation(turn)
    document.save(tmp_path / "turned.pdf")
    document.close()
    content = read(tmp_path / "turned.pdf")
    assert content.gaps == () and grids(content) == [wanted(source)]


def test_font_without_meanings_is_a_gap(tmp_path):
    path = write_pdf(sheets_of(project_table(4), rules="all"), tmp_path / "t.pdf")
    data = path.read_bytes()
    assert b"/ToUnicode" in data
    path.write_bytes(data.replace(b"/ToUnicode", b"/ToNothing"))
    content = read(path)
    assert "未能识别" in reasons(content) or "乱码" in reasons(content)


def scan(path: Path, sheets: Sequence[Sheet], mode: int, share: float = 1.0) -> Path:
    """A grey picture over the page and the text above it in a render mode: 3 is invisible."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = ImageReader(Image.new("L", (60, 80), 200))

    def recognised(canvas: Any, sheet: Sheet) -> None:
        for x, y, size, text in sheet.texts:
            body = canvas.beginText(x, sheet.height - y)
            body.setFont(FONT, size)
            body.setTextRenderMode(mode)
            body.textOut(text)
            canvas.drawText(body)

    def image(canvas: Any, sheet: Sheet) -> None:
        if share:
            canvas.drawImage(picture, 0, 0, sheet.width, share * sheet.height)

    return draw(sheets, path, rules=image, text=recognised)


def test_recognised_text_over_a_scan_is_read_and_told(tmp_path):
    source = project_table(4)
    content = read(scan(tmp_path / "t.pdf", sheets_of(source, split_rows=False), mode=3))
    assert "扫描" in reasons(content) and content.gaps[0].place.page == 1
    together = "".join(texts(content)) + "".join(str(one) for one in grids(content))
    assert "绩效指标" in together
    assert read(scan(tmp_path / "v.pdf", sheets_of(source, split_rows=False), mode=0)).gaps == ()


def test_invisible_text_without_a_picture_is_left_out_and_told(tmp_path):
    source = Source((("名称", "金额"), ("甲", "1.00")), (90, 90))
    visible = lay_out_pages(source, Style())[0]

    def both(canvas: Any, sheet: Sheet) -> None:
        words(canvas, sheet)
        body = canvas.beginText(300, 300)
        body.setFont(FONT, 9)
        body.setTextRenderMode(3)
        body.textOut("看不见的另一份说明 2.00")
        canvas.drawText(body)

    content = read(draw([visible], tmp_path / "t.pdf", text=both))
    assert grids(content) == [source.expected()] and texts(content) == []
    assert "看不见" in reasons(content)


def test_text_over_text_is_a_gap(tmp_path):
    """What spreadsheets print of rows that are too low: the lines of one cell over those of the next."""
    source = project_table(8)
    sheets = sheets_of(source, split_rows=False)
    squeezed = [
        replace_texts(sheet, [(x, 40 + 0.3 * (y - 40), size, text) for x, y, size, text in sheet.texts])
        for sheet in sheets
    ]
    content = read(write_pdf(squeezed, tmp_path / "t.pdf"))
    assert "重叠" in reasons(content)


def replace_texts(sheet: Sheet, texts: list[tuple[float, float, float, str]]) -> Sheet:
    return replace(
        sheet,
        texts=texts,
        rules=[(x0, 40 + 0.3 * (y0 - 40), x1, 40 + 0.3 * (y1 - 40)) for x0, y0, x1, y1 in sheet.rules],
    )


def test_page_numbers_and_footers_between_the_rows(tmp_path):
    source = project_table(9, titles=False)
    for footer in ("第 {} 页", "第{}页，共{}页", "- {} -", "{}/{}", "— {} —", "第 {} 页 共 {} 页"):
        for margin in (22, 36):
            sheets = sheets_of(source, split_rows=False, margin=margin)
            for at, sheet in enumerate(sheets, start=1):
                sheet.texts.append((sheet.width / 2 - 15, sheet.height - 10, 8, footer.format(at, len(sheets))))
            content = read(write_pdf(sheets, tmp_path / "t.pdf"))
            assert (grids(content), texts(content), content.gaps) == ([wanted(source)], [], ()), (footer, margin)


def test_page_numbers_under_a_table_without_rules(tmp_path):
    source = project_table(9, titles=False)
    for footer in ("第 {} 页", "第{}页，共{}页", "- {} -", "{}/{}"):
        sheets = sheets_of(source, split_rows=False, rules="none")
        for at, sheet in enumerate(sheets, start=1):
            sheet.texts.append((sheet.width / 2 - 15, sheet.height - 14, 8, footer.format(at, len(sheets))))
        content = read(write_pdf(sheets, tmp_path / "t.pdf"))
        assert (grids(content), texts(content), content.gaps) == ([wanted(source)], [], ()), footer
