"""One module a format; each is given the Report and nothing else. `render` knows them all by name."""

from __future__ import annotations

from importlib import import_module

from auditor.finding import Report
from auditor.wording import Language

_RENDERERS = {
    "json": ("auditor.reports.json", "render"),
    "jsonl": ("auditor.reports.json", "render_lines"),
    "csv": ("auditor.reports.csv", "render"),
    "md": ("auditor.reports.markdown", "render"),
    "sarif": ("auditor.reports.sarif", "render"),
    "xlsx": ("auditor.reports.xlsx", "render"),
    "docx": ("auditor.reports.docx", "render"),
    "parquet": ("auditor.reports.frame", "to_parquet"),
}
BINARY = frozenset(("xlsx", "docx", "parquet"))
"""Formats whose report is bytes, not text."""


def render(report: Report, format: str, language: Language) -> str | bytes:
    """Return the report in one of the formats; the module of the others is not loaded. Raises KeyError for an unknown one."""
    if format == "html":
        from auditor.reports import html

        return html.render(report, html.HtmlOptions(language))
    module, function = _RENDERERS[format]
    rendered: str | bytes = getattr(import_module(module), function)(report, language)
    return rendered
