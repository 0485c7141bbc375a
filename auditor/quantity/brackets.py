"""Outermost brackets of a text, in one pass."""

from __future__ import annotations

import re

from auditor.text import Span

_BRACKET = re.compile(r"[()\[\]]")


def brackets(text: str) -> list[Span]:
    """Return the outermost bracketed spans of the plain text `text`, brackets included, in text order.

    Nesting costs nothing; a bracket that is never closed reaches to the end, a closing one without partner is passed
    over.
    """
    found: list[Span] = []
    depth = start = 0
    for match in _BRACKET.finditer(text):
        if match[0] in "([":
            if depth == 0:
                start = match.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found.append((start, match.end()))
    if depth:
        found.append((start, len(text)))
    return found
