"""A project table that comes as running text, as a PDF's text layer gives it: one cell after another, no borders.

What holds a row together is its line of amounts. From there the name is found upwards (four blanks open a project's
name, none a budget unit's), the goal and the packed indicator cell downwards until the next row's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.document import Gap, Passage, Place
from auditor.readers.content import Line
from auditor.readers.forms.amounts import Tail, amounts_at_end
from auditor.readers.forms.flow import Flow, join
from auditor.readers.forms.indicator_cell import Marker, markers
from auditor.readers.forms.project_table import Row, is_unit_name
from auditor.readers.forms.running_lines import prepared
from auditor.readers.forms.words import meanings, words_for
from auditor.wording import Wording

_INDENT = re.compile(r"(?: {3,}|\t| *\u3000{2})")
_SENTENCE = re.compile(r"[。；;]|指标值\s*[:：]")
_NOTE = re.compile("(?:" + "|".join(words_for("note")) + r")\s*(?:[:：]|\d+[.、])")
_LABEL = re.compile(r"指\s*标\s*值\s*[:：]")
_SHORTEST_TEXT = 10
"""Characters from which on a text below the last indicator is one of its own."""

MOST_NAME_LINES = 12
MOST_NAME_CHARACTERS = 160


@dataclass(frozen=True)
class Anchor:
    """A row found by its line of amounts: the lines from `first` to `last` (inclusive) hold its name and amounts."""

    first: int
    last: int
    tail: Tail
    indented: bool


@dataclass(frozen=True)
class Found:
    """Rows in print order, notes below the table, and gaps."""

    rows: tuple[Row, ...]
    notes: tuple[Passage, ...]
    gaps: tuple[Gap, ...]


def read_rows(lines: Sequence[Line], document: str, whole: Place) -> Found:
    """Find the rows of a project table in `lines`, which begin below the table's header."""
    return _read_filled(prepared(lines), document, whole)


def _read_filled(lines: Sequence[Line], document: str, whole: Place) -> Found:
    anchors, doubtful = _anchors(lines)
    if not anchors:
        return Found((), (), ())
    gaps = [_not_a_row(document, lines[at]) for at in doubtful]
    gaps += _unread_head(lines[: anchors[0].first], document, whole)
    rows: list[Row] = []
    notes: tuple[Passage, ...] = ()
    for anchor, following in zip(anchors, [*anchors[1:], None], strict=True):
        body = lines[anchor.last + 1 : following.first if following else len(lines)]
        if following is None:
            body, notes = _without_notes(body)
            body, below = _without_text_below(body)
            gaps += [_text_below(document, below)] if below else []
        if body and not anchor.indented and _INDENT.match(body[0].text):
            gaps.append(_lost_project(document, body))
            body = ()
        rows.append(_row(lines, anchor, body, whole))
    return Found(tuple(rows), notes, tuple(gaps))


def _anchors(lines: Sequence[Line]) -> tuple[list[Anchor], list[int]]:
    """Find every row, and the lines that look like one but could not be understood as one."""
    whole_numbers = not any(amounts_at_end(line.text) for line in lines if not _SENTENCE.search(line.text))
    tails = [
        (at, tail)
        for at, line in enumerate(lines)
        if (tail := amounts_at_end(line.text, whole_numbers=whole_numbers) or _whole_amounts(line.text))
    ]
    indents_known = any((one := _anchor(lines, at, tail, 0)) and one.indented for at, tail in tails)
    anchors: list[Anchor] = []
    doubtful: list[int] = []
    for at, tail in tails:
        floor = anchors[-1].last + 1 if anchors else 0
        anchor = _anchor(lines, at, tail, floor)
        if anchor is None and _after_blank(lines, at) and is_unit_name(lines[at].text[: tail.start]):
            anchor = Anchor(at, at, tail, indented=False)
        if anchor and indents_known and not anchor.indented:
            anchor = _unit_row(lines, anchor, anchors)
        if anchor:
            doubtful += [at] if _may_hold_a_goal(anchor, floor) and anchors and anchors[-1].indented else []
            anchors.append(anchor)
        elif _looks_like_a_row(lines[at].text, tail):
            doubtful.append(at)
    return anchors, doubtful


def _whole_amounts(text: str) -> Tail | None:
    """Find whole numbers behind an indented name that add up as a total and its sources do: 某项目 100 100."""
    tail = amounts_at_end(text, whole_numbers=True) if _INDENT.match(text) else None
    if tail is None or len(tail.amounts) < 2 or tail.amounts[0] != sum(tail.amounts[1:]):
        return None
    return tail


def _unit_row(lines: Sequence[Line], anchor: Anchor, before: Sequence[Anchor]) -> Anchor | None:
    """Accept the row of a budget unit where projects are indented, not a goal's line that ends in an amount.

    A project's name follows it. Where the project above has no indicators, its goal may run into the unit's name: a
    blank line parts them, and the name must be a public body's.
    """
    if {"grand_total", "sub_total"} & meanings(_name(lines, anchor)):
        return anchor
    if anchor.last + 1 < len(lines) and not _INDENT.match(lines[anchor.last + 1].text):
        return None
    body = lines[before[-1].last + 1 : anchor.first] if before and before[-1].indented else ()
    if not before or not before[-1].indented or markers(join(body, lines[anchor.first].place).text):
        return anchor
    starts = [at for at in range(anchor.first, anchor.last + 1) if at == anchor.first or _after_blank(lines, at)]
    anchor = replace(anchor, first=starts[-1])
    return anchor if is_unit_name(_name(lines, anchor)) else None


def _may_hold_a_goal(anchor: Anchor, floor: int) -> bool:
    """Tell whether a unit's name over several lines follows so close on a project that it may hold the project's goal."""
    return not anchor.indented and anchor.first == floor < anchor.last


def _after_blank(lines: Sequence[Line], at: int) -> bool:
    upper, lower = lines[at - 1].place.line if at else None, lines[at].place.line
    return upper is not None and lower is not None and lower - upper > 1


def _looks_like_a_row(text: str, tail: Tail) -> bool:
    """Tell a lost row from a value that merely ends in a number: several amounts alone, or an indented name."""
    name = text[: tail.start].strip()
    if not name:
        return len(tail.amounts) > 1
    return not _SENTENCE.search(text) and (bool(_INDENT.match(text)) or is_unit_name(name))


def _anchor(lines: Sequence[Line], at: int, tail: Tail, floor: int) -> Anchor | None:
    """Look upwards from a line of amounts for the name that belongs to it; None where no name can be told."""
    for first in range(at, max(floor, at - MOST_NAME_LINES + 1) - 1, -1):
        text = lines[first].text
        own = text[: tail.start] if first == at else text
        if _SENTENCE.search(own):
            return _unindented(lines, first + 1, at, tail) if first < at else None
        if _INDENT.match(text) and own.strip():
            return _named(lines, first, at, tail, indented=True)
    if floor <= at - MOST_NAME_LINES:
        return None
    return _unindented(lines, floor, at, tail)


def _unindented(lines: Sequence[Line], first: int, at: int, tail: Tail) -> Anchor | None:
    """Accept a name without indent only where the text above it has come to its end."""
    if first > 0 and not (_ends_a_row(lines[first - 1].text) or amounts_at_end(lines[first - 1].text)):
        return None
    return _named(lines, first, at, tail, indented=False)


def _ends_a_row(text: str) -> bool:
    return text.rstrip().endswith("。")


def _named(lines: Sequence[Line], first: int, at: int, tail: Tail, *, indented: bool) -> Anchor | None:
    anchor = Anchor(first, at, tail, indented)
    name = _name(lines, anchor)
    return anchor if name and len(name) <= MOST_NAME_CHARACTERS and not markers(name) else None


def _name(lines: Sequence[Line], anchor: Anchor) -> str:
    upper = "".join(line.text.strip() for line in lines[anchor.first : anchor.last])
    return upper + lines[anchor.last].text[: anchor.tail.start].strip()


def _row(lines: Sequence[Line], anchor: Anchor, body: Sequence[Line], whole: Place) -> Row:
    last = lines[anchor.last]
    name_lines = [*lines[anchor.first : anchor.last], Line(last.text[: anchor.tail.start], last.place)]
    name = join(name_lines, whole)
    text = join(body, lines[anchor.last].place)
    found = markers(text.text)
    start = _cell_start(text, found)
    return Row(
        name=name.passage(0, len(name.text)),
        amounts=anchor.tail.amounts,
        goal=text.cut(0, start),
        cell=text.cut(start),
        indented=anchor.indented,
        place=lines[anchor.first].place,
    )


def _cell_start(text: Flow, found: Sequence[Marker]) -> int:
    """Return where the indicator cell starts: at number 1, which begins a line should the goal above end in a digit."""
    if not found:
        return len(text.text)
    digits = re.compile(r"\d*").match(text.text, found[0].start)
    end = digits.end() if digits else found[0].start
    glued = next((start for start in reversed(text.starts) if found[0].start < start < end), None)
    if glued is not None and text.text[glued:end] == "1":
        return glued
    return next((marker.start for marker in found if marker.serial == 1), found[0].start)


def _without_notes(body: Sequence[Line]) -> tuple[Sequence[Line], tuple[Passage, ...]]:
    """Cut the notes off that stand below the table."""
    has_cell = bool(markers("".join(line.text for line in body)))
    for at, line in enumerate(body):
        ended = not has_cell or at == 0 or _ends_a_row(body[at - 1].text) or _after_blank(body, at)
        if ended and _NOTE.match(line.text.strip()) and not markers("".join(one.text for one in body[at:])):
            return body[:at], tuple(Passage(below.text.strip(), below.place) for below in body[at:])
    return body, ()


def _without_text_below(body: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """Cut off what stands below the last indicator's full stop, as long as it is more than the end of its value."""
    found = markers("".join(line.text.strip() for line in body))
    for at in range(1, len(body)):
        below = body[at:]
        rest = "".join(line.text.strip() for line in below)
        if len(rest) < _SHORTEST_TEXT or markers(rest) or _LABEL.search(rest) or not _ends_a_row(body[at - 1].text):
            continue
        upper = "".join(line.text.strip() for line in body[:at])
        if len(markers(upper)) == len(found) > 0 and _LABEL.search(upper, markers(upper)[-1].end):
            return body[:at], below
    return body, ()


def _text_below(document: str, below: Sequence[Line]) -> Gap:
    return Gap(
        document,
        "read",
        Wording(
            "最后一个指标之后还有文字，没有当作指标值，也没有审核；请核对原表",
            "there is more text after the last indicator; it was neither taken for its value nor checked",
        ),
        below[0].place,
        quote="".join(line.text.strip() for line in below),
    )


def _unread_head(lines: Sequence[Line], document: str, whole: Place) -> Iterator[Gap]:
    text: Flow = join(lines, whole)
    if text.text:
        yield Gap(
            document,
            "read",
            Wording(
                "表头与第一个项目之间的文字未能读懂，没有审核；请核对此处是否缺少项目名称或金额",
                "the text between the header and the first project was not understood; is a name or an amount missing here?",
            ),
            text.place(0),
            quote=text.text,
        )


def _lost_project(document: str, body: Sequence[Line]) -> Gap:
    """Report a project that stands below a unit's row without amounts of its own."""
    return Gap(
        document,
        "read",
        Wording(
            "预算单位下面的这个项目没有读到金额，未作为项目审核；请核对原表此行的金额",
            "no amounts were found for this project below its unit, so it was not read as a project; please look at its amounts",
        ),
        body[0].place,
        quote="".join(line.text.strip() for line in body),
    )


def _not_a_row(document: str, line: Line) -> Gap:
    return Gap(
        document,
        "read",
        Wording(
            "这一行像是某个项目的名称和金额，但上下文对不上，未作为项目审核；请核对原表此处的换行",
            "this line looks like a project's name and amounts but does not fit what stands around it; it was not read as a project",
        ),
        line.place,
        quote=line.text.strip(),
    )


def header_end(lines: Sequence[Line]) -> int | None:
    """Return the number of lines up to the end of the table's header, None where no header stands.

    The header wraps like everything else: it runs from the line with 项目名称 to the line with 绩效指标.
    """
    starts = [at for at, line in enumerate(lines) if _holds(line, "project_name")]
    for start in starts:
        for at in range(start, min(start + 30, len(lines))):
            if _holds(lines[at], "indicators") or re.search(r"绩\s*效\s*指\s*标\s*$", lines[at].text):
                return at + 1
    return None


def _holds(line: Line, meaning: str) -> bool:
    return any(meaning in meanings(word) for word in line.text.split())
