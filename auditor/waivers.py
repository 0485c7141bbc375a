"""Accepted findings: a CSV that people can keep in Excel, matched by content and count, never by position.

Columns: content, count, rule, project, indicator, quote, reason, who, until. Only the first two decide; the others are for people.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from pathlib import Path

from auditor.finding import Finding, Report, StaleWaiver, Waived, Waiver
from auditor.wording import AuditorError

COLUMNS = tuple(one.name for one in fields(Waiver))
LONGEST_QUOTE = 60
"""Characters of the quoted words that are kept for people to recognise the finding by."""


class WaiverError(AuditorError):
    """A file of waivers that cannot be used: the message names file and line."""


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """Read a file of waivers. Raises WaiverError for missing columns, counts below one and dates that are none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise WaiverError(
                    f"豁免清单 {path} 缺少列：{'、'.join(missing)}",
                    f"waivers {path}: columns missing: {', '.join(missing)}",
                )
            return tuple(_waiver(row, path, line) for line, row in enumerate(reader, start=2))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WaiverError(f"豁免清单 {path} 无法读取：{error}", f"cannot read waivers {path}: {error}") from error


def _waiver(row: dict[str, str], path: Path, line: int) -> Waiver:
    values = {name: (row.get(name) or "").strip().removeprefix("'") for name in COLUMNS}
    try:
        count = int(values["count"])
        if values["until"]:
            datetime.date.fromisoformat(values["until"])
        if count < 1 or not values["content"]:
            raise ValueError("content, count")
    except ValueError as error:
        raise WaiverError(
            f"豁免清单 {path} 第 {line} 行有误（{error}）：count 须是正整数，until 须写成 2027-12-31",
            f"waivers {path}, line {line}: {error}; count must be a positive number, until a date such as 2027-12-31",
        ) from error
    return Waiver(**{**values, "count": count})  # type: ignore[arg-type]


def write_waivers(waivers: Iterable[Waiver]) -> str:
    """Return waivers as CSV with a byte order mark; no cell can run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for waiver in waivers:
        writer.writerow([_inert(str(getattr(waiver, name))) for name in COLUMNS])
    return "\ufeff" + out.getvalue()


def _inert(value: str) -> str:
    return "'" + value if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def accept(findings: Iterable[Finding], reason: str, who: str, until: str) -> tuple[Waiver, ...]:
    """Make waivers that accept all of `findings`; equal ones become one waiver with their count."""
    findings = list(findings)
    counts = Counter(finding.content for finding in findings)
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.content, finding)
    return tuple(_accepting(finding, counts[content], reason, who, until) for content, finding in first.items())


def _accepting(finding: Finding, count: int, reason: str, who: str, until: str) -> Waiver:
    quote = " ".join(finding.quote.split())
    return Waiver(
        content=finding.content,
        count=count,
        rule=finding.rule,
        project=finding.project or "",
        indicator="" if finding.indicator is None else str(finding.indicator),
        quote=quote if len(quote) <= LONGEST_QUOTE else quote[:LONGEST_QUOTE] + "…",
        reason=reason,
        who=who,
        until=until,
    )


def apply(report: Report, waivers: Sequence[Waiver], today: datetime.date) -> Report:
    """Return the report with accepted findings set apart; waivers that are expired or waive less than they say are told.

    A waiver accepts as many equal findings as its count, the first ones; further ones stay findings.
    """
    left: Counter[str] = Counter()
    live: dict[str, Waiver] = {}
    expired = []
    for waiver in waivers:
        if waiver.until and datetime.date.fromisoformat(waiver.until) < today:
            expired.append(StaleWaiver(waiver, "expired", waiver.count))
            continue
        left[waiver.content] += waiver.count
        live.setdefault(waiver.content, waiver)
    kept, waived = [], []
    for finding in report.findings:
        if left[finding.content] > 0:
            left[finding.content] -= 1
            waived.append(Waived(finding, live[finding.content]))
        else:
            kept.append(finding)
    stale = [
        StaleWaiver(live[content], "stale", count) for content, count in left.items() if count > 0 and content in live
    ]
    return replace(report, findings=tuple(kept), waived=tuple(waived), stale_waivers=(*expired, *stale))


def pruned(waivers: Sequence[Waiver], stale: Sequence[StaleWaiver]) -> tuple[Waiver, ...]:
    """Return the waivers that still waive something: expired ones go, counts shrink to what is still found."""
    gone = {id(one.waiver) for one in stale if one.state == "expired"}
    unused = Counter({one.waiver.content: one.unused for one in stale if one.state == "stale"})
    kept = []
    for waiver in reversed(waivers):
        if id(waiver) in gone:
            continue
        less = min(unused[waiver.content], waiver.count)
        unused[waiver.content] -= less
        if waiver.count > less:
            kept.append(replace(waiver, count=waiver.count - less))
    return tuple(reversed(kept))
