"""From the text of a target to what it says."""

from __future__ import annotations

from functools import lru_cache

from auditor.quantity import pieces
from auditor.quantity.model import Target
from auditor.quantity.reading import read_afresh

_LONGEST_REMEMBERED = 500


def read_target(text: str) -> Target:
    """Read the text of a target value.

    Never raises, whatever the text: what can't be understood stands in `leftovers`. Time is linear in the length of
    the text. All spans are 0-based half-open offsets into `text` as it was passed.
    """
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else read_afresh(text)


def _read(text: str) -> Target:
    return pieces.read(text) or read_afresh(text)


_remembered = lru_cache(maxsize=4096)(_read)


def forget() -> None:
    """Drop all that was kept of earlier readings, so that a measurement starts from nothing."""
    _remembered.cache_clear()
    pieces.forget()
