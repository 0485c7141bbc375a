"""Both shapes of the official review table for one project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.outcome import ProjectReview
from auditor.reports.html.words import VERDICTS, grade_name, principle_name, said
from auditor.wording import Language


@dataclass(frozen=True)
class Question:
    """A question with its points; `grade` '' means that a person must answer it. `numbers` refer to the list."""

    name: str
    points: int
    score: int | None
    grade: str
    letter: str
    reason: str
    numbers: str


@dataclass(frozen=True)
class Point:
    """A point checked and its result; `state` is pass, mend, fail or '' where no rule that looks at it ran."""

    name: str
    state: str
    verdict: str
    indicators: str
    numbers: str


@dataclass(frozen=True)
class Review:
    """The pre-filled review of one project."""

    questions: tuple[Question, ...]
    points: tuple[Point, ...]


def reviewed(review: ProjectReview, numbers: Mapping[str, int], language: Language) -> Review:
    """Lay out a review; `numbers` are those of the list of findings, by fingerprint."""
    return Review(
        tuple(
            Question(
                principle_name(cell.principle, language),
                cell.points,
                cell.score,
                grade_name(cell.grade, language),
                cell.grade or "",
                cell.reason.say(language),
                _numbers(cell.findings, numbers),
            )
            for cell in review.cells
        ),
        tuple(
            Point(
                check.title.say(language),
                check.verdict or "",
                said(VERDICTS, check.verdict, language) if check.verdict else "",
                "、".join(map(str, check.indicators)),
                _numbers(check.findings, numbers),
            )
            for check in review.checks
        ),
    )


def _numbers(fingerprints: Iterable[str], numbers: Mapping[str, int]) -> str:
    return ",".join(map(str, sorted({numbers[one] for one in fingerprints if one in numbers})))
