"""Which files a command is about: paths given by a person, folders walked, each file named as reports will call it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.wording import Wording

_TEMPORARY = ("~$", ".~", ".")
_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class Input:
    """One file to read. `name` is unique in the run: no two documents are called alike."""

    path: Path
    name: str


@dataclass(frozen=True)
class Missing:
    """A path that leads to no file, and what to do about it."""

    path: Path
    reason: Wording


def collect(paths: Sequence[Path]) -> tuple[list[Input], list[Missing]]:
    """Return the files below `paths` in a stable order, and the paths that lead to none.

    A file is called by its name, a file in a given folder by its path below that folder; where two would be alike,
    by as much more of the path as tells them apart. Hidden and temporary files are passed over; no file comes twice.
    """
    found: dict[Path, tuple[Path, Path]] = {}
    missing: list[Missing] = []
    for path in paths:
        if path.is_dir():
            files = list(_walk(path))
            if not files:
                missing.append(Missing(path, _EMPTY_FOLDER))
            for file in files:
                found.setdefault(_identity(file), (file, file.relative_to(path)))
        elif os.path.lexists(path):
            found.setdefault(_identity(path), (path, Path(path.name)))
        else:
            missing.append(Missing(path, _NO_FILE))
    return _named(found.values()), missing


_NO_FILE = Wording(
    "没有这个文件或文件夹；请检查路径是否写对",
    "there is no such file or folder; please check the path",
)
_EMPTY_FOLDER = Wording(
    "文件夹里没有可审核的文件；请把绩效目标表放进去，或换一个文件夹",
    "the folder holds no documents; put performance tables into it or name another folder",
)


def _walk(folder: Path) -> Iterable[Path]:
    """Yield files below a folder in sorted order; links to folders are not followed, so loops end."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent) / name for name in sorted(files) if not is_passed_over(name))


def is_passed_over(name: str) -> bool:
    """Tell hidden, temporary and system files by their name."""
    return name.startswith(_TEMPORARY) or name.lower() in _SYSTEM


def _identity(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a loop of links: reading it will say so
        return path.absolute()


def _named(found: Iterable[tuple[Path, Path]]) -> list[Input]:
    """Give every file a name of its own, in the order found."""
    files = [(path, short.as_posix()) for path, short in found]
    alike: dict[str, list[Path]] = {}
    for path, short in files:
        alike.setdefault(short, []).append(path)
    taken: set[str] = set()
    inputs = []
    for path, short in files:
        name = short if len(alike[short]) == 1 else _longer(path, short, alike[short])
        while name in taken:
            name = f"{path.absolute().parent.name}/{name}"
        taken.add(name)
        inputs.append(Input(path, name))
    return inputs


def _longer(path: Path, short: str, alike: Sequence[Path]) -> str:
    """Return as many last parts of the path as tell it from the others that share its short name."""
    parts = path.absolute().parts
    others = [other.absolute().parts for other in alike if other != path]
    for length in range(len(Path(short).parts), len(parts) + 1):
        if not any(other[-length:] == parts[-length:] for other in others):
            return "/".join(parts[-length:]).lstrip("/")
    return path.as_posix().lstrip("/")
