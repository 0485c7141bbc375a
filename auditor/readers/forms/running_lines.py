"""Lines of a running text before rows are looked for: page numbers out, amounts that blanks broke mended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from auditor.readers.content import Line
from auditor.readers.forms.amounts import amounts_at_end

_PAGE_NUMBER = re.compile(
    r"\s*(?:第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|[-—–－]\s*\d+\s*[-—–－]|\d+\s*/\s*\d+)\s*"
)
_BROKEN = re.compile(r"(?<![\d,.])(\d[\d,]{0,9})[ \u3000](\d[\d,]*\.\d{2})(?![\d.])")


def filled(lines: Sequence[Line]) -> list[Line]:
    """The lines with text, without page numbers."""
    return [line for line in lines if line.text.strip() and not _PAGE_NUMBER.fullmatch(line.text)]


def prepared(lines: Sequence[Line]) -> list[Line]:
    """The lines with text, without page numbers, with whole amounts."""
    return [_mended(line) for line in filled(lines)]


def _mended(line: Line) -> Line:
    """Join an amount that a blank of the layout broke, such as `1 00.00`, where it can be nothing else.

    The second half begins with a zero that no amount begins with, or only joined the first amount is the sum of the
    others.
    """
    for match in _BROKEN.finditer(line.text):
        joined = line.text[: match.end(1)] + line.text[match.start(2) :]
        impossible = re.match(r"0\d", match[2]) is not None
        if (impossible and amounts_at_end(joined)) or (_adds_up(joined) and not _adds_up(line.text)):
            return _mended(replace(line, text=joined))
    return line


def _adds_up(text: str) -> bool:
    tail = amounts_at_end(text)
    return tail is not None and len(tail.amounts) > 1 and tail.amounts[0] == sum(tail.amounts[1:])
