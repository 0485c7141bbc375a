"""The rules for people: one rule's page, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.reports.terminal import Screen
from auditor.reports.words import SEVERITY
from auditor.wording import Language

if TYPE_CHECKING:
    from auditor.rule import Rule

_STYLE = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_HEADINGS = {
    "zh": ("级别", "审核要点", "看哪里", "查什么", "怎么说", "怎么改", "依据", "应报示例", "不报示例", "自", "默认关闭", "预览"),
    "en": ("severity", "review cell", "looks at", "what and why", "message", "how to mend", "basis", "flagged", "not flagged", "since", "off by default", "preview"),
}  # fmt: skip


def page(rule: Rule, screen: Screen) -> str:
    """Return everything that is known of a rule."""
    return screen.show(_page(rule, screen))


def overview(rules: Sequence[Rule], screen: Screen) -> str:
    """Return a table of all rules."""
    language = screen.language
    table = Table(box=None, header_style="bold", pad_edge=False)
    titles = (
        ("编号", "名称", "级别", "标题", "审核要点")
        if language == "zh"
        else ("id", "name", "severity", "title", "review cell")
    )
    for title in titles:
        first = title == titles[0]
        table.add_column(title, no_wrap=first, min_width=4 if first else None, overflow="fold")
    for rule in rules:
        severity = Text(SEVERITY[rule.severity].say(language), _STYLE[rule.severity])
        if not rule.enabled:
            severity = Text(f"{_HEADINGS[language][10]}", "dim")
        table.add_row(rule.id, rule.name, severity, rule.title.say(language), rule.principle)
    return screen.show([table])


def _page(rule: Rule, screen: Screen) -> Iterator[RenderableType]:
    language = screen.language
    words = _HEADINGS[language]
    yield Text(f"{rule.id} {rule.name}  ", style="bold").append(rule.title.say(language), style="bold")
    facts = [
        f"{words[0]}：{SEVERITY[rule.severity].say(language)}",
        f"{words[1]}：{rule.principle}",
        f"{words[2]}：{', '.join(rule.looks_at)}",
    ]
    if rule.since:
        facts.append(f"{words[9]} {rule.since}")
    facts += [words[10]] if not rule.enabled else []
    facts += [words[11]] if rule.status == "preview" else []
    yield Text("  ".join(facts), style="dim")
    said = "\n".join(f"- {form}" for form in _forms(rule, language))
    sections = (
        (words[3], rule.explain.say(language)),
        (words[4], said),
        (words[5], rule.suggestion.say(language)),
        (words[6], rule.basis),
    )
    for title, text in sections:
        yield _section(title, screen.flow(text))
    yield _section(words[7], screen.flow("\n".join(_example(example) for example in rule.flags)))
    yield _section(words[8], screen.flow("\n".join(_example(example) for example in rule.passes)))


def _forms(rule: Rule, language: Language) -> Iterator[str]:
    variants = [variant.message for variant in rule.variants.values() if variant.message]
    yield from (message.say(language) for message in (rule.message, *variants))


def _section(title: str, text: str) -> RenderableType:
    return Group(Text(), Text(title, style="bold cyan"), Padding(Text(text), (0, 0, 0, 2)))


def _example(example: Mapping[str, Any]) -> str:
    """Lay an example out in a few words: its text, or the parts of its projects."""
    note = f"（{example['note']}）" if example.get("note") else ""
    if "text" in example:
        return f"- {example['text']}{note}"
    documents = example.get("documents") or [example]
    tables = [table for document in documents for table in document.get("projects") or [document]]
    return "- " + " ⇔ ".join(_parts(table) for table in tables) + note


def _indicator(entry: str | Mapping[str, str]) -> str:
    if isinstance(entry, str):
        return entry
    return " | ".join(str(value) for value in entry.values())


def _parts(table: Mapping[str, Any]) -> str:
    shown = [str(table[key]) for key in ("name", "goal") if table.get(key, "").strip()]
    shown += [f"[{_indicator(line)}]" for line in table.get("indicators", ())]
    if table.get("amounts"):
        shown.append(" ".join(str(amount) for amount in table["amounts"]))
    return "  ".join(shown) or "（空）"
