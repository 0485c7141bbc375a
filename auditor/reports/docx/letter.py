"""What the letter of required changes says: 退回修改意见, department by department, project by project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.document import Document, Gap
from auditor.finding import SEVERITIES, Finding
from auditor.report import Report
from auditor.reports.terminal import short
from auditor.reports.words import SEVERITY, where
from auditor.wording import Language

_QUOTE = 120
_GAPS = 10
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Office:
    """A department with its documents, and what was found in them and not checked."""

    name: str
    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]


def offices(report: Report) -> tuple[Office, ...]:
    """Gather documents by department, in the order of the report; one that names none stands for itself."""
    of: dict[str, list[Document]] = {}
    for document in report.documents:
        of.setdefault(_department(document), []).append(document)
    owner = {document.name: name for name, documents in of.items() for document in documents}
    findings: dict[str, list[Finding]] = {name: [] for name in of}
    gaps: dict[str, list[Gap]] = {name: [] for name in of}
    for finding in report.findings:
        if finding.document in owner:
            findings[owner[finding.document]].append(finding)
    for gap in report.gaps:
        if gap.document in owner:
            gaps[owner[gap.document]].append(gap)
    return tuple(
        Office(name, tuple(documents), tuple(findings[name]), tuple(gaps[name])) for name, documents in of.items()
    )


def _department(document: Document) -> str:
    """Return who filed a document: its department, else the one unit of all its projects, else its title or name."""
    if document.department:
        return document.department
    units = {project.unit for project in document.projects}
    only = units.pop() if len(units) == 1 else None
    return only or document.title or document.name


def letter(office: Office, language: Language) -> dict[str, Any] | None:
    """Return the values of one department's letter; None where nothing is to be changed and all was checked."""
    required = [finding for finding in office.findings if finding.severity != "info"]
    if not required and not office.gaps:
        return None
    counts = Counter(finding.severity for finding in office.findings)
    chapters = [
        _chapter(number, group, len(office.documents) > 1, language)
        for number, group in enumerate(_by_project(office, required), start=1)
    ]
    return {
        "department": office.name,
        "documents": [document.title or document.name for document in office.documents],
        "files": [document.name for document in office.documents],
        "projects": sum(len(document.projects) for document in office.documents),
        "to_change": len({(one.document, one.row) for one in required if one.row is not None}),
        "errors": counts["error"],
        "warnings": counts["warning"],
        "advice": counts["info"],
        "chapters": chapters,
        "unchecked": len(office.gaps),
        "gaps": [_gap(gap, language) for gap in office.gaps[:_GAPS]],
    }


def _by_project(office: Office, findings: Iterable[Finding]) -> list[list[Finding]]:
    """Gather findings by document and project in reading order; those about a whole document come first."""
    order = {document.name: at for at, document in enumerate(office.documents)}
    groups: dict[tuple[int, int], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((order[finding.document], finding.row or 0), []).append(finding)
    return [groups[key] for key in sorted(groups)]


def _chapter(number: int, findings: Sequence[Finding], several: bool, language: Language) -> dict[str, Any]:
    zh, first = language == "zh", findings[0]
    whole = ("部门整体" if zh else "the department as a whole") if first.row is not None else None
    title = first.project or whole or ("全表" if zh else "the document as a whole")
    place = [first.document] if several or first.row is None else []
    if first.project:
        place.append(f"第 {first.row} 个项目" if zh else f"project {first.row}")
    ranked = sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))
    return {
        "number": chinese(number) if zh else str(number),
        "title": title,
        "place": ("，" if zh else ", ").join(place),
        "opinions": [_item(at, group, language) for at, group in enumerate(_alike(ranked, language), start=1)],
    }


def _alike(findings: Iterable[Finding], language: Language) -> Iterator[list[Finding]]:
    """Gather findings that say the same of several indicators."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        key = finding.rule, finding.message.say(language), finding.suggestion.say(language)
        groups.setdefault(key, []).append(finding)
    yield from groups.values()


def _item(number: int, findings: Sequence[Finding], language: Language) -> dict[str, Any]:
    zh, first = language == "zh", findings[0]
    ordinals = sorted({one.indicator for one in findings if one.indicator is not None})
    listed = ("、" if zh else ", ").join(map(str, ordinals))
    return {
        "number": number,
        "rule": first.rule,
        "severity": SEVERITY[first.severity].say(language),
        "error": first.severity == "error",
        "indicators": "" if not ordinals else f"第 {listed} 条指标" if zh else f"indicator {listed}",
        "place": where(first.place, language),
        "quote": short(first.quote, _QUOTE),
        "finding": first.message.say(language),
        "evidence": _evidence(first, language),
        "suggestion": first.suggestion.say(language),
    }


def _evidence(finding: Finding, language: Language) -> str:
    """Return the first piece of evidence in one line; '' where there is none."""
    if not finding.evidence:
        return ""
    one = finding.evidence[0]
    quote = short(one.quote, _QUOTE)
    return f"{one.what.zh}：{quote}" if language == "zh" else f"{one.what.en}: {quote}"


def _gap(gap: Gap, language: Language) -> str:
    at = " ".join(filter(None, (gap.document, where(gap.place, language))))
    return f"{at}：{gap.reason.zh}" if language == "zh" else f"{at}: {gap.reason.en}"


def chinese(number: int) -> str:
    """Return a number from 1 to 9999 in the Chinese of official numbering (一, 十二, 一百零三); others as digits."""
    if not 0 < number < 10_000:
        return str(number)
    out, pending = "", False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            out += ("零" if pending else "") + _DIGITS[digit] + unit
        pending = bool(out) and not digit
    return out.removeprefix("一") if out.startswith("一十") else out
