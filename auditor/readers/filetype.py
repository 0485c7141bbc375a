"""Tell what a file is by what stands in it, whatever its ending says; only the ends of the file are read."""

from __future__ import annotations

import re
import stat
import zipfile
from pathlib import Path
from typing import BinaryIO, Literal, get_args

from auditor.document import Gap
from auditor.readers.encoding import NotText, decode
from auditor.readers.gaps import gap, nothing_read

__all__ = ["FILE_TYPES", "FileType", "decode", "file_type", "refusal"]

FileType = Literal[
    "pdf", "ofd", "xlsx", "xls", "docx", "html", "csv", "text", "zip",  # a reader takes these
    "doc", "wps", "et", "office", "encrypted", "archive", "image", "empty", "unknown", "not_a_file", "unreadable",
]  # fmt: skip
"""`office`: an office format without a reader (ppt, rtf, odt, xlsb, …); `encrypted`: an OOXML file under a password;
`archive`: rar, 7z, gz; `not_a_file`: folder, pipe, device; `unreadable`: no permission, symlink loop, gone."""

FILE_TYPES: tuple[FileType, ...] = get_args(FileType)

_HEAD = 64 * 1024

MOST_DIRECTORY_BYTES = 16 * 1024 * 1024
"""Largest directory of a zip file that is listed; 20,000 members need some 2 MiB."""

_SIGNATURES: tuple[tuple[bytes, FileType], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"{\\rtf", "office"),
)

_PACKAGE_PARTS: tuple[tuple[str, FileType], ...] = (
    ("xl/workbook.xml", "xlsx"),
    ("word/document.xml", "docx"),
    ("OFD.xml", "ofd"),
    ("xl/", "office"),
    ("ppt/", "office"),
    ("META-INF/manifest.xml", "office"),
)

# A package whose main part is missing: its own reader says that it is damaged.
_CUT_PACKAGES: dict[str, FileType] = {".xlsx": "xlsx", ".xlsm": "xlsx", ".docx": "docx"}

# Markup may begin with blanks, comments, an XML declaration or a document type.
_MARKUP_START = re.compile(
    r"(?>\s+|<!--.*?-->|<\?.*?\?>|<!doctype[^>]*>)*+<(?:html|head|body|meta|table|div|style|p|title|center|span)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_HTML_DOCTYPE = re.compile(r"\s*(?:<\?xml.*?\?>)?\s*<!doctype\s+html", re.IGNORECASE | re.DOTALL)
_OFFICE_TEXT = re.compile(
    r"urn:schemas-microsoft-com:office:spreadsheet|mso-application|\AMIME-Version:.*?multipart/related",
    re.IGNORECASE | re.DOTALL,
)


def file_type(path: str | Path) -> FileType:
    """Return what the file at `path` holds. Never raises and never waits: pipes and devices are not opened.

    The ending decides only what the content leaves open: .doc from .wps, and CSV from plain text where the columns
    are not plain to see.
    """
    path = Path(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return "not_a_file"
        if status.st_size == 0:
            return "empty"
        with path.open("rb") as file:
            return _by_content(file, path.suffix.lower(), status.st_size)
    except (OSError, ValueError):
        return "unreadable"


def _by_content(file: BinaryIO, ending: str, size: int) -> FileType:
    head = file.read(_HEAD)
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return found
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(file, head, ending)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _in_ole(file, ending)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or (head[:2] == b"BM" and head[6:10] == b"\0" * 4):
        return "image"
    # BIFF before OLE: Excel 2 to 4 wrote the bare stream.
    if head[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04") and head[2:4] in (b"\x04\x00", b"\x06\x00"):
        return "xls"
    return _in_text(head, ending, whole=size <= len(head))


def _in_zip(file: BinaryIO, head: bytes, ending: str) -> FileType:
    """Tell packages from archives by the names in the directory, or by the first names if it is cut off."""
    try:
        if zip_directory_bytes(file) > MOST_DIRECTORY_BYTES:
            return "zip"
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return _in_cut_zip(head, ending)
    for part, found in _PACKAGE_PARTS:
        if any(name == part or (part.endswith("/") and name.startswith(part)) for name in names):
            return found
    return _CUT_PACKAGES.get(ending, "office") if "[Content_Types].xml" in names else "zip"


def _in_cut_zip(head: bytes, ending: str) -> FileType:
    """Tell what a zip file without its directory was; its own reader then says that it is damaged."""
    names = [word.decode("ascii", "replace") for word in re.findall(rb"[\w./\[\]-]{4,}", head)]
    if any(name.startswith("xl/workbook.bin") for name in names):
        return "office"
    for folder, found in (("xl/", "xlsx"), ("word/", "docx"), ("ppt/", "office"), ("OFD.xml", "ofd")):
        if any(name.startswith(folder) for name in names):
            return found  # type: ignore[return-value]
    return _CUT_PACKAGES.get(ending, "office") if any("[Content_Types].xml" in name for name in names) else "zip"


def zip_directory_bytes(file: BinaryIO) -> int:
    """Return the size in bytes that a zip file declares for its directory, without reading it; 0 if none is found.

    Listing a directory takes many times its size in memory, so it is measured first.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - 2**16 - 98))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    declared = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    large = tail.rfind(b"PK\x06\x06")
    return max(
        declared if declared != 0xFFFFFFFF else 0,
        int.from_bytes(tail[large + 40 : large + 48], "little") if large >= 0 else 0,
    )


def _in_ole(file: BinaryIO, ending: str) -> FileType:
    from auditor.readers.office.ole import OleError, OleFile

    try:
        names = OleFile(file).names()
    except (OleError, OSError):
        names = frozenset()
    if "EncryptedPackage" in names:
        return "encrypted"
    if names & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        return "xls"
    if "WordDocument" in names:
        return "wps" if ending == ".wps" else "doc"
    if names:
        return {".wps": "wps", ".et": "et"}.get(ending, "office")  # type: ignore[return-value]
    return {".xls": "xls", ".doc": "doc", ".wps": "wps", ".et": "et"}.get(ending, "office")  # type: ignore[return-value]


def _in_text(head: bytes, ending: str, *, whole: bool) -> FileType:
    try:
        text, _ = decode(head, whole=whole)
    except NotText:
        return "unknown"
    if not text.strip() and whole:
        return "empty"
    if _HTML_DOCTYPE.match(text) or _MARKUP_START.match(text):
        return "html" if not _OFFICE_TEXT.match(text) else "office"
    if text.lstrip().startswith("<?xml") or _OFFICE_TEXT.match(text):
        return "office" if _OFFICE_TEXT.search(text[:4096]) else "unknown"
    return _text_or_csv(text, ending)


def _text_or_csv(text: str, ending: str) -> FileType:
    """Take columns for CSV; under another ending only commas and semicolons, since tables of plain text use tabs."""
    from auditor.readers.office.delimited import regularity

    if ending in (".csv", ".tsv"):
        return "csv" if max(regularity(text, delimiter, 2) for delimiter in ",\t;|") >= 0.5 else "text"
    return "csv" if max(regularity(text, delimiter, 3) for delimiter in ",;") >= 0.8 else "text"


_SAVE_AS: dict[FileType, tuple[str, str, str]] = {
    "doc": ("旧版 Word 文档（.doc）", "old Word document (.doc)", ".docx"),
    "wps": ("WPS 文字文档（.wps）", "WPS Writer document (.wps)", ".docx"),
    "et": ("WPS 表格文件（.et）", "WPS spreadsheet (.et)", ".xlsx"),
    "office": ("暂不支持的办公软件格式", "office format that is not supported", ".xlsx / .docx / .pdf"),
}


def refusal(kind: FileType, name: str) -> Gap | None:
    """Return why a file of `kind` is not read and what to do about it; None for a kind that a reader takes."""
    if kind in _SAVE_AS:
        zh, en, wanted = _SAVE_AS[kind]
        return gap(
            name,
            f"此文件是{zh}，无法直接读取。请在原软件中选择“文件 → 另存为”，存为 {wanted} 后再提交。",
            f"The file is an {en}, which cannot be read directly. Please use File > Save As, choose {wanted}, and resubmit it.",
        )
    if kind == "encrypted":
        from auditor.readers.office.password import locked

        return locked(name)
    if kind == "empty":
        return nothing_read(name)
    words = _REFUSALS.get(kind)
    return gap(name, *words) if words else None


_REFUSALS: dict[FileType, tuple[str, str]] = {
    "archive": (
        "此压缩包不是 .zip 格式，未打开。请解压后提交，或改用 .zip 压缩。",
        "The archive is not a .zip and was not opened. Please unpack it, or pack it as .zip.",
    ),
    "image": (
        "此文件是图片，没有文字层，未能审核。请提交可编辑的原始文件或带文字层的 PDF。",
        "The file is a picture without a text layer, so nothing was checked. Please submit the original file.",
    ),
    "unknown": (
        "无法识别此文件的格式，未读取。请提交 PDF、XLSX、DOCX、CSV、HTML、OFD 或 TXT 文件。",
        "The file's format is unknown and it was not read. Please submit PDF, XLSX, DOCX, CSV, HTML, OFD or TXT.",
    ),
    "not_a_file": (
        "此路径不是普通文件（可能是文件夹、管道或设备），未读取。请给出文件本身的路径。",
        "The path is no ordinary file (a folder, pipe or device) and was not read. Please give the path of the file itself.",
    ),
    "unreadable": (
        "无法打开此文件（没有权限、链接循环或文件已不存在），未读取。请检查文件权限和路径。",
        "The file could not be opened (no permission, a loop of links, or it is gone). Please check permission and path.",
    ),
}
