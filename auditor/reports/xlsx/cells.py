"""Text that any office program shows as it is: nothing in it runs, breaks the file or turns the line around."""

from __future__ import annotations

import io
import re
import zipfile

CELL_LIMIT = 32_767
"""Most UTF-16 units that Excel keeps in one cell."""

_CUT = "…（原文过长，此处截断，全文共 {} 字 · cut here, {} characters in all）"
# What XML forbids, what is no character, and marks that turn the reading direction around.
_BREAKS_FILE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNS_LINE = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_SAVED_AT = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_FIXED = (1980, 1, 1, 0, 0, 0)


def clean(text: str) -> str:
    """Return the text with `\\n` for every line break, a blank for each control character and � for each mark of
    reading direction, so that a reader sees that something stood there."""
    if not _SUSPECT.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return _TURNS_LINE.sub("\ufffd", _BREAKS_FILE.sub(" ", text))


def units(text: str) -> int:
    """Return how long Excel holds a text to be: characters beyond the first plane count twice."""
    return len(text) if text.isascii() else len(text) + sum(char > "\uffff" for char in text)


def fitting(text: str, limit: int = CELL_LIMIT) -> str:
    """Return the cleaned text, cut to `limit` units with a mark that says so and how long it was."""
    text = clean(text)
    if len(text) * 2 <= limit or units(text) <= limit:
        return text
    mark = _CUT.format(len(text), len(text))
    kept = text[: limit - len(mark)]
    while units(kept) > limit - len(mark):
        kept = kept[: -max(1, (units(kept) - limit + len(mark)) // 2)]
    return kept + mark


def columns_wide(text: str) -> int:
    """Return about how many columns a cleaned text takes in one line: a Chinese character takes two."""
    return len(text) if text.isascii() else len(text.encode("gb18030"))


def undated(package: bytes) -> bytes:
    """Return an office package whose parts carry no time of writing, so that equal reports are equal files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = _SAVED_AT.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", content)
            new.writestr(zipfile.ZipInfo(part.filename, _FIXED), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
