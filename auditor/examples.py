"""The examples inside rule files, made into documents: what a rule must flag and where it must stay silent.

An example is either one text (`text`, in the rule's first field or in `field`), or the parts of a project: `name`,
`goal`, `amounts`, `unit`, `indicators` ("11 名称 | 周期值 | 年度值", "2/31 …" where level 1 is filed otherwise), or
`projects`, a list of such tables, or `documents`, a list of tables with projects (or, with `form = "department_form"`,
with `tasks`), each with its `department`. `totals` are printed sums, `year` the year in the title, `profile` the profile
to judge by. An indicator may also be a table with `filed`, `name`, `cycle`, `annual`, `nature`, `direction`, `unit` (of
measure), `weight`, `actual`, `points`, `score`, `deviation`. `quote` lists what a flagged example must quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from auditor.document import Document, Indicator, Passage, Place, PrintedTotal, Project, Task
from auditor.readers.forms.amounts import as_printed
from auditor.rule import Rule, RuleError

_FILED = re.compile(r"(?:(?P<first>\d)(?:-(?P<name1>[^/]*))?/)?(?P<second>\d\d)(?:-(?P<name2>.+))?")

_KEYS = (
    "text",
    "field",
    "projects",
    "documents",
    "name",
    "goal",
    "amounts",
    "unit",
    "indicators",
    "totals",
    "year",
    "profile",
    "quote",
    "note",
    "form",
    "department",
    "tasks",
)
_LEVEL1 = {"1": "产出指标", "2": "效益指标", "3": "满意度指标"}
_LEVEL2 = {
    "11": "数量指标", "12": "质量指标", "13": "时效指标", "14": "成本指标", "21": "经济效益", "22": "社会效益",
    "23": "生态效益", "24": "可持续影响", "31": "服务对象满意度",
}  # fmt: skip
_PLACE = Place("示例")


def example_documents(rule: Rule, example: Mapping[str, Any]) -> list[Document]:
    """Build the documents that an example describes: one, or those of its `documents`."""
    tables: Sequence[Mapping[str, Any]] = example.get("documents") or [example]
    return [
        replace(example_document(rule, table), name=f"示例{number}" if len(tables) > 1 else "示例")
        for number, table in enumerate(tables, start=1)
    ]


def example_document(rule: Rule, example: Mapping[str, Any]) -> Document:
    """Build the one document that an example describes; raises RuleError for keys that mean nothing."""
    strange = set(example) - set(_KEYS)
    if strange:
        raise RuleError(
            f"{rule.path}：示例中不认识的键 {sorted(strange)}",
            f"{rule.path}: unknown keys in an example: {sorted(strange)}",
        )
    tables: Sequence[Mapping[str, Any]] = example.get("projects") or [_one(rule, example)]
    projects = tuple(_project(row, table) for row, table in enumerate(tables, start=1))
    totals = tuple(
        PrintedTotal(unit or None, as_printed([Decimal(str(amount)) for amount in amounts], "万元"), _PLACE)
        for unit, amounts in example.get("totals", {}).items()
    )
    return Document(
        "示例",
        example.get("form", "project_table"),
        _PLACE,
        department=example.get("department"),
        year=example.get("year"),
        projects=projects,
        totals=totals,
    )


def _one(rule: Rule, example: Mapping[str, Any]) -> Mapping[str, Any]:
    """Spread an example of one text over the project it stands in."""
    if "text" not in example:
        return example
    field, text = example.get("field", rule.looks_at[0]), example["text"]
    if field in ("goal", "project.name"):
        return {"goal" if field == "goal" else "name": text}
    parts = {"indicator.name": "", "indicator.cycle_target": "", "indicator.annual_target": "", field: text}
    return {"indicators": ["11 " + " | ".join(list(parts.values())[:3])]}


def _project(row: int, table: Mapping[str, Any]) -> Project:
    amounts = [Decimal(str(amount)) for amount in table.get("amounts", ())]
    is_form = table.get("form") == "department_form"
    return Project(
        row=row,
        name=None if is_form else Passage(table.get("name", f"示例项目{row}"), _PLACE),
        place=_PLACE,
        tasks=tuple(_task(task) for task in table.get("tasks", ())),
        unit=table.get("unit"),
        budget=as_printed(amounts, "万元") if amounts else None,
        goal=Passage(table.get("goal", ""), _PLACE),
        indicators=tuple(_indicators(table.get("indicators", ()))),
    )


def _task(table: Mapping[str, Any]) -> Task:
    amount = table.get("amount")
    return Task("key", Passage(table["name"], _PLACE), amount=None if amount is None else Decimal(str(amount)))


def _indicators(entries: Sequence[str | Mapping[str, str]]) -> Iterator[Indicator]:
    for ordinal, entry in enumerate(entries, start=1):
        table = _split(entry) if isinstance(entry, str) else entry
        match = _FILED.fullmatch(table["filed"])
        if not match:
            raise RuleError(
                f"示例指标的分类须写成“11”或“2/31”：{table}", f"not a class of an example indicator: {table}"
            )
        first, second = match["first"] or match["second"][0], match["second"]
        name = table.get("name", "")
        library = re.match(r"(\d{9})-", name)
        annual = table.get("annual", "")
        yield Indicator(
            ordinal=ordinal,
            name=Passage(name[10:] if library else name, _PLACE),
            level1=Passage(match["name1"] or _LEVEL1.get(first, ""), _PLACE),
            level1_code=first,
            level2=Passage(match["name2"] or _LEVEL2.get(second, ""), _PLACE),
            level2_code=second,
            library_code=library[1] if library else None,
            cycle_target=Passage(table.get("cycle", annual), _PLACE),
            annual_target=Passage(annual, _PLACE),
            nature=table.get("nature"),
            direction=table.get("direction"),
            measure_unit=table.get("unit"),
            weight=_decimal(table, "weight"),
            points=_decimal(table, "points"),
            score=_decimal(table, "score"),
            actual=Passage(table["actual"], _PLACE) if "actual" in table else None,
            deviation=Passage(table["deviation"], _PLACE) if "deviation" in table else None,
        )


def _decimal(table: Mapping[str, str], key: str) -> Decimal | None:
    return Decimal(str(table[key])) if key in table else None


def _split(line: str) -> Mapping[str, str]:
    """Take `11 名称 | 周期值 | 年度值` apart."""
    filed, _, rest = line.partition(" ")
    name, cycle, annual = ([part.strip() for part in rest.split("|")] + ["", ""])[:3]
    return {"filed": filed, "name": name, "cycle": cycle, "annual": annual}
