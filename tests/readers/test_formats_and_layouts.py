"""The same projects in every format and layout give the same `auditor show` output but for `place`.

`python -m tests.readers.test_formats_and_layouts` prints the table of exact shares.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from auditor.readers import read
from auditor.readers.content import Line, Table
from auditor.reports.values import shown_projects
from tests.readers import make_ofd, make_office, make_pdf
from tests.readers.forms import form_tables

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples" / "source"
SOURCES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(SAMPLES.glob("*projects.toml"))
}
LAYOUTS = {
    "packed": form_tables.packed,
    "two header rows": form_tables.packed_two_heads,
    "long, repeated": form_tables.long_repeated,
    "long, merged down": form_tables.long_merged,
    "project form": form_tables.forms_in_one_table,
}
WIDTHS = {"packed": (100, 50, 50, 50, 50, 150, 310), "two header rows": (28, 90, 50, 50, 50, 50, 150, 300)}
OFFICE = {
    "xlsx": make_office.write_xlsx,
    "xls": make_office.write_xls,
    "docx": make_office.write_docx,
    "html": make_office.write_html,
    "csv": make_office.write_csv,
}
PAGES = {
    "pdf, ruled": make_pdf.Style(repeat_header=True),
    "pdf, horizontal rules": make_pdf.Style(rules="horizontal", repeat_header=True, split_rows=False),
    "pdf, no rules": make_pdf.Style(rules="none", repeat_header=True, split_rows=False),
    "pdf, portrait": make_pdf.Style(page=make_pdf.PORTRAIT, repeat_header=True),
    "ofd": make_pdf.Style(repeat_header=True),
}
FORMATS = (*OFFICE, *PAGES)


def flat(content) -> make_office.Grid:
    """Put a layout's lines and its one table into one grid; lines stand above as rows where a format has no text."""
    (table,) = [block for block in content.blocks if isinstance(block, Table)]
    titles = tuple(block.text for block in content.blocks if isinstance(block, Line))
    rows = tuple(tuple(cell.text if cell else "" for cell in row) for row in table.rows)
    merged = tuple(
        (at, column, cell.row_span, cell.column_span)
        for at, row in enumerate(table.rows)
        for column, cell in enumerate(row)
        if cell and (cell.row_span, cell.column_span) != (1, 1)
    )
    return make_office.Grid(rows, merged, titles)


def with_titles_as_rows(grid: make_office.Grid) -> make_office.Grid:
    width, high = len(grid.rows[0]), len(grid.titles)
    above = tuple((title, *[""] * (width - 1)) for title in grid.titles)
    merged = tuple((row + high, column, rows, columns) for row, column, rows, columns in grid.merged)
    return make_office.Grid((*above, *grid.rows), merged, ())


def write(source, layout: str, form: str, folder: Path) -> Path:
    grid = flat(LAYOUTS[layout](source))
    if form in OFFICE:
        path = folder / f"table.{form}"
        OFFICE[form](with_titles_as_rows(grid) if form in ("xlsx", "xls", "csv") else grid, path)
        return path
    width = 760 if PAGES[form].page != make_pdf.PORTRAIT else 520
    widths = WIDTHS.get(layout, tuple([1.0] * len(grid.rows[0])))
    scaled = tuple(one * width / sum(widths) for one in widths)
    heads = 2 if layout == "two header rows" else 1
    pages = make_pdf.Source(grid.rows, scaled, grid.merged, grid.titles, header_rows=heads, size=8.0)
    if form == "ofd":
        return make_ofd.make(pages, PAGES[form], folder / "table.ofd")
    return make_pdf.make(pages, PAGES[form], folder / "table.pdf")


def said(document) -> list[dict]:
    """What `show` prints of a document, without places, the file's name and line breaks between list items."""
    shown = []
    for values in shown_projects(document):
        del values["place"], values["document"], values["form"]
        shown.append(
            {key: value.replace("\n", "") if isinstance(value, str) else value for key, value in values.items()}
        )
    return shown


def truth(name: str) -> list[dict]:
    return said(read(SAMPLES.parent / "documents" / SOURCES[name]["file"]))


def differences(name: str, layout: str, form: str, folder: Path) -> tuple[int, int, tuple]:
    """How many projects of how many were read exactly, and the gaps."""
    found = read(write(SOURCES[name], layout, form, folder))
    wanted = truth(name)
    columns_known = [{key: value for key, value in one.items() if key != "budget"} for one in said(found)]
    wanted = [{key: value for key, value in one.items() if key != "budget"} for one in wanted]
    exact = sum(a == b for a, b in zip(columns_known, wanted, strict=False))
    return exact, max(len(wanted), len(columns_known)), found.gaps


UNRULED = {
    "pdf, horizontal rules": ("packed", "two header rows", "long, repeated"),
    "pdf, no rules": ("packed", "long, repeated"),
}
"""Without vertical rules cells merged down leave no column to go by, without any rules neither do merged heads."""


def possible(layout: str, form: str) -> bool:
    """Tell whether a layout can be told from what is drawn: with all rules every one, without only those in UNRULED."""
    return layout in UNRULED.get(form, LAYOUTS)


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_and_layout_says_the_same(name, layout, form, tmp_path):
    if form in PAGES and make_pdf.font_file() is None:
        pytest.skip(make_pdf.MISSING_FONT)
    if not possible(layout, form):
        pytest.skip("this layout is not drawn this way")
    exact, of, gaps = differences(name, layout, form, tmp_path)
    assert (exact, gaps) == (of, ())


if __name__ == "__main__":
    import tempfile

    for form in FORMATS:
        shares = []
        for layout in LAYOUTS:
            if not possible(layout, form):
                shares.append("–")
                continue
            with tempfile.TemporaryDirectory() as folder:
                counts = [differences(name, layout, form, Path(folder)) for name in SOURCES]
            exact, of = sum(count[0] for count in counts), sum(count[1] for count in counts)
            gaps = sum(len(count[2]) for count in counts)
            shares.append(f"{exact}/{of}" + (f" ({gaps} gaps)" if gaps else ""))
        print(f"{form:24}", *(f"{share:16}" for share in shares))
