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

_KEYS = ("title", "source", "taxonomy", "severity")


class ProfileError(AuditorError):
    """A profile that is unknown or cannot be used."""


@dataclass(frozen=True)
class Profile:
    """One set of rules in force. `severity` maps rule ids to a severity or `off`, over what the rules themselves say."""

    name: str
    title: Wording
    source: str
    taxonomy: Taxonomy
    severity: tuple[tuple[str, Severity | None], ...] = ()


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
    )


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
