"""Read the labelled corpora: names with their goals and indicators, and indicator names with their sectors."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from auditor.relevance.names import core
from auditor.relevance.terms import read, sector_terms, sectors

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LABELLED = ROOT / "corpus" / "labelled"
SECTORS = sectors()
FINE = len(SECTORS.names)

Row = dict[str, str]


def rows_of(folder: Path, *patterns: str) -> list[Row]:
    """Read the rows of all files of a folder that match, in the order of their names."""
    found: list[Row] = []
    for path in sorted(path for pattern in patterns for path in folder.glob(pattern)):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            found += list(csv.DictReader(lines))
    return found


def goal_rows(folder: Path = LABELLED) -> list[Row]:
    """Read the name-goal pairs; a sector that the lexicon does not know ends the run."""
    rows = rows_of(folder, "goals-*.csv")
    unknown = sorted({row["sector"] for row in rows if row["sector"] and row["sector"] not in SECTORS.names})
    if unknown:
        raise SystemExit(f"unknown sectors in {folder.name}/goals-*.csv: {unknown}")
    return rows


def indicator_rows(folder: Path = LABELLED) -> list[Row]:
    """Read the labelled indicator names, from the merged file where it exists."""
    return rows_of(folder, "indicators.csv") or rows_of(folder, "part-*.csv")


def indicator_names(row: Row) -> list[str]:
    """Return the indicator names of a goal row."""
    return [entry.split("|")[0].strip() for entry in row["indicators"].split(";") if entry.strip()]


def texts(goals: list[Row], indicators: list[Row], coarse: list[str]) -> Iterator[tuple[int, str, float]]:
    """Yield (column, content, weight): the lexicon's terms, names, goals and indicator names."""
    for word, shown in sector_terms().items():
        for sector, strength in shown:
            yield sector, word, strength / 2
    for row in goals:
        if row["sector"]:
            column = SECTORS.number(row["sector"])
            yield column, read(core(row["name"])).content, 1.0
            yield column, read(row["goal"]).content, 1.0
            for name in indicator_names(row):
                yield column, read(name).content, 0.5
    for row in indicators:
        yield FINE + coarse.index(row["sector"]), read(row["name"]).content, 0.5
