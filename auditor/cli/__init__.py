"""The command line: parses, calls, prints, exits; nothing else. Heavy modules are imported by the verbs that need them."""

from __future__ import annotations

from typing import Annotated

import typer

from auditor.cli import waiving
from auditor.cli.checking import check
from auditor.cli.classifying import classify, evaluate
from auditor.cli.comparing import compare
from auditor.cli.looking import explain, list_rules, show, show_settings
from auditor.cli.reviewing import review

app = typer.Typer(
    name="auditor",
    help="预算绩效目标与指标质量审核 · Quality auditor for budget performance goals and indicators",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="版本 · version")] = False) -> None:
    if version:
        from auditor.version import __version__

        typer.echo(__version__)
        raise typer.Exit


app.command(epilog="例 · example:  auditor check 绩效目标表.txt 上年/ --lang zh --format csv -o 问题清单.csv")(check)
app.command(epilog="例 · example:  auditor show 绩效目标表.txt --format jsonl")(show)
app.command(epilog="例 · example:  auditor review 绩效目标表.pdf --project 27    auditor review 2024/ -p 电梯")(review)
app.command(epilog="例 · example:  auditor explain R301    auditor explain goal-copied --lang en")(explain)
app.command(name="rules", epilog="例 · example:  auditor rules    auditor rules --lang en")(list_rules)
app.command(epilog="例 · example:  auditor compare 部门整体绩效目标表.docx 项目支出绩效目标表.pdf")(compare)
app.command(epilog="例 · example:  auditor classify 培训人次 '投诉办结率\t≥95%'    auditor classify - < 指标.txt")(
    classify
)
app.command(epilog="例 · example:  auditor evaluate 标注.csv --plot 混淆矩阵.png")(evaluate)
app.command(name="settings", epilog="例 · example:  auditor settings")(show_settings)
app.add_typer(waiving.app, name="waive")


def main() -> None:
    """Run the command line."""
    app()
