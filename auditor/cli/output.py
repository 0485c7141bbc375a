"""Where commands print: errors, progress, the screen, files."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NoReturn

import typer

from auditor.cli.options import CLEAN, COULD_NOT_RUN
from auditor.wording import AuditorError, Language, Wording

if TYPE_CHECKING:
    from rich.progress import Progress

    from auditor.reports.terminal import Screen


@contextmanager
def errors() -> Iterator[None]:
    """Turn an error worded for people into one line on stderr and exit code 2."""
    try:
        yield
    except AuditorError as error:
        fail(error.wording)
    except BrokenPipeError:  # the reader of a pipe went away, as `head` does
        sys.stderr.close()
        os._exit(CLEAN)


def fail(wording: Wording) -> NoReturn:
    """Say in one line why the command cannot run, and exit with 2."""
    typer.secho(f"auditor: {wording.zh} ({wording.en})", err=True, fg=typer.colors.RED)
    raise typer.Exit(COULD_NOT_RUN)


@contextmanager
def progress(total: int, doing: Wording) -> Iterator[Callable[[str], None]]:
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


def screen(language: Language, output: Path | None = None) -> Screen:
    """Describe what text is printed on: a terminal with its width and colours, or a file or pipe."""
    from auditor.reports.terminal import Screen

    if output is not None or not sys.stdout.isatty():
        return Screen(language)
    return Screen(language, shutil.get_terminal_size().columns, color="NO_COLOR" not in os.environ)


def refuse_to_print(format: str, output: Path | None) -> None:
    """Stop before a long run where its report could only be printed as bytes on a terminal."""
    from auditor.reports import BINARY

    if format in BINARY and output is None and sys.stdout.isatty():
        raise AuditorError(
            f"{format} 不能显示在终端上；请用 -o 指定文件，例如 -o 报告.{format}",
            f"{format} cannot be shown on a terminal; name a file with -o, for example -o report.{format}",
        )


def refuse_missing_folder(output: Path | None, *, folder_allowed: bool = False) -> None:
    """Stop before a long run where its report has no place to go; some reports are several files in a folder."""
    if output is not None and not output.parent.is_dir():
        raise AuditorError(
            f"无法写入 {output}：没有文件夹 {output.parent}；请先建好，或换一个位置",
            f"cannot write {output}: there is no folder {output.parent}; make it first or choose another place",
        )
    if output is not None and output.is_dir() and not folder_allowed:
        raise AuditorError(
            f"无法写入 {output}：这是一个文件夹；请写出文件名，例如 {output / '报告'}",
            f"cannot write {output}: it is a folder; name a file, for example {output / 'report'}",
        )


def write(report: str | bytes, output: Path | None) -> None:
    """Write to stdout, or to a file in one step: beside it first, so that an earlier report is never half lost."""
    data = report.encode("utf-8", "replace") if isinstance(report, str) else report
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    refuse_missing_folder(output)
    beside = output.with_name(f".{output.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(output)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise AuditorError(
            f"无法写入 {output}：{error.strerror}；请换一个位置，或关闭正在使用它的程序",
            f"cannot write {output}: {error.strerror}; choose another place or close the program that uses it",
        ) from error
