"""The report in a terminal: what matters most comes first, advice is folded into a count until it is asked for."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.finding import SEVERITIES, Evidence, Finding, Report, Severity
from auditor.reports.words import FORM, SEVERITY, where
from auditor.wording import Language, Wording

STYLE: dict[Severity, str] = {"error": "bold red", "warning": "yellow", "info": "cyan"}
QUOTE_LENGTH = 40
_SIGN: dict[Severity, str] = {"error": "✗", "warning": "!", "info": "·"}


@dataclass(frozen=True)
class TextOptions:
    """How much of a report the terminal shows: `top` projects (0: all), advice in full or counted."""

    language: Language = "zh"
    advice: bool = False
    top: int = 20
    width: int | None = None
    color: bool = False


def render(report: Report, options: TextOptions) -> str:
    """Return the report as text; with `color` it holds terminal colour codes."""
    out = io.StringIO()
    console = Console(
        file=out, force_terminal=options.color, no_color=not options.color, width=options.width or 110, highlight=False
    )
    for part in _parts(report, options):
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _parts(report: Report, options: TextOptions) -> Iterator[RenderableType]:
    yield _documents(report, options)
    yield _headline(report, options)
    if report.gaps:
        yield _gaps(report, options)
    shown = [finding for finding in report.findings if options.advice or finding.severity != "info"]
    yield from _projects(report, shown, options)
    yield from _groups(report, options)
    advice = sum(finding.severity == "info" for finding in report.findings)
    if advice and not options.advice:
        yield Text(
            Wording(
                f"另有 {advice} 条建议已折叠，加 --advice 展开；每条规则的说明见 auditor explain 编号",
                f"{advice} pieces of advice are folded away, --advice shows them; auditor explain ID tells about a rule",
            ).say(options.language),
            style="dim",
        )


def _documents(report: Report, options: TextOptions) -> RenderableType:
    language = options.language
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("文件|document", "表式|form"):
        table.add_column(_either(title, language), overflow="fold")
    for title in (
        "项目|projects",
        "指标|indicators",
        "错误|errors",
        "警告|warnings",
        "建议|advice",
        "未检查|not checked",
    ):
        table.add_column(_either(title, language), justify="right")
    counts = Counter((finding.document, finding.severity) for finding in report.findings)
    unread = Counter(gap.document for gap in report.gaps)
    for document in report.documents:
        cells = [
            document.name,
            FORM[document.form].say(language),
            str(len(document.projects)),
            str(sum(len(project.indicators) for project in document.projects)),
        ]
        graded = [
            Text(str(counts[document.name, severity]), STYLE[severity] if counts[document.name, severity] else "dim")
            for severity in SEVERITIES
        ]
        table.add_row(
            *cells, *graded, Text(str(unread[document.name]), "bold magenta" if unread[document.name] else "dim")
        )
    return Group(table, Text())


def _either(words: str, language: Language) -> str:
    zh, en = words.split("|")
    return zh if language == "zh" else en


def _headline(report: Report, options: TextOptions) -> RenderableType:
    counts = Counter(finding.severity for finding in report.findings)
    projects = sum(len(document.projects) for document in report.documents)
    touched = len({(f.document, f.row) for f in report.findings if f.severity != "info" and f.row is not None})
    words = Wording(
        f"{projects} 个项目中 {touched} 个需要修改：错误 {counts['error']}，警告 {counts['warning']}，建议 {counts['info']}，未检查 {len(report.gaps)}",
        f"{touched} of {projects} projects need changes: {counts['error']} errors, {counts['warning']} warnings, "
        f"{counts['info']} pieces of advice, {len(report.gaps)} not checked",
    )
    return Group(Text(words.say(options.language), style="bold"), Text())


def _gaps(report: Report, options: TextOptions) -> RenderableType:
    language = options.language
    title = Wording(
        f"未检查（{len(report.gaps)} 处，不等于没有问题）",
        f"Not checked ({len(report.gaps)}; this does not mean clean)",
    )
    rows: list[RenderableType] = [Text(title.say(language), style="bold magenta")]
    for gap in report.gaps:
        at = " ".join(filter(None, (gap.document, where(gap.place, language))))
        line = Text("  ? ", style="magenta").append(f"{at}：" if language == "zh" else f"{at}: ", style="bold")
        line.append(gap.reason.say(language), style="none")
        if gap.quote:
            line.append(f" “{_short(gap.quote)}”", style="dim")
        rows.append(line)
    return Group(*rows, Text())


def _projects(report: Report, findings: Sequence[Finding], options: TextOptions) -> Iterator[RenderableType]:
    """Yield the projects with findings, worst first."""
    groups: dict[tuple[str, int | None], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.document, finding.row), []).append(finding)
    worst = sorted(groups.items(), key=lambda item: [-n for n in _weights(item[1])])
    several = len(report.documents) > 1
    shown = worst[: options.top] if options.top else worst
    for (document, row), group in shown:
        yield _project(document if several else None, row, group, options)
    if len(shown) < len(worst):
        hidden = len(worst) - len(shown)
        words = Wording(
            f"还有 {hidden} 个项目有问题未列出，加 --top 0 全部列出",
            f"{hidden} more projects with findings are not listed; --top 0 lists all",
        )
        yield Group(Text(words.say(options.language), style="bold"), Text())


def _weights(findings: Iterable[Finding]) -> list[int]:
    counts = Counter(finding.severity for finding in findings)
    return [counts[severity] for severity in SEVERITIES]


def _project(
    document: str | None, row: int | None, findings: Sequence[Finding], options: TextOptions
) -> RenderableType:
    language = options.language
    name = findings[0].project or (Wording("全表", "whole document").say(language) if row is None else "")
    title = Text(style="bold")
    if document:
        title.append(f"{document} ", style="dim")
    if row is not None:
        title.append(f"第{row}行 " if language == "zh" else f"row {row} ")
    title.append(_short(name, 60))
    counts = [
        f"{SEVERITY[severity].say(language)} {count}"
        for severity, count in zip(SEVERITIES, _weights(findings), strict=True)
        if count
    ]
    title.append("  " + " · ".join(counts), style="dim")
    lines = [_finding(finding, options) for finding in sorted(findings, key=lambda f: SEVERITIES.index(f.severity))]
    return Group(title, *lines, Text())


def _finding(finding: Finding, options: TextOptions) -> RenderableType:
    """Lay a finding out in two lines: what and where, then what to do."""
    language, style = options.language, STYLE[finding.severity]
    first = Text(f"{_SIGN[finding.severity]} {finding.rule} ", style=style)
    if finding.indicator is not None:
        first.append(
            f"指标{finding.indicator} " if language == "zh" else f"indicator {finding.indicator} ", style="bold"
        )
    first.append(finding.message.say(language), style="none")
    place = where(finding.place, language)
    if place:
        first.append(f"  [{place}]", style="dim")
    second = Text("→ ", style="green").append(finding.suggestion.say(language), style="none")
    rows: list[RenderableType] = [Padding(first, (0, 0, 0, 2)), Padding(second, (0, 0, 0, 4))]
    if finding.severity != "info":
        rows[1:1] = [Padding(_evidence(evidence, language), (0, 0, 0, 4)) for evidence in finding.evidence[:1]]
    return Group(*rows)


def _evidence(evidence: Evidence, language: Language) -> Text:
    row = "" if evidence.row is None else (f"第{evidence.row}行" if language == "zh" else f"row {evidence.row}")
    place = where(evidence.place, language)
    at = " ".join(filter(None, (row, place)))
    return Text("= ", style="dim").append(
        f"{evidence.what.say(language)} {at}：“{_short(evidence.quote)}”", style="dim"
    )


def _groups(report: Report, options: TextOptions) -> Iterator[RenderableType]:
    """Yield one line for each programme whose rows repeat for good reason."""
    language = options.language
    groups = [group for group in report.reuse if group.relation == "same_programme" and group.kind == "goal"]
    if not groups:
        return
    title = Wording("同一专项的重复（属正常，不计问题）", "Repetition within one programme (legitimate, no finding)")
    lines: list[RenderableType] = [Text(title.say(language), style="bold")]
    names = {
        (document.name, project.row): project.title for document in report.documents for project in document.projects
    }
    for group in groups:
        rows = "、".join(str(member.row) for member in group.members)
        name = _short(names[group.members[0].document, group.members[0].row], 40)
        said = Wording(f"{name}：{len(group.members)} 行（{rows}）", f"{name}: {len(group.members)} rows ({rows})")
        lines.append(Text("  " + said.say(language), style="dim"))
    yield Group(*lines, Text())


def _short(quote: str, length: int = QUOTE_LENGTH) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= length else flat[:length] + "…"
