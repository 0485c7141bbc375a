"""Cells far away from a sheet's table must not cost the table, and sheets parsed ahead of their marks lose none."""

import threading
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.readers.limits import Limits
from auditor.readers.office.marks import Marks
from auditor.readers.office.sheet_xml import glance, sheet_marks
from auditor.readers.office.spreadsheet import read_spreadsheet
from tests.readers.make_office import LIMITS, SAMPLE, expected, grid, repack, tables, texts, write_xlsx

SHEET = "xl/worksheets/sheet1.xml"


def read(path, limits=LIMITS):
    return read_spreadsheet(path, path.name, limits)


def with_strays(tmp_path, **cells):
    write_xlsx(SAMPLE, tmp_path / "plain.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plain.xlsx")
    for at, value in cells.items():
        book.active[at] = value
    book.save(tmp_path / "f.xlsx")
    return tmp_path / "f.xlsx"


@pytest.mark.parametrize(
    "strays",
    [{"A1000000": "x"}, {"XFD3": 5, "C900000": "y"}, {"ZZ1048576": "=1/0"}, {"A1048000": "a", "A1048001": "b"}],
)
def test_the_table_is_read_and_the_strays_are_named(tmp_path, strays):
    content = read(with_strays(tmp_path, **strays))
    assert grid(content.blocks[0]) == expected(SAMPLE)
    (gap,) = content.gaps
    assert (gap.stage, gap.place.cell in strays) == ("limit", True)
    assert all(at in gap.reason.zh for at in strays)


def test_two_large_parts_are_not_strays(tmp_path):
    cells = {f"A{900_000 + at}": at for at in range(300)}
    content = read(with_strays(tmp_path, **cells))
    assert content.blocks == ()
    assert content.gaps[0].stage == "limit"


def test_a_second_table_far_below_is_read_where_the_limit_allows(tmp_path):
    content = read(with_strays(tmp_path, A9000="远"))
    assert content.gaps == ()
    assert texts(content)[-1][0] == "远"


def test_other_sheets_are_read_beside_one_with_strays(tmp_path):
    book = openpyxl.load_workbook(with_strays(tmp_path, XFD1048576="x"))
    book.create_sheet("二")["B2"] = "=1/0"
    book.save(tmp_path / "g.xlsx")
    content = read(tmp_path / "g.xlsx")
    assert grid(content.blocks[0]) == expected(SAMPLE)
    assert [(gap.place.sheet, gap.place.cell) for gap in content.gaps] == [("二", "B2"), ("绩效目标表", "XFD1048576")]


CELL = st.sampled_from(
    [None, 1, 2.5, "文", "长\n文", True, "=A1", (0.95, "0%"), (45657, "yyyy-mm-dd"), ("#REF!", "e"), (3, "0.00")]
)  # fmt: skip


@settings(max_examples=40, deadline=None, derandomize=True)
@given(rows=st.lists(st.lists(CELL, min_size=1, max_size=30), min_size=1, max_size=6), first=st.integers(1, 30))
def test_what_a_glance_calls_plain_leaves_no_mark_and_its_bound_holds(tmp_path_factory, rows, first):
    path = tmp_path_factory.mktemp("glance") / "f.xlsx"
    book = openpyxl.Workbook()
    for at, row in enumerate(rows, first):
        for column, value in enumerate(row, 1):
            cell = book.active.cell(at, column)
            if isinstance(value, tuple):
                cell.value, cell.number_format = value if value[1] != "e" else (value[0], "General")
            else:
                cell.value = value
    book.save(path)
    with zipfile.ZipFile(path) as package:
        codes = {b"1": "0%", b"2": "yyyy-mm-dd", b"3": "0.00"}
        seen, marks = glance(package, SHEET, codes), sheet_marks(package, SHEET, codes, 0)
    assert seen.cells is not None
    assert (seen.height, seen.width) >= (0, 26)
    assert seen.height >= marks.height
    assert seen.width >= marks.width
    if seen.is_plain:
        assert (marks.formats, marks.errors, marks.uncomputed) == ({}, {}, [])


@pytest.mark.parametrize("cut", range(0, 60, 7))
def test_a_glance_cut_anywhere_sees_the_same(tmp_path, monkeypatch, cut):
    write_xlsx(SAMPLE, tmp_path / "f.xlsx")
    with zipfile.ZipFile(tmp_path / "f.xlsx") as package:
        whole = glance(package, SHEET, ())
        monkeypatch.setattr("auditor.readers.office.sheet_xml._PIECE", 40 + cut)
        assert glance(package, SHEET, ()) == whole
    assert (whole.height, whole.width, whole.is_plain) == (5, 26, True)


def test_a_sheet_whose_extent_is_open_is_not_parsed_ahead(tmp_path):
    write_xlsx(SAMPLE, tmp_path / "f.xlsx")
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    unaddressed = head + b"<row><c><v>1</v></c></row></sheetData></worksheet>"
    repack(tmp_path / "f.xlsx", tmp_path / "g.xlsx", {SHEET: unaddressed})
    with zipfile.ZipFile(tmp_path / "g.xlsx") as package:
        assert glance(package, SHEET, ()).cells is None
    assert texts(read(tmp_path / "g.xlsx")) == [["1"]]


def test_without_threads_the_sheets_are_parsed_all_the_same(tmp_path, monkeypatch):
    def none_left(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", none_left)
    write_xlsx(SAMPLE, tmp_path / "f.xlsx")
    assert grid(read(tmp_path / "f.xlsx").blocks[0]) == expected(SAMPLE)


def test_marks_are_found_in_any_of_several_sheets(tmp_path):
    book = openpyxl.Workbook()
    for at in range(4):
        sheet = book.active if at == 0 else book.create_sheet(f"s{at}")
        sheet["A1"], sheet["B1"], sheet["C1"] = f"表{at}", 0.5, "=A1"
        if at % 2:
            sheet["B1"].number_format = "0%"
        else:
            sheet["C1"] = 7
    book.save(tmp_path / "f.xlsx")
    content = read(tmp_path / "f.xlsx")
    found = [[cell.text for cell in table.rows[0] if cell] for table in tables(content)]
    assert found == [["表0", "0.5", "7"], ["表1", "50%"], ["表2", "0.5", "7"], ["表3", "50%"]]
    assert [(gap.place.sheet, gap.place.cell) for gap in content.gaps] == [("s1", "C1"), ("s3", "C1")]
    assert len(read(tmp_path / "f.xlsx", Limits(cells=3)).gaps) >= 2


def test_marks_without_some_cells():
    marks = Marks({(0, 0): "0%", (9, 9): "0%"}, {(9, 9): "#REF!"}, [(9, 9), (1, 1)], 10, 10)
    assert marks.without([(9, 9)], 2, 2) == Marks({(0, 0): "0%"}, {}, [(1, 1)], 2, 2)
