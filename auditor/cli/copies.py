"""What `check` gives besides its report: annotated copies of spreadsheets, letters, the pairs nearest the cut."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from auditor.cli.output import write
from auditor.wording import AuditorError, Language, Wording

if TYPE_CHECKING:
    from auditor.report import Report
    from auditor.reports.terminal import Screen

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
LONGEST = 80
"""Characters of a department's name that a file name takes."""


def write_annotated(report: Report, paths: list[Path], folder: Path, language: Language, advice: bool) -> None:
    """Write a copy of every XLSX input with comments at the very cells into `folder`; what cannot be copied is told."""
    from auditor.inputs import collect
    from auditor.reports.xlsx import annotate

    folder.mkdir(parents=True, exist_ok=True)
    inputs, _ = collect(paths)
    known = {document.name for document in report.documents}
    for one in inputs:
        if one.name not in known or one.path.suffix.lower() not in (".xlsx", ".xlsm"):
            continue
        target = folder / one.name
        try:
            if target.exists() and target.samefile(one.path):
                raise _same_folder(folder)
            copy = annotate(report, one.name, one.path, language, advice=advice)
            target.parent.mkdir(parents=True, exist_ok=True)
            write(copy, target)
        except AuditorError as error:
            typer.echo(f"{one.name}: {error.wording.say(language)}", err=True)
        else:
            typer.echo(f"{Wording('批注', 'annotated').say(language)} → {target}", err=True)


def _same_folder(folder: Path) -> AuditorError:
    return AuditorError(
        f"{folder} 就是原文件所在的文件夹；请另选一个，原文件不会被改动",
        f"{folder} holds the original; choose another folder, originals are never changed",
    )


def write_letters(report: Report, folder: Path, language: Language) -> None:
    """Write one DOCX for each department into `folder`: the letter of required changes and the review tables."""
    from auditor.reports import docx

    for department in docx.departments(report):
        name = _UNSAFE.sub("_", department)[:LONGEST].strip(" .") or "report"
        target = folder / f"{name}.docx"
        write(docx.render(report, language, department=department), target)
        typer.echo(f"→ {target}", err=True)


def say_border(report: Report, screen: Screen, *, to_stderr: bool) -> None:
    """Print the pairs of goals nearest the near-copy cut; exempt rows take no part."""
    from auditor.audit import without
    from auditor.reports import border
    from auditor.reuse import explain_cut

    found = explain_cut([without(document, report.exempt) for document in report.documents])
    typer.echo(border.render(found, screen), err=to_stderr)
