"""Read a PDF file: its text, with tables found from rules or from the columns of the text. No OCR is done."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.document import Gap, Place
from auditor.readers.content import Content
from auditor.readers.gaps import damaged, gap, nothing_read, refused
from auditor.readers.limits import Limits
from auditor.readers.pages.continued import TableJoiner
from auditor.readers.pages.lost_text import LostText
from auditor.readers.pages.page_gaps import (
    MOSTLY_PICTURE,
    clipped_text,
    damaged_pages,
    pages_left_out,
    picture_page,
    unfit,
)
from auditor.readers.pages.tables import find_tables

if TYPE_CHECKING:
    from auditor.readers.pages.ink import PageInk
    from auditor.readers.pages.pdf_page import PageFacts

_FEW_CHARACTERS = 40
"""A page with a picture over half of it and fewer characters than this is a scan with a stamp or page number."""

_UNREADABLE_SHARE = 0.01
"""Share of characters without meaning from which on a page counts as not read."""

_ERROR_PASSWORD = 4
_ERROR_SECURITY = 5


def read_pdf(path: Path, name: str, limits: Limits, password: str | None = None) -> Content:
    """Read the PDF file at `path`, called `name` in all places; never raises for what is in the file.

    A table that runs over pages is one Table; each cell's Place has its page, the number of the table in the file and
    the row of the table on that page. What could not be read is in `gaps`: pages that are only a picture, locked or
    damaged files, pages beyond the limits. Not thread-safe (PDFium).
    """
    found = unfit(path, name, "PDF", limits)
    if found is not None:
        return refused(found)
    import pypdfium2.raw as raw  # type: ignore[import-untyped]

    secret = password.encode() if password is not None else None
    document = raw.FPDF_LoadDocument(os.fsencode(path), secret)
    if not document:
        return refused(_not_opened(name, raw.FPDF_GetLastError(), password))
    try:
        return _read_pages(document, name, limits, _cut_off(path, name))
    finally:
        raw.FPDF_CloseDocument(document)


def _not_opened(name: str, error: int, password: str | None) -> Gap:
    if error == _ERROR_PASSWORD and password is not None:
        return gap(name, "PDF 打开密码不正确，未读取。", "The password does not open the PDF file; it was not read.")
    if error == _ERROR_PASSWORD:
        return gap(
            name,
            "PDF 设有打开密码，未读取。请用 --password 给出密码，或取消密码后再提交。",
            "The PDF file is protected by a password and was not read. "
            "Please give it with --password, or remove it and resubmit the file.",
        )
    if error == _ERROR_SECURITY:
        return gap(
            name,
            "PDF 的加密方式不受支持，未读取。请取消加密后再提交。",
            "The PDF file is encrypted in a way that is not supported and was not read. Please remove the encryption.",
        )
    return damaged(name, "PDF", f"PDFium {error}")


def _cut_off(path: Path, name: str) -> list[Gap]:
    """A Gap when the end mark is missing: PDFium mends such files, and what was lost leaves no trace."""
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - 4096))
        if b"%%EOF" in file.read():
            return []
    return [
        gap(
            name,
            "PDF 文件末尾不完整（可能传输中断），内容可能有缺失。请重新取得完整文件。",
            "The end of the PDF file is missing (an interrupted transfer?); parts may be lost. Please get a complete copy.",
        )
    ]


def _read_pages(document: Any, name: str, limits: Limits, gaps: list[Gap]) -> Content:
    """Read page by page; every page is closed before the next is opened."""
    import pypdfium2.raw as raw

    from auditor.readers.pages.pdf_page import read_page

    count = raw.FPDF_GetPageCount(document)
    joiner = TableJoiner(name, limits)
    damaged_at: list[int] = []
    lost = LostText()
    hint: tuple[tuple[float, float], ...] = ()
    for index in range(min(count, limits.pages)):
        place = Place(name, page=index + 1)
        try:
            ink, facts = read_page(document, index)
        except ValueError:
            damaged_at.append(index + 1)
            hint = ()
            continue
        gaps += _page_gaps(ink, facts, name, place)
        lost.add(index + 1, "".join("".join([glyph.char for glyph in ink.glyphs]).split()), facts.clipped)
        page, hint = find_tables(ink, hint)
        joiner.add(page)
    gaps += [clipped_text(name, page) for page in lost.finish()]
    gaps += damaged_pages(name, damaged_at)
    gaps += pages_left_out(name, count, limits)
    content = joiner.finish(gaps)
    if not content.blocks and not content.gaps:
        return refused(nothing_read(name))
    return content


def _page_gaps(ink: PageInk, facts: PageFacts, name: str, place: Place) -> list[Gap]:
    """What of a page has no text that could be read."""
    gaps = []
    written = len(ink.glyphs)
    if written < _FEW_CHARACTERS:
        written = sum(not glyph.char.isspace() for glyph in ink.glyphs)
    if (facts.picture_share > 0 and not written) or (
        facts.picture_share > MOSTLY_PICTURE and written < _FEW_CHARACTERS
    ):
        gaps.append(picture_page(name, place))
    elif not written and facts.drawings > 20:
        zh = "此页没有文字层，文字可能已转为曲线，未能读取。"
        en = "The page has no text layer; its text may have been turned into outlines and was not read."
        gaps.append(gap(name, zh, en, place=place))
    if facts.unreadable > _UNREADABLE_SHARE * max(1, written):
        zh = f"此页有 {facts.unreadable} 个字符缺少文字编码，未能识别。"
        en = f"{facts.unreadable} characters of the page have no text encoding and could not be read."
        gaps.append(gap(name, zh, en, place=place))
    if facts.invisible and facts.picture_share > MOSTLY_PICTURE:
        zh = "此页是扫描图片，文字来自识别层（OCR），已按识别结果读取，可能有错漏，请对照原件核实。"
        en = "The page is a scan; its text was recognised by a machine and read as it stands. Please compare it with the original."
        gaps.append(gap(name, zh, en, place=place))
    elif facts.invisible > _UNREADABLE_SHARE * max(1, written):
        zh = f"此页有 {facts.invisible} 个看不见的字符（无墨文字），未采用。"
        en = f"{facts.invisible} characters of the page are invisible and were left out."
        gaps.append(gap(name, zh, en, place=place))
    if facts.unread_fields:
        zh = f"此页有 {facts.unread_fields} 处表单域或批注文字，未读取。请打印为 PDF 后再提交。"
        en = f"The page holds {facts.unread_fields} form fields or notes with text that was not read. Please print it to PDF."
        gaps.append(gap(name, zh, en, place=place))
    return gaps
