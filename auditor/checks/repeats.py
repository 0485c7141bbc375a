"""What a goal says twice: the same clause again, or a long one with words put in or left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.finding import Evidence, Mark, Subject
from auditor.profile import Profile
from auditor.reuse.judge import RELATED
from auditor.reuse.likeness import likeness
from auditor.reuse.rows import FEW
from auditor.text import Span, clauses, plain
from auditor.wording import Wording

LEAST_NEAR = 20
"""Shorter clauses (plain characters) are near one another because they list things of one kind."""

_EARLIER = Wording("同一目标中的前一处", "its first appearance in the same goal")


def repeated_inside(subject: Subject, profile: Profile, *, least: int) -> Iterator[Mark]:
    """Mark clauses of at least `least` characters that stand a second time in one goal; neighbours make one mark.

    Only the later copy is marked, the earlier one is its evidence. Shorter clauses are carried along inside a run. A
    long clause that comes again with words put in or left out, none exchanged, is marked too (variant `near`).
    """
    passage = subject.passage
    if not passage:
        return
    spans = clauses(passage.text)
    texts = [plain(passage.text[start:end]).text for start, end in spans]
    again: set[int] = set()
    for first, second, length in _repeats(texts, least):
        again.update(range(second, second + length))
        yield _mark(
            subject, (spans[first][0], spans[first + length - 1][1]), (spans[second][0], spans[second + length - 1][1])
        )
    for first, second in _near_repeats(texts):
        if second not in again:
            again.add(second)
            yield _mark(subject, spans[first], spans[second], "near")


def _mark(subject: Subject, first: Span, second: Span, variant: str | None = None) -> Mark:
    passage = subject.passage
    assert passage is not None
    earlier = passage.text[slice(*first)]
    return Mark(subject, second, {"text": earlier}, (Evidence(_EARLIER, passage.place, earlier),), variant)


def _near_repeats(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (first, second) of long clauses that differ in added words only, by the later one; never all of many."""
    where = {text: at for at, text in reversed([*enumerate(texts)]) if len(text) >= LEAST_NEAR}
    long = sorted(where)
    if len(long) <= FEW:
        pairs = [(a, b) for b in range(len(long)) for a in range(b)]
    else:
        from auditor.reuse.near import near_pairs  # numpy is imported where it is used

        pairs = [(a, b) for a, b in near_pairs(long, RELATED).pairs.tolist()]
    found = ((long[a], long[b]) for a, b in pairs if _says_the_same(long[a], long[b]))
    yield from sorted(((min(where[a], where[b]), max(where[a], where[b])) for a, b in found), key=lambda one: one[::-1])


def _says_the_same(a: str, b: str) -> bool:
    alike = likeness(a, b)
    exchanged = any(one.a[0] < one.a[1] and one.b[0] < one.b[1] for one in alike.differences)
    return alike.words >= RELATED and not exchanged and not alike.numbers


def _repeats(texts: Sequence[str], least: int) -> Iterator[tuple[int, int, int]]:
    """Yield (first, second, length) of runs of equal clauses, each later clause at most once."""
    seen: dict[str, int] = {}
    at = 0
    while at < len(texts):
        first = seen.get(texts[at])
        length = 0
        if first is not None:
            while at + length < len(texts) and first + length < at and texts[first + length] == texts[at + length]:
                length += 1
        if first is not None and any(len(text) >= least for text in texts[at : at + length]):
            yield first, at, length
        for text_at in range(at, at + max(length, 1)):
            seen.setdefault(texts[text_at], text_at)
        at += max(length, 1)
