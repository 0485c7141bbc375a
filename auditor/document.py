"""What a document says: projects, goals, indicators, amounts, and where each of them stands.

Frozen dataclasses of text, numbers, tuples and one another: hashable, picklable, comparable. Nothing here judges.
Source of the fields: the official forms (project table, project form, department form, self-evaluation form).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from auditor.text import Plain, plain
from auditor.wording import Wording

Form = Literal["project_table", "project_form", "department_form", "self_evaluation", "other"]
Stage = Literal["read", "rule", "limit"]


@dataclass(frozen=True)
class Place:
    """An address in a file. All numbers are 1-based, as a person counts; what does not apply is None.

    `line` is a line of a text file, `row` a row of table number `table`, `cell` a spreadsheet address such as `C7`.
    """

    file: str
    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    line: int | None = None
    cell: str | None = None


@dataclass(frozen=True)
class Passage:
    """A text exactly as written (layout line breaks taken out), with its place."""

    text: str
    place: Place

    @cached_property
    def plain(self) -> Plain:
        """The plain view, made on first use; its spans lead back into `text`."""
        return plain(self.text)

    def __bool__(self) -> bool:
        return bool(self.text.strip())


@dataclass(frozen=True)
class Gap:
    """Something that was NOT checked, and why: a result like any other.

    Stands here and not in `finding.py` because reading a document already produces gaps. `quote` is the text that was
    not understood, at full length; reports may shorten it.
    """

    document: str
    stage: Stage
    reason: Wording
    place: Place
    rule: str | None = None
    quote: str = ""


@dataclass(frozen=True)
class Budget:
    """Amounts of one row, in `currency_unit` (万元 unless the form says 元).

    `printed` holds every amount of the row in print order, the total first; a text layer loses which column the others
    stood in, so the three columns are None where nothing forces the assignment.
    """

    total: Decimal | None
    fiscal: Decimal | None = None
    special_account: Decimal | None = None
    other: Decimal | None = None
    currency_unit: str = "万元"
    printed: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class Indicator:
    """One indicator of a project. A target of None means that the form has no such field; an empty one stays empty.

    `measure_unit` is what the form's own column of units (计量单位) says; targets carry it already where they lacked it.

    `actual`, `points`, `score` and `deviation` are filled in by self-evaluation forms only.
    """

    ordinal: int
    name: Passage
    level1: Passage | None = None
    level1_code: str | None = None
    level2: Passage | None = None
    level2_code: str | None = None
    library_code: str | None = None
    cycle_target: Passage | None = None
    annual_target: Passage | None = None
    weight: Decimal | None = None
    nature: str | None = None
    direction: str | None = None
    explanation: str | None = None
    actual: Passage | None = None
    points: Decimal | None = None
    score: Decimal | None = None
    deviation: Passage | None = None
    measure_unit: str | None = None


@dataclass(frozen=True)
class Task:
    """A row of a department form's task blocks; `amount` in the form's unit."""

    kind: Literal["key", "other"]
    name: Passage
    content: Passage | None = None
    amount: Decimal | None = None
    expected: Passage | None = None


@dataclass(frozen=True)
class BudgetLine:
    """A labelled amount of a department form's budget block; `group` is the heading above its column (收入来源)."""

    label: str
    amount: Decimal | None
    place: Place
    group: str | None = None


@dataclass(frozen=True)
class Project:
    """One project, or the one entry that stands for a department form (`name` None)."""

    row: int
    name: Passage | None
    place: Place
    unit: str | None = None
    budget: Budget | None = None
    goal: Passage | None = None
    annual_goal: Passage | None = None
    indicators: tuple[Indicator, ...] = ()
    tasks: tuple[Task, ...] = ()
    budget_lines: tuple[BudgetLine, ...] = ()

    @property
    def title(self) -> str:
        """The project's name, or '' where the form has none."""
        return self.name.text if self.name else ""


@dataclass(frozen=True)
class PrintedTotal:
    """A printed sum: of one budget unit, or of the whole document (`unit` None)."""

    unit: str | None
    budget: Budget
    place: Place


@dataclass(frozen=True)
class Document:
    """One file as it was understood. `gaps` tells what was not; `year` is the one printed in the title, never inferred."""

    name: str
    form: Form
    place: Place
    title: str | None = None
    department: str | None = None
    year: int | None = None
    projects: tuple[Project, ...] = ()
    totals: tuple[PrintedTotal, ...] = ()
    notes: tuple[Passage, ...] = ()
    gaps: tuple[Gap, ...] = ()
