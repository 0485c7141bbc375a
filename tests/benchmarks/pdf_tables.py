"""Speed and memory of the PDF reader against pdfplumber on the same ruled project table, in one run.

Run: python -m tests.benchmarks.pdf_tables [--pages 200] [--long 2000]
Each reader works in a process of its own, so that peak memory (VmHWM) is its own; both read the same file, alternately,
and both have to find every cell. Times are processor time of the one thread that each uses, imports included, so that
other work on the machine does not count. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.readers.make_pdf import LANDSCAPE, Style, lay_out_pages, write_pdf
from tests.readers.source_tables import project_table


def make_file(path: Path, pages: int) -> tuple[int, list[list[str | None]]]:
    """A ruled table of about `pages` pages, rows kept whole, header repeated; returns the exact number and the table."""
    style = Style(page=LANDSCAPE, split_rows=False, repeat_header=True)
    source = project_table(int(pages * 2.2), titles=False)
    sheets = lay_out_pages(source, style)
    write_pdf(sheets, path)
    return len(sheets), source.expected()


def own_reader(path: Path) -> list[list[str | None]]:
    from auditor.readers.content import Table
    from auditor.readers.limits import Limits
    from auditor.readers.pages.pdf import read_pdf

    content = read_pdf(path, path.name, Limits())
    tables = [block for block in content.blocks if isinstance(block, Table)]
    return [[cell.text if cell else None for cell in row] for table in tables for row in table.rows]


def peer(path: Path) -> list[list[str | None]]:
    import pdfplumber

    rows: list[list[str | None]] = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            for table in page.extract_tables():
                rows += table[1:] if rows else table
            page.close()
    return rows


def _measured(reader: str, path: Path, answer: object) -> None:
    start = time.process_time()
    rows = {"own": own_reader, "peer": peer}[reader](path)
    seconds = time.process_time() - start
    status = Path("/proc/self/status").read_text()
    peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]
    answer.put((seconds, peak, [[_squeezed(cell) for cell in row] for row in rows]))  # type: ignore[attr-defined]


def _squeezed(cell: str | None) -> str:
    """pdfplumber keeps every line break, so both are compared without blanks."""
    return "".join((cell or "").split())


def measure(reader: str, path: Path) -> tuple[float, float, list[list[str]]]:
    spawn = multiprocessing.get_context("spawn")
    answer = spawn.Queue()
    process = spawn.Process(target=_measured, args=(reader, path, answer))
    process.start()
    found = answer.get()
    process.join()
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--long", type=int, default=0, help="also read a file of so many pages, memory only")
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.pdf"
        pages, expected = make_file(path, options.pages)
        wanted = [[_squeezed(cell) for cell in row] for row in expected]
        best: dict[str, tuple[float, float]] = {}
        right: dict[str, float] = {}
        for _ in range(options.rounds):
            for reader in ("own", "peer"):
                seconds, peak, rows = measure(reader, path)
                best[reader] = min(best.get(reader, (1e9, 1e9)), (seconds, peak))
                right[reader] = share(rows, wanted)
        report = {
            "pages": pages,
            "rows": len(wanted),
            "cells_right": right,
            "pages_per_second": {reader: round(pages / best[reader][0], 1) for reader in best},
            "times_as_fast": round(best["peer"][0] / best["own"][0], 1),
            "peak_mib": {reader: round(best[reader][1]) for reader in best},
        }
        if options.long:
            pages, _ = make_file(path, options.long)
            seconds, peak, _ = measure("own", path)
            report["long"] = {"pages": pages, "seconds": round(seconds, 1), "peak_mib": round(peak)}
    print(json.dumps(report, ensure_ascii=False, indent=1))


def share(rows: list[list[str]], wanted: list[list[str]]) -> float:
    """Share of cells that are exactly right, blanks aside."""
    cells = [(one, two) for row, other in zip(rows, wanted, strict=False) for one, two in zip(row, other, strict=False)]
    return round(sum(one == two for one, two in cells) / sum(len(row) for row in wanted), 4)


if __name__ == "__main__":
    main()
