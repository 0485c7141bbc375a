"""Reading files into Documents."""

from __future__ import annotations

from pathlib import Path

from auditor.document import Document
from auditor.readers.forms import understand
from auditor.readers.text import read_text


def read(path: Path | str, name: str | None = None) -> Document:
    """Read one file; `name` is what reports call it (default: the file's own name)."""
    path = Path(path)
    return understand(read_text(path.read_bytes().decode("utf-8-sig"), name or path.name))
