"""XLSX: this reader against pandas.read_excel with openpyxl on the same 20,000-row project table, in one run.

Run: python -m tests.benchmarks.xlsx [ROWS]
Two tables, one project a row with all indicators in a cell, and one indicator a row with short cells; each as openpyxl writes
it (one sheet, text in the cells, every Chinese character spelled out as a number) and as Excel and WPS save it (three sheets,
shared strings, UTF-8). Prints seconds (the best of five, taken in turns) and the ratio;
the aim is at least 6. Both sides must agree on every cell. The parser alone, which gives bare values as pandas does, is
timed in the same turns: what it needs is the floor of this reader, which also proves sizes, looks for number formats,
errors and missing results, and gives every cell its address. Where the parser alone stays below the aim, so must this.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from auditor.readers.content import Content, Table
from auditor.readers.limits import Limits
from auditor.readers.office.spreadsheet import read_spreadsheet

HEADER = ("项目名称（资金使用单位）", "总计", "财政拨款", "财政专户拨款", "其他资金", "绩效目标", "绩效指标")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
AIM = 6.0
TURNS = 5


LONG_HEADER = (
    "序号", "主管部门", "项目名称", "预算数", "绩效目标", "一级指标", "二级指标", "三级指标", "指标值", "计量单位", "权重", "备注",
)  # fmt: skip
Line = tuple[object, ...]
Make = Callable[[Path, Sequence[Line], Sequence[object]], None]


def long_row(number: int) -> Line:
    """Make an indicator's row, as budget systems export them one below another."""
    project, ordinal = divmod(number, 7)
    goal = "完成修缮工程，提升口岸整体通关效率。"
    return (number, "某市口岸局", f"第{project}号修缮工程", number * 1.25, goal, "产出指标", "数量指标",
            f"修缮工程完成数{ordinal}", f"≥{number % 90}", "项", 10, None)  # fmt: skip


def row(number: int) -> Line:
    """Make a project's row with one indicator cell, as a finance system exports it."""
    indicators = "".join(
        f"{ordinal}、1-产出指标；11-数量指标；第{number}号维修工程计划完成率；实施周期指标值:≥{ordinal}项；年度指标值:≥{ordinal}项。"
        for ordinal in range(1, 5)
    )
    goal = f"完成第{number}号青年干部教育基地修缮工程，推动深入推进机构改革，促进贸易便利化，提升口岸整体通关效率。"
    return (f"    第{number}号修缮工程", number * 1.25, number * 1.25, None, None, goal, indicators)


def as_openpyxl_writes(path: Path, lines: Sequence[Line], header: Sequence[object]) -> None:
    """Write one sheet, row by row: the text stands in the cells."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("绩效目标表")
    for line in (header, *lines):
        sheet.append(line)
    book.save(path)


def as_excel_saves(path: Path, lines: Sequence[Line], header: Sequence[object], sheets: int = 3) -> None:
    """Write the same rows over several sheets with shared strings in UTF-8."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for at in range(sheets):
        sheet = book.create_sheet(f"绩效目标表{at + 1}")
        for line in (header, *lines[at * len(lines) // sheets : (at + 1) * len(lines) // sheets]):
            sheet.append(line)
    plain = path.with_suffix(".inline.xlsx")
    book.save(plain)
    strings: dict[str, int] = {}
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, with_shared_strings(name, old.read(name).decode(), strings))
        items = "".join(f"<si>{text}</si>" for text in strings)
        new.writestr("xl/sharedStrings.xml", f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{MAIN}">{items}</sst>')
    plain.unlink()


def with_shared_strings(part: str, xml: str, strings: dict[str, int]) -> str:
    """Move a part's text from the cells to `strings`, spell it in UTF-8, and name the part that holds the strings."""
    if part == "[Content_Types].xml":
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        return xml.replace("</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>')
    if part == "xl/_rels/workbook.xml.rels":
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
        link = f'<Relationship Id="rId99" Type="{kind}" Target="sharedStrings.xml"/>'
        return xml.replace("</Relationships>", f"{link}</Relationships>")
    spelled = re.sub(r"&#(\d{3,});", lambda found: chr(int(found[1])), xml)
    return re.sub(
        r't="inlineStr"><is>(.*?)</is>',
        lambda found: f't="s"><v>{strings.setdefault(found[1], len(strings))}</v>',
        spelled,
        flags=re.DOTALL,
    )


def by_pandas(path: Path) -> list[list[object]]:
    """Read the sheets as values, empty cells as None, one below another."""
    import pandas

    found: list[list[object]] = []
    for frame in pandas.read_excel(path, engine="openpyxl", header=None, sheet_name=None).values():
        found += frame.astype(object).where(frame.notna(), None).values.tolist()
    return found


def by_auditor(path: Path) -> Content:
    """Read the sheets with addresses for every cell."""
    return read_spreadsheet(path, path.name, Limits())


def by_parser(path: Path) -> object:
    """Read the sheets with calamine and nothing else."""
    import python_calamine

    book = python_calamine.load_workbook(path)
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def seconds(run: Callable[[Path], object], path: Path) -> float:
    start = time.perf_counter()
    run(path)
    return time.perf_counter() - start


def same(content: Content, expected: list[list[object]]) -> bool:
    """Tell whether both read the same: text as it is, numbers by value."""
    tables = [block for block in content.blocks if isinstance(block, Table)]
    found = [[cell.text if cell else "" for cell in row] for table in tables for row in table.rows]
    return len(found) == len(expected) and all(
        text == value if isinstance(value, str) else (text == "" if value is None else float(text) == value)
        for row, values in zip(found, expected, strict=True)
        for text, value in zip(row, values, strict=True)
    )


def measure(title: str, make: Make, lines: Sequence[Line], header: Sequence[object], folder: Path) -> None:
    path = folder / "table.xlsx"
    make(path, lines, header)
    agree = same(by_auditor(path), by_pandas(path))
    runs = [(seconds(by_pandas, path), seconds(by_auditor, path), seconds(by_parser, path)) for _ in range(TURNS)]
    theirs, ours, floor = (min(times) for times in zip(*runs, strict=True))
    print(
        f"{title}, {len(lines)} rows: pandas with openpyxl {theirs:.2f} s, auditor {ours:.2f} s, calamine alone {floor:.2f} s"
    )
    print(
        f"  ratio {theirs / ours:.1f} (aim {AIM:.0f}); calamine alone {theirs / floor:.1f};"
        f" auditor takes {ours / floor:.2f} times as long as calamine alone; every cell alike: {agree}"
    )


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    warnings.simplefilter("ignore")
    tables = (("one project a row", row, HEADER), ("one indicator a row", long_row, LONG_HEADER))
    with tempfile.TemporaryDirectory() as folder:
        for name, line, header in tables:
            lines = [line(number) for number in range(1, rows + 1)]
            measure(f"{name}, as openpyxl writes it", as_openpyxl_writes, lines, header, Path(folder))
            measure(f"{name}, as Excel saves it", as_excel_saves, lines, header, Path(folder))


if __name__ == "__main__":
    main()
