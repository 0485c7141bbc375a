"""How the document stands on the page: sums, rows that cannot be told apart, classified projects."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.document import Budget, Document, Passage, PrintedTotal, Project
from auditor.finding import Evidence, Mark, Subject
from auditor.lexicon import lexicon
from auditor.profile import Profile
from auditor.subjects import Batch
from auditor.wording import Wording

MOST_TWINS = 10
"""How many twins are shown as evidence; the message gives their full number."""


def amounts_do_not_add(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Compare sources with each row's total, rows with their unit, units with the document.

    Half the last printed digit of each addend may be lost to rounding. A sum without addends is not judged.
    """
    document = subject.document
    for project in document.projects:
        budget = project.budget
        if budget and len(budget.printed) > 1:
            at = Subject(document, project, None, project.name, "project")
            yield from _sum(at, budget.printed[0], budget.printed[1:], "sources")
    units = [total for total in document.totals if total.unit is not None]
    for unit in units:
        members = [project for project in document.projects if project.unit == unit.unit]
        yield from _columns(subject, unit, [member.budget for member in members if member.budget], "unit")
    for total in document.totals:
        if total.unit is None:
            addends = [unit.budget for unit in units if _has_members(document, unit)]
            addends += [project.budget for project in document.projects if project.unit is None and project.budget]
            yield from _columns(subject, total, addends, "document")


def _has_members(document: Document, unit: PrintedTotal) -> bool:
    return any(project.unit == unit.unit for project in document.projects)


def _columns(subject: Subject, total: PrintedTotal, addends: Sequence[Budget], variant: str) -> Iterator[Mark]:
    """Compare each column of a printed sum with its addends, as far as every addend's column is known."""
    name = total.unit or "合计"
    subject = Subject(subject.document, passage=Passage(name, total.place), field="document")
    for column, label in (
        ("total", "总计"),
        ("fiscal", "财政拨款"),
        ("special_account", "财政专户拨款"),
        ("other", "其他资金"),
    ):
        printed: Decimal | None = getattr(total.budget, column)
        amounts = [getattr(addend, column) for addend in addends]
        if printed is None or not amounts or any(amount is None for amount in amounts):
            continue
        for mark in _sum(subject, printed, amounts, variant):
            evidence = (Evidence(Wording("合计行", "the printed sum"), total.place, f"{name} {label} {printed:,}"),)
            yield Mark(
                subject, None, {**mark.values, "unit": name, "column": label}, evidence, variant, quote=mark.quote
            )


def _sum(subject: Subject, printed: Decimal, addends: Sequence[Decimal], variant: str) -> Iterator[Mark]:
    total = sum(addends, Decimal(0))
    if abs(total - printed) <= rounding(addends):
        return
    values = {
        "printed": f"{printed:,}",
        "sum": f"{total:,}",
        "difference": f"{abs(total - printed):,}",
        "count": len(addends),
    }
    yield Mark(subject, None, values, (), variant, quote=f"{printed:,}")


def rounding(addends: Sequence[Decimal]) -> Decimal:
    """Return half the last printed digit for each addend."""
    halves = (Decimal(1).scaleb(int(addend.as_tuple().exponent)) / 2 for addend in addends)
    return sum(halves, Decimal(0))


def rows_alike(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark every row whose name, amount and goal equal those of another row of the same document."""
    document = subject.document
    groups: dict[tuple[str, Decimal | None, str], list[Project]] = defaultdict(list)
    for project in document.projects:
        if project.name and project.budget and project.goal:
            groups[(project.name.plain.text, project.budget.total, project.goal.plain.text)].append(project)
    for rows in groups.values():
        if len(rows) < 2:
            continue
        for project in rows:
            twins = [row for row in rows if row is not project]
            evidence = tuple(row_evidence(twin, Wording("相同的一行", "the same row")) for twin in twins[:MOST_TWINS])
            values = {"count": len(rows), "rows": "、".join(str(twin.row) for twin in twins[:MOST_TWINS])}
            at = Subject(document, project, None, project.name, "project.name")
            yield Mark(at, None, values, evidence)


def row_evidence(project: Project, what: Wording, quote: str | None = None) -> Evidence:
    """Point at another row of a table."""
    return Evidence(
        what, project.place, project.title if quote is None else quote, row=project.row, project=project.title
    )


_CLASSIFIED = re.compile(
    r"(?:本|该)项目(?:为|属|系|属于|是)(?:国家)?涉密(?:项目|内容|事项)"
    r"|(?:涉密项目|涉密事项|项目(?:为|属|系|属于|是|已)?(?:国家)?涉密)[^。]{0,60}(?:不予?|不宜|不便|不得|免予?)(?:对外)?(?:公开|公布|公示)"
)


def classified(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a project whose own text says that it is classified and therefore not published."""
    project = subject.project
    if project is None or not project.goal:
        return
    found = _CLASSIFIED.search(project.goal.plain.text)
    if found:
        at = Subject(subject.document, project, None, project.goal, "goal")
        yield Mark(at, project.goal.plain.span(*found.span()))


_DANGLING = re.compile(
    r"(?:[,、:]|[和与及或并将对把向在为以的其]|有效提|切实提|切实保|财产安|高质量发|(?:经济|社会|持续|健康)发)$"
)


def truncated(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a text that starts or stops in the middle of a word.

    A start is cut when its first character is the second half of a word that opens such texts and what follows is known to
    follow that word (过开展 of 通过开展, not 过夜游客); an end is cut when a joining word or a comma is the last thing said. A missing full
    stop, or a semicolon after the last item of a list, is no cut.
    """
    passage = subject.passage
    if not passage:
        return
    view = passage.plain
    opening = lexicon("cut-openings").rows.get(view.text[:1])
    if opening and view.text[1:].startswith(tuple(opening["next"].split())):
        yield Mark(subject, view.span(0, 1), {"full": opening["full"]}, variant="start")
    end = _DANGLING.search(view.text)
    if end and subject.field == "goal" and len(view.text) > 1:
        yield Mark(subject, view.span(*end.span()), {"full": ""}, variant="end")


def document_twice(batch: Batch, profile: Profile) -> Iterator[Mark]:
    """Mark every document that holds the same table as an earlier one and was therefore set aside."""
    documents = {document.name: document for document in batch.documents}
    for twin in batch.twins:
        kept = documents[twin.kept]
        evidence = (Evidence(Wording("保留的一份", "the one that is kept"), kept.place, kept.name),)
        values = {"kept": twin.kept, "rows": twin.rows, "of": twin.of}
        yield Mark(Subject(documents[twin.document], field="document"), None, values, evidence, quote=twin.document)


WEIGHT_TOLERANCE = Decimal("0.005")
"""Share of the full weight that rounded weights may miss it by."""

_FULL_WEIGHTS = (Decimal(100), Decimal(90), Decimal(1), Decimal("0.9"))
"""All indicators' weights: 100, or 90 where ten belong to budget execution; as shares likewise."""


def weights_do_not_add(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a project whose indicators' weights add neither to 100 nor to 90; forms without weights are not judged."""
    project = subject.project
    weights = [indicator.weight for indicator in project.indicators if indicator.weight is not None] if project else []
    total = sum(weights, Decimal(0))
    if weights and not any(abs(total - full) <= full * WEIGHT_TOLERANCE for full in _FULL_WEIGHTS):
        yield Mark(
            subject, None, {"sum": f"{total.normalize():f}", "count": len(weights)}, quote=f"{total.normalize():f}"
        )
