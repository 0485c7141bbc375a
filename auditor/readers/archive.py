"""Zip files: a folder of documents, or the package that XLSX, DOCX and OFD are; bounded before anything is expanded."""

from __future__ import annotations

import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from pathlib import Path, PurePosixPath
from typing import IO

from auditor.document import Gap
from auditor.readers.filetype import MOST_DIRECTORY_BYTES, file_type, zip_directory_bytes
from auditor.readers.gaps import damaged, gap, protected, too_large
from auditor.readers.limits import MEBIBYTE, Limits

MOST_MEMBERS = 20_000
"""Most members of one zip file."""

# Small parts may be packed very tightly without being a danger: a sheet of blank rows shrinks a thousandfold.
_HARMLESS_BYTES = 64 * MEBIBYTE

_CHUNK = MEBIBYTE
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
BAD_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError, RuntimeError)


def check_package(path: Path, name: str, kind: str, limits: Limits) -> Gap | None:
    """Return why the zip-based file at `path` must not be opened, judged by its directory alone; None if it may.

    Checked: size on disk, number of members, encryption, and the expanded size and ratio that each member declares.
    `kind` names the format in the gap. zipfile never expands a member beyond what it declares; for other programs that
    open the package, `open_member` shows up members that hold more.
    """
    reason = _too_large(path, name, limits)
    if reason:
        return reason
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
    except BAD_ZIP as error:
        return damaged(name, kind, error)
    if any(member.flag_bits & _ENCRYPTED for member in members):
        return protected(name)
    return _too_big(members, name, limits)


def open_member(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> IO[bytes]:
    """Open one member so that reading it to the end proves its declared size.

    Reading raises BadZipFile for a damaged member, and `OverfullError` for one that holds more than it declares.
    """
    declared = member.file_size
    # One byte more than declared is asked for: an honest member ends before.
    probe = copy(member)
    probe.file_size = declared + 1
    return _Measured(package.open(probe), declared)  # type: ignore[return-value]


class OverfullError(zipfile.BadZipFile):
    """A member holds more than its directory entry says: the mark of a zip bomb."""


class _Measured:
    """Counts what is read from a member."""

    def __init__(self, file: IO[bytes], declared: int) -> None:
        self._file, self._left = file, declared

    def read(self, count: int = -1) -> bytes:
        data = self._file.read(count)
        self._left -= len(data)
        if self._left < 0:
            raise OverfullError("size")
        return data

    def __enter__(self) -> _Measured:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def members(path: Path, name: str, limits: Limits) -> Iterator[tuple[str, Path | Gap]]:
    """Yield each document in the zip file at `path` as (`name/inside`, a temporary file with its bytes).

    A member that is not given out (encrypted, nested archive, beyond the limits, damaged, unsafe name) comes with a
    Gap in place of the path. A temporary file keeps the member's ending and lives until the next one is asked for.
    Folders, hidden, temporary (`~$…`) and macOS resource files are passed over. Never raises for a bad archive.
    """
    reason = _too_large(path, name, limits)
    if reason:
        yield name, reason
        return
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _members(archive, name, limits)
    except BAD_ZIP as error:
        yield name, damaged(name, "ZIP", error)


def _members(archive: zipfile.ZipFile, name: str, limits: Limits) -> Iterator[tuple[str, Path | Gap]]:
    found = archive.infolist()
    too_big = _too_big(found, name, limits)
    if too_big:
        yield name, too_big
        return
    given = 0
    for member in found:
        inside = repaired_name(member)
        if member.is_dir() or _passed_over(inside):
            continue
        given += 1
        shown = f"{name}/{_safe(inside)}"
        reason = _refused(member, inside, shown)
        if reason:
            yield shown, reason
        else:
            yield from _extracted(archive, member, shown, limits)
    if not given:
        yield (
            name,
            gap(
                name,
                "压缩包里没有任何文档，未能审核。",
                "The archive holds no documents, so nothing was checked.",
            ),
        )


def _extracted(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, shown: str, limits: Limits
) -> Iterator[tuple[str, Path | Gap]]:
    """Give out one member as a temporary file that is removed when the caller comes back for more."""
    with tempfile.TemporaryDirectory(prefix="auditor-") as folder:
        # The name inside the archive never becomes a path: only its ending is kept.
        target = Path(folder) / f"member{_ending(shown)}"
        try:
            with archive.open(member) as packed, target.open("wb") as out:
                shutil.copyfileobj(packed, out, _CHUNK)
        except BAD_ZIP as error:
            yield shown, damaged(shown, "ZIP", error)
            return
        if target.stat().st_size > limits.file_mib * MEBIBYTE:
            yield shown, too_large(shown, limits.file_mib)
        elif file_type(target) in ("zip", "archive"):
            yield shown, _nested(shown)
        else:
            yield shown, target


def repaired_name(member: zipfile.ZipInfo) -> str:
    """Return the member's name as it was typed.

    Chinese Windows packs names in GB18030 without saying so, and zipfile then reads them as cp437; some packers write
    UTF-8 without saying so.
    """
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("ascii", "utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return member.filename


def _passed_over(inside: str) -> bool:
    parts = PurePosixPath(inside).parts
    return inside.endswith("/") or any(
        (part.startswith((".", "~$")) and part not in (".", "..")) or part in ("__MACOSX", "Thumbs.db")
        for part in parts
    )


def _safe(inside: str) -> str:
    """Return a name fit for reports: no way out of the archive, no control characters."""
    parts = [part for part in re.split(r"[/\\]", inside) if part not in ("", ".", "..")]
    return "".join(char if char.isprintable() else "_" for char in "/".join(parts)) or "_"


def _ending(shown: str) -> str:
    ending = PurePosixPath(shown).suffix.lower()
    return ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ""


def _refused(member: zipfile.ZipInfo, inside: str, shown: str) -> Gap | None:
    if ".." in re.split(r"[/\\]", inside) or inside.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", inside):
        return gap(
            shown,
            "压缩包内的路径指向包外，为安全起见未打开此文件。请重新打包后再提交。",
            "The path inside the archive leads out of it; for safety the file was not opened. Please pack it again.",
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        return gap(
            shown,
            "压缩包内的此项是链接而不是文件，未读取。请放入文件本身后重新打包。",
            "The entry is a link, not a file, and was not read. Please pack the file itself.",
        )
    if member.flag_bits & _ENCRYPTED:
        return protected(shown)
    return None


def _nested(shown: str) -> Gap:
    return gap(
        shown,
        "压缩包里还有压缩包，内层未打开。请先解压内层再提交。",
        "The archive holds another archive, which was not opened. Please unpack the inner one and resubmit it.",
    )


def _too_large(path: Path, name: str, limits: Limits) -> Gap | None:
    """Judge the file before even its directory is listed."""
    if path.stat().st_size > limits.file_mib * MEBIBYTE:
        return too_large(name, limits.file_mib)
    with path.open("rb") as file:
        directory = zip_directory_bytes(file)
    if directory <= MOST_DIRECTORY_BYTES:
        return None
    return _bomb(name, f"目录本身就有 {directory} 字节", f"its directory alone has {directory} bytes")


def _too_big(found: list[zipfile.ZipInfo], name: str, limits: Limits) -> Gap | None:
    total = sum(member.file_size for member in found)
    if len(found) > MOST_MEMBERS or total > limits.expanded_mib * MEBIBYTE:
        return _bomb(
            name,
            f"声明展开后共 {len(found)} 个文件、{total // MEBIBYTE} MiB，上限为 {MOST_MEMBERS} 个、{limits.expanded_mib} MiB",
            f"it declares {len(found)} files of {total // MEBIBYTE} MiB when expanded; the limits are {MOST_MEMBERS} and {limits.expanded_mib} MiB",
        )
    for member in found:
        if member.file_size > _HARMLESS_BYTES and member.file_size > limits.expansion_ratio * max(
            member.compress_size, 1
        ):
            ratio = member.file_size // max(member.compress_size, 1)
            inside = _safe(repaired_name(member))
            return _bomb(
                name,
                f"其中 {inside} 的压缩比为 {ratio} 倍，上限为 {limits.expansion_ratio} 倍",
                f"{inside} would expand {ratio} times; the limit is {limits.expansion_ratio}",
            )
    return None


def _bomb(name: str, zh: str, en: str) -> Gap:
    return gap(
        name,
        f"文件展开后过大（{zh}），疑似压缩炸弹，未打开。请检查文件来源；确认无误可拆分后提交。",
        f"The file would grow too large when expanded ({en}), as a zip bomb does, and was not opened. "
        "Please check where it comes from; if it is genuine, split it.",
        stage="limit",
    )
