"""`auditor check`: audit files and folders together."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.copies import say_border, write_annotated, write_letters
from auditor.cli.options import (
    CLEAN,
    COULD_NOT_RUN,
    FINDINGS,
    NOT_CHECKED,
    Advice,
    AllowGaps,
    Annotate,
    CheckFormat,
    ExplainCut,
    FailOnOption,
    Ignore,
    Jobs,
    LangOption,
    OnlyNew,
    Output,
    Password,
    Paths,
    ProfileOption,
    Quiet,
    RulesOption,
    Select,
    Top,
    Verbose,
    Waivers,
)
from auditor.cli.output import errors, refuse_missing_folder, refuse_to_print, screen, write
from auditor.cli.running import audit, effective_settings, given
from auditor.wording import AuditorError, Wording

if TYPE_CHECKING:
    from auditor.report import Report, Waiver
    from auditor.reports.terminal import Screen
    from auditor.settings import Settings


def check(
    paths: Paths = None,
    format: Annotated[CheckFormat, typer.Option("--format", help="报告格式 · format of the report")] = CheckFormat.text,
    output: Output = None,
    fail_on: FailOnOption = None,
    select: Select = None,
    ignore: Ignore = None,
    lang: LangOption = None,
    password: Password = None,
    profile: ProfileOption = None,
    rules: RulesOption = None,
    allow_gaps: AllowGaps = False,
    advice: Advice = False,
    waivers: Waivers = None,
    only_new: OnlyNew = False,
    annotate: Annotate = None,
    explain_cut: ExplainCut = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    jobs: Jobs = None,
    top: Top = 20,
) -> None:
    """审核文件和文件夹，列出问题 · audit files and folders together.

    退出码 · exit codes: 0 没有问题 clean; 1 有达到 --fail-on 的问题 findings; 2 无法运行 could not run;
    3 有未检查之处 something was not checked.
    """
    with errors():
        settings = effective_settings(lang, profile, select, ignore, rules, fail_on, allow_gaps, jobs)
        refuse_to_print(format.value, output)
        refuse_missing_folder(output, folder_allowed=format is CheckFormat.docx)
        accepted = _accepted(waivers, only_new)
        report, nothing = audit(given(paths), settings, password)
        report = _waived(report, accepted, only_new)
        if format is CheckFormat.docx and output and output.is_dir():
            write_letters(report, output, settings.lang)
        else:
            write(_rendered(report, format, screen(settings.lang, output), advice, top, settings), output)
        if annotate:
            write_annotated(report, given(paths), annotate, settings.lang, advice)
        if explain_cut:
            say_border(report, screen(settings.lang), to_stderr=format is not CheckFormat.text)
        if verbose:
            _say_documents(report, settings)
        if not quiet:
            _say_summary(report, settings, output, format)
        raise typer.Exit(COULD_NOT_RUN if nothing else _exit_code(report, settings))


def _accepted(waivers: Path | None, only_new: bool) -> tuple[Waiver, ...] | None:
    """Read the waivers before the first document is opened: a bad list stops the run."""
    if waivers is None:
        if only_new:
            raise AuditorError("--only-new 需要同时给出 --waivers 豁免清单", "--only-new needs --waivers FILE")
        return None
    from auditor.waivers import read_waivers

    return read_waivers(waivers)


def _waived(report: Report, accepted: tuple[Waiver, ...] | None, only_new: bool) -> Report:
    if accepted is None:
        return report
    from auditor.waivers import apply

    applied = apply(report, accepted, datetime.date.today())
    return replace(applied, waived=()) if only_new else applied


def _rendered(
    report: Report, format: CheckFormat, screen: Screen, advice: bool, top: int, settings: Settings
) -> str | bytes:
    if format is CheckFormat.text:
        from auditor.reports import text

        return text.render(report, text.TextOptions(advice, top, screen))
    from auditor.reports import render
    from auditor.rulebook import load_rulebook

    return render(report, format.value, screen.language, load_rulebook(*settings.rules).rules)


def _exit_code(report: Report, settings: Settings) -> int:
    from auditor.finding import SEVERITIES

    if report.gaps and not settings.allow_gaps:
        return NOT_CHECKED
    grave = SEVERITIES[: SEVERITIES.index(settings.fail_on) + 1] if settings.fail_on in SEVERITIES else ()
    return FINDINGS if any(finding.severity in grave for finding in report.findings) else CLEAN


def _say_documents(report: Report, settings: Settings) -> None:
    """Say of every file which form it is and how much was read in it."""
    from auditor.reports.words import FORM

    for document, profile in zip(report.documents, report.profiles, strict=True):
        indicators = sum(len(project.indicators) for project in document.projects)
        said = Wording(
            f"{document.name}：{FORM[document.form].zh}，{len(document.projects)} 个项目、{indicators} 条指标，口径 {profile}",
            f"{document.name}: {FORM[document.form].en}, {len(document.projects)} projects, {indicators} indicators, profile {profile}",
        )
        typer.echo(said.say(settings.lang), err=True)


def _say_summary(report: Report, settings: Settings, output: Path | None, format: CheckFormat) -> None:
    """Say on stderr what the machine-readable forms leave unsaid on the screen."""
    if format is CheckFormat.text and output is None:
        return
    graded = Counter(finding.severity for finding in report.findings)
    words = Wording(
        f"错误 {graded['error']}，警告 {graded['warning']}，建议 {graded['info']}，未检查 {len(report.gaps)}",
        f"{graded['error']} errors, {graded['warning']} warnings, {graded['info']} pieces of advice, {len(report.gaps)} not checked",
    ).say(settings.lang)
    typer.echo(f"{words} → {output}" if output else words, err=True)
    each = Counter((gap.document, gap.reason.say(settings.lang)) for gap in report.gaps)
    for (document, reason), times in each.items():
        typer.echo(f"{document}: {reason}" + (f" (×{times})" if times > 1 else ""), err=True)
