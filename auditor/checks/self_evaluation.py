"""Self-evaluation forms: do completion, points and score fit, and is what was missed explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from auditor.claim import Claim, claim_of, read_claim
from auditor.document import Indicator
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
    """Return how far a target with a number was met, None where target or actual is no number of one kind.

    For “at most” targets the share is target by actual; a target of nothing at all (0 accidents) is met or not.
    """
    target = claim_of(indicator)
    if target is None or indicator.actual is None or not indicator.actual.text.strip():
        return None
    actual = read_claim(indicator.name.text, indicator.actual.text)
    if not target.is_numeric or not actual.is_numeric or not _comparable(target, actual):
        return None
    wanted, reached = _size(target), _size(actual)
    if wanted is None or reached is None or wanted < 0 or reached < 0:
        return None
    less = target.measure.comparator in ("≤", "<") or (
        target.measure.comparator is None and target.expectation.direction == "less"
    )
    first, second = (wanted, reached) if less else (reached, wanted)
    if second == 0:
        return Completion(Decimal(1), target, actual) if first >= 0 else None
    return Completion(first / second, target, actual)


def _comparable(a: Claim, b: Claim) -> bool:
    """Tell whether two numbers are of one kind; an actual without a unit is taken to be in the target's."""
    return b.measure.dimension is None or a.measure.dimension == b.measure.dimension


def _size(claim: Claim) -> Decimal | None:
    return claim.measure.base if claim.measure.base is not None else claim.measure.value


def _points(indicator: Indicator) -> Decimal | None:
    return indicator.points if indicator.points is not None else indicator.weight


def score_arithmetic(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark scores above their points, full scores for unmet targets, and points that do not add up."""
    project = subject.project
    if project is None:
        return
    scored = [one for one in project.indicators if one.score is not None]
    for indicator in scored:
        yield from _score(subject, indicator)
    points = [found for one in project.indicators if (found := _points(one)) is not None]
    total = sum(points, Decimal(0))
    if scored and len(points) == len(project.indicators) and not any(abs(total - full) < 1 for full in FULL_POINTS):
        values = {"sum": f"{total.normalize():f}", "count": len(points)}
        yield Mark(subject, None, values, variant="sum", quote=f"{total.normalize():f}")


def _score(subject: Subject, indicator: Indicator) -> Iterator[Mark]:
    points, score, met = _points(indicator), indicator.score, completion(indicator)
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
    """Mark a target that was not met and for whose deviation the form gives no reason."""
    indicator = subject.indicator
    met = completion(indicator) if indicator else None
    if indicator is None or met is None or met.share >= 1:
        return
    reason = indicator.deviation.plain.text if indicator.deviation else ""
    if _NO_REASON.match(reason):
        values = {"indicator": indicator.name.text, "target": met.target.text, "actual": met.actual.text, "percent": f"{100 * met.share:.1f}"}  # fmt: skip
        yield Mark(subject, None, values, _evidence(indicator))


def not_evidenced(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a qualitative result scored in full although it names neither a number nor a state anybody can check."""
    indicator = subject.indicator
    if indicator is None or indicator.actual is None or not indicator.actual.text.strip() or indicator.score is None:
        return
    points = _points(indicator)
    actual = read_claim(indicator.name.text, indicator.actual.text)
    if points and indicator.score >= points and not actual.is_numeric and not actual.is_state:
        values = {"indicator": indicator.name.text, "actual": indicator.actual.text, "score": f"{indicator.score.normalize():f}"}  # fmt: skip
        yield Mark(subject, None, values, _evidence(indicator))
