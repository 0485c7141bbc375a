"""What can be set: in `auditor.toml` or `[tool.auditor]` of `pyproject.toml`, found upwards from the working folder."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from auditor.finding import SEVERITIES, Severity
from auditor.nearest import unknown
from auditor.profile import load_profile, read_severities
from auditor.readers.limits import Limits
from auditor.wording import LANGUAGES, AuditorError, Language

FAIL_ON = (*SEVERITIES, "never")


class SettingsError(AuditorError):
    """A settings file or option that cannot be used: the message names file and key."""


@dataclass(frozen=True)
class Settings:
    """Effective settings. `profile` None means: detected for each document. `severity` None switches a rule off."""

    lang: Language = "zh"
    profile: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    allow_gaps: bool = False
    rules: tuple[Path, ...] = ()
    severity: tuple[tuple[str, Severity | None], ...] = ()
    jobs: int = 1
    encoder: Path | None = None
    limits: Limits = field(default_factory=Limits)


_KEYS = tuple(one.name.replace("_", "-") for one in fields(Settings))
_LIMITS = tuple(one.name for one in fields(Limits))


def find_settings(start: Path) -> Settings:
    """Return the settings of the nearest `auditor.toml` or `[tool.auditor]` at or above `start`, else the defaults."""
    found = settings_file(start)
    return read_settings(found) if found else Settings()


def settings_file(start: Path) -> Path | None:
    """Return the nearest `auditor.toml`, or `pyproject.toml` with `[tool.auditor]`, at or above `start`."""
    for folder in (start, *start.parents):
        own = folder / "auditor.toml"
        if own.is_file():
            return own
        project = folder / "pyproject.toml"
        if project.is_file() and "auditor" in _load(project).get("tool", {}):
            return project
    return None


def effective(start: Path) -> tuple[tuple[str, str, Path | None], ...]:
    """Return every setting in force at `start` as (key, value as it would be written, file it comes from or None)."""
    found = settings_file(start)
    settings = read_settings(found) if found else Settings()
    table = _table(found) if found else {}
    limits = table.get("limits", {})
    rows: list[tuple[str, str, Path | None]] = [
        (key, _written(getattr(settings, key.replace("-", "_"))), found if key in table else None)
        for key in _KEYS
        if key != "limits"
    ]
    rows += [
        (f"limits.{key}", _written(getattr(settings.limits, key)), found if key in limits else None) for key in _LIMITS
    ]
    return tuple(rows)


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_written(one) for one in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"设置文件 {path} 无法读取：{error}", f"settings file {path} cannot be read: {error}"
        ) from error


def read_settings(path: Path) -> Settings:
    """Read one settings file; raises SettingsError for unknown keys (naming the nearest) and for wrong values."""
    return _parse(_table(path), path)


def _table(path: Path) -> Mapping[str, Any]:
    data = _load(path)
    table: Mapping[str, Any] = data.get("tool", {}).get("auditor", {}) if path.name == "pyproject.toml" else data
    return table


def _parse(table: Mapping[str, Any], path: Path) -> Settings:
    for key in table:
        if key not in _KEYS:
            zh, en = unknown(key, _KEYS)
            raise SettingsError(f"{path}：不认识的设置“{key}”{zh}", f"{path}: unknown setting {key!r}{en}")
    values: dict[str, Any] = {key.replace("-", "_"): _value(key, value, path) for key, value in table.items()}
    return Settings(**values)


def _value(key: str, value: object, path: Path) -> object:
    if key == "lang":
        return _choice(key, value, LANGUAGES, path)
    if key == "fail-on":
        return _choice(key, value, FAIL_ON, path)
    if key == "profile":
        return load_profile(str(value)).name
    if key == "jobs" and isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    if key == "encoder" and isinstance(value, str):
        return (path.parent / value).resolve()
    if key == "limits" and isinstance(value, dict):
        return _limits(value, path)
    if key == "allow-gaps" and isinstance(value, bool):
        return value
    if key == "severity" and isinstance(value, dict):
        return tuple(read_severities(value, str(path)).items())
    if key in ("select", "ignore") and _is_strings(value):
        return tuple(value)  # type: ignore[arg-type]
    if key == "rules" and _is_strings(value):
        return tuple((path.parent / str(folder)).resolve() for folder in value)  # type: ignore[attr-defined]
    raise SettingsError(f"{path}：设置“{key}”的值不合适：{value!r}", f"{path}: unsuitable value for {key!r}: {value!r}")


def _limits(table: Mapping[str, Any], path: Path) -> Limits:
    """Read the bounds for reading one file; each must be a positive number."""
    for key, value in table.items():
        if key not in _LIMITS:
            zh, en = unknown(key, _LIMITS)
            raise SettingsError(f"{path}：limits 中不认识的“{key}”{zh}", f"{path}: unknown limit {key!r}{en}")
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise SettingsError(f"{path}：limits.{key} 须是正数", f"{path}: limits.{key} must be a positive number")
    return Limits(**table)


def _is_strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _choice(key: str, value: object, allowed: tuple[str, ...], path: Path) -> str:
    if value not in allowed:
        zh, en = unknown(str(value), allowed)
        raise SettingsError(f"{path}：{key} 不能是“{value}”{zh}", f"{path}: {key} cannot be {value!r}{en}")
    return str(value)
