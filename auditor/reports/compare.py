"""Two documents side by side: `auditor compare`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.outcome import Link, LinkField, Pairing, Unpaired
from auditor.reports.terminal import Screen
from auditor.reports.values import pairing_values
from auditor.wording import Language

_ALONE = {
    "task": ("项目表中没有对应项目的任务", "tasks without a project"),
    "project": ("没有列入任务的大额项目", "large projects without a task"),
    "row": ("上级表中没有找到对应的上级资金", "rows of received money without a counterpart above"),
}


def as_json(pairing: Pairing, language: Language) -> str:
    """Return the comparison as one JSON object."""
    return json.dumps(pairing_values(pairing, language), ensure_ascii=False, indent=2) + "\n"


def as_text(pairing: Pairing, screen: Screen, notes: tuple[str, ...] = ()) -> str:
    """Return the comparison for people: what differs first, then what agrees, then what found no counterpart."""
    return screen.show(_parts(pairing, screen, notes))


def _parts(pairing: Pairing, screen: Screen, notes: tuple[str, ...]) -> Iterator[RenderableType]:
    differing = [link for link in pairing.links if not link.agrees]
    agreeing = [link for link in pairing.links if link.agrees]
    yield Text(_title(pairing, screen), style="bold")
    for note in notes:
        yield Text(screen.flow(note), style="yellow")
    summary = screen.either(
        f"对应 {len(pairing.links)} 处：不一致 {len(differing)}，一致 {len(agreeing)}；没有对应 {len(pairing.unpaired)}",
        f"{len(pairing.links)} counterparts: {len(differing)} differ, {len(agreeing)} agree; {len(pairing.unpaired)} without",
    )
    yield Text(summary)
    if differing:
        yield Text()
        yield Text(screen.either("不一致", "differing"), style="bold red")
        for link in differing:
            yield from _link(link, screen)
    if agreeing:
        yield Text()
        yield Text(screen.either("一致", "agreeing"), style="bold green")
        for link in agreeing:
            yield Text(screen.flow(f"  {_heading(link, screen)}"))
    yield from _unpaired(pairing.unpaired, screen)


def _title(pairing: Pairing, screen: Screen) -> str:
    if pairing.kind == "department_project":
        return screen.either(
            f"部门申报表 {pairing.a} ↔ 项目表 {pairing.b}", f"department form {pairing.a} ↔ project table {pairing.b}"
        )
    return screen.either(f"上级 {pairing.a} ↔ 下级 {pairing.b}", f"upper level {pairing.a} ↔ lower level {pairing.b}")


def _heading(link: Link, screen: Screen) -> str:
    row = screen.either(f"第 {link.b.row} 行", f"row {link.b.row}")
    above = screen.either(f"第 {link.a.row} 行", f"row {link.a.row}") if link.kind == "upper_lower" else ""
    return f"{above}“{link.a.label}” ↔ {row}“{link.b.label}”"


def _link(link: Link, screen: Screen) -> Iterator[RenderableType]:
    yield Text(screen.flow(f"  {_heading(link, screen)}"))
    yield Text(screen.flow(f"    {screen.either('依据', 'because')}：{link.why.say(screen.language)}"), style="dim")
    table = Table(box=None, header_style="dim", pad_edge=False)
    for heading in (screen.either("内容", "what"), "A", "B", ""):
        table.add_column(heading, overflow="fold")
    for field in link.fields:
        mark = Text("=", "green") if field.agrees else Text("≠", "bold red")
        table.add_row(_what(field, screen), field.a, field.b, mark)
    yield Padding(table, (0, 0, 0, 4))


def _what(field: LinkField, screen: Screen) -> str:
    if field.kind == "amount":
        return screen.either("金额", "amount")
    if field.kind == "indicator_name":
        return screen.either("指标名称", "indicator name")
    return field.name


def _unpaired(items: tuple[Unpaired, ...], screen: Screen) -> Iterator[RenderableType]:
    for kind, (zh, en) in _ALONE.items():
        found = [one for one in items if one.kind == kind]
        if found:
            yield Text()
            yield Text(screen.either(zh, en), style="bold")
            for one in found:
                row = screen.either(f"第 {one.end.row} 行 ", f"row {one.end.row} ") if kind != "task" else ""
                yield Text(screen.flow(f"  {row}{one.end.label}"))
