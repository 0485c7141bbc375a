"""The indicator table of one project: filed and true class, level, score and the parts behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from auditor.document import Indicator, Passage
from auditor.finding import Finding
from auditor.outcome import IndicatorScore, ScoredPart
from auditor.report import Report
from auditor.reports.html.spans import Stretch, Tint, frame, marked
from auditor.reports.html.words import PARTS, WORDS, said
from auditor.reports.words import class_name
from auditor.wording import Language

Usual = Mapping[tuple[str, bool | None], str]
"""The commonest reason of each part and outcome in a report, said once instead of in every row."""


@dataclass(frozen=True)
class Cell:
    """A marked text; `frame` is the letter of the gravest finding about all of it."""

    text: Markup
    frame: str = ""


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator as the table shows it; `agrees` where filed and true class bear the same name.

    `unmet` are the parts of the score that are not met, with their reasons; `met` those that are.
    """

    ordinal: int
    name: Cell
    annual: Cell | None
    cycle: Cell | None
    actual: str
    filed: Cell
    guess: str
    probability: int | None
    agrees: bool
    differs: bool
    abstained: bool
    because: str
    level: int | None
    score: int | None
    unmet: str
    met: str


def usual_reasons(report: Report, language: Language) -> dict[tuple[str, bool | None], str]:
    """Return the commonest reason of each part and outcome."""
    counts: dict[tuple[str, bool | None], Counter[str]] = defaultdict(Counter)
    for document in report.scores:
        for project in document:
            for score in project:
                for part in score.parts:
                    counts[part.name, part.met][part.reason.say(language)] += 1
    return {key: found.most_common(1)[0][0] for key, found in counts.items()}


def indicator_rows(
    indicators: Sequence[Indicator],
    scores: Sequence[IndicatorScore],
    findings: Iterable[Finding],
    numbers: Mapping[str, int],
    words: Mapping[int, Sequence[Tint]],
    usual: Usual,
    language: Language,
) -> tuple[IndicatorRow, ...]:
    """Lay out the indicators of one project; `words` are coloured words of names by position, `numbers` as in the list."""
    points: dict[tuple[int, str], list[Stretch]] = defaultdict(list)
    for finding in findings:
        if finding.indicator is not None:
            stretch = Stretch(finding.span, finding.severity, numbers[finding.fingerprint])
            points[finding.indicator, finding.field or ""].append(stretch)
    rows = []
    for at, indicator in enumerate(indicators):
        score = scores[at] if at < len(scores) else IndicatorScore(None)
        rows.append(_row(indicator, score, points, words.get(at, ()), usual, language))
    return tuple(rows)


def _row(
    indicator: Indicator,
    score: IndicatorScore,
    points: Mapping[tuple[int, str], list[Stretch]],
    words: Sequence[Tint],
    usual: Usual,
    language: Language,
) -> IndicatorRow:
    def at(field: str) -> list[Stretch]:
        return points.get((indicator.ordinal, field), [])

    guess, cycle = score.guess, indicator.cycle_target
    alike = cycle and indicator.annual_target and cycle.text == indicator.annual_target.text
    filed = class_name(score.filed, language) or (indicator.level2.text if indicator.level2 else "–")
    return IndicatorRow(
        indicator.ordinal,
        _cell(indicator.name, [*at("indicator.name"), *at("indicator")], words),
        _cell(indicator.annual_target, at("indicator.annual_target")) if indicator.annual_target is not None else None,
        _cell(cycle, at("indicator.cycle_target"))
        if cycle is not None and (not alike or at("indicator.cycle_target"))
        else None,
        indicator.actual.text if indicator.actual else "",
        Cell(marked(filed, [_whole(one) for one in at("indicator.level2")]), frame(at("indicator.level2"))),
        class_name(guess.code, language) if guess else "",
        round(guess.probability * 100) if guess else None,
        bool(guess and score.filed == guess.code),
        bool(guess and not guess.filed_stands and not guess.abstained),
        bool(guess and guess.abstained),
        "、".join(guess.because[:4]) if guess else "",
        score.level,
        score.score,
        _parts([part for part in score.parts if part.met is False], {}, language),
        _met(score.parts, usual, language),
    )


def _cell(passage: Passage, stretches: list[Stretch], words: Sequence[Tint] = ()) -> Cell:
    return Cell(marked(passage.text, stretches, words), frame(stretches))


def _whole(stretch: Stretch) -> Stretch:
    """Point at all of a text that stands for the one the span was taken from."""
    return Stretch(None, stretch.severity, stretch.number)


def _met(parts: Sequence[ScoredPart], usual: Usual, language: Language) -> str:
    """Name the parts that are met; all of them in one word where each is met for the usual reason."""
    met = [part for part in parts if part.met]
    plain = all(usual.get((part.name, True)) == part.reason.say(language) for part in met)
    if met and plain and not any(part.met is False for part in parts):
        return WORDS["all_met"].say(language)
    return _parts(met, usual, language)


def _parts(parts: Sequence[ScoredPart], usual: Usual, language: Language) -> str:
    """Name parts, with their reasons but for the `usual` ones."""
    form = "{}（{}）" if language == "zh" else "{} ({})"
    named = []
    for part in parts:
        name, reason = said(PARTS, part.name, language), part.reason.say(language)
        named.append(name if usual.get((part.name, part.met)) == reason else form.format(name, reason))
    return ("、" if language == "zh" else ", ").join(named)
