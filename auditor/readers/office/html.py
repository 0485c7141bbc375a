"""HTML: tables with their spans, text outside them as lines; nothing is fetched, run or expanded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.document import Gap, Place
from auditor.readers.content import Content, Line, Table
from auditor.readers.encoding import NotText, damage, decode
from auditor.readers.gaps import damaged, gap, nothing_read, refused, too_large, too_many_cells
from auditor.readers.grid import Piece, TooManyCells, cell_text, lay_out
from auditor.readers.limits import MEBIBYTE, Limits

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CHARSET = re.compile(rb"<meta[^>]*?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w-]+)", re.IGNORECASE)
_GB = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "hz-gb-2312"})

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_LEFT_OUT = frozenset(
    [
        "script",
        "style",
        "head",
        "template",
        "noscript",
        "select",
        "object",
        "iframe",
        "svg",
        "math",
        "textarea",
        "title",
    ]
)

# Between Chinese characters a line break of the source is no blank: browsers differ, readers never want one.
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_SOURCE_BREAK = re.compile(rf"(?<={_WIDE})[ \t\f]*[\r\n][ \t\r\n\f]*(?={_WIDE})")
_BLANKS = re.compile(r"[ \t\r\n\f]+")

_EDGE = "\x1e"
"""Marks the edge of a block; one or several of them, whatever lies between, break the line once."""
_RUNS = re.compile(rf"[ \n{_EDGE}]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

# The standard's own bounds.
_MOST_COLUMNS, _MOST_ROWS = 1000, 65534


@dataclass
class _Reading:
    """What has been read of one file so far."""

    name: str
    limits: Limits
    tables: int = 0
    cells: int = 0
    pictures: int = 0
    gaps: list[Gap] = field(default_factory=list)


def read_html(path: Path, name: str, limits: Limits) -> Content:
    r"""Read the HTML file at `path`; `name` is what places and gaps call it.

    Lines and Tables in the order of the text; `<br>` and paragraphs in a cell become `\n`. A cell's Place has table
    and row, both counted from 1. Hidden elements and scripts are left out; tables that only arrange others are opened.
    Failures come back as gaps; OSError passes through.
    """
    if path.stat().st_size > limits.file_mib * MEBIBYTE:
        return refused(too_large(name, limits.file_mib))
    try:
        text = _decoded(path.read_bytes())
    except NotText as error:
        return refused(gap(name, error.wording.zh, error.wording.en))
    reading = _Reading(name, limits, gaps=list(damage(text, name)))
    root = _parsed(text, reading)
    blocks = tuple(_blocks(root, reading)) if root is not None else ()
    if not blocks and not reading.gaps:
        reading.gaps.append(nothing_read(name, reading.pictures))
    return Content(name, blocks, tuple(reading.gaps))


def _decoded(data: bytes) -> str:
    """Return the text under the encoding that the page declares, unless its bytes say otherwise.

    Pages saved anew often keep the declaration of the old encoding, so clean UTF-8 wins over it.
    """
    found = _CHARSET.search(data[:8192]) or _XML_ENCODING.match(data[:1024])
    declared = found[1].decode("ascii").lower() if found else ""
    text, encoding = decode(data)
    if encoding in ("utf-8", "utf-8-sig", "utf-16") or not declared:
        return text
    try:
        return data.decode("gb18030" if declared in _GB else declared)
    except (LookupError, UnicodeDecodeError):
        return text


def _parsed(text: str, reading: _Reading) -> Element | None:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        # Control characters are not text, and one of them is the mark for edges.
        root = etree.fromstring(re.sub(r"[\x00-\x08\x0e-\x1f]", "", text).encode(), parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        reading.gaps.append(damaged(reading.name, "HTML", error))
        return None
    fatal = next((entry for entry in parser.error_log if entry.level_name == "FATAL"), None)
    if fatal is not None:
        reading.gaps.append(_broken_off(reading.name, fatal.line))
    return root


def _blocks(root: Element, reading: _Reading) -> Iterator[Line | Table]:
    """Yield lines and tables in order; `parts` gathers the text between two tables."""
    parts: list[str] = []
    for part in _flow(root, reading):
        if isinstance(part, str):
            parts.append(part)
            continue
        yield from _lines(parts, reading.name)
        parts.clear()
        yield part
    yield from _lines(parts, reading.name)


def _lines(parts: list[str], name: str) -> Iterator[Line]:
    for line in _joined(parts).split("\n"):
        if line.strip():
            yield Line(line.rstrip(), Place(name))


def _flow(element: Element, reading: _Reading) -> Iterator[str | Table]:
    """Yield the text of an element in pieces, and its tables whole."""
    if _is_left_out(element):
        return
    tag = str(element.tag)
    if tag == "table" and not _is_layout(element):
        yield _EDGE
        yield from _table(element, reading)
        yield _EDGE
        return
    if tag == "img":
        reading.pictures += 1
    edge = _edge(tag)
    yield edge
    yield from _own_text(element)
    for child in element:
        yield from _flow(child, reading)
        yield _tail(child)
    yield edge if tag != "br" else ""


def _edge(tag: str) -> str:
    if tag == "br":
        return "\n"
    return _EDGE if tag in _BLOCKS else ""


def _own_text(element: Element) -> Iterator[str]:
    yield _blanks_folded(element.text, element)
    if element.tag == "input" and element.get("type", "text").lower() in ("text", "number", "date"):
        yield element.get("value") or ""


def _tail(child: Element) -> str:
    return _blanks_folded(child.tail, child.getparent())


def _blanks_folded(text: str | None, element: Element | None) -> str:
    if not text:
        return ""
    while element is not None:
        if element.tag == "pre" or "white-space:pre" in (element.get("style") or "").replace(" ", ""):
            # Kept as no-break spaces, which the folding passes over and the cell's text turns back.
            return text.replace("\r\n", "\n").replace(" ", "\xa0")
        if element.tag in ("td", "th", "body"):
            break
        element = element.getparent()
    return _BLANKS.sub(" ", _SOURCE_BREAK.sub("", text))


def _joined(parts: list[str]) -> str:
    r"""Put pieces together: edges become one `\n`, or as many as the `<br>` between them."""
    text = re.sub(r" +", " ", "".join(parts))
    text = _RUNS.sub(lambda found: _folded(found[0]), text)
    return cell_text(re.sub(r" ?\n ?", "\n", text).strip(" \n"))


def _folded(run: str) -> str:
    """Return a run of blanks, breaks and edges as it is seen."""
    return "\n" * max(1, run.count("\n")) if _EDGE in run else run


def _is_left_out(element: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
        return True
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _table(table: Element, reading: _Reading) -> Iterator[str | Table]:
    """Yield the caption as text, then the table."""
    for caption in table.iterchildren("caption"):
        yield from _text_parts(caption)
    reading.tables += 1
    number = reading.tables
    place = Place(reading.name, table=number)
    room = reading.limits.cells - reading.cells
    try:
        found = lay_out(
            _pieces(table, room),
            place,
            lambda row, _: Place(reading.name, table=number, row=row + 1),
            room,
        )
    except TooManyCells as error:
        count = reading.cells + error.count
        reading.gaps.append(too_many_cells(reading.name, count, reading.limits.cells, place))
        return
    if found:
        reading.cells += len(found.rows) * len(found.rows[0])
        yield found


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if _is_left_out(child):
            continue
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row if cell.tag in ("td", "th") and not _is_left_out(cell))


def _is_layout(table: Element) -> bool:
    """Tell whether tables inside cells are what this table is for: next to them stands nothing."""
    if next(table.iterdescendants("table"), None) is None:
        return False
    holds = False
    for row in _rows(table):
        cells = list(_cells(row))
        nested = [cell for cell in cells if next(cell.iterdescendants("table"), None) is not None]
        others = [cell for cell in cells if cell not in nested]
        if nested and any(_joined(list(_text_parts(cell))) for cell in others):
            return False
        holds = holds or bool(nested)
    return holds


def _pieces(table: Element, most_cells: int) -> list[Piece]:
    """Place the cells as browsers do: each goes to the next column that no cell from above reaches into.

    Raises TooManyCells as soon as the spans reach too far, for a few bytes of spans can ask for endless work.
    """
    pieces: list[Piece] = []
    rows = list(_rows(table))
    reaching: dict[int, int] = {}
    for at, row in enumerate(rows):
        column = 0
        reaching = {taken: bottom for taken, bottom in reaching.items() if bottom > at}
        for cell in _cells(row):
            while column in reaching:
                column += 1
            wide = min(max(_span(cell, "colspan"), 1), _MOST_COLUMNS)
            tall = min(_span(cell, "rowspan") or len(rows), _MOST_ROWS)
            if (column + wide) * len(rows) > most_cells:
                raise TooManyCells((column + wide) * len(rows))
            pieces.append(Piece(at, column, _joined(list(_text_parts(cell))), tall, wide))
            for taken in range(column, column + wide) if tall > 1 else ():
                reaching[taken] = at + tall
            column += wide
    return pieces


def _span(cell: Element, name: str) -> int:
    text = (cell.get(name) or "").strip()
    return int(text[:6]) if text.isascii() and text.isdigit() else 1


def _text_parts(element: Element) -> Iterator[str]:
    """Yield the text of a cell; of a table inside it, a line a row."""
    yield from _own_text(element)
    for child in element:
        if not _is_left_out(child):
            tag = str(child.tag)
            inner_cell = tag in ("td", "th")
            edge = "" if inner_cell else _edge(tag)
            yield edge
            yield from _text_parts(child)
            yield " " if inner_cell else edge if tag != "br" else ""
        yield _tail(child)


def _broken_off(name: str, line: int) -> Gap:
    return gap(
        name,
        f"网页在第 {line} 行附近嵌套过深或过大，其后的内容可能未读取。请另存为 XLSX 或 DOCX 后再提交。",
        f"The page is nested too deeply or too large near line {line}; what follows may not have been read. "
        "Please save it as XLSX or DOCX and resubmit it.",
        place=Place(name, line=line),
    )
