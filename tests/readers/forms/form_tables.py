"""Lays one source of invented projects out as the tables that format readers give, in every layout of the forms.

A source has the shape of `corpus/samples/source/*.toml`: title, department, currency_unit, total, and units of projects,
each with name, amounts, goal and indicators ([level 1, level 2, name, cycle value, annual value]).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from auditor.document import Document, Place
from auditor.readers.content import Cell, Content, Line, Table

NAME = "tables.xlsx"
PACKED_HEAD = ("项目名称（资金使用单位）", "总计", "财政拨款", "财政专户拨款", "其他资金", "绩效目标", "绩效指标")
LONG_HEAD = (*PACKED_HEAD[:6], "一级指标", "二级指标", "三级指标", "实施周期指标值", "年度指标值")
Written = str | None | tuple[str, int, int]


def table(rows: list[list[Written]], *, sheet: str | None = None, page: int | None = None, number: int = 1) -> Table:
    """Make a Table of rows: a text, None below or beside a merged cell, or (text, rows, columns) for the merged cell."""
    width = max(len(row) for row in rows)
    made = []
    for at, row in enumerate(rows, start=1):
        cells: list[Cell | None] = []
        for column, written in enumerate([*row, *[""] * (width - len(row))]):
            address = f"{chr(65 + column)}{at}" if sheet else None
            place = Place(NAME, sheet=sheet, page=page, table=None if sheet else number, row=at, cell=address)
            if isinstance(written, tuple):
                cells.append(Cell(written[0], place, written[1], written[2]))
            else:
                cells.append(None if written is None else Cell(written, place))
        made.append(tuple(cells))
    return Table(tuple(made), Place(NAME, sheet=sheet, page=page, table=None if sheet else number))


def line(text: str) -> Line:
    return Line(text, Place(NAME))


def content(*blocks: Line | Table) -> Content:
    return Content(NAME, blocks)


def packed_cell(indicators: list[list[str]], between: str = "") -> str:
    return between.join(
        f"{at}、{one}；{two}；{name}；实施周期指标值:{cycle}；年度指标值:{annual}。"
        for at, (one, two, name, cycle, annual) in enumerate(indicators, start=1)
    )


def _heading(source: dict[str, Any]) -> list[Line]:
    return [line(source["title"]), line(f"部门名称：{source['department']} 单位：{source['currency_unit']}")]


def _row(one: dict[str, Any], indent: str, between: str = "") -> list[Written]:
    goal, indicators = one.get("goal", ""), one.get("indicators", [])
    return [indent + one["name"], *_four(one["amounts"]), goal, packed_cell(indicators, between)]


def _four(amounts: list[str]) -> list[str]:
    return [*amounts, *[""] * (4 - len(amounts))]


def packed_rows(source: dict[str, Any], indent: str = "    ", between: str = "") -> list[list[Written]]:
    rows: list[list[Written]] = []
    if any(source.get("total", ())):
        rows.append(["合计", *_four(source["total"]), "", ""])
    for unit in source["units"]:
        if unit["name"]:
            rows.append(_row(unit, "", between))
        rows += [_row(project, indent, between) for project in unit["projects"]]
    return rows


def packed(source: dict[str, Any]) -> Content:
    return content(*_heading(source), table([list(PACKED_HEAD), *packed_rows(source)]))


def packed_without_indent(source: dict[str, Any]) -> Content:
    return content(*_heading(source), table([list(PACKED_HEAD), *packed_rows(source, indent="")], sheet="项目"))


def packed_with_breaks(source: dict[str, Any]) -> Content:
    return content(*_heading(source), table([list(PACKED_HEAD), *packed_rows(source, between="\n")], sheet="项目"))


def packed_two_heads(source: dict[str, Any]) -> Content:
    """Titles inside the sheet, a head over two rows, a row that numbers the columns, a serial column, a note below."""
    upper = [
        ("序号", 2, 1),
        ("项目名称", 2, 1),
        ("金额", 1, 4),
        None,
        None,
        None,
        ("绩效目标", 2, 1),
        ("绩效指标", 2, 1),
    ]
    lower = [None, None, "总计", "财政拨款", "财政专户拨款", "其他资金", None, None]
    rows = [
        [(source["title"], 1, 8), *[None] * 7],
        [(f"部门名称：{source['department']}", 1, 6), *[None] * 5, f"单位：{source['currency_unit']}", ""],
        upper, lower, ["栏次", "1", "2", "3", "4", "5", "6", "7"],
        *[[str(at), *row] for at, row in enumerate(packed_rows(source), start=1)],
        [("注：本表金额保留两位小数。", 1, 8), *[None] * 7],
    ]  # fmt: skip
    return content(table(rows, sheet="项目支出绩效"))


def packed_over_pages(source: dict[str, Any]) -> Content:
    """Every page a table with the head repeated; each third row is cut in its goal and cell."""
    blocks: list[Line | Table] = [*_heading(source)]
    rows: list[list[Written]] = []
    for at, row in enumerate(packed_rows(source), start=1):
        goal, cell = str(row[5]), str(row[6])
        if at % 3 or len(cell) < 9:
            rows.append(row)
            continue
        cut = len(cell) // 2
        rows.append([*row[:5], goal[: len(goal) // 2], cell[:cut]])
        blocks.append(table([list(PACKED_HEAD), *rows], page=len(blocks), number=len(blocks)))
        rows = [["", "", "", "", "", goal[len(goal) // 2 :], cell[cut:]]]
    blocks.append(table([list(PACKED_HEAD), *rows], page=len(blocks), number=len(blocks)))
    return content(*blocks)


def _long(source: dict[str, Any], project_rows: Callable[[dict[str, Any]], Iterator[list[Written]]]) -> Content:
    rows: list[list[Written]] = [list(LONG_HEAD)]
    if any(source.get("total", ())):
        rows.append(["合计", *_four(source["total"]), *[""] * 6])
    for unit in source["units"]:
        if unit["name"]:
            rows.append([unit["name"], *_four(unit["amounts"]), *[""] * 6])
        for project in unit["projects"]:
            rows += project_rows(project)
    return content(*_heading(source), table(rows, sheet="项目"))


def _front(project: dict[str, Any]) -> list[str]:
    return ["    " + project["name"], *_four(project["amounts"]), project["goal"]]


def _repeated_rows(project: dict[str, Any]) -> Iterator[list[Written]]:
    for indicator in project["indicators"] or [[""] * 5]:
        yield [*_front(project), *indicator]


def _blank_rows(project: dict[str, Any]) -> Iterator[list[Written]]:
    before = ["", ""]
    for at, indicator in enumerate(project["indicators"] or [[""] * 5]):
        level1 = "" if indicator[0] == before[0] else indicator[0]
        level2 = "" if indicator[:2] == before else indicator[1]
        before = indicator[:2]
        yield [*(_front(project) if at == 0 else [""] * 6), level1, level2, *indicator[2:]]


def _merged_rows(project: dict[str, Any]) -> Iterator[list[Written]]:
    indicators = project["indicators"] or [[""] * 5]
    for at, levels in enumerate(merged_levels(indicators)):
        front = [(text, len(indicators), 1) for text in _front(project)] if at == 0 else [None] * 6
        yield [*front, *levels, *indicators[at][2:]]


def merged_levels(indicators: list[list[str]]) -> list[list[Written]]:
    """The two class cells of each row, merged down over equal ones."""
    rows: list[list[Written]] = [[None, None] for _ in indicators]
    for depth in (1, 2):
        first = 0
        for at in range(1, len(indicators) + 1):
            if at == len(indicators) or indicators[at][:depth] != indicators[first][:depth]:
                rows[first][depth - 1] = (indicators[first][depth - 1], at - first, 1)
                first = at
    return rows


def long_repeated(source: dict[str, Any]) -> Content:
    return _long(source, _repeated_rows)


def long_blank(source: dict[str, Any]) -> Content:
    return _long(source, _blank_rows)


def long_merged(source: dict[str, Any]) -> Content:
    return _long(source, _merged_rows)


def _info_rows(source: dict[str, Any], unit: str, project: dict[str, Any], width: int) -> list[list[Written]]:
    total, fiscal, special, other = _four(project["amounts"])
    money = source["currency_unit"]
    rows: list[list[Written]] = [
        [(source["title"], 1, width), *[None] * (width - 1)],
        ["项目名称", (project["name"], 1, width - 1), *[None] * (width - 2)],
        ["主管部门", (source["department"], 1, 2), None, "实施单位", (unit, 1, width - 4), *[None] * (width - 5)],
        [(f"项目资金（{money}）", 4, 1), ("年度资金总额：", 1, 2), None, (total, 1, width - 3), *[None] * (width - 4)],
        [None, ("其中：财政拨款", 1, 2), None, (fiscal, 1, width - 3), *[None] * (width - 4)],
        [None, ("财政专户拨款", 1, 2), None, (special, 1, width - 3), *[None] * (width - 4)],
        [None, ("其他资金", 1, 2), None, (other, 1, width - 3), *[None] * (width - 4)],
    ]
    return rows


def _indicator_rows(project: dict[str, Any], width: int) -> list[list[Written]]:
    indicators = project["indicators"]
    head = [("绩效指标", len(indicators) + 1, 1), "一级指标", "二级指标", "三级指标", "中期指标值", "年度指标值"]
    levels = merged_levels(indicators)
    rows = [head, *([None, *levels[at], *one[2:]] for at, one in enumerate(indicators))]
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _goal_row(project: dict[str, Any], width: int) -> list[Written]:
    return ["总体目标", (project["goal"], 1, width - 1), *[None] * (width - 2)]


def _each(source: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for unit in source["units"]:
        for project in unit["projects"]:
            yield unit["name"], project


def _form_rows(source: dict[str, Any], unit: str, project: dict[str, Any], width: int = 6) -> list[list[Written]]:
    return [
        *_info_rows(source, unit, project, width),
        _goal_row(project, width),
        *_indicator_rows(project, width),
        [("填报人：张三    联系电话：0000", 1, width), *[None] * (width - 1)],
    ]


def form_a_sheet(source: dict[str, Any]) -> Content:
    sheets = [
        table(_form_rows(source, unit, project), sheet=f"项目{at}")
        for at, (unit, project) in enumerate(_each(source), start=1)
    ]
    guide = table([["项目名称", "按批复的预算项目名称填写"], ["总体目标", "填写实施后要达到的目标"]], sheet="填报说明")
    return content(guide, *sheets)


def form_a_page(source: dict[str, Any]) -> Content:
    return content(*(
        table(_form_rows(source, unit, project), page=at, number=at)
        for at, (unit, project) in enumerate(_each(source), start=1)
    ))  # fmt: skip


def forms_in_one_table(source: dict[str, Any]) -> Content:
    return content(table([row for unit, one in _each(source) for row in _form_rows(source, unit, one)], sheet="全部"))


def form_over_pages(source: dict[str, Any]) -> Content:
    """Every form runs over three tables; merged cells end with their page."""
    blocks: list[Table] = []
    for unit, project in _each(source):
        rows = _form_rows(source, unit, project)
        middle = len(rows) - 1 - len(project["indicators"]) // 2
        for part in (rows[:7], rows[7:middle], rows[middle:]):
            flat: list[list[Written]] = [
                ["" if cell is None and at < 3 else cell for at, cell in enumerate(row)] for row in part
            ]
            blocks.append(table(flat or [[""] * 6], page=len(blocks) + 1, number=len(blocks) + 1))
    return content(*blocks)


def form_side_by_side(source: dict[str, Any]) -> Content:
    """Mid-term and annual goals and indicators beside one another: classes once, name and value twice."""
    blocks: list[Table] = []
    for unit, project in _each(source):
        indicators = project["indicators"]
        levels = merged_levels(indicators)
        rows = _info_rows(source, unit, project, 8)
        rows += [
            [("总体目标", 2, 1), ("中期目标（2025年—2027年）", 1, 4), None, None, None, ("年度目标", 1, 3), None, None],
            [None, (project["goal"], 1, 4), None, None, None, (project.get("annual_goal", ""), 1, 3), None, None],
            [
                ("绩效指标", len(indicators) + 1, 1),
                "一级指标",
                "二级指标",
                "三级指标",
                "指标值",
                "二级指标",
                "三级指标",
                "指标值",
            ],
            *[[None, *levels[at], one[2], one[3], levels[at][1], one[2], one[4]] for at, one in enumerate(indicators)],
        ]
        blocks.append(table(rows, page=len(blocks) + 1, number=len(blocks) + 1))
    return content(*blocks)


def form_stacked(source: dict[str, Any]) -> Content:
    """A mid-term table of indicators above an annual one."""
    blocks: list[Table] = []
    for unit, project in _each(source):
        rows = [*_info_rows(source, unit, project, 6), _goal_row(project, 6)]
        for label, column in (("长期绩效指标", 3), ("年度绩效指标", 4)):
            rows.append(
                [(label, len(project["indicators"]) + 1, 1), "一级指标", "二级指标", "指标内容", "指标值", "备注"]
            )
            rows += [[None, *one[:3], one[column], ""] for one in project["indicators"]]
        blocks.append(table(rows, page=len(blocks) + 1, number=len(blocks) + 1))
    return content(*blocks)


def tab_separated(made: Content) -> Content:
    """The same cells as a CSV file gives them: no merged cells, their other positions empty."""
    blocks: list[Line | Table] = []
    for block in made.blocks:
        if isinstance(block, Table):
            rows = [[replace(cell, row_span=1, column_span=1) if cell else None for cell in row] for row in block.rows]
            full = [[cell or Cell("", Place(NAME, line=at)) for cell in row] for at, row in enumerate(rows, start=1)]
            block = Table(tuple(tuple(row) for row in full), block.place)
        blocks.append(block)
    return Content(made.name, tuple(blocks))


TABLES = (
    packed, packed_without_indent, packed_with_breaks, packed_two_heads, packed_over_pages,
    long_repeated, long_blank, long_merged,
)  # fmt: skip
FORMS = (form_a_sheet, form_a_page, forms_in_one_table, form_over_pages, form_side_by_side, form_stacked)


def said(document: Document) -> list[dict[str, Any]]:
    """What a document says of each project, places aside, as `auditor show` prints it."""
    return [_project(project) for project in document.projects]


def _project(project: Any) -> dict[str, Any]:
    budget = project.budget
    return {
        "row": project.row,
        "project": project.title,
        "unit": project.unit,
        "budget": (budget.total, budget.fiscal, budget.special_account, budget.other, budget.currency_unit)
        if budget
        else None,
        "printed": budget.printed if budget else None,
        "goal": project.goal.text if project.goal else "",
        "annual_goal": project.annual_goal.text if project.annual_goal else None,
        "indicators": [indicator(one) for one in project.indicators],
    }


def indicator(one: Any) -> tuple[Any, ...]:
    text = lambda passage: passage.text if passage is not None else None  # noqa: E731
    return (
        one.ordinal, text(one.level1), one.level1_code, text(one.level2), one.level2_code, one.library_code,
        one.name.text, text(one.cycle_target), text(one.annual_target),
    )  # fmt: skip


def truth(source: dict[str, Any]) -> list[dict[str, Any]]:
    """What every layout of `source` should say."""
    from decimal import Decimal

    found = []
    for row, (unit, project) in enumerate(_each(source), start=1):
        amounts = [Decimal(text.replace(",", "")) if text else None for text in _four(project["amounts"])]
        found.append({
            "row": row,
            "project": project["name"],
            "unit": unit or None,
            "budget": (*amounts, source["currency_unit"]),
            "printed": tuple(amount for amount in amounts if amount is not None),
            "goal": project["goal"],
            "annual_goal": None,
            "indicators": [_expected(at, one) for at, one in enumerate(project["indicators"], start=1)],
        })  # fmt: skip
    return found


def _expected(at: int, one: list[str]) -> tuple[Any, ...]:
    code1, _, level1 = one[0].rpartition("-")
    code2, _, level2 = one[1].rpartition("-")
    digits, dash, name = one[2].partition("-")
    library = digits if dash and digits.isdigit() and len(digits) >= 8 else None
    return at, level1, code1 or None, level2, code2 or None, library, name if library else one[2], one[3], one[4]


def department_rows(source: dict[str, Any]) -> list[list[Written]]:
    """A department's form with its merged cells: block labels and classes down, class over an absent second class."""
    amount = f"预算金额（{source['currency_unit']}）"
    spending = list(zip(source["spending"], source["sources"], strict=True))
    kinds = list(zip(source["development"], source["levels"], strict=True))
    rows: list[list[Written]] = [
        [(source["title"], 1, 6), *[None] * 5],
        ["部门名称", (source["department"], 1, 5), *[None] * 4],
        [("预算整体情况", 2 + len(spending) + len(kinds), 1), "部门预算支出", amount, "收入来源", (amount, 1, 2), None],
        *[[None, *left, right[0], (right[1], 1, 2), None] for left, right in spending],
        [None, "事业发展性支出", amount, "按预算级次划分", (amount, 1, 2), None],
        *[[None, *left, right[0], (right[1], 1, 2), None] for left, right in kinds],
        ["总体绩效目标", (source["goal"], 1, 5), *[None] * 4],
        [
            ("年度重点工作任务", 1 + len(source["key_tasks"]), 1), "名称", "主要实施内容",
            f"拟投入的资金（{source['currency_unit']}）", ("期望达到的目标（概述）", 1, 2), None,
        ],
        *[[None, *task[:3], (task[3], 1, 2), None] for task in source["key_tasks"]],
        *[
            [("其他需完成的任务\n（可选填）", len(source["other_tasks"]), 1) if at == 0 else None, *task[:3], (task[3], 1, 2), None]
            for at, task in enumerate(source["other_tasks"])
        ],
        [
            ("绩\n效\n指\n标", 1 + len(source["indicators"]), 1),
            "一级指标", "二级指标", "三级指标", "实施周期指标值", "年度指标值",
        ],
    ]  # fmt: skip
    levels = merged_levels(source["indicators"])
    for at, one in enumerate(source["indicators"]):
        pair = levels[at] if one[1] else [(one[0], 1, 2), None]
        rows.append([None, *pair, *one[2:]])
    return rows
