"""Self-evaluation forms: do completion, points and score fit, and is what was missed explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from auditor.claim import Claim, claim_of, read_claim
from auditor.document import Indicator, Project
from auditor.finding import Evidence, Mark, Subject
from auditor.profile import Profile
from auditor.wording import Wording

FULL_POINTS = (Decimal(100), Decimal(90))
"""All indicators' points: 100, or 90 where ten belong to budget execution."""

ROUNDING = Decimal("0.06")
"""Points that rounding of scores may cost."""

_NO_REASON = re.compile(r"^(?:无|没有|不适用|/|-|—|\\)?$")
_ACTUAL = Wording("实际完成值", "the actual value")


class Completion(NamedTuple):
    """How far a target was met: `share` is 1 where it was met exactly, more where it was exceeded."""

    share: Decimal
    target: Claim
    actual: Claim


def completion(indicator: Indicator) -> Completion | None:
    """Return how far a target with a number was met, None where target or actual is no number of one kind, or a date.

    For “at most” targets the share is target by actual; a target of nothing at all (0 accidents) is met or not; inside a
    range it is met exactly, beyond its end exceeded. What fell where a rise was planned was not met at all.
    """
    target = claim_of(indicator)
    if target is None or indicator.actual is None or not indicator.actual.text.strip():
        return None
    actual = read_claim(indicator.name.text, indicator.actual.text)
    if not target.is_numeric or not actual.is_numeric or not _comparable(target, actual):
        return None
    wanted, reached = _size(target), _reached(target, actual)
    if wanted is None or reached is None or wanted < 0:
        return None
    less = target.measure.comparator in ("≤", "<") or (
        target.measure.comparator is None and target.expectation.direction == "less"
    )
    if reached < 0:
        return None if less else Completion(Decimal(0), target, actual)
    if not less and wanted <= reached and (end := _end(target)) is not None:
        wanted = min(reached, end)
    first, second = (wanted, reached) if less else (reached, wanted)
    if second == 0:
        return Completion(Decimal(1), target, actual)
    return Completion(first / second, target, actual)


def _comparable(a: Claim, b: Claim) -> bool:
    """Tell whether two numbers are of one kind; an actual without a unit is taken to be in the target's."""
    if "date" in (a.measure.dimension, b.measure.dimension):
        return False
    return b.measure.dimension is None or a.measure.dimension == b.measure.dimension


def _size(claim: Claim) -> Decimal | None:
    return claim.measure.base if claim.measure.base is not None else claim.measure.value


def _end(claim: Claim) -> Decimal | None:
    """Return the upper end of a target's range in its base unit."""
    measure, size = claim.measure, _size(claim)
    return size * measure.upper / measure.value if size and measure.upper is not None and measure.value else None


def _reached(target: Claim, actual: Claim) -> Decimal | None:
    """Return the actual value in the target's base unit; one without a unit is in the unit that the target has.

    A bare number under a rate is a percentage (95) or the share that a spreadsheet keeps for one (0.95); where the target
    itself is about one per cent nobody can tell which.
    """
    measure, bare = actual.measure, actual.measure.dimension is None
    if not bare or target.measure.dimension is None or measure.value is None:
        return _size(actual)
    size, value = _size(target), target.measure.value
    if target.measure.dimension == "ratio" and size is not None:
        share = abs(measure.value) <= 1
        return None if share and 0 < abs(size) < Decimal("0.05") else measure.value / (1 if share else 100)
    return measure.value * size / value if size and value else measure.value


def _points(project: Project, indicator: Indicator) -> Decimal | None:
    """Return an indicator's points; its weight where the form has no points and its weights are ones."""
    if indicator.points is not None or not _weights_are_points(project):
        return indicator.points
    return indicator.weight


def _weights_are_points(project: Project) -> bool:
    """Tell whether weights can be read as points: they add to 90 or 100, and scores are not out of 100 each."""
    weights = [one.weight for one in project.indicators if one.weight is not None]
    above = [one.score > one.weight for one in project.indicators if one.weight is not None and one.score is not None]
    full = any(abs(sum(weights) - full) < 1 for full in FULL_POINTS)
    return full and 2 * sum(above) <= len(above)


def score_arithmetic(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark scores above their points, full scores for unmet targets, and points that do not add up."""
    project = subject.project
    if project is None:
        return
    scored = [one for one in project.indicators if one.score is not None]
    for indicator in scored:
        yield from _score(subject, project, indicator)
    points = [found for one in project.indicators if (found := _points(project, one)) is not None]
    total = sum(points, Decimal(0))
    if scored and len(points) == len(project.indicators) and not any(abs(total - full) < 1 for full in FULL_POINTS):
        values = {"sum": f"{total.normalize():f}", "count": len(points)}
        yield Mark(subject, None, values, variant="sum", quote=f"{total.normalize():f}")


def _score(subject: Subject, project: Project, indicator: Indicator) -> Iterator[Mark]:
    points, score, met = _points(project, indicator), indicator.score, completion(indicator)
    if points is None or score is None:
        return
    values = {
        "indicator": indicator.name.text,
        "points": f"{points.normalize():f}",
        "score": f"{score.normalize():f}",
        "target": met.target.text if met else "",
        "actual": indicator.actual.text if indicator.actual else "",
        "percent": f"{100 * met.share:.0f}" if met else "",
    }
    at = Subject(subject.document, subject.project, indicator, indicator.name, "indicator")
    if score > points + ROUNDING:
        yield Mark(at, None, values, variant="above-points")
    elif met and met.share < 1 and score > points - ROUNDING and points > 0:
        yield Mark(at, None, values, _evidence(indicator))


def _evidence(indicator: Indicator) -> tuple[Evidence, ...]:
    return (Evidence(_ACTUAL, indicator.actual.place, indicator.actual.text),) if indicator.actual else ()


def overshoot(subject: Subject, profile: Profile, *, times: float) -> Iterator[Mark]:
    """Mark a target exceeded by more than `times`: it was set too low. Targets of nothing and rates are left alone."""
    indicator = subject.indicator
    met = completion(indicator) if indicator else None
    if indicator is None or met is None or met.target.measure.dimension == "ratio" or not _size(met.target):
        return
    if met.target.measure.comparator not in ("≤", "<") and met.share > Decimal(str(times)):
        values = {"indicator": indicator.name.text, "target": met.target.text, "actual": met.actual.text, "percent": f"{100 * met.share:.0f}"}  # fmt: skip
        yield Mark(subject, None, values, _evidence(indicator))


def unexplained(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a target that was not met and for whose deviation the form gives no reason; forms without that column are left alone."""
    indicator, project = subject.indicator, subject.project
    met = completion(indicator) if indicator else None
    if indicator is None or project is None or met is None or met.share >= 1:
        return
    if all(one.deviation is None for one in project.indicators):
        return
    reason = indicator.deviation.plain.text if indicator.deviation else ""
    if _NO_REASON.match(reason):
        values = {"indicator": indicator.name.text, "target": met.target.text, "actual": met.actual.text, "percent": f"{100 * met.share:.1f}"}  # fmt: skip
        yield Mark(subject, None, values, _evidence(indicator))


def not_evidenced(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a qualitative result scored in full although it names neither a number nor a state anybody can check."""
    indicator, project = subject.indicator, subject.project
    if (
        indicator is None
        or project is None
        or indicator.actual is None
        or not indicator.actual.text.strip()
        or indicator.score is None
    ):
        return
    points = _points(project, indicator)
    actual = read_claim(indicator.name.text, indicator.actual.text)
    if points and indicator.score >= points and not actual.is_numeric and not actual.is_state:
        values = {"indicator": indicator.name.text, "actual": indicator.actual.text, "score": f"{indicator.score.normalize():f}"}  # fmt: skip
        yield Mark(subject, None, values, _evidence(indicator))
