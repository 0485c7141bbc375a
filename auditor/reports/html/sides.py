"""Two texts side by side: what they share and where they differ."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from rapidfuzz.distance import Levenshtein

from auditor.reports.html.inert import safe
from auditor.text import Span

MOST = 4000
"""Characters up to which two texts are compared letter by letter; the table behind it grows with the square."""

_LEAST_SHARED = 2
"""A single letter between two differences is chance, not something shared."""


@dataclass(frozen=True)
class Sides:
    """Both texts as markup and the share (0–100) of the longer one that the other has too; None: too long to compare."""

    own: Markup
    twin: Markup
    shared: int | None


def sides(own: str, twin: str) -> Sides:
    """Compare two texts: shared stretches become `<u>`, the others `<ins>`."""
    if max(len(own), len(twin)) > MOST:
        return Sides(safe(own), safe(twin), 100 if own == twin else None)
    shared = shared_spans(own, twin)
    length = sum(end - start for (start, end), _ in shared)
    longest = max(len(own), len(twin))
    return Sides(
        _drawn(own, [first for first, _ in shared]),
        _drawn(twin, [second for _, second in shared]),
        100 * length // longest if longest else 100,
    )


def shared_spans(own: str, twin: str) -> list[tuple[Span, Span]]:
    """Return the stretches of at least two characters that both texts have in the same order, as spans of each."""
    found = []
    for part in Levenshtein.opcodes(own, twin):
        longest = max(len(own), len(twin))
        if part.tag == "equal" and (
            part.src_end - part.src_start >= _LEAST_SHARED or longest < 2 * _LEAST_SHARED or own == twin
        ):
            found.append(((part.src_start, part.src_end), (part.dest_start, part.dest_end)))
    return found


def _drawn(text: str, shared: list[Span]) -> Markup:
    pieces = []
    last = 0
    for start, end in shared:
        if start > last:
            pieces.append(Markup("<ins>{}</ins>").format(safe(text[last:start])))
        pieces.append(Markup("<u>{}</u>").format(safe(text[start:end])))
        last = end
    if last < len(text):
        pieces.append(Markup("<ins>{}</ins>").format(safe(text[last:])))
    return Markup("").join(pieces)
