"""All rules, loaded and checked once into one immutable Rulebook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from auditor.bundled import resource
from auditor.finding import Severity
from auditor.nearest import unknown
from auditor.profile import Profile
from auditor.rule import Rule, RuleError, load_rule


@dataclass(frozen=True)
class Rulebook:
    """The rules in order of id, and a digest of every file under `rules/` that can change a verdict."""

    rules: tuple[Rule, ...]
    digest: str

    def rule(self, handle: str) -> Rule:
        """Return the rule with this id, name or former id; raises RuleError naming the nearest for an unknown one."""
        for rule in self.rules:
            if handle.upper() in (rule.id, *rule.was) or handle == rule.name:
                return rule
        zh, en = unknown(handle, [name for rule in self.rules for name in (rule.id, rule.name)])
        raise RuleError(f"没有规则“{handle}”{zh}", f"there is no rule {handle!r}{en}")

    def matching(self, handle: str) -> frozenset[str]:
        """Return the ids meant by an id, a name, the start of an id (`T5`) or a family (`taxonomy`)."""
        start = handle.upper()
        found = {rule.id for rule in self.rules if rule.id.startswith(start) or rule.family == handle}
        return frozenset(found) or frozenset({self.rule(handle).id})

    def active(
        self,
        profile: Profile,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        severity: Iterable[tuple[str, Severity | None]] = (),
    ) -> dict[str, Severity]:
        """Return the severity of every rule that runs, by id.

        What the rule says is overruled by the profile, that by `severity` (None switches off); `select` leaves only
        what it names (and switches on what is off by default), `ignore` takes away.
        """
        chosen = {rule.id: rule.severity for rule in self.rules if rule.enabled and rule.status != "retired"}
        wanted = {name for handle in select for name in self.matching(handle)}
        if wanted:
            chosen = {rule.id: rule.severity for rule in self.rules if rule.id in wanted}
        for handle, grade in (*profile.severity, *severity):
            for name in self.matching(handle) & set(chosen):
                if grade is None:
                    del chosen[name]
                else:
                    chosen[name] = grade
        for handle in ignore:
            for name in self.matching(handle):
                chosen.pop(name, None)
        return chosen

    def graded(self, profile: Profile, severity: Iterable[tuple[str, Severity | None]] = ()) -> frozenset[str]:
        """Return the ids whose severity the profile or the settings fix, variants included."""
        handles = (handle for handle, grade in (*profile.severity, *severity) if grade is not None)
        return frozenset(name for handle in handles for name in self.matching(handle))


def _rule_files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.rglob("*.toml") if "profiles" not in path.relative_to(folder).parts)


def _digest(folders: Iterable[Path]) -> str:
    """Hash names and bytes of all rule data, in a fixed order."""
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.suffix in (".toml", ".csv")):
            total.update(str(path.relative_to(folder).as_posix()).encode())
            total.update(path.read_bytes())
    return f"sha256:{total.hexdigest()}"


@cache
def load_rulebook(*more: Path) -> Rulebook:
    """Load the shipped rules and, data-only, those of further folders.

    Raises RuleError at the first file that cannot be used, and for an id or name used twice or in `was` of another.
    """
    shipped = resource("rules")
    rules = [load_rule(path) for path in _rule_files(shipped)]
    for folder in more:
        if not folder.is_dir():
            raise RuleError(f"规则文件夹不存在：{folder}", f"the rules folder does not exist: {folder}")
        rules += [load_rule(path, data_only=True) for path in _rule_files(folder)]
    _refuse_reuse(rules)
    return Rulebook(tuple(sorted(rules, key=lambda rule: rule.id)), _digest([shipped, *more]))


def _refuse_reuse(rules: Iterable[Rule]) -> None:
    taken: dict[str, Path] = {}
    for rule in rules:
        for handle in (rule.id, rule.name, *rule.was):
            if handle in taken:
                raise RuleError(
                    f"{rule.path}：“{handle}”已被 {taken[handle]} 使用；编号和名称一经使用不再更改",
                    f"{rule.path}: {handle!r} is taken by {taken[handle]}; ids and names are for ever",
                )
            taken[handle] = rule.path


def explain(handle: str) -> Rule:
    """Return everything known of the shipped rule with this id or name; raises RuleError for an unknown one."""
    return load_rulebook().rule(handle)
