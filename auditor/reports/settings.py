"""The settings in force, for people: `auditor settings`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from auditor.reports.terminal import Screen


def overview(rows: Sequence[tuple[str, str, Path | None]], screen: Screen) -> str:
    """Return a table of (key, value, file it comes from or None for the default)."""
    either = screen.either
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in (either("设置", "setting"), either("值", "value"), either("来源", "from")):
        table.add_column(heading, overflow="fold")
    for key, value, source in rows:
        where = Text(str(source)) if source else Text(either("默认", "default"), "dim")
        table.add_row(key, value or either("（未设）", "(none)"), where)
    hint = either(
        "设置写在当前文件夹或上级文件夹的 auditor.toml 中；命令行选项优先",
        "settings stand in auditor.toml in this folder or above; options on the command line win",
    )
    return screen.show([table, Text(screen.flow(hint), "dim")])
