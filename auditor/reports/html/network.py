"""Reused text as small networks: projects as circles, lines where they share a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from markupsafe import Markup

from auditor.finding import Member, Relation, ReuseGroup
from auditor.reports.html.book import Book
from auditor.reports.html.inert import safe
from auditor.reports.html.words import RELATIONS, said

MOST = 30
"""Networks drawn; the table lists the others."""

_MOST_CIRCLES = 24
_RADIUS = 13
_ORDER: tuple[Relation, ...] = ("copied", "near", "boilerplate", "same_programme")


@dataclass(frozen=True)
class Network:
    """Projects tied by reused text, directly or through others; `relation` is the gravest among its groups."""

    relation: Relation
    members: tuple[Member, ...]
    groups: tuple[ReuseGroup, ...]


def networks(groups: Sequence[ReuseGroup]) -> list[Network]:
    """Join groups that share a member; gravest relation first, then the largest."""
    home: dict[Member, Member] = {}

    def root(member: Member) -> Member:
        while home.setdefault(member, member) != member:
            home[member] = home[home[member]]
            member = home[member]
        return member

    for group in groups:
        for member in group.members[1:]:
            home[root(member)] = root(group.members[0])
    joined: dict[Member, list[ReuseGroup]] = defaultdict(list)
    for group in groups:
        if group.members:
            joined[root(group.members[0])].append(group)
    found = [
        Network(
            min((group.relation for group in tied), key=_ORDER.index),
            tuple(dict.fromkeys(member for group in tied for member in group.members)),
            tuple(tied),
        )
        for tied in joined.values()
    ]
    return sorted(found, key=lambda network: (_ORDER.index(network.relation), -len(network.members)))


def drawings(book: Book, found: Iterable[Network]) -> list[Markup]:
    """Draw networks, each as one SVG, its members on a circle."""
    return [_draw(book, network) for network in found]


def _draw(book: Book, network: Network) -> Markup:
    shown = network.members[:_MOST_CIRCLES]
    reach = max(24.0, len(shown) * (_RADIUS * 2 + 6) / (2 * pi)) if len(shown) > 1 else 0.0
    size = 2 * (reach + _RADIUS + 3)
    at = {
        member: (
            size / 2 + reach * sin(2 * pi * number / len(shown)),
            size / 2 - reach * cos(2 * pi * number / len(shown)),
        )
        for number, member in enumerate(shown)
    }
    lines = {
        (first, member): group
        for group in reversed(network.groups)
        for first, member in ((group.members[0], other) for other in group.members[1:])
        if first in at and member in at
    }
    hidden = len(network.members) - len(shown)
    pieces = [_line(at[first], at[member], group) for (first, member), group in lines.items()]
    home = shown[0].document
    pieces += [_circle(book, member, *at[member], away=member.document != home) for member in shown]
    if hidden:
        pieces.append(Markup("<text x={0:.0f} y={0:.0f} class=m dy=4>+{1}</text>").format(size / 2, hidden))
    label = f"{said(RELATIONS, network.relation, book.language)}: {len(network.members)}"
    return Markup('<svg class="net r-{}" width="{:.0f}" height="{:.0f}" role="group" aria-label="{}">{}</svg>').format(
        network.relation, size, size, label, Markup("").join(pieces)
    )


def _line(start: tuple[float, float], end: tuple[float, float], group: ReuseGroup) -> Markup:
    return Markup("<line class='l-{}' x1={:.0f} y1={:.0f} x2={:.0f} y2={:.0f} />").format(group.relation, *start, *end)


def _circle(book: Book, member: Member, x: float, y: float, *, away: bool) -> Markup:
    project = book.projects.get(member)
    name = f"{member.document} {member.row} {project.title if project else ''}"
    return Markup(
        '<a href="#{}" aria-label="{}"><title>{}</title><circle{} cx={:.0f} cy={:.0f} r={} />'
        "<text x={:.0f} y={:.0f} class=m dy=4>{}</text></a>"
    ).format(
        book.anchors.get(member, ""),
        safe(name),
        safe(name),
        Markup(" class=o" if away else ""),
        x,
        y,
        _RADIUS,
        x,
        y,
        member.row,
    )
