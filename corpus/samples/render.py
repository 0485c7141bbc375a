"""Lay the invented documents of `source/` out as the text that comes out of a PDF page or a form.

`python corpus/samples/render.py` rewrites every file in `documents/`, byte for byte the same each time.
Tests may call `project_table_text` and `department_form_text` with sources of their own: fields may hold any text
without line breaks; a project has a name, and everything else may be empty. Whatever is irregular (blank lines,
blanks before a full stop, full-width colons, page breaks) follows from a checksum of the text and the seed, never
from chance.
"""

from __future__ import annotations

import tomllib
import unicodedata
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
INDENT = "    "
HEADER = ("项目名称（资金使用单位） 总计 财政拨款 财政专户拨款 其他资金 绩效目标 绩效指标",)
PAGE_LINES = 52
SHORT_GOAL = 3  # a goal of so few lines follows the amounts without a blank line


def display_width(text: str) -> int:
    """Columns that `text` takes up in a Chinese font: full-width and ambiguous characters count two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def dice(sides: int, *what: object) -> int:
    """A number from 0 to `sides` - 1 that depends on `what` alone."""
    return zlib.crc32("\x1f".join(map(str, what)).encode("utf-8", "surrogatepass")) % sides


def in_word(char: str) -> bool:
    """Whether `char` belongs to a number or a Latin word, which a page rarely breaks."""
    return char.isascii() and (char.isalnum() or char in ".,%-")


def break_at(text: str, start: int, limit: int, seed: int) -> int:
    """Where the line that starts at `start` ends, `limit` being the last position that fits.

    A break never touches a blank if that can be helped, so that stripping the lines loses nothing; numbers and
    Latin words are kept whole three times out of four.
    """
    beside_blank = [at for at in range(limit, start, -1) if not (text[at - 1].isspace() or text[at].isspace())]
    if dice(4, seed, text, start):
        for at in beside_blank:
            if not (in_word(text[at - 1]) and in_word(text[at])):
                return at
    return beside_blank[0] if beside_blank else limit


def wrap(text: str, width: int, *, first: int | None = None, seed: int = 0) -> list[str]:
    """Cut `text` into lines of at most `width` columns, the first one of at most `first`; joined, they are `text`."""
    lines: list[str] = []
    start = 0
    while start < len(text):
        room = width if lines or first is None else first
        limit = start + 1
        while limit < len(text) and display_width(text[start : limit + 1]) <= room:
            limit += 1
        end = limit if limit == len(text) else break_at(text, start, limit, seed)
        lines.append(text[start:end])
        start = end
    return lines


def amount_text(amounts: Sequence[str]) -> str:
    """The amounts that are printed; an empty column leaves no trace, as in text taken from a PDF."""
    return " ".join(amount for amount in amounts if amount)


def name_lines(name: str, amounts: Sequence[str], *, indent: str, width: int, seed: int) -> list[str]:
    """A wrapped name with its amounts on the last line (always, where one line holds the name) or on their own."""
    lines = wrap(name, width, first=max(2, width - len(indent)), seed=seed)
    lines[0] = indent + lines[0]
    printed = amount_text(amounts)
    if not printed:
        return lines
    place = dice(4, seed, name, printed)
    if len(lines) == 1 or place == 0:
        lines[-1] += " " + printed
    else:
        lines += ["", printed] if place == 1 else [printed]
    return lines


def indicator_text(number: int, indicator: Sequence[str], seed: int) -> str:
    """One indicator as the cell prints it: `N、d-一级；dd-二级；三级；实施周期指标值:V；年度指标值:V。`."""
    level1, level2, name, cycle, annual = indicator

    def colon(label: str) -> str:
        return "：" if dice(14, seed, label, name, number) == 0 else ":"

    def pad(label: str, value: str) -> str:
        return "  " if dice(10, seed, label, value, name, number) == 0 else ""

    return (
        f"{number}、{level1}；{level2}；{name}；实施周期指标值{colon('cycle')}{cycle}{pad('cycle', cycle)}；"
        f"年度指标值{colon('annual')}{annual}{pad('annual', annual)}。"
    )


def cell_lines(indicators: Sequence[Sequence[str]], width: int, seed: int) -> list[str]:
    """All indicators of a project in one wrapped cell; now and then a line ends right after a serial number."""
    lines: list[str] = []
    text = ""
    for number, indicator in enumerate(indicators, 1):
        item = indicator_text(number, indicator, seed)
        if text and dice(12, seed, item) == 0:
            lines += wrap(f"{text}{number}", width, seed=seed)
            item, text = item.removeprefix(str(number)), ""
        text += item
    return lines + wrap(text, width, seed=seed)


def scatter_blanks(lines: Sequence[str], percent: int, seed: int) -> Iterator[str]:
    """`lines` with a blank line after about `percent` in a hundred of them."""
    for position, line in enumerate(lines):
        yield line
        if line and position + 1 < len(lines) and dice(100, seed, position, line) < percent:
            yield ""


def break_pages(lines: Sequence[str], seed: int) -> Iterator[str]:
    """`lines` with the extra blank lines that a page break leaves, wherever a page happens to be full."""
    left = PAGE_LINES
    for line in lines:
        yield line
        left -= 1
        if left <= 0 and line:
            yield from ("", "", "")
            left = PAGE_LINES - dice(9, seed, line)


def project_lines(
    project: Mapping[str, Any], *, name: int, goal: int, cell: int, blank_percent: int, seed: int
) -> list[str]:
    """The row of one project: name and amounts, goal, cell of indicators, each wrapped at its column's width."""
    lines = ["", *name_lines(project["name"], project["amounts"], indent=INDENT, width=name, seed=seed)]
    goal_part = wrap(project["goal"], goal, seed=seed)
    if goal_part:
        lines += [] if len(goal_part) <= SHORT_GOAL else [""]
        lines += scatter_blanks(goal_part, blank_percent, seed)
    cell_part = cell_lines(project["indicators"], cell, seed)
    if cell_part:
        lines += ["", *scatter_blanks(cell_part, blank_percent, seed)]
    return lines


def project_table_text(
    source: Mapping[str, Any],
    *,
    width_goal: int = 44,
    width_cell: int = 78,
    width_name: int = 24,
    blank_percent: int = 18,
    seed: int = 0,
) -> str:
    """The text of a project table, one row a project, as it is taken from a PDF.

    `source` holds `title`, `department`, `currency_unit`, optionally `header` (the lines of the table's head) and
    `total` (printed amounts of the document), and `units`: each a `name` (empty: no line of its own), `amounts` and
    `projects` with `name`, `amounts`, `goal` and `indicators` ([level 1, level 2, name, cycle value, annual value]).
    Amounts are strings in the order total, fiscal, special account, other; an empty one is a column left empty.
    Widths are columns of the page, a full-width character taking two.
    """
    lines = ["", source["title"], "", f"部门名称：{source['department']} 单位：{source['currency_unit']}", ""]
    lines += source.get("header", HEADER)
    if printed := amount_text(source.get("total", ())):
        lines += ["", f"合计 {printed}"]
    for unit in source["units"]:
        if unit["name"]:
            lines += ["", *name_lines(unit["name"], unit["amounts"], indent="", width=width_name, seed=seed)]
        for project in unit["projects"]:
            lines += project_lines(
                project, name=width_name, goal=width_goal, cell=width_cell, blank_percent=blank_percent, seed=seed
            )
    return "\n".join([*break_pages(lines, seed), "", ""])


def indicator_rows(indicators: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """The indicator rows of a department form.

    A level is printed in the first of its rows only. An empty level 2 stands for a merged cell: the row moves left
    by one column, and the last such row of the form, whose block label is merged away too, by two.
    """
    seen: tuple[str, str] = ("", "")
    for position, (level1, level2, name, cycle, annual) in enumerate(indicators, 1):
        if not level2 and position == len(indicators):
            row: tuple[str, ...] = (level1, name, cycle, annual, "", "")
        elif not level2:
            row = ("", level1, name, cycle, annual, "")
        else:
            first = "" if level1 == seen[0] else level1
            row = ("", first, "" if (level1, level2) == seen else level2, name, cycle, annual)
        seen = (level1, level2)
        yield row


def task_rows(label: str, tasks: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Task rows (name, content, amount, expected result) under a label that only the first one prints."""
    for position, task in enumerate(tasks):
        yield (label if position == 0 else "", *task, "")


def department_form_text(source: Mapping[str, Any]) -> str:
    """The text of a department's overall form: tab-separated rows of six cells, merged cells left out.

    `source` holds `title`, `department`, `goal`, four budget lists of two [label, amount] pairs (`spending`,
    `sources`, `development`, `levels`), `key_tasks` and `other_tasks` ([name, content, amount, expected result]) and
    `indicators` ([level 1, level 2, name, cycle value, annual value]).
    """
    amount = f"预算金额（{source['currency_unit']}）"
    rows: list[tuple[str, ...]] = [
        ("部门名称", source["department"], "", "", "", ""),
        ("预算整体情况", "部门预算支出", amount, "收入来源", amount, ""),
        *(("", *left, *right, "") for left, right in zip(source["spending"], source["sources"], strict=True)),
        ("", "事业发展性支出", amount, "按预算级次划分", amount, ""),
        *(("", *left, *right, "") for left, right in zip(source["development"], source["levels"], strict=True)),
        ("总体绩效目标", source["goal"], "", "", "", ""),
        (
            "年度重点工作任务",
            "名称",
            "主要实施内容",
            f"拟投入的资金（{source['currency_unit']}）",
            "期望达到的目标（概述）",
            "",
        ),
        *task_rows("", source["key_tasks"]),
        *task_rows("其他需完成的任务（可选填）", source["other_tasks"]),
        ("绩效指标", "一级指标", "二级指标", "三级指标", "实施周期指标值", "年度指标值"),
        *indicator_rows(source["indicators"]),
    ]
    return "\n".join(["", source["title"], "", *("\t".join(row) for row in rows), "", ""])


def main() -> None:
    """Rewrite every sample from its source."""
    for path in sorted((HERE / "source").glob("*.toml")):
        source = tomllib.loads(path.read_text(encoding="utf-8"))
        if source.get("form") == "department_form":
            text = department_form_text(source)
        else:
            text = project_table_text(source, **source.get("layout", {}))
        (HERE / "documents" / source["file"]).write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    main()
