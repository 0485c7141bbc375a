"""How much of a file is read before the reader stops and says so."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds for reading one file; what lies beyond them becomes a Gap, never a crash and never a silent cut.

    The defaults are far above any real budget document and far below what would harm the machine.
    """

    file_mib: int = 200
    """Largest file that is opened, in MiB on disk."""

    pages: int = 5000
    """Most pages (PDF, OFD) that are read; the rest are reported."""

    cells: int = 2_000_000
    """Most table cells of one file, counting empty ones."""

    expanded_mib: int = 1024
    """Largest total size in MiB that a zip-based file may declare for its expanded parts."""

    expansion_ratio: int = 200
    """Most times that a part of a zip-based file may be larger expanded than packed."""

    seconds: float = 300
    """Longest time in seconds that the worker process may spend on one file."""

    memory_mib: int = 2048
    """Most memory in MiB that the worker process may take for one file."""
