"""An upper level's project table against a lower one's: the same money printed twice, as given and as received."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.document import Document, Project
from auditor.links.match import Match, matches
from auditor.links.money import in_ten_thousands, said
from auditor.links.stated import Stated, all_stated, core
from auditor.outcome import Link, LinkEnd, LinkField, Unpaired
from auditor.reuse.programme import programme, same_programme
from auditor.text import plain
from auditor.wording import Wording

_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,10}\[\d{4}\]\d+号?")
_YEAR = re.compile(r"(20\d{2})年")
_RECEIVED = re.compile(r"追加|拨入|下达|转移支付|补助资金|上级|中央|省级|市级")
_HANDED_DOWN = re.compile(r"追加|拨入|下达")
_CENT = Decimal("0.01")


def level_links(
    one: Document, other: Document, same_year: bool | None, told: bool = True, known: bool = False
) -> tuple[Document, Document, tuple[Link, ...], tuple[Unpaired, ...]]:
    """Link the rows of two tables that are one transfer; return upper and lower table, links, and received rows without one.

    A row is linked where programme and amount are equal and no year in the two names differs. `known`: `one` is the upper
    table; else it is the one whose names speak less of money received (追加, 拨入, document numbers). Unless somebody
    `told` that the two belong together, the row below must speak of money received and the row above must not: two bodies
    may well buy the same thing for the same amount. A row is linked once, those that agree most first.
    """
    upper, lower = (one, other) if known else sorted((one, other), key=_received)
    by_amount: dict[Decimal, list[Project]] = defaultdict(list)
    for project in upper.projects:
        if (amount := amount_of(project)) is not None:
            by_amount[amount].append(project)
    candidates = [
        _link(upper, lower, above, project, same_year)
        for project in lower.projects
        if (told or is_received(project)) and (amount := amount_of(project)) is not None
        for above in by_amount[amount]
        if may_be_one_transfer(above, project, upper, told)
    ]
    found = _once_each(candidates)
    linked = {link.b.row for link in found}
    alone = tuple(
        Unpaired(_end(lower, project), upper.name, "row")
        for project in lower.projects
        if project.row not in linked and is_received(project)
    )
    return upper, lower, found, alone


def _once_each(candidates: Sequence[Link]) -> tuple[Link, ...]:
    """Keep each row in one link only, those first whose fields differ least and agree most; in the order below."""
    taken: set[tuple[str, int]] = set()
    kept = []
    for link in sorted(candidates, key=_rank_of_link):
        ends = {("a", link.a.row), ("b", link.b.row)}
        if not ends & taken:
            taken |= ends
            kept.append(link)
    return tuple(sorted(kept, key=lambda link: link.b.row))


def _rank_of_link(link: Link) -> tuple[int, int, int, int]:
    agreeing = sum(field.agrees for field in link.fields)
    return len(link.fields) - agreeing, -agreeing, link.a.row, link.b.row


def amount_of(project: Project) -> Decimal | None:
    """Return the amount by which a named row is looked up, in 万元 with two decimals; None for no or no positive amount."""
    total = in_ten_thousands(project.budget)
    return total.quantize(_CENT) if project.name and total is not None and 0 < total < 10**15 else None


def _received(document: Document) -> float:
    """Return the share of rows whose names speak of money received."""
    return sum(map(is_received, document.projects)) / max(1, len(document.projects))


def is_received(project: Project) -> bool:
    """Tell whether a row's name speaks of money received from above."""
    name = plain(project.title).text
    return bool(_RECEIVED.search(name) or _NUMBER.search(name))


def is_handed_down(project: Project) -> bool:
    """Tell whether a row's name says that it came down from above: such a row gives nothing to others."""
    return bool(_HANDED_DOWN.search(project.title))


def may_be_one_transfer(upper: Project, lower: Project, document: Document, told: bool = False) -> bool:
    """Tell whether two rows of equal amounts may be the same money, given by `upper` of `document`."""
    if not told and is_handed_down(upper):
        return False
    if not same_programme(upper.title, lower.title) and not _inside(upper.title, lower.title):
        return False
    return _same_year(_years(upper, document), _years(lower, None)) is not False


def _years(project: Project, document: Document | None) -> set[str]:
    """Return the years of a row: those in its name, document numbers aside, else the one its document prints."""
    named = set(_YEAR.findall(_NUMBER.sub("", plain(project.title).text)))
    return named or ({str(document.year)} if document and document.year else set())


def _same_year(a: set[str], b: set[str]) -> bool | None:
    return bool(a & b) if a and b else None


def _inside(a: str, b: str) -> bool:
    """Tell whether one programme's name stands whole inside the other's."""
    first, second = sorted((programme(a), programme(b)), key=len)
    return len(first) >= 6 and first in second


def _link(upper: Document, lower: Document, above: Project, below: Project, same_year: bool | None) -> Link:
    given, got = (in_ten_thousands(row.budget) or Decimal(0) for row in (above, below))
    amount = said(given)
    a, b = _end(upper, above), _end(lower, below)
    amounts = said(given, above.budget), said(got, below.budget)
    fields = [LinkField("amount", programme(above.title), *amounts, True, a.place, b.place)]
    fields += _indicator_fields(above, below)
    numbers = _NUMBER.findall(plain(below.title).text)
    why = Wording(
        f"专项名称与金额（{amount}）相同" + (f"，文号 {numbers[0]}" if numbers else ""),
        f"same programme and amount ({amount})" + (f", document {numbers[0]}" if numbers else ""),
    )
    known = _same_year(_years(above, upper), _years(below, lower))
    return Link("upper_lower", a, b, tuple(fields), why, same_year if known is None else known)


def _end(document: Document, project: Project) -> LinkEnd:
    return LinkEnd(document.name, project.row, project.title, project.name.place if project.name else project.place)


def _indicator_fields(above: Project, below: Project) -> Iterator[LinkField]:
    """Compare what both rows state: targets of one thing, and names under which one thing stands."""
    chosen: dict[int, Match] = {}
    for match in sorted(matches(all_stated(above), all_stated(below)), key=_rank, reverse=True):
        taken = {one.b.indicator.ordinal for one in chosen.values()}
        if match.a.indicator.ordinal not in chosen and match.b.indicator.ordinal not in taken:
            chosen[match.a.indicator.ordinal] = match
    for ordinal in sorted(chosen):
        a, b = chosen[ordinal].a, chosen[ordinal].b
        yield _field("target", a.name, a.text, b.text, a.agrees(b), a, b)
        if core(a.name) != core(b.name):
            yield _field("indicator_name", a.name, a.name, b.name, False, a, b)


def _rank(match: Match) -> tuple[bool, float, int]:
    return match.a.agrees(match.b), match.alike, -match.b.indicator.ordinal


def _field(kind: str, name: str, a: str, b: str, agrees: bool, one: Stated, other: Stated) -> LinkField:
    return LinkField(
        "target" if kind == "target" else "indicator_name",
        name,
        a,
        b,
        agrees,
        one.indicator.name.place,
        other.indicator.name.place,
        one.indicator.ordinal,
        other.indicator.ordinal,
    )
