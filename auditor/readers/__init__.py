"""Reading files into Documents: what the file holds (`content`), then which official form that is (`forms`)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from auditor.document import Document, Gap, Place
from auditor.readers.content import Content
from auditor.readers.encoding import NotText, damage, decode
from auditor.readers.filetype import file_type, refusal
from auditor.readers.forms import understand
from auditor.readers.gaps import gap, nothing_read, refused, too_large
from auditor.readers.limits import MEBIBYTE, Limits
from auditor.readers.text import read_text
from auditor.wording import Wording

Reader = Callable[[Path, str, Limits], Content]


def read(
    path: Path | str, name: str | None = None, limits: Limits | None = None, password: str | None = None
) -> Document:
    """Read one file as the official form it holds.

    `name` is what reports call the file (default: its own name); `password` opens it if it is under one. Never raises
    for what is in the file: what could not be read stands in the Document's `gaps`.
    """
    path = Path(path)
    return understand(read_content(path, name or path.name, limits or Limits(), password))


def absent(name: str, reason: Wording) -> Document:
    """Return the Document that stands for a path which leads to no file: nothing but the gap."""
    return Document(name, "other", Place(name), gaps=(gap(name, reason.zh, reason.en),))


def read_content(path: Path, name: str, limits: Limits, password: str | None = None) -> Content:
    """Read lines and tables of one file, by the type its content shows."""
    kind = file_type(path)
    try:
        if password and kind in ("encrypted", "xls"):
            unlocked = _read_unlocked(path, name, limits, password)
            if unlocked is not None:
                return unlocked
        no = refusal(kind, name)
        return refused(no) if no else _reader(kind, password)(path, name, limits)
    except OSError as error:
        return refused(_unreadable(name, error))


def _read_unlocked(path: Path, name: str, limits: Limits, password: str) -> Content | None:
    """Read an office file under a password; None if it is under none."""
    from auditor.readers.office.password import is_locked, unlock

    if path.stat().st_size > limits.file_mib * MEBIBYTE:
        return refused(too_large(name, limits.file_mib))
    if not is_locked(path):
        return None
    with TemporaryDirectory(prefix="auditor-") as folder:
        target = Path(folder) / "opened"
        reason = unlock(path, target, password, name)
        return refused(reason) if reason else read_content(target, name, limits)


def read_documents(path: Path, name: str, limits: Limits, password: str | None = None) -> list[Document]:
    """Read one file, or every document inside a zip archive, each called `name/inside`."""
    if file_type(path) != "zip":
        return [read(path, name, limits, password)]
    from auditor.readers.archive import members

    found = []
    try:
        for inside, member in members(path, name, limits):
            if isinstance(member, Gap):
                found.append(Document(inside, "other", Place(inside), gaps=(member,)))
            else:
                found.append(read(member, inside, limits, password))
    except OSError as error:
        found.append(Document(name, "other", Place(name), gaps=(_unreadable(name, error),)))
    return found or [Document(name, "other", Place(name), gaps=(nothing_read(name),))]


def _unreadable(name: str, error: OSError) -> Gap:
    return gap(name, f"文件无法读取：{error.strerror}", f"the file cannot be read: {error.strerror}")


def _reader(kind: str, password: str | None = None) -> Reader:
    """Return the reader for a type; each loads its library only when it is used."""
    if kind == "pdf":
        from auditor.readers.pages.pdf import read_pdf

        return partial(read_pdf, password=password or None)
    if kind == "ofd":
        from auditor.readers.pages.ofd import read_ofd

        return read_ofd
    if kind in ("xlsx", "xls"):
        from auditor.readers.office.spreadsheet import read_spreadsheet

        return read_spreadsheet
    if kind == "docx":
        from auditor.readers.office.word import read_word

        return read_word
    if kind == "html":
        from auditor.readers.office.html import read_html

        return read_html
    if kind == "csv":
        from auditor.readers.office.delimited import read_delimited

        return read_delimited
    return _text


def _text(path: Path, name: str, limits: Limits) -> Content:
    if path.stat().st_size > limits.file_mib * MEBIBYTE:
        return refused(too_large(name, limits.file_mib))
    try:
        text, _ = decode(path.read_bytes())
    except NotText as error:
        return refused(gap(name, error.wording.zh, error.wording.en))
    content = read_text(text, name)
    return Content(content.name, content.blocks, damage(text, name))
