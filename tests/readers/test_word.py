from __future__ import annotations

import random

import docx
import pytest

from auditor.readers.limits import Limits
from auditor.readers.office.word import read_word
from tests.readers.make_office import (
    LIMITS,
    SAMPLE,
    Grid,
    grid,
    lines,
    place_of,
    reasons,
    repack,
    tables,
    texts,
    write_docx,
)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = "word/document.xml"


def read(path, limits=LIMITS):
    return read_word(path, path.name, limits)


def with_body(tmp_path, xml, parts=None):
    docx.Document().save(str(tmp_path / "plain.docx"))
    body = f'<w:document xmlns:w="{W}"><w:body>{xml}</w:body></w:document>'
    return repack(tmp_path / "plain.docx", tmp_path / "made.docx", {BODY: body.encode(), **(parts or {})})


def p(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(inner, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tbl(*rows):
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_titles_and_places(tmp_path):
    write_docx(Grid(SAMPLE.rows, SAMPLE.merged, ("绩效目标表", "部门名称：某局\n单位：万元")), tmp_path / "f.docx")
    content = read(tmp_path / "f.docx")
    assert lines(content) == ["绩效目标表", "部门名称：某局", "单位：万元"]
    place = place_of(content, "效益指标")
    assert (place.table, place.row) == (1, 4)


def test_tracked_changes_hidden_text_and_breaks(tmp_path):
    xml = """<w:p><w:r><w:t>完成</w:t></w:r><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del>
      <w:ins><w:r><w:t>新</w:t><w:br/><w:t>任务</w:t><w:tab/></w:r></w:ins><w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>
      <w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>
      <w:r><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r><w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r></w:p>"""
    cell = tbl(tc(xml) + tc(p("b")), "<w:trPr><w:del/></w:trPr>" + tc(p("删")) + tc(p("行")))
    assert texts(read(with_body(tmp_path, cell))) == [["完成新\n任务\t链-☑", "b"]]


def test_merged_cells_with_offset_rows_and_old_style_merges(tmp_path):
    table = tbl(
        tc(p("a"), '<w:vMerge w:val="restart"/>') + tc(p("b"), '<w:gridSpan w:val="2"/>'),
        tc(p(""), "<w:vMerge/>")
        + tc(p("c"), '<w:hMerge w:val="restart"/>')
        + tc(p(""), '<w:hMerge w:val="continue"/>'),
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + tc(p("d")) + tc(p("e")),
    )
    found = grid(read(with_body(tmp_path, table)).blocks[0])
    assert found == [
        [("a", 2, 1), ("b", 1, 2), None],
        [None, ("c", 1, 2), None],
        [("", 1, 1), ("d", 1, 1), ("e", 1, 1)],
    ]


def test_nested_tables(tmp_path):
    inner = tbl(tc(p("甲")) + tc(p("乙")), tc(p("丙")) + tc(p("丁")))
    data = tbl(tc(p("项目")) + tc(p("指标")), tc(p("一")) + tc(p("见下") + inner + p("")))
    assert texts(read(with_body(tmp_path, data)))[1] == ["一", "见下\n甲 乙\n丙 丁"]
    layout = tbl(tc(p("标题") + inner + p("")) + tc(p("")))
    content = read(with_body(tmp_path, layout))
    assert (lines(content), texts(content)) == (["标题"], [["甲", "乙"], ["丙", "丁"]])


def test_content_controls_and_text_boxes(tmp_path):
    box = f"<w:r><w:pict><w:txbxContent>{p('框')}</w:txbxContent></w:pict></w:r>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
    xml = f"<w:sdt><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt><w:p><w:r><w:t>段</w:t></w:r><w:r>{both}</w:r></w:p>"
    assert lines(read(with_body(tmp_path, xml))) == ["控件", "段", "框"]


def test_automatic_numbers_are_written_out(tmp_path):
    def item(text, level=0):
        return p(text).replace(
            "<w:p>", f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr></w:pPr>'
        )

    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for at, kind, pattern in ((0, "chineseCounting", "%1、"), (1, "decimal", "%2."))
    )
    numbering = f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="3">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>'
    body = item("甲") + item("子", 1) + item("丑", 1) + item("乙") + item("寅", 1) + tbl(tc(item("")) + tc(p("x")))
    content = read(with_body(tmp_path, body, {"word/numbering.xml": numbering.encode()}))
    assert lines(content) == ["一、甲", "1.子", "2.丑", "二、乙", "1.寅"]
    assert texts(content) == [["三、", "x"]]


def test_what_cannot_be_read_is_said(tmp_path):
    assert "没有可读" in reasons(read(with_body(tmp_path, "")))
    assert "图片" in reasons(read(with_body(tmp_path, "<w:p/>", {"word/media/image1.png": b"x"})))
    content = read(with_body(tmp_path, p("字"), {"word/embeddings/a.xlsx": b"x"}))
    assert (lines(content), "嵌入" in reasons(content)) == (["字"], True)


def test_long_cell_and_limits(tmp_path):
    path = with_body(tmp_path, tbl(tc(p("长" * 200_000))) + tbl(tc(p("a")) + tc(p("b"))))
    assert [len(table.rows[0][0].text) for table in tables(read(path))] == [200_000, 1]
    content = read(path, Limits(cells=2))
    assert (len(tables(content)), content.gaps[0].place.table, content.gaps[0].stage) == (1, 2, "limit")
    wide = with_body(tmp_path, tbl(tc(p("a"), '<w:gridSpan w:val="999999"/>'), *[tc(p("b"))] * 3))
    assert read(wide).gaps[0].stage == "limit"


@pytest.mark.parametrize("entity", ['<!ENTITY a "aaa">', '<!ENTITY a SYSTEM "file:///etc/passwd">'])
def test_entities_are_refused(tmp_path, entity):
    docx.Document().save(str(tmp_path / "plain.docx"))
    xml = f'<!DOCTYPE d [{entity}]><w:document xmlns:w="{W}"><w:body>{p("&a;")}</w:body></w:document>'
    content = read(repack(tmp_path / "plain.docx", tmp_path / "f.docx", {BODY: xml.encode()}))
    assert (content.blocks, "实体" in reasons(content)) == ((), True)


def test_zip_bomb(tmp_path):
    path = with_body(tmp_path, p("字") + " " * 80_000_000)
    assert "压缩炸弹" in reasons(read(path))


def test_broken_files_give_a_gap_and_never_raise(tmp_path):
    write_docx(SAMPLE, tmp_path / "whole")
    data = (tmp_path / "whole").read_bytes()
    rng = random.Random(5)
    for round_ in range(40):
        hurt = bytearray(data[: rng.randrange(8, len(data))] if round_ % 2 else data)
        for _ in range(rng.randrange(1, 30)):
            hurt[rng.randrange(len(hurt))] = rng.randrange(256)
        (tmp_path / "f").write_bytes(hurt)
        content = read(tmp_path / "f")
        assert content.blocks or content.gaps
