"""Spreadsheets and documents printed to PDF by an office program give the same projects as the files themselves."""

from __future__ import annotations

import pytest

from auditor.readers import read
from auditor.readers.limits import Limits
from auditor.readers.pages.pdf import read_pdf
from tests.readers.print_office import MISSING_PROGRAM, PROGRAM, dress_docx, dress_xlsx, print_all
from tests.readers.test_formats_and_layouts import LAYOUTS, SOURCES, flat, said, truth, write

pytestmark = pytest.mark.skipif(PROGRAM is None, reason=MISSING_PROGRAM)

WIDTHS = {
    6: (80, 80, 130, 100, 100, 130),
    7: (100, 50, 50, 50, 50, 150, 310),
    8: (28, 90, 50, 50, 50, 50, 150, 292),
    11: (90, 50, 50, 50, 50, 130, 70, 70, 90, 60, 60),
}
NAME = "county-water-projects"


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Every layout as XLSX and DOCX, printed: paths by format and layout. Rows too low for their text are one more."""
    folder = tmp_path_factory.mktemp("printed")
    paths = {}
    for form in ("xlsx", "docx"):
        for layout in LAYOUTS:
            path = write(SOURCES[NAME], layout, form, folder)
            path = path.rename(folder / f"{form} {layout}.{form}")
            grid = flat(LAYOUTS[layout](SOURCES[NAME]))
            heads = 2 if layout == "two header rows" else 1
            widths = WIDTHS[len(grid.rows[0])]
            if form == "docx":
                dress_docx(path, widths, heads=heads)
            else:
                dress_xlsx(path, [width / 5.5 for width in widths], heads=len(grid.titles) + heads)
            paths[form, layout] = path
    low = write(SOURCES[NAME], "packed", "xlsx", folder).rename(folder / "low.xlsx")
    dress_xlsx(low, [width / 5.5 for width in WIDTHS[7]], highest=30)
    paths["xlsx", "low rows"] = low
    return dict(zip(paths, print_all(list(paths.values()), folder), strict=True))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_printed_tables_say_the_same(printed, form, layout):
    found = read(printed[form, layout])
    assert found.gaps == ()
    wanted = [{key: value for key, value in one.items() if key != "budget"} for one in truth(NAME)]
    assert [{key: value for key, value in one.items() if key != "budget"} for one in said(found)] == wanted


def test_rows_too_low_for_their_text_are_told(printed):
    path = printed["xlsx", "low rows"]
    assert any("遮住" in gap.reason.zh for gap in read_pdf(path, path.name, Limits()).gaps)
