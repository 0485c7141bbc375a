"""How well indicators are classified, measured on labelled names: accuracy, F1, calibration, and what abstaining buys."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.classify import ABSTAIN, Decision, decide_many
from auditor.wording import AuditorError

CODES = ("11", "12", "13", "14", "21", "22", "23", "24", "31")
"""The two-digit classes of the `coded` taxonomy, in its order."""

BINS = 10
"""Equal bins of probability for the calibration figures."""

CUTS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Probabilities below which one could abstain, for the table of coverage."""


class LabelError(AuditorError):
    """Labelled data that cannot be read: the message names file and line."""


@dataclass(frozen=True)
class Labelled:
    """An indicator with the class it belongs to and the other classes that are right too."""

    name: str
    value: str | None
    code: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClassFigures:
    """One class: precision, recall and F1 (0–1), and how many indicators carry it."""

    code: str
    precision: float
    recall: float
    f1: float
    count: int


@dataclass(frozen=True)
class Miss:
    """A wrong answer, for a person to judge."""

    labelled: Labelled
    decision: Decision


@dataclass(frozen=True)
class Metrics:
    """What an evaluation found; shares are 0–1.

    An answer is right where it is the label or another class that is right too. `confusion[i][j]` counts labels
    `CODES[i]` answered as `CODES[j]`, a right second class counted as the label. `calibration` holds (mean probability,
    share right, count) of every bin that has any; `ece` is their expected calibration error. `coverage` holds (cut, share
    answered, share right of the answered).
    """

    count: int
    accuracy: float
    accuracy_first: float
    answered: float
    accuracy_answered: float
    macro_f1: float
    by_rule: float
    ece: float
    classes: tuple[ClassFigures, ...]
    confusion: tuple[tuple[int, ...], ...]
    calibration: tuple[tuple[float, float, int], ...]
    coverage: tuple[tuple[float, float, float], ...]
    misses: tuple[Miss, ...]


def read_labelled(path: Path) -> tuple[Labelled, ...]:
    """Read labelled indicators: CSV with name, value, class, second; or JSON lines with name, value, class or filed.

    Raises LabelError for a file that cannot be read or an unknown class.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(_json_rows(lines) if path.suffix in (".jsonl", ".ndjson") else csv.DictReader(lines))
    except FileNotFoundError as error:
        raise LabelError(f"没有标注数据 {path}，请检查路径", f"there is no file {path}; check the path") from error
    except (OSError, ValueError, csv.Error) as error:
        raise LabelError(f"标注数据 {path} 无法读取：{error}", f"cannot read {path}: {error}") from error
    return tuple(_labelled(row, path, line) for line, row in enumerate(rows, start=1))


def _json_rows(lines: Iterable[str]) -> Iterator[Mapping[str, str | None]]:
    """Read one object a line; whatever is no object counts as an entry that says nothing."""
    for line in lines:
        if line.strip():
            found = json.loads(line)
            table = found if isinstance(found, dict) else {}
            yield {str(key): None if value is None else str(value) for key, value in table.items()}


def _labelled(row: Mapping[str, str | None], path: Path, line: int) -> Labelled:
    code, name = row.get("class") or row.get("filed"), row.get("name")
    if code not in CODES or not name:
        raise LabelError(
            f"{path} 第 {line} 条：须有 name，且 class 为 {'、'.join(CODES)} 之一",
            f"{path}, entry {line}: needs a name, and a class out of {', '.join(CODES)}",
        )
    also = tuple(part for part in (row.get("second") or "").split(";") if part in CODES)
    return Labelled(name, row.get("value") or None, code, also)


def evaluate(rows: Sequence[Labelled]) -> Metrics:
    """Decide every row and compare. Raises LabelError where there is none."""
    return measure(rows, decide_many([(row.name, row.value) for row in rows]))


def measure(rows: Sequence[Labelled], decisions: Sequence[Decision]) -> Metrics:
    """Compare decisions with labels, row by row (same length)."""
    from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

    if not rows:
        raise LabelError("没有标注数据可供评测", "there is nothing labelled to evaluate")
    right = [one.code in (row.code, *row.also) for row, one in zip(rows, decisions, strict=True)]
    truth = [row.code for row in rows]
    said = [row.code if good else one.code for row, one, good in zip(rows, decisions, right, strict=True)]
    present = [code for code in CODES if code in truth]
    precision, recall, f1, count = precision_recall_fscore_support(truth, said, labels=present, zero_division=0.0)
    answered = [good for good, one in zip(right, decisions, strict=True) if not one.abstained]
    bins, ece = _calibration([one.probability for one in decisions], right)
    return Metrics(
        count=len(rows),
        accuracy=_share(right),
        accuracy_first=_share([row.code == one.code for row, one in zip(rows, decisions, strict=True)]),
        answered=len(answered) / len(rows),
        accuracy_answered=_share(answered),
        macro_f1=float(f1.mean()),
        by_rule=_share([one.decided_by == "rule" for one in decisions]),
        ece=ece,
        classes=tuple(
            ClassFigures(*figures)
            for figures in zip(present, precision.tolist(), recall.tolist(), f1.tolist(), count.tolist(), strict=True)
        ),
        confusion=tuple(map(tuple, confusion_matrix(truth, said, labels=list(CODES)).tolist())),
        calibration=bins,
        coverage=tuple(_coverage(cut, decisions, right) for cut in sorted({*CUTS, ABSTAIN})),
        misses=tuple(Miss(row, one) for row, one, good in zip(rows, decisions, right, strict=True) if not good),
    )


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0


def _coverage(cut: float, decisions: Sequence[Decision], right: Sequence[bool]) -> tuple[float, float, float]:
    kept = [good for good, one in zip(right, decisions, strict=True) if one.probability >= cut]
    return cut, len(kept) / len(right), _share(kept)


def _calibration(
    probabilities: Sequence[float], right: Sequence[bool]
) -> tuple[tuple[tuple[float, float, int], ...], float]:
    """Return the bins and the expected calibration error."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for probability, good in zip(probabilities, right, strict=True):
        bins[min(BINS - 1, int(probability * BINS))].append((probability, good))
    filled = tuple(
        (sum(p for p, _ in one) / len(one), _share([good for _, good in one]), len(one)) for one in bins if one
    )
    return filled, sum(count * abs(mean - share) for mean, share, count in filled) / len(right)
