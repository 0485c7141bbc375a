"""Rows of text without rules: lines that stand close together form one band, a wider gap starts the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.readers.pages.ink import Glyph, Segment, glyph_lines, segments
from auditor.readers.pages.wrapping import line_text

COLUMN_GAP = 0.3
"""Ems of blank that may divide two columns; inside a text advance boxes touch and written blanks count as ink."""

_ROW_GAP = 0.22
"""Ems by which the gap between two rows exceeds that between two lines of one cell."""

_COMMON_GAP, _WIDEST_GAP = 0.3, 0.9
"""Ems between two lines of one cell: usually, and at most."""

_NUMBER = re.compile(r"[-—–]?[\d,，]+(?:\.\d+)?[%％]?|[-—–]+")
_NOTE = re.compile(r"\s*(?:注|备注|说明|填表|填报|审核|制表|负责人|联系)[^，。；]{0,8}[:：]")


@dataclass
class Band:
    """Lines of one row, top to bottom, each as its segments from left to right. Never empty."""

    lines: list[list[Segment]]

    @property
    def top(self) -> float:
        """The y of its highest character."""
        return min(segment.top for line in self.lines for segment in line)

    @property
    def bottom(self) -> float:
        """The y of its lowest character."""
        return max(segment.bottom for line in self.lines for segment in line)

    def segments(self) -> list[Segment]:
        """All segments, line by line."""
        return [segment for line in self.lines for segment in line]

    def is_note(self) -> bool:
        """True for text that belongs below a table: notes, who filled it in."""
        return bool(_NOTE.match(line_text(self.lines[0][0].glyphs)))


def is_number(segment: Segment) -> bool:
    """True for a segment that is nothing but one amount, rate or dash."""
    return bool(_NUMBER.fullmatch(line_text(segment.glyphs).strip()))


def segment_lines(glyphs: Iterable[Glyph]) -> list[list[Segment]]:
    """Group characters of a page into lines of segments, top to bottom."""
    return [found for line in glyph_lines(glyphs) if (found := segments(line, COLUMN_GAP))]


def bands(lines: Sequence[list[Segment]]) -> list[Band]:
    """Divide lines, sorted from the top, into bands at gaps wider than those between the lines of one cell."""
    usual = _usual_gap(lines)
    found: list[Band] = []
    bottom = 0.0
    for line in lines:
        top = min(segment.top for segment in line)
        height = line[0].bottom - line[0].top
        if found and top - bottom <= (usual + _ROW_GAP) * height:
            found[-1].lines.append(line)
        else:
            found.append(Band([line]))
        bottom = max(bottom, max(segment.bottom for segment in line))
    return found


def _usual_gap(lines: Sequence[list[Segment]]) -> float:
    """Ems between two lines of one cell: the smallest distance that occurs often from a line to the one below it."""
    gaps = sorted(gap for at in range(1, len(lines)) for gap in _gaps_above(lines, at))
    needed = max(2, len(gaps) // 10)
    for at, gap in enumerate(gaps[: len(gaps) - needed + 1]):
        if gap <= _WIDEST_GAP and gaps[at + needed - 1] - gap <= 0.1:
            return gap
    return _COMMON_GAP


def _gaps_above(lines: Sequence[list[Segment]], at: int) -> list[float]:
    """For each segment of line `at`, the blank in ems to the nearest text above it, if that is within two ems."""
    found = []
    for segment in lines[at]:
        height = segment.bottom - segment.top
        for line in reversed(lines[max(0, at - 4) : at]):
            above = [one for one in line if _overlap(one, segment)]
            if above:
                gap = (segment.top - above[0].bottom) / height
                if gap < 2:
                    found.append(gap)
                break
    return found


def _overlap(one: Segment, other: Segment) -> bool:
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > 0.5 * min(one.right - one.left, other.right - other.left)
