"""One module a format; each is given the Report and nothing else. `render` knows them all by name."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from auditor.report import Report
from auditor.wording import Language

if TYPE_CHECKING:
    from auditor.rule import Rule

_RENDERERS = {
    "json": ("auditor.reports.json", "render"),
    "jsonl": ("auditor.reports.json", "render_lines"),
    "csv": ("auditor.reports.csv", "render"),
    "md": ("auditor.reports.markdown", "render"),
    "sarif": ("auditor.reports.sarif", "render"),
    "docx": ("auditor.reports.docx", "render"),
    "parquet": ("auditor.reports.frame", "to_parquet"),
}
BINARY = frozenset(("xlsx", "docx", "parquet"))
"""Formats whose report is bytes, not text."""


def render(report: Report, format: str, language: Language, rules: Sequence[Rule] = ()) -> str | bytes:
    """Return the report in one of the formats; the modules of the others are not loaded. Raises KeyError for an unknown one.

    `rules` are explained where the format has room for it.
    """
    if format == "xlsx":
        from auditor.reports import xlsx

        return xlsx.render(report, language, rules)
    if format == "html":
        from auditor.reports import html

        return html.render(report, html.HtmlOptions(language))
    module, function = _RENDERERS[format]
    rendered: str | bytes = getattr(import_module(module), function)(report, language)
    return rendered
