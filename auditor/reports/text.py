"""The report in a terminal: what matters most comes first, advice is folded into a count until it is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.finding import SEVERITIES, Evidence, Finding, Severity
from auditor.outcome import Grade, ProjectReview
from auditor.report import Report
from auditor.reports.terminal import Screen, short
from auditor.reports.values import mean_quality, mean_score
from auditor.reports.words import FORM, GRADE, where
from auditor.wording import Wording

STYLE: dict[Severity, str] = {"error": "bold red", "warning": "yellow", "info": "cyan"}
GRADE_STYLE: dict[Grade, str] = {"优": "green", "良": "green", "中": "yellow", "差": "red"}
_SIGN: dict[Severity, str] = {"error": "✗", "warning": "!", "info": "·"}
_QUOTE = 60
_NAME = 40
_BAR = 30


@dataclass(frozen=True)
class TextOptions:
    """How much of a report the terminal shows: `top` projects (0: all), advice in full or counted."""

    advice: bool = False
    top: int = 20
    screen: Screen = field(default_factory=Screen)


def render(report: Report, options: TextOptions) -> str:
    """Return the report as text; on a colour screen it holds terminal colour codes."""
    return options.screen.show(_parts(report, options))


def _parts(report: Report, options: TextOptions) -> Iterator[RenderableType]:
    screen = options.screen
    yield _headline(report, screen)
    yield _documents(report, screen)
    if report.findings:
        yield _chart(report, screen)
    if report.gaps:
        yield _gaps(report, screen)
    shown = [finding for finding in report.findings if options.advice or finding.severity != "info"]
    yield from _projects(report, shown, options)
    yield from _groups(report, screen)
    yield from _linked(report, screen)
    yield from _waived(report, screen)
    advice = sum(finding.severity == "info" for finding in report.findings)
    if advice and not options.advice:
        yield Text(
            screen.either(
                f"另有 {advice} 条建议已折叠，加 --advice 展开；规则说明见 auditor explain 编号",
                f"{advice} pieces of advice are folded away, --advice shows them; auditor explain ID tells about a rule",
            ),
            style="dim",
        )


def _headline(report: Report, screen: Screen) -> RenderableType:
    counts = Counter(finding.severity for finding in report.findings)
    projects = sum(len(document.projects) for document in report.documents)
    touched = len({(f.document, f.row) for f in report.findings if f.severity != "info" and f.row is not None})
    words = screen.either(
        f"审核了 {len(report.documents)} 个文件、{projects} 个项目，其中 {touched} 个项目需要修改："
        f"错误 {counts['error']}，警告 {counts['warning']}，建议 {counts['info']}，未检查 {len(report.gaps)}",
        f"{len(report.documents)} documents, {projects} projects; {touched} projects need changes: {counts['error']} "
        f"errors, {counts['warning']} warnings, {counts['info']} pieces of advice, {len(report.gaps)} not checked",
    )
    return Group(Text(screen.flow(words), style="bold"), Text())


def _documents(report: Report, screen: Screen) -> RenderableType:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for zh, en in (("文件", "document"), ("表式", "form")):
        table.add_column(screen.either(zh, en), overflow="fold")
    columns = (
        ("项目", "projects"),
        ("指标", "indicators"),
        ("错误", "errors"),
        ("警告", "warnings"),
        ("建议", "advice"),
        ("未检查", "not checked"),
        ("可衡量", "measurable"),
        ("质量", "quality"),
    )
    for zh, en in columns:
        table.add_column(screen.either(zh, en), justify="right")
    counts = Counter((finding.document, finding.severity) for finding in report.findings)
    unread = Counter(gap.document for gap in report.gaps)
    for document, scores, reviews in zip(report.documents, report.scores, report.reviews, strict=True):
        quality = mean_quality(reviews)
        score = mean_score(score for project in scores for score in project)
        indicators = sum(len(project.indicators) for project in document.projects)
        graded = [_count(counts[document.name, severity], STYLE[severity]) for severity in SEVERITIES]
        table.add_row(
            document.name,
            FORM[document.form].say(screen.language),
            str(len(document.projects)),
            str(indicators),
            *graded,
            _count(unread[document.name], "bold magenta"),
            "–" if score is None else str(score),
            "–" if quality is None else str(quality),
        )
    return Group(table, Text())


def _count(number: int, style: str) -> Text:
    return Text(str(number), style if number else "dim")


def _chart(report: Report, screen: Screen) -> RenderableType:
    """Draw how often each rule spoke, as bars."""
    counts = Counter(finding.rule for finding in report.findings)
    severity = {finding.rule: finding.severity for finding in reversed(report.findings)}
    titles = dict(report.titles)
    table = Table(box=None, show_header=False, pad_edge=False)
    most = max(counts.values())
    ranked = sorted(counts, key=lambda rule: (SEVERITIES.index(severity[rule]), -counts[rule], rule))
    for rule in ranked:
        bar = "█" * max(1, round(counts[rule] / most * _BAR))
        style = STYLE[severity[rule]]
        title = titles.get(rule, Wording(rule, rule)).say(screen.language)
        table.add_row(Text(rule, style), title, Text(str(counts[rule]), justify="right"), Text(bar, style))
    return Group(table, Text())


def _gaps(report: Report, screen: Screen) -> RenderableType:
    count = len(report.gaps)
    title = screen.either(f"未检查（{count} 处，不等于没有问题）", f"Not checked ({count}; this does not mean clean)")
    rows: list[RenderableType] = [Text(title, style="bold magenta")]
    for gap in report.gaps:
        at = " ".join(filter(None, (gap.document, where(gap.place, screen.language))))
        line = (
            Text()
            .append(screen.flow("? "), style="magenta")
            .append(screen.flow(screen.either(f"{at}：", f"{at}: ")), style="bold")
        )
        line.append(screen.flow(gap.reason.say(screen.language)))
        if gap.quote:
            line.append(screen.flow(f" “{short(gap.quote, _QUOTE)}”"), style="dim")
        rows.append(Padding(line, (0, 0, 0, 2)))
    return Group(*rows, Text())


def _projects(report: Report, findings: Sequence[Finding], options: TextOptions) -> Iterator[RenderableType]:
    """Yield the projects with findings: the lowest quality first, then the gravest; equals keep the documents' order."""
    reviews = reviews_by_row(report)
    groups: dict[tuple[str, int | None], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.document, finding.row), []).append(finding)
    worst = sorted(groups.items(), key=lambda item: (_quality(reviews.get(item[0])), [-n for n in _weights(item[1])]))
    several = len(report.documents) > 1
    shown = worst[: options.top] if options.top else worst
    for (document, row), group in shown:
        yield _project(document if several else None, row, group, reviews.get((document, row)), options.screen)
    hidden = len(worst) - len(shown)
    if hidden:
        words = options.screen.either(
            f"还有 {hidden} 个项目有问题未列出，加 --top 0 全部列出",
            f"{hidden} more projects with findings are not listed; --top 0 lists all",
        )
        yield Group(Text(words, style="bold"), Text())


def _weights(findings: Iterable[Finding]) -> list[int]:
    counts = Counter(finding.severity for finding in findings)
    return [counts[severity] for severity in SEVERITIES]


def reviews_by_row(report: Report) -> dict[tuple[str, int | None], ProjectReview]:
    """Return every project's review by document and row."""
    return {
        (document.name, project.row): review
        for document, reviews in zip(report.documents, report.reviews, strict=True)
        for project, review in zip(document.projects, reviews, strict=True)
    }


def _quality(review: ProjectReview | None) -> int:
    return review.quality if review and review.quality is not None else 101


def _project(
    document: str | None, row: int | None, findings: Sequence[Finding], review: ProjectReview | None, screen: Screen
) -> RenderableType:
    title = Text(style="bold")
    name = findings[0].project
    if name is not None:
        title.append(screen.either(f"第{row}行 {name}", f"row {row} {name}"))
    else:
        title.append(screen.either("全表", "whole document"))
    if review and review.quality is not None and review.grade:
        words = screen.either(
            f"  质量 {review.quality}（{review.grade}）", f"  quality {review.quality} ({GRADE[review.grade].en})"
        )
        title.append(words, style=f"{GRADE_STYLE[review.grade]} not bold")
    if document:
        title.append(f"  {document}", style="dim not bold")
    ranked = sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))
    return Group(title, *(_alike(alike, screen) for alike in _by_words(ranked, screen)), Text())


def _by_words(findings: Iterable[Finding], screen: Screen) -> list[list[Finding]]:
    """Gather findings that say the same of several indicators."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.message.say(screen.language)), []).append(finding)
    return list(groups.values())


def _alike(findings: Sequence[Finding], screen: Screen) -> RenderableType:
    """Lay one finding, or several that say the same, out in two lines: what and where, then what to do."""
    finding = findings[0]
    first = Text().append(screen.flow(f"{_SIGN[finding.severity]} {finding.rule} "), style=STYLE[finding.severity])
    ordinals = sorted({str(one.indicator) for one in findings if one.indicator is not None}, key=int)
    if ordinals:
        first.append(screen.either(f"指标{'、'.join(ordinals)}：", f"indicator {', '.join(ordinals)}: "), style="bold")
    first.append(screen.flow(finding.message.say(screen.language)))
    place = where(finding.place, screen.language)
    if place:
        first.append(screen.flow(f" [{place}{'…' if len(findings) > 1 else ''}]"), style="dim")
    rows: list[RenderableType] = [Padding(first, (0, 0, 0, 2))]
    if finding.severity != "info":
        rows += [Padding(evidence_line(evidence, screen), (0, 0, 0, 4)) for evidence in finding.evidence[:1]]
    second = (
        Text()
        .append(screen.flow("→ "), style="green")
        .append(screen.flow(finding.suggestion.say(screen.language)), style="none")
    )
    return Group(*rows, Padding(second, (0, 0, 0, 4)))


def evidence_line(evidence: Evidence, screen: Screen, length: int = _QUOTE) -> Text:
    """Return one piece of evidence in a line: what it is, where it stands, what it says (cut to `length` characters)."""
    row = "" if evidence.row is None else screen.either(f"第{evidence.row}行", f"row {evidence.row}")
    at = " ".join(filter(None, (row, where(evidence.place, screen.language))))
    said = screen.either(
        f"{evidence.what.zh}（{at}）：“{short(evidence.quote, length)}”",
        f"{evidence.what.en} ({at}): “{short(evidence.quote, length)}”",
    )
    return Text(screen.flow("= "), style="dim").append(screen.flow(said), style="dim")


def _linked(report: Report, screen: Screen) -> Iterator[RenderableType]:
    """Yield one line for each two documents that were compared."""
    if not report.pairings:
        return
    lines: list[RenderableType] = [Text(screen.either("勾稽核对", "Documents compared"), style="bold")]
    for pairing in report.pairings:
        differing = sum(not link.agrees for link in pairing.links)
        said = screen.either(
            f"{pairing.a} ↔ {pairing.b}：对应 {len(pairing.links)} 处，不一致 {differing} 处",
            f"{pairing.a} ↔ {pairing.b}: {len(pairing.links)} counterparts, {differing} differ",
        )
        lines.append(Padding(Text(screen.flow(said), style="dim"), (0, 0, 0, 2)))
    yield Group(*lines, Text())


def _waived(report: Report, screen: Screen) -> Iterator[RenderableType]:
    """Say how many findings somebody accepted, and which waivers no longer hold."""
    if report.waived:
        words = screen.either(
            f"另有 {len(report.waived)} 条已豁免，不计入以上各数",
            f"{len(report.waived)} findings are waived and not counted above",
        )
        yield Text(screen.flow(words), style="dim")
    for stale in report.stale_waivers:
        name = " ".join(filter(None, (stale.waiver.rule, stale.waiver.project)))
        words = (
            screen.either(
                f"豁免已过期（{stale.waiver.until}）：{name}", f"waiver expired ({stale.waiver.until}): {name}"
            )
            if stale.state == "expired"
            else screen.either(f"豁免不再需要：{name}", f"waiver no longer needed: {name}")
        )
        yield Text(screen.flow(words), style="magenta")


def _groups(report: Report, screen: Screen) -> Iterator[RenderableType]:
    """Yield one line for each programme whose rows repeat for good reason."""
    groups = [group for group in report.reuse if group.relation == "same_programme" and group.kind == "goal"]
    if not groups:
        return
    title = screen.either(
        "同一专项的重复（属正常，不计问题）", "Repetition within one programme (legitimate, no finding)"
    )
    lines: list[RenderableType] = [Text(title, style="bold")]
    names = {
        (document.name, project.row): project.title for document in report.documents for project in document.projects
    }
    several = len(report.documents) > 1
    for group in groups:
        rows: dict[str, list[str]] = {}
        for member in group.members:
            rows.setdefault(member.document, []).append(str(member.row))
        listed = "；".join(
            (f"{document} " if several else "") + "、".join(numbers) for document, numbers in rows.items()
        )
        name = short(names[group.members[0].document, group.members[0].row], _NAME)
        said = screen.either(
            f"{name}：{len(group.members)} 行（{listed}）", f"{name}: {len(group.members)} rows ({listed})"
        )
        lines.append(Padding(Text(screen.flow(said), style="dim"), (0, 0, 0, 2)))
    yield Group(*lines, Text())
