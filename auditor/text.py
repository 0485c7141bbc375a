"""The plain view of a text: what it says, with the accidents of typing taken off.

Positions everywhere in this project are 0-based, half-open offsets into the text *as written*. The plain view is what
rules compare and search; its offset map leads every hit back to the characters a person sees. NFKC alone will not do:
it turns ① into 1 (a bullet becomes a quantity) and ㎡ into two characters (every later position moves).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

Span = tuple[int, int]
"""Start and end offset, 0-based, half-open."""

_LOOK_ALIKES = {
    **dict.fromkeys("≧⩾≽", "≥"),
    **dict.fromkeys("≦⩽≼", "≤"),
    **dict.fromkeys("﹥›", ">"),
    **dict.fromkeys("﹤‹", "<"),
    **dict.fromkeys("‐‑‒–—―−﹣﹘", "-"),
    **dict.fromkeys("～〜∼˜∽", "~"),
    **dict.fromkeys("﹪٪", "%"),
    **dict.fromkeys("“”„‟〝〞", '"'),
    **dict.fromkeys("‘’‚‛", "'"),
    **dict.fromkeys("〔［﹝【", "["),
    **dict.fromkeys("〕］﹞】", "]"),
    **dict.fromkeys("•‧∙⋅・･", "·"),
    **dict.fromkeys("﹐", ","),
    **dict.fromkeys("﹔", ";"),
    **dict.fromkeys("﹕∶︰", ":"),
    **dict.fromkeys("｡", "。"),
    **dict.fromkeys("､", "、"),
}

# Numbers that count list items, not things: circled, bracketed, dotted and Chinese bracketed ones stay as written.
_ENUMERATOR_BLOCKS = ((0x2460, 0x24FF), (0x2776, 0x2793), (0x3220, 0x3243), (0x3251, 0x325F), (0x3280, 0x32BF))

# Written by some PDF producers in place of the ordinary characters; each folds to exactly one of them.
_FOLDED_BLOCKS = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))

SHORT = 120
"""Characters up to which a plain view is kept for the next time."""

_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\ufeff")


def _within(blocks: tuple[tuple[int, int], ...], code: int) -> bool:
    return any(low <= code <= high for low, high in blocks)


def _fold(char: str) -> str:
    """Return the plain form of one character: one character, or '' for one that is not to be seen."""
    code = ord(char)
    if 0x20 < code < 0x7F or 0x4E00 <= code <= 0x9FFF:
        return char
    if char in _LOOK_ALIKES:
        return _LOOK_ALIKES[char]
    if 0xFF01 <= code <= 0xFF5E:
        return chr(code - 0xFEE0)
    if _within(_ENUMERATOR_BLOCKS, code):
        return char
    if _within(_FOLDED_BLOCKS, code):
        folded = unicodedata.normalize("NFKC", char)
        return folded if len(folded) == 1 else char
    if char in _INVISIBLE or (unicodedata.category(char) == "Cc" and not char.isspace()):
        return ""
    return char


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


@dataclass(frozen=True)
class Plain:
    """A text without differences of width, look-alike symbol and blank.

    `text` is the plain text, `origins[i]` the offset in `written` of the character that became `text[i]`.
    Blanks vanish, except that a run of them between two Latin letters or digits becomes one space.
    """

    written: str
    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Lead a span of `text` back to the text as written; an empty span stays empty."""
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"span {start}:{end} lies outside a plain text of {len(self.text)} characters")
        if start == end:
            at = self.origins[start] if start < len(self.origins) else len(self.written)
            return at, at
        return self.origins[start], self.origins[end - 1] + 1

    def __len__(self) -> int:
        return len(self.text)


def plain(written: str) -> Plain:
    """Build the plain view of `written` in time linear in its length; short texts, which recur, are built once."""
    return _short_plain(written) if len(written) <= SHORT else _long_plain(written)


@lru_cache(maxsize=16)
def _long_plain(written: str) -> Plain:
    """Keep only a few: many rules look at one long text in a row, then never again."""
    return _build(written)


@lru_cache(maxsize=32768)
def _short_plain(written: str) -> Plain:
    return _build(written)


def _build(written: str) -> Plain:
    characters: list[str] = []
    origins: list[int] = []
    gap: int | None = None
    for at, char in enumerate(written):
        if char.isspace():
            gap = at if gap is None else gap
            continue
        folded = _fold(char)
        if not folded:
            continue
        if gap is not None and characters and _is_word(characters[-1]) and _is_word(folded):
            characters.append(" ")
            origins.append(gap)
        gap = None
        characters.append(folded)
        origins.append(at)
    return Plain(written, "".join(characters), tuple(origins))


_ENUMERATOR = re.compile(
    r"""(?:
        [(（]\s*[0-9０-９一二三四五六七八九十]{1,3}\s*[)）][、.．]?   # (1) （一）
      | [0-9０-９]{1,2}\s*(?:[、)）]|[.．](?![0-9０-９]))              # 1、 1. 1）, not 1.5
      | 第?[一二三四五六七八九十]{1,3}[、.．]                          # 一、 第一、
      | [一二三四五六七八九十]是(?=[^否])                              # 一是
      | [\u2460-\u24FF\u2776-\u2793\u3220-\u3243\u3251-\u325F\u3280-\u32BF][、.．]?
    )\s*""",
    re.VERBOSE,
)


def enumerator_length(text: str, start: int = 0) -> int:
    """Return how many characters at `start` only number a list item (`1、`, `（二）`, `①`, `一是`)."""
    found = _ENUMERATOR.match(text, start)
    return len(found[0]) if found else 0


_CLAUSE_END = re.compile(r"[。；;！!？?\n]+|[，：:]|,(?![0-9０-９]{3})|(?<![0-9０-９]),")


def clauses(text: str) -> tuple[Span, ...]:
    """Cut `text` into clauses at commas, colons, semicolons, full stops and line breaks.

    Returns the spans of the clauses as written, without list numbers, surrounding blanks or closing punctuation; a
    thousands separator does not end a clause. A clause never crosses another.
    """
    found: list[Span] = []
    start = 0
    for match in _CLAUSE_END.finditer(text):
        _add_clause(found, text, start, match.start())
        start = match.end()
    _add_clause(found, text, start, len(text))
    return tuple(found)


def _add_clause(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    start = min(end, start + enumerator_length(text, start))
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))
