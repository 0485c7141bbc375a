"""Plain text files: lines, with runs of tab-separated lines kept as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from auditor.document import Place
from auditor.readers.content import Cell, Content, Line, Table


def read_text(text: str, name: str) -> Content:
    """Cut a decoded text into lines and tables; form feeds count as line breaks, lines are numbered from 1."""
    place = Place(file=name)
    lines = [Line(part, replace(place, line=number)) for number, part in enumerate(_lines(text), start=1)]
    return Content(name, tuple(_blocks(lines)))


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")


def _blocks(lines: Iterable[Line]) -> Iterator[Line | Table]:
    """Yield lines as they are, and each run of lines with tabs as one table; single-tab lines are ordinary text."""
    run: list[Line] = []
    for line in lines:
        if "\t" in line.text:
            run.append(line)
            continue
        if run and not _is_table(run):
            yield from run
        elif run:
            if line.text.strip():
                run.append(line)
                continue
            yield _table(run)
        run = []
        yield line
    if run:
        if _is_table(run):
            yield _table(run)
        else:
            yield from run


def _is_table(run: list[Line]) -> bool:
    return len(run) > 1 and any(line.text.count("\t") > 1 for line in run)


def _table(run: list[Line]) -> Table:
    width = max(line.text.count("\t") for line in run) + 1
    rows = []
    for line in run:
        parts = line.text.split("\t")
        rows.append(tuple(Cell(part, line.place) for part in parts + [""] * (width - len(parts))))
    return Table(tuple(rows), run[0].place)
