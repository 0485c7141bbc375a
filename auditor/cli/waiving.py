"""`auditor waive write|list|prune`: findings that somebody has accepted."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.options import CLEAN, FINDINGS, NOT_CHECKED, Ignore, LangOption, ProfileOption, RulesOption, Select
from auditor.cli.output import errors, refuse_missing_folder, screen, write
from auditor.cli.running import audit, effective_settings, given
from auditor.wording import AuditorError, Wording

if TYPE_CHECKING:
    from auditor.report import Waiver

app = typer.Typer(
    help="豁免已接受的问题 · accepted findings",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Paths = Annotated[list[Path], typer.Argument(help="文件或文件夹 · files and folders", show_default=False)]
File = Annotated[Path, typer.Option("-w", "--waivers", help="豁免清单（CSV）· the file of waivers")]


@app.command(
    name="write",
    epilog="例 · example:  auditor waive write 2024/ -w 豁免.csv --reason 已核实 --who 张三 --until 2027-12-31",
)
def write_(
    paths: Paths,
    waivers: File,
    reason: Annotated[str, typer.Option("--reason", help="为什么接受 · why they are accepted")],
    who: Annotated[str, typer.Option("--who", help="谁接受的 · by whom")],
    until: Annotated[str, typer.Option("--until", help="到哪天为止，如 2027-12-31 · until when")] = "",
    select: Select = None,
    ignore: Ignore = None,
    profile: ProfileOption = None,
    rules: RulesOption = None,
    lang: LangOption = None,
) -> None:
    """把现有问题全部写入豁免清单，已在清单里的保留 · accept all present findings; those already in the file stay."""
    from auditor import waivers as kept

    with errors():
        settings = effective_settings(lang, profile, select, ignore, rules)
        refuse_missing_folder(waivers)
        if until:
            until = _date(until).isoformat()
        earlier = kept.read_waivers(waivers) if waivers.exists() else ()
        if not reason.strip() or not who.strip():
            raise AuditorError("--reason 和 --who 不能空着", "--reason and --who must not be empty")
        report, nothing = audit(given(paths), settings)
        if nothing:
            raise AuditorError("没有可审核的文件，未写豁免清单", "there is no file to audit; no waivers were written")
        report = kept.apply(report, earlier, datetime.date.today())
        new = kept.accept(report.findings, reason, who, until)
        write(kept.write_waivers([*earlier, *new]), waivers)
        typer.echo(
            Wording(
                f"新增豁免 {len(new)} 条，共 {len(earlier) + len(new)} 条 → {waivers}",
                f"{len(new)} new waivers, {len(earlier) + len(new)} in all → {waivers}",
            ).say(settings.lang),
            err=True,
        )
        for gap in report.gaps:
            typer.echo(f"{gap.document}: {gap.reason.say(settings.lang)}", err=True)
        raise typer.Exit(NOT_CHECKED if report.gaps else CLEAN)


@app.command(name="list", epilog="例 · example:  auditor waive list -w 豁免.csv")
def list_(waivers: File, lang: LangOption = None) -> None:
    """列出豁免清单，标出已过期的 · list the waivers and mark those that have expired."""
    from auditor import waivers as kept
    from auditor.reports import waivers as pages

    with errors():
        settings = effective_settings(lang)
        write(pages.overview(kept.read_waivers(waivers), datetime.date.today(), screen(settings.lang)), None)
        raise typer.Exit(CLEAN)


@app.command(epilog="例 · example:  auditor waive prune 2024/ -w 豁免.csv")
def prune(
    paths: Paths,
    waivers: File,
    profile: ProfileOption = None,
    rules: RulesOption = None,
    lang: LangOption = None,
) -> None:
    """去掉过期的和不再出现的豁免 · drop waivers that have expired or waive nothing any more."""
    from auditor import waivers as kept

    with errors():
        settings = effective_settings(lang, profile, rules=rules)
        earlier = kept.read_waivers(waivers)
        report, nothing = audit(given(paths), settings)
        if nothing or report.gaps:
            raise AuditorError(
                "有文件没有读到或没有检查，不能据此清理豁免；请先处理未检查之处",
                "something was not read or not checked, so waivers cannot be pruned by it; mend that first",
            )
        report = kept.apply(report, earlier, datetime.date.today())
        left = kept.pruned(earlier, report.stale_waivers)
        write(kept.write_waivers(left), waivers)
        typer.echo(_pruned(earlier, left).say(settings.lang), err=True)
        raise typer.Exit(FINDINGS if left != earlier else CLEAN)


def _pruned(earlier: tuple[Waiver, ...], left: tuple[Waiver, ...]) -> Wording:
    gone = len(earlier) - len(left)
    counts = {waiver.content: waiver.count for waiver in earlier}
    fewer = sum(waiver.count < counts[waiver.content] for waiver in left)
    return Wording(
        f"去掉 {gone} 条，减少条数的 {fewer} 条，保留 {len(left)} 条",
        f"{gone} dropped, {fewer} with a smaller count, {len(left)} kept",
    )


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise AuditorError(
            f"--until 须写成 2027-12-31，不能是“{text}”", f"--until must read like 2027-12-31, not {text!r}"
        ) from error
