"""Which documents belong together: a department's form with its project tables, an upper level's table with a lower one's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from auditor.document import Document, Project
from auditor.finding import Pairing
from auditor.links.area import department_name, level
from auditor.links.department import department_links, entries
from auditor.links.levels import amount_of, is_received, level_links, may_be_one_transfer

Kind = Literal["department_project", "upper_lower"]
_TABLES = ("project_table", "project_form")


def linked(documents: Sequence[Document]) -> tuple[Pairing, ...]:
    """Compare all documents that belong together; pairs of tables without any common row are left out.

    A form belongs to the project tables of its department, tables of different levels of government to each other.
    Two documents that both print a year are compared only where it is the same year.
    """
    tables = [one for one in documents if one.form in _TABLES]
    by_department = (
        pairing for form in documents if entries(form) for pairing in department_links(form, _own(form, tables))
    )
    by_level = (_by_level(upper, lower, told=False) for upper, lower in _levels(tables))
    return (*by_department, *(pairing for pairing in by_level if pairing.links))


def _own(form: Document, tables: Sequence[Document]) -> list[tuple[Document, bool | None]]:
    """Return the project tables of a form's departments, each with whether it is of the same year."""
    names = {department_name(entry.unit or form.department) for entry in entries(form)} - {""}
    return [
        (table, year)
        for table in tables
        if department_name(table.department) in names and (year := same_year(form, table)) is not False
    ]


def same_year(a: Document, b: Document) -> bool | None:
    """Tell whether both print the same year, None where one prints none."""
    return None if a.year is None or b.year is None else a.year == b.year


def _levels(tables: Sequence[Document]) -> Iterator[tuple[Document, Document]]:
    """Yield the pairs of tables of two levels in which a row received may be a row given; never all pairs."""
    given: dict[Decimal, list[tuple[int, Project]]] = defaultdict(list)
    for at, table in enumerate(tables):
        for project in table.projects:
            if (amount := amount_of(project)) is not None:
                given[amount].append((at, project))
    found = {
        (min(at, other), max(at, other))
        for at, lower in enumerate(tables)
        for project in lower.projects
        if is_received(project) and (amount := amount_of(project)) is not None
        for other, above in given[amount]
        if _two_levels(tables[other], lower) and may_be_one_transfer(above, project, tables[other])
    }
    for first, second in sorted(found):
        yield tables[first], tables[second]


def _two_levels(upper: Document, lower: Document) -> bool:
    """Tell whether money may have come from one to the other: never within one level, such as two bureaus of a county."""
    a, b = department_name(upper.department), department_name(lower.department)
    above, below = level(a), level(b)
    return a != b and same_year(upper, lower) is not False and (above is None or below is None or above < below)


def compare(a: Document, b: Document) -> Pairing:
    """Compare two documents that somebody named, whatever departments and years they print.

    A department's form and a table are compared as such in either order, anything else as upper and lower level.
    """
    if entries(b) and not entries(a):
        a, b = b, a
    if entries(a) and a.form == "department_form" and b.form != "department_form":
        return department_links(a, [(b, same_year(a, b))], told=True)[0]
    return _by_level(a, b, told=True)


def _by_level(one: Document, other: Document, told: bool) -> Pairing:
    above, below = (level(department_name(document.department)) for document in (one, other))
    if above is not None and below is not None and above > below:
        one, other = other, one
    upper, lower, links, unpaired = level_links(one, other, same_year(one, other), told, known=above != below)
    return Pairing("upper_lower", upper.name, lower.name, same_year(one, other), links, unpaired)
