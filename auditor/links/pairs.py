"""Which documents belong together: a department's form with its project table, an upper level's table with a lower one's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from auditor.document import Document
from auditor.finding import Pairing
from auditor.links.department import department_links
from auditor.links.levels import level_links
from auditor.text import plain

Kind = Literal["department_project", "upper_lower"]

_NOT_NAME = re.compile(r"[\s()（）]|本级|机关$")


def pairings(documents: Sequence[Document]) -> tuple[tuple[Kind, Document, Document], ...]:
    """Pair documents: by department a form with every project table, by level every two tables of different departments.

    Two documents that both print a year are paired only where it is the same year. A document is never paired with itself.
    """
    forms = [one for one in documents if one.form == "department_form"]
    tables = [one for one in documents if one.form in ("project_table", "project_form")]
    found: list[tuple[Kind, Document, Document]] = [
        ("department_project", form, table)
        for form in forms
        for table in tables
        if department(form) and department(form) == department(table) and same_year(form, table) is not False
    ]
    found += [
        ("upper_lower", upper, lower)
        for at, upper in enumerate(tables)
        for lower in tables[at + 1 :]
        if department(upper) != department(lower) and same_year(upper, lower) is not False
    ]
    return tuple(found)


def department(document: Document) -> str:
    """Return the department's name in a form that two spellings of it share, '' where none is printed."""
    return _NOT_NAME.sub("", plain(document.department or "").text)


def same_year(a: Document, b: Document) -> bool | None:
    """Tell whether both print the same year, None where one prints none."""
    return None if a.year is None or b.year is None else a.year == b.year


def linked(documents: Sequence[Document]) -> tuple[Pairing, ...]:
    """Compare every pair of documents that belong together; pairs of tables without any common row are left out."""
    return tuple(_linked(documents))


def _linked(documents: Sequence[Document]) -> Iterator[Pairing]:
    for kind, a, b in pairings(documents):
        found = _by_department(a, b) if kind == "department_project" else _by_level(a, b)
        if found.links or kind == "department_project":
            yield found


def compare(a: Document, b: Document) -> Pairing:
    """Compare two documents that somebody named, whatever departments and years they print.

    A department's form and a table are compared as such in either order, anything else as upper and lower level.
    """
    if b.form == "department_form" and a.form != "department_form":
        a, b = b, a
    return _by_department(a, b) if a.form == "department_form" else _by_level(a, b)


def _by_department(form: Document, table: Document) -> Pairing:
    links, unpaired = department_links(form, table, same_year(form, table))
    return Pairing("department_project", form.name, table.name, same_year(form, table), links, unpaired)


def _by_level(one: Document, other: Document) -> Pairing:
    upper, lower, links, unpaired = level_links(one, other, same_year(one, other))
    return Pairing("upper_lower", upper.name, lower.name, same_year(one, other), links, unpaired)
