"""Prints XLSX and DOCX files to PDF with LibreOffice, after giving them what people give them: borders, widths, a page."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

PROGRAM = shutil.which("soffice")
MISSING_PROGRAM = (
    "no LibreOffice here (Debian: libreoffice-calc-nogui, libreoffice-writer-nogui); only these prints need it"
)


def dress_xlsx(path: Path, widths: Sequence[float], heads: int = 1, size: float = 9.0, highest: float = 409.0) -> None:
    """Give a workbook's first sheet thin borders, wrapped text, column widths and a landscape page one sheet wide.

    `heads` rows from the top are printed on every page; rows are as high as their text, up to `highest` points.
    """
    from openpyxl import load_workbook
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    book = load_workbook(path)
    sheet = book.worksheets[0]
    thin = Side(style="thin")
    for row in sheet.iter_rows():
        for cell in row:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.font = Font(name="WenQuanYi Micro Hei", size=size)
    merged = {cell for area in sheet.merged_cells.ranges if area.size["rows"] > 1 for row in area.rows for cell in row}
    for at, row in enumerate(sheet.iter_rows(), start=1):
        lines = [
            sum(-(-2 * len(part) // max(1, round(0.85 * width))) for part in str(cell.value or "").split("\n"))
            for cell, width in zip(row, widths, strict=True)
            if (cell.row, cell.column) not in merged and not isinstance(cell.value, type(None))
        ]
        sheet.row_dimensions[at].height = min(highest, 1.5 * size * (1 + max(lines, default=1)))
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"1:{heads}"
    book.save(path)


def dress_docx(path: Path, widths: Sequence[float], size: float = 9.0, heads: int = 1) -> None:
    """Give a document's tables the grid style, column widths in points, repeated header rows and a landscape page."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = Document(str(path))
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Pt(842), Pt(595)
    section.left_margin = section.right_margin = Pt(36)
    normal = document.styles["Normal"]
    normal.font.size = Pt(size)
    normal.font.name = "WenQuanYi Micro Hei"
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "WenQuanYi Micro Hei")
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    for table in document.tables:
        table.style = "Table Grid"
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Pt(width)
        for row in table.rows[:heads]:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for row in table.rows:
            for cell in row._tr.tc_lst:
                at = cell.grid_offset
                cell.width = Pt(sum(widths[at : at + cell.grid_span]))
    document.save(str(path))


def print_all(paths: Sequence[Path], folder: Path) -> list[Path]:
    """Convert files to PDF in one run of LibreOffice; the PDF files in the same order, in `folder`."""
    assert PROGRAM is not None
    home = (folder / "profile").as_uri()
    command = [PROGRAM, f"-env:UserInstallation={home}", "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=300)
    return [folder / f"{path.stem}.pdf" for path in paths]
