"""Layouts without vertical rules: read exactly where the text shows the columns, a Gap where merged cells hide them."""

from __future__ import annotations

import pytest

from tests.readers.make_pdf import MISSING_FONT, font_file
from tests.readers.test_formats_and_layouts import LAYOUTS, SOURCES, differences

pytestmark = pytest.mark.skipif(font_file() is None, reason=MISSING_FONT)

EXACT = [
    *[("pdf, portrait", layout) for layout in LAYOUTS],
    *[("pdf, horizontal rules", layout) for layout in ("packed", "two header rows", "long, repeated")],
    *[("pdf, no rules", layout) for layout in ("packed", "long, repeated")],
]
NOT_TOLD_APART = [
    (form, layout)
    for form in ("pdf, horizontal rules", "pdf, no rules")
    for layout in ("long, merged down", "project form")
]


@pytest.mark.parametrize(("form", "layout"), EXACT)
def test_exact(form, layout, tmp_path):
    exact, of, gaps = differences("county-water-projects", layout, form, tmp_path)
    assert (exact, gaps) == (of, ())


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize(("form", "layout"), NOT_TOLD_APART)
def test_merged_cells_without_rules_are_told(name, form, layout, tmp_path):
    exact, of, gaps = differences(name, layout, form, tmp_path)
    assert exact == of or any("没有竖线" in gap.reason.zh for gap in gaps)
