"""JSON: one object, or one finding or gap a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from auditor.report import Report
from auditor.reports.values import finding_values, gap_values, report_values
from auditor.wording import Language


def render(report: Report, language: Language) -> str:
    """Return the whole report as one JSON object."""
    return json.dumps(report_values(report, language), ensure_ascii=False, indent=1) + "\n"


def render_lines(report: Report, language: Language) -> str:
    """Return findings, accepted findings and gaps, one JSON object a line; `type` tells them apart."""
    findings = ({"type": "finding", **finding_values(finding, language)} for finding in report.findings)
    waived = ({"type": "waived", **finding_values(one.finding, language)} for one in report.waived)
    gaps = ({"type": "gap", **gap_values(gap, language)} for gap in report.gaps)
    return lines([*findings, *waived, *gaps])


def lines(values: Iterable[Mapping[str, Any]]) -> str:
    """Return one JSON object a line."""
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)
