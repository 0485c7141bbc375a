"""What the readers of paged files (PDF, OFD) report alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditor.document import Gap, Place
from auditor.readers.gaps import damaged, gap, too_large
from auditor.readers.limits import MEBIBYTE, Limits

MOSTLY_PICTURE = 0.5
"""Share of a page from which on a picture makes it a scan."""


def unfit(path: Path, name: str, kind: str, limits: Limits) -> Gap | None:
    """A Gap for a file that is not to be opened: no ordinary file, empty, too large; None for one that may."""
    try:
        size = path.stat().st_size if path.is_file() else -1
        if size > 0:
            path.open("rb").close()
    except OSError as error:
        return damaged(name, kind, error.strerror)
    if size < 0:
        return gap(name, "不是普通文件，未读取。", "This is not an ordinary file and was not read.")
    if size == 0:
        return gap(name, "文件为空（0 字节）。", "The file is empty (0 bytes).")
    if size > limits.file_mib * MEBIBYTE:
        return too_large(name, limits.file_mib)
    return None


def picture_page(name: str, place: Place) -> Gap:
    """Report a page that is only a picture; no OCR is done."""
    return gap(name, "图片页，没有文字层", "The page is a picture without a text layer", place=place)


def damaged_pages(name: str, pages: Sequence[int]) -> list[Gap]:
    """Report damaged pages, 1-based and sorted, one Gap for each run of them."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return [_damaged_run(name, run[0], run[-1]) for run in runs]


def _damaged_run(name: str, first: int, last: int) -> Gap:
    place = Place(name, page=first)
    if first == last:
        return gap(name, "此页已损坏，未读取。", "The page is damaged and was not read.", place=place)
    zh = f"第 {first} 至 {last} 页已损坏，未读取。"
    return gap(name, zh, f"The pages {first} to {last} are damaged and were not read.", place=place)


def pages_left_out(name: str, count: int, limits: Limits) -> list[Gap]:
    """Report the pages beyond the limit, if there are any."""
    if count <= limits.pages:
        return []
    return [
        gap(
            name,
            f"文件共 {count} 页，超过上限 {limits.pages} 页，第 {limits.pages + 1} 页起未读取。",
            f"The file has {count} pages, above the limit of {limits.pages}; the pages from {limits.pages + 1} on "
            "were not read.",
            place=Place(name, page=limits.pages + 1),
            stage="limit",
        )
    ]


def too_dense(name: str, page: int) -> Gap:
    """Report a page whose drawing is no table."""
    return gap(
        name,
        "页面线条过多，不像表格，其中的文字按行读取，可能未按表格理解。",
        "The page holds too many strokes to be a table; its text was read line by line and may not have been understood.",
        place=Place(name, page=page),
    )


def overlaid_text(name: str, page: int) -> Gap:
    """Report a page with text over text, as spreadsheets print rows that are too low for their text."""
    return gap(
        name,
        "此页表格里有文字互相重叠（多为行高不足，部分文字可能被遮住），读出的内容可能有错漏。请调整行高后重新导出。",
        "Texts of the table lie over one another here (mostly rows that are too low), so what was read may be wrong. "
        "Please make the rows higher and export the file again.",
        place=Place(name, page=page),
    )


def clipped_text(name: str, page: int) -> Gap:
    """Report a page with text that its cells hide for good."""
    return gap(
        name,
        "此页有文字超出单元格被遮住（行高或列宽不足），未读取。请调整行高、列宽后重新导出。",
        "Cells of the page are too small for their text; the hidden part was not read. "
        "Please make rows and columns larger and export the file again.",
        place=Place(name, page=page),
    )


def rows_without_rules(name: str, page: int) -> Gap:
    """Report a table without vertical rules in which rows beside merged cells cannot be told apart."""
    return gap(
        name,
        "此页表格没有竖线，且有合并单元格，无法确定各行内容如何对应，读出的内容可能有错漏。请提供带表格线的文件。",
        "The table has merged cells but no vertical rules, so what belongs to which row cannot be told and may be wrong. "
        "Please submit a file with all table lines.",
        place=Place(name, page=page),
    )
