"""Merged areas that a page break cuts: which cells at the top of a page belong to areas at the bottom of the one before.

Word writes what is left of a merged cell's text on the next page; spreadsheet programs set the text in the middle of
the whole area, so that it may stand on the first page, on the second, or half on each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from auditor.readers.pages.found import FoundCell
from auditor.readers.pages.wrapping import CellLine, ends_sentence, fills_line
from auditor.text import enumerator_length

_AMOUNT = re.compile(r"\s*[-—–]?[\d,，]+(?:\.\d+)?\s*[%％]?\s*")
_CODED = re.compile(r"\s*\d{1,2}\s*[-－—–]")
_FIRST_ITEM = re.compile(r"\s*[（(]?[1一①]")


class Pair(NamedTuple):
    """An area at the bottom of the table so far, and the cell below it at the top of the next page."""

    upper: FoundCell
    lower: FoundCell

    @property
    def spans_rows(self) -> bool:
        """True when one of the two is a merged area for sure."""
        return max(self.upper.row_span, self.lower.row_span) > 1

    @property
    def moved(self) -> bool:
        """True when only one of the two has text."""
        return bool(self.upper.lines) != bool(self.lower.lines)

    @property
    def both(self) -> bool:
        """True when both have text."""
        return bool(self.upper.lines and self.lower.lines)


def areas_going_on(pairs: Sequence[Pair]) -> list[Pair]:
    """Of the pairs of cells above and below a page break, from left to right, those that are one area.

    One of the two has to span rows: two single cells, the second empty, are just that, unless the areas beside them
    show that the break cuts something.
    """
    areas = [pair for pair in pairs if pair.spans_rows]
    if not _is_cut(areas):
        return [pair for pair in areas if pair.upper.lines and not pair.lower.lines]
    key = areas[0].lower.column
    rows_begin = min((pair.lower.column for pair in pairs if pair.both and not pair.spans_rows), default=key)
    small = [one for one in pairs if one.moved and not one.spans_rows and key < one.lower.column < rows_begin]
    return [pair for pair in areas if not pair.both or _runs_on(pair)] + small


def _is_cut(areas: Sequence[Pair]) -> bool:
    """True when the page break plainly cuts what the leftmost area stands for, a project or a block of a form."""
    written = [pair for pair in areas if pair.upper.lines or pair.lower.lines]
    both = [pair for pair in written if pair.both]
    if not written or any(two_values(*pair) for pair in both):
        return False
    key = written[0]
    if not key.both:
        return True
    if not _runs_on(key):
        return False
    return any(pair.moved for pair in written) or (len(both) > 1 and all(_runs_on(pair) for pair in both))


def _runs_on(pair: Pair) -> bool:
    """True when the text of the lower cell is plainly the rest of the upper one's."""
    before, after = pair.upper.lines[-1], pair.lower.lines[0]
    if two_values(*pair) or before.text.rstrip().endswith("指标") or _CODED.match(after.text):
        return False
    return fills_line(before, after) or _next_item(before, after)


def _next_item(before: CellLine, after: CellLine) -> bool:
    starts_item = enumerator_length(after.text.lstrip()) > 0 and not _FIRST_ITEM.match(after.text)
    return starts_item and ends_sentence(before.text)


def two_values(one: FoundCell, other: FoundCell) -> bool:
    """True for two whole amounts: they stand in two rows."""
    return all(len(cell.lines) == 1 and _AMOUNT.fullmatch(cell.lines[0].text) for cell in (one, other))
