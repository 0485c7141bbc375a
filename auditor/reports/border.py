"""The pairs of goals on either side of the near-copy cut: `auditor check --explain-cut`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from auditor.reports.terminal import Screen
from auditor.text import Span

if TYPE_CHECKING:
    from auditor.reuse import Border, BorderPair

_LONGEST = 300


def render(border: Border, screen: Screen) -> str:
    """Return the accepted pairs nearest the cut, then the rejected ones; what differs is marked in both texts."""
    return screen.show(_parts(border, screen))


def _parts(border: Border, screen: Screen) -> Iterator[RenderableType]:
    cut = f"{border.cut:g}"
    yield Text(
        screen.either(
            f"雷同界限：去掉数字后文字相同 {cut}% 以上算近似雷同，以下列出界限两侧最近的几对",
            f"near copies share at least {cut} % of their words, numbers aside; these pairs lie nearest on either side",
        ),
        style="bold",
    )
    for pairs, zh, en in (
        (border.accepted, "算作雷同的", "counted as copies"),
        (border.rejected, "不算雷同的", "not counted"),
    ):
        yield Text()
        yield Text(screen.either(zh, en), style="bold underline")
        if not pairs:
            yield Text(screen.either("  没有", "  none"), "dim")
        for pair in pairs:
            yield from _pair(pair, screen)


def _pair(pair: BorderPair, screen: Screen) -> Iterator[RenderableType]:
    note = (
        ""
        if pair.accepted or pair.score < 85
        else screen.either("（通用表述，不计）", " (standing wording, not counted)")
    )
    numbers = len(pair.likeness.numbers)
    said = screen.either(
        f"{pair.score:.1f}%{note}" + (f"，另有 {numbers} 处数字不同" if numbers else ""),
        f"{pair.score:.1f} %{note}" + (f", {numbers} numbers differ" if numbers else ""),
    )
    yield Padding(Text(said, "yellow"), (0, 0, 0, 2))
    changed = (*pair.likeness.differences, *pair.likeness.numbers)
    for side, spans in ((pair.a, [one.a for one in changed]), (pair.b, [one.b for one in changed])):
        head = screen.either(f"第{side.member.row}行 {side.project}", f"row {side.member.row} {side.project}")
        yield Padding(Text(screen.flow(f"{head}  {side.member.document}"), "dim"), (0, 0, 0, 4))
        yield Padding(_marked(side.goal, spans, screen), (0, 0, 0, 6))


def _marked(text: str, spans: Sequence[Span], screen: Screen) -> Text:
    cuts = sorted({0, len(text), *(edge for span in spans for edge in span)})
    shown = Text()
    for start, end in pairwise(cuts):
        if start >= _LONGEST:
            shown.append("…")
            break
        differs = any(span[0] <= start and end <= span[1] for span in spans)
        piece = screen.flow(text[start : min(end, _LONGEST)])
        shown.append(f"【{piece}】" if differs and not screen.color else piece, "reverse" if differs else "")
    return shown
