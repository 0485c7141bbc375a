"""The whole document: `--format docx`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from auditor.bundled import resource
from auditor.report import Report
from auditor.reports.docx.letter import Office, letter, offices
from auditor.reports.docx.review import review_tables
from auditor.reports.docx.template import fill
from auditor.wording import AuditorError, Language, Wording

Contents = Literal["all", "letters", "tables"]


def departments(report: Report) -> tuple[str, ...]:
    """Return the departments that a letter or a review table goes to, in the order of the documents."""
    return tuple(office.name for office in offices(report))


def render(
    report: Report,
    language: Language,
    *,
    template: Path | None = None,
    contents: Contents = "all",
    department: str | None = None,
) -> bytes:
    """Return the report as a DOCX file: a letter for each department that has something to change, then the review table
    of every project.

    `template` replaces the one in `rules/templates/`; `contents` leaves letters or tables out; `department` keeps one
    department only (a name from `departments`). Equal reports give equal bytes. Raises AuditorError for a template that
    cannot be read or filled in, and for an unknown department.
    """
    found = offices(report)
    if department is not None:
        found = tuple(office for office in found if office.name == department)
        if not found:
            raise AuditorError(f"报告中没有“{department}”这个部门", f"the report has no department “{department}”")
    path = template or resource(f"rules/templates/report.{language}.docx")
    return fill(path, _values(report, found, language, contents))


_LEAD = Wording("（由审核人填写）", "(for the reviewer to fill in)")


def _values(report: Report, found: tuple[Office, ...], language: Language, contents: Contents) -> dict[str, Any]:
    """Return what the template may show; rules/templates/README.md lists it."""
    with_letters, with_tables = contents in ("all", "letters"), contents in ("all", "tables")
    letters = [one for office in found if (one := letter(office, language))] if with_letters else []
    tables = review_tables(report, found, language) if with_tables else []
    return {
        "letters": letters,
        "tables": tables,
        "nothing": not letters and not tables,
        "nothing_to_return": with_letters and not letters,
        "fill_in": _LEAD.say(language),
        "version": report.provenance.version,
    }
