"""A department's form in cells says what its text form says."""

import tomllib
from dataclasses import replace

import pytest

from auditor.document import Place
from auditor.readers.forms import understand
from auditor.readers.text import read_text
from tests.conftest import ROOT, SAMPLES
from tests.readers.forms.form_tables import content, department_rows, indicator, tab_separated, table

SOURCE = tomllib.loads((ROOT / "corpus/samples/source/county-water-department.toml").read_text(encoding="utf-8"))
NOWHERE = Place("")


def said(document):
    (project,) = document.projects
    return {
        "form": document.form,
        "title": document.title,
        "department": document.department,
        "gaps": document.gaps,
        "goal": project.goal.text,
        "tasks": [
            (task.kind, task.name.text, task.content.text, task.amount, task.expected.text) for task in project.tasks
        ],
        "budget": [replace(one, place=NOWHERE) for one in project.budget_lines],
        "indicators": [indicator(one) for one in project.indicators],
    }


@pytest.fixture(scope="module")
def from_text():
    path = SAMPLES / SOURCE["file"]
    return said(understand(read_text(path.read_text(encoding="utf-8"), path.name)))


def test_merged_cells(from_text):
    assert said(understand(content(table(department_rows(SOURCE), sheet="部门整体")))) == from_text


def test_over_two_pages(from_text):
    rows = department_rows(SOURCE)
    cut = len(rows) - 9
    pages = [table(rows[:cut], page=1, number=1), table(rows[cut:], page=2, number=2)]
    pages = [*tab_separated(content(*pages)).blocks]
    found = said(understand(content(*pages)))
    merged_away = {one["indicators"][10][6] for one in (found,)}
    assert merged_away == {from_text["indicators"][10][6]}
    assert found == from_text


def test_every_task_and_indicator_is_there(from_text):
    assert len(from_text["tasks"]) == 7
    assert len(from_text["indicators"]) == 19
    assert from_text["gaps"] == ()


def test_a_row_that_fits_nothing_is_a_gap():
    rows = department_rows(SOURCE)
    rows[-1] = [None, "", "", "", "≥100%", "≥100%"]
    document = understand(content(table(rows, sheet="部门整体")))
    assert [gap.quote for gap in document.gaps] == ["≥100% | ≥100%"]
    assert len(document.projects[0].indicators) == 18
