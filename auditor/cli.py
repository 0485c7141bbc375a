"""The command line: parses, calls, prints, exits; nothing else. Heavy modules are imported by the verbs that need them."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from auditor.wording import AuditorError, Language, Wording

if TYPE_CHECKING:
    from rich.progress import Progress

    from auditor.document import Document
    from auditor.finding import Report
    from auditor.reports.terminal import Screen
    from auditor.settings import Settings

CLEAN, FINDINGS, COULD_NOT_RUN, NOT_CHECKED = 0, 1, 2, 3

app = typer.Typer(
    name="auditor",
    help="预算绩效目标与指标质量审核 · Quality auditor for budget performance goals and indicators",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


class CheckFormat(StrEnum):
    """Formats of `check`."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


class ShowFormat(StrEnum):
    """Formats of `show`."""

    text = "text"
    json = "json"
    jsonl = "jsonl"


class FailOn(StrEnum):
    """From which severity on findings give exit code 1."""

    error = "error"
    warning = "warning"
    info = "info"
    never = "never"


class Lang(StrEnum):
    """Languages of messages."""

    zh = "zh"
    en = "en"


Paths = Annotated[list[Path] | None, typer.Argument(help="文件或文件夹 · files and folders", show_default=False)]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="写入文件 · write to a file")]
LangOption = Annotated[Lang | None, typer.Option("--lang", help="zh 中文，en 英文 · language of messages")]
ProfileOption = Annotated[
    str | None, typer.Option("--profile", help="指标分类口径，默认按文件判断 · taxonomy, detected by default")
]
RulesOption = Annotated[
    list[Path] | None, typer.Option("--rules", help="自带规则的文件夹 · folder of your own data-only rules")
]
Select = Annotated[
    list[str] | None, typer.Option("--select", help="只用这些规则（编号、名称、T5、taxonomy）· only these rules")
]
Jobs = Annotated[int | None, typer.Option("--jobs", min=1, help="同时读取的进程数 · worker processes that read")]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", help="不用这些规则 · leave these rules out")]


@app.command(epilog="例 · example:  auditor check 绩效目标表.txt 上年/ --lang zh --format csv -o 问题清单.csv")
def check(
    paths: Paths = None,
    format: Annotated[CheckFormat, typer.Option("--format", help="报告格式 · format of the report")] = CheckFormat.text,
    output: Output = None,
    fail_on: Annotated[
        FailOn | None, typer.Option("--fail-on", help="达到此级别时退出码为 1 · severity that gives exit code 1")
    ] = None,
    select: Select = None,
    ignore: Ignore = None,
    lang: LangOption = None,
    profile: ProfileOption = None,
    rules: RulesOption = None,
    allow_gaps: Annotated[
        bool, typer.Option("--allow-gaps", help="有未检查之处也不以 3 退出 · no exit code 3 for gaps")
    ] = False,
    advice: Annotated[bool, typer.Option("--advice", help="展开建议 · show advice in full")] = False,
    jobs: Jobs = None,
    top: Annotated[
        int, typer.Option("--top", min=0, help="最多列出的项目数，0 为全部 · projects listed at most, 0: all")
    ] = 20,
) -> None:
    """审核文件和文件夹，列出问题 · audit files and folders together.

    退出码 · exit codes: 0 没有问题 clean; 1 有达到 --fail-on 的问题 findings; 2 无法运行 could not run;
    3 有未检查之处 something was not checked.
    """
    with _errors():
        settings = _settings(lang, profile, select, ignore, rules, fail_on, allow_gaps, jobs)
        report, nothing = _audit(_given(paths), settings)
        _write(_rendered(report, format, _screen(settings.lang, output), advice, top), output)
        _say_summary(report, settings, output, format)
        raise typer.Exit(COULD_NOT_RUN if nothing else _exit_code(report, settings))


@app.command(epilog="例 · example:  auditor show 绩效目标表.txt --format jsonl")
def show(
    paths: Paths = None,
    format: Annotated[ShowFormat, typer.Option("--format", help="输出格式 · format")] = ShowFormat.text,
    output: Output = None,
    lang: LangOption = None,
) -> None:
    """显示读懂了什么，不作评判 · what was understood, without judgement."""
    from auditor.reports import show as shown

    with _errors():
        settings = _settings(lang)
        documents, nothing = _read_all(_given(paths), settings)
        text = shown.render(documents, format.value, _screen(settings.lang, output))
        _write(text, output)
        gaps = [gap for document in documents for gap in document.gaps]
        if format is not ShowFormat.text:
            for gap in gaps:
                typer.echo(f"{gap.document}: {gap.reason.say(settings.lang)}", err=True)
        raise typer.Exit(COULD_NOT_RUN if nothing else NOT_CHECKED if gaps else CLEAN)


@app.command(epilog="例 · example:  auditor explain R301    auditor explain goal-copied --lang en")
def explain(
    rule: Annotated[str, typer.Argument(help="规则编号或名称 · id or name")],
    lang: LangOption = None,
    rules: RulesOption = None,
) -> None:
    """说明一条规则：查什么、依据、示例 · everything about one rule."""
    from auditor.reports import rules as pages
    from auditor.rulebook import load_rulebook

    with _errors():
        settings = _settings(lang, rules=rules)
        found = load_rulebook(*settings.rules).rule(rule)
        _write(pages.page(found, _screen(settings.lang)), None)


@app.command(name="rules", epilog="例 · example:  auditor rules    auditor rules --lang en")
def list_rules(lang: LangOption = None, rules: RulesOption = None) -> None:
    """列出全部规则 · list all rules."""
    from auditor.reports import rules as pages
    from auditor.rulebook import load_rulebook

    with _errors():
        settings = _settings(lang, rules=rules)
        book = load_rulebook(*settings.rules)
        _write(pages.overview(book.rules, _screen(settings.lang)), None)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="版本 · version")] = False) -> None:
    if version:
        from auditor.version import __version__

        typer.echo(__version__)
        raise typer.Exit


def _settings(
    lang: Lang | None,
    profile: str | None = None,
    select: list[str] | None = None,
    ignore: list[str] | None = None,
    rules: list[Path] | None = None,
    fail_on: FailOn | None = None,
    allow_gaps: bool = False,
    jobs: int | None = None,
) -> Settings:
    """Return the settings of the nearest settings file, overruled by what the command line says."""
    from auditor.settings import find_settings

    settings = find_settings(Path.cwd())
    if profile:
        from auditor.profile import load_profile

        settings = replace(settings, profile=load_profile(profile).name)
    chosen: Language = "en" if lang is Lang.en else "zh" if lang is Lang.zh else settings.lang
    return replace(
        settings,
        lang=chosen,
        select=tuple(_split(select)) or settings.select,
        ignore=(*settings.ignore, *_split(ignore)),
        rules=(*settings.rules, *(folder.resolve() for folder in rules or ())),
        fail_on=fail_on.value if fail_on else settings.fail_on,
        allow_gaps=allow_gaps or settings.allow_gaps,
        jobs=jobs or settings.jobs,
    )


def _split(values: list[str] | None) -> Iterator[str]:
    """Take `--select A,B` and `--select A --select B` alike."""
    yield from (part.strip() for value in values or () for part in value.split(",") if part.strip())


def _given(paths: list[Path] | None) -> list[Path]:
    if not paths:
        raise AuditorError(
            "没有指定文件；请写出要审核的文件或文件夹，例如 auditor check 绩效目标表.txt",
            "no file was named; give files or folders, for example: auditor check table.txt",
        )
    return paths


def _read_all(paths: list[Path], settings: Settings) -> tuple[list[Document], bool]:
    """Read all files below `paths`, bad ones too; the flag says that no path led to any file."""
    from auditor.inputs import collect
    from auditor.readers import absent
    from auditor.readers.workers import Job, read_all

    inputs, missing = collect(paths)
    with _progress(len(inputs), Wording("读取", "reading")) as step:
        documents = read_all([Job(one.path, one.name) for one in inputs], settings.limits, settings.jobs, step)
    documents += [absent(str(path.path), path.reason) for path in missing]
    return documents, not inputs


def _audit(paths: list[Path], settings: Settings) -> tuple[Report, bool]:
    from auditor.audit import Auditor

    auditor = Auditor(settings)  # a bad rule stops the run before the first document is opened
    for handle in (*settings.select, *settings.ignore):
        auditor.rulebook.matching(handle)
    if not auditor.has_rules:
        raise AuditorError(
            "没有可运行的规则：--select 选中的都被 --ignore 或设置去掉了；请调整其中之一",
            "no rule is left to run: --ignore or the settings take away all that --select names; change one of them",
        )
    documents, nothing = _read_all(paths, settings)
    with _progress(len(documents), Wording("审核", "auditing")) as step:
        return auditor.report(documents, lambda document: step(document.name)), nothing


@contextmanager
def _errors() -> Iterator[None]:
    """Turn an error worded for people into one line on stderr and exit code 2."""
    try:
        yield
    except AuditorError as error:
        _fail(error.wording)
    except BrokenPipeError:  # the reader of a pipe went away, as `head` does
        sys.stderr.close()
        os._exit(CLEAN)


def _fail(wording: Wording) -> NoReturn:
    typer.secho(f"auditor: {wording.zh} ({wording.en})", err=True, fg=typer.colors.RED)
    raise typer.Exit(COULD_NOT_RUN)


@contextmanager
def _progress(total: int, doing: Wording) -> Iterator[Callable[[str], None]]:
    """Yield a function to call after each step; a bar appears on a terminal's stderr once a second has passed."""
    started = monotonic()
    bar: Progress | None = None
    done = 0

    def step(name: str) -> None:
        nonlocal bar, done
        done += 1
        if bar is None and sys.stderr.isatty() and monotonic() - started > 1 and done < total:
            bar = _bar(doing, total)
        if bar is not None:
            bar.update(bar.task_ids[0], completed=done, description=name)

    try:
        yield step
    finally:
        if bar is not None:
            bar.stop()


def _bar(doing: Wording, total: int) -> Progress:
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    bar.add_task(doing.zh, total=total)
    bar.start()
    return bar


def _screen(language: Language, output: Path | None = None) -> Screen:
    """Describe what text is printed on: a terminal with its width and colours, or a file or pipe."""
    from auditor.reports.terminal import Screen

    if output is not None or not sys.stdout.isatty():
        return Screen(language)
    return Screen(language, shutil.get_terminal_size().columns, color="NO_COLOR" not in os.environ)


def _rendered(report: Report, format: CheckFormat, screen: Screen, advice: bool, top: int) -> str:
    if format is CheckFormat.text:
        from auditor.reports import text

        return text.render(report, text.TextOptions(advice, top, screen))
    if format is CheckFormat.csv:
        from auditor.reports import csv

        return csv.render(report, screen.language)
    from auditor.reports import json

    return (
        json.render(report, screen.language)
        if format is CheckFormat.json
        else json.render_lines(report, screen.language)
    )


def _write(text: str, output: Path | None) -> None:
    """Write to stdout, or to a file in one step: beside it first, so that an earlier report is never half lost."""
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    beside = output.with_name(f".{output.name}.part")
    try:
        beside.write_text(text, encoding="utf-8", newline="")
        beside.replace(output)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise AuditorError(
            f"无法写入 {output}：{error.strerror}；请换一个位置，或关闭正在使用它的程序",
            f"cannot write {output}: {error.strerror}; choose another place or close the program that uses it",
        ) from error


def _exit_code(report: Report, settings: Settings) -> int:
    from auditor.finding import SEVERITIES

    if report.gaps and not settings.allow_gaps:
        return NOT_CHECKED
    grave = SEVERITIES[: SEVERITIES.index(settings.fail_on) + 1] if settings.fail_on in SEVERITIES else ()
    return FINDINGS if any(finding.severity in grave for finding in report.findings) else CLEAN


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
    for gap in report.gaps:
        typer.echo(f"{gap.document}: {gap.reason.say(settings.lang)}", err=True)


def main() -> None:
    """Run the command line."""
    app()
