"""Write what was trained as plain files whose bytes depend on the corpora alone."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from counting import GramModel, sparse
from labelled import Row, indicator_names
from numpy.typing import NDArray

from auditor.relevance.suit import suits_any_project
from auditor.words import cut

HAN = re.compile(r"[\u4e00-\u9fff]+")


def write_counts(to: Path, found: GramModel) -> None:
    """Write the grams, one a line, and their packed values into a folder."""
    (to / "vocabulary.txt").write_text("".join(f"{gram}\n" for gram in found.vocabulary), encoding="utf-8")
    write_arrays(to / "weights.npz", sparse(found))


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write an .npz whose bytes depend on the arrays alone (zip entries of a fixed date)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), content.getvalue(), zipfile.ZIP_DEFLATED
            )


def write_settings(to: Path, settings: Mapping[str, object]) -> None:
    """Write the coefficients and cuts of the scores into a folder."""
    (to / "pairs.json").write_text(json.dumps(settings, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_figures(to: Path, rows: int, figures: Mapping[str, object]) -> None:
    """Keep the figures out of fold in a folder's metrics.json, beside those of the benchmark."""
    path = to / "metrics.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    kept |= {"trained_on": {"goal_rows": rows}, "out_of_fold": figures}
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_proposals(to: Path, goals: list[Row], indicators: list[Row]) -> None:
    """Write the indicator names of the corpora, cleaned of brackets, with their sectors, for proposals."""
    known: dict[str, set[str]] = defaultdict(set)
    for row in goals:
        for name in indicator_names(row):
            if row["sector"] and not suits_any_project(name):
                known[bare(name)].add(row["sector"])
    for row in indicators:
        if not suits_any_project(row["name"]):
            known[bare(row["name"])].add(row["sector"])
    with (to / "proposals.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("name", "sectors"))
        writer.writerows((name, ";".join(sorted(known[name]))) for name in sorted(known) if 4 <= len(name) <= 20)


def bare(name: str) -> str:
    """Return an indicator name without brackets and enumerators."""
    return re.sub(r"[(（].*?[)）]", "", name).strip("、，。 ")


def write_frequencies(to: Path, goals: list[Row], indicators: list[Row]) -> None:
    """Write in how many texts of the corpora each word of two or more Chinese characters stands (at least two)."""
    counts: Counter[str] = Counter()
    whole = [row[field] for row in goals for field in ("name", "goal")] + [row["name"] for row in indicators]
    for text in whole:
        counts.update({word for word in cut(text) if len(word) > 1 and HAN.fullmatch(word)})
    with (to / "word-frequencies.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("word", "documents"))
        writer.writerow(("", len(whole)))
        writer.writerows(
            (word, counts[word]) for word in sorted(counts, key=lambda one: (-counts[one], one)) if counts[word] > 1
        )
