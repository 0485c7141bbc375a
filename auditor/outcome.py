"""What an audit says besides findings: scores, classes, relevance, the review table, and documents compared."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from auditor.document import Place
from auditor.finding import Principle
from auditor.text import Span
from auditor.wording import Wording

Grade = Literal["优", "良", "中", "差"]
GRADES: tuple[Grade, ...] = get_args(Grade)
"""Best first. 优 passes, 良 is polished, 中 goes back, 差 stops the budget."""


@dataclass(frozen=True)
class ReviewCell:
    """One question of the official review table, pre-filled from findings.

    `score` 0–100 and `grade` are None where the tool cannot judge and a person must. `findings` are fingerprints, the gravest
    first; `points` is the question's share of the table's hundred.
    """

    principle: Principle
    points: int
    score: int | None
    grade: Grade | None
    findings: tuple[str, ...]
    reason: Wording


@dataclass(frozen=True)
class ReviewCheck:
    """A row of the second shape used in practice: what was checked, and whether it passed.

    `verdict` is None where no rule that looks at it ran. `indicators` are the ordinals of those that failed it.
    """

    title: Wording
    verdict: Literal["pass", "mend", "fail"] | None
    findings: tuple[str, ...]
    indicators: tuple[int, ...]


@dataclass(frozen=True)
class ProjectReview:
    """The whole review of one project: quality 0–100 and grade (None for an exempt project), and both tables."""

    quality: int | None
    grade: Grade | None
    cells: tuple[ReviewCell, ...] = ()
    checks: tuple[ReviewCheck, ...] = ()


@dataclass(frozen=True)
class SubjectWord:
    """A word that shows what a text is about, and where it stands in the text as written."""

    word: str
    span: Span


@dataclass(frozen=True)
class TextSubject:
    """What one text is about: names of subjects, the most likely first, and the words that show it."""

    subjects: tuple[str, ...]
    words: tuple[SubjectWord, ...]


@dataclass(frozen=True)
class Relevance:
    """Whether goal and indicators speak of the project: scores 0–1 (None: not judged) and a verdict with its reason."""

    name_goal: float | None
    goal_indicators: float | None
    verdict: Literal["off_subject", "weak", "fits", "not_judged"]
    reason: Wording
    name: TextSubject | None = None
    goal: TextSubject | None = None
    indicators: TextSubject | None = None


@dataclass(frozen=True)
class LinkEnd:
    """One end of a link: a row of a document, or a task of a department form (then `label` names the task)."""

    document: str
    row: int
    label: str
    place: Place


@dataclass(frozen=True)
class LinkField:
    """One thing that two linked rows both say: an amount, an indicator's target, an indicator's name, a total.

    `a` and `b` are the words of the two ends, `name` what they speak of. `indicator_a`, `indicator_b` are ordinals.
    """

    kind: Literal["amount", "target", "indicator_name", "total"]
    name: str
    a: str
    b: str
    agrees: bool
    place_a: Place
    place_b: Place
    indicator_a: int | None = None
    indicator_b: int | None = None


@dataclass(frozen=True)
class Link:
    """Two rows of different documents that speak of one thing, and where they agree and disagree.

    `same_year` is None where one of the documents prints no year. `why` says what led from one to the other.
    """

    kind: Literal["department_project", "upper_lower"]
    a: LinkEnd
    b: LinkEnd
    fields: tuple[LinkField, ...]
    why: Wording
    same_year: bool | None = None

    @property
    def agrees(self) -> bool:
        """Whether nothing that both say differs."""
        return all(field.agrees for field in self.fields)


@dataclass(frozen=True)
class Unpaired:
    """A row or task for which the other document of a pair has no counterpart."""

    end: LinkEnd
    other: str
    kind: Literal["task", "project", "row"]


@dataclass(frozen=True)
class Pairing:
    """Two documents that were compared, in the order form and table, or upper and lower.

    `unpaired` are the tasks and large rows of either for which the other has no counterpart.
    """

    kind: Literal["department_project", "upper_lower"]
    a: str
    b: str
    same_year: bool | None
    links: tuple[Link, ...]
    unpaired: tuple[Unpaired, ...] = ()


@dataclass(frozen=True)
class ScoredPart:
    """One visible part of a score: met, not met, or not asked for (None), why, and where it stands in the target."""

    name: str
    met: bool | None
    reason: Wording
    span: Span | None = None


@dataclass(frozen=True)
class ReadTarget:
    """The main quantity that was read in a target."""

    comparator: str | None
    value: Decimal | None
    upper: Decimal | None
    unit: str | None
    dimension: str | None


@dataclass(frozen=True)
class ClassGuess:
    """The class an indicator truly belongs to: the best guess (two-digit code) with its probability, 0–1.

    `abstained` says that a person is needed; `decided_by` whether the name settled it (`rule`) or a model weighed words;
    `filed_stands` that the class filed is this one, or as good, or that nobody can tell for sure.
    """

    code: str
    probability: float
    abstained: bool
    decided_by: Literal["rule", "model"]
    because: tuple[str, ...] = ()
    filed_stands: bool = False


@dataclass(frozen=True)
class IndicatorScore:
    """What an audit says of one indicator besides findings: filed and true class, how measurable it is, and why.

    `level` 0–4, `score` 0–100 and `guess` are None for an indicator that was not judged (its project is exempt).
    """

    filed: str | None
    level: int | None = None
    score: int | None = None
    parts: tuple[ScoredPart, ...] = ()
    target: ReadTarget | None = None
    guess: ClassGuess | None = None
