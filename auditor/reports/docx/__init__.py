"""DOCX: the letter of required changes and the official review table, from a template that an office can replace."""

from auditor.reports.docx.document import Contents, departments, render

__all__ = ["Contents", "departments", "render"]
