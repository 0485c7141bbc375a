"""Made-up documents for tests of links: tables and department forms of a few words, with units, years and departments."""

from dataclasses import replace
from decimal import Decimal

from brief import document

from auditor.document import Budget, BudgetLine, Document, Passage, Place, Task


def table(name, department, *projects, year=None, unit="万元") -> Document:
    """A project table; `unit` is what its amounts are printed in."""
    made = document(*projects, department=department, year=year)
    rows = (
        replace(one, budget=replace(one.budget, currency_unit=unit) if one.budget else None) for one in made.projects
    )
    return replace(made, name=name, place=Place(name), projects=tuple(rows))


def form(name, department, tasks=(), indicators=(), year=None, unit=None, blocks=()) -> Document:
    """A department form: tasks as (name, amount[, content]), blocks as (group, label, amount)."""
    made = document({"form": "department_form", "indicators": list(indicators)}, form="department_form", department=department, year=year)  # fmt: skip
    place = Place(name)
    entry = replace(
        made.projects[0],
        tasks=tuple(_task(place, *task) for task in tasks),
        budget=Budget(None, currency_unit=unit) if unit else None,
        budget_lines=tuple(BudgetLine(label, _amount(amount), place, group) for group, label, amount in blocks),
    )
    return replace(made, name=name, place=place, projects=(entry,))


def _task(place, name, amount=None, content=None):
    return Task("key", Passage(name, place), Passage(content, place) if content else None, _amount(amount))


def _amount(value):
    return None if value is None else Decimal(str(value))


def project(name, amount=None, *indicators, goal="保障工作开展", **more):
    """One row of a table; indicators as “11 名称 | 值”."""
    return {
        "name": name,
        "goal": goal,
        **({} if amount is None else {"amounts": [amount]}),
        "indicators": [f"{text} | {text.split('|')[1].strip()}" for text in indicators],
        **more,
    }


def facts(pairing):
    """Links flattened: (row or task of A, row of B, fields that differ)."""
    return [
        (link.a.label, link.b.row, tuple(one.kind for one in link.fields if not one.agrees)) for link in pairing.links
    ]


def alone(pairing):
    return [(one.kind, one.end.label) for one in pairing.unpaired]
