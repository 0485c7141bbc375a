"""CSV for spreadsheets: one finding or gap a row, with a byte order mark so that Excel reads the Chinese."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from auditor.report import Report
from auditor.reports.words import SEVERITY, where
from auditor.wording import Language, Wording

_COLUMNS = (
    Wording("类型", "kind"),
    Wording("规则", "rule"),
    Wording("级别", "severity"),
    Wording("文件", "document"),
    Wording("行", "row"),
    Wording("项目", "project"),
    Wording("指标序号", "indicator"),
    Wording("位置", "place"),
    Wording("原文", "quote"),
    Wording("问题", "message"),
    Wording("建议", "suggestion"),
    Wording("审核要点", "principle"),
    Wording("标识", "fingerprint"),
)
_FINDING = Wording("问题", "finding")
_WAIVED = Wording("已豁免", "waived")
_GAP = Wording("未检查", "not checked")


def render(report: Report, language: Language) -> str:
    """Return all findings and gaps as CSV. No cell can run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.say(language) for column in _COLUMNS])
    for row in _rows(report, language):
        writer.writerow([_inert(str(value)) if value is not None else "" for value in row])
    return "\ufeff" + out.getvalue()


def _rows(report: Report, language: Language) -> Iterator[tuple[object, ...]]:
    kinds = [(_FINDING, one) for one in report.findings] + [(_WAIVED, one.finding) for one in report.waived]
    for kind, found in kinds:
        yield (
            kind.say(language), found.rule, SEVERITY[found.severity].say(language), found.document, found.row,
            found.project, found.indicator, where(found.place, language), found.quote, found.message.say(language),
            found.suggestion.say(language), found.principle, found.fingerprint,
        )  # fmt: skip
    for gap in report.gaps:
        yield (
            _GAP.say(language), gap.rule, "", gap.document, None, None, None, where(gap.place, language), gap.quote,
            gap.reason.say(language), "", "", "",
        )  # fmt: skip


def _inert(value: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula; control characters become blanks."""
    value = "".join(char if char >= " " or char in "\n\t" else " " for char in value)
    return "'" + value if value.lstrip().startswith(("=", "+", "-", "@")) or value.startswith(("\t", "\r")) else value
