"""Text that stands in a PDF page but that nobody sees: clipped away, outside the page, or written without ink.

Spreadsheet programs write a cell that a page break cuts on both pages in full and clip what does not belong there;
scanners put the recognised text invisibly over the picture.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from typing import Any

import pypdfium2.raw as raw  # type: ignore[import-untyped]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in the page's own space (top above bottom)."""

_EDGE = 12.0
"""Points from a clip's edge within which every character is looked at: a comma is to go with its line."""

_INSIDE = 1.0
"""Points by which the middle of a line is to lie inside its clip."""

_MOST_POINTS = 64
"""Most points of a clip path that are looked at; one with more is no cell."""

_FAR = 1e5
_INVISIBLE = raw.FPDF_TEXTRENDERMODE_INVISIBLE

# With plain addresses as arguments, as it is called once a character.
_text_object = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)


_Lines = dict[tuple[Box, int], list[tuple[int, float, float]]]
"""By clip and baseline, the characters of a line with the middles of their boxes, x and y."""


class HiddenText:
    """Collects the text objects of a page that are clipped or have no ink, then tells their characters."""

    def __init__(self) -> None:
        self._clips: dict[int | None, Box] = {}
        self._inkless: set[int | None] = set()

    def look_at(
        self, item: Any, bounds: Callable[..., Box], move: Callable[..., tuple[float, float]], space: Any
    ) -> None:
        """Take a text object; `bounds(item, space)` is its box on the page, `move(x, y, space)` leads to the page's."""
        if raw.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE:
            self._inkless.add(_address(item))
        path = raw.FPDFPageObj_GetClipPath(item)
        count = raw.FPDFClipPath_CountPaths(path) if path else 0
        if count <= 0:
            return
        clip = _clip_box(path, count, move, space)
        left, top, right, bottom = bounds(item, space)
        if left < clip[0] + _EDGE or top > clip[1] - _EDGE or right > clip[2] - _EDGE or bottom < clip[3] + _EDGE:
            self._clips[_address(item)] = clip

    def find(self, text: Any, boxes: Sequence[list[float]], sideways: bool) -> tuple[list[int], list[int]]:
        """Return the characters, as indices into the page's text, that are clipped away and those without ink.

        `boxes` holds a list for each side of the characters' boxes: left, top, right, bottom in the page's own space;
        `sideways` tells that its lines run up or down. A line that a clip cuts lengthwise is in or out as a whole,
        whatever its characters' heights; one that is in has its boxes moved inside.
        """
        clipped: list[int] = []
        inkless: list[int] = []
        if not self._clips and not self._inkless:
            return clipped, inkless
        handle = ctypes.cast(text, ctypes.c_void_p).value
        lines: _Lines = {}
        for at, (left, top, right, bottom) in enumerate(zip(*boxes, strict=True)):
            address = _text_object(handle, at)
            if address in self._inkless:
                inkless.append(at)
            clip = self._clips.get(address)
            if clip is not None:
                line = lines.setdefault((clip, _baseline(text, at, sideways)), [])
                line.append((at, (left + right) / 2, (top + bottom) / 2))
        _add_neighbours(text, lines, boxes, sideways)
        for (clip, _), line in lines.items():
            clipped += _outside(clip, line, sideways)
            _draw_in(clip, line, boxes, sideways)
        return clipped, inkless


def _add_neighbours(text: Any, lines: _Lines, boxes: Sequence[list[float]], sideways: bool) -> None:
    """Add the commas and dashes of a line that a clip cuts: PDFium forgets the clip of objects that fit into it."""
    known = {one[0] for line in lines.values() for one in line}
    clips = {clip for clip, _ in lines}
    for at, (left, top, right, bottom) in enumerate(zip(*boxes, strict=True)) if clips else ():
        if at in known or right <= left:
            continue
        for clip in clips:
            if sideways:
                cut = left < clip[0] < right or left < clip[2] < right
            else:
                cut = bottom < clip[1] < top or bottom < clip[3] < top
            x, y = (left + right) / 2, (top + bottom) / 2
            beside = clip[3] < y < clip[1] if sideways else clip[0] < x < clip[2]
            if cut and beside and (line := lines.get((clip, _baseline(text, at, sideways)))):
                line.append((at, x, y))
                break


def _baseline(text: Any, at: int, sideways: bool) -> int:
    """Where a character's line stands, in half points."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, at, x, y)
    return round(2 * (x.value if sideways else y.value))


def _outside(clip: Box, line: Sequence[tuple[int, float, float]], sideways: bool) -> list[int]:
    """The characters of a line that the clip leaves out."""
    (low, high), (start, end) = (clip[3], clip[1]), (clip[0], clip[2])
    across, along = [y for _, _, y in line], [x for _, x, _ in line]
    if sideways:
        (low, high), (start, end), across, along = (start, end), (low, high), along, across
    if not low <= sorted(across)[len(across) // 2] <= high:
        return [at for at, _, _ in line]
    return [one[0] for one, middle in zip(line, along, strict=True) if not start <= middle <= end]


def _draw_in(clip: Box, line: Sequence[tuple[int, float, float]], boxes: Sequence[list[float]], sideways: bool) -> None:
    """Move the boxes of a line as a whole, so that their middles lie inside the clip."""
    low, high = (clip[0], clip[2]) if sideways else (clip[3], clip[1])
    middles = [one[1] if sideways else one[2] for one in line]
    shift = max(0.0, low + _INSIDE - min(middles)) or min(0.0, high - _INSIDE - max(middles))
    if not shift or high - low < 2 * _INSIDE:
        return
    for side in (boxes[0], boxes[2]) if sideways else (boxes[1], boxes[3]):
        for at, _, _ in line:
            side[at] += shift


def _address(item: Any) -> int | None:
    return ctypes.cast(item, ctypes.c_void_p).value


def _clip_box(path: Any, count: int, move: Callable[..., tuple[float, float]], space: Any) -> Box:
    """What all clip paths leave, as a box; a path that is no box counts with its outline."""
    x, y = ctypes.c_float(), ctypes.c_float()
    box = (-_FAR, _FAR, _FAR, -_FAR)
    for number in range(min(count, _MOST_POINTS)):
        points = []
        for at in range(min(raw.FPDFClipPath_CountPathSegments(path, number), _MOST_POINTS)):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(path, number, at), x, y)
            points.append(move(x.value, y.value, space))
        if points:
            xs, ys = zip(*points, strict=True)
            box = max(box[0], min(xs)), min(box[1], max(ys)), min(box[2], max(xs)), max(box[3], min(ys))
    return box
