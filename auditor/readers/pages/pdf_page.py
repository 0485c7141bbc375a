"""One PDF page through PDFium's C interface: its characters and strokes as PageInk.

PDFium is not thread-safe: read one file at a time in a process. Positions come in the page's own space (y upwards,
before /Rotate) and are turned so that most of the page's text stands upright, whatever /Rotate says.
"""

from __future__ import annotations

import ctypes
import math
import operator
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import compress, groupby, repeat
from typing import Any

import pypdfium2.raw as raw  # type: ignore[import-untyped]

from auditor.readers.pages.hidden import Box, HiddenText
from auditor.readers.pages.ink import Glyph, PageInk, Stroke
from auditor.readers.pages.page_gaps import MOSTLY_PICTURE

_THIN = 3.0
"""Points of width up to which a filled rectangle is a rule."""

_FAR = 1e5
"""Points beyond which nothing lies on any page (PDF allows 14,400)."""

_DEEPEST = 8
"""Most levels of forms within forms that are looked into for rules."""

_MOST_STROKES = 200_000
"""Most drawn objects of one page that are looked at; beyond that the page is a drawing."""

_MEANINGLESS = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
"""What a font without a table of meanings leaves of its characters."""

# The same C functions with plain addresses as arguments: called once a character, where the checks of the generated
# bindings would take most of the time.
_loose_box = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)

_new_glyph: Callable[[tuple[float, float, float, float, str]], Glyph] = partial(tuple.__new__, Glyph)
"""Makes a Glyph of a tuple without a Python call for each of a page's thousands of characters."""

Columns = tuple[list[float], list[float], list[float], list[float]]
"""Many boxes at once, a list for each side: a page has thousands."""


@dataclass
class PageFacts:
    """What else a page shows: how many characters have no meaning, whether a picture or drawings fill it.

    `clipped` holds the runs of characters that cells hide; `invisible` counts characters without ink: they are kept where a picture fills the page, and left out elsewhere.
    """

    unreadable: int = 0
    picture_share: float = 0.0
    drawings: int = 0
    unread_fields: int = 0
    invisible: int = 0
    clipped: list[str] = field(default_factory=list)


@contextmanager
def open_page(document: Any, index: int) -> Iterator[tuple[Any, Any]]:
    """Give the handles of page `index` (0-based) and of its text; both are closed at the end.

    Raises ValueError when PDFium cannot load the page.
    """
    page = raw.FPDF_LoadPage(document, index)
    if not page:
        raise ValueError("page cannot be loaded")
    try:
        text = raw.FPDFText_LoadPage(page)
        if not text:
            raise ValueError("text of the page cannot be loaded")
        try:
            yield page, text
        finally:
            raw.FPDFText_ClosePage(text)
    finally:
        raw.FPDF_ClosePage(page)


def read_page(document: Any, index: int) -> tuple[PageInk, PageFacts]:
    """Read page `index` (0-based) of an open document handle; raises ValueError when it cannot be loaded."""
    with open_page(document, index) as (page, text):
        facts = PageFacts(unread_fields=_unread_fields(page))
        bounds = _page_box(page)
        chars, boxes = _characters(text)
        turn = _quarter_turns(text, boxes, page)
        ink = PageInk(index + 1, *_turned_size(bounds, turn))
        finder = _ObjectFinder()
        finder.walk(page, False, ())
        _add_strokes(finder, bounds, turn, ink, facts)
        hidden = _hidden(text, chars, boxes, turn, finder, facts)
        ink.glyphs = _glyphs(text, chars, _turned(boxes, bounds, turn), hidden, ink, facts)
    return ink, facts


def _hidden(text: Any, chars: str, boxes: Columns, turn: int, finder: _ObjectFinder, facts: PageFacts) -> list[int]:
    """The characters that nobody sees; recognised text over a picture of itself is all that there is, so it stays."""
    clipped, inkless = finder.hidden.find(text, boxes, sideways=turn % 2 == 1)
    facts.invisible = len(inkless)
    facts.clipped = [chars[run[0] : run[-1] + 1] for run in _runs(sorted(clipped))]
    return clipped if facts.picture_share > MOSTLY_PICTURE else clipped + inkless


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Cut sorted numbers into runs without gaps."""
    for _, run in groupby(enumerate(numbers), lambda one: one[1] - one[0]):
        yield [number for _, number in run]


def _page_box(page: Any) -> Box:
    rect = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, rect):
        return 0.0, raw.FPDF_GetPageHeightF(page), raw.FPDF_GetPageWidthF(page), 0.0
    return rect.left, rect.top, rect.right, rect.bottom


_LINE_END_HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""What PDFium puts for a hyphen that ends a line; in numbers and codes it is part of the text."""


def _characters(text: Any) -> tuple[str, Columns]:
    """All characters of a page in the order of the text layer, and their advance boxes."""
    count = max(0, raw.FPDFText_CountChars(text))
    units = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text, 0, count, units)
    chars = bytes(units)[: 2 * count].decode("utf-16-le", "replace") if written == count + 1 else ""
    if len(chars) != count:
        # Characters outside the basic plane or without meaning: the whole-page text would be out of step.
        codes = [raw.FPDFText_GetUnicode(text, at) for at in range(count)]
        chars = "".join(chr(code) if 0 < code < 0x110000 else "\ufffd" for code in codes)
    rects = (raw.FS_RECTF * count)()
    address, handle = ctypes.addressof(rects), ctypes.cast(text, ctypes.c_void_p).value
    size = ctypes.sizeof(raw.FS_RECTF)
    deque(map(_loose_box, repeat(handle), range(count), range(address, address + size * count, size)), maxlen=0)
    sides: Any = memoryview(rects).cast("B").cast("f")
    flat: list[float] = sides.tolist()
    return chars.translate(_LINE_END_HYPHENS), (flat[::4], flat[1::4], flat[2::4], flat[3::4])


def _quarter_turns(text: Any, boxes: Columns, page: Any) -> int:
    """Clockwise quarter turns after which most of the text stands upright; a page without text keeps its /Rotate."""
    left, top, right, bottom = boxes
    # An odd step, since PDFium may put a character of its own behind every drawn one.
    sample = range(0, len(left), len(left) // 120 | 1)
    drawn = [at for at in sample if right[at] > left[at] and top[at] > bottom[at]]
    angles = [raw.FPDFText_GetCharAngle(text, at) for at in drawn]
    turns = Counter(_quarters(angle) for angle in angles if angle >= 0)
    turns.pop(None, None)
    if not turns:
        return int(raw.FPDFPage_GetRotation(page))
    return turns.most_common(1)[0][0] or 0


def _quarters(angle: float) -> int | None:
    """Quarter turns that undo a text angle in radians; None for slanting text."""
    quarters = angle / (math.pi / 2)
    return -round(quarters) % 4 if abs(quarters - round(quarters)) < 0.05 else None


def _turned_size(bounds: Box, turn: int) -> tuple[float, float]:
    left, top, right, bottom = bounds
    return (top - bottom, right - left) if turn % 2 else (right - left, top - bottom)


def _turned(boxes: Columns, bounds: Box, turn: int) -> Columns:
    """Boxes as seen on the turned page: left, top, right, bottom with y downwards."""
    left, top, right, bottom = bounds
    x0, y1, x1, y0 = boxes
    if turn == 0:
        return _from(left, x0), _to(top, y1), _from(left, x1), _to(top, y0)
    if turn == 1:
        return _from(bottom, y0), _from(left, x0), _from(bottom, y1), _from(left, x1)
    if turn == 2:
        return _to(right, x1), _from(bottom, y0), _to(right, x0), _from(bottom, y1)
    return _to(top, y1), _to(right, x1), _to(top, y0), _to(right, x0)


def _from(edge: float, positions: list[float]) -> list[float]:
    return [position - edge for position in positions]


def _to(edge: float, positions: list[float]) -> list[float]:
    return [edge - position for position in positions]


def _glyphs(
    text: Any, chars: str, boxes: Columns, hidden: Iterable[int], ink: PageInk, facts: PageFacts
) -> list[Glyph]:
    """The characters that are seen: without those that PDFium made up, those beyond the page and slanting watermarks."""
    facts.unreadable = len(_MEANINGLESS.findall(chars))
    left, top, right, bottom = boxes
    # Characters that PDFium made up have no size; damaged fonts give sizes without bound or that are no numbers.
    drawn: list[bool] = list(map(operator.and_, map(operator.lt, left, right), map(operator.lt, top, bottom)))
    if any(not (low > -_FAR and high < _FAR) for side in boxes if side for low, high in [(min(side), max(side))]):
        drawn = [one and all(-_FAR < side[at] < _FAR for side in boxes) for at, one in enumerate(drawn)]
    if left and not (min(left) > 0 and min(top) > 0 and max(right) < ink.width and max(bottom) < ink.height):
        for at, (x0, y0, x1, y1) in enumerate(zip(*boxes, strict=True)):
            drawn[at] = drawn[at] and 0 <= x0 + x1 <= 2 * ink.width and 0 <= y0 + y1 <= 2 * ink.height
    for at in hidden:
        drawn[at] = False
    heights = list(map(operator.sub, bottom, top))
    sample = Counter(round(one) for one in heights[:: len(heights) // 200 | 1] if 0 < one < _FAR)
    tall = 1.3 * max(1, sample.most_common(1)[0][0]) if sample else 1.0
    for at in [at for at, one in enumerate(heights) if one > tall]:
        drawn[at] = drawn[at] and _quarters(raw.FPDFText_GetCharAngle(text, at)) is not None
    return list(compress(map(_new_glyph, zip(left, top, right, bottom, chars, strict=True)), drawn))


def _unread_fields(page: Any) -> int:
    """How many form fields and free-text notes hold text that is not part of the page's text."""
    found = 0
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, at)
        if not note:
            continue
        kind = raw.FPDFAnnot_GetSubtype(note)
        key = {raw.FPDF_ANNOT_WIDGET: b"V", raw.FPDF_ANNOT_FREETEXT: b"Contents"}.get(kind)
        # The length counts bytes with the closing two zeros; a signature's value is no text and has length 2 or less.
        if key and raw.FPDFAnnot_GetStringValue(note, key, None, 0) > 2:
            found += 1
        raw.FPDFPage_CloseAnnot(note)
    return found


class _ObjectFinder:
    """Walks the objects of a page and collects rules, pictures and hidden text.

    Weak rules are edges of areas that are only filled.
    """

    def __init__(self) -> None:
        self.strong: list[Box] = []
        self.weak: list[Box] = []
        self.pictures: list[Box] = []
        self.paths = 0
        self.hidden = HiddenText()
        self._corners = [ctypes.c_float() for _ in range(4)]
        self._point = [ctypes.c_float() for _ in range(2)]

    def walk(self, parent: Any, form: bool, matrices: tuple[Any, ...], depth: int = 0) -> None:
        """Look at all objects of a page or form; `matrices` lead from the form's space to the page's."""
        count = raw.FPDFFormObj_CountObjects(parent) if form else raw.FPDFPage_CountObjects(parent)
        get = raw.FPDFFormObj_GetObject if form else raw.FPDFPage_GetObject
        for at in range(max(0, min(count, _MOST_STROKES))):
            item = get(parent, at)
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(item, matrices)
            elif kind == raw.FPDF_PAGEOBJ_TEXT:
                self.hidden.look_at(item, self._bounds, _moved, matrices)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                matrix = raw.FS_MATRIX()
                raw.FPDFPageObj_GetMatrix(item, matrix)
                self.walk(item, True, (matrix, *matrices), depth + 1)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.pictures.append(self._bounds(item, matrices))

    def _bounds(self, item: Any, matrices: tuple[Any, ...]) -> Box:
        left, bottom, right, top = self._corners
        if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            return 0.0, 0.0, 0.0, 0.0
        return _mapped((left.value, top.value, right.value, bottom.value), matrices)

    def _path(self, item: Any, matrices: tuple[Any, ...]) -> None:
        self.paths += 1
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, fill, stroke)
        if not fill.value and not stroke.value:
            return
        box = self._bounds(item, matrices)
        if box[2] - box[0] <= _THIN or box[1] - box[3] <= _THIN:
            self.strong.append(box)
            return
        matrix = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(item, matrix)
        edges = self._edges(item, (matrix, *matrices))
        (self.strong if stroke.value else self.weak).extend(edges)

    def _edges(self, item: Any, matrices: tuple[Any, ...]) -> list[Box]:
        """The straight parts of a path that run along the page's axes."""
        edges: list[Box] = []
        x, y = self._point
        start = last = (0.0, 0.0)
        for at in range(min(raw.FPDFPath_CountSegments(item), _MOST_STROKES)):
            segment = raw.FPDFPath_GetPathSegment(item, at)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            point = _moved(x.value, y.value, matrices)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == raw.FPDF_SEGMENT_LINETO:
                _add_edge(edges, last, point)
            last = point
            if raw.FPDFPathSegment_GetClose(segment):
                _add_edge(edges, last, start)
                last = start
        return edges


def _add_edge(edges: list[Box], one: tuple[float, float], two: tuple[float, float]) -> None:
    if abs(one[0] - two[0]) <= 1 or abs(one[1] - two[1]) <= 1:
        edges.append((min(one[0], two[0]), max(one[1], two[1]), max(one[0], two[0]), min(one[1], two[1])))


def _moved(x: float, y: float, matrices: tuple[Any, ...]) -> tuple[float, float]:
    for m in matrices:
        x, y = m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f
    return x, y


def _mapped(box: Box, matrices: tuple[Any, ...]) -> Box:
    if not matrices:
        return box
    (x0, y0), (x1, y1) = _moved(box[0], box[1], matrices), _moved(box[2], box[3], matrices)
    return min(x0, x1), max(y0, y1), max(x0, x1), min(y0, y1)


def _add_strokes(finder: _ObjectFinder, bounds: Box, turn: int, ink: PageInk, facts: PageFacts) -> None:
    """Put the page's rules into `ink`; filled areas count only where nothing else is drawn."""
    area = max(1.0, ink.width * ink.height)
    edges = finder.strong or finder.weak
    columns = (
        [box[0] for box in edges],
        [box[1] for box in edges],
        [box[2] for box in edges],
        [box[3] for box in edges],
    )
    for left, top, right, bottom in zip(*_turned(columns, bounds, turn), strict=True):
        if not (-_FAR < left <= right < _FAR and -_FAR < top <= bottom < _FAR):
            continue
        if right - left >= bottom - top:
            ink.horizontals.append(Stroke((top + bottom) / 2, left, right))
        else:
            ink.verticals.append(Stroke((left + right) / 2, top, bottom))
    facts.drawings = finder.paths
    facts.picture_share = sum((box[2] - box[0]) * (box[1] - box[3]) for box in finder.pictures) / area
