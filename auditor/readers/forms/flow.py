"""Text that ran over several lines, joined again, still knowing which line every character came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.document import Passage, Place
from auditor.readers.content import Line


@dataclass(frozen=True)
class Flow:
    """`text` without layout line breaks; `places[i]` is the place of the characters from `starts[i]` on."""

    text: str
    starts: tuple[int, ...]
    places: tuple[Place, ...]

    def place(self, offset: int) -> Place:
        """Return the place of the character at `offset`."""
        return self.places[max(0, bisect_right(self.starts, offset) - 1)]

    def passage(self, start: int, end: int) -> Passage:
        """Cut out a passage; blanks at its edges are layout and fall away."""
        part = self.text[start:end]
        start += len(part) - len(part.lstrip())
        return Passage(part.strip(), self.place(start))

    def cut(self, start: int, end: int | None = None) -> Flow:
        """Return the part from `start` to `end` as a flow of its own."""
        end = len(self.text) if end is None else end
        first = max(0, bisect_right(self.starts, start) - 1)
        kept = [
            (max(0, begin - start), place)
            for begin, place in zip(self.starts[first:], self.places[first:], strict=True)
            if begin < end or begin <= start
        ]
        return Flow(self.text[start:end], tuple(begin for begin, _ in kept), tuple(place for _, place in kept))


def join(lines: Iterable[Line], fallback: Place) -> Flow:
    """Join lines that a column's width had broken; words and numbers broken in the middle become whole.

    A blank survives a break only between two Latin letters where the upper line still shows it. `fallback` is the
    place of a flow without lines.
    """
    text, starts, places = "", [], []
    for line in lines:
        part = line.text.strip()
        if not part:
            continue
        if text and line_needs_blank(text, part):
            text += " "
        else:
            text = text.rstrip()
        starts.append(len(text))
        places.append(line.place)
        trailing = " " if line.text[-1:].isspace() else ""
        text += part + trailing
    return Flow(text.rstrip(), tuple(starts) or (0,), tuple(places) or (fallback,))


def line_needs_blank(upper: str, lower: str) -> bool:
    """Tell whether a blank at the end of `upper` separates two Latin words."""
    return (
        upper[-1].isspace()
        and upper.rstrip()[-1:].isascii()
        and upper.rstrip()[-1:].isalpha()
        and lower[0].isascii()
        and lower[0].isalpha()
    )


def single(text: str, place: Place) -> Flow:
    """Make a flow of one text that stands in one place, such as a table cell."""
    return Flow(text, (0,), (place,))
