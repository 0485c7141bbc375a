"""What indicator names ask for: `names.csv` holds names and what each implies."""

import csv
from pathlib import Path

import pytest

from auditor.quantity import read_name

with (Path(__file__).parent / "names.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


@pytest.mark.parametrize("row", ROWS, ids=[row["name"][:30] for row in ROWS])
def test_name(row: dict[str, str]) -> None:
    name = read_name(row["name"])
    told = {
        "name": row["name"],
        "dimensions": ";".join(name.dimensions),
        "unit": name.unit or "",
        "unit_key": name.unit_key or "",
        "unit_in_bracket": "yes" if name.unit_in_bracket else "",
        "direction": name.direction or "",
        "head": name.head or "",
        "is_relative": "yes" if name.is_relative else "",
    }
    assert told == row


def test_spans_point_into_the_name_as_written() -> None:
    name = "带动 投资额 （ 亿美元 ）"
    expected = read_name(name)
    assert expected.unit_span is not None
    assert expected.head_span is not None
    assert name[slice(*expected.unit_span)] == "亿美元"
    assert name[slice(*expected.head_span)] == "投资额"


@pytest.mark.parametrize("name", ["公园（国家级）", "（一期）工程", "培训（含线上）"])
def test_a_bracket_without_a_unit_gives_none(name: str) -> None:
    assert read_name(name).unit is None


def test_there_are_enough_examples() -> None:
    assert len(ROWS) >= 200
