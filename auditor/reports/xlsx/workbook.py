"""The whole workbook: `--format xlsx`."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from auditor.report import Report
from auditor.reports.xlsx.book import ROWS, Book
from auditor.reports.xlsx.facts import Facts
from auditor.reports.xlsx.findings import write_findings
from auditor.reports.xlsx.groups import write_links, write_reuse
from auditor.reports.xlsx.overview import write_overview
from auditor.reports.xlsx.projects import write_indicators, write_projects
from auditor.reports.xlsx.rest import write_gaps, write_rules
from auditor.wording import Language

if TYPE_CHECKING:
    from auditor.rule import Rule


def render(report: Report, language: Language, rules: Iterable[Rule] = (), *, rows: int = ROWS) -> bytes:
    """Return the report as an XLSX file: 总览, 项目, 指标, 问题清单, 雷同组, 勾稽, 未检查, 规则说明.

    `rules` tell what the sheet of rules says beyond their titles. A table of more than `rows` rows, its header included,
    goes on on a further sheet. Equal reports give equal bytes. Raises AuditorError where temporary files cannot be
    written.
    """
    with _collector_at_rest():
        book = Book(language, rows - 1)
        facts = Facts(report)
        write_overview(book, facts)
        write_projects(book, facts)
        write_indicators(book, facts)
        write_findings(book, facts)
        write_reuse(book, facts)
        write_links(book, facts)
        write_gaps(book, facts)
        write_rules(book, facts, {rule.id: rule for rule in rules})
        return book.close()


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the collector of cycles from walking a large report again and again: a tenth of the time, and no cycles arise."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
