from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.readers.grid import cell_text
from auditor.readers.limits import Limits
from auditor.readers.office.delimited import delimiter_of, read_delimited
from tests.readers.make_office import LIMITS, SAMPLE, Grid, place_of, reasons, texts, write_csv


@pytest.fixture
def read(tmp_path):
    def read(data, limits=LIMITS):
        path = tmp_path / "f.csv"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read_delimited(path, "f.csv", limits)

    return read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_source_reads_alike(tmp_path, encoding, delimiter):
    write_csv(SAMPLE, tmp_path / "f.csv", encoding, delimiter)
    content = read_delimited(tmp_path / "f.csv", "f.csv", LIMITS)
    assert texts(content) == [list(row) for row in SAMPLE.rows]
    assert content.gaps == ()


@given(
    st.lists(
        st.lists(st.text("绩效,\"'\n;；1 \t", max_size=8).map(cell_text), min_size=3, max_size=3),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_tables(tmp_path, rows):
    rows = [["头", "二", "三"], *rows, ["尾", "二", "三"]]
    write_csv(Grid(tuple(map(tuple, rows))), tmp_path / "f.csv")
    if delimiter_of((tmp_path / "f.csv").read_text("utf-8-sig")) == ",":
        assert texts(read_delimited(tmp_path / "f.csv", "f", LIMITS)) == rows


def test_places_count_records_and_lines(read):
    content = read('a,"b\nc"\nd,e\n')
    place = place_of(content, "d")
    assert (place.row, place.line) == (2, 3)


def test_ragged_rows_are_padded_and_outer_blanks_trimmed(read):
    assert texts(read("a,b,c,,\nd\n\ne,f,,,\n,,,\n")) == [["a", "b", "c"], ["d", "", ""], ["", "", ""], ["e", "f", ""]]


def test_declared_delimiter(read):
    content = read("sep=;\r\na;b,c,d\r\ne;f,g,h\r\n")
    assert texts(content) == [["a", "b,c,d"], ["e", "f,g,h"]]
    assert place_of(content, "e").line == 3


@pytest.mark.parametrize(("text", "line"), [('a,b\nc,"d\ne,f\n', 2), ('"重点"项目,b\nc,d\n"e,f', 3)])
def test_open_quote_is_reported(read, text, line):
    assert [gap.place.line for gap in read(text).gaps] == [line]


@pytest.mark.parametrize(
    ("text", "line", "rows"),
    [
        ('名,值,注\n甲,"一,1\n乙,二,2\n丙,三,3\n', 2, [["名", "值", "注"], ["甲", "一", "1"], ["乙", "二", "2"], ["丙", "三", "3"]]),
        ('名,值,注\n甲,"一,1\n乙,"二",2\n', 2, [["名", "值", "注"], ["甲", "一", "1"], ["乙", "二", "2"]]),
        ('名,值\n"甲\n乙",1\n"丙,2\n丁,3', 4, [["名", "值"], ["甲\n乙", "1"], ["丙", "2"], ["丁", "3"]]),
    ],
)  # fmt: skip
def test_an_open_quote_does_not_swallow_the_rows_below(read, text, line, rows):
    content = read(text)
    assert texts(content) == rows
    assert [gap.place.line for gap in content.gaps] == [line]


def test_many_open_quotes_cost_no_more_than_their_lines(read):
    content = read('甲,"乙\n' * 5000)
    assert (len(texts(content)), len(content.gaps)) == (5000, 101)


def test_quotes_that_are_closed_are_not_reported(read):
    assert read('a,"5""管"\n"重点"项目,x\nb"c,d\n').gaps == ()


def test_long_field(read):
    assert texts(read(f'a,"{"长" * 200_000}"\nb,c\n'))[0][1] == "长" * 200_000


def test_gaps(read):
    assert read("a,b\nc,d\n", Limits(cells=3)).gaps[0].stage == "limit"
    assert "没有可读" in reasons(read(",,\n,,\n"))
    assert "编码" in reasons(read(bytes(range(256)) * 4))
    assert "无法识别" in reasons(read("项目,目标\n河道,保洁\n".encode() * 20 + b"\xff,x\n"))
    assert read("a,b\n" * 10, Limits(file_mib=0)).gaps[0].stage == "limit"
