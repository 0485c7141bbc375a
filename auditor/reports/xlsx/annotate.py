"""A copy of an audited workbook with what was found written at the very cells: `--annotate`."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from auditor.finding import SEVERITIES, Finding
from auditor.report import Report
from auditor.reports.words import SEVERITY, where
from auditor.reports.xlsx.book import HEADER, TINTS, lines
from auditor.reports.xlsx.cells import clean, fitting, undated
from auditor.reports.xlsx.words import NAMELESS, WHOLE_DOCUMENT
from auditor.wording import AuditorError, Language, Wording

SHEET = Wording("审核意见", "Audit")
_AUTHOR = Wording("绩效目标审核", "goal audit")
_LIMIT = 8_000  # characters that a comment of Excel shows without trouble
_COLUMNS = (
    (Wording("级别", "severity"), 8),
    (Wording("规则", "rule"), 7),
    (Wording("位置", "place"), 22),
    (Wording("项目", "project"), 30),
    (Wording("原文", "quote"), 34),
    (Wording("问题", "finding"), 56),
    (Wording("修改建议", "suggestion"), 50),
)
_NOTE = Wording(
    "本副本由审核程序根据原文件另存，仅供阅改：图表、图片、宏等可能未保留，请以原文件为准。",
    "A copy made from the file that was audited, for reading and mending: charts, pictures and macros may be missing; "
    "the file itself is what counts.",
)


def annotate(report: Report, document: str, source: Path, language: Language = "zh", *, advice: bool = False) -> bytes:
    """Return a copy of the workbook at `source` with the findings about `document` as comments and colours at their
    cells, and all of them on a last sheet. `source` is only read.

    Several findings at one cell stand in one comment, after what the cell's own comment said. `advice` comments advice
    too. Raises AuditorError where `source` is no XLSX file that can be copied.
    """
    book = _opened(source)
    findings = [one for one in report.findings if one.document == document]
    findings.sort(key=lambda one: SEVERITIES.index(one.severity))
    shown = [one for one in findings if advice or one.severity != "info"]
    places = {id(one): cell for one in findings if (cell := _cell(book, one)) is not None}
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for one in shown:
        if id(one) in places:
            groups[places[id(one)]].append(one)
    for (sheet, at), group in groups.items():
        _mark(book[sheet][at], group, language)
    _add_sheet(book, findings, places, language)
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book.save(out)
    return undated(out.getvalue())


def _opened(source: Path) -> Any:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings(), source.open("rb") as file:
            warnings.simplefilter("ignore")  # what cannot be kept is said on the last sheet
            return load_workbook(file, rich_text=True)
    except (OSError, zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise AuditorError(
            f"{source.name} 不能加批注（只有 XLSX 文件可以）：{type(error).__name__}: {error}",
            f"{source.name} cannot be annotated (only XLSX files can): {type(error).__name__}: {error}",
        ) from error


def _cell(book: Any, finding: Finding) -> tuple[str, str] | None:
    """Return sheet and address of the cell a finding points at, the first of a merged area; None without a cell."""
    from openpyxl.utils.cell import coordinate_from_string
    from openpyxl.utils.exceptions import CellCoordinatesException

    place = finding.place
    if place.cell is None or place.sheet is None or place.sheet not in book.sheetnames:
        return None
    sheet = book[place.sheet]
    if not hasattr(sheet, "merged_cells"):  # a sheet that is one chart
        return None
    try:
        column, row = coordinate_from_string(place.cell)
        if not 0 < row <= 1_048_576:
            return None
        at = f"{column}{row}"
        area = next((area for area in sheet.merged_cells.ranges if at in area), None)
    except (CellCoordinatesException, ValueError):
        return None
    return place.sheet, area.start_cell.coordinate if area is not None else at


def _mark(cell: Any, findings: Sequence[Finding], language: Language) -> None:
    """Colour a cell by its gravest finding and comment all of them."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    own = cell.comment
    said = "\n\n".join(_said(group, language) for group in _alike(findings))
    text = f"{own.text}\n———\n{said}" if own is not None and own.text else said
    comment = Comment(fitting(text, _LIMIT), own.author if own is not None and own.author else _AUTHOR.say(language))
    comment.width = 420
    comment.height = min(600, 30 + 19 * lines(text, 56))
    cell.comment = comment
    fill = TINTS[findings[0].severity][0]
    cell.fill = PatternFill("solid", fgColor=str(fill)[1:])


def _alike(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Gather findings that say the same, so that a cell with twenty indicators keeps a readable comment."""
    groups: dict[tuple[str, Wording, Wording], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.message, finding.suggestion), []).append(finding)
    return list(groups.values())


def _said(findings: Sequence[Finding], language: Language) -> str:
    zh, first = language == "zh", findings[0]
    ordinals = sorted({one.indicator for one in findings if one.indicator is not None})
    names = ("、" if zh else ", ").join(map(str, ordinals))
    of = "" if not ordinals else f"指标{names}：" if zh else f"indicator {names}: "
    severity = first.severity and SEVERITY[first.severity].say(language)
    head = f"【{severity} {first.rule}】" if zh else f"[{severity} {first.rule}] "
    return f"{head}{of}{first.message.say(language)}\n→ {first.suggestion.say(language)}"


def _add_sheet(book: Any, findings: Sequence[Finding], places: dict[int, tuple[str, str]], language: Language) -> None:
    """Add the last sheet: every finding with a link to its cell, those without a cell too."""
    from openpyxl.styles import Alignment, Font, PatternFill

    taken = {name.lower() for name in book.sheetnames}
    names = (f"{SHEET.say(language)}{f' ({at})' if at > 1 else ''}" for at in range(1, len(taken) + 2))
    sheet = book.create_sheet(next(name for name in names if name.lower() not in taken))
    _put(sheet, 1, 1, _NOTE.say(language)).font = Font(color="757575", italic=True)
    for at, (title, width) in enumerate(_COLUMNS, start=1):
        cell = _put(sheet, 2, at, title.say(language))
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=HEADER[1:])
        sheet.column_dimensions[cell.column_letter].width = width
    wrapped = Alignment(wrap_text=True, vertical="top")
    fills = {severity: PatternFill("solid", fgColor=str(TINTS[severity][0])[1:]) for severity in SEVERITIES}
    for row, finding in enumerate(findings[:1_048_570], start=3):
        texts = _row(finding, language)
        for at, text in enumerate(texts, start=1):
            _put(sheet, row, at, text).alignment = wrapped
        long = max(lines(text, width) for text, (_, width) in zip(texts, _COLUMNS, strict=True))
        sheet.row_dimensions[row].height = 3 + 14.25 * min(long, 12)
        sheet.cell(row, 1).fill = fills[finding.severity]
        _link(sheet.cell(row, 3), places.get(id(finding)))
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:G{max(2, len(findings) + 2)}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "2:2"


def _row(finding: Finding, language: Language) -> tuple[str, ...]:
    whole = NAMELESS if finding.row is not None else WHOLE_DOCUMENT
    return (
        SEVERITY[finding.severity].say(language),
        finding.rule,
        where(finding.place, language),
        finding.project or whole.say(language),
        finding.quote,
        finding.message.say(language),
        finding.suggestion.say(language),
    )


def _put(sheet: Any, row: int, column: int, text: str) -> Any:
    """Write a text that stays a text, whatever it starts with."""
    cell = sheet.cell(row, column)
    cell.value = fitting(text)
    cell.data_type = "s"
    return cell


def _link(cell: Any, place: tuple[str, str] | None) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    if place is None:
        return
    sheet = clean(place[0]).replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!{place[1]}")
    cell.font = Font(color="0B5394", underline="single")
