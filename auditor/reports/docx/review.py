"""What the official review table says of a project, in both shapes that are in use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from auditor.document import Document, Project
from auditor.finding import Finding, Principle
from auditor.outcome import Grade, ProjectReview, ReviewCell, ReviewCheck
from auditor.report import Report
from auditor.reports.docx.letter import Office
from auditor.reports.words import FORM
from auditor.reports.xlsx.words import GRADE, NAMELESS, PRINCIPLE
from auditor.wording import Language, Wording

_SHOWN = 6
"""Findings that one cell lists; the others are counted."""

GROUPS: tuple[tuple[Wording, tuple[Principle, ...]], ...] = (
    (Wording("完整性", "completeness"), ("规范完整性", "明确清晰性")),
    (Wording("相关性", "relevance"), ("目标相关性", "指标科学性")),
    (Wording("适当性", "adequacy"), ("绩效合理性", "资金匹配性")),
    (Wording("可行性", "feasibility"), ("实现可能性", "条件充分性")),
)
_QUESTIONS: dict[Principle, Wording] = {
    "规范完整性": Wording(
        "该填的是否都已填写，格式、文字、金额是否无误", "Is all filled in, in good form, without slips?"
    ),
    "明确清晰性": Wording("看目标能否知道做什么、做到什么程度", "Does the goal say what is done, and how far?"),
    "目标相关性": Wording("目标是否针对本项目、本单位职责", "Is the goal about this project and duty?"),
    "指标科学性": Wording("指标是否归类正确、能够衡量", "Are indicators filed rightly and measurable?"),
    "绩效合理性": Wording("预期产出和效果是否合乎常理、前后一致", "Are results plausible and consistent?"),
    "资金匹配性": Wording("目标、任务与资金规模是否相称", "Do goal, work and money match?"),
    "实现可能性": Wording("按期实现目标有无把握", "Can the goal be reached in time?"),
    "条件充分性": Wording("人员、场地、前期工作等条件是否具备", "Are people, sites and preparations in place?"),
}
_CONCLUSION: dict[Grade, Wording] = {
    "优": Wording("建议通过", "may pass"),
    "良": Wording("建议完善后通过", "may pass once polished"),
    "中": Wording("建议退回修改", "should go back"),
    "差": Wording("建议不予安排预算，重新申报", "should not be funded as it is"),
}
_VERDICT = {
    "pass": Wording("通过", "passed"),
    "mend": Wording("修改后通过", "passed after mending"),
    "fail": Wording("不通过", "failed"),
}
_LIGHTS = {"pass": "C6E0B4", "mend": "FFEB9C", "fail": "F8CBAD", None: "FFFFFF"}
_FILLS: dict[Grade | None, str] = {"优": "FFFFFF", "良": "E2EFDA", "中": "FFEB9C", "差": "F8CBAD", None: "FFFDE7"}


def review_tables(report: Report, offices: Sequence[Office], language: Language) -> list[dict[str, Any]]:
    """Return the values of one review table for each project of `offices`; projects that are not judged are left out."""
    place = {document.name: at for at, document in enumerate(report.documents)}
    tables: list[dict[str, Any]] = []
    for office in offices:
        known = {finding.fingerprint: finding for finding in office.findings}
        for document in office.documents:
            reviews = report.reviews[place[document.name]] if report.reviews else ()
            tables += [
                _table(office, document, project, review, known, language)
                for project, review in zip(document.projects, reviews, strict=False)
                if review.cells or review.checks
            ]
    for number, table in enumerate(tables, start=1):
        table["number"] = number
    return tables


def _table(
    office: Office,
    document: Document,
    project: Project,
    review: ProjectReview,
    known: dict[str, Finding],
    language: Language,
) -> dict[str, Any]:
    budget = project.budget
    money = f"{budget.total:,} {budget.currency_unit}" if budget and budget.total is not None else "–"
    cells = {cell.principle: cell for cell in review.cells}
    return {
        "title": project.title or NAMELESS.say(language),
        "department": office.name,
        "unit": project.unit or office.name,
        "document": document.name,
        "form": FORM[document.form].say(language),
        "row": project.row,
        "amount": money,
        "quality": "–" if review.quality is None else review.quality,
        "grade": GRADE[review.grade].say(language) if review.grade else "–",
        "fill": _FILLS[review.grade],
        "conclusion": _CONCLUSION[review.grade].say(language) if review.grade else "–",
        "groups": [
            {
                "title": title.say(language),
                "cells": [_cell(cells[name], known, language) for name in names if name in cells],
            }
            for title, names in GROUPS
            if any(name in cells for name in names)
        ],
        "checks": [_check(at, check, known, language) for at, check in enumerate(review.checks, start=1)],
    }


def _cell(cell: ReviewCell, known: dict[str, Finding], language: Language) -> dict[str, Any]:
    return {
        "principle": PRINCIPLE[cell.principle].say(language),
        "question": _QUESTIONS[cell.principle].say(language),
        "points": cell.points,
        "score": "" if cell.score is None else cell.score,
        "grade": GRADE[cell.grade].say(language) if cell.grade else "",
        "by_person": cell.grade is None,
        "fill": _FILLS[cell.grade],
        "reason": cell.reason.say(language),
        "findings": _findings(cell.findings, known, language),
    }


def _check(number: int, check: ReviewCheck, known: dict[str, Finding], language: Language) -> dict[str, Any]:
    zh = language == "zh"
    listed = ("、" if zh else ", ").join(map(str, check.indicators))
    return {
        "number": number,
        "title": check.title.say(language),
        "verdict": _VERDICT[check.verdict].say(language) if check.verdict else "未检查" if zh else "not checked",
        "fill": _LIGHTS[check.verdict],
        "indicators": listed or "–",
        "findings": _findings(check.findings, known, language),
    }


def _findings(names: Iterable[str], known: dict[str, Finding], language: Language) -> list[str]:
    """Return one line for each error and warning; what is more than fits, and advice, is counted.

    A finding that was accepted since the review is not among those known and is left out.
    """
    zh = language == "zh"
    found = [known[name] for name in names if name in known]
    grave = [finding for finding in found if finding.severity != "info"]
    lines = [_line(finding, language) for finding in grave[:_SHOWN]]
    more, advice = len(grave) - len(lines), len(found) - len(grave)
    if more:
        lines.append(f"另有 {more} 条，见问题清单" if zh else f"and {more} more")
    if advice:
        lines.append(f"另有建议 {advice} 条" if zh else f"advice: {advice}")
    return lines


def _line(finding: Finding, language: Language) -> str:
    if finding.indicator is None:
        return f"[{finding.rule}] {finding.message.say(language)}"
    at = f"指标{finding.indicator}：" if language == "zh" else f"indicator {finding.indicator}: "
    return f"[{finding.rule}] {at}{finding.message.say(language)}"
