"""The sheets 雷同组 and 勾稽: rows that share a text, and rows of two documents that speak of one thing."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import Project
from auditor.finding import ReuseGroup
from auditor.outcome import Link, Pairing
from auditor.reports.words import where
from auditor.reports.xlsx.book import Book, Cell, Column, Shown, Table, address
from auditor.reports.xlsx.facts import Facts
from auditor.reports.xlsx.words import (
    COMPARED,
    LINKS,
    NAMELESS,
    PAIRING,
    PROJECTS,
    RELATION,
    REUSE,
    TEXT_KIND,
    UNPAIRED,
)
from auditor.wording import Wording

_TINT = {"copied": "error", "near": "warning", "same_programme": "good", "boilerplate": "dim"}


def write_reuse(book: Book, facts: Facts) -> None:
    """Write one row for each member of each group; the first member of a near group is its representative."""
    columns = (
        Column(Wording("组号", "group"), 6, "middle"),
        Column(Wording("关系", "relation"), 14, "middle"),
        Column(Wording("内容", "what"), 10, "middle"),
        Column(Wording("相似度", "likeness"), 8, "share"),
        Column(Wording("组内行数", "members"), 7, "middle"),
        Column(Wording("文件", "document"), 22),
        Column(Wording("序", "row"), 5, "middle"),
        Column(Wording("项目", "project"), 40),
        Column(Wording("金额", "amount"), 11, "money"),
        Column(Wording("绩效目标", "goal"), 70),
    )
    table = Table(book, REUSE, columns, tab="#ED7D31")
    for number, group in enumerate(facts.report.reuse, start=1):
        for row in _group(book, facts, number, group):
            table.add(row)
    table.finish(Wording("没有发现雷同的文字", "no reused text was found"))


def _group(book: Book, facts: Facts, number: int, group: ReuseGroup) -> Iterator[list[Cell]]:
    for member in group.members:
        at = facts.project_row.get((member.document, member.row))
        project: Project | None = facts.entries[at].project if at is not None else None
        budget = project.budget if project else None
        yield [
            number,
            Shown(book.say(RELATION[group.relation]), _TINT[group.relation]),
            book.say(TEXT_KIND[group.kind]),
            group.score,
            len(group.members),
            member.document,
            member.row,
            _linked(book, facts, member.document, member.row, ""),
            float(budget.total) if budget and budget.total is not None else None,
            project.goal.text if project and project.goal else None,
        ]


def _linked(book: Book, facts: Facts, document: str, row: int, label: str) -> Cell:
    at = facts.project_row.get((document, row))
    if at is None:
        return label
    title = label or facts.entries[at].project.title or book.say(NAMELESS)
    return Shown(title, None, address(book, PROJECTS, (at, at)))


def write_links(book: Book, facts: Facts) -> None:
    """Write one row for each thing that two documents both say, then what has no counterpart."""
    columns = (
        Column(Wording("核对", "comparison"), 15),
        Column(Wording("结果", "result"), 10, "middle"),
        Column(Wording("文件甲", "document A"), 20),
        Column(Wording("甲：任务或项目", "A: task or project"), 30),
        Column(Wording("文件乙", "document B"), 20),
        Column(Wording("乙：项目", "B: project"), 30),
        Column(Wording("核对内容", "what"), 24),
        Column(Wording("甲", "A says"), 18),
        Column(Wording("乙", "B says"), 18),
        Column(Wording("位置", "places"), 24),
        Column(Wording("对应依据", "paired because"), 22),
    )
    table = Table(book, LINKS, columns, tab="#70AD47")
    for pairing in facts.report.pairings:
        for link in sorted(pairing.links, key=lambda link: link.agrees):
            for row in _link(book, facts, link):
                table.add(row)
        for row in _unpaired(book, facts, pairing):
            table.add(row)
    table.finish(Wording("没有可以互相核对的文件", "no two documents to compare"))


def _link(book: Book, facts: Facts, link: Link) -> Iterator[list[Cell]]:
    ends: list[Cell] = [
        link.a.document,
        _linked(book, facts, link.a.document, link.a.row, link.a.label),
        link.b.document,
        _linked(book, facts, link.b.document, link.b.row, link.b.label),
    ]
    kind, why = book.say(PAIRING[link.kind]), book.say(link.why)
    if not link.fields:
        yield [kind, Shown(book.either("仅对应", "paired"), "dim"), *ends, None, None, None, None, why]
    for field in sorted(link.fields, key=lambda field: field.agrees):
        same = book.either("一致", "agrees") if field.agrees else book.either("不一致", "differs")
        what = book.say(COMPARED[field.kind])
        name = what if field.kind == "amount" else f"{what}：{field.name}" if field.name else what
        places = [where(place, book.language) for place in (field.place_a, field.place_b)]
        result = Shown(same, "good" if field.agrees else "error")
        yield [kind, result, *ends, name, field.a, field.b, " ↔ ".join(filter(None, places)), why]


def _unpaired(book: Book, facts: Facts, pairing: Pairing) -> Iterator[list[Cell]]:
    for one in pairing.unpaired:
        end = _linked(book, facts, one.end.document, one.end.row, one.end.label)
        ends: list[Cell] = [one.end.document, end, one.other, None]
        if one.end.document == pairing.b:
            ends = [one.other, None, one.end.document, end]
        result = Shown(book.either("无对应", "no counterpart"), "warning")
        what = book.say(UNPAIRED[one.kind])
        place = where(one.end.place, book.language)
        yield [book.say(PAIRING[pairing.kind]), result, *ends, what, None, None, place, None]
