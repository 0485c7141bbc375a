"""`auditor compare`: two documents against each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.options import CLEAN, FINDINGS, NOT_CHECKED, LangOption, Output, Password, TextOrJson
from auditor.cli.output import errors, refuse_missing_folder, screen, write
from auditor.cli.running import effective_settings, read_all
from auditor.wording import AuditorError, Language

if TYPE_CHECKING:
    from auditor.document import Document


def compare(
    upper: Annotated[
        Path, typer.Argument(help="部门申报表，或上级的项目表 · department form, or the upper level's table")
    ],
    lower: Annotated[Path, typer.Argument(help="项目表，或下级的项目表 · project table, or the lower level's table")],
    format: Annotated[TextOrJson, typer.Option("--format", help="输出格式 · format")] = TextOrJson.text,
    output: Output = None,
    lang: LangOption = None,
    password: Password = None,
) -> None:
    """两份材料对照：哪些对应、哪些不一致、哪些没有对应 · two documents against each other.

    退出码 · exit codes: 0 一致 they agree; 1 有不一致 they differ; 2 无法运行 could not run; 3 有未读懂之处 not all was read.
    """
    from auditor.links import compare as compared
    from auditor.reports import compare as pages

    with errors():
        settings = effective_settings(lang)
        refuse_missing_folder(output)
        if upper.exists() and lower.exists() and upper.samefile(lower):
            raise AuditorError(
                f"两次给的是同一个文件 {upper}；请给出两个不同的文件",
                f"{upper} was given twice; give two different files",
            )
        documents, _ = read_all([upper, lower], settings, password)
        if len(documents) != 2 or not all(document.projects for document in documents):
            raise _nothing(documents)
        pairing = compared(*documents)
        on = screen(settings.lang, output)
        notes = tuple(_notes(documents, settings.lang))
        is_json = format is TextOrJson.json
        write(pages.as_json(pairing, settings.lang) if is_json else pages.as_text(pairing, on, notes), output)
        if is_json or output:
            for note in notes:
                typer.echo(note, err=True)
        differs = any(not link.agrees for link in pairing.links)
        gaps = any(document.gaps for document in documents)
        raise typer.Exit(NOT_CHECKED if gaps else FINDINGS if differs else CLEAN)


def _nothing(documents: list[Document]) -> AuditorError:
    if len(documents) != 2:
        return AuditorError("请给出两个文件", "give exactly two files")
    empty = next(document for document in documents if not document.projects)
    reason = empty.gaps[0].reason if empty.gaps else None
    return AuditorError(
        f"{empty.name} 中没有读到项目，无法对照" + (f"：{reason.zh}" if reason else ""),
        f"no project was read in {empty.name}, so there is nothing to compare" + (f": {reason.en}" if reason else ""),
    )


def _notes(documents: list[Document], language: Language) -> Iterator[str]:
    first, second = documents
    zh = language == "zh"
    if first.department and second.department and first.department == second.department and first.form == second.form:
        yield (
            "两份材料是同一部门的，仍按上下级对照"
            if zh
            else "both are of one department, compared as two levels all the same"
        )
    if first.form != second.form and first.department != second.department:
        named = (first.department or "—", second.department or "—")
        yield f"部门名称不同：{named[0]} / {named[1]}" if zh else f"the departments differ: {named[0]} / {named[1]}"
    if first.year is None or second.year is None:
        yield (
            "没有都写明年度，差异需要说明，不一定是错误"
            if zh
            else "not both print a year: a difference needs an explanation, it need not be an error"
        )
    for document in documents:
        for gap in document.gaps:
            yield f"{document.name}：{gap.reason.say(language)}"
