"""How the quantities of one text belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from auditor.quantity.draft import Draft
from auditor.quantity.model import Dimension, Quantity, Relation
from auditor.text import Span

_CLAUSE_END = re.compile(r"[,;。!?|()]")
_ALTERNATIVE = re.compile(r"\s*[(]?(?:或者?|即|折合|约合|合|相当于|等于|/)[约为人民币]*\Z")


def mark_bracketed(drafts: list[Draft], inside: Sequence[Span]) -> None:
    """Mark the drafts that lie inside a bracket; both lists are in text order and brackets do not overlap."""
    waiting = iter(inside)
    bracket = next(waiting, None)
    for draft in drafts:
        while bracket is not None and bracket[1] <= draft.start:
            bracket = next(waiting, None)
        draft.bracketed = bracket is not None and bracket[0] <= draft.start and draft.end <= bracket[1]


def set_neighbours(drafts: list[Draft], length: int) -> None:
    """Tell every draft where the one before it ends and the next one starts, in a text of `length` characters."""
    end = 0
    for draft in drafts:
        draft.floor, end = end, draft.end
    for draft, after in pairwise(drafts):
        draft.ceiling = after.start
    drafts[-1].ceiling = length


def join_intervals(drafts: list[Draft]) -> list[Draft]:
    """Join 两周 and 一次 of 两周一次 to a frequency."""
    kept: list[Draft] = []
    for draft in drafts:
        earlier = kept[-1] if kept else None
        if (
            earlier is not None
            and earlier.dimension == "duration"
            and earlier.comparator is None
            and earlier.end == draft.start
            and draft.dimension == "times"
            and earlier.base
        ):
            kept.pop()
            draft.take_period(earlier.base)
            draft.period = f"{earlier.value}{earlier.unit}"
            draft.parts.append(("period", earlier.start, earlier.end))
            draft.start = earlier.start
        kept.append(draft)
    return kept


_QUALIFYING: frozenset[Dimension | None] = frozenset({"date", "age", "grade", "voltage"})


def sort_out(drafts: list[Draft], text: str) -> tuple[list[Draft], list[Draft]]:
    """Part the measures from what only qualifies them.

    Those are: what stands in a bracket; ages; dates, grades, limits of time and scales (1:500) that stand before a
    measure in the same clause, as in 15个工作日内办结率100% or 二级公路18公里.
    """
    main: list[Draft] = []
    asides: list[Draft] = []
    following: Draft | None = None
    for draft in reversed(drafts):
        same_clause = following is not None and not _CLAUSE_END.search(text, draft.end, following.start)
        if draft.bracketed and not _ALTERNATIVE.match(text, draft.floor, draft.start):
            asides.append(draft)
            continue
        if same_clause and following is not None and _qualifies(draft, text):
            asides.append(draft)
            if draft.dimension == "date" and following.period is None:
                following.period = text[draft.start : draft.end]
            continue
        main.append(draft)
        if draft.dimension != "state":
            following = draft
    if not main:
        return asides[::-1], []
    if len(main) > 1:
        ages = [draft for draft in main if draft.dimension == "age"]
        main = [draft for draft in main if draft.dimension != "age"] or main
        asides.extend(draft for draft in ages if draft not in main)
    return main[::-1], sorted(asides, key=_draft_start)


def _draft_start(draft: Draft) -> int:
    return draft.start


def _qualifies(draft: Draft, text: str) -> bool:
    if draft.dimension == "duration":
        return draft.comparator == "≤" and text[draft.end - 1] == "内"
    if draft.dimension == "ratio":
        return draft.unit is None and ":" in text[draft.start : draft.end]
    return draft.dimension in _QUALIFYING


def relation(main: list[Draft], quantities: tuple[Quantity, ...], text: str) -> Relation:
    """Tell how several measures belong together."""
    if len(main) == 2 and _ALTERNATIVE.match(text, main[0].end, main[1].start):
        return "alternative"
    keys = {quantity.unit_key for quantity in quantities}
    objects = [quantity.object for quantity in quantities]
    if len(keys) == 1 and None not in objects and len(set(objects)) == len(objects) and quantities[0].value is not None:
        return "recipients"
    return "measures"
