"""Character n-grams of many short texts at once, in numpy.

A text is folded (widths, digits to one `0`, blanks and list marks away), framed by boundary marks and cut into n-grams;
each n-gram is told by a 32-bit key. Everything works on one flat array, so that the cost of a text is that of its
characters, not that of a Python loop.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from auditor.text import plain

LONGEST_GRAM = 4
LONGEST_TEXT = 240
"""Of a longer text only the beginning and the end are read; the end holds the head word of a name."""
_TAIL = 80

MARK = "|"
"""Stands before the first and behind the last character of a text; a bar in the text itself becomes a comma."""

_MARK, _DIGIT, _COMMA, _DASH, _POINT = (ord(char) for char in "|0,-.")
_BEYOND = 0xFFFD
_DROPPED = " \t\r\n\v\f\u3000\u00a0*＊\"'“”‘’`·#＃_"
_COMMAS = "、，,;；。|｜"
_PRIME = np.uint32(0x01000193)

Codes = NDArray[np.uint16]
Keys = NDArray[np.uint32]
Positions = NDArray[np.int32]


class Flat(NamedTuple):
    """Texts folded and laid end to end: `|first|second|third|`.

    `codes` (m,) are the folded characters with a mark before each text and one at the end, `owner` (m,) the number of
    the text a character belongs to (a mark: that of the text it opens), `origin` (m,) the offset of each character in
    the joined texts, which are one separator apart.
    """

    codes: Codes
    owner: Positions
    origin: Positions


@cache
def _fold_table() -> Codes:
    """Return the folded code of every character of the basic plane; 0 drops it."""
    table = np.arange(0x10000, dtype=np.uint16)
    table[0xFF01:0xFF5F] = np.arange(0x21, 0x7F)
    table[ord("A") : ord("Z") + 1] += 32
    table[0xFF21:0xFF3B] = np.arange(ord("a"), ord("z") + 1)
    for char in "≧⩾≽≦⩽≼﹥›﹤‹–—―−～〜∼﹪〔［【〕］】﹐﹔﹕︰｡､":
        table[ord(char)] = ord(plain(char).text)
    for digits in (0x30, 0xFF10):
        table[digits : digits + 10] = _DIGIT
    for char in _COMMAS:
        table[ord(char)] = _COMMA
    table[0xD800:0xE000] = _BEYOND
    table[:0x20] = 0
    table[[ord(char) for char in _DROPPED]] = 0
    table[[0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF]] = 0
    return table


def shortened(text: str) -> str:
    """Return the part of a text that is read: all of it up to LONGEST_TEXT characters."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - _TAIL] + text[-_TAIL:]


def fold(texts: Sequence[str]) -> Flat:
    """Fold texts and lay them end to end. Never raises, whatever the characters."""
    lengths = np.fromiter(map(len, texts), np.int32, len(texts))
    if len(texts) and int(lengths.max()) > LONGEST_TEXT:
        texts = [shortened(text) for text in texts]
        lengths = np.fromiter(map(len, texts), np.int32, len(texts))
    joined = "\n".join(["", *texts, ""]).encode("utf-32-le", "surrogatepass")
    codes = _fold_table()[np.minimum(np.frombuffer(joined, np.uint32), _BEYOND)]
    marks = np.zeros(len(texts) + 1, np.int32)
    np.cumsum(lengths + 1, out=marks[1:])
    codes[marks] = _MARK
    origin = np.flatnonzero(codes).astype(np.int32)
    codes = codes[origin]
    for clean in (_join_digits, _without_codes, _without_edges):
        keep = clean(codes)
        codes, origin = codes[keep], origin[keep]
    owner = np.cumsum(codes == _MARK, dtype=np.int32) - 1
    return Flat(codes, owner, origin)


def _join_digits(codes: Codes) -> NDArray[np.bool_]:
    """Make one digit of a number, with its thousands separators and decimal point."""
    digit = codes == _DIGIT
    inside = (codes[1:-1] == _COMMA) | (codes[1:-1] == _POINT)
    digit[1:-1] |= inside & digit[:-2] & digit[2:]
    keep = np.ones(len(codes), np.bool_)
    keep[1:] = ~(digit[1:] & digit[:-1])
    return keep


def _without_codes(codes: Codes) -> NDArray[np.bool_]:
    """Take off a library code or list number (`111043218-`, `2、`) that opens a text and is followed by words."""
    keep = np.ones(len(codes), np.bool_)
    if len(codes) > 3:
        opens = (codes[:-3] == _MARK) & (codes[1:-2] == _DIGIT) & (codes[3:] > 0x2FFF)
        opens &= (codes[2:-1] == _DASH) | (codes[2:-1] == _COMMA) | (codes[2:-1] == _POINT)
        at = np.flatnonzero(opens)
        keep[at + 1] = keep[at + 2] = False
    return keep


def _without_edges(codes: Codes) -> NDArray[np.bool_]:
    """Take off a comma at either end of a text."""
    comma, mark = codes == _COMMA, codes == _MARK
    keep = np.ones(len(codes), np.bool_)
    keep[1:] &= ~(comma[1:] & mark[:-1])
    keep[:-1] &= ~(comma[:-1] & mark[1:])
    return keep


def keys(codes: Codes, longest: int = LONGEST_GRAM) -> list[tuple[Keys, Positions]]:
    """Return for each length from 1 to `longest` the keys of the n-grams and the positions where they begin.

    A mark stands at the beginning or the end of an n-gram, never inside it and never alone.
    """
    wide = codes.astype(np.uint32) + np.uint32(1)
    mark = codes == _MARK
    found = []
    hashed, starts = wide, np.ones(len(codes), np.bool_)
    for length in range(1, longest + 1):
        if length > 1:
            hashed = hashed[:-1] * _PRIME + wide[length - 1 :]
            starts = starts[:-1] & (~mark[length - 2 : -1] if length > 2 else True)
        valid = np.flatnonzero(starts & ~mark[: len(starts)] if length == 1 else starts)
        found.append((_mixed(hashed[valid], length), valid.astype(np.int32)))
    return found


def _mixed(hashed: Keys, length: int) -> Keys:
    """Spread the bits, so that the upper ones can number a slot."""
    mixed = hashed + np.uint32(length)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x2C1B3C6D)
    mixed ^= mixed >> np.uint32(13)
    return mixed


def gram_keys(grams: Sequence[str]) -> Keys:
    """Return the key of each n-gram written out, its characters already folded."""
    made = np.zeros(len(grams), np.uint32)
    lengths = np.fromiter(map(len, grams), np.int32, len(grams))
    for length in range(1, LONGEST_GRAM + 1):
        of_length = np.flatnonzero(lengths == length)
        text = "".join([grams[at] for at in of_length.tolist()]).encode("utf-32-le", "surrogatepass")
        wide = np.frombuffer(text, np.uint32).reshape(-1, length) + np.uint32(1)
        hashed = wide[:, 0]
        for column in range(1, length):
            hashed = hashed * _PRIME + wide[:, column]
        made[of_length] = _mixed(hashed, length)
    return made


def written(flat: Flat) -> list[str]:
    """Return each folded text with its marks, as `|text|`."""
    marks = np.flatnonzero(flat.codes == _MARK)
    whole = flat.codes.astype("<u2").tobytes().decode("utf-16-le", "replace")
    return [whole[start : end + 1] for start, end in pairwise(marks.tolist())]


SLOT_BITS = 20


def slots(found: Keys, bits: int = SLOT_BITS) -> Keys:
    """Return the slot of each key in a table of two to the power of `bits`."""
    return found >> np.uint32(32 - bits)


class Index:
    """Finds the n-grams of a vocabulary in texts.

    `rows` leads from a slot to a row of `keys` (v + 1,); row 0 is no n-gram. Of two n-grams in one slot the first stays.
    """

    def __init__(self, texts: Sequence[str], bits: int = SLOT_BITS) -> None:
        self.bits = bits
        self.longest = max(map(len, texts), default=1)
        self.keys = np.zeros(len(texts) + 1, np.uint32)
        self.keys[1:] = gram_keys(texts)
        self.rows = np.zeros(1 << bits, np.uint16)
        self.rows[slots(self.keys[:0:-1], bits)] = np.arange(len(texts), 0, -1, dtype=np.uint16)

    def found(self, flat: Flat) -> tuple[list[int], NDArray[np.uint16], Positions]:
        """Return how many n-grams of each length stand in the texts, and row and position of each."""
        lengths, rows, positions = [], [], []
        for found, starts in keys(flat.codes, self.longest):
            row = self.rows.take(slots(found, self.bits))
            hit = np.flatnonzero(self.keys.take(row) == found)
            rows.append(row.take(hit))
            positions.append(starts.take(hit))
            lengths.append(len(hit))
        return lengths, np.concatenate(rows), np.concatenate(positions)
