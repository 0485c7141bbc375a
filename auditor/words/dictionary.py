"""jieba and its dictionary, quietly. Nothing else of the project imports jieba."""

from __future__ import annotations

import hashlib
import os
import tempfile
import warnings
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType


@lru_cache(maxsize=1)
def jieba_module() -> ModuleType:
    """Import jieba without its warnings and without its messages on standard error."""
    import logging

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    return jieba  # type: ignore[no-any-return, unused-ignore]


def tokenizer() -> Any:
    """Return a tokenizer of our own, so that words added to jieba's elsewhere in the process are not in it."""
    jieba = jieba_module()
    own = jieba.Tokenizer()
    dictionary = Path(str(jieba.__file__)).with_name(jieba.DEFAULT_DICT_NAME)
    digest = hashlib.sha256(dictionary.read_bytes()).hexdigest()[:16]
    own.tmp_dir = str(_cache_folder())
    own.cache_file = f"words-{digest}.cache"
    own.initialize()
    return own


@lru_cache(maxsize=200_000)
def unknown_words(singles: str) -> tuple[str, ...]:
    """Return the words that jieba's hidden Markov model sees in single characters in a row."""
    return tuple(jieba_module().finalseg.cut(singles))


def _cache_folder() -> Path:
    """Return a folder of this user's where the read dictionary may lie; where none can be made, it is read each time."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    folder = home / "indicator-auditor"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return Path(tempfile.gettempdir())
    return folder
