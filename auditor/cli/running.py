"""What commands do before and beside their own work: settings, reading, auditing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.cli.options import FailOn, Lang
from auditor.cli.output import progress
from auditor.wording import AuditorError, Language, Wording

if TYPE_CHECKING:
    from auditor.document import Document
    from auditor.report import Report
    from auditor.settings import Settings


def effective_settings(
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


def given(paths: list[Path] | None) -> list[Path]:
    """Return the paths on the command line; raises AuditorError where there are none."""
    if not paths:
        raise AuditorError(
            "没有指定文件；请写出要审核的文件或文件夹，例如 auditor check 绩效目标表.txt",
            "no file was named; give files or folders, for example: auditor check table.txt",
        )
    return paths


def read_all(paths: list[Path], settings: Settings, password: str | None = None) -> tuple[list[Document], bool]:
    """Read all files below `paths`, bad ones too; the flag says that no path led to any file."""
    from auditor.inputs import collect
    from auditor.readers import absent
    from auditor.readers.workers import Job, read_all

    inputs, missing = collect(paths)
    with progress(len(inputs), Wording("读取", "reading")) as step:
        documents = read_all(
            [Job(one.path, one.name) for one in inputs], settings.limits, settings.jobs, step, password
        )
    documents += [absent(str(path.path), path.reason) for path in missing]
    return documents, not inputs


def audit(paths: list[Path], settings: Settings, password: str | None = None) -> tuple[Report, bool]:
    """Read and audit all files below `paths`; the flag says that no path led to any file."""
    from auditor.audit import Auditor

    auditor = Auditor(settings)  # a bad rule stops the run before the first document is opened
    for handle in (*settings.select, *settings.ignore):
        auditor.rulebook.matching(handle)
    if not auditor.has_rules:
        raise AuditorError(
            "没有可运行的规则：--select 选中的都被 --ignore 或设置去掉了；请调整其中之一",
            "no rule is left to run: --ignore or the settings take away all that --select names; change one of them",
        )
    documents, nothing = read_all(paths, settings, password)
    with progress(len(documents), Wording("审核", "auditing")) as step:
        return auditor.report(documents, lambda document: step(document.name)), nothing
