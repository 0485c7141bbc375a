"""The labelled corpus keeps its promises: size, breadth, clean columns."""

import csv
from collections import Counter

import pytest
from conftest import ROOT

CLASSES = ("11", "12", "13", "14", "21", "22", "23", "24", "31")


@pytest.fixture(scope="module")
def rows():
    with (ROOT / "corpus" / "labelled" / "indicators.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_enough_names_of_enough_sectors_and_classes(rows):
    assert len({row["name"] for row in rows}) >= 4000
    assert len({row["sector"] for row in rows}) >= 30
    by_class = Counter(row["class"] for row in rows)
    assert set(by_class) == set(CLASSES)
    assert min(by_class.values()) >= 150


def test_no_name_stands_twice(rows):
    assert [name for name, times in Counter(row["name"] for row in rows).items() if times > 1] == []


def test_columns_hold_what_they_should(rows):
    assert list(rows[0]) == ["name", "value", "class", "second", "sector", "note"]
    assert [row for row in rows if row["second"] and row["second"] not in CLASSES] == []
    assert [row for row in rows if row["second"] == row["class"]] == []
    assert [row for row in rows if not row["name"].strip() or not row["sector"].strip()] == []


def test_values_come_with_nearly_all_names(rows):
    assert sum(bool(row["value"]) for row in rows) / len(rows) > 0.95


def test_every_sector_has_every_kind_of_class(rows):
    """A sector that lacked benefits would teach the model that its words mean output."""
    kinds = {}
    for row in rows:
        kinds.setdefault(row["sector"], set()).add(row["class"][0])
    assert {sector for sector, found in kinds.items() if found != {"1", "2", "3"}} == set()
