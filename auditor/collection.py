"""Pausing Python's collector of reference cycles while very many small objects without cycles come into being."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Keep the collector out for a while: walking hundreds of thousands of new objects in vain doubles their cost.

    Freezing and thawing at once puts them among the old objects, so that it does not walk through them right after.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count() == 0:
            gc.freeze()
            gc.unfreeze()
        if enabled:
            gc.enable()
