"""What stands above a table: its title, the year in the title, the department and the money unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.readers.forms.cell_grid import Grid
from auditor.readers.forms.words import label_meanings
from auditor.text import plain

_TITLE = re.compile(r"绩效目标.{0,6}表|绩效自评.{0,4}表|绩效自我评价.{0,4}表|预算绩效.{0,8}表")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_YEAR_LINE = re.compile(r"\(?(20\d\d)年度?\)?")
_DEPARTMENT = re.compile(
    r"(?:部门|单位)(?:（单位）|\(单位\))?名称\s*[:：]\s*(?!(?:金额)?单位\s*[:：])(\S.*?)\s*(?=单位\s*[:：]|金额单位|$)"
)
_FILLED_BY = re.compile(
    r"(?:填报|编报|申报)(?:单位|部门)\s*(?:[（(][^（）()]{1,6}[）)])?\s*[:：]\s*(\S.*?)\s*(?=\S*单位\s*[:：]|$)"
)
_CURRENCY = re.compile(r"单位\s*[:：]\s*(?:人民币)?\s*(万元|元|亿元|千元)")
_HEAD_CURRENCY = re.compile(r"\(\s*(?:单位:)?(?:人民币)?(万元|元|亿元|千元)\)")
MOST_TITLE = 80


@dataclass(frozen=True)
class Heading:
    """What stands above the table; `currency_unit` None where nothing says it."""

    title: str | None
    department: str | None
    year: int | None
    currency_unit: str | None

    @property
    def money(self) -> str:
        """The money unit: 万元 unless the form says otherwise."""
        return self.currency_unit or "万元"


def heading(lines: Iterable[str]) -> Heading:
    """Read title, year, department and money unit from the lines above a table."""
    texts = [text.strip() for text in lines if text.strip()]
    at = next((at for at, text in enumerate(texts) if is_title(text)), None)
    title = texts[at] if at is not None else None
    department = _first(_DEPARTMENT, texts) or _first(_FILLED_BY, texts)
    return Heading(title, department, _year(texts, at), _first(_CURRENCY, texts))


def is_title(text: str) -> bool:
    """Tell whether a line is the title of an official form."""
    return bool(_TITLE.search(plain(text).text))


def _year(texts: Sequence[str], at: int | None) -> int | None:
    """Return the year in the title, or alone on the line below or above it; never one from anywhere else."""
    if at is None:
        return None
    found = _YEAR.search(texts[at])
    for near in (at + 1, at - 1):
        if found is None and 0 <= near < len(texts):
            found = _YEAR_LINE.fullmatch(plain(texts[near]).text)
    return int(found[1]) if found else None


def _first(pattern: re.Pattern[str], texts: Iterable[str]) -> str | None:
    return next((match[1] for text in texts if (match := pattern.search(text))), None)


def row_texts(grid: Grid, rows: Iterable[int]) -> list[str]:
    """Return rows above a head as lines; `部门名称` in a cell of its own gets the colon that a line would have."""
    return [text for row in rows for text in _row_texts(grid, row)]


def _row_texts(grid: Grid, row: int) -> list[str]:
    cells = [cell.text.strip() for _, cell in grid.fresh(row) if len(cell.text) < 400]
    labelled: list[str] = []
    for text in cells:
        if labelled and labelled[-1].endswith("："):
            labelled[-1] += text
        elif {"department", "head_department"} & label_meanings(text) and not text.endswith(("：", ":")):
            labelled.append(text + "：")
        else:
            labelled.append(text)
    return [part for text in labelled for part in text.split("\n")] if len(labelled) < 8 else []


def head_currency(texts: Iterable[str]) -> str | None:
    """Find the money unit in the words of a head or a label, such as `总计（元）`."""
    for text in texts:
        found = _HEAD_CURRENCY.search(plain(text[:80]).text)
        if found:
            return found[1]
    return None
