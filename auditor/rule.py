"""A rule as a TOML file: everything known of it, parsed and checked before the first document is opened."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import Any, Literal, get_args

from auditor.finding import PRINCIPLES, SEVERITIES, Mark, Principle, Severity
from auditor.kinds import KINDS
from auditor.nearest import unknown
from auditor.subjects import BATCH, SCOPES
from auditor.wording import AuditorError, Wording

Check = Callable[..., Iterable[Mark]]
Status = Literal["preview", "stable", "retired"]

_REQUIRED = ("id", "name", "title", "severity", "principle", "looks_at", "message", "suggestion", "basis", "explain")
_OPTIONAL = ("was", "kind", "check", "parameters", "since", "status", "enabled", "exempts", "examines_exempt")
_EXAMPLES = ("variants", "flag", "pass")
_KEYS = (*_REQUIRED, *_OPTIONAL, *_EXAMPLES)
_ID = re.compile(r"[A-Z]\d{3}")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CHECK = re.compile(r"[a-z_]+\.[a-z][a-z_]*")


class RuleError(AuditorError):
    """A rule file that cannot be used: the message names file, line and key."""


@dataclass(frozen=True)
class Variant:
    """Another severity or wording of the same rule, named by the check that yields it."""

    severity: Severity | None
    message: Wording | None
    suggestion: Wording | None


@dataclass(frozen=True)
class Rule:
    """A parsed rule; the fields are those of DESIGN's rule file. `run` is the kind or coded check it names."""

    id: str
    name: str
    family: str
    was: tuple[str, ...]
    title: Wording
    severity: Severity
    principle: Principle
    looks_at: tuple[str, ...]
    run: Check
    parameters: Mapping[str, Any]
    message: Wording
    suggestion: Wording
    basis: str
    explain: Wording
    since: str
    status: Status
    enabled: bool
    exempts: bool
    examines_exempt: bool
    variants: Mapping[str, Variant]
    flags: tuple[Mapping[str, Any], ...]
    passes: tuple[Mapping[str, Any], ...]
    path: Path

    @property
    def on_batch(self) -> bool:
        """Whether the rule looks at all documents together."""
        return BATCH in self.looks_at


class _File:
    """One rule file while it is read: knows how to point at a key."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        try:
            self.data: dict[str, Any] = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise RuleError(
                f"{path}：不是有效的 TOML（{error}）；请修正后再运行",
                f"{path}: not valid TOML ({error}); please mend it",
            ) from error

    def fail(self, key: str, zh: str, en: str) -> RuleError:
        """Make the error that points at `key`."""
        found = re.search(rf"^\s*(?:\[+\s*)?{re.escape(key)}\b", self.text, re.MULTILINE)
        where = f"{self.path}:{self.text.count(chr(10), 0, found.start()) + 1}" if found else str(self.path)
        return RuleError(f"{where}：{key}：{zh}", f"{where}: {key}: {en}")

    def one_of(self, key: str, value: object, allowed: Iterable[str]) -> None:
        """Refuse a value outside a closed list, naming the nearest."""
        allowed = tuple(allowed)
        if value not in allowed:
            zh, en = unknown(str(value), allowed)
            raise self.fail(key, f"“{value}”不可用{zh}", f"{value!r} is not allowed{en}")

    def wording(self, key: str, table: object) -> Wording:
        """Read a table with zh and en; both must say something."""
        if not isinstance(table, dict) or set(table) != {"zh", "en"}:
            raise self.fail(key, "须写成 zh 与 en 两句", "needs exactly zh and en")
        if not all(isinstance(words, str) and words.strip() for words in table.values()):
            raise self.fail(key, "zh 与 en 都不能为空", "neither zh nor en may be empty")
        return Wording(table["zh"].strip(), table["en"].strip())


def load_rule(path: Path, *, data_only: bool = False) -> Rule:
    """Read and check one rule file. `data_only` refuses coded checks (rules from a user's folder).

    Raises RuleError for unknown keys, scopes, kinds, checks and parameters, and for missing examples or basis.
    """
    file = _File(path)
    data = file.data
    for key in data:
        file.one_of(key, key, _KEYS)
    for key in _REQUIRED:
        if not data.get(key):
            raise file.fail(key, "缺少这一项", "is missing")
    _check_identity(file)
    flags, passes = _examples(file)
    variants = dict(_variants(file))
    looks_at = tuple(_scopes(file))
    run = _runner(file, data_only)
    return Rule(
        id=data["id"],
        name=data["name"],
        family=path.parent.name,
        was=tuple(data.get("was", ())),
        title=file.wording("title", data["title"]),
        severity=data["severity"],
        principle=data["principle"],
        looks_at=looks_at,
        run=run,
        parameters=_parameters(file, run),
        message=_template(file, "message", data["message"]),
        suggestion=_template(file, "suggestion", data["suggestion"]),
        basis=data["basis"],
        explain=file.wording("explain", data["explain"]),
        since=data.get("since", ""),
        status=data.get("status", "stable"),
        enabled=data.get("enabled", True),
        exempts=data.get("exempts", False),
        examines_exempt=data.get("examines_exempt", False) or data.get("exempts", False),
        variants=variants,
        flags=flags,
        passes=passes,
        path=path,
    )


def _check_identity(file: _File) -> None:
    data = file.data
    if not _ID.fullmatch(str(data["id"])):
        raise file.fail("id", "须是一个大写字母加三位数字", "must be a capital letter and three digits")
    if not _NAME.fullmatch(str(data["name"])):
        raise file.fail("name", "须是小写英文单词，用连字符相连", "must be lower-case words joined by hyphens")
    file.one_of("severity", data["severity"], SEVERITIES)
    file.one_of("principle", data["principle"], PRINCIPLES)
    file.one_of("status", data.get("status", "stable"), get_args(Status))


def _scopes(file: _File) -> Iterator[str]:
    scopes = file.data["looks_at"]
    for scope in [scopes] if isinstance(scopes, str) else scopes:
        file.one_of("looks_at", scope, SCOPES)
        yield scope


def _examples(file: _File) -> tuple[tuple[Mapping[str, Any], ...], tuple[Mapping[str, Any], ...]]:
    flags, passes = file.data.get("flag", []), file.data.get("pass", [])
    for key, examples in (("flag", flags), ("pass", passes)):
        if not examples or not all(isinstance(example, dict) for example in examples):
            raise file.fail(key, f"至少要有一个 [[{key}]] 示例", f"at least one [[{key}]] example is needed")
    return tuple(flags), tuple(passes)


def _variants(file: _File) -> Iterator[tuple[str, Variant]]:
    for name, table in file.data.get("variants", {}).items():
        for key in table:
            file.one_of(f"variants.{name}", key, ("severity", "message", "suggestion"))
        if "severity" in table:
            file.one_of(f"variants.{name}", table["severity"], SEVERITIES)
        words = {key: _template(file, f"variants.{name}", table[key]) for key in table if key != "severity"}
        yield name, Variant(table.get("severity"), words.get("message"), words.get("suggestion"))


def _template(file: _File, key: str, table: object) -> Wording:
    """Read words with `{names}` in them; only plain names may stand in braces, so that data never reaches into objects."""
    words = file.wording(key, table)
    for text in (words.zh, words.en):
        for _, name, spec, conversion in Formatter().parse(text):
            if name is not None and (not name.isidentifier() or spec or conversion):
                raise file.fail(
                    key, f"花括号里只能是名称，不能是“{name}”", f"only a plain name may stand in braces, not {name!r}"
                )
    return words


def _runner(file: _File, data_only: bool) -> Check:
    kind, check = file.data.get("kind"), file.data.get("check")
    if (kind is None) == (check is None):
        raise file.fail("kind", "kind 与 check 须且只须写一个", "exactly one of kind and check is needed")
    if kind is not None:
        file.one_of("kind", kind, KINDS)
        return KINDS[kind]
    if data_only:
        raise file.fail(
            "check",
            "自带规则只能用 kind，不能调用程序中的检查",
            "rules from your own folder may use a kind only, not a coded check",
        )
    return _coded(file, str(check))


def _coded(file: _File, check: str) -> Check:
    if not _CHECK.fullmatch(check):
        raise file.fail("check", f"“{check}”须写成 模块.函数", f"{check!r} must read module.function")
    module, function = check.split(".")
    try:
        found: Check = getattr(import_module(f"auditor.checks.{module}"), function)
    except (ImportError, AttributeError) as error:
        raise file.fail("check", f"找不到检查“{check}”", f"there is no check {check!r}") from error
    return found


def _parameters(file: _File, run: Check) -> Mapping[str, Any]:
    """Match the rule's parameters with the keyword-only arguments of its kind or check, by name and by type."""
    given = file.data.get("parameters", {})
    accepted = {
        name: parameter
        for name, parameter in inspect.signature(run, eval_str=True).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }
    for name, value in given.items():
        file.one_of("parameters", name, accepted)
        if not _fits(value, accepted[name].annotation):
            raise file.fail(
                name, f"类型不对，应为 {accepted[name].annotation}", f"should be {accepted[name].annotation}"
            )
    for name, parameter in accepted.items():
        if name not in given and parameter.default is inspect.Parameter.empty:
            raise file.fail("parameters", f"缺少参数 {name}", f"parameter {name} is missing")
    return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}


def _fits(value: object, annotation: object) -> bool:
    if annotation == tuple[str, ...]:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if annotation is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(annotation, type) and isinstance(value, annotation)
