"""`auditor show`, `explain` and `rules`: what was understood, and what the rules are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.options import (
    CLEAN,
    COULD_NOT_RUN,
    NOT_CHECKED,
    LangOption,
    Output,
    Password,
    Paths,
    RulesOption,
    ShowFormat,
)
from auditor.cli.output import errors, screen, write
from auditor.cli.running import effective_settings, given, read_all


def show(
    paths: Paths = None,
    format: Annotated[ShowFormat, typer.Option("--format", help="输出格式 · format")] = ShowFormat.text,
    output: Output = None,
    lang: LangOption = None,
    password: Password = None,
) -> None:
    """显示读懂了什么，不作评判 · what was understood, without judgement."""
    from auditor.reports import show as shown

    with errors():
        settings = effective_settings(lang)
        documents, nothing = read_all(given(paths), settings, password)
        text = shown.render(documents, format.value, screen(settings.lang, output))
        write(text, output)
        gaps = [gap for document in documents for gap in document.gaps]
        if format is not ShowFormat.text:
            for gap in gaps:
                typer.echo(f"{gap.document}: {gap.reason.say(settings.lang)}", err=True)
        raise typer.Exit(COULD_NOT_RUN if nothing else NOT_CHECKED if gaps else CLEAN)


def explain(
    rule: Annotated[str, typer.Argument(help="规则编号或名称 · id or name")],
    lang: LangOption = None,
    rules: RulesOption = None,
) -> None:
    """说明一条规则：查什么、依据、示例 · everything about one rule."""
    from auditor.reports import rules as pages
    from auditor.rulebook import load_rulebook

    with errors():
        settings = effective_settings(lang, rules=rules)
        found = load_rulebook(*settings.rules).rule(rule)
        write(pages.page(found, screen(settings.lang)), None)


def list_rules(lang: LangOption = None, rules: RulesOption = None) -> None:
    """列出全部规则 · list all rules."""
    from auditor.reports import rules as pages
    from auditor.rulebook import load_rulebook

    with errors():
        settings = effective_settings(lang, rules=rules)
        book = load_rulebook(*settings.rules)
        write(pages.overview(book.rules, screen(settings.lang)), None)


def show_settings(lang: LangOption = None) -> None:
    """显示生效的设置及其来源 · the settings in force here, and where each comes from."""
    from auditor.reports import settings as pages
    from auditor.settings import effective

    with errors():
        settings = effective_settings(lang)
        write(pages.overview(effective(Path.cwd()), screen(settings.lang)), None)
