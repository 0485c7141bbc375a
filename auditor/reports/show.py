"""What was understood of documents, without judgement: `auditor show`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.document import Document, Indicator, Project
from auditor.reports.json import lines
from auditor.reports.terminal import Screen
from auditor.reports.values import shown_projects
from auditor.reports.words import FORM, where

_TITLES = {
    "zh": ("序号", "分类", "指标", "实施周期指标值", "年度指标值"),
    "en": ("no.", "class", "indicator", "cycle target", "annual target"),
}


def render(documents: Sequence[Document], format: str, screen: Screen) -> str:
    """Return documents as text, as one JSON array or as one project a line."""
    values = [project for document in documents for project in shown_projects(document)]
    if format == "jsonl":
        return lines(values)
    if format == "json":
        return json.dumps(values, ensure_ascii=False, indent=1) + "\n"
    return screen.show(part for document in documents for part in _document(document, screen))


def _document(document: Document, screen: Screen) -> Iterator[RenderableType]:
    zh = screen.language == "zh"
    facts = (
        FORM[document.form].say(screen.language),
        document.department,
        str(document.year) if document.year else None,
    )
    yield Text(f"{document.name}  ", style="bold").append(" · ".join(fact for fact in facts if fact), style="dim")
    for gap in document.gaps:
        quote = f"“{gap.quote}”" if gap.quote else ""
        said = " ".join(filter(None, (where(gap.place, screen.language), gap.reason.say(screen.language), quote)))
        yield Text(screen.flow(f"  ? {said}"), style="magenta")
    unit = None
    for project in document.projects:
        if project.unit != unit:
            unit = project.unit
            yield Text(f"\n{'预算单位' if zh else 'unit'} {unit}", style="bold cyan")
        yield _project(project, screen)


def _project(project: Project, screen: Screen) -> RenderableType:
    zh = screen.language == "zh"
    title = Text(f"\n第{project.row}行 " if zh else f"\nrow {project.row} ", style="bold").append(project.title)
    if project.budget and project.budget.total is not None:
        title.append(f"  {project.budget.total:,} {project.budget.currency_unit}", style="green")
    title.append(f"  [{where(project.place, screen.language)}]", style="dim")
    parts: list[RenderableType] = [title]
    for label, goal in ((("目标", "goal"), project.goal), (("年度目标", "annual goal"), project.annual_goal)):
        if goal:
            parts.append(Padding(Text(screen.flow(f"{label[0] if zh else label[1]}：{goal.text}")), (0, 0, 0, 2)))
    for task in project.tasks:
        said = f"{'任务' if zh else 'task'}：{task.name.text}" + (
            f"  {task.amount:,}" if task.amount is not None else ""
        )
        parts.append(Padding(Text(said), (0, 0, 0, 2)))
    if project.indicators:
        parts.append(Padding(_indicators(project.indicators, screen), (0, 0, 0, 2)))
    return Group(*parts)


def _indicators(indicators: Sequence[Indicator], screen: Screen) -> Table:
    table = Table(box=None, header_style="dim", pad_edge=False)
    for title in _TITLES[screen.language]:
        table.add_column(title, overflow="fold", justify="right" if title == _TITLES[screen.language][0] else "left")
    for indicator in indicators:
        level = indicator.level2 or indicator.level1
        code = indicator.level2_code or indicator.level1_code
        filed = "-".join(filter(None, (code, level.text if level else "")))
        targets = [target.text if target else "" for target in (indicator.cycle_target, indicator.annual_target)]
        table.add_row(str(indicator.ordinal), filed, indicator.name.text, *targets)
    return table
