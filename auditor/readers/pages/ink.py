"""What a page shows, before any table is looked for: characters with boxes, straight strokes, lines of text.

All lengths are points (1/72 inch); x grows to the right, y grows downwards from the top of the page as it is read.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple


class Glyph(NamedTuple):
    """One character and the box that it advances over (not the tight outline), so neighbours in a word touch."""

    left: float
    top: float
    right: float
    bottom: float
    char: str


class Stroke(NamedTuple):
    """A horizontal (`at` is y, `start`..`end` are x) or vertical (`at` is x, `start`..`end` are y) rule."""

    at: float
    start: float
    end: float


@dataclass
class PageInk:
    """One page: its 1-based number, size, characters in any order, and strokes in any order."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    horizontals: list[Stroke] = field(default_factory=list)
    verticals: list[Stroke] = field(default_factory=list)


class Segment(NamedTuple):
    """A run of characters of one line, in reading order, without a wide blank inside; never empty."""

    left: float
    right: float
    top: float
    bottom: float
    glyphs: list[Glyph]


_SAME_LINE = 0.45
"""Share of a character's height that centres may differ by on one line: more than a raised ², less than half a line."""

_CROWDED = 1.2
"""Times the width of a line that its characters may take up in sum; only beyond that they are looked at one by one."""

_MOST_OVER = 2
"""Characters of a line that may stand over others: accents, strokes through a letter."""

_INDENT = 3.0
"""Most ems between the first blank of an indent and the text after it."""

_top = itemgetter(1)
_left = itemgetter(0)


def glyph_lines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Group characters into lines, top to bottom, each left to right; the given order does not matter."""
    lines: list[list[Glyph]] = []
    line: list[Glyph] = []
    floor = 0.0
    for glyph in sorted(glyphs, key=_top):
        _, top, _, bottom, _ = glyph
        centre = (top + bottom) / 2
        if line and centre <= floor:
            line.append(glyph)
            continue
        line = [glyph]
        lines.append(line)
        floor = centre + (bottom - top) * _SAME_LINE
    for line in lines:
        line.sort(key=_left)
    return lines


def is_overlaid(line: Sequence[Glyph]) -> bool:
    """True when a line, sorted by x, holds different characters in one place: two texts printed over each other."""
    lefts, _, rights, _, chars = zip(*line, strict=True)
    if sum(rights) - sum(lefts) < _CROWDED * (max(rights) - lefts[0]):
        return False
    pairs = itertools.pairwise(zip(lefts, rights, chars, strict=True))
    over = sum(b[0] - a[0] < 0.5 * min(a[1] - a[0], b[1] - b[0]) and a[2] != b[2] for a, b in pairs)
    return bool(over > _MOST_OVER)


def segments(line: Sequence[Glyph], gap: float) -> list[Segment]:
    """Cut one line of characters, sorted by x, wherever more than `gap` ems are blank; drop runs of blanks only."""
    runs: list[list[Glyph]] = []
    right = 0.0
    for glyph in line:
        em = glyph.bottom - glyph.top
        # PDF readers keep the first of several blanks, so an indent is one blank and then nothing.
        indent = bool(runs) and runs[-1][-1] is runs[-1][0] and runs[-1][0].char.isspace()
        if runs and glyph.left - right <= (_INDENT if indent else gap) * em:
            runs[-1].append(glyph)
            right = max(right, glyph.right)
        else:
            runs.append([glyph])
            right = glyph.right
    return [segment for run in runs if (segment := _segment(run)) is not None]


def _segment(run: list[Glyph]) -> Segment | None:
    """The segment of `run`; its box leaves out blanks at both ends, its characters keep the leading ones."""
    shown = [glyph for glyph in run if not glyph.char.isspace()]
    if not shown:
        return None
    return Segment(
        shown[0].left,
        max(glyph.right for glyph in shown),
        min(glyph.top for glyph in shown),
        max(glyph.bottom for glyph in shown),
        run,
    )
