"""The charts of the summary as SVG: sizes in the text's own pixels, widths in percent, colours from the style sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from auditor.finding import SEVERITIES, Severity
from auditor.outcome import GRADES, IndicatorScore
from auditor.report import Report
from auditor.reports.html.book import Book
from auditor.reports.html.inert import safe
from auditor.reports.html.words import grade_name
from auditor.reports.words import CLASS, class_name

_LINE = 24
_LABEL, _BARS = 60, 33
"""Percent of the width for the label of a bar and for the longest bar; the rest is the number's."""

_HISTOGRAM = 150
_CELL = 26
_UNSURE = "?"


@dataclass(frozen=True)
class Bar:
    """How often a rule spoke with one severity."""

    rule: str
    title: str
    severity: Severity
    count: int


def rule_bars(book: Book) -> list[Bar]:
    """Count findings by rule and severity, gravest and most frequent first."""
    counts = Counter((finding.rule, finding.severity) for finding in book.report.findings)
    found = [Bar(rule, book.title(rule), severity, count) for (rule, severity), count in counts.items()]
    return sorted(found, key=lambda bar: (SEVERITIES.index(bar.severity), -bar.count, bar.rule))


def bar_chart(bars: Sequence[Bar], most: int, label: str) -> Markup:
    """Draw bars below one another; each is a link that filters the projects."""
    rows = []
    for at, bar in enumerate(bars):
        y = at * _LINE
        width = max(0.5, bar.count / most * _BARS)
        # The title lies under the bar, so that a long one is covered by white and never runs into the bar.
        rows.append(
            Markup(
                '<a href="#rule={rule}"><title>{rule} {title}: {count}</title><text x=0 y={text} class=t{letter}>{rule}</text>'
                "<text x=44 y={text}>{title}</text><rect class=bg x={left}% y={y} width=100% height={line} />"
                "<rect class=f{letter} x={left}% y={top} width={width:.1f}% height=14 rx=2 />"
                "<text x={end:.1f}% y={text} dx=5 class=n>{count}</text></a>"
            ).format(
                rule=safe(bar.rule),
                title=safe(bar.title),
                count=bar.count,
                letter=bar.severity[0],
                y=y,
                line=_LINE,
                text=y + 17,
                top=y + 5,
                left=_LABEL,
                width=width,
                end=_LABEL + width,
            )
        )
    return _svg(len(bars) * _LINE, label, rows)


def quality_chart(book: Book, label: str) -> Markup:
    """Draw how many projects have a quality of 0–9, 10–19 … 90–100, each column made of its grades."""
    counts = Counter(
        (min(9, review.quality // 10), review.grade)
        for reviews in book.report.reviews
        for review in reviews
        if review.quality is not None
    )
    totals = [sum(counts[column, grade] for grade in GRADES) for column in range(10)]
    most = max(totals, default=0) or 1
    pieces = []
    for column, total in enumerate(totals):
        x, y = 2 + column * 9.6, 20.0 + _HISTOGRAM
        for grade in reversed(GRADES):
            height = counts[column, grade] / most * _HISTOGRAM
            if height:
                y -= height
                pieces.append(
                    Markup(
                        "<rect class=g{} x={:.1f}% y={:.1f} width=8.4% height={:.1f}><title>{} {}</title></rect>"
                    ).format(GRADES.index(grade), x, y, height, grade_name(grade, book.language), counts[column, grade])
                )
        low = f"{column * 10}" if column < 9 else "90+"
        pieces.append(Markup("<text x={:.1f}% y={} class=m>{}</text>").format(x + 4.2, _HISTOGRAM + 37, low))
        if total:
            pieces.append(Markup("<text x={:.1f}% y={:.1f} class='m n'>{}</text>").format(x + 4.2, y - 5, total))
    return _svg(_HISTOGRAM + 44, label, pieces)


def class_counts(report: Report) -> Counter[tuple[str, str]]:
    """Count indicators by class filed and true class; an abstention counts as `?`, a filed class unknown as ''.

    Where the class filed may stand, it counts as the true one.
    """
    found: Counter[tuple[str, str]] = Counter()
    for document in report.scores:
        for project in document:
            found.update(_pair(score) for score in project if score.guess is not None)
    return found


def _pair(score: IndicatorScore) -> tuple[str, str]:
    guess = score.guess
    if guess is None or guess.abstained:
        return score.filed or "", _UNSURE
    return score.filed or "", score.filed if score.filed and guess.filed_stands else guess.code


def matrix(counts: Mapping[tuple[str, str], int], book: Book, label: str, unknown: str) -> Markup:
    """Draw filed classes as rows, true classes as columns; the deeper the colour, the larger the share of its row."""
    rows = [*CLASS, *([""] if any(filed == "" for filed, _ in counts) else [])]
    columns = [*CLASS, _UNSURE]
    left, width = 24.0, 76.0 / len(columns)
    pieces = [
        Markup("<text x={:.1f}% y=16 class=m>{}</text>").format(left + (at + 0.5) * width, code)
        for at, code in enumerate(columns)
    ]
    for line, filed in enumerate(rows):
        y = 24 + line * _CELL
        total = sum(counts.get((filed, code), 0) for code in columns)
        name = class_name(filed, book.language) if filed else unknown
        pieces.append(Markup("<text x=0 y={}>{}</text>").format(y + 17, name))
        for at, code in enumerate(columns):
            count = counts.get((filed, code), 0)
            pieces.append(_cell(left + at * width, y, width, count, total, _shade(filed, code)))
    return _svg(24 + len(rows) * _CELL, label, pieces)


def _shade(filed: str, code: str) -> str:
    return "mq" if code == _UNSURE else "md" if filed == code else "mx"


def _cell(x: float, y: int, width: float, count: int, total: int, shade: str) -> Markup:
    if not count:
        return Markup("<rect class=m0 x={:.2f}% y={} width={:.2f}% height={} />").format(x, y, width - 0.4, _CELL - 2)
    depth = 1 + min(3, 4 * count // (total + 1))
    return Markup(
        "<rect class='{} d{}' x={:.2f}% y={} width={:.2f}% height={} /><text x={:.2f}% y={} class='m n'>{}</text>"
    ).format(shade, depth, x, y, width - 0.4, _CELL - 2, x + width / 2 - 0.2, y + 17, count)


def _svg(height: int, label: str, pieces: Sequence[Markup]) -> Markup:
    return Markup('<svg width="100%" height="{}" role="group" aria-label="{}">{}</svg>').format(
        height, label, Markup("").join(pieces)
    )
