"""The report as one self-contained page: `render(report, HtmlOptions(language))`."""

from auditor.reports.html.page import HtmlOptions, render

__all__ = ["HtmlOptions", "render"]
