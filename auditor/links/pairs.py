"""Which documents belong together: a department's form with its project tables, an upper level's table with a lower one's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from auditor.document import Document, Project
from auditor.links.area import department_name, level
from auditor.links.department import department_links, entries
from auditor.links.levels import amount_of, is_handed_down, is_received, level_links, may_be_one_transfer
from auditor.outcome import Pairing

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
    names = [department_name(table.department) for table in tables]
    levels = [level(name) for name in names]
    given: dict[Decimal, dict[int, list[Project]]] = defaultdict(lambda: defaultdict(list))
    for at, table in enumerate(tables):
        for project in table.projects:
            if (amount := amount_of(project)) is not None and not is_handed_down(project):
                given[amount][at].append(project)
    found: set[tuple[int, int]] = set()
    for at, lower in enumerate(tables):
        above = [
            other
            for other, name in enumerate(names)
            if name != names[at]
            and _is_above(levels[other], levels[at])
            and same_year(tables[other], lower) is not False
        ]
        for project in lower.projects if above else ():
            if is_received(project) and (amount := amount_of(project)) is not None:
                found |= {(other, at) for other in _givers(given[amount], above, tables, project)}
    seen = sorted({(min(pair), max(pair)) for pair in found})
    yield from ((tables[first], tables[second]) for first, second in seen)


def _givers(
    given: Mapping[int, Sequence[Project]], above: Sequence[int], tables: Sequence[Document], project: Project
) -> Iterator[int]:
    for other in above:
        if any(may_be_one_transfer(row, project, tables[other]) for row in given.get(other, ())):
            yield other


def _is_above(upper: int | None, lower: int | None) -> bool:
    """Tell whether money may have come from one level to the other: never within one, such as two bureaus of a county."""
    return upper is None or lower is None or upper < lower


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
