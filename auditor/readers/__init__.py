"""Reading files into Documents: what the file holds (`content`), then which official form that is (`forms`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from auditor.document import Document, Place
from auditor.readers.content import Content
from auditor.readers.encoding import NotText, damage, decode
from auditor.readers.filetype import file_type, refusal
from auditor.readers.forms import understand
from auditor.readers.gaps import gap, refused
from auditor.readers.limits import Limits
from auditor.readers.text import read_text
from auditor.wording import Wording

Reader = Callable[[Path, str, Limits], Content]


def read(path: Path | str, name: str | None = None, limits: Limits | None = None) -> Document:
    """Read one file as the official form it holds.

    `name` is what reports call the file (default: its own name). Never raises for what is in the file: what could not
    be read stands in the Document's `gaps`.
    """
    path = Path(path)
    return understand(read_content(path, name or path.name, limits or Limits()))


def absent(name: str, reason: Wording) -> Document:
    """Return the Document that stands for a path which leads to no file: nothing but the gap."""
    return Document(name, "other", Place(name), gaps=(gap(name, reason.zh, reason.en),))


def read_content(path: Path, name: str, limits: Limits) -> Content:
    """Read lines and tables of one file, by the type its content shows."""
    kind = file_type(path)
    no = refusal(kind, name)
    if no:
        return refused(no)
    try:
        return _reader(kind)(path, name, limits)
    except OSError as error:
        return refused(gap(name, f"文件无法读取：{error.strerror}", f"the file cannot be read: {error.strerror}"))


def _reader(kind: str) -> Reader:
    readers: dict[str, Reader] = {"text": _text}
    return readers.get(kind, _unread)


def _text(path: Path, name: str, limits: Limits) -> Content:
    try:
        text, _ = decode(path.read_bytes())
    except NotText as error:
        return refused(gap(name, error.wording.zh, error.wording.en))
    content = read_text(text, name)
    return Content(content.name, content.blocks, damage(text, name))


def _unread(path: Path, name: str, limits: Limits) -> Content:
    return refused(
        gap(
            name,
            "这种文件格式还不能读取，请另存为文本后提交",
            "this file format cannot be read yet; please save it as text",
        )
    )
