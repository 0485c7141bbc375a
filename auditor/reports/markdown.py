"""Markdown, for mail and issue trackers: a summary, then project by project, then what was not checked."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from auditor.finding import SEVERITIES, Finding
from auditor.report import Report
from auditor.reports.words import SEVERITY, where
from auditor.wording import Language

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$])")
_LINK = re.compile(r"(?<=[A-Za-z])(:(?=//))|(?i:(?<=www)(\.)|(?<=mailto)(:))")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Control characters and marks that turn the direction of a line."""
_OUTCOME = {"error": "✗", "warning": "!", "info": "·"}


def render(report: Report, language: Language) -> str:
    """Return the report as Markdown; advice is counted, not listed, as in the terminal."""
    return "\n".join(_lines(report, language)) + "\n"


def safe(text: str) -> str:
    """Return text in one line in which nothing is markup, a link or a character reference."""
    flat = _CONTROL.sub("", " ".join(text.split())).replace("&", "&amp;")
    return _LINK.sub(lambda found: f"\\{found[0]}", _SPECIAL.sub(r"\\\1", flat))


def _lines(report: Report, language: Language) -> Iterator[str]:
    zh = language == "zh"
    graded = Counter(finding.severity for finding in report.findings)
    yield f"# {'预算绩效目标与指标审核报告' if zh else 'Audit of budget performance goals and indicators'}"
    yield ""
    counts = [f"{SEVERITY[severity].say(language)} {graded[severity]}" for severity in SEVERITIES]
    counts.append(f"{'未检查' if zh else 'not checked'} {len(report.gaps)}")
    if report.waived:
        counts.append(f"{'已豁免' if zh else 'waived'} {len(report.waived)}")
    yield "；".join(counts) if zh else ", ".join(counts)
    yield ""
    yield from _table(report, language)
    yield from _gaps(report, language)
    yield from _projects(report, language)


def _table(report: Report, language: Language) -> Iterator[str]:
    titles = dict(report.titles)
    flagged = sorted(((tally.flagged, tally.rule) for tally in report.tally if tally.flagged), reverse=True)
    if flagged:
        yield "| 规则 | 标题 | 条数 |" if language == "zh" else "| rule | title | count |"
        yield "|---|---|---:|"
        for count, rule in flagged:
            yield f"| {rule} | {safe(titles[rule].say(language)) if rule in titles else ''} | {count} |"
        yield ""


def _gaps(report: Report, language: Language) -> Iterator[str]:
    if report.gaps:
        yield f"## {'未检查之处' if language == 'zh' else 'Not checked'}"
        yield ""
        for gap in report.gaps:
            spot = where(gap.place, language)
            yield f"- **{safe(gap.document)}**{f'（{spot}）' if spot else ''}：{safe(gap.reason.say(language))}"
        yield ""


def _projects(report: Report, language: Language) -> Iterator[str]:
    groups: dict[tuple[str, int | None], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        groups[(finding.document, finding.row)].append(finding)
    for (document, row), findings in groups.items():
        shown = sorted(
            (one for one in findings if one.severity != "info"), key=lambda one: SEVERITIES.index(one.severity)
        )
        if not shown:
            continue
        name = next((one.project for one in findings if one.project), None) or document
        at = "" if row is None else f"第{row}行 " if language == "zh" else f"row {row} "
        yield f"## {at}{safe(name)}"
        yield ""
        yield f"*{safe(document)}*"
        yield ""
        for one in shown:
            spot = where(one.place, language)
            yield f"- {_OUTCOME[one.severity]} **{one.rule}** {safe(one.message.say(language))}{f'（{spot}）' if spot else ''}"
            yield f"  - → {safe(one.suggestion.say(language))}"
        advice = len(findings) - len(shown)
        if advice:
            yield f"- {'另有建议' if language == 'zh' else 'pieces of advice'} {advice}"
        yield ""
