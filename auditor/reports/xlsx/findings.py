"""The sheet 问题清单: one finding a row, with columns for what the reviewer decides."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.finding import Finding
from auditor.report import Waiver
from auditor.reports.words import SEVERITY, where
from auditor.reports.xlsx.book import Book, Cell, Column, Shown, Table, address
from auditor.reports.xlsx.facts import Facts
from auditor.reports.xlsx.words import FINDINGS, NAMELESS, PRINCIPLE, PROJECTS, RULES, WHOLE_DOCUMENT, evidence_lines
from auditor.wording import Wording

ACCEPTED = Wording("采纳", "accepted")
REJECTED = Wording("不采纳", "rejected")
WAIVED = Wording("已豁免", "waived")
_MOST_RULE_LINKS = 25_000
"""Findings up to which a rule's number leads to its page: a sheet has room for 65,530 links."""


def write_findings(book: Book, facts: Facts) -> None:
    """Write all findings, then those that somebody had accepted before.

    Where there are errors or warnings, a filter folds advice away until it is asked for.
    """
    decisions = tuple(book.say(one) for one in (ACCEPTED, REJECTED, WAIVED))
    columns = (
        Column(Wording("级别", "severity"), 7, "middle"),
        Column(Wording("规则", "rule"), 6, "middle"),
        Column(Wording("规则名称", "rule title"), 16),
        Column(Wording("文件", "document"), 16),
        Column(Wording("序", "row"), 5, "middle"),
        Column(Wording("项目", "project"), 24),
        Column(Wording("指标序号", "indicator"), 7, "middle"),
        Column(Wording("位置", "place"), 15),
        Column(Wording("原文", "quote"), 28),
        Column(Wording("问题", "finding"), 40),
        Column(Wording("证据", "evidence"), 40),
        Column(Wording("修改建议", "suggestion"), 36),
        Column(Wording("审核要点", "review cell"), 11),
        Column(Wording("把握", "confidence"), 7, "share"),
        Column(Wording("采纳/不采纳", "decision"), 9, "middle", "input", decisions),
        Column(Wording("说明", "remark"), 24, "text", "input"),
        Column(Wording("标识", "fingerprint"), 18, "middle", "dim"),
    )
    table = Table(book, FINDINGS, columns, tab="#C00000", frozen=2)
    folds = bool(facts.finding_rows) and any(finding.severity == "info" for finding in facts.findings)
    if folds:
        table.show_only(0, tuple(book.say(SEVERITY[severity]) for severity in ("error", "warning")))
    rules = {rule: at for at, (rule, _) in enumerate(facts.report.titles)}
    if len(facts.findings) > _MOST_RULE_LINKS:
        rules = {}
    titles = dict(facts.report.titles)
    for finding in facts.findings:
        row = [*_finding(book, facts, finding, rules, titles), None, None, finding.fingerprint]
        table.add(row, hidden=folds and finding.severity == "info")
    for waived in facts.report.waived:
        finding = waived.finding
        row = [
            *_finding(book, facts, finding, rules, titles),
            book.say(WAIVED),
            _why(waived.waiver),
            finding.fingerprint,
        ]
        table.add(row, hidden=folds and finding.severity == "info")
    table.finish(Wording("没有发现问题；未检查之处另见工作表", "no findings; see the sheet of what was not checked"))


def _why(waiver: Waiver) -> str:
    return " · ".join(filter(None, (waiver.reason, waiver.who, waiver.until)))


def _finding(
    book: Book, facts: Facts, finding: Finding, rules: dict[str, int], titles: dict[str, Wording]
) -> Iterator[Cell]:
    at = facts.project_row.get((finding.document, finding.row))
    yield Shown(book.say(SEVERITY[finding.severity]), finding.severity)
    rule = rules.get(finding.rule)
    yield Shown(finding.rule, None, address(book, RULES, (rule, rule)) if rule is not None else None)
    title = titles.get(finding.rule)
    yield book.say(title) if title else finding.name
    yield finding.document
    yield finding.row
    whole = NAMELESS if finding.row is not None else WHOLE_DOCUMENT
    link = address(book, PROJECTS, (at, at)) if at is not None else None
    yield Shown(finding.project or book.say(whole), None, link)
    yield finding.indicator
    yield where(finding.place, book.language)
    yield finding.quote
    yield book.say(finding.message)
    yield evidence_lines(finding.evidence, book.language, finding.document)
    yield book.say(finding.suggestion)
    yield book.say(PRINCIPLE[finding.principle])
    yield round(finding.confidence, 2)
