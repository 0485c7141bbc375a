from __future__ import annotations

import datetime
import random
import time
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.readers.grid import cell_text
from auditor.readers.limits import Limits
from auditor.readers.office.number_format import plainly, shown
from auditor.readers.office.spreadsheet import address, read_spreadsheet
from tests.readers.make_office import (
    FORMATS,
    LIMITS,
    SAMPLE,
    Grid,
    expected,
    grid,
    ole,
    place_of,
    reasons,
    repack,
    tables,
    texts,
    understate,
    write_xlsx,
)  # fmt: skip

SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>'
TAIL = "</sheetData></worksheet>"


def read(path, limits=LIMITS):
    return read_spreadsheet(path, path.name, limits)


def with_sheet(tmp_path: Path, xml: str) -> Path:
    write_xlsx(Grid((("x",),)), tmp_path / "plain.xlsx")
    return repack(tmp_path / "plain.xlsx", tmp_path / "made.xlsx", {SHEET: xml.encode()})


@st.composite
def sources(draw):
    """Random tables whose corners are filled, with merged areas that stay off the last row and column."""
    height, width = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    alphabet = "绩效目标指标值≥≤%100.,;；、\"'<&>Ab \n　①㎡"
    text = st.text(alphabet, max_size=12).map(cell_text)
    rows = [[draw(text) for _ in range(width)] for _ in range(height)]
    rows[0][0], rows[-1][-1] = rows[0][0] or "头", rows[-1][-1] or "尾"
    merged, taken = [], set()
    for _ in range(draw(st.integers(0, 4))):
        if height < 3 or width < 3:
            break
        top, left = draw(st.integers(0, height - 2)), draw(st.integers(0, width - 2))
        high, wide = draw(st.integers(1, height - 1 - top)), draw(st.integers(1, width - 1 - left))
        area = {(row, column) for row in range(top, top + high) for column in range(left, left + wide)}
        if len(area) > 1 and not area & taken:
            taken |= area
            merged.append((top, left, high, wide))
            for row, column in area - {(top, left)}:
                rows[row][column] = ""
    return Grid(tuple(map(tuple, rows)), tuple(merged))


@pytest.mark.parametrize("kind", FORMATS)
def test_one_source_reads_alike_in_every_format(tmp_path, kind):
    write, reader = FORMATS[kind]
    write(SAMPLE, tmp_path / "f")
    content = reader(tmp_path / "f", "f", LIMITS)
    assert grid(content.blocks[-1]) == expected(SAMPLE)
    assert content.gaps == ()


@pytest.mark.parametrize("kind", FORMATS)
@given(source=sources())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_tables_read_alike_in_every_format(tmp_path, kind, source):
    write, reader = FORMATS[kind]
    write(source, tmp_path / "f")
    assert grid(reader(tmp_path / "f", "f", LIMITS).blocks[-1]) == expected(source)


FORMATTED = [
    (1, "0%", "100%"),
    (0.985, "0.0%", "98.5%"),
    (31.490000000000002, "General", "31.49"),
    (5, "General", "5"),
    (5407.41, "#,##0.00", "5,407.41"),
    (0, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
    (95, '"≥"0"项"', "≥95项"),
    (2.5, "0.00", "2.50"),
    (45657, "yyyy-mm-dd", "2024-12-31"),
    (45657, 'yyyy"年"m"月"d"日"', "2024年12月31日"),
    (45657, "yyyy/m/d", "2024/12/31"),
    (0.5, "h:mm", "12:00"),
]


@pytest.mark.parametrize(("value", "code", "text"), FORMATTED)
def test_numbers_are_read_as_a_person_sees_them(tmp_path, value, code, text):
    book = openpyxl.Workbook()
    book.active["C7"].value, book.active["C7"].number_format = value, code
    book.save(tmp_path / "f.xlsx")
    old = xlwt.Workbook()
    old.add_sheet("a").write(6, 2, value, xlwt.easyxf(num_format_str=code))
    old.save(str(tmp_path / "f.xls"))
    for name in ("f.xlsx", "f.xls"):
        content = read(tmp_path / name)
        assert texts(content) == [[text]]
        assert (place_of(content, text).cell, place_of(content, text).row) == ("C7", 7)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.125, "0.00", "0.13"), (1.005, "0.00", "1.01"), (-0.001, "0.00", "0.00"), (-5, "0.00;[Red]0.00", "5.00"),
        (-5, "0.0", "-5.0"), (1234567, "0.0,", "1234.6"), (12, "000", "012"), (0.12, "0.##%", "12%"), (3, 'General"项"', "3项"),
        (3.5, "# ?/?", "3.5"), (12, "0.00E+00", "12"), (5, "[>=3]0;0", "5"), (12, "000-000", "12"), (True, "0%", "TRUE"),
        ("文", "0%", "文"), (2, "[$¥-804]#,##0.00", "¥2.00"), (1e300, "0.00", plainly(1e300)), (-1, "yyyy", "1899"),
        (1e12, "yyyy-mm-dd", "1000000000000"), (datetime.time(15, 4), "h:mm AM/PM", "3:04 PM"), (datetime.date(2024, 1, 2), "0", "2024-01-02"),
        (datetime.date(2024, 12, 31), "[$-F800]dddd\\,\\ mmmm\\ dd", "2024年12月31日"), (datetime.timedelta(hours=30), "[h]:mm", "30:00"),
    ],
)  # fmt: skip
def test_number_formats(value, code, text):
    assert shown(value, code) == text


@given(st.floats(allow_nan=False, allow_infinity=False), st.text('0#?,.%;"\\[]yYmdhs年E+-*_@/G', max_size=12))
@settings(max_examples=300, deadline=None)
def test_no_number_format_raises(value, code):
    assert isinstance(shown(value, code), str)


@given(st.floats(-1e12, 1e12))
def test_plain_numbers_keep_15_digits(value):
    assert float(plainly(value)) == pytest.approx(value, rel=1e-14, abs=1e-300)


def test_hidden_sheets_are_kept_apart_and_empty_ones_passed_over(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "填报说明"
    book.active["A1"] = "说明"
    book.create_sheet("空")
    for state in ("hidden", "veryHidden"):
        sheet = book.create_sheet(state)
        sheet["A1"], sheet["A2"], sheet.sheet_state = "暗", "=1/0", state
    book.create_sheet("项目1")["B2"] = "好"
    book.save(tmp_path / "f.xlsx")
    content = read(tmp_path / "f.xlsx")
    assert [table.place.sheet for table in tables(content)] == ["填报说明", "项目1"]
    assert place_of(content, "好").cell == "B2"
    assert [(table.place.sheet, table.rows[0][0].text) for table in content.hidden] == [
        ("hidden", "暗"),
        ("veryHidden", "暗"),
    ]
    assert content.gaps == ()


def test_nothing_at_all_is_a_gap(tmp_path):
    openpyxl.Workbook().save(tmp_path / "f.xlsx")
    assert "没有可读" in reasons(read(tmp_path / "f.xlsx"))


def test_errors_and_uncomputed_formulas_are_gaps_with_their_cell(tmp_path):
    xml = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1" t="e"><f>X!1</f><v>#REF!</v></c><c r="D1"><f>A1</f></c>'
        '<c r="E1"><f>A1</f><v>2</v></c><c r="F1" t="str"><f>""</f><v></v></c><c r="G1"><f>A1</f><v></v></c></row>'
    )
    content = read(with_sheet(tmp_path, HEAD + xml + TAIL))
    assert texts(content)[0] == ["1", "", "#REF!", "", "2"]
    assert [(gap.place.cell, gap.quote) for gap in content.gaps] == [("C1", "#REF!"), ("D1", ""), ("G1", "")]


def test_errors_in_xls(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "x")
    sheet.row(1).set_cell_error(1, "#REF!")
    book.save(str(tmp_path / "f.xls"))
    content = read(tmp_path / "f.xls")
    assert texts(content)[1] == ["", "#REF!"]
    assert content.gaps[0].place.cell == "B2"


def test_many_errors_share_a_gap(tmp_path):
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="e"><v>#N/A</v></c></row>' for row in range(1, 301))
    assert len(read(with_sheet(tmp_path, HEAD + cells + TAIL)).gaps) == 101


@pytest.mark.parametrize(
    "cells",
    [
        '<row><c s="1"><v>1</v></c><c t="inlineStr"><is><t>二</t></is></c></row>',
        '<row r="1"><c t="n" s="1" r="A1"><v>1</v></c><c t="inlineStr" r="B1"><is><t>二</t></is></c></row>',
        '<row r="1" spans="1:2"><c r="A1" t="n" s="1"><v>1</v></c>\n<c r="B1" t="inlineStr"><is><t>二</t></is></c></row>',
    ],
)
def test_ways_to_write_a_cell(tmp_path, cells):
    book = openpyxl.Workbook()
    book.active["A1"].value, book.active["A1"].number_format = 1, "0%"
    book.save(tmp_path / "plain.xlsx")
    xml = (HEAD + cells + TAIL).encode()
    assert texts(read(repack(tmp_path / "plain.xlsx", tmp_path / "f.xlsx", {SHEET: xml}))) == [["100%", "二"]]


def test_namespace_prefix(tmp_path):
    xml = (
        (HEAD + '<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>' + TAIL).replace("<", "<x:").replace("<x:/", "</x:")
    )
    content = read(with_sheet(tmp_path, xml.replace("xmlns=", "xmlns:x=")))
    assert texts(content) == [["#REF!"]]


def test_a_million_empty_rows_are_cheap(tmp_path):
    empty = "".join(f'<row r="{row}" s="1"><c r="A{row}" s="1"/></row>' for row in range(2, 1_000_001))
    path = with_sheet(tmp_path, f'{HEAD}<row r="1"><c r="A1"><v>1</v></c></row>{empty}{TAIL}')
    started = time.monotonic()
    assert texts(read(path)) == [["1"]]
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("addresses", [True, False])
def test_a_far_cell_is_a_gap_and_costs_no_memory(tmp_path, addresses):
    first, far = ('r="A1"', 'r="XFD1048576"') if addresses else ("", 'r="XFD1048576"')
    cells = f'<row r="1"><c {first}><v>1</v></c></row><row r="1048576"><c {far}><v>1</v></c></row>'
    content = read(with_sheet(tmp_path, HEAD + cells + TAIL))
    assert content.blocks == ()
    assert (content.gaps[0].stage, content.gaps[0].place.sheet) == ("limit", "绩效目标表")


def test_the_cell_limit_counts_over_sheets(tmp_path):
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("b")):
        for row in range(30):
            sheet.append(["x"] * (row % 3 + 3))
    book.save(tmp_path / "f.xlsx")
    content = read(tmp_path / "f.xlsx", Limits(cells=200))
    assert (len(content.blocks), content.gaps[0].place.sheet, content.gaps[0].stage) == (1, "b", "limit")


def test_long_cells_and_outer_blanks(tmp_path):
    book = openpyxl.Workbook()
    book.active["B2"] = "长" * 30000
    book.active["D9"] = " \n"
    book.save(tmp_path / "f.xlsx")
    assert texts(read(tmp_path / "f.xlsx")) == [["长" * 30000]]
    cell = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"长" * 200_000}</t></is></c></row>'
    assert texts(read(with_sheet(tmp_path, HEAD + cell + TAIL))) == [["长" * 200_000]]


def test_values_hidden_under_a_merged_area_are_not_read(tmp_path):
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
    xml = f'{HEAD}{cells}</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>'
    assert grid(read(with_sheet(tmp_path, xml)).blocks[0]) == [[("1", 1, 2), None, ("3", 1, 1)]]


def test_entities_are_refused(tmp_path):
    bomb = '<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY c "&a;&a;&a;&a;">]>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row>'
    content = read(with_sheet(tmp_path, bomb + HEAD + cell + TAIL))
    assert (content.blocks, "实体" in reasons(content)) == ((), True)


def test_zip_bombs_are_refused_before_they_expand(tmp_path):
    xml = HEAD + '<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 80_000_000 + TAIL
    path = with_sheet(tmp_path, xml)
    assert "压缩炸弹" in reasons(read(path))
    assert "压缩炸弹" in reasons(read(path, Limits(expanded_mib=10, expansion_ratio=10**9)))
    # A directory that lies about the size is found out while the part is measured.
    content = read(understate(path, SHEET, 100))
    assert (content.blocks, len(content.gaps)) == ((), 1)


def test_passwords_are_gaps(tmp_path):
    (tmp_path / "f.xlsx").write_bytes(ole("EncryptedPackage", "EncryptionInfo"))
    assert "密码" in reasons(read(tmp_path / "f.xlsx"))


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_broken_files_give_a_gap_and_never_raise(tmp_path, kind):
    FORMATS[kind][0](SAMPLE, tmp_path / "whole")
    data = (tmp_path / "whole").read_bytes()
    rng = random.Random(5)
    for round_ in range(60):
        hurt = bytearray(data[: rng.randrange(8, len(data))] if round_ % 2 else data)
        for _ in range(rng.randrange(1, 30)):
            hurt[rng.randrange(4, len(hurt))] = rng.randrange(256)
        (tmp_path / "f").write_bytes(hurt)
        content = read(tmp_path / "f")
        assert content.blocks or content.gaps


@pytest.mark.parametrize("data", [b"PK", b"PK\x03\x04" + bytes(100), b"text", b"\xd0\xcf\x11\xe0"])
def test_other_bytes_are_gaps(tmp_path, data):
    (tmp_path / "f").write_bytes(data)
    assert "损坏" in reasons(read(tmp_path / "f"))


def test_addresses():
    assert [address(6, 2), address(0, 26), address(1048575, 16383)] == ["C7", "AA1", "XFD1048576"]
