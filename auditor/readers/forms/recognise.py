"""Which official form a file holds, and its reading as that form.

Tables are told apart by their own words, tables without such words go on with the one above. A file may hold many
projects; what looks like a form and cannot be read becomes a Gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.document import Document, Gap, Place
from auditor.readers.content import Cell, Content, Line
from auditor.readers.forms.headings import heading
from auditor.readers.forms.hidden_sheets import hidden_projects
from auditor.readers.forms.project_table import assemble
from auditor.readers.forms.running_tables import Part, of_others, parts_of, stated_in
from auditor.readers.forms.running_text import header_end, read_rows
from auditor.readers.forms.table_forms import read_runs
from auditor.readers.forms.table_runs import runs_of
from auditor.readers.gaps import gap
from auditor.wording import Wording


def understand(content: Content) -> Document:
    """Read `content` as the form it holds; a file in which no form is found gives a Document with a Gap, never nothing."""
    runs = runs_of(content)
    if any(run.is_form for run in runs):
        found = _checked(content, read_runs(content, runs))
    else:
        found = _running_table(content, _as_lines(content))
    return replace(found, gaps=(*found.gaps, *hidden_projects(content))) if content.hidden else found


def _as_lines(content: Content) -> list[Line]:
    """Return all text as lines; a table that is no form may be running text with tabs in it."""
    lines: list[Line] = []
    for block in content.blocks:
        if isinstance(block, Line):
            lines.append(block)
        elif block.place.line is not None:
            lines += [_row_line(row) for row in block.rows if any(cell is not None for cell in row)]
    return lines


def _row_line(row: Sequence[Cell | None]) -> Line:
    cells = [cell for cell in row if cell is not None]
    return Line("\t".join(cell.text for cell in cells).rstrip("\t"), cells[0].place)


def _running_table(content: Content, lines: Sequence[Line]) -> Document:
    place = Place(file=content.name)
    end = header_end(lines)
    if end is None:
        return _nothing(content, place)
    start = next((at for at, line in enumerate(lines) if "项目名称" in line.text), end)
    above = heading(line.text for line in lines[:start])
    parts = parts_of(lines[end:], lines[start:end], stated_in(lines[:start]))
    read = [(part, read_rows(part.lines, content.name, place)) for part in parts]
    if not any(found.rows for _, found in read):
        return replace(_nothing(content, place), title=above.title, department=above.department)
    tables = [assemble(found.rows, content.name, part.stated.currency_unit or above.money) for part, found in read]
    projects = [project for table in tables for project in table.projects]
    lost = [_no_rows(content.name, part) for part, found in read if not found.rows and part.lines]
    return Document(
        name=content.name,
        form="project_table",
        place=place,
        title=above.title,
        department=above.department if len({part.stated.department for part in parts}) == 1 else None,
        year=above.year if len({part.stated.year for part in parts}) == 1 else None,
        projects=tuple(replace(project, row=row) for row, project in enumerate(projects, start=1)),
        totals=tuple(total for table in tables for total in table.totals),
        notes=tuple(note for _, found in read for note in found.notes),
        gaps=(
            *content.gaps,
            *of_others(parts, content.name),
            *lost,
            *(one for _, found in read for one in found.gaps),
            *(one for table in tables for one in table.gaps),
        ),
    )


def _no_rows(document: str, part: Part) -> Gap:
    """Report a table of a file in which no row was read, while others of the same file were."""
    return gap(
        document,
        "这张表的表头下面没有读到项目行，没有审核；请核对此处的项目名称和金额",
        "no rows were read below this table's heading, so it was not checked; please look at its names and amounts",
        place=part.lines[0].place,
        quote="".join(line.text.strip() for line in part.lines),
    )


def _checked(content: Content, document: Document) -> Document:
    """Leave out what reading had reported of the same place already."""
    known = {(gap.place, gap.quote) for gap in content.gaps}
    own = tuple(gap for gap in document.gaps if (gap.place, gap.quote) not in known)
    return replace(document, gaps=(*content.gaps, *own))


def _nothing(content: Content, place: Place) -> Document:
    """Say that no form was found, unless reading already said why."""
    nothing = Gap(
        content.name,
        "read",
        Wording(
            "没有找到绩效目标表：既没有“项目名称…绩效指标”的表头，也没有部门整体表的栏目；请确认文件内容，或改用原始表格",
            "no performance table found: neither a project table's header nor a department form's blocks; please check the file",
        ),
        place,
    )
    return Document(content.name, "other", place, gaps=content.gaps or (nothing,))
