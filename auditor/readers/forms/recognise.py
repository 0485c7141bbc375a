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
from auditor.readers.forms.running_text import header_end, read_rows, without_repeated_headers
from auditor.readers.forms.table_forms import read_runs
from auditor.readers.forms.table_runs import runs_of
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
    body = without_repeated_headers(lines[end:], lines[start:end])
    found = read_rows(body, content.name, place)
    if not found.rows:
        return replace(_nothing(content, place), title=above.title, department=above.department)
    assembled = assemble(found.rows, content.name, above.money)
    return Document(
        name=content.name,
        form="project_table",
        place=place,
        title=above.title,
        department=above.department,
        year=above.year,
        projects=assembled.projects,
        totals=assembled.totals,
        notes=found.notes,
        gaps=(*content.gaps, *found.gaps, *assembled.gaps),
    )


def _checked(content: Content, document: Document) -> Document:
    """Leave out what reading had reported of the same place already."""
    known = {(gap.place, gap.quote) for gap in content.gaps}
    own = tuple(gap for gap in document.gaps if (gap.place, gap.quote) not in known)
    return replace(document, gaps=(*content.gaps, *own))


def _nothing(content: Content, place: Place) -> Document:
    """Say that no form was found, unless reading already said why."""
    gap = Gap(
        content.name,
        "read",
        Wording(
            "没有找到绩效目标表：既没有“项目名称…绩效指标”的表头，也没有部门整体表的栏目；请确认文件内容，或改用原始表格",
            "no performance table found: neither a project table's header nor a department form's blocks; please check the file",
        ),
        place,
    )
    return Document(content.name, "other", place, gaps=content.gaps or (gap,))
