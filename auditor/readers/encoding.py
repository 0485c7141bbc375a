"""Find out how bytes spell Chinese text, and refuse what is not text at all."""

from __future__ import annotations

import codecs
import re

from auditor.document import Gap, Place
from auditor.readers.gaps import gap
from auditor.wording import AuditorError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)

_CHINESE = re.compile("[\u4e00-\u9fff]")

# The first 3,755 Chinese characters of GB 2312, its everyday half, start with these bytes.
_EVERYDAY_LEADS = range(0xB0, 0xD8)

_KNOWN = re.compile(r"[\s -~\u2000-\u2bff\u3000-\u9fff\uff00-\uffef]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

# Of the characters, so many may be control characters or undecodable before the bytes are no longer called text.
_MOST_CONTROLS = 0.002
_MOST_DAMAGE = 0.02
# In plain Chinese text, control characters may be so many: marks that Word sets behind cells and lines.
_MOST_MARKS = 0.1


class NotText(AuditorError):  # noqa: N818 - named for what was found
    """The bytes are not text in any encoding that Chinese offices use."""

    def __init__(self) -> None:
        super().__init__(
            "文件内容不是文本，或编码无法识别。请另存为 UTF-8 编码的文本或 CSV 后再提交。",
            "The content is not text, or its encoding is unknown. Please save it as text or CSV in UTF-8 and resubmit it.",
        )


def decode(data: bytes, *, whole: bool = True) -> tuple[str, str]:
    """Return the text of `data` and the name of its encoding, a codec name without the byte order mark's.

    Tried in turn: byte order marks (UTF-8, UTF-16), UTF-8, UTF-16 without a mark, GB18030, whatever charset-normalizer
    finds. Bytes that are damaged in a few spots are read with U+FFFD there (see `damage`). `whole` False says that
    `data` may end within a character. Raises NotText for binary data.
    """
    for mark, codec, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_attempt(data[len(mark) :], codec, whole, "replace") or ""), encoding
    if b"\0" in data:
        return _utf16_without_mark(data, whole)
    text = _attempt(data, "utf-8", whole)
    if text is not None:
        return _checked(text), "utf-8"
    text = _attempt(data, "gb18030", whole)
    if text is not None and _looks_chinese(text):
        return _checked(text), "gb18030"
    return _guess(data, text, whole)


def damage(text: str, name: str) -> tuple[Gap, ...]:
    """Return a Gap that names the first line of `text` with bytes that no encoding explains, if there is one."""
    at = text.find("\ufffd")
    if at < 0:
        return ()
    line, count = text.count("\n", 0, at) + 1, text.count("\ufffd")
    start = text.rfind("\n", 0, at) + 1
    found = gap(
        name,
        f"有 {count} 处字节无法识别（首处在第 {line} 行），这些文字未能审核。请核对原文件并另存为 UTF-8 编码。",
        f"{count} spot(s) hold bytes that are no text (the first in line {line}); the words there were not checked. "
        "Please compare with the original and save it in UTF-8.",
        place=Place(name, line=line),
        quote=text[start : text.find("\n", at) if "\n" in text[at:] else None],
    )
    return (found,)


def _attempt(data: bytes, codec: str, whole: bool, errors: str = "strict") -> str | None:
    try:
        return codecs.getincrementaldecoder(codec)(errors).decode(data, whole)
    except UnicodeDecodeError:
        return None


def _checked(text: str) -> str:
    """Return `text` without control characters, which mean nothing; raises NotText where they show that it is none.

    A few stray ones are common in exports, and what Word leaves of a table when copied has one for each cell: then the
    rest has to be plain Chinese text.
    """
    found = len(_CONTROLS.findall(text))
    if not found:
        return text
    plain = _CONTROLS.sub("", text)
    if found <= max(2, _MOST_CONTROLS * len(text)):
        return plain
    if found > _MOST_MARKS * len(text) or not _looks_chinese(plain) or _share_known(plain) < 0.9:
        raise NotText
    return plain


def _utf16_without_mark(data: bytes, whole: bool) -> tuple[str, str]:
    """Read text whose NUL bytes all stand on one side of the pairs, as digits and Latin letters in UTF-16 do."""
    sides = {at % 2 for at in range(min(len(data), 65536)) if data[at] == 0}
    if len(sides) == 1 and len(data) > 2:
        codec = "utf-16-le" if sides == {1} else "utf-16-be"
        text = _attempt(data, codec, whole)
        if text is not None and _share_known(text) > 0.9:
            return _checked(text), codec
    raise NotText


def _share_known(text: str) -> float:
    """Return the share of characters that Chinese documents are made of: Latin, symbols, Chinese, full width."""
    return len(_KNOWN.findall(text)) / max(len(text), 1)


def _looks_chinese(text: str) -> bool:
    """Tell everyday Chinese from bytes of another kind: those give rare characters and ones for private use."""
    sample = text[:20000]
    characters = _CHINESE.findall(sample)
    foreign = sum(char > "\x7f" for char in sample)
    if not characters:
        return foreign == 0
    everyday = sum(char.encode("gb18030")[0] in _EVERYDAY_LEADS for char in characters)
    private = sum("\ue000" <= char <= "\uf8ff" for char in sample)
    return everyday >= 0.6 * len(characters) and len(characters) >= 0.3 * foreign and private <= 0.02 * foreign


def _guess(data: bytes, as_gb18030: str | None, whole: bool) -> tuple[str, str]:
    """Decide about bytes that are neither clean UTF-8 nor plain everyday Chinese in GB18030."""
    for codec in ("utf-8", "gb18030"):
        patched = _attempt(data, codec, whole, "replace") or ""
        if patched and patched.count("\ufffd") <= _MOST_DAMAGE * len(patched) and _looks_chinese(patched):
            return _checked(patched), codec
    from charset_normalizer import from_bytes

    best = from_bytes(data[:65536]).best()
    if best is not None and best.encoding not in ("ascii", "utf_8", "gb18030"):
        text = _attempt(data, best.encoding, whole)
        if text is not None and _share_known(text) > 0.8:
            return _checked(text), best.encoding
    if as_gb18030 is not None and _share_known(as_gb18030) > 0.9:
        return _checked(as_gb18030), "gb18030"
    raise NotText
