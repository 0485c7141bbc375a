"""One figure against the others of its kind: whole-area totals, unit costs within a programme, targets of peers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from statistics import median

from auditor.document import Document
from auditor.finding import Evidence, Mark, Subject
from auditor.lexicon import lexicon
from auditor.links.money import in_ten_thousands, said
from auditor.links.stated import Stated, all_stated, light
from auditor.profile import Profile
from auditor.reuse.programme import programme, same_programme
from auditor.subjects import Batch
from auditor.wording import Wording

_AREAS = (
    "全国",
    "全省",
    "全市",
    "全区",
    "全县",
    "全镇",
    "全州",
    "全社会",
    "全旗",
    "全域",
    "我省",
    "我市",
    "我区",
    "我县",
)
_HUBS = ("港", "机场", "口岸", "火车站", "高铁站")
_PEER = Wording("同类项目的同一指标", "the same indicator of a comparable project")
_OTHER = Wording("同一总量指标的另一取值", "another value of the same total")
MOST_SHOWN = 12
"""Peers shown as evidence; the message gives their number."""

Row = tuple[Document, Stated]


def same_name_other_value(batch: Batch, profile: Profile) -> Iterator[Mark]:
    """Mark a total of a whole area or hub that different programmes of one department and year state differently.

    Names without an area or place change their scope with the project and are left alone; so are the rows of one
    programme, each of which may state its own share.
    """
    groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for document, one in _all(batch):
        if _is_whole_area(one):
            groups[(*_scope(document), light(one.subjects[0]), one.kind, one.years)].append((document, one))
    for rows in groups.values():
        distinct = _one_a_programme(rows)
        if any(not one.agrees(distinct[0][1]) for _, one in distinct):
            yield _other_values(distinct)


def _scope(document: Document) -> tuple[object, ...]:
    """Return what rows of different documents must share to be compared; without a department or year, one document."""
    known = document.department is not None and document.year is not None
    return (document.department, document.year) if known else (document.name,)


def _is_whole_area(one: Stated) -> bool:
    """Tell whether a name speaks of a whole jurisdiction or hub that it names, and of an amount."""
    name = one.indicator.name.plain.text
    placed = bool(lexicon("places").opening(name))
    return one.kind != "ratio" and (
        any(word in name for word in _AREAS) or (placed and any(word in name for word in _HUBS))
    )


def _one_a_programme(rows: Sequence[Row]) -> list[Row]:
    kept: list[Row] = []
    for row in rows:
        if not any(same_programme(row[1].project.title, other.project.title) for _, other in kept):
            kept.append(row)
    return kept


def _other_values(rows: Sequence[Row]) -> Mark:
    (document, first), *others = rows
    different = [(where, one) for where, one in others if not one.agrees(first)]
    where, other = different[0]
    at = Subject(document, first.project, first.indicator, first.indicator.annual_target, "indicator.annual_target")
    evidence = tuple(_evidence(_OTHER, place, one) for place, one in different[:MOST_SHOWN])
    values = {
        "name": first.name,
        "here": first.text,
        "there": other.text,
        "row": other.project.row,
        "document": "" if where.name == document.name else where.name,
        "more": f"等 {len(different)} 处" if len(different) > 1 else "",
        "more_en": f" and {len(different) - 1} more" if len(different) > 1 else "",
    }
    return Mark(at, None, values, evidence, score=0.8)


def _evidence(what: Wording, document: Document, one: Stated) -> Evidence:
    place = one.indicator.annual_target.place if one.indicator.annual_target else one.indicator.name.place
    return Evidence(what, place, f"{one.name}：{one.text}", row=one.project.row, project=one.project.title)


def _all(batch: Batch) -> Iterator[Row]:
    """Yield what all indicators state, documents set aside as second copies left out."""
    aside = {twin.document for twin in batch.twins}
    for document in batch.documents:
        if document.name not in aside:
            for project in document.projects:
                for one in all_stated(project):
                    yield document, one


def money_against_target(batch: Batch, profile: Profile, *, least: int, times: int) -> Iterator[Mark]:
    """Mark rows of one programme whose money per counted thing is over `times` or under 1/`times` of the median.

    Only programmes with at least `least` rows that count the same thing in one document are compared.
    """
    groups: dict[tuple[str, str, str, str], list[tuple[Row, Decimal]]] = defaultdict(list)
    for document, one in _all(batch):
        total = in_ten_thousands(one.project.budget)
        if one.kind == "count" and one.amount > 0 and total:
            key = (document.name, programme(one.project.title), light(one.subjects[0]), one.kind)
            groups[key].append(((document, one), total / one.amount))
    for members in groups.values():
        if len(members) >= least and len({row[1].project.row for row, _ in members}) == len(members):
            yield from _unit_costs(members, times)


def _unit_costs(members: Sequence[tuple[Row, Decimal]], times: int) -> Iterator[Mark]:
    middle = Decimal(median(cost for _, cost in members))
    for (document, one), cost in members:
        if middle / times <= cost <= middle * times:
            continue
        at = Subject(document, one.project, one.indicator, one.indicator.annual_target, "indicator.annual_target")
        total = in_ten_thousands(one.project.budget) or Decimal(0)
        values = {
            "name": one.name,
            "target": one.text,
            "amount": said(total),
            "cost": said(round(cost, 2)),
            "middle": said(round(middle, 2)),
            "count": len(members),
        }
        others = sorted(members, key=lambda member: abs(member[1] - middle))[:MOST_SHOWN]
        evidence = tuple(_evidence(_PEER, place, other) for (place, other), _ in others if other is not one)
        yield Mark(at, None, values, evidence, "more" if cost > middle else "less", 0.7)


def far_from_peers(batch: Batch, profile: Profile, *, least: int, distance: float) -> Iterator[Mark]:
    """Mark a target far outside what at least `least` comparable projects state for the same thing.

    `distance` is measured in robust standard deviations (1.4826 × median absolute deviation), on a logarithmic scale for
    amounts and as it stands for rates. One value a programme and document counts, so that tranches are one peer.
    """
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for document, one in _all(batch):
        if one.amount > 0 and one.kind != "date":
            groups[(light(one.subjects[0]), one.kind)].append((document, one))
    for rows in groups.values():
        peers = _peers(rows)
        if len(peers) >= least:
            yield from _outliers(peers, distance)


def _peers(rows: Sequence[Row]) -> list[Row]:
    seen: dict[tuple[str, str], Row] = {}
    for document, one in rows:
        seen.setdefault((document.name, programme(one.project.title) or one.project.title), (document, one))
    return list(seen.values())


def _outliers(peers: Sequence[Row], distance: float) -> Iterator[Mark]:
    sizes = [float(one.amount) if one.kind == "ratio" else float(one.amount.ln()) for _, one in peers]
    middle = median(sizes)
    spread = 1.4826 * median(abs(size - middle) for size in sizes)
    if spread == 0:
        return
    for (document, one), size in zip(peers, sizes, strict=True):
        if abs(size - middle) / spread > distance:
            at = Subject(document, one.project, one.indicator, one.indicator.annual_target, "indicator.annual_target")
            usual = min(peers, key=lambda row: abs(_size(row[1]) - middle))
            values = {"name": one.name, "target": one.text, "usual": usual[1].text, "count": len(peers) - 1}
            shown = [row for row in peers if row[1] is not one][:MOST_SHOWN]
            yield Mark(at, None, values, tuple(_evidence(_PEER, place, other) for place, other in shown), score=0.6)


def _size(one: Stated) -> float:
    return float(one.amount) if one.kind == "ratio" else float(one.amount.ln())
