"""The rules in force as data: which taxonomy applies and how grave each rule is (`rules/profiles/*.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from auditor.bundled import resource
from auditor.finding import PRINCIPLES, SEVERITIES, Principle, Severity
from auditor.nearest import unknown
from auditor.outcome import GRADES, Grade
from auditor.taxonomy import Taxonomy, taxonomy
from auditor.wording import AuditorError, Wording

_KEYS = ("title", "source", "taxonomy", "severity", "measurability", "review")
_PARTS = ("quantity", "unit", "comparator", "fits_name", "object", "base")


class ProfileError(AuditorError):
    """A profile that is unknown or cannot be used."""


Cap = Literal["error", "one_below", "several_below"]
"""What limits a project's quality, mildest first."""


@dataclass(frozen=True)
class ReviewRow:
    """A row of the second shape of the review: its words, and the rules (ids or their beginnings) that decide it."""

    title: Wording
    rules: tuple[str, ...]


@dataclass(frozen=True)
class ReviewScheme:
    """The arithmetic of the review table.

    `points` of every question; what one finding about a project (`project`), or findings on all of its indicators
    (`indicators`, scaled by the share of indicators hit), take off a question's hundred, by severity; the least score of
    优, 良 and 中; the most that is left with an error, with one question below 中 and with several; questions that only a
    person can answer; the rows of the second shape.
    """

    points: tuple[tuple[Principle, int], ...]
    project: tuple[tuple[Severity, float], ...]
    indicators: tuple[tuple[Severity, float], ...]
    bands: tuple[tuple[Grade, int], ...]
    caps: tuple[tuple[Cap, int], ...]
    by_person: tuple[Principle, ...]
    rows: tuple[ReviewRow, ...]


@dataclass(frozen=True)
class Profile:
    """One set of rules in force.

    `severity` maps rule ids to a severity or `off`, over what the rules themselves say. `measurability` gives the weight
    of each visible part of an indicator's score.
    """

    name: str
    title: Wording
    source: str
    taxonomy: Taxonomy
    severity: tuple[tuple[str, Severity | None], ...] = ()
    measurability: tuple[tuple[str, float], ...] = ()
    review: ReviewScheme | None = None


def profile_names() -> tuple[str, ...]:
    """Return the names of the shipped profiles."""
    return tuple(sorted(path.stem for path in resource("rules/profiles").glob("*.toml")))


@cache
def load_profile(name: str) -> Profile:
    """Load a shipped profile; raises ProfileError for an unknown name or a bad file."""
    if name not in profile_names():
        zh, en = unknown(name, profile_names())
        raise ProfileError(f"没有名为“{name}”的口径{zh}", f"there is no profile called {name!r}{en}")
    return _parse(resource(f"rules/profiles/{name}.toml"))


def _parse(path: Path) -> Profile:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for key in data:
        if key not in _KEYS:
            zh, en = unknown(key, _KEYS)
            raise ProfileError(f"{path.name}：不认识的键“{key}”{zh}", f"{path.name}: unknown key {key!r}{en}")
    return Profile(
        name=path.stem,
        title=Wording(data["title"]["zh"], data["title"]["en"]),
        source=data["source"],
        taxonomy=taxonomy(data["taxonomy"]),
        severity=tuple(read_severities(data.get("severity", {}), path.name).items()),
        measurability=_weights(data.get("measurability", {}), path.name),
        review=_review(data.get("review") or _common_review(), path.name),
    )


def _weights(table: dict[str, object], where: str) -> tuple[tuple[str, float], ...]:
    """Read the weights of the parts of a score; every part must have one, none may be negative."""
    if set(table) != set(_PARTS) or not all(isinstance(value, int | float) and value >= 0 for value in table.values()):
        raise ProfileError(
            f"{where}：[measurability] 须给出 {'、'.join(_PARTS)} 的权重，且不为负数",
            f"{where}: [measurability] needs a weight, not negative, for {', '.join(_PARTS)}",
        )
    return tuple((part, float(str(table[part]))) for part in _PARTS)


@cache
def _common_review() -> dict[str, Any]:
    """Load the arithmetic that all editions share unless their own file says otherwise."""
    found: dict[str, Any] = tomllib.loads(resource("rules/profiles/common/review.toml").read_text(encoding="utf-8"))
    return found


def _review(table: dict[str, Any], where: str) -> ReviewScheme:
    """Read the arithmetic of the review table; raises ProfileError where a part is missing or unknown."""
    try:
        scheme = ReviewScheme(
            points=tuple((principle, int(table["points"][principle])) for principle in PRINCIPLES),
            project=tuple((severity, float(table["deductions"]["project"][severity])) for severity in SEVERITIES),
            indicators=tuple((severity, float(table["deductions"]["indicators"][severity])) for severity in SEVERITIES),
            bands=tuple((grade, int(table["bands"][grade])) for grade in GRADES[:-1]),
            caps=tuple((cap, int(table["caps"][cap])) for cap in get_args(Cap)),
            by_person=tuple(principle for principle in PRINCIPLES if principle in table["by_person"]),
            rows=tuple(
                ReviewRow(Wording(row["zh"], row["en"]), tuple(map(str, row["rules"]))) for row in table["rows"]
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ProfileError(
            f"{where}：评审表的计分规则不完整或有误（{error}）",
            f"{where}: the review's arithmetic is incomplete or wrong ({error})",
        ) from error
    if sum(points for _, points in scheme.points) != 100:
        raise ProfileError(f"{where}：评审表各项分值合计须为 100", f"{where}: the review's points must add to 100")
    return scheme


def read_severities(table: dict[str, object], where: str) -> dict[str, Severity | None]:
    """Read a table of rule to severity; `off` becomes None. Raises ProfileError for any other word."""
    found: dict[str, Severity | None] = {}
    for rule, word in table.items():
        if word != "off" and word not in SEVERITIES:
            allowed = "、".join((*SEVERITIES, "off"))
            raise ProfileError(
                f"{where}：{rule} 的级别“{word}”不在 {allowed} 之内",
                f"{where}: severity {word!r} of {rule} is none of {', '.join((*SEVERITIES, 'off'))}",
            )
        found[rule] = None if word == "off" else next(known for known in SEVERITIES if known == word)
    return found
