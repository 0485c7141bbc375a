"""Cells of large sheets are as other cells, and know their place when asked."""

import pickle

import pytest

from auditor.document import Place
from auditor.readers.content import Cell, SheetCell


def test_a_cell_of_a_sheet_equals_one_made_in_full():
    sheet = Place("a.xlsx", sheet="表")
    lean = SheetCell("培训人次", 7, (sheet, "AB"))
    full = Cell("培训人次", Place("a.xlsx", sheet="表", row=7, cell="AB7"))
    assert lean == full
    assert full == lean
    assert hash(lean) == hash(full)
    assert (lean.row_span, lean.column_span) == (1, 1)
    assert pickle.loads(pickle.dumps(SheetCell("培训人次", 7, (sheet, "AB")))) == full
    assert lean != Cell("培训人次", sheet)
    assert lean != "培训人次"


def test_what_a_cell_has_not_it_does_not_make_up():
    with pytest.raises(AttributeError):
        SheetCell("", 1, (Place("a.xlsx"), "A")).colour  # noqa: B018
