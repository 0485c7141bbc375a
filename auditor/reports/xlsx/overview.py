"""The sheet 总览: what the audit found at a glance, with pictures, and where to go from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from auditor.finding import SEVERITIES
from auditor.outcome import GRADES
from auditor.reports.metrics import CODES
from auditor.reports.values import mean_quality, mean_score
from auditor.reports.words import FORM, SEVERITY, class_name
from auditor.reports.xlsx.book import HEADER, Book, Cell, Shown, address, bar, lines
from auditor.reports.xlsx.cells import fitting
from auditor.reports.xlsx.facts import Facts
from auditor.reports.xlsx.words import (
    FINDINGS,
    GAPS,
    GRADE,
    INDICATORS,
    LINKS,
    NAMELESS,
    OVERVIEW,
    PROJECTS,
    REUSE,
    RULES,
)
from auditor.wording import Wording

WORST = 20
"""Projects listed on the first sheet."""

# Column widths of the sheet; the second holds titles and names.
_WIDTHS = (22, 46, 11, 11, 11, 11, 11, 11, 11, 11, 11, 14)
_WIDE = len(_WIDTHS)


@dataclass
class _Page:
    """The first sheet while it is written downwards: `row` is the next free one."""

    book: Book
    sheet: Any
    row: int = 0
    bars: list[tuple[int, int, int]] = field(default_factory=list)

    def line(self, text: str, height: float, **look: Any) -> None:
        """Write a line across the whole sheet."""
        self.sheet.set_row(self.row, height)
        form = self.book.plain(text_wrap=True, **{"valign": "vcenter", **look})
        self.sheet.merge_range(self.row, 0, self.row, _WIDE - 1, fitting(text), form)
        self.row += 1

    def heading(self, wording: Wording) -> None:
        """Leave a row free and write the title of a block."""
        self.row += 1
        self.line(self.book.say(wording), 22, bold=True, font_size=12, font_color=HEADER, bottom=2, bottom_color=HEADER)

    def header(self, titles: Sequence[str]) -> None:
        """Write the header of a small table."""
        form = self.book.plain(
            bold=True, bg_color="#D9E2F3", border=1, border_color="#D9D9D9", text_wrap=True, align="center"
        )
        long = max(lines(title, _WIDTHS[at]) for at, title in enumerate(titles))
        self.sheet.set_row(self.row, 3 + 14.25 * long)
        for at, title in enumerate(titles):
            self.sheet.write_string(self.row, at, fitting(title), form)
        self.row += 1

    def cells(self, cells: Sequence[Cell], styles: Sequence[str]) -> None:
        """Write a row of a small table."""
        texts = [cell.value if isinstance(cell, Shown) else cell for cell in cells]
        long = max(lines(text, _WIDTHS[at]) if isinstance(text, str) else 1 for at, text in enumerate(texts))
        self.sheet.set_row(self.row, 3 + 14.25 * min(long, 4))
        for at, (cell, style) in enumerate(zip(cells, styles, strict=True)):
            self.book.put(self.sheet, self.row, at, cell, style)
        self.row += 1


def write_overview(book: Book, facts: Facts) -> None:
    """Write the first sheet."""
    sheet = book.sheet(book.say(OVERVIEW), "#404040")
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    page = _Page(book, sheet)
    _head(page, facts)
    _grades(page, facts)
    _rules(page, facts)
    _worst(page, facts)
    _matrix(page, facts)
    _documents(page, facts)


def _head(page: _Page, facts: Facts) -> None:
    book, report = page.book, facts.report
    page.line(book.either("预算绩效目标审核报告", "Audit of budget performance goals"), 34, bold=True, font_size=18)
    made = report.provenance
    digest = made.rulebook.removeprefix("sha256:")[:12]
    page.line(
        book.either(
            f"程序版本 {made.version} · 规则库 {digest} · 口径 {report.profile}",
            f"program {made.version} · rulebook {digest} · edition {report.profile}",
        ),
        18,
        font_color="#757575",
    )
    count = Counter(finding.severity for finding in facts.findings)
    touched = len([entry for entry in facts.entries if entry.key in facts.finding_rows])
    said = book.either(
        f"审核了 {len(report.documents)} 个文件、{len(facts.entries)} 个项目，其中 {touched} 个项目需要修改："
        f"错误 {count['error']}，警告 {count['warning']}，建议 {count['info']}，未检查 {len(report.gaps)}。",
        f"{len(report.documents)} documents, {len(facts.entries)} projects; {touched} need changes: {count['error']} errors, "
        f"{count['warning']} warnings, {count['info']} pieces of advice, {len(report.gaps)} not checked.",
    )
    page.line(said, 26, bold=True, font_size=12)
    for words, look in _notes(page.book, facts, count["info"]):
        page.line(words, 20, **look)
    sheets = (PROJECTS, INDICATORS, FINDINGS, REUSE, LINKS, GAPS, RULES)
    page.sheet.set_row(page.row, 20)
    page.book.put(page.sheet, page.row, 0, book.either("转到工作表", "go to sheet"), "text", "dim")
    for at, name in enumerate(sheets):
        page.book.put(page.sheet, page.row, at + 1, Shown(book.say(name), None, f"'{book.say(name)}'!A1"), "middle")
    page.row += 1


def _notes(book: Book, facts: Facts, advice: int) -> list[tuple[str, dict[str, Any]]]:
    report = facts.report
    notes: list[tuple[str, dict[str, Any]]] = []
    if report.gaps:
        said = book.either(
            f"有 {len(report.gaps)} 处未能检查，不等于没有问题，详见“未检查”。",
            f"{len(report.gaps)} places were not checked, which does not mean that they are clean: see “Not checked”.",
        )
        notes.append((said, {"bold": True, "bg_color": "#E4DFEC", "font_color": "#5B2C83"}))
    if advice and facts.finding_rows:
        said = book.either(
            f"“问题清单”默认只显示错误和警告；{advice} 条建议已由“级别”列的筛选折叠，清除筛选即可看到。",
            f"“Findings” shows errors and warnings; a filter on “severity” folds {advice} pieces of advice away.",
        )
        notes.append((said, {"font_color": "#1F4E79"}))
    if report.waived or report.stale_waivers:
        said = book.either(
            f"另有 {len(report.waived)} 条问题已豁免，列在“问题清单”末尾；失效或过期的豁免 {len(report.stale_waivers)} 条。",
            f"{len(report.waived)} findings are waived (end of “Findings”); {len(report.stale_waivers)} waivers are stale.",
        )
        notes.append((said, {"font_color": "#757575"}))
    return notes


def _grades(page: _Page, facts: Facts) -> None:
    book = page.book
    page.heading(Wording("质量等级", "Grades"))
    page.header((book.either("等级", "grade"), book.either("含义", "meaning"), book.either("项目数", "projects")))
    grades = Counter(entry.review.grade for entry in facts.entries)
    meanings = {
        "优": book.either("通过", "passes"),
        "良": book.either("完善后通过", "passes once polished"),
        "中": book.either("退回修改", "goes back"),
        "差": book.either("不予安排预算", "stops the budget"),
    }
    first = page.row
    for grade in GRADES:
        page.cells((Shown(book.say(GRADE[grade]), grade), meanings[grade], grades[grade]), ("middle", "text", "whole"))
    unjudged = book.either("不逐项审核的项目", "exempt from judgement")
    page.cells(("–", unjudged, grades[None]), ("middle", "text", "whole"))
    quality = mean_quality(entry.review for entry in facts.entries)
    measurable = mean_score(score for entry in facts.entries for score in entry.scores)
    last = page.row
    for title, value in (
        (book.either("平均质量", "mean quality"), quality),
        (book.either("指标平均可衡量性", "mean measurability"), measurable),
    ):
        page.cells((title, book.either("满分 100", "of 100"), value), ("text", "text", "bar"))
    page.sheet.conditional_format(last, 2, page.row - 1, 2, bar())
    _grade_chart(page, first)
    page.row = max(page.row, first + 9)


def _grade_chart(page: _Page, first: int) -> None:
    name = page.book.say(OVERVIEW)
    chart = page.book.workbook.add_chart({"type": "column"})
    colors = ("#70AD47", "#A9D18E", "#FFC000", "#C00000", "#A6A6A6")
    chart.add_series(
        {
            "categories": [name, first, 0, first + 4, 0],
            "values": [name, first, 2, first + 4, 2],
            "points": [{"fill": {"color": color}} for color in colors],
            "data_labels": {"value": True},
            "gap": 60,
        }
    )
    chart.set_title({"name": page.book.either("项目质量等级分布", "Projects by grade"), "name_font": {"size": 11}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 560, "height": 190})
    page.sheet.insert_chart(first - 1, 4, chart, {"object_position": 2, "description": "grades"})


def _rules(page: _Page, facts: Facts) -> None:
    counts = Counter(finding.rule for finding in facts.findings)
    if not counts:
        return
    book, titles = page.book, dict(facts.report.titles)
    page.heading(Wording("问题按规则", "Findings by rule"))
    page.header([book.either(zh, en) for zh, en in (("规则", "rule"), ("名称", "title"), ("级别", "severity"), ("问题数", "findings"), ("项目数", "projects"))])  # fmt: skip
    projects = Counter(rule for rule, _ in {(one.rule, (one.document, one.row)) for one in facts.findings})
    places = {rule: at for at, (rule, _) in enumerate(facts.report.titles)}
    ranked = sorted(counts, key=lambda rule: (SEVERITIES.index(facts.severity_of[rule]), -counts[rule], rule))
    first = page.row
    for rule in ranked:
        severity = facts.severity_of[rule]
        link = address(book, RULES, (places[rule],) * 2) if rule in places else None
        page.cells(
            (
                Shown(rule, None, link),
                book.say(titles.get(rule, Wording(rule, rule))),
                Shown(book.say(SEVERITY[severity]), severity),
                counts[rule],
                projects[rule],
            ),
            ("middle", "text", "middle", "bar", "whole"),
        )
    scale = {**bar("#F4B183"), "max_value": max(counts.values())}
    page.sheet.conditional_format(first, 3, page.row - 1, 3, scale)


def _worst(page: _Page, facts: Facts) -> None:
    worst = facts.worst(WORST)
    if not worst:
        return
    book = page.book
    page.heading(
        Wording(f"最需要修改的项目（前 {len(worst)} 个）", f"Projects most in need of changes (first {len(worst)})")
    )
    page.header([book.either(zh, en) for zh, en in (("文件", "document"), ("项目", "project"), ("质量", "quality"), ("等级", "grade"), ("错误", "errors"), ("警告", "warnings"))])  # fmt: skip
    first = page.row
    for entry in worst:
        title = entry.project.title or book.say(NAMELESS)
        grade = entry.review.grade
        link = address(book, FINDINGS, facts.finding_rows[entry.key], 17)
        page.cells(
            (
                entry.document,
                Shown(title, None, link),
                entry.review.quality,
                Shown(book.say(GRADE[grade]), grade) if grade else "–",
                facts.counts[entry.key, "error"],
                facts.counts[entry.key, "warning"],
            ),
            ("text", "text", "bar", "middle", "whole", "whole"),
        )
    page.sheet.conditional_format(first, 2, page.row - 1, 2, bar())


def _matrix(page: _Page, facts: Facts) -> None:
    """Write how many indicators were filed under one class and belong to another."""
    pairs = Counter(
        (score.filed, score.filed if score.guess.filed_stands else score.guess.code)
        for entry in facts.entries
        for score in entry.scores
        if score.filed in CODES and score.guess and not score.guess.abstained
    )
    if not pairs:
        return
    book = page.book
    page.heading(
        Wording(
            "填报类别（行）与判定类别（列）：填在说得通的类别算在对角线上",
            "Filed class (rows) and true class (columns); a defensible class counts as true",
        )
    )
    page.header(["", book.either("填报的指标数（需人判断的除外）", "indicators filed (abstentions left out)"), *(class_name(code, book.language) for code in CODES)])  # fmt: skip
    for filed in CODES:
        row: list[Cell] = [class_name(filed, book.language), sum(pairs[filed, code] for code in CODES)]
        for code in CODES:
            count = pairs[filed, code]
            tint = "good" if code == filed else "warning"
            row.append(Shown(count, tint) if count else Shown(None, "优" if code == filed else None))
        page.cells(row, ("text", "whole", *["whole"] * len(CODES)))


def _documents(page: _Page, facts: Facts) -> None:
    book, report = page.book, facts.report
    page.heading(Wording("文件", "Documents"))
    titles = (
        ("文件", "document"), ("部门 · 表式 · 年度", "department · form · year"), ("项目", "projects"), ("指标", "indicators"),
        ("错误", "errors"), ("警告", "warnings"), ("建议", "advice"), ("未检查", "not checked"),
        ("平均质量", "mean quality"), ("可衡量性", "measurability"), ("金额合计", "total"), ("口径", "edition"),
    )  # fmt: skip
    page.header([book.either(zh, en) for zh, en in titles])
    counts = Counter((finding.document, finding.severity) for finding in facts.findings)
    gaps = Counter(gap.document for gap in report.gaps)
    first = page.row
    for at, document in enumerate(report.documents):
        facts_of = (document.department, FORM[document.form].say(book.language), str(document.year or ""))
        totals = [one.budget.total for one in document.projects if one.budget and one.budget.total is not None]
        numbers: list[Cell] = [
            Shown(counts[document.name, severity], severity if counts[document.name, severity] else "dim")
            for severity in SEVERITIES
        ]
        page.cells(
            (
                document.name,
                " · ".join(filter(None, facts_of)),
                len(document.projects),
                sum(len(project.indicators) for project in document.projects),
                *numbers,
                Shown(gaps[document.name], "gap" if gaps[document.name] else "dim"),
                mean_quality(report.reviews[at]) if report.reviews else None,
                mean_score(score for project in report.scores[at] for score in project) if report.scores else None,
                float(sum(totals)) if totals else None,
                report.profiles[at] if at < len(report.profiles) else None,
            ),
            ("text", "text", *["whole"] * 6, "bar", "bar", "money", "middle"),
        )
    if report.documents:
        page.sheet.conditional_format(first, 8, page.row - 1, 9, bar())
