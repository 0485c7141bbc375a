"""Everything about one project, for the reviewer who has it before him: `auditor review`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.document import Document, Indicator, Passage, Project
from auditor.finding import SEVERITIES, Finding
from auditor.outcome import IndicatorScore, ProjectReview, Relevance, ReviewCell
from auditor.report import Report
from auditor.reports.terminal import Screen, short
from auditor.reports.text import GRADE_STYLE, STYLE, evidence_line
from auditor.reports.words import CLASS, GRADE, PRINCIPLE, SEVERITY, where

_LONGEST = 400
_VERDICT = {"pass": ("通过", "passed", "green"), "mend": ("修改后通过", "passes once mended", "yellow"), "fail": ("不通过", "failed", "red")}  # fmt: skip
_RELEVANCE = {
    "fits": ("切题", "fits"),
    "weak": ("关联较弱", "weak"),
    "off_subject": ("偏离主题", "off subject"),
    "not_judged": ("未判断", "not judged"),
}


def render(report: Report, document: Document, project: Project, screen: Screen) -> str:
    """Return the page of one project of the report."""
    return screen.show(_parts(report, document, project, screen))


def _parts(report: Report, document: Document, project: Project, screen: Screen) -> Iterator[RenderableType]:
    at, position = _index(report, document, project)
    own = [one for one in report.findings if one.document == document.name and one.row == project.row]
    review = report.reviews[at][position]
    yield _title(document, project, review, screen)
    yield from _texts(project, own, report.relevance[at][position] if report.relevance else None, screen)
    yield from _indicators(project, report.scores[at][position], own, screen)
    yield from _findings(own, screen)
    yield from _table(review, own, screen)


def _index(report: Report, document: Document, project: Project) -> tuple[int, int]:
    at = next(number for number, one in enumerate(report.documents) if one.name == document.name)
    return at, next(number for number, one in enumerate(document.projects) if one.row == project.row)


def _title(document: Document, project: Project, review: ProjectReview, screen: Screen) -> RenderableType:
    name = project.title or document.department or document.name
    title = Text(screen.either(f"第{project.row}行 {name}", f"row {project.row} {name}"), style="bold")
    if review.quality is not None and review.grade:
        words = screen.either(
            f"  质量 {review.quality}（{review.grade}）", f"  quality {review.quality} ({GRADE[review.grade].en})"
        )
        title.append(words, style=GRADE_STYLE[review.grade])
    budget = project.budget
    facts = [document.name, project.unit or document.department or ""]
    if budget and budget.total is not None:
        facts.append(f"{budget.total:,} {budget.currency_unit}")
    facts.append(where(project.place, screen.language))
    return Group(title, Text("  ".join(filter(None, facts)), style="dim"), Text())


def _heading(zh: str, en: str, screen: Screen) -> Text:
    return Text(screen.either(zh, en), style="bold underline")


def _texts(
    project: Project, findings: Sequence[Finding], relevance: Relevance | None, screen: Screen
) -> Iterator[RenderableType]:
    """Yield the goal with the spans of its findings marked, and what name and goal are about."""
    for passage, zh, en in (
        (project.goal, "绩效目标", "goal"),
        (project.annual_goal, "年度绩效目标", "annual goal"),
    ):
        if passage and passage.text:
            yield _heading(zh, en, screen)
            yield Padding(_marked(passage, [one for one in findings if one.field == "goal"], screen), (0, 0, 0, 2))
            yield Text()
    if relevance:
        yield _heading("相关性", "relevance", screen)
        verdict = screen.either(*_RELEVANCE[relevance.verdict])
        yield Padding(Text(screen.flow(f"{verdict}：{relevance.reason.say(screen.language)}")), (0, 0, 0, 2))
        for subject, zh, en in (
            (relevance.name, "名称说的是", "the name is about"),
            (relevance.goal, "目标说的是", "the goal is about"),
            (relevance.indicators, "指标说的是", "the indicators are about"),
        ):
            if subject and subject.subjects:
                words = "、".join(dict.fromkeys(one.word for one in subject.words[:8]))
                said = f"{screen.either(zh, en)}：{'、'.join(subject.subjects[:3])}" + (f"（{words}）" if words else "")
                yield Padding(Text(screen.flow(said), style="dim"), (0, 0, 0, 2))
        yield Text()


def _marked(passage: Passage, findings: Sequence[Finding], screen: Screen) -> Text:
    """Return the passage with every finding's span in the style of the gravest finding there."""
    spans = [(one.span, one.severity) for one in findings if one.span]
    cuts = sorted({0, len(passage.text), *(edge for span, _ in spans for edge in span)})
    text = Text()
    for start, end in pairwise(cuts):
        graded = [severity for span, severity in spans if span[0] <= start and end <= span[1]]
        style = f"reverse {STYLE[min(graded, key=SEVERITIES.index)]}" if graded else ""
        text.append(screen.flow(passage.text[start:end]), style)
    return text


def _indicators(
    project: Project, scores: Sequence[IndicatorScore], findings: Sequence[Finding], screen: Screen
) -> Iterator[RenderableType]:
    either = screen.either
    yield _heading("指标", "indicators", screen)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("#", either("指标", "indicator"), either("指标值", "target"), either("填报", "filed"), either("应属", "belongs"), either("等级", "level"), either("得分", "score"), either("问题", "findings")):  # fmt: skip
        table.add_column(heading, overflow="fold")
    for indicator, score in zip(project.indicators, scores, strict=True):
        rules = sorted({one.rule for one in findings if one.indicator == indicator.ordinal and one.severity != "info"})
        table.add_row(
            str(indicator.ordinal),
            indicator.name.text,
            _target(indicator),
            _class(score.filed, screen),
            _belongs(score, screen),
            "–" if score.level is None else str(score.level),
            "–" if score.score is None else str(score.score),
            Text(" ".join(rules), "yellow"),
        )
    yield Padding(table, (0, 0, 0, 2))
    yield Text()


def _target(indicator: Indicator) -> str:
    target = indicator.annual_target or indicator.cycle_target
    return target.text if target else ""


def _class(code: str | None, screen: Screen) -> str:
    return CLASS[code].say(screen.language) if code and code in CLASS else (code or "–")


def _belongs(score: IndicatorScore, screen: Screen) -> Text:
    guess = score.guess
    if guess is None:
        return Text("–", "dim")
    if guess.abstained:
        return Text(screen.either("需人工判断", "needs a person"), "dim")
    belongs = _class(guess.code, screen)
    if guess.code == score.filed:
        return Text(belongs, "dim")
    if guess.filed_stands:
        return Text(screen.either("或 ", "or ") + belongs, "dim")
    return Text(f"{belongs} {min(99, round(100 * guess.probability))}%", "yellow")


def _findings(findings: Sequence[Finding], screen: Screen) -> Iterator[RenderableType]:
    """Yield every finding with all its evidence, the gravest first."""
    yield _heading("问题与证据", "findings and evidence", screen)
    if not findings:
        yield Padding(Text(screen.either("没有发现问题", "nothing found"), "green"), (0, 0, 0, 2))
    for one in sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity)):
        head = Text(
            screen.flow(f"{SEVERITY[one.severity].say(screen.language)} {one.rule} "), style=STYLE[one.severity]
        )
        if one.indicator is not None:
            head.append(
                screen.flow(screen.either(f"指标{one.indicator}：", f"indicator {one.indicator}: ")), style="bold"
            )
        head.append(screen.flow(one.message.say(screen.language)))
        yield Padding(head, (0, 0, 0, 2))
        for evidence in one.evidence:
            yield Padding(evidence_line(evidence, screen, _LONGEST), (0, 0, 0, 4))
        said = screen.flow(one.suggestion.say(screen.language))
        yield Padding(Text(screen.flow("→ "), "green").append(said, "none"), (0, 0, 0, 4))
    yield Text()


def _table(review: ProjectReview, findings: Sequence[Finding], screen: Screen) -> Iterator[RenderableType]:
    """Yield the official review table, and the rows of practice below it."""
    if not review.cells:
        return
    either = screen.either
    yield _heading("审核表（预填，供审核人确认）", "review table (pre-filled, for the reviewer to confirm)", screen)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in (either("审核要点", "question"), either("分值", "points"), either("得分", "score"), either("等次", "grade"), either("依据", "because")):  # fmt: skip
        table.add_column(heading, overflow="fold")
    for cell in review.cells:
        table.add_row(
            PRINCIPLE[cell.principle].say(screen.language),
            str(cell.points),
            *_cell(cell, screen),
            screen.flow(cell.reason.say(screen.language)),
        )
    yield Padding(table, (0, 0, 0, 2))
    yield Text()
    known = {one.fingerprint: one.rule for one in findings}
    checks = Table(box=None, show_header=False, pad_edge=False)
    for check in review.checks:
        zh, en, style = _VERDICT[check.verdict] if check.verdict else ("未检查", "not checked", "dim")
        rules = " ".join(dict.fromkeys(known[name] for name in check.findings if name in known))
        failing = either("、".join(f"指标{n}" for n in check.indicators), ", ".join(map(str, check.indicators)))
        checks.add_row(
            screen.flow(check.title.say(screen.language)),
            Text(either(zh, en), style),
            failing,
            Text(short(rules, 40), "dim"),
        )
    yield Padding(checks, (0, 0, 0, 2))


def _cell(cell: ReviewCell, screen: Screen) -> tuple[str, Text]:
    if cell.grade is None or cell.score is None:
        return "–", Text(screen.either("由审核人填写", "for a person"), "dim")
    return str(cell.score), Text(GRADE[cell.grade].say(screen.language), GRADE_STYLE[cell.grade])
