"""XLSX: this reader against pandas.read_excel with openpyxl on the same 20,000-row project table, in one run.

Run: python -m tests.benchmarks.xlsx [ROWS]
Prints seconds (the best of three, taken in turns) and the ratio; the aim is at least 6. Both sides must agree on every cell.
The parser alone, which gives bare values as pandas does, is timed as well: what is left to it is the floor of this reader,
which also looks for number formats, errors and missing results, and gives every cell its address.
"""

from __future__ import annotations

import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from auditor.readers.content import Content, Table
from auditor.readers.limits import Limits
from auditor.readers.office.spreadsheet import read_spreadsheet

HEADER = ("项目名称（资金使用单位）", "总计", "财政拨款", "财政专户拨款", "其他资金", "绩效目标", "绩效指标")
AIM = 6.0


def make(path: Path, rows: int) -> None:
    """Write a project table of `rows` projects as a finance system exports it: one indicator cell a project."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("绩效目标表")
    sheet.append(HEADER)
    for number in range(1, rows + 1):
        indicators = "".join(
            f"{ordinal}、1-产出指标；11-数量指标；第{number}号维修工程计划完成率；实施周期指标值:≥{ordinal}项；年度指标值:≥{ordinal}项。"
            for ordinal in range(1, 5)
        )
        goal = f"完成第{number}号青年干部教育基地修缮工程，推动深入推进机构改革，促进贸易便利化，提升口岸整体通关效率。"
        sheet.append((f"    第{number}号修缮工程", number * 1.25, number * 1.25, None, None, goal, indicators))
    book.save(path)


def by_pandas(path: Path) -> list[list[object]]:
    """Read the sheet as values, empty cells as None."""
    import pandas

    frame = pandas.read_excel(path, engine="openpyxl", header=None)
    return frame.astype(object).where(frame.notna(), None).values.tolist()  # type: ignore[no-any-return]


def by_auditor(path: Path) -> Content:
    """Read the sheet with addresses for every cell."""
    return read_spreadsheet(path, path.name, Limits())


def by_parser(path: Path) -> object:
    """Read the sheet with calamine and nothing else."""
    import python_calamine

    return python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()


def seconds(run: Callable[[Path], object], path: Path) -> float:
    start = time.perf_counter()
    run(path)
    return time.perf_counter() - start


def same(content: Content, expected: list[list[object]]) -> bool:
    """Tell whether both read the same: text as it is, numbers by value."""
    (table,) = content.blocks
    assert isinstance(table, Table)
    found = [[cell.text if cell else "" for cell in row] for row in table.rows]
    return len(found) == len(expected) and all(
        text == value if isinstance(value, str) else (text == "" if value is None else float(text) == value)
        for row, values in zip(found, expected, strict=True)
        for text, value in zip(row, values, strict=True)
    )


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        make(path, rows)
        agree = same(by_auditor(path), by_pandas(path))
        runs = [(seconds(by_pandas, path), seconds(by_auditor, path), seconds(by_parser, path)) for _ in range(3)]
    theirs, ours, floor = (min(times) for times in zip(*runs, strict=True))
    print(f"{rows} rows: pandas with openpyxl {theirs:.2f} s, auditor {ours:.2f} s, calamine alone {floor:.2f} s")
    print(f"ratio {theirs / ours:.1f} (aim {AIM:.0f}; calamine alone {theirs / floor:.1f})")
    print(f"every cell alike: {agree}")


if __name__ == "__main__":
    main()
