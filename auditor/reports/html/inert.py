"""Text of strangers made harmless to show: nothing unseen, nothing that turns the reading direction, nothing that runs."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but tab and line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the reading direction
    "\u2028\u2029\ufff9-\ufffb\U000e0000-\U000e007f"  # separators, annotations and tags that nobody sees
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # halves of characters and non-characters: no file may hold them
)
_PICTURES = 0x2400
"""Unicode's pictures of the 32 controls begin here, in their order."""


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(_PICTURES + code)
    if 0xD800 <= code <= 0xDFFF or 0xFDD0 <= code <= 0xFDEF or code in (0xFFFE, 0xFFFF):
        return "\ufffd"
    return f"⟦U+{code:04X}⟧"


def inert(text: str) -> str:
    """Return `text` with every control and direction mark replaced by something to be seen; ordinary text unchanged."""
    return _ODD.sub(_shown, text) if _ODD.search(text) else text


def safe(text: str) -> Markup:
    """Return `text` as markup that shows it, and does nothing else."""
    return escape(inert(text))


def finalized(value: object) -> object:
    """Make what a template prints inert; markup that was built from safe pieces passes."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup):
        return inert(value)
    return value
