"""The same projects laid out in every way must be read as the same projects."""

import tomllib

import pytest

from auditor.readers.forms import understand
from tests.conftest import ROOT
from tests.readers.forms.form_tables import FORMS, TABLES, said, tab_separated, truth

SOURCES = [
    tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "corpus/samples/source").glob("*projects.toml"))
]
IDS = [source["file"] for source in SOURCES]


@pytest.mark.parametrize("source", SOURCES, ids=IDS)
@pytest.mark.parametrize("layout", TABLES, ids=lambda layout: layout.__name__)
def test_project_tables(layout, source):
    found = understand(layout(source))
    assert found.gaps == ()
    assert said(found) == truth(source)
    assert (found.form, found.title, found.department) == ("project_table", source["title"], source["department"])
    assert [total.unit for total in found.totals] == [
        *([None] if source.get("total") else []), *(unit["name"] for unit in source["units"]),
    ]  # fmt: skip


@pytest.mark.parametrize("source", SOURCES, ids=IDS)
@pytest.mark.parametrize("layout", FORMS, ids=lambda layout: layout.__name__)
def test_project_forms(layout, source):
    found = understand(layout(source))
    assert found.gaps == ()
    assert said(found) == truth(source)
    assert (found.form, found.title, found.department) == ("project_form", source["title"], source["department"])


@pytest.mark.parametrize("source", SOURCES, ids=IDS)
@pytest.mark.parametrize("layout", [*TABLES, *FORMS], ids=lambda layout: layout.__name__)
def test_without_merged_cells(layout, source):
    found = understand(tab_separated(layout(source)))
    assert found.gaps == ()
    assert said(found) == truth(source)
