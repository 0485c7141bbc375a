"""DOCX: paragraphs as lines, tables with their merged cells; deleted text is left out, inserted text kept."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.document import Gap, Place
from auditor.readers.archive import BAD_ZIP, check_package
from auditor.readers.content import Content, Line, Table
from auditor.readers.gaps import damaged, declares_entities, gap, nothing_read, refused, too_many_cells
from auditor.readers.grid import Piece, TooManyCells, cell_text, lay_out
from auditor.readers.limits import Limits
from auditor.readers.office.word_numbering import Numbering

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

# Text that tracked changes took away, and the second copy of a drawing for programs that can't show the first.
_LEFT_OUT = frozenset({f"{W}del", f"{W}moveFrom", _FALLBACK})

# Check boxes as the symbol fonts number them; other symbols are decoration.
_SYMBOLS = {"F0FE": "☑", "F052": "☑", "F0A8": "□", "F0A3": "□", "F06F": "□", "00FE": "☑", "00A8": "□"}


@dataclass
class _Reading:
    """What has been read of one file so far."""

    name: str
    limits: Limits
    numbering: Numbering
    tables: int = 0
    cells: int = 0
    gaps: list[Gap] = field(default_factory=list)


def read_word(path: Path, name: str, limits: Limits) -> Content:
    """Read the DOCX file at `path`; `name` is what places and gaps call it.

    Lines and Tables in the order of the text; text boxes follow the paragraph that they hang on. A cell's Place has
    table and row, both counted from 1. Automatic list numbers are written out. Page headers, footnotes and comments
    are not read. Failures come back as gaps; OSError passes through.
    """
    reason = check_package(path, name, "DOCX", limits)
    if reason:
        return refused(reason)
    try:
        with zipfile.ZipFile(path) as package:
            body = _body(package)
            reading = _Reading(name, limits, Numbering(_part(package, "word/numbering.xml")))
            embedded = sum(part.startswith("word/embeddings/") for part in package.namelist())
            pictures = sum(part.startswith("word/media/") for part in package.namelist())
    except _EntitiesError:
        return refused(declares_entities(name, "DOCX"))
    except (*BAD_ZIP, KeyError, SyntaxError) as error:
        return refused(damaged(name, "DOCX", error))
    blocks = tuple(_blocks(body, reading))
    if embedded:
        reading.gaps.append(_embedded(name, embedded))
    if not blocks and not reading.gaps:
        reading.gaps.append(nothing_read(name, pictures))
    return Content(name, blocks, tuple(reading.gaps))


class _EntitiesError(ValueError):
    """A part declares a document type."""


def _part(package: zipfile.ZipFile, part: str) -> Element | None:
    """Return the root of one part without fetching or expanding anything; None if there is no such part."""
    from lxml import etree

    if part not in package.namelist():
        return None
    data = package.read(part)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _EntitiesError(part)
    data = data.replace(_STRICT, W[1:-1].encode())
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _body(package: zipfile.ZipFile) -> Element:
    root = _part(package, "word/document.xml")
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise KeyError("word/document.xml")
    return body


def _blocks(container: Element, reading: _Reading) -> Iterator[Line | Table]:
    """Yield what stands in a body, text box or layout cell."""
    for child in _content(container):
        if child.tag == f"{W}tbl":
            yield from _table(child, reading)
        else:
            yield from _lines(child, reading)


def _content(container: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables of a container, through the wrappers of controls and tracked changes."""
    for child in container:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            yield from _content(child)


def _lines(paragraph: Element, reading: _Reading) -> Iterator[Line | Table]:
    text = cell_text(_paragraph(paragraph, reading))
    for line in text.split("\n"):
        if line.strip():
            yield Line(line.rstrip(), Place(reading.name))
    for box in _boxes(paragraph):
        yield from _blocks(box, reading)


def _boxes(node: Element) -> Iterator[Element]:
    """Yield the text boxes that hang on a paragraph, each once."""
    for child in node:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _boxes(child)


def _paragraph(paragraph: Element, reading: _Reading) -> str:
    text = "".join(_text(paragraph))
    return reading.numbering.label(paragraph) + text if text.strip() or _in_cell(paragraph) else text


def _in_cell(paragraph: Element) -> bool:
    """Tell whether a number alone is all that the paragraph shows: serial numbers in a table's first column."""
    parent = paragraph.getparent()
    return parent is not None and parent.tag == f"{W}tc"


def _text(node: Element) -> Iterator[str]:
    """Yield the text of a paragraph or part of one as it is printed."""
    for child in node:
        tag = child.tag
        if tag == f"{W}t":
            yield child.text or ""
        elif tag == f"{W}r":
            if not _is_hidden(child):
                yield from _text(child)
        elif tag in (f"{W}tab", f"{W}ptab"):
            yield "\t"
        elif tag in (f"{W}br", f"{W}cr"):
            yield "" if child.get(f"{W}type") in ("page", "column") else "\n"
        elif tag == f"{W}noBreakHyphen":
            yield "-"
        elif tag == f"{W}sym":
            yield _SYMBOLS.get((child.get(f"{W}char") or "").upper(), "")
        elif isinstance(tag, str) and tag not in _LEFT_OUT and tag not in (f"{W}pPr", f"{W}txbxContent"):
            yield from _text(child)


def _is_hidden(run: Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "1") not in ("0", "false", "off")


def _table(table: Element, reading: _Reading) -> Iterator[Line | Table]:
    """Yield a table; one that only arranges other tables on the page yields what they hold instead."""
    rows = list(_rows(table))
    if _is_layout(rows):
        for row in rows:
            for cell in _cells(row):
                yield from _blocks(cell, reading)
        return
    reading.tables += 1
    place = Place(reading.name, table=reading.tables)
    number = reading.tables
    try:
        found = lay_out(
            _pieces(rows, reading),
            place,
            lambda row, _: Place(reading.name, table=number, row=row + 1),
            reading.limits.cells - reading.cells,
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
        if child.tag == f"{W}tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            yield from _cells(child)


def _is_layout(rows: list[Element]) -> bool:
    """Tell whether tables inside cells are what this table is for: next to them stands nothing."""
    holds = False
    for row in rows:
        cells = list(_cells(row))
        nested = [cell for cell in cells if any(child.tag == f"{W}tbl" for child in _content(cell))]
        others = [cell for cell in cells if cell not in nested]
        if nested and any("".join(_text(cell)).strip() for cell in others):
            return False
        holds = holds or bool(nested)
    return holds


def _pieces(rows: list[Element], reading: _Reading) -> list[Piece]:
    """Return the cells with their columns; a vertically merged one grows by each row that continues it."""
    pieces: list[Piece] = []
    growing: dict[int, int] = {}
    for at, row in enumerate(rows):
        column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        still_growing: dict[int, int] = {}
        for cell in _cells(row):
            properties = cell.find(f"{W}tcPr")
            span = max(_number(properties.find(f"{W}gridSpan") if properties is not None else None, 1), 1)
            merge = _merge(properties, "vMerge")
            if merge == "continue" and column in growing:
                grown = growing[column]
                pieces[grown] = replace(pieces[grown], row_span=pieces[grown].row_span + 1)
                still_growing[column] = grown
            elif _merge(properties, "hMerge") == "continue" and pieces and pieces[-1].row == at:
                pieces[-1] = replace(pieces[-1], column_span=pieces[-1].column_span + span)
            else:
                if merge:
                    still_growing[column] = len(pieces)
                pieces.append(Piece(at, column, _cell_text(cell, reading), 1, span))
            column += span
        growing = still_growing
    return pieces


def _merge(properties: Element | None, direction: str) -> str:
    """Return `restart`, `continue` or '' for a cell's part in a merged area."""
    found = properties.find(f"{W}{direction}") if properties is not None else None
    return (found.get(f"{W}val") or "continue") if found is not None else ""


def _number(element: Element | None, default: int) -> int:
    text = element.get(f"{W}val") if element is not None else None
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default


def _cell_text(cell: Element, reading: _Reading) -> str:
    """Return a cell's paragraphs as lines; a table inside gives a line a row, its cells set apart by blanks."""
    lines: list[str] = []
    for child in _content(cell):
        if child.tag == f"{W}tbl":
            texts = [[_cell_text(inner, reading) for inner in _cells(row)] for row in _rows(child)]
            lines += [" ".join(text for text in row if text) for row in texts]
        else:
            lines.append(_paragraph(child, reading))
            lines += [_cell_text(box, reading) for box in _boxes(child)]
    return cell_text("\n".join(lines))


def _embedded(name: str, count: int) -> Gap:
    return gap(
        name,
        f"文档中嵌入了 {count} 个对象（例如 Excel 表格），其内容未读取。请把嵌入的表格转换为 Word 表格，或单独提交。",
        f"The document embeds {count} object(s), such as spreadsheets, which were not read. "
        "Please turn them into Word tables or submit them as files of their own.",
    )
