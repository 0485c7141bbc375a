"""Formats that know their own cells: XLSX, XLS, DOCX, HTML, CSV."""
