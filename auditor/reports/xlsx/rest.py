"""The sheets 未检查 and 规则说明: what silence does not cover, and what each rule means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from auditor.reports.words import SEVERITY, where
from auditor.reports.xlsx.book import Book, Column, Shown, Table
from auditor.reports.xlsx.facts import Facts
from auditor.reports.xlsx.words import GAPS, PRINCIPLE, RULES, STAGE
from auditor.wording import Wording

if TYPE_CHECKING:
    from auditor.rule import Rule


def write_gaps(book: Book, facts: Facts) -> None:
    """Write everything that was not checked, and why."""
    columns = (
        Column(Wording("文件", "document"), 26),
        Column(Wording("环节", "stage"), 8, "middle"),
        Column(Wording("规则", "rule"), 7, "middle"),
        Column(Wording("位置", "place"), 22),
        Column(Wording("原因（未检查不等于没有问题）", "reason (not checked does not mean clean)"), 70),
        Column(Wording("原文", "quote"), 60),
    )
    table = Table(book, GAPS, columns, tab="#7030A0")
    for gap in facts.report.gaps:
        stage = Shown(book.say(STAGE[gap.stage]), "gap")
        place = where(gap.place, book.language)
        table.add([gap.document, stage, gap.rule, place, book.say(gap.reason), gap.quote])
    table.finish(Wording("全部内容均已检查", "everything was checked"))


def write_rules(book: Book, facts: Facts, rules: Mapping[str, Rule]) -> None:
    """Write every rule that ran; what it means and rests on where the rule itself is given."""
    columns = (
        Column(Wording("规则", "rule"), 7, "middle"),
        Column(Wording("名称", "title"), 30),
        Column(Wording("级别", "severity"), 8, "middle"),
        Column(Wording("审核要点", "review cell"), 14),
        Column(Wording("审查处数", "examined"), 9, "whole"),
        Column(Wording("报出问题", "flagged"), 9, "whole"),
        Column(Wording("查什么、为什么", "what and why"), 90),
        Column(Wording("依据", "basis"), 34),
    )
    table = Table(book, RULES, columns, tab="#5B9BD5")
    tally = {one.rule: one for one in facts.report.tally}
    for name, title in facts.report.titles:
        rule, counted = rules.get(name), tally.get(name)
        severity = facts.severity_of.get(name) or (rule.severity if rule else None)
        table.add(
            [
                name,
                book.say(title),
                Shown(book.say(SEVERITY[severity]), severity) if severity else None,
                book.say(PRINCIPLE[rule.principle]) if rule else None,
                counted.examined if counted else None,
                counted.flagged if counted else None,
                book.say(rule.explain) if rule else None,
                rule.basis if rule else None,
            ]
        )
    table.close()
