"""The marks of XLSX cells, from the sheet's XML, in one pass that costs little where there is nothing to mark."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from posixpath import join, normpath
from typing import IO, TYPE_CHECKING

from auditor.readers.archive import open_member
from auditor.readers.office.marks import Marks, Position
from auditor.readers.office.number_format import BUILT_IN, matters

if TYPE_CHECKING:
    from lxml import etree

_PIECE = 4 * 1024 * 1024
_LARGEST_CELL = 64 * 1024 * 1024

_LETTERS = {chr(65 + at).encode(): at + 1 for at in range(26)}

_TAG = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])[^>]*>")
_ATTRIBUTE = re.compile(rb"\b(r|s|t)\s*=\s*[\"']([^\"']*)[\"']")
_ADDRESS = re.compile(rb"([A-Z]{0,3})(\d{1,7})\Z")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)<")
_NO_RESULT = re.compile(
    rb"\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</"
)
_ADDRESSED = re.compile(rb'\br="[A-Z]{0,3}(\d{1,7})"')
_WIDE = re.compile(rb' r="[A-Z]{2}')
# A cell whose address does not come first, or has more than one letter (two letters).
_NOT_NARROW = re.compile(rb'<c(?! r="[A-Z]\d|[a-zA-Z])')
_NOT_MEDIUM = re.compile(rb'<c(?! r="[A-Z]{1,2}\d|[a-zA-Z])')


class EntitiesDeclaredError(ValueError):
    """The XML declares a document type."""


def style_codes(package: zipfile.ZipFile) -> dict[bytes, str]:
    """Return for each cell style, by its number as written, the format code, where it changes how numbers look."""
    data = _whole(package, "xl/styles.xml")
    if not data:
        return {}
    root = _parsed(data)
    own = {
        int(item.get("numFmtId", -1)): item.get("formatCode", "") for item in root.iterfind(".//{*}numFmts/{*}numFmt")
    }
    codes = {}
    for at, style in enumerate(root.iterfind(".//{*}cellXfs/{*}xf")):
        number = int(style.get("numFmtId", 0))
        code = own.get(number, BUILT_IN.get(number, ""))
        if matters(code):
            codes[str(at).encode()] = code
    return codes


def sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Return for each sheet name the part of the package that holds it."""
    book = _parsed(_whole(package, "xl/workbook.xml"))
    links = _parsed(_whole(package, "xl/_rels/workbook.xml.rels"))
    targets = {str(link.get("Id")): str(link.get("Target", "")) for link in links.iterfind("{*}Relationship")}
    parts = {}
    for sheet in book.iterfind(".//{*}sheets/{*}sheet"):
        link = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), None)
        target = targets.get(str(link), "")
        parts[str(sheet.get("name", ""))] = (
            target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        )
    return parts


def prove_sizes(package: zipfile.ZipFile, except_for: Collection[str]) -> None:
    """Read every part but `except_for` once; raises OverfullError for a part that holds more than it declares."""
    for member in package.infolist():
        if member.filename not in except_for and member.filename.endswith((".xml", ".rels", ".bin", ".vml")):
            with open_member(package, member) as part:
                while part.read(_PIECE):
                    pass


@dataclass(frozen=True)
class Glance:
    """What reading a sheet once without looking at single cells tells.

    `height` and `width`: most rows and columns that it can have, None where that is open; `is_plain`: no cell leaves a
    mark.
    """

    height: int | None
    width: int | None
    is_plain: bool

    @property
    def cells(self) -> int | None:
        """Most cells that the sheet's rectangle can have, None where that is open."""
        return None if self.height is None or self.width is None else self.height * self.width


def glance(package: zipfile.ZipFile, part: str, codes: Collection[bytes]) -> Glance:
    """Read the sheet in `part` once, so that the parser may begin before marks are looked for, or without any.

    Proves the part's size (OverfullError) and refuses a document type (EntitiesDeclaredError); KeyError for a missing
    part. Rows are taken to stand in their order.
    """
    odd = _odd_cell(codes)
    height, width = 0, len(_LETTERS)
    rooted, filled, plain = False, False, True
    with open_member(package, package.getinfo(part)) as stream:
        for piece, end in _whole_tags(stream):
            if not rooted:
                cells = piece.find(b"<sheetData")
                _refuse_entities(piece[: cells if cells >= 0 else None], part)
                rooted = cells >= 0
            plain = plain and not odd.search(piece, 0, end)
            if not plain and width and _NOT_NARROW.search(piece, 0, end):
                width = 0 if _NOT_MEDIUM.search(piece, 0, end) else len(_LETTERS) * (len(_LETTERS) + 1)
            last = piece.rfind(b"<row", 0, end)
            filled = filled or last >= 0
            height = max(height, *map(int, _ADDRESSED.findall(piece, max(last, 0), end)), 0)
    known = rooted and bool(width) and (height > 0 or not filled)
    return Glance(height if known else None, width if known else None, rooted and plain)


def _odd_cell(codes: Collection[bytes]) -> re.Pattern[bytes]:
    """Return a pattern for cells that may leave a mark, or whose address is not one letter and a number.

    All others begin in one of a few ways, so that one search through the XML tells that there is none.
    """
    style = rb'(?: s="' + (rb"(?!(?:" + b"|".join(sorted(codes)) + rb')")' if codes else b"") + rb'\d+")?'
    kind = rb'(?: t="(?:n|s|b|inlineStr)")?'
    return re.compile(rb'<c(?! r="[A-Z]\d+"' + style + kind + rb"(?:/>|></c>|><v>|><is>)|[a-zA-Z])")


def _whole_tags(stream: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Cut the XML into pieces; only up to the given end of each, where a cell begins, are its tags surely whole."""
    rest = b""
    while chunk := stream.read(_PIECE):
        piece = rest + chunk
        end = piece.rfind(b"<c")
        end = end if end > 0 else len(piece) - 1
        yield piece, end
        rest = piece[end:]
    yield rest, len(rest)


def sheet_marks(package: zipfile.ZipFile, part: str, codes: dict[bytes, str], most_cells: int) -> Marks:
    """Return the marks of the sheet in `part`; `codes` as from style_codes.

    Height and width are exact only where the sheet could hold more than `most_cells`, and otherwise an upper bound.
    Raises EntitiesDeclaredError, zipfile.BadZipFile, and KeyError for a missing part.
    """
    marks = Marks()
    at = (-1, -1)
    spelling: _Spelling | None = None
    with open_member(package, package.getinfo(part)) as stream:
        for piece in _pieces(stream):
            if spelling is None:
                _refuse_entities(piece, part)
                spelling = _Spelling.of(piece, codes)
            at = _mark(piece, spelling, codes, marks, at, most_cells)
    return marks


def filled_cells(package: zipfile.ZipFile, part: str, most: int) -> list[Position] | None:
    """Return the positions of the cells with content; None where cells lack addresses or there are more than `most`."""
    found: list[Position] = []
    spelling: _Spelling | None = None
    with open_member(package, package.getinfo(part)) as stream:
        for piece in _pieces(stream):
            spelling = spelling or _Spelling.of(piece, {})
            found += [(int(tag[2]) - 1, _column(tag[1])) for tag in spelling.filled.finditer(piece)]
            if len(found) > most or spelling.unaddressed.search(piece):
                return None
    return found


@dataclass(frozen=True)
class _Spelling:
    """How one sheet writes its tags: the beginnings `v`, `inline` and `f` of what may lie in a cell.

    Fixed beginnings make searching fast. `unaddressed` finds cells that don't begin with their address, `filled` cells
    that do and have content, `styled` styles that leave a mark.
    """

    v: bytes
    inline: bytes
    f: bytes
    unaddressed: re.Pattern[bytes]
    filled: re.Pattern[bytes]
    styled: re.Pattern[bytes] | None

    @classmethod
    def of(cls, piece: bytes, codes: dict[bytes, str]) -> _Spelling:
        prefix = b"<" + _prefix(piece)
        filled = prefix + rb'c r="([A-Z]{1,3})(\d{1,7})"(?: s="(\d+)")?(?: t="(\w+)")?(\s[^>]*)?(?<!/)>(?!</)'
        styled = rb' s="(?:' + b"|".join(codes) + rb')"'
        return cls(
            prefix + b"v",
            prefix + b"is",
            prefix + b"f",
            re.compile(prefix + rb'c(?! r="|[a-zA-Z])'),
            re.compile(filled),
            re.compile(styled) if codes else None,
        )


def _prefix(piece: bytes) -> bytes:
    """Return the namespace prefix of the sheet's tags with its colon, mostly b''."""
    found = re.search(rb"<(\w+:)?worksheet[\s>]", piece)
    return found[1] or b"" if found else b""


def _mark(
    piece: bytes, spelling: _Spelling, codes: dict[bytes, str], marks: Marks, at: Position, most_cells: int
) -> Position:
    """Mark the cells of one piece behind position `at`, by the cheapest way that its spelling allows."""
    if spelling.unaddressed.search(piece):
        return _mark_counting(piece, codes, marks, at)
    if spelling.v not in piece and spelling.inline not in piece and spelling.f not in piece:
        return at
    rows, columns = _bound(piece)
    remarkable = b't="e"' in piece or spelling.f in piece
    styled = spelling.styled is not None and spelling.styled.search(piece) is not None
    if remarkable or styled or rows * max(columns, marks.width) > most_cells:
        return _mark_filled(piece, spelling.filled, codes, marks, at)
    marks.height, marks.width = max(marks.height, rows), max(marks.width, columns)
    return max(at[0], rows - 1), -1


def _refuse_entities(xml: bytes, part: str) -> None:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise EntitiesDeclaredError(part)


def _whole(package: zipfile.ZipFile, part: str) -> bytes:
    """Return one part; b'' if there is none. Names are compared without case, as Office does."""
    for member in package.infolist():
        if member.filename.lower() == part.lower():
            with open_member(package, member) as stream:
                return stream.read()
    return b""


def _parsed(data: bytes) -> etree._Element:
    from lxml import etree

    _refuse_entities(data, "workbook")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(data, parser)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """Cut the XML behind a cell's or row's end tag, so that every cell lies in one piece."""
    rest = b""
    ends: tuple[bytes, ...] = ()
    while chunk := stream.read(_PIECE):
        rest += chunk
        if not ends:
            prefix = _prefix(rest)
            ends = (b"</" + prefix + b"c>", b"</" + prefix + b"row>")
        cut = max((at + len(end) for end in ends if (at := rest.rfind(end)) >= 0), default=0)
        if cut:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > _LARGEST_CELL:
            raise zipfile.BadZipFile("endless cell")
    yield rest


def _bound(piece: bytes) -> tuple[int, int]:
    """Return cheaply how many rows and columns the piece, all of whose cells have addresses, can reach at most."""
    last = piece.rfind(b"<row ") if b"<row " in piece else piece.rfind(b":row ")
    found = _ADDRESSED.findall(piece, max(last, 0))
    return max(map(int, found), default=0), (16384 if _WIDE.search(piece) else 26)


def _mark_filled(
    piece: bytes, filled: re.Pattern[bytes], codes: dict[bytes, str], marks: Marks, at: Position
) -> Position:
    """Mark the cells of a piece in which each has its address; return the position of the last one with content."""
    row, column = at
    for tag in filled.finditer(piece):
        letters, digits, style, kind, others = tag.groups()
        if others:
            # The attributes stand in another order than usual.
            found = dict(_ATTRIBUTE.findall(tag[0]))
            style, kind = found.get(b"s"), found.get(b"t")
        row, column = int(digits) - 1, _column(letters)
        _note(piece, tag.end(), marks, (row, column), kind, codes.get(style))
    return row, column


def _mark_counting(piece: bytes, codes: dict[bytes, str], marks: Marks, at: Position) -> Position:
    """Mark the cells of a piece in which positions may have to be counted, beginning behind `at`."""
    row, column = at
    for tag in _TAG.finditer(piece):
        found = dict(_ATTRIBUTE.findall(tag[0]))
        letters, digits = _split(found.get(b"r", b""))
        if tag[1] == b"row":
            row, column = (int(digits) - 1 if digits else row + 1), -1
            continue
        row = int(digits) - 1 if digits else row
        column = _column(letters) if letters else column + 1
        if not tag[0].endswith(b"/>") and not piece.startswith(b"</", tag.end()):
            _note(piece, tag.end(), marks, (row, column), found.get(b"t"), codes.get(found.get(b"s", b"")))
    return row, column


def _note(piece: bytes, content: int, marks: Marks, at: Position, kind: bytes | None, code: str | None) -> None:
    """Mark one cell whose content begins at offset `content`."""
    if at[0] >= marks.height:
        marks.height = at[0] + 1
    if at[1] >= marks.width:
        marks.width = at[1] + 1
    if kind == b"e":
        value = _VALUE.search(piece, content)
        marks.errors[at] = value[1].decode("utf-8", "replace") if value else "#VALUE!"
    elif kind != b"str" and piece.startswith(b"<", content) and _NO_RESULT.match(piece, content):
        marks.uncomputed.append(at)
    elif code and kind in (None, b"n", b"d"):
        marks.formats[at] = code


def _split(spelled: bytes) -> tuple[bytes, bytes]:
    """Cut an address into letters and digits; a row's own has digits only, a missing one neither."""
    found = _ADDRESS.match(spelled)
    return (found[1], found[2]) if found else (b"", b"")


def _column(letters: bytes) -> int:
    number = 0
    for at in range(len(letters)):
        number = number * 26 + _LETTERS[letters[at : at + 1]]
    return number - 1
