"""The list of waivers for people: `auditor waive list`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from auditor.report import Waiver
from auditor.reports.terminal import Screen


def overview(waivers: Sequence[Waiver], today: datetime.date, screen: Screen) -> str:
    """Return a table of all waivers; expired ones say so."""
    either = screen.either
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in (either("规则", "rule"), either("项目", "project"), either("指标", "indicator"), either("原文", "quote"), either("条数", "count"), either("理由", "reason"), either("谁", "who"), either("到期", "until")):  # fmt: skip
        table.add_column(heading, overflow="fold")
    for one in waivers:
        over = bool(one.until) and datetime.date.fromisoformat(one.until) < today
        until = Text(f"{one.until} {either('已过期', 'expired')}", "red") if over else Text(one.until)
        table.add_row(one.rule, one.project, one.indicator, one.quote, str(one.count), one.reason, one.who, until)
    summary = either(f"共 {len(waivers)} 条", f"{len(waivers)} waivers")
    return screen.show([table, Text(summary, "dim")] if waivers else [Text(summary)])
