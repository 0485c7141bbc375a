"""Findings as a table for pandas, and as Parquet for those who collect reports."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from auditor.report import Report
from auditor.reports.values import finding_values, gap_values
from auditor.reports.words import where
from auditor.wording import AuditorError, Language

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "type", "rule", "name", "severity", "confidence", "document", "row", "project", "indicator", "field", "quote",
    "message", "suggestion", "principle", "place", "fingerprint", "waived",
)  # fmt: skip
_WHOLE = ("row", "indicator")


def to_frame(report: Report, language: Language = "zh") -> pd.DataFrame:
    """Return one finding or gap a row: COLUMNS, in the report's order; `waived` marks accepted findings.

    `row` and `indicator` are nullable whole numbers, `confidence` is 0–1, everything else text.
    """
    import pandas as pd

    rows = [_row(finding_values(one, language), "finding", where(one.place, language)) for one in report.findings]
    rows += [
        {**_row(finding_values(one.finding, language), "finding", where(one.finding.place, language)), "waived": True}
        for one in report.waived
    ]
    rows += [
        {**_row(gap_values(one, language), "gap", where(one.place, language)), "message": one.reason.say(language)}
        for one in report.gaps
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype(dict.fromkeys(_WHOLE, "Int64") | {"confidence": "Float64", "waived": "boolean"})


def _row(values: dict[str, object], kind: str, place: str) -> dict[str, object]:
    known = {name: values.get(name) for name in COLUMNS}
    return {**known, "type": kind, "place": place, "waived": False}


def to_parquet(report: Report, language: Language) -> bytes:
    """Return the same table as a Parquet file; raises AuditorError where pyarrow is not installed."""
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise AuditorError(
            "写 Parquet 需要 pyarrow；请运行 pip install 'indicator-auditor[parquet]'",
            "Parquet needs pyarrow; run pip install 'indicator-auditor[parquet]'",
        ) from error
    out = io.BytesIO()
    to_frame(report, language).to_parquet(out, index=False, engine="pyarrow")
    return out.getvalue()
