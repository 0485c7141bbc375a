"""Hidden sheets are no part of what was submitted, but projects on one must not be passed over in silence.

Lists for drop-down cells, code tables and blank templates, which finance systems hide, say nothing.
"""

from __future__ import annotations

from auditor.document import Gap, Project
from auditor.readers.content import Content, Table
from auditor.readers.forms.indicator_cell import markers
from auditor.readers.forms.table_forms import read_runs
from auditor.readers.forms.table_runs import runs_of
from auditor.readers.forms.words import is_instruction_name
from auditor.readers.gaps import gap


def hidden_projects(content: Content) -> tuple[Gap, ...]:
    """Report each hidden table of `content` that holds projects or their indicators."""
    return tuple(_unread(content.name, table) for table in content.hidden if _holds_projects(content.name, table))


def _holds_projects(name: str, table: Table) -> bool:
    if is_instruction_name(table.place.sheet or ""):
        return False
    alone = Content(name, (table,))
    runs = [run for run in runs_of(alone) if run.kind in ("project_table", "project_form", "department_form")]
    if any(_is_filled(project) for project in read_runs(alone, runs).projects):
        return True
    texts = [cell.text for row in table.rows for cell in row if cell is not None and "；" in cell.text]
    return any(markers(text) for text in texts)


def _is_filled(project: Project) -> bool:
    """Tell a filled form from a blank template: it has a goal or an indicator."""
    return bool(project.goal or project.annual_goal or project.indicators or project.tasks)


def _unread(name: str, table: Table) -> Gap:
    sheet = table.place.sheet
    return gap(
        name,
        f"隐藏的工作表“{sheet}”里有填写了内容的绩效目标表，未审核。需要审核请取消隐藏后重新提交；不需要请删除该工作表。",
        f"The hidden sheet {sheet} holds a performance form that is filled in; it was not checked. "
        "Please show the sheet and resubmit the file, or delete the sheet if it is not needed.",
        place=table.place,
    )
