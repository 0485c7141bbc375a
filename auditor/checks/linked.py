"""What documents say of one another: a department's form and its project table, an upper level's table and a lower one's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.document import BudgetLine, Document, Indicator, Passage, Project
from auditor.finding import Evidence, Mark, Subject
from auditor.links.department import entries
from auditor.outcome import Link, LinkField, Pairing, Unpaired
from auditor.profile import Profile
from auditor.subjects import Batch
from auditor.wording import Wording

_TABLE = Wording("项目表中对应的一行", "the row of the project table")
_UPPER = Wording("上级表中对应的一行", "the row of the upper level's table")
_ALONE = Wording("没有对应内容的一项", "what has no counterpart")
_BLOCK = Wording("预算整体情况中的一项", "an amount of the budget block")
_MONEY = Decimal("0.005")


def department_against_project(batch: Batch, profile: Profile) -> Iterator[Mark]:
    """Mark where a department's form and its project table state different amounts or targets for one thing.

    Also what has no counterpart (once for each form), and a form whose own spending and income differ. Where a year is
    unknown every difference is advice: it asks for an explanation.
    """
    documents = {document.name: document for document in batch.documents}
    of_form: dict[str, list[Pairing]] = defaultdict(list)
    for pairing in batch.pairings:
        if pairing.kind == "department_project":
            of_form[pairing.a].append(pairing)
    for name, pairings in of_form.items():
        for pairing in pairings:
            for link in pairing.links:
                yield from _differences(documents[name], pairing, link)
        yield from _alone(documents[name], pairings)
    aside = {twin.document for twin in batch.twins}
    for document in batch.documents:
        for entry in entries(document) if document.name not in aside else ():
            yield from _own_blocks(document, entry)


def _entry(document: Document, row: int) -> Project:
    return next(project for project in document.projects if project.row == row)


def _indicator(project: Project, ordinal: int | None) -> Indicator | None:
    return next((one for one in project.indicators if one.ordinal == ordinal), None)


def _differences(form: Document, pairing: Pairing, link: Link) -> Iterator[Mark]:
    entry = _entry(form, link.a.row)
    for field in link.fields:
        if field.agrees:
            continue
        indicator = _indicator(entry, field.indicator_a)
        variant = field.kind if link.same_year else f"{field.kind}-unknown-year"
        values = {
            "name": field.name,
            "a": field.a,
            "b": field.b,
            "other": pairing.b,
            "row": link.b.row,
            "project": link.b.label,
        }
        evidence = Evidence(_TABLE, field.place_b, f"{link.b.label}：{field.b}", row=link.b.row, project=link.b.label)
        yield Mark(_at(form, entry, indicator, field), None, values, (evidence,), variant, 0.9, field.a)


def _at(form: Document, entry: Project, indicator: Indicator | None, field: LinkField) -> Subject:
    if indicator:
        return Subject(form, entry, indicator, indicator.annual_target or indicator.name, "indicator.annual_target")
    return Subject(form, entry, None, Passage(field.name, field.place_a), "project")


def _alone(form: Document, pairings: Sequence[Pairing]) -> Iterator[Mark]:
    """Say in one piece of advice each which tasks have no project, and which large projects no task."""
    for kind in ("task", "project"):
        items = [one for pairing in pairings for one in pairing.unpaired if one.kind == kind]
        if items:
            rows = (link.a.row for pairing in pairings for link in pairing.links)
            row = items[0].end.row if kind == "task" else next(rows, entries(form)[0].row)
            yield _alone_mark(form, _entry(form, row), items, kind)


def _alone_mark(form: Document, entry: Project, items: Sequence[Unpaired], kind: str) -> Mark:
    is_task = kind == "task"
    names = "、".join(f"“{one.end.label}”" for one in items)
    other = "、".join(dict.fromkeys(one.other if is_task else one.end.document for one in items))
    evidence = tuple(Evidence(_ALONE, one.end.place, one.end.label) for one in items)
    at = Subject(form, entry, None, Passage(names, items[0].end.place if is_task else entry.place), "project")
    return Mark(at, None, {"names": names, "count": len(items), "other": other}, evidence, f"{kind}-alone", 0.7, names)


def _own_blocks(form: Document, entry: Project) -> Iterator[Mark]:
    """Compare spending and income inside one form, where both are printed in full."""
    spending, income = _block(entry, "支出"), _block(entry, "来源") or _block(entry, "收入")
    if not spending or not income:
        return
    spent, received = (sum((line.amount or Decimal(0) for line in lines), Decimal(0)) for lines in (spending, income))
    if abs(spent - received) <= _MONEY * (len(spending) + len(income)):
        return
    same = next((line for line in income if line.amount == spent), None)
    values = {
        "spent": f"{spent:,.2f}",
        "received": f"{received:,.2f}",
        "difference": f"{abs(spent - received):,.2f}",
        "same": f"；支出合计恰好等于{same.label}一项" if same else "",
        "same_en": f", which equals {same.label} alone" if same else "",
    }
    lines = [*spending, *income]
    evidence = tuple(Evidence(_BLOCK, line.place, f"{line.label} {line.amount:,}") for line in lines)
    at = Subject(form, entry, None, Passage(spending[0].group or "", spending[0].place), "project")
    yield Mark(at, None, values, evidence, "own-blocks", 0.9, f"{spent:,.2f} / {received:,.2f}")


def _block(entry: Project, word: str) -> list[BudgetLine]:
    """Return the lines of the groups whose heading holds `word`; none where one of their amounts is missing."""
    lines = [
        line
        for line in entry.budget_lines
        if word in (line.group or "") and not any(total in line.label for total in ("合计", "总计", "小计"))
    ]
    return [] if any(line.amount is None for line in lines) else lines


def upper_against_lower(batch: Batch, profile: Profile) -> Iterator[Mark]:
    """Mark a lower row that states something else than the upper row of the same money; agreeing pairs stay links."""
    documents = {document.name: document for document in batch.documents}
    for pairing in batch.pairings:
        if pairing.kind == "upper_lower":
            for link in pairing.links:
                differing = [field for field in link.fields if not field.agrees]
                if differing:
                    yield _level_mark(documents[pairing.b], pairing, link, differing)


def _level_mark(lower: Document, pairing: Pairing, link: Link, differing: Sequence[LinkField]) -> Mark:
    project = _entry(lower, link.b.row)
    zh = "；".join(
        f"上级指标“{field.a}”在此名为“{field.b}”"
        if field.kind == "indicator_name"
        else f"“{field.name}”上级为 {field.a}，此处为 {field.b}"
        for field in differing
    )
    en = "; ".join(
        f"the upper level's “{field.a}” is called “{field.b}” here"
        if field.kind == "indicator_name"
        else f"“{field.name}” is {field.a} above and {field.b} here"
        for field in differing
    )
    evidence = tuple(
        Evidence(_UPPER, field.place_a, f"{field.name}：{field.a}", row=link.a.row, project=link.a.label)
        for field in differing
    )
    only_names = all(field.kind == "indicator_name" for field in differing)
    values = {"upper": pairing.a, "row": link.a.row, "why": link.why.zh, "why_en": link.why.en, "zh": zh, "en": en}
    known = link.same_year is not False and link.same_year is not None
    variant = "names" if only_names else None
    at = Subject(lower, project, None, project.name, "project")
    return Mark(at, None, values, evidence, variant if known else f"{variant or 'targets'}-unknown-year", 0.9, zh)
