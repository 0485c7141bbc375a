"""One OFD page (GB/T 33190): its text and path objects as PageInk. OFD counts in millimetres, y downwards."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditor.readers.pages.ink import Glyph, PageInk, Stroke

if TYPE_CHECKING:
    from lxml import etree

POINTS = 72 / 25.4
"""Points in a millimetre."""

_THIN = 1.0
"""Millimetres of width up to which a filled shape is a rule."""

_DEEPEST = 16
_ASCENT, _DESCENT = 0.86, 0.16
_LATIN = 0.55
"""Ems that a Latin character takes when the file does not say."""

_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""Numbers behind each letter of a path; the last two are where it ends."""

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


@dataclass
class _Drawn:
    """What was found on a page, in millimetres."""

    glyphs: list[tuple[Box, str, int | None]] = field(default_factory=list)
    strong: list[Box] = field(default_factory=list)
    weak: list[Box] = field(default_factory=list)
    picture_area: float = 0.0


def read_objects(number: int, size: tuple[float, float], layers: Sequence[etree._Element]) -> tuple[PageInk, float]:
    """Turn the layers of page `number` into ink; `size` is width and height in millimetres.

    The page is turned so that most of its text stands upright. Also returns the share of the page that pictures cover.
    Objects that cannot be understood raise ValueError.
    """
    drawn = _Drawn()
    for layer in layers:
        _walk(layer, drawn, 0)
    turns = Counter(turn for _, _, turn in drawn.glyphs if turn is not None)
    turn = turns.most_common(1)[0][0] if turns else 0
    width, height = (size[1], size[0]) if turn % 2 else size
    ink = PageInk(number, width * POINTS, height * POINTS)
    for box, char, own in drawn.glyphs:
        if own == turn:
            ink.glyphs.append(Glyph(*_turned(box, size, turn), char))
    for box in drawn.strong or drawn.weak:
        left, top, right, bottom = _turned(box, size, turn)
        if right - left >= bottom - top:
            ink.horizontals.append(Stroke((top + bottom) / 2, left, right))
        else:
            ink.verticals.append(Stroke((left + right) / 2, top, bottom))
    return ink, drawn.picture_area / max(1.0, size[0] * size[1])


def numbers(text: str | None) -> list[float]:
    """The finite numbers of an attribute such as `Boundary`; raises ValueError for anything else."""
    found = [float(part) for part in (text or "").replace(",", " ").split()]
    if not all(math.isfinite(number) for number in found):
        raise ValueError("not a finite number")
    return found


def _number(text: str | None, default: float) -> float:
    """The finite number that `text` holds, `default` where there is none; raises ValueError for anything else."""
    found = numbers(text)
    return found[0] if found else default


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; producers use several."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _walk(parent: etree._Element, drawn: _Drawn, depth: int) -> None:
    if depth > _DEEPEST:
        raise ValueError("objects nested too deeply")
    for element in parent:
        kind = local(element)
        if not kind or element.get("Visible", "true").strip() == "false":
            continue
        if kind in ("PageBlock", "Layer"):
            _walk(element, drawn, depth + 1)
        elif kind == "TextObject":
            _text(element, drawn)
        elif kind == "PathObject":
            _path(element, drawn)
        elif kind == "ImageObject":
            _, _, width, height = _boundary(element)
            drawn.picture_area += width * height


def _boundary(element: etree._Element) -> tuple[float, float, float, float]:
    found = numbers(element.get("Boundary"))
    if len(found) != 4:
        raise ValueError("Boundary")
    return found[0], found[1], found[2], found[3]


def _matrix(element: etree._Element) -> Matrix:
    """From the object's space to the page's: its CTM, then the corner of its Boundary."""
    x, y, _, _ = _boundary(element)
    ctm = numbers(element.get("CTM"))
    if len(ctm) != 6:
        return 1, 0, 0, 1, x, y
    return ctm[0], ctm[1], ctm[2], ctm[3], ctm[4] + x, ctm[5] + y


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _box(matrix: Matrix, left: float, top: float, right: float, bottom: float) -> Box:
    (x0, y0), (x1, y1) = _moved(matrix, left, top), _moved(matrix, right, bottom)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _text(element: etree._Element, drawn: _Drawn) -> None:
    size, scale = _number(element.get("Size"), 0), _number(element.get("HScale"), 1)
    if size <= 0 or scale <= 0:
        raise ValueError("Size")
    matrix = _matrix(element)
    turn = _turn(matrix, _number(element.get("CharDirection"), 0))
    x = y = 0.0
    for code in element:
        if local(code) != "TextCode":
            continue
        text = code.text or ""
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        steps_x, steps_y = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
        for at, char in enumerate(text):
            step = steps_x[at] if at < len(steps_x) else None
            wide = _width(char, size * scale, step)
            drawn.glyphs.append((_box(matrix, x, y - _ASCENT * size, x + wide, y + _DESCENT * size), char, turn))
            # Without any DeltaX characters follow one another, unless DeltaY sets them below one another.
            x += step if step is not None else (0.0 if steps_x or steps_y else wide)
            y += steps_y[at] if at < len(steps_y) else 0.0


def _steps(text: str | None, most: int) -> list[float]:
    """The numbers of DeltaX or DeltaY, with `g n v` written out as n times v; no more than `most`."""
    steps: list[float] = []
    parts = iter((text or "").split())
    for part in parts:
        if part == "g":
            count, value = int(_number(next(parts, None), 0)), _number(next(parts, None), 0)
            steps += [value] * min(count, most - len(steps))
        else:
            steps.append(_number(part, 0))
        if len(steps) >= most:
            break
    return steps


def _width(char: str, em: float, step: float | None) -> float:
    """The advance of a character: to the next one where that is believable, else the usual width of its kind."""
    narrow = char.isascii()
    if step is not None and 0 < step <= (0.9 if narrow else 1.1) * em:
        return step
    return (_LATIN if narrow else 1.0) * em


def _turn(matrix: Matrix, char_direction: float) -> int | None:
    """Clockwise quarter turns that set the text upright; None for slanting text."""
    quarters = math.degrees(math.atan2(matrix[1], matrix[0])) / 90 + char_direction / 90
    return -round(quarters) % 4 if abs(quarters - round(quarters)) < 0.05 else None


def _turned(box: Box, size: tuple[float, float], turn: int) -> Box:
    """A box in millimetres as seen in points on the turned page."""
    left, top, right, bottom = box
    width, height = size
    if turn == 1:
        left, top, right, bottom = height - bottom, left, height - top, right
    elif turn == 2:
        left, top, right, bottom = width - right, height - bottom, width - left, height - top
    elif turn == 3:
        left, top, right, bottom = top, width - right, bottom, width - left
    return left * POINTS, top * POINTS, right * POINTS, bottom * POINTS


def _path(element: etree._Element, drawn: _Drawn) -> None:
    stroked = element.get("Stroke", "true").strip() != "false"
    filled = element.get("Fill", "false").strip() == "true"
    if not stroked and not filled:
        return
    data = next((child.text or "" for child in element if local(child) == "AbbreviatedData"), "")
    matrix = _matrix(element)
    edges = [_box(matrix, *one, *two) for one, two in _lines(data)]
    straight = [edge for edge in edges if edge[2] - edge[0] <= 0.4 or edge[3] - edge[1] <= 0.4]
    if not straight:
        return
    left, top = min(edge[0] for edge in edges), min(edge[1] for edge in edges)
    right, bottom = max(edge[2] for edge in edges), max(edge[3] for edge in edges)
    if right - left <= _THIN or bottom - top <= _THIN:
        drawn.strong.append((left, top, right, bottom))
    else:
        (drawn.strong if stroked else drawn.weak).extend(straight)


def _lines(data: str) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight parts of a path; curves only move the point."""
    parts = iter(data.split())
    start = last = (0.0, 0.0)
    for letter in parts:
        if letter not in _ARGUMENTS:
            raise ValueError("AbbreviatedData")
        arguments = [_number(next(parts, "-"), 0) for _ in range(_ARGUMENTS[letter])]
        point = (arguments[-2], arguments[-1]) if arguments else start
        if letter in "LC":
            yield last, point
        elif letter in "SM":
            start = point
        last = point
