"""CSV and TSV: delimiter and encoding found out, quoted line breaks kept, short rows filled up."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from auditor.document import Gap, Place
from auditor.readers.content import Cell, Content, Table
from auditor.readers.encoding import NotText, damage, decode
from auditor.readers.gaps import gap, nothing_read, refused, too_large, too_many_cells
from auditor.readers.grid import Row, cell_text, trim
from auditor.readers.limits import MEBIBYTE, Limits

DELIMITERS = ",\t;|"

# Excel's own way to name the delimiter, in the first line.
_DECLARED = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)

# Put after the text: where it comes back inside a cell, a quote is still open. From the private use area.
_END = "\ue000end\ue000"

_MOST_LINE_GAPS = 100
"""So many lines get a gap of their own; the rest share one."""

_SAMPLE_RECORDS = 200
_SAMPLE_CHARACTERS = 64 * 1024

Record = tuple[int, list[str]]
"""The line (from 1) that a record begins in, and its fields."""


def read_delimited(path: Path, name: str, limits: Limits) -> Content:
    """Read the CSV or TSV file at `path`; `name` is what places and gaps call it.

    One Table, rows padded to the longest; a cell's Place has the record (`row`) and the line that it begins in.
    Failures come back as gaps; OSError passes through.
    """
    if path.stat().st_size > limits.file_mib * MEBIBYTE:
        return refused(too_large(name, limits.file_mib))
    try:
        text, _ = decode(path.read_bytes())
    except NotText as error:
        return refused(gap(name, error.wording.zh, error.wording.en))
    declared = _DECLARED.match(text)
    delimiter = declared[1] if declared else delimiter_of(text)
    first = 2 if declared else 1
    body = text[declared.end() :] if declared else text
    found, unclosed = _mended_records(body.rstrip(), delimiter, first)
    gaps = [_unclosed(line, name) for line in unclosed[:_MOST_LINE_GAPS]]
    if len(unclosed) > _MOST_LINE_GAPS:
        gaps.append(_more_unclosed(len(unclosed) - _MOST_LINE_GAPS, name))
    return _content(found, name, limits, (*damage(text, name), *gaps))


def delimiter_of(text: str) -> str:
    """Return the delimiter under which the first records of `text` agree best on their number of fields."""
    return max(DELIMITERS, key=lambda delimiter: (regularity(text, delimiter, 2), text.count(delimiter)))


def regularity(text: str, delimiter: str, fewest_fields: int) -> float:
    """Return the share (0 to 1) of the first records that have the commonest number of fields.

    Records without any content don't count. 0 where fewer than two records remain or the commonest number is below
    `fewest_fields`.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    if len(sample) < len(text):
        sample = sample[: sample.rfind("\n") + 1]
    counts = Counter(
        len(fields)
        for _, fields in islice(records(sample, delimiter), _SAMPLE_RECORDS)
        if any(field.strip() for field in fields)
    )
    if counts.total() < 2:
        return 0.0
    fields, times = max(counts.items(), key=lambda item: (item[1], item[0]))
    return times / counts.total() if fields >= fewest_fields else 0.0


def records(text: str, delimiter: str, first_line: int = 1) -> Iterator[Record]:
    """Yield the records of `text`; quotes may enclose delimiters and line breaks, doubled quotes stand for one."""
    _allow_long_fields()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = first_line
    for fields in reader:
        yield begins, fields
        begins = first_line + reader.line_num


def _allow_long_fields() -> None:
    # The module's own limit of 131,072 characters would turn one long goal into an error; it can only be set globally.
    if csv.field_size_limit() < sys.maxsize:
        csv.field_size_limit(sys.maxsize)


def _mended_records(text: str, delimiter: str, first_line: int) -> tuple[list[Record], list[int]]:
    """Return the records of `text`, and the lines in which a quote is opened and not closed where it should be.

    Such a line is read as if it had no quotes, so that it does not swallow the rows below it.
    """
    _allow_long_fields()
    lines = list(io.StringIO(text, newline=""))
    found: list[Record] = []
    unclosed: list[int] = []
    at = 0
    while at < len(lines):
        reader = csv.reader((lines[line] for line in range(at, len(lines))), delimiter=delimiter, strict=True)
        begins = at
        try:
            for fields in reader:
                found.append((first_line + begins, fields))
                begins = at + reader.line_num
            return found, unclosed
        except csv.Error:
            alone = _alone(lines[begins], delimiter)
            if alone is None:
                unclosed.append(first_line + begins)
                alone = [field.lstrip('"') for field in lines[begins].rstrip("\r\n").split(delimiter)]
            found.append((first_line + begins, alone))
            at = begins + 1
    return found, unclosed


def _alone(line: str, delimiter: str) -> list[str] | None:
    """Read a line in which something follows a closing quote (`"重点"项目`); None if a quote is open at its end."""
    (_, fields), *more = records(f"{line.rstrip()}\n{_END}", delimiter)
    return fields if more else None


def _unclosed(line: int, name: str) -> Gap:
    return gap(
        name,
        f"第 {line} 行的双引号没有配对，这一行按没有引号读取，内容可能分错了栏，请核对并补上引号。",
        f"A double quote in line {line} is never closed; the line was read as if it had none, so its columns may be wrong. "
        "Please check and close it.",
        place=Place(name, line=line),
    )


def _more_unclosed(count: int, name: str) -> Gap:
    return gap(
        name,
        f"另有 {count} 行的双引号没有配对，未逐一列出，请核对。",
        f"{count} more lines have a double quote that is never closed. Please check them.",
    )


def _content(found: list[Record], name: str, limits: Limits, gaps: tuple[Gap, ...]) -> Content:
    width = max((len(fields) for _, fields in found), default=0)
    if width * len(found) > limits.cells:
        return refused(too_many_cells(name, width * len(found), limits.cells, Place(name)))
    rows: list[Row] = []
    for row, (line, fields) in enumerate(found, 1):
        place = Place(name, row=row, line=line)
        cells = [Cell(cell_text(field), place) for field in fields]
        rows.append((*cells, *(Cell("", place) for _ in range(width - len(fields)))))
    trimmed = trim(rows)
    if not trimmed:
        return Content(name, (), (*gaps, nothing_read(name)))
    return Content(name, (Table(trimmed, Place(name)),), gaps)
