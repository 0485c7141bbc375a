"""Names whose class is beyond doubt (`rules/lexicons/certain-classes.csv`): 满意度, 及时率, 验收合格率, 预算执行率 …

Only what reviewers agree on without weighing words stands in that list; everything else is for the model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from auditor.lexicon import lexicon
from auditor.text import plain

_TAIL = re.compile(r"(?:\([^()]{0,20}\)|\[[^\[\]]{0,20}\]|[%％:：,，。.;；、\s≥≤=><]|\d+(?:\.\d+)?)+$")
"""Units in brackets, signs and numbers behind a name."""


@dataclass(frozen=True)
class Certain:
    """A class that a name settles: the word that did, other classes a reviewer would accept, and what it is about.

    `topic` is `money` (how money was spent or handled), `satisfaction`, or '' for anything else.
    """

    code: str
    also: tuple[str, ...]
    word: str
    topic: str


@dataclass(frozen=True)
class _Entry:
    word: str
    beside: tuple[str, ...]
    at_end: bool
    without: tuple[str, ...]
    certain: Certain

    def matches(self, name: str, core: str) -> bool:
        found = core.endswith(self.word) if self.at_end else self.word in name
        return (
            found
            and (not self.beside or any(word in name for word in self.beside))
            and not any(word in name for word in self.without)
        )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


@cache
def _entries() -> tuple[_Entry, ...]:
    rows = lexicon("certain-classes").rows
    return tuple(
        _Entry(
            word,
            _split(row["and"]),
            row["position"] == "suffix",
            _split(row["without"]),
            Certain(row["class"], _split(row["second"]), word, row["topic"]),
        )
        for word, row in sorted(rows.items(), key=lambda item: -len(item[0]))
    )


def certain_class(name: str) -> Certain | None:
    """Return the class that a name settles beyond doubt, None where words must be weighed; the longest word decides."""
    view = plain(name).text
    core = _TAIL.sub("", view)
    return next((entry.certain for entry in _entries() if entry.matches(view, core)), None)
