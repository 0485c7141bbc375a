"""What a text says of its own: what is left once the words that suit any project are off (`lexicons/generic-words` and `hollow-words`)."""

from __future__ import annotations

import re
from functools import lru_cache

from auditor.lexicon import lexicon
from auditor.text import Span, plain

_PARTICLES = re.compile(
    r"[的地得了和与及或等并且而以其该本各对为由将被把在从向于至使让用按所有是否不无已未全部均都一]|[^\u4e00-\u9fff]+"
)
_MEASURES = re.compile(r"(?:率|度|数|量|额|值|性|力|面|人|项|次|家|个|年|期|时|间)+$")


def _words(view: str) -> list[Span]:
    """Return the spans of generic and hollow words, those that begin first and reach furthest."""
    shown = plain(view)
    spans = sorted(
        (span for name in ("generic-words", "hollow-words") for span in lexicon(name).find(shown)),
        key=lambda span: (span[0], -span[1]),
    )
    kept: list[Span] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


@lru_cache(maxsize=65536)
def own_words(text: str) -> str:
    """Return the Chinese characters of `text` that no generic word, particle or closing measure word accounts for.

    `项目完成及时率` has none; `困境儿童走访次数` leaves 困境儿童走访 or part of it.
    """
    view = plain(text).text
    kept, at = [], 0
    for start, end in _words(view):
        kept.append(view[at:start])
        at = end
    kept.append(view[at:])
    parts = [_MEASURES.sub("", _PARTICLES.sub("", part)) for part in kept]
    return "".join(part for part in parts if len(part) > 1)
