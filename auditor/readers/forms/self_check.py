"""The reader's own check: every packed indicator that is seen in the file was read or stands in a Gap."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.document import Gap, Project
from auditor.readers.content import Content, Line
from auditor.readers.forms.indicator_cell import markers
from auditor.readers.gaps import gap

_SIGNS = ("；", ";")


def lost_markers(content: Content, projects: Sequence[Project], gaps: Sequence[Gap]) -> list[Gap]:
    """Report texts with packed indicators that no project and no Gap holds."""
    read = {one.level1.place for project in projects for one in project.indicators if one.level1}
    read |= {project.place for project in projects}
    quoted = {one.place for one in gaps}
    return [_lost(content.name, text) for text in _marked(content) if text.place not in read | quoted]


def _marked(content: Content) -> list[Line]:
    """Return every line and cell in which a packed indicator begins; most are told at a glance."""
    found: list[Line] = []
    for block in content.blocks:
        if isinstance(block, Line):
            found += [block] if _may_hold(block.text) and markers(block.text) else []
            continue
        cells = [cell for row in block.rows for cell in row if cell is not None and _may_hold(cell.text)]
        found += [Line(cell.text, cell.place) for cell in cells if markers(cell.text)]
    return found


def _may_hold(text: str) -> bool:
    return any(sign in text for sign in _SIGNS)


def _lost(document: str, text: Line) -> Gap:
    return gap(
        document,
        "这段文字里有绩效指标，却不在读到的任何项目里，没有审核；请核对原表此处的表格线或表头",
        "this text holds indicators but belongs to no project that was read, so it was not checked",
        place=text.place,
        quote=text.text.strip(),
    )
