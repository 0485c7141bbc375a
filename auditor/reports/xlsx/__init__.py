"""XLSX: the workbook auditors work in, and annotated copies of the workbooks that were audited."""

from auditor.reports.xlsx.annotate import annotate
from auditor.reports.xlsx.workbook import render

__all__ = ["annotate", "render"]
