from __future__ import annotations

import time

import pytest

from auditor.readers.filetype import file_type
from auditor.readers.limits import Limits
from auditor.readers.office.html import read_html
from tests.readers.make_office import LIMITS, SAMPLE, grid, html_table, lines, place_of, reasons, tables, texts


@pytest.fixture
def read(tmp_path):
    def read(page, limits=LIMITS):
        path = tmp_path / "f.html"
        path.write_bytes(page if isinstance(page, bytes) else page.encode())
        return read_html(path, "f.html", limits)

    return read


def cells(*texts_):
    return "<table><tr>" + "".join(f"<td>{text}</td>" for text in texts_) + "</tr></table>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("甲<br>乙", "甲\n乙"),
        ("<p>甲</p>\n <p>乙</p>", "甲\n乙"),
        ("甲<br/><br/>乙", "甲\n\n乙"),
        ("<div><span>甲</span> <b>乙</b></div>", "甲 乙"),
        ("完成\n   任务", "完成任务"),
        ("A1\n  B2", "A1 B2"),
        ("&nbsp;&nbsp;名称&nbsp;", "  名称"),
        ("&lt;1&gt;&amp;&#8805;5", "<1>&≥5"),
        ("甲<script>x()</script><style>p{}</style><!-- 注 -->乙", "甲乙"),
        ("甲<span style='display: none'>暗</span><i hidden>暗</i>", "甲"),
        ("<pre>a  b\nc</pre>", "a  b\nc"),
        ("<ul><li>一</li><li>二</li></ul>", "一\n二"),
        ('<input value="填写"><input type="hidden" value="x">', "填写"),
        ("甲\x1e乙\x01", "甲乙"),
    ],
)
def test_text_of_a_cell(read, inner, text):
    assert texts(read(cells(inner, "x"))) == [[text, "x"]]


def test_lines_captions_and_places(read):
    content = read(
        f"<h1>目标表</h1>单位：<b>万元</b><table><caption>表一</caption><tr><td>a<td>b<tr><td>c<td>d</table>注：无{cells('z')}"
    )
    assert lines(content) == ["目标表", "单位：万元", "表一", "注：无"]
    assert (place_of(content, "d").table, place_of(content, "d").row) == (1, 2)
    assert place_of(content, "z").table == 2


def test_spans(read):
    page = "<table><tr><td rowspan=0>a<td colspan=2>b<tr><td rowspan=9>c<td>d<tr><td>e<tr><td colspan=x>f<td>g</table>"
    assert grid(read(page).blocks[0]) == [
        [("a", 4, 1), ("b", 1, 2), None, ("", 1, 1)],
        [None, ("c", 3, 1), ("d", 1, 1), ("", 1, 1)],
        [None, None, ("e", 1, 1), ("", 1, 1)],
        [None, None, ("f", 1, 1), ("g", 1, 1)],
    ]


def test_nested_tables(read):
    data = cells("项目一", f"见下{cells('甲', '乙')}")
    assert texts(read(data)) == [["项目一", "见下\n甲 乙"]]
    layout = f"<table><tr><td>页首</td></tr><tr><td></td><td>题{html_table(SAMPLE)}</td></tr></table>"
    content = read(layout)
    assert (lines(content), len(tables(content))) == (["页首", "题"], 1)


@pytest.mark.parametrize(
    ("codec", "meta"),
    [
        ("gbk", '<meta charset="gb2312">'),
        ("gb18030", '<meta http-equiv=Content-Type content="text/html; charset=gbk">'),
        ("utf-8", '<meta charset="gb2312">'),
        ("utf-8", ""),
        ("gb18030", ""),
        ("gb18030", "<meta charset=utf-8>"),
        ("utf-16", '<meta charset="utf-16">'),
        ("big5", "<meta charset=big5>"),
    ],
)
def test_encodings(read, codec, meta):
    text = "項目績效" if codec == "big5" else "项目绩效目标𠮷" if codec == "gb18030" else "项目绩效目标"
    assert texts(read(f"<html><head>{meta}</head>{cells(text * 5)}".encode(codec))) == [[text * 5]]


def test_entities_are_not_expanded_and_nothing_is_fetched(read):
    page = (
        '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY x SYSTEM "file:///etc/passwd">]><link href="http://127.0.0.1:9/x">'
    )
    content = read(page + cells("甲&a;&x;"))
    assert texts(content) == [["甲&a;&x;"]]


def test_limits(read):
    assert read(cells(*"ab"), Limits(cells=1)).gaps[0].stage == "limit"
    bomb = "<table>" + "<tr><td colspan=1000 rowspan=65534>a</td></tr>" * 3000 + "</table>"
    assert read(bomb).gaps[0].stage == "limit"
    assert texts(read(cells("长" * 200_000))) == [["长" * 200_000]]


def test_too_deep_and_nothing(read):
    assert "嵌套过深" in reasons(read("<div>" * 300 + "x" + "</div>" * 300 + cells("y")))
    assert "没有可读" in reasons(read("<html><body><script>1</script>"))
    assert "图片" in reasons(read("<img src=a.png>"))
    assert read(b"\x00\x01" * 50).gaps


def test_hostile_repetition_takes_linear_time(read, tmp_path):
    started = time.monotonic()
    read(cells("<br>" * 100_000 + "甲"))
    read("<div>" * 200 + " \n" * 100_000 + "甲")
    (tmp_path / "c").write_text("<!-- -->" * 5000 + "x")
    assert file_type(tmp_path / "c") in ("text", "html")
    assert time.monotonic() - started < 5
