"""The rules in force as data: which taxonomy applies and how grave each rule is (`rules/profiles/*.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from auditor.bundled import resource
from auditor.finding import SEVERITIES, Severity
from auditor.nearest import unknown
from auditor.taxonomy import Taxonomy, taxonomy
from auditor.wording import AuditorError, Wording

_KEYS = ("title", "source", "taxonomy", "severity", "measurability")
_PARTS = ("quantity", "unit", "comparator", "fits_name", "object", "base")


class ProfileError(AuditorError):
    """A profile that is unknown or cannot be used."""


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
    )


def _weights(table: dict[str, object], where: str) -> tuple[tuple[str, float], ...]:
    """Read the weights of the parts of a score; every part must have one, none may be negative."""
    if set(table) != set(_PARTS) or not all(isinstance(value, int | float) and value >= 0 for value in table.values()):
        raise ProfileError(
            f"{where}：[measurability] 须给出 {'、'.join(_PARTS)} 的权重，且不为负数",
            f"{where}: [measurability] needs a weight, not negative, for {', '.join(_PARTS)}",
        )
    return tuple((part, float(str(table[part]))) for part in _PARTS)


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
