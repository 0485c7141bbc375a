"""Several project tables in one running text: headings and repeated headers out, parts told apart by what they state.

A heading that every page repeats changes nothing. One that states another department, year or money unit begins a part
of its own, so that no amount is read in the unit of the table above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from auditor.document import Gap
from auditor.readers.content import Line
from auditor.readers.forms.headings import heading
from auditor.readers.forms.running_lines import filled
from auditor.readers.forms.running_text import header_end
from auditor.readers.gaps import several_tables
from auditor.text import plain

_WHOSE = r"\s*(?:部门|单位|填报单位|编制单位|预算单位)(?:名称)?\s*[:：]\s*"
_MONEY = r"[（(]?\s*(?:金额)?单位\s*[:：]\s*(?:人民币)?\s*[亿万千百]?元\s*[）)]?\s*"
_BOTH = re.compile(_WHOSE + r"(?P<name>[^；;。]{1,60}?)\s*" + _MONEY)
_MONEY_ALONE = re.compile(r"\s*" + _MONEY)
_DEPARTMENT_ALONE = re.compile(_WHOSE + r"(?P<name>[^；;。:：]{1,60})")
_YEAR = re.compile(r"\s*[（(]?\s*20\d\d\s*年度?\s*[）)]?\s*")
_TITLE = re.compile(r"[^；;。：:]{0,50}绩效目标(?:申报|批复|公开|情况|汇总|明细)?表(?:[（(][^）)]{0,20}[）)])?")
_MOST_TITLE_LINES = 3
_MOST_HEADING_LINES = 6
_MOST_HEADER_LINES = 12


@dataclass(frozen=True)
class Stated:
    """What a heading says of its table; None where it says nothing."""

    department: str | None
    year: int | None
    currency_unit: str | None

    def after(self, above: Stated) -> Stated:
        """What holds below this heading: where it is silent, what held above it."""
        return Stated(
            self.department or above.department, self.year or above.year, self.currency_unit or above.currency_unit
        )


@dataclass
class Part:
    """Lines of rows under one statement; `opening` is the heading's line, None for the first part."""

    stated: Stated
    opening: Line | None = None
    lines: list[Line] = field(default_factory=list)


def stated_in(lines: Sequence[Line]) -> Stated:
    """Read what the lines above a table state."""
    found = heading(line.text for line in lines)
    own = next((match["name"].strip() for line in lines if (match := _whose(line))), None)
    return Stated(plain(own or found.department or "").text or None, found.year, found.currency_unit)


def parts_of(lines: Sequence[Line], header: Sequence[Line], above: Stated) -> list[Part]:
    """Take headings and repeated headers out of `lines` and begin a part wherever something else is stated.

    A header that comes back equals the first one, blanks aside, or stands below a heading.
    """
    pattern = [plain(line.text).text for line in header if line.text.strip()]
    body = filled(lines)
    texts = [plain(line.text).text for line in body]
    parts = [Part(above)]
    at = 0
    while at < len(body):
        end = _heading_end(body, at, texts, pattern)
        if end is None:
            if pattern and texts[at : at + len(pattern)] == pattern:
                at += len(pattern)
                continue
            parts[-1].lines.append(body[at])
            at += 1
            continue
        now = stated_in(body[at:end]).after(parts[-1].stated)
        if now != parts[-1].stated:
            parts.append(Part(now, _telling(body[at:end])))
        at = end + _header_length(body[end : end + _MOST_HEADER_LINES])
    return [part for part in parts if part.lines or part is parts[0]]


def _telling(lines: Sequence[Line]) -> Line:
    """Return the line of a heading that names whose table it is, else its first."""
    return next((line for line in lines if _whose(line)), lines[0])


def _whose(line: Line) -> re.Match[str] | None:
    if _MONEY_ALONE.fullmatch(line.text):
        return None
    return _BOTH.fullmatch(line.text) or _DEPARTMENT_ALONE.fullmatch(line.text)


def _heading_end(lines: Sequence[Line], at: int, texts: Sequence[str], header: Sequence[str]) -> int | None:
    """Return where a heading that begins at `at` ends, None if none does.

    A title alone may be a name or a goal; with department and money unit on one line below it, or the table's header
    below department or unit, it is none.
    """
    titled = _title_end(lines, at)
    if titled < len(lines) and _BOTH.fullmatch(lines[titled].text):
        return titled + 1
    end = titled
    while end < min(at + _MOST_HEADING_LINES, len(lines)) and _is_heading_line(lines[end]):
        end += 1
    told = any(not _YEAR.fullmatch(line.text) for line in lines[titled:end])
    return end if told and header and list(texts[end : end + len(header)]) == list(header) else None


def _title_end(lines: Sequence[Line], at: int) -> int:
    """Return where the title that begins at `at` ends: `at` itself if none does."""
    for end in range(at + 1, min(at + _MOST_TITLE_LINES, len(lines)) + 1):
        if _TITLE.fullmatch("".join(line.text.strip() for line in lines[at:end])):
            return end
    return at


def _is_heading_line(line: Line) -> bool:
    return bool(_YEAR.fullmatch(line.text) or _MONEY_ALONE.fullmatch(line.text) or _whose(line))


def _header_length(lines: Sequence[Line]) -> int:
    """Count the lines of a table's header that begins with the first of `lines`."""
    if not lines or "项目名称" not in plain(lines[0].text).text:
        return 0
    return header_end(lines) or 0


def of_others(parts: Sequence[Part], document: str) -> Iterator[Gap]:
    """Report once that the tables of a file state several departments, once that they state several years."""
    departments = [(part.stated.department, part.opening) for part in parts if part.stated.department]
    years = [(str(part.stated.year), part.opening) for part in parts if part.stated.year]
    for found, zh, en in ((departments, "部门", "departments"), (years, "年度", "years")):
        line = next((opening for name, opening in found if opening is not None and name != found[0][0]), None)
        if line is not None:
            names = list(dict.fromkeys(name for name, _ in found))
            yield several_tables(document, names, zh, en, line.place, line.text.strip())
