"""The page: one file that holds its own style, script and drawings and asks for nothing from outside."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from auditor.finding import SEVERITIES, Member
from auditor.outcome import GRADES
from auditor.report import Report
from auditor.reports.html import charts, overview
from auditor.reports.html.book import Book, open_book, worst_first
from auditor.reports.html.cards import Card, card
from auditor.reports.html.indicators import usual_reasons
from auditor.reports.html.inert import finalized
from auditor.reports.html.network import MOST, drawings, networks
from auditor.reports.html.words import PARTS, grade_name, page_words, said
from auditor.reports.words import SEVERITY
from auditor.wording import AuditorError, Language

_FOLDER = Path(__file__).resolve().parent
_BARS = 24
"""Rules drawn at once; the rest is folded away."""

_GAPS = 50


@dataclass(frozen=True)
class HtmlOptions:
    """Language of the page; `project` makes it the page of one project, named by document and row."""

    language: Language = "zh"
    project: Member | None = None


def render(report: Report, options: HtmlOptions | None = None) -> str:
    """Return the report as one HTML file in UTF-8; equal reports give equal pages.

    Raises AuditorError where `options.project` names a row that the report does not hold.
    """
    options = options or HtmlOptions()
    book = open_book(report, options.language, options.project)
    if options.project and options.project not in book.anchors:
        raise AuditorError(
            f"报告中没有 {options.project.document} 第{options.project.row}行",
            f"the report holds no row {options.project.row} of {options.project.document}",
        )
    usual = usual_reasons(report, options.language)
    cards = [card(book, entry, usual) for entry in worst_first(book.entries)]
    shared = {
        "w": page_words(options.language),
        "language": options.language,
        "style": _asset("report.css"),
        "script": _asset("report.js"),
        "policy": policy(scripted=options.project is None),
        "cards": cards,
        "grades": GRADES,
        "severities": {severity[0]: SEVERITY[severity].say(options.language) for severity in SEVERITIES},
        "grade_name": lambda grade: grade_name(grade, options.language),
        "usual": _usual(usual, options.language),
        "report": report,
    }
    if options.project:
        return _template("project.html").render(shared)
    return _template("report.html").render(shared | _summary(book, cards))


def _summary(book: Book, cards: list[Card]) -> dict[str, object]:
    report, w = book.report, page_words(book.language)
    counts = Counter(finding.severity for finding in report.findings)
    bars = charts.rule_bars(book)
    most = max((bar.count for bar in bars), default=1)
    found = networks(report.reuse)
    classes = charts.class_counts(report)
    places = {entry.anchor: at for at, entry in enumerate(book.entries)}
    return {
        "order": [places[one.anchor] for one in cards],
        "totals": [counts[severity] for severity in SEVERITIES],
        "projects": sum(len(document.projects) for document in report.documents),
        "indicators": sum(len(project.indicators) for document in report.documents for project in document.projects),
        "touched": sum(1 for one in cards if one.row and one.counts[0] + one.counts[1]),
        "documents": list(overview.document_rows(book)),
        "gaps": overview.gap_rows(book),
        "gaps_shown": _GAPS,
        "bars": charts.bar_chart(bars[:_BARS], most, w["by_rule"]) if bars else "",
        "more_bars": charts.bar_chart(bars[_BARS:], most, w["other_rules"]) if bars[_BARS:] else "",
        "rules": sorted({(bar.rule, bar.title) for bar in bars}),
        "quality": charts.quality_chart(book, w["quality_chart"]),
        "by_grade": _by_grade(report),
        "matrix": charts.matrix(classes, book, w["matrix"], w["unknown_class"]) if classes else "",
        "networks": drawings(book, found[:MOST]),
        "networks_hidden": max(0, len(found) - MOST),
        "groups": overview.group_rows(book, report.reuse),
        "pairings": overview.pairing_rows(book),
        "waived": overview.waived_rows(book),
        "stale": overview.stale_rows(book),
    }


def _by_grade(report: Report) -> list[tuple[str | None, int]]:
    counts = Counter(review.grade for reviews in report.reviews for review in reviews)
    return [(grade, counts[grade]) for grade in (*GRADES, None) if grade or counts[None]]


def _usual(usual: dict[tuple[str, bool | None], str], language: Language) -> list[tuple[str, str, str]]:
    """Return the commonest reasons of parts that are met or not asked for, as the legend shows them."""
    signs = {True: "✓", None: "–"}
    return [
        (said(PARTS, part, language), sign, usual[part, met])
        for part in PARTS
        for met, sign in signs.items()
        if (part, met) in usual
    ]


@cache
def _asset(name: str) -> Markup:
    """Return a style sheet or script of this package; they hold no word of any report."""
    return Markup((_FOLDER / name).read_text(encoding="utf-8"))


def policy(*, scripted: bool) -> str:
    """Return the page's Content-Security-Policy: this style sheet, this script if any, and nothing else from anywhere."""
    script = f"script-src '{_digest('report.js')}'; " if scripted else ""
    return f"default-src 'none'; style-src '{_digest('report.css')}'; {script}base-uri 'none'; form-action 'none'"


def _digest(name: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(_asset(name).encode()).digest()).decode()}"


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        finalize=finalized,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    return environment.get_template(name)
