"""Options and choices that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

CLEAN, FINDINGS, COULD_NOT_RUN, NOT_CHECKED = 0, 1, 2, 3
"""Exit codes; where several apply: 2 before 3 before 1 before 0."""


class CheckFormat(StrEnum):
    """Formats of `check`."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    xlsx = "xlsx"
    html = "html"
    docx = "docx"
    parquet = "parquet"
    md = "md"
    sarif = "sarif"


class ShowFormat(StrEnum):
    """Formats of `show`."""

    text = "text"
    json = "json"
    jsonl = "jsonl"


class TextOrJson(StrEnum):
    """Formats of commands that print tables."""

    text = "text"
    json = "json"


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
Password = Annotated[
    str | None,
    typer.Option(
        "--password",
        envvar="AUDITOR_PASSWORD",
        help="打开加密文件的密码 · password of locked files",
        show_default=False,
    ),
]
FailOnOption = Annotated[
    FailOn | None, typer.Option("--fail-on", help="达到此级别时退出码为 1 · severity that gives exit code 1")
]
AllowGaps = Annotated[bool, typer.Option("--allow-gaps", help="有未检查之处也不以 3 退出 · no exit code 3 for gaps")]
Advice = Annotated[bool, typer.Option("--advice", help="展开建议 · show advice in full")]
Waivers = Annotated[Path | None, typer.Option("--waivers", help="豁免清单，其中的问题另列 · file of accepted findings")]
OnlyNew = Annotated[
    bool, typer.Option("--only-new", help="不显示已豁免的问题 · leave accepted findings out of the report")
]
Annotate = Annotated[
    Path | None,
    typer.Option("--annotate", help="把批注过的 XLSX 副本写入此文件夹 · folder for annotated copies of XLSX inputs"),
]
Top = Annotated[int, typer.Option("--top", min=0, help="最多列出的项目数，0 为全部 · projects listed at most, 0: all")]
ExplainCut = Annotated[
    bool,
    typer.Option("--explain-cut", help="另列雷同界限两侧最近的项目 · also show the pairs nearest the near-copy cut"),
]
Quiet = Annotated[
    bool,
    typer.Option("-q", "--quiet", help="不在屏幕上显示小结 · no summary on stderr, only the exit code and the report"),
]
Verbose = Annotated[
    bool, typer.Option("-v", "--verbose", help="逐个文件说明读到了什么 · say of every file what was read in it")
]
