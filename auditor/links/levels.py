"""An upper level's project table against a lower one's: the same money printed twice, as given and as received."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.document import Document, Project
from auditor.finding import Link, LinkEnd, LinkField, Unpaired
from auditor.links.match import Match, matches
from auditor.links.money import in_ten_thousands, said
from auditor.links.stated import Stated, all_stated, core
from auditor.reuse.programme import programme, same_programme
from auditor.text import plain
from auditor.wording import Wording

_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,10}\[\d{4}\]\d+号?")
_YEAR = re.compile(r"(20\d{2})年")
_RECEIVED = re.compile(r"追加|拨入|下达|转移支付|提前下达|补助资金|上级|中央|省级|市级")

Key = tuple[str, Decimal]


def level_links(
    one: Document, other: Document, same_year: bool | None
) -> tuple[Document, Document, tuple[Link, ...], tuple[Unpaired, ...]]:
    """Link the rows of two tables that are one transfer; return upper and lower table, links, and received rows without one.

    A row is linked where programme and amount are equal and no year in the two names differs. The table whose names speak of
    money received (追加, 拨入, document numbers) is the lower one.
    """
    upper, lower = sorted((one, other), key=_received)
    by_amount: dict[Decimal, list[Project]] = defaultdict(list)
    for project in upper.projects:
        total = in_ten_thousands(project.budget)
        if project.name and total:
            by_amount[total].append(project)
    found: list[Link] = []
    alone: list[Unpaired] = []
    for project in lower.projects:
        total = in_ten_thousands(project.budget)
        candidates = [
            above for above in by_amount.get(total or Decimal(-1), ()) if _one_transfer(above, project, upper)
        ]
        if project.name and candidates:
            found.append(_best(upper, lower, candidates, project, same_year))
        elif _is_received(project):
            alone.append(Unpaired(_end(lower, project), upper.name, "row"))
    return upper, lower, tuple(found), tuple(alone)


def _received(document: Document) -> float:
    """Return the share of rows whose names speak of money received."""
    return sum(map(_is_received, document.projects)) / max(1, len(document.projects))


def _is_received(project: Project) -> bool:
    name = plain(project.title).text
    return bool(_RECEIVED.search(name) or _NUMBER.search(name))


def _one_transfer(upper: Project, lower: Project, document: Document) -> bool:
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


def _best(
    upper: Document, lower: Document, candidates: Sequence[Project], project: Project, same_year: bool | None
) -> Link:
    """Return the link with the row above that agrees most; the first of equals."""
    links = [_link(upper, lower, above, project, same_year) for above in candidates]
    return max(links, key=lambda link: (sum(field.agrees for field in link.fields), -link.a.row))


def _link(upper: Document, lower: Document, above: Project, below: Project, same_year: bool | None) -> Link:
    total = in_ten_thousands(above.budget)
    amount = said(total) if total is not None else ""
    a, b = _end(upper, above), _end(lower, below)
    fields = [LinkField("amount", programme(above.title), amount, amount, True, a.place, b.place)]
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
        yield _field("target", a.name, a.text, b.text, a.amount == b.amount, a, b)
        if core(a.name) != core(b.name):
            yield _field("indicator_name", a.name, a.name, b.name, False, a, b)


def _rank(match: Match) -> tuple[bool, float, int]:
    return match.a.amount == match.b.amount, match.alike, -match.b.indicator.ordinal


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
