"""The container of the old Office formats (OLE, MS-CFB): its directory, and one stream out of it.

Only as much as telling .xls from .doc and reading a workbook's cell formats needs. Every chain is bounded, so that a
broken or hostile file ends in OleError, never in a loop.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_LAST_SECTOR = 0xFFFFFFFA
_MOST_ENTRIES = 10_000


class OleError(ValueError):
    """The container is damaged."""


@dataclass(frozen=True)
class Entry:
    """One entry of the directory: `kind` 1 folder, 2 stream, 5 root; `start` its first sector; `size` in bytes."""

    name: str
    kind: int
    start: int
    size: int


class OleFile:
    """An opened container; `entries` lists its folders and streams."""

    def __init__(self, file: BinaryIO) -> None:
        """Read header, sector table and directory of `file`. Raises OleError."""
        self._file = file
        header = self._read(0, 512)
        if len(header) < 512 or not header.startswith(SIGNATURE):
            raise OleError("header")
        self._size = 1 << self._shift(header, 30)
        self._mini_size = 1 << self._shift(header, 32)
        tables, directory = struct.unpack_from("<2I", header, 44)
        self._cutoff, mini_table, _, more, more_count = struct.unpack_from("<5I", header, 56)
        self._next = self._sector_table(header, tables, more, more_count)
        self.entries = self._directory(directory)
        self._mini_table_start = mini_table

    def names(self) -> frozenset[str]:
        """Return the names of all streams and folders."""
        return frozenset(entry.name for entry in self.entries)

    def stream(self, name: str) -> bytes:
        """Return the bytes of the stream `name`. Raises OleError if there is none or its chain is broken."""
        found = next((entry for entry in self.entries if entry.name == name and entry.kind == 2), None)
        if found is None:
            raise OleError(name)
        if found.size >= self._cutoff:
            return self._chain(found.start)[: found.size]
        root = next((entry for entry in self.entries if entry.kind == 5), None)
        if root is None:
            raise OleError("root")
        return self._mini_stream(found, self._chain(root.start))

    @staticmethod
    def _shift(header: bytes, at: int) -> int:
        shift = int.from_bytes(header[at : at + 2], "little")
        if not 6 <= shift <= 12:
            raise OleError("sector size")
        return shift

    def _read(self, at: int, count: int) -> bytes:
        self._file.seek(at)
        return self._file.read(count)

    def _sector(self, number: int) -> bytes:
        data = self._read((number + 1) * self._size, self._size)
        if not data:
            raise OleError(f"sector {number}")
        return data.ljust(self._size, b"\0")

    def _words(self, data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data)

    def _sector_table(self, header: bytes, tables: int, more: int, more_count: int) -> list[int]:
        """Return for each sector the one that follows it."""
        numbers = list(self._words(header[76:512]))
        seen: set[int] = set()
        while more < _LAST_SECTOR and more not in seen and len(seen) < more_count:
            seen.add(more)
            *found, more = self._words(self._sector(more))
            numbers += [number for number in found if number < _LAST_SECTOR]
        table: list[int] = []
        length = self._file.seek(0, 2)
        for number in numbers[: max(0, tables)]:
            if number < _LAST_SECTOR:
                table += self._words(self._sector(number))
            # One table sector may be named again and again; an honest table has no more entries than there are sectors.
            if len(table) > length // self._size + self._size:
                raise OleError("sector table")
        return table

    def _chain(self, start: int, most: int | None = None) -> bytes:
        parts: list[bytes] = []
        seen: set[int] = set()
        while start < _LAST_SECTOR and (most is None or len(parts) < most):
            if start in seen or start >= len(self._next):
                raise OleError(f"chain at sector {start}")
            seen.add(start)
            parts.append(self._sector(start))
            start = self._next[start]
        return b"".join(parts)

    def _directory(self, start: int) -> tuple[Entry, ...]:
        data = self._chain(start, _MOST_ENTRIES * 128 // self._size)
        found = []
        for at in range(0, len(data) - 127, 128):
            length, kind = struct.unpack_from("<HB", data, at + 64)
            if kind in (1, 2, 5) and 2 <= length <= 64:
                first, size = struct.unpack_from("<2I", data, at + 116)
                found.append(Entry(data[at : at + length - 2].decode("utf-16-le", "replace"), kind, first, size))
        return tuple(found)

    def _mini_stream(self, entry: Entry, container: bytes) -> bytes:
        table = self._words(self._chain(self._mini_table_start))
        parts: list[bytes] = []
        at, seen = entry.start, set[int]()
        while at < _LAST_SECTOR:
            if at in seen or at >= len(table):
                raise OleError(f"short chain at {at}")
            seen.add(at)
            parts.append(container[at * self._mini_size : (at + 1) * self._mini_size])
            at = table[at]
        return b"".join(parts)[: entry.size]
