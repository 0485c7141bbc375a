"""The examples inside rule files, made into documents: what a rule must flag and where it must stay silent.

An example is either one text (`text`, in the rule's first field or in `field`), or the parts of a project: `name`,
`goal`, `amounts`, `unit`, `indicators` ("11 名称 | 周期值 | 年度值", "2/31 …" where level 1 is filed otherwise), or
`projects`, a list of such tables; `totals` are printed sums, `profile` the profile to judge by. `quote` lists what a
flagged example must quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from auditor.document import Document, Indicator, Passage, Place, PrintedTotal, Project
from auditor.readers.forms.amounts import as_printed
from auditor.rule import Rule, RuleError

_FILED = re.compile(
    r"(?:(?P<first>\d)(?:-(?P<name1>[^/]*))?/)?(?P<second>\d\d)(?:-(?P<name2>\S+))?\s+(?P<rest>.*)", re.DOTALL
)
_KEYS = (
    "text",
    "field",
    "projects",
    "name",
    "goal",
    "amounts",
    "unit",
    "indicators",
    "totals",
    "profile",
    "quote",
    "note",
)
_LEVEL1 = {"1": "产出指标", "2": "效益指标", "3": "满意度指标"}
_LEVEL2 = {
    "11": "数量指标", "12": "质量指标", "13": "时效指标", "14": "成本指标", "21": "经济效益", "22": "社会效益",
    "23": "生态效益", "24": "可持续影响", "31": "服务对象满意度",
}  # fmt: skip
_PLACE = Place("示例")


def example_document(rule: Rule, example: Mapping[str, Any]) -> Document:
    """Build the document that an example describes; raises RuleError for keys that mean nothing."""
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
    return Document("示例", "project_table", _PLACE, projects=projects, totals=totals)


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
    return Project(
        row=row,
        name=Passage(table.get("name", f"示例项目{row}"), _PLACE),
        place=_PLACE,
        unit=table.get("unit"),
        budget=as_printed(amounts, "万元") if amounts else None,
        goal=Passage(table.get("goal", ""), _PLACE),
        indicators=tuple(_indicators(table.get("indicators", ()))),
    )


def _indicators(lines: Sequence[str]) -> Iterator[Indicator]:
    for ordinal, line in enumerate(lines, start=1):
        match = _FILED.fullmatch(line)
        if not match:
            raise RuleError(f"示例指标须写成“11 名称 | 周期值 | 年度值”：{line}", f"not an example indicator: {line}")
        name, cycle, annual = ([part.strip() for part in match["rest"].split("|")] + ["", ""])[:3]
        first, second = match["first"] or match["second"][0], match["second"]
        library = re.match(r"(\d{9})-", name)
        yield Indicator(
            ordinal=ordinal,
            name=Passage(name[10:] if library else name, _PLACE),
            level1=Passage(match["name1"] or _LEVEL1.get(first, ""), _PLACE),
            level1_code=first,
            level2=Passage(match["name2"] or _LEVEL2.get(second, ""), _PLACE),
            level2_code=second,
            library_code=library[1] if library else None,
            cycle_target=Passage(cycle, _PLACE),
            annual_target=Passage(annual, _PLACE),
        )
