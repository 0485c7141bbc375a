"""The HTML report of a large batch: written in how long and with how much memory, opened and filtered in how long.

Run: python -m tests.benchmarks.html_report [PROJECTS] [FINDINGS]
The report is made of the audit of the bundled samples: their documents are repeated under other names until there are PROJECTS
projects (2,000), their findings until there are FINDINGS (20,000). Prints seconds, peak memory and size of the page; in
headless Chromium the first content, when the page answers, and the longest of several filter answers, each measured inside
the page up to the finished layout. A second page of 500 projects as audited is weighed. Aims: 20 s and 1 GiB (together with
XLSX), first content in 1 s, interactive in 2 s, a filter answer in 100 ms, 500 projects in 3 MB.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from auditor.audit import Auditor
from auditor.document import Document
from auditor.finding import Finding, Member
from auditor.readers import read
from auditor.report import Report
from auditor.reports.html import HtmlOptions, render

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples" / "documents"
MEASURES = """
const done = arguments[arguments.length - 1];
const find = (id) => document.getElementById(id);
const answer = (id, value, kind) => {
  const start = performance.now();
  find(id).value = value;
  find(id).dispatchEvent(new Event(kind));
  document.body.getBoundingClientRect();
  return performance.now() - start;
};
const measure = () => {
  if (!("ready" in document.documentElement.dataset)) return setTimeout(measure, 20);
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const loaded = performance.getEntriesByType("navigation")[0].domInteractive;
  const rules = [...find("rule").options].map((option) => option.value).filter(Boolean).slice(0, 5);
  const answers = [
    ...rules.map((rule) => answer("rule", rule, "change")), answer("rule", "", "change"),
    ...["学", "学校", "学校 合格率", ""].map((words) => answer("search", words, "input")),
    answer("severity", "e", "change"), answer("severity", "", "change"),
    answer("grade", "0", "change"), answer("grade", "", "change"),
  ];
  const sorted = answer("sort", "name", "change");
  done({ paint: paint ? paint.startTime : null, loaded, answer: Math.max(...answers), sorted });
};
measure();
"""


def sample_report() -> Report:
    """Audit the bundled samples."""
    return Auditor().report([read(path) for path in sorted(SAMPLES.glob("*.txt"))])


def multiplied(report: Report, projects: int, findings: int | None = None) -> Report:
    """Repeat documents under other names up to `projects`, and findings inside them up to `findings` (None: as audited)."""
    documents: list[Document] = []
    copies: list[int] = []
    left = projects
    for number, at in enumerate(cycle(range(len(report.documents)))):
        if left <= 0:
            break
        document = report.documents[at]
        kept = document.projects[:left]
        documents.append(replace(document, name=f"{number:04}-{document.name}", projects=kept))
        copies.append(at)
        left -= len(kept)
    names = {document.name: report.documents[at].name for document, at in zip(documents, copies, strict=True)}
    found = list(_findings(report, documents, names))
    if findings is not None:
        found = [
            replace(one, fingerprint=f"{one.fingerprint}-{number}", message=one.message if number < len(found) else _other(one, number))
            for number, one in enumerate(islice(cycle(found), findings))
        ]  # fmt: skip
    rows = {document.name: len(document.projects) for document in documents}
    groups = tuple(
        replace(group, members=tuple(Member(f"{name[:5]}{member.document}", member.row) for member in group.members))
        for name in rows
        for group in report.reuse
        if all(name.endswith(member.document) and member.row <= rows[name] for member in group.members)
    )
    return replace(
        report,
        documents=tuple(documents),
        profiles=tuple(report.profiles[at] for at in copies),
        scores=tuple(report.scores[at][: rows[one.name]] for one, at in zip(documents, copies, strict=True)),
        reviews=tuple(report.reviews[at][: rows[one.name]] for one, at in zip(documents, copies, strict=True)),
        relevance=tuple(report.relevance[at][: rows[one.name]] for one, at in zip(documents, copies, strict=True))
        if report.relevance
        else (),
        findings=tuple(found),
        reuse=groups,
    )


def _findings(report: Report, documents: list[Document], names: dict[str, str]) -> Iterator[Finding]:
    for document in documents:
        for finding in report.findings:
            if finding.document != names[document.name] or (finding.row or 0) > len(document.projects):
                continue
            prefix = document.name[:5]
            evidence = tuple(
                replace(one, place=replace(one.place, file=prefix + one.place.file)) for one in finding.evidence
            )
            place = replace(finding.place, file=document.name)
            yield replace(finding, document=document.name, place=place, evidence=evidence)


def _other(finding: Finding, number: int) -> Any:
    """Word a repeated finding differently, so that the list does not gather it with the first."""
    message = finding.message
    return replace(message, zh=f"{message.zh}（{number}）", en=f"{message.en} ({number})")


def opened(path: Path) -> dict[str, float]:
    """Open the page in headless Chromium and measure it from inside, in milliseconds; {} where there is no browser."""
    from tests.reports.browser import browser

    with browser() as driver:
        if driver is None:
            return {}
        driver.set_script_timeout(60)
        driver.get(path.as_uri())
        found: dict[str, float] = driver.execute_async_script(MEASURES)
        return found


def main() -> None:
    projects = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    findings = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    base = sample_report()
    large = multiplied(base, projects, findings)
    render(base, HtmlOptions())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, worked = time.perf_counter(), time.process_time()
    page = render(large, HtmlOptions())
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{projects} projects, {len(large.findings)} findings: {seconds:.1f} s ({worked:.1f} s of work), {len(page.encode()) / 1e6:.1f} MB,"
    )
    print(f"  peak memory of the process {peak / 1024:.0f} MiB, of it {(peak - before) / 1024:.0f} MiB for the page")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.html"
        path.write_text(page, encoding="utf-8")
        figures = opened(path)
    if not figures:
        print("  no browser here: chromium and chromium-driver open the page")
    else:
        print(
            f"  first content {figures['paint'] or 0:.0f} ms (aim 1000), interactive {figures['loaded']:.0f} ms (aim 2000),"
            f" longest filter answer {figures['answer']:.0f} ms (aim 100), sorting {figures['sorted']:.0f} ms"
        )
    small = multiplied(base, 500)
    size = len(render(small, HtmlOptions()).encode())
    print(f"500 projects, {len(small.findings)} findings as audited: {size / 1e6:.2f} MB (aim 3)")


if __name__ == "__main__":
    main()
