"""From runs of tables to one Document: projects of all forms in the file, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from auditor.document import Budget, Document, Form, Gap, Passage, Place, PrintedTotal, Project
from auditor.readers.content import Content, Line
from auditor.readers.forms.cell_grid import Grid, one_below_another
from auditor.readers.forms.column_heads import read_head
from auditor.readers.forms.department_form import block_of, read_department_form
from auditor.readers.forms.headings import Heading, head_currency, heading, row_texts
from auditor.readers.forms.project_form import name_label, read_project_forms
from auditor.readers.forms.project_rows import ProjectRows
from auditor.readers.forms.project_table import assemble
from auditor.readers.forms.self_check import lost_markers
from auditor.readers.forms.table_runs import Run
from auditor.readers.gaps import gap

MOST_ROWS_ABOVE = 12


@dataclass
class _Reading:
    """What has been read of a file so far."""

    name: str
    forms: list[Form] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    departments: list[Project] = field(default_factory=list)
    totals: list[PrintedTotal] = field(default_factory=list)
    notes: list[Passage] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    departments_unsure: bool = False
    in_charge: dict[int, str | None] = field(default_factory=dict)  # the department of a form's project, by its number


def read_runs(content: Content, runs: Sequence[Run]) -> Document:
    """Read every run as the form it is. A file with several forms is called after the first that holds projects."""
    reading = _Reading(content.name)
    for run in runs:
        if run.kind == "department_form":
            _department_form(reading, run)
        elif run.kind == "project_table":
            _project_table(reading, run)
        elif run.kind == "project_form":
            _project_forms(reading, run)
        elif run.kind == "indicators":
            reading.gaps.append(_indicators_alone(content.name, run))
    return _document(content, reading)


def _under_their_departments(reading: _Reading) -> None:
    """Where forms of several departments lie in one file, the file has none; each project without a unit names its own."""
    if len(set(reading.in_charge.values()) - {None}) < 2:
        return
    reading.departments_unsure = True
    for at, department in reading.in_charge.items():
        project = reading.projects[at]
        reading.projects[at] = replace(project, unit=project.unit or department)


def _document(content: Content, reading: _Reading) -> Document:
    _under_their_departments(reading)
    projects = [*reading.projects, *reading.departments]
    form: Form = next((form for form in reading.forms if form != "department_form"), "other")
    if form == "other" and reading.departments:
        form = "department_form"
    found = [*reading.gaps, *lost_markers(content, projects, reading.gaps)]
    if not projects and not found:
        found.append(_no_project(content.name))
    above = reading.headings
    return Document(
        name=content.name,
        form=form,
        place=Place(file=content.name),
        title=next((one.title for one in above if one.title), None),
        department=None
        if reading.departments_unsure
        else next((one.department for one in above if one.department), None),
        year=next((one.year for one in above if one.title), None),
        projects=tuple(replace(project, row=row) for row, project in enumerate(projects, start=1)),
        totals=tuple(reading.totals),
        notes=tuple(reading.notes),
        gaps=tuple(found),
    )


def _lines(run: Run) -> list[str]:
    return [line.text for line in run.above[0]] if run.above else []


def _trailing_notes(run: Run) -> Iterable[Line]:
    """Return the lines below the last table of a run."""
    return run.above[len(run.grids)] if len(run.above) > len(run.grids) else ()


def _department_form(reading: _Reading, run: Run) -> None:
    table = one_below_another(run.grids)
    top = _rows_above(table)
    above = heading([*_lines(run), *row_texts(table, range(top))])
    form = read_department_form(table, reading.name, top)
    reading.forms.append("department_form")
    reading.headings.append(replace(above, department=form.department or above.department))
    project = form.project
    if above.currency_unit and above.currency_unit != "万元" and project.budget is None:
        project = replace(project, budget=Budget(None, currency_unit=above.currency_unit))
    reading.departments.append(replace(project, unit=project.unit or form.department))
    reading.gaps += form.gaps


def _rows_above(table: Grid) -> int:
    """Count the title rows above a department form's blocks."""
    return next((row for row in range(min(table.height, MOST_ROWS_ABOVE)) if block_of(table.rows[row])), 0)


def _project_table(reading: _Reading, run: Run) -> None:
    rows = ProjectRows(reading.name)
    for table, lines in zip(run.grids, run.above, strict=False):
        rows.add(table, [line.text for line in lines])
    found = rows.finish()
    assembled = assemble(found.rows, reading.name, "万元")
    own: Form = "self_evaluation" if any(head.has("actual") for head in found.heads) else "project_table"
    reading.forms += [own] if assembled.projects else []
    reading.headings.append(heading(found.above))
    reading.departments_unsure = reading.departments_unsure or len(found.departments) > 1
    reading.projects += assembled.projects
    reading.totals += assembled.totals
    reading.notes += found.notes
    reading.notes += [Passage(line.text.strip(), line.place) for line in _trailing_notes(run) if line.text.strip()]
    reading.gaps += [*found.gaps, *assembled.gaps]
    if not assembled.projects and not found.gaps:
        reading.gaps.append(_head_alone(reading.name, run))


def _project_forms(reading: _Reading, run: Run) -> None:
    """Read forms of one project each; every table of another sheet or with a name of its own begins anew."""
    for grids, lines in _forms(run):
        table = one_below_another(grids)
        first = next(row for row in range(table.height) if name_label(table, row))
        above = heading([*lines, *row_texts(table, range(first))])
        words = [cell.text for row in range(first) for _, cell in table.fresh(row)]
        for form in read_project_forms(table, reading.name, above.currency_unit or head_currency(words)):
            reading.forms.append("self_evaluation" if form.is_self_evaluation else "project_form")
            own = above.department or form.department
            reading.headings.append(replace(above, department=own))
            reading.in_charge[len(reading.projects)] = own
            reading.projects.append(form.project)
            reading.notes += form.notes
            reading.gaps += form.gaps
    reading.notes += [Passage(line.text.strip(), line.place) for line in _trailing_notes(run) if line.text.strip()]


def _forms(run: Run) -> Iterable[tuple[list[Grid], list[str]]]:
    """Yield the tables of each form with the lines above it."""
    grids: list[Grid] = []
    lines: list[str] = []
    has_name = False
    for table, above in zip(run.grids, run.above, strict=False):
        named = any(name_label(table, row) for row in range(table.height))
        other_sheet = bool(grids) and grids[-1].place.sheet != table.place.sheet
        if grids and ((named and has_name) or other_sheet):
            yield grids, lines
            grids, lines, has_name = [], [], False
        grids.append(table)
        lines += [line.text for line in above]
        has_name = has_name or named
    if grids and has_name:
        yield grids, lines


def _indicators_alone(document: str, run: Run) -> Gap:
    table = run.grids[0]
    row = next(row for row in range(table.height) if read_head(table, row))
    return gap(
        document,
        "这里有绩效指标的表头，却没有项目名称，指标不知属于哪个项目，没有审核；请在表内或表前写明“项目名称”",
        "a head of indicators stands here but no project name, so its indicators were not checked; please add 项目名称",
        place=table.row_place(row),
        quote=table.texts(row),
    )


def _head_alone(document: str, run: Run) -> Gap:
    table = run.grids[0]
    return gap(
        document,
        "有项目表的表头，但表头下面没有读到项目；请核对是否为空白表",
        "a project table's head stands here but no project below it; is the table blank?",
        place=table.place,
        quote=table.texts(next((row for row in range(table.height) if read_head(table, row)), 0)),
    )


def _no_project(document: str) -> Gap:
    return gap(document, "文件里没有读到项目，没有审核", "no project was read from this file, so nothing was checked")
