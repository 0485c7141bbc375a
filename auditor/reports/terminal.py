"""Printing to a terminal or a text file: width, colour, and Chinese that wraps anywhere instead of at blanks."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console, RenderableType

from auditor.wording import Language

PLAIN_WIDTH = 110
"""Columns of text that goes to a file or a pipe."""

_UNBREAKABLE = "\ue000"
"""Stands for a blank while lines are wrapped: a private character that counts one column and is no white space."""


@dataclass(frozen=True)
class Screen:
    """What the text is printed on: language, columns (None: a file or pipe), colour."""

    language: Language = "zh"
    width: int | None = None
    color: bool = False

    def either(self, zh: str, en: str) -> str:
        """Return the words in this screen's language."""
        return zh if self.language == "zh" else en

    def flow(self, text: str) -> str:
        """Prepare words for wrapping: a Chinese line may break after any character, not only at its few blanks."""
        return text.replace(" ", _UNBREAKABLE) if self.language == "zh" else text

    def show(self, parts: Iterable[RenderableType]) -> str:
        """Render the parts one below another, without blanks at line ends."""
        out = io.StringIO()
        console = Console(
            file=out,
            force_terminal=self.color,
            no_color=not self.color,
            width=self.width or PLAIN_WIDTH,
            highlight=False,
            legacy_windows=False,
        )
        for part in parts:
            console.print(part)
        lines = out.getvalue().replace(_UNBREAKABLE, " ").split("\n")
        return "\n".join(line.rstrip() for line in lines)


def short(quote: str, length: int) -> str:
    """Return the quote in one line, cut to `length` characters."""
    flat = " ".join(quote.split())
    return flat if len(flat) <= length else flat[:length] + "…"
