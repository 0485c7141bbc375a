"""Which official form a file holds, and its reading as that form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditor.document import Document, Gap, Place
from auditor.readers.content import Content, Line, Table
from auditor.readers.forms.department_form import read_department_form
from auditor.readers.forms.words import meanings
from auditor.readers.forms.project_table import assemble
from auditor.readers.forms.running_text import header_end, read_rows, without_repeated_headers
from auditor.text import plain
from auditor.wording import Wording

_TITLE = re.compile(r"绩效目标.{0,6}表|绩效自评.{0,4}表|预算绩效.{0,8}表")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_DEPARTMENT = re.compile(r"(?:部门|单位)(?:（单位）|\(单位\))?名称\s*[:：]\s*(\S.*?)\s*(?=单位\s*[:：]|金额单位|$)")
_CURRENCY = re.compile(r"单位\s*[:：]\s*(万元|元|亿元|千元)")


@dataclass(frozen=True)
class Heading:
    """What stands above the table."""

    title: str | None
    department: str | None
    year: int | None
    currency_unit: str


def understand(content: Content) -> Document:
    """Read `content` as the form it holds; a file in which no form is found gives a Document with a Gap, never nothing."""
    place = Place(file=content.name)
    lines = [block for block in content.blocks if isinstance(block, Line)]
    tables = [block for block in content.blocks if isinstance(block, Table)]
    for table in tables:
        if _is_department_form(table):
            return _department_form(content, table, lines)
    if lines and not tables:
        return _running_table(content, lines, place)
    return _nothing(content, place)


def _is_department_form(table: Table) -> bool:
    first_column = {meaning for row in table.rows for cell in row[:1] if cell for meaning in meanings(cell.text)}
    return len({"block_budget", "block_key_tasks", "block_other_tasks"} & first_column) >= 1


def _heading(lines: Sequence[Line]) -> Heading:
    texts = [line.text.strip() for line in lines if line.text.strip()]
    title = next((text for text in texts if _TITLE.search(plain(text).text)), None)
    year = _YEAR.search(title) if title else None
    department = next((match[1] for text in texts if (match := _DEPARTMENT.search(text))), None)
    currency = next((match[1] for text in texts if (match := _CURRENCY.search(text))), "万元")
    return Heading(title, department, int(year[1]) if year else None, currency)


def _department_form(content: Content, table: Table, lines: Sequence[Line]) -> Document:
    heading = _heading(lines)
    form = read_department_form(table, content.name)
    return Document(
        name=content.name,
        form="department_form",
        place=Place(file=content.name),
        title=heading.title,
        department=form.department or heading.department,
        year=heading.year,
        projects=(form.project,),
        gaps=(*content.gaps, *form.gaps),
    )


def _running_table(content: Content, lines: Sequence[Line], place: Place) -> Document:
    end = header_end(lines)
    if end is None:
        return _nothing(content, place)
    start = next((at for at, line in enumerate(lines) if "项目名称" in line.text), end)
    heading = _heading(lines[:start])
    body = without_repeated_headers(lines[end:], lines[start:end])
    found = read_rows(body, content.name, place)
    if not found.rows:
        return replace(_nothing(content, place), title=heading.title, department=heading.department)
    assembled = assemble(found.rows, content.name, heading.currency_unit)
    return Document(
        name=content.name,
        form="project_table",
        place=place,
        title=heading.title,
        department=heading.department,
        year=heading.year,
        projects=assembled.projects,
        totals=assembled.totals,
        notes=found.notes,
        gaps=(*content.gaps, *found.gaps, *assembled.gaps),
    )


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
