"""Lines of a running text before rows are looked for: headings between tables out, amounts that blanks broke mended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.readers.content import Line
from auditor.readers.forms.amounts import amounts_at_end

_PAGE_NUMBER = re.compile(
    r"\s*(?:第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|[-—–－]\s*\d+\s*[-—–－]|\d+\s*/\s*\d+)\s*"
)
_DEPARTMENT = re.compile(
    r"\s*(?:部门|单位|填报单位|编制单位|预算单位)(?:名称)?\s*[:：][^；;。]{1,60}?(?:金额)?单位\s*[:：]\s*[亿万千百]?元\s*"
)
_TITLE = re.compile(r"[^；;。：:]{0,50}绩效目标(?:申报|批复|公开|情况|汇总|明细)?表(?:[（(][^）)]{0,20}[）)])?")
_BROKEN = re.compile(r"(?<![\d,.])(\d[\d,]{0,9})[ \u3000](\d[\d,]*\.\d{2})(?![\d.])")


def prepared(lines: Sequence[Line]) -> list[Line]:
    """The lines with text, without page numbers and headings between tables, with whole amounts."""
    filled = [line for line in lines if line.text.strip() and not _PAGE_NUMBER.fullmatch(line.text)]
    return [_mended(line) for line in _without_headings(filled)]


def _without_headings(lines: Sequence[Line]) -> Iterator[Line]:
    """Leave out the title and the department of a further table, and both where a page repeats them.

    A title alone may be a name or a goal; with the department and currency unit below it, it is none.
    """
    at = 0
    while at < len(lines):
        reach = next(
            (end for end in range(at, min(at + 4, len(lines))) if _DEPARTMENT.fullmatch(lines[end].text)), None
        )
        if reach is not None and (
            reach == at or _TITLE.fullmatch("".join(one.text.strip() for one in lines[at:reach]))
        ):
            at = reach + 1
            continue
        yield lines[at]
        at += 1


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
