"""XLSX report: seconds and peak memory for 2,000 projects with 20,000 findings, against openpyxl's write-only mode.

Run: python -m tests.benchmarks.xlsx_report [PROJECTS [FINDINGS]]
The report is that of the bundled samples, repeated under new file names and thinned or repeated to the number of findings
asked for. The peer writes the cells of 问题清单 alone, without styles, links, heights or the other seven sheets; each
side runs in a process of its own, so that peaks do not mix. The aim is 20 seconds and 1 GiB together with HTML.
"""

from __future__ import annotations

import io
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from auditor.audit import Auditor
from auditor.finding import Evidence, Finding, Member, ReuseGroup
from auditor.readers import read
from auditor.report import Report

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples" / "documents"
AIM_SECONDS, AIM_MIB = 20.0, 1024.0


def many(projects: int, findings: int) -> Report:
    """Repeat the report of the bundled samples until it has so many projects and findings."""
    one = Auditor().report([read(path) for path in sorted(SAMPLES.glob("*.txt"))])
    each = sum(len(document.projects) for document in one.documents)
    times = -(-projects // each)
    names = [{document.name: f"{at:04d}-{document.name}" for document in one.documents} for at in range(times)]
    documents = tuple(
        replace(document, name=name[document.name], place=replace(document.place, file=name[document.name]))
        for name in names
        for document in one.documents
    )
    pool = islice(cycle((at, found) for at in range(times) for found in one.findings), findings)
    renamed = tuple(_renamed(found, names[at], number) for number, (at, found) in enumerate(pool))
    return replace(
        one,
        documents=documents,
        profiles=one.profiles * times,
        findings=renamed,
        reuse=tuple(_group(group, name) for name in names for group in one.reuse),
        exempt=frozenset(Member(name[member.document], member.row) for name in names for member in one.exempt),
        scores=one.scores * times,
        reviews=one.reviews * times,
        relevance=one.relevance * times,
    )


def _renamed(found: Finding, name: dict[str, str], number: int) -> Finding:
    place = replace(found.place, file=name[found.document])
    evidence = tuple(_evidence(piece, name) for piece in found.evidence)
    return replace(found, document=name[found.document], place=place, evidence=evidence, fingerprint=f"{number:016x}")


def _evidence(piece: Evidence, name: dict[str, str]) -> Evidence:
    return replace(piece, place=replace(piece.place, file=name.get(piece.place.file, piece.place.file)))


def _group(group: ReuseGroup, name: dict[str, str]) -> ReuseGroup:
    return replace(group, members=tuple(Member(name[one.document], one.row) for one in group.members))


def by_auditor(report: Report) -> int:
    """Write the whole workbook; return its size in bytes."""
    from auditor.reports.xlsx import render

    return len(render(report, "zh"))


def by_openpyxl(report: Report) -> int:
    """Write the texts of the findings alone; return the file's size in bytes."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("问题清单")
    for found in report.findings:
        said = (found.message.zh, found.suggestion.zh, "\n".join(piece.quote for piece in found.evidence))
        sheet.append(
            (found.severity, found.rule, found.name, found.document, found.row, found.project, found.indicator,
             str(found.place.line), found.quote, *said, found.principle, found.confidence, "", "", found.fingerprint)
        )  # fmt: skip
    out = io.BytesIO()
    book.save(out)
    return len(out.getvalue())


def _run(write: Callable[[Report], int], projects: int, findings: int, results: Any) -> None:
    report = many(projects, findings)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, worked = time.perf_counter(), time.process_time()
    size = write(report)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    shown = sum(len(document.projects) for document in report.documents), len(report.findings)
    results.put((seconds, worked, before, peak, size, shown))


def measure(
    write: Callable[[Report], int], projects: int, findings: int
) -> tuple[float, float, float, float, int, Any]:
    """Run one side in a fresh process: seconds, seconds of processor, MiB before and at the peak, bytes, projects and findings."""
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    process = context.Process(target=_run, args=(write, projects, findings, results))
    process.start()
    found: tuple[float, float, float, float, int, Any] = results.get()
    process.join()
    return found


def main() -> None:
    projects, findings = ([int(one) for one in sys.argv[1:]] + [2_000, 20_000][len(sys.argv) - 1 :])[:2]
    seconds, worked, before, peak, size, shown = measure(by_auditor, projects, findings)
    theirs, their_work, _, their_peak, their_size, _ = measure(by_openpyxl, projects, findings)
    print(f"{shown[0]} projects, {shown[1]} findings")
    print(
        f"auditor, all sheets: {seconds:.1f} s, {worked:.1f} s of processor (aim {AIM_SECONDS:.0f} with HTML), peak {peak:.0f} MiB (aim {AIM_MIB:.0f}),"
        f" of which the audit itself {before:.0f} MiB; {size / 2**20:.1f} MiB file"
    )
    print(
        f"openpyxl, findings only: {theirs:.1f} s, {their_work:.1f} s of processor, peak {their_peak:.0f} MiB; {their_size / 2**20:.1f} MiB file"
    )
    print(f"auditor takes {worked / their_work:.1f} times the processor time")


if __name__ == "__main__":
    main()
