"""Accepted findings: a CSV that people can keep in Excel, matched by content and count, never by position.

Columns: content, count, rule, project, indicator, quote, reason, who, until. Content and count decide what is accepted,
until for how long; the others are for people. A file that Excel has saved again (GB18030, dates such as 2027/12/31,
semicolons or tabs between cells) is read all the same.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

from auditor.finding import Finding
from auditor.report import Report, StaleWaiver, Waived, Waiver
from auditor.wording import AuditorError

COLUMNS = tuple(one.name for one in fields(Waiver))
_MARK = "x"
"""Stands before a content, or Excel would make numbers of those that look like one (12e4567890123456)."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LONGEST_QUOTE = 60
"""Characters of the quoted words that are kept for people to recognise the finding by."""


class WaiverError(AuditorError):
    """A file of waivers that cannot be used: the message names file and line."""


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """Read a file of waivers. Raises WaiverError for missing columns, counts below one and dates that are none."""
    try:
        text = _decoded(path.read_bytes())
        first = text.split("\n", 1)[0]
        delimiter = max(",;\t", key=first.count)
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise WaiverError(
                f"豁免清单 {path} 缺少列：{'、'.join(missing)}",
                f"waivers {path}: columns missing: {', '.join(missing)}",
            )
        return tuple(_waiver(row, path, line) for line, row in enumerate(reader, start=2) if _says_anything(row))
    except OSError as error:
        reason = (
            ("没有这个文件", "there is no such file") if isinstance(error, FileNotFoundError) else (str(error),) * 2
        )
        raise WaiverError(
            f"豁免清单 {path} 无法读取：{reason[0]}", f"cannot read waivers {path}: {reason[1]}"
        ) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise WaiverError(
            f"豁免清单 {path} 不是 CSV 文本，无法读取", f"cannot read waivers {path}: it is no CSV text"
        ) from error


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _says_anything(row: Mapping[str, object]) -> bool:
    """Tell whether any cell is filled: Excel keeps emptied rows as rows of commas."""
    return any(isinstance(value, str) and value.strip() for value in row.values())


def _waiver(row: Mapping[str, str | None], path: Path, line: int) -> Waiver:
    values = {name: (row.get(name) or "").strip().removeprefix("'") for name in COLUMNS}
    values["content"] = values["content"].removeprefix(_MARK)
    try:
        count = int(values["count"])
        if values["until"]:
            values["until"] = _date(values["until"]).isoformat()
        if count < 1 or not values["content"]:
            raise ValueError
    except ValueError as error:
        raise WaiverError(
            f"豁免清单 {path} 第 {line} 行有误：content 不能空，count 须是正整数，until 须写成 2027-12-31 或留空",
            f"waivers {path}, line {line}: content must not be empty, count must be a positive number, until a date such as 2027-12-31 or empty",
        ) from error
    return Waiver(**{**values, "count": count})  # type: ignore[arg-type]


def _date(text: str) -> datetime.date:
    """Read 2027-12-31, or 2027/12/31 as Excel rewrites it."""
    year, month, day = text.replace("/", "-").split("-")
    return datetime.date(int(year), int(month), int(day))


def write_waivers(waivers: Iterable[Waiver]) -> str:
    """Return waivers as CSV with a byte order mark; no cell can run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for waiver in waivers:
        cells = [str(getattr(waiver, name)) for name in COLUMNS]
        writer.writerow([_inert(cell) for cell in (_MARK + cells[0], *cells[1:])])
    return "\ufeff" + out.getvalue()


def _inert(value: str) -> str:
    value = _CONTROL.sub(" ", value)
    return "'" + value if value.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) else value


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
    live: dict[str, deque[Waiver]] = defaultdict(deque)
    expired = []
    for waiver in waivers:
        if waiver.until and datetime.date.fromisoformat(waiver.until) < today:
            expired.append(StaleWaiver(waiver, "expired", waiver.count))
        else:
            live[waiver.content].append(waiver)
    used: Counter[int] = Counter()
    kept, waived = [], []
    for finding in report.findings:
        queue = live.get(finding.content)
        if not queue:
            kept.append(finding)
            continue
        waived.append(Waived(finding, queue[0]))
        used[id(queue[0])] += 1
        if used[id(queue[0])] == queue[0].count:
            queue.popleft()
    stale = [
        StaleWaiver(waiver, "stale", waiver.count - used[id(waiver)]) for queue in live.values() for waiver in queue
    ]
    return replace(report, findings=tuple(kept), waived=tuple(waived), stale_waivers=(*expired, *stale))


def pruned(waivers: Sequence[Waiver], stale: Sequence[StaleWaiver]) -> tuple[Waiver, ...]:
    """Return the waivers that still waive something: expired ones go, counts shrink to what is still found."""
    unused = {id(one.waiver): one.unused for one in stale}
    return tuple(
        replace(waiver, count=waiver.count - unused.get(id(waiver), 0))
        for waiver in waivers
        if waiver.count > unused.get(id(waiver), 0)
    )
