"""Text that a cell hides for good: clipped on its page and not to be seen on the pages around it either.

A cell that a page break cuts is written in full on both pages, so what one page clips the other shows. What none shows
stood in a row too low or a column too narrow.
"""

from __future__ import annotations

from collections import deque

_REACH = 4
"""Pages before and after on which the rest of a cut cell is looked for."""

_SHORTEST = 2
"""Characters from which on a clipped run counts."""


class LostText:
    """Takes the pages of a file in order and tells those with text that nobody can see."""

    def __init__(self) -> None:
        self._shown: deque[str] = deque(maxlen=_REACH + 1)
        self._waiting: deque[tuple[int, list[str]]] = deque()
        self._pages: list[int] = []

    def add(self, page: int, shown: str, clipped: list[str]) -> None:
        """Take a page: all that is shown on it, without blanks, and the runs of characters clipped away."""
        self._shown.append(shown)
        for _, runs in self._waiting:
            runs[:] = [run for run in runs if run not in shown]
        while self._waiting and self._waiting[0][0] <= page - _REACH:
            self._decide(*self._waiting.popleft())
        runs = ["".join(run.split()) for run in clipped]
        missing = [run for run in runs if len(run) >= _SHORTEST and not any(run in text for text in self._shown)]
        if missing:
            self._waiting.append((page, missing))

    def finish(self) -> list[int]:
        """Return the numbers of the pages with lost text, in order."""
        while self._waiting:
            self._decide(*self._waiting.popleft())
        return self._pages

    def _decide(self, page: int, missing: list[str]) -> None:
        if missing:
            self._pages.append(page)
