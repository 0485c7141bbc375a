"""Words for people: Chinese first, English beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True)
class Wording:
    """One thing said in both languages of the project."""

    zh: str
    en: str

    def say(self, language: Language) -> str:
        """Return the words in `language`."""
        return self.zh if language == "zh" else self.en

    def fill(self, values: Mapping[str, object]) -> Wording:
        """Put `values` into the `{names}` of both languages; a missing name raises KeyError."""
        return Wording(self.zh.format_map(values), self.en.format_map(values))

    def __str__(self) -> str:
        return f"{self.zh} ({self.en})"


class AuditorError(Exception):
    """A reason why something could not be done, worded for the person who asked for it."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} ({en})")
        self.wording = Wording(zh, en)

    def __reduce__(self) -> tuple[type[AuditorError], tuple[str, str]]:
        return type(self), (self.wording.zh, self.wording.en)
