"""The sheets 项目 and 指标: one project a row, one indicator a row."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest

from auditor.document import Indicator, Passage
from auditor.finding import PRINCIPLES
from auditor.outcome import IndicatorScore, ReadTarget
from auditor.reports.values import mean_score
from auditor.reports.words import class_name
from auditor.reports.xlsx.book import Book, Cell, Column, Shown, Table, address
from auditor.reports.xlsx.facts import Entry, Facts
from auditor.reports.xlsx.words import FINDINGS, GRADE, INDICATORS, NAMELESS, PARTS, PRINCIPLE, PROJECTS, VERDICT
from auditor.wording import Wording

_SEVERITIES = ("error", "warning", "info")
_GRADES = tuple(Column(PRINCIPLE[principle], 7.5, "middle") for principle in PRINCIPLES)
_RELEVANCE = (
    Column(Wording("名称与目标", "name–goal"), 8, "share"),
    Column(Wording("目标与指标", "goal–indicators"), 8, "share"),
    Column(Wording("相关性", "relevance"), 8, "middle"),
)
_NOT_SCORED = IndicatorScore(None)
_MET: dict[bool | None, Shown] = {True: Shown(1, "good"), False: Shown(0, "bad")}
"""Parts of a score as numbers that show as ✓ and ✗; a part not asked for stays empty."""


def write_projects(book: Book, facts: Facts) -> None:
    """Write one row for each project, with links to its findings and indicators."""
    judged = any(facts.report.relevance)
    columns = (
        Column(Wording("文件", "document"), 18),
        Column(Wording("序", "row"), 5, "middle"),
        Column(Wording("项目名称", "project"), 32),
        Column(Wording("预算单位", "unit"), 16),
        Column(Wording("金额", "amount"), 11, "money"),
        Column(Wording("币种单位", "in"), 6, "middle"),
        Column(Wording("质量", "quality"), 9, "bar"),
        Column(Wording("等级", "grade"), 8, "middle"),
        Column(Wording("可衡量性", "measurability"), 9, "bar"),
        Column(Wording("指标数", "indicators"), 7, "middle"),
        Column(Wording("错误", "errors"), 6, "middle"),
        Column(Wording("警告", "warnings"), 6, "middle"),
        Column(Wording("建议", "advice"), 6, "middle"),
        *(_RELEVANCE if judged else ()),
        *_GRADES,
        Column(Wording("绩效目标", "goal"), 60),
        Column(Wording("备注", "note"), 18),
    )
    table = Table(book, PROJECTS, columns, frozen=3)
    for entry in facts.entries:
        table.add([*_project(book, facts, entry), *(_relevance(book, entry) if judged else ()), *_rest(book, entry)])
    table.close()


def _project(book: Book, facts: Facts, entry: Entry) -> Iterator[Cell]:
    project, review, budget = entry.project, entry.review, entry.project.budget
    rows, own = facts.finding_rows.get(entry.key), facts.indicator_rows.get(entry.key)
    yield entry.document
    yield project.row
    yield Shown(project.title or book.say(NAMELESS), None, address(book, FINDINGS, rows, 17) if rows else None)
    yield project.unit
    yield amount(budget.total) if budget else None
    yield budget.currency_unit if budget and budget.total is not None else None
    yield review.quality
    yield Shown(book.say(GRADE[review.grade]), review.grade) if review.grade else "–"
    yield mean_score(entry.scores)
    yield Shown(len(project.indicators), None, address(book, INDICATORS, own, 12)) if own else 0
    for severity in _SEVERITIES:
        count = facts.counts[entry.key, severity]  # type: ignore[index]
        yield Shown(count, severity) if count else Shown(0, "dim")


def _relevance(book: Book, entry: Entry) -> Iterator[Cell]:
    found = entry.relevance
    yield found.name_goal if found else None
    yield found.goal_indicators if found else None
    tint = {"off_subject": "error", "weak": "warning", "fits": "good"}.get(found.verdict, "dim") if found else "dim"
    yield Shown(book.say(VERDICT[found.verdict]), tint) if found else "–"


def _rest(book: Book, entry: Entry) -> Iterator[Cell]:
    cells = {cell.principle: cell.grade for cell in entry.review.cells}
    for principle in PRINCIPLES:
        grade = cells.get(principle)
        yield Shown(book.say(GRADE[grade]), grade) if grade else Shown(None, "input" if cells else None)
    goals = [passage.text for passage in (entry.project.goal, entry.project.annual_goal) if passage]
    yield "\n".join(dict.fromkeys(goals))
    yield book.either("不逐项审核的项目", "exempt from judgement") if entry.exempt else None


def amount(value: Decimal | None) -> Cell:
    """Return an amount as a number; as text where a spreadsheet has no such number."""
    if value is None:
        return None
    return float(value) if value.is_finite() and value.adjusted() < 15 else str(value)


_LEVELS: dict[int, str] = {4: "优", 3: "良", 2: "中", 1: "差", 0: "差"}


def write_indicators(book: Book, facts: Facts) -> None:
    """Write one row for each indicator: as filed, as understood, and how measurable it is."""
    columns = (
        Column(Wording("文件", "document"), 18),
        Column(Wording("序", "row"), 5, "middle"),
        Column(Wording("项目名称", "project"), 26),
        Column(Wording("指标序号", "no."), 6, "middle"),
        Column(Wording("一级指标", "level 1"), 10),
        Column(Wording("二级指标", "level 2"), 12),
        Column(Wording("指标名称", "indicator"), 28),
        Column(Wording("实施周期指标值", "cycle target"), 16),
        Column(Wording("年度指标值", "annual target"), 16),
        Column(Wording("填报类别", "filed as"), 13),
        Column(Wording("判定类别", "belongs to"), 13),
        Column(Wording("把握", "sure"), 7, "share"),
        Column(Wording("分类", "class"), 9, "middle"),
        Column(Wording("可衡量性", "measurability"), 9, "bar"),
        Column(Wording("层级", "level"), 6, "middle"),
        *(Column(title, 8, "met") for title in PARTS.values()),
        Column(Wording("读出的数值", "number read"), 14),
        Column(Wording("不足之处", "what is missing"), 34),
        Column(Wording("问题", "findings"), 12),
    )
    table = Table(book, INDICATORS, columns, frozen=4)
    for entry in facts.entries:
        link = address(book, PROJECTS, (facts.project_row[entry.key],) * 2)
        for indicator, score in zip_longest(entry.project.indicators, entry.scores):
            if indicator:
                row = [*_filed(book, entry, indicator, link), *_scored(book, score or _NOT_SCORED)]
                table.add([*row, "、".join(facts.rules_of.get((*entry.key, indicator.ordinal), ()))])
    table.close()


def _filed(book: Book, entry: Entry, indicator: Indicator, link: str) -> Iterator[Cell]:
    yield entry.document
    yield entry.project.row
    yield Shown(entry.project.title or book.say(NAMELESS), None, link)
    yield indicator.ordinal
    yield _level(indicator.level1, indicator.level1_code)
    yield _level(indicator.level2, indicator.level2_code)
    yield indicator.name.text
    yield indicator.cycle_target.text if indicator.cycle_target else None
    yield indicator.annual_target.text if indicator.annual_target else None


def _level(name: Passage | None, code: str | None) -> str:
    return "-".join(filter(None, (code, name.text if name else "")))


def _scored(book: Book, score: IndicatorScore) -> Iterator[Cell]:
    guess = score.guess
    yield class_name(score.filed, book.language)
    yield class_name(guess.code, book.language) if guess else None
    yield round(guess.probability, 2) if guess else None
    yield _agreement(book, score)
    yield score.score
    yield None if score.level is None else Shown(score.level, _LEVELS.get(score.level))
    met = {part.name: part.met for part in score.parts}
    for name in PARTS:
        yield _MET.get(met.get(name))
    yield _target(score.target)
    yield "；".join(book.say(part.reason) for part in score.parts if part.met is False)


def _agreement(book: Book, score: IndicatorScore) -> Cell:
    if score.guess is None:
        return None
    if score.guess.abstained:
        return Shown(book.either("需人判断", "a person"), "dim")
    if score.filed is None:
        return None
    if score.filed == score.guess.code:
        return Shown(book.either("相符", "agrees"), "good")
    if score.guess.filed_stands:
        return Shown(book.either("说得通", "defensible"), "good")
    return Shown(book.either("不符", "differs"), "bad")


def _target(target: ReadTarget | None) -> str:
    if target is None or target.value is None:
        return ""
    value, upper = (_number(one, target.dimension) for one in (target.value, target.upper))
    return f"{target.comparator or ''}{value}{'–' if upper else ''}{upper}{target.unit or ''}"


def _number(value: Decimal | None, dimension: str | None) -> str:
    """Return a number in full unless it is absurdly long; a date, read as 20261231, 202612 or 1231, with its hyphens."""
    if value is None:
        return ""
    if abs(value.adjusted()) > 30 or not value.is_finite():
        return str(value)
    digits = f"{value:f}"
    if dimension != "date" or not digits.isdigit():
        return digits
    if len(digits) <= 4:
        return f"{digits[:-2]}-{digits[-2:]}" if len(digits) > 2 else digits
    return "-".join(filter(None, (digits[:4], digits[4:6], digits[6:])))
