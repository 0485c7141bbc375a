"""`auditor review`: everything about one project."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.options import CLEAN, FINDINGS, NOT_CHECKED, LangOption, Output, Password, ProfileOption, RulesOption
from auditor.cli.output import errors, screen, write
from auditor.cli.running import audit, effective_settings
from auditor.wording import AuditorError

if TYPE_CHECKING:
    from auditor.document import Document, Project
    from auditor.report import Report

_SHOWN = 12


class ReviewFormat(StrEnum):
    """Formats of `review`."""

    text = "text"
    html = "html"


def review(
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹 · files and folders", show_default=False)],
    project: Annotated[
        str, typer.Option("--project", "-p", help="项目的行号，或名称中的一段 · row number, or part of the name")
    ],
    format: Annotated[ReviewFormat, typer.Option("--format", help="输出格式 · format")] = ReviewFormat.text,
    output: Output = None,
    lang: LangOption = None,
    password: Password = None,
    profile: ProfileOption = None,
    rules: RulesOption = None,
) -> None:
    """一个项目的全部情况：原文、证据、评分、预填的审核表 · one project: text, evidence, scores, the review table filled in.

    同时给出几个文件时，雷同和勾稽在它们之间查找 · with several files, copies and conflicts are looked for among them.
    """
    with errors():
        settings = effective_settings(lang, profile, rules=rules)
        report, _ = audit(paths, settings, password)
        document, found = _find(report, project)
        if format is ReviewFormat.html:
            from auditor.finding import Member
            from auditor.reports import html

            options = html.HtmlOptions(settings.lang, Member(document.name, found.row))
            write(html.render(report, options), output)
        else:
            from auditor.reports import project as page

            write(page.render(report, document, found, screen(settings.lang, output)), output)
        own = [one for one in report.findings if one.document == document.name and one.row == found.row]
        grave = any(one.severity == "error" for one in own)
        raise typer.Exit(NOT_CHECKED if document.gaps else FINDINGS if grave else CLEAN)


def _find(report: Report, wanted: str) -> tuple[Document, Project]:
    """Return the one project with this row number or with this text in its name; raises AuditorError for none or several."""
    every = [(document, project) for document in report.documents for project in document.projects]
    text = wanted.strip()
    exact = [pair for pair in every if pair[1].title == text]
    rows = [pair for pair in every if text.isdigit() and pair[1].row == int(text)]
    found = exact or rows or [pair for pair in every if text and text in pair[1].title]
    if len(found) == 1:
        return found[0]
    if not found:
        raise AuditorError(
            f"没有找到项目“{wanted}”；用 auditor show 可列出全部项目",
            f"no project {wanted!r}; auditor show lists them all",
        )
    names = "；".join(f"{document.name} 第{project.row}行 {project.title}" for document, project in found[:_SHOWN])
    more = "…" if len(found) > _SHOWN else ""
    raise AuditorError(
        f"有 {len(found)} 个项目符合“{wanted}”，请写得更具体：{names}{more}",
        f"{len(found)} projects match {wanted!r}; be more specific: {names}{more}",
    )
