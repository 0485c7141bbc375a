"""Read one text from end to end: its quantities, what stands around them, what is left over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.quantity.arrange import join_intervals, mark_bracketed, relation, set_neighbours, sort_out
from auditor.quantity.brackets import brackets
from auditor.quantity.comparators import distant
from auditor.quantity.draft import Draft
from auditor.quantity.model import Part, PartName, Quantity, Target
from auditor.quantity.periods import period_in
from auditor.quantity.scan import scan
from auditor.quantity.states import find_word
from auditor.text import Span, enumerator_length, plain

# Nothing here that the plain view would change: most targets need no second copy of themselves.
PLAIN_ALREADY = re.compile(r"[!-~\u4e00-\u9fff≥≤±≈。、×℃㎡‰]*\Z")

_FORWARD_END = re.compile(r"[,;。、:!?|()\[\]]")
_CLAUSE = re.compile(r"[^,;。!?|]+")
_BACKWARD_ENDS = ",;。!?|()"
_BACKWARD_END = re.compile(r"[,;。!?|()]")
_CLAUSE_END = re.compile(r"[,;。!?|]")
_MAY_ENUMERATE = re.compile("[0-9(一二三四五六七八九十第\u2460-\u24ff\u2776-\u2793]")
_TRIMMED = " ,;。、:!?=|()[]\"'-~."
_LABELS = frozenset(
    [
        "标准",
        "目标值",
        "指标值",
        "年度指标值",
        "实施周期指标值",
        "目标",
        "指标",
        "参考值",
        "建议为",
        "年度目标",
        "计划值",
        "标准值",
        "年度值",
        "目标为",
    ]
)
_LINKING_STARTS = ("之间", "范围内", "区间", "的")
_LINKING_ENDS = ("为", "应", "是", "共", "计", "合计", "共计", "总计", "的", "在")


def read_afresh(text: str) -> Target:
    """Read a text without regard to what was read before."""
    if PLAIN_ALREADY.match(text):
        return Reading(text, text, None).target()
    view = plain(text)
    return Reading(text, view.text, view.origins).target()


class Reading:
    """One text on its way to a Target; positions are those of the plain text until `_span` leads them back."""

    def __init__(self, written: str, text: str, origins: tuple[int, ...] | None) -> None:
        self.written = written
        self.text = text
        self.origins = origins
        self.covered: list[Span] = []

    def target(self) -> Target:
        """Read everything; see `read_target`."""
        text = self.text
        drafts, impossible = scan(text)
        inside = brackets(text) if "(" in text or "[" in text else []
        if inside:
            mark_bracketed(drafts, inside)
        if not drafts or _CLAUSE_END.search(text):
            drafts = self._with_words(drafts, inside)
        if not drafts:
            return Target(self.written, leftovers=self.leftovers(impossible))
        if len(drafts) == 1 and not inside:
            drafts[0].ceiling = len(text)
            only = self._quantity(drafts[0], None, *self.around(drafts[0], 0))
            return Target(self.written, (only,), (), "single", self.leftovers(impossible))
        drafts = join_intervals(drafts)
        if drafts[0].bracketed and all(draft.bracketed for draft in drafts):
            for draft in drafts:
                draft.bracketed = False
        set_neighbours(drafts, len(text))
        main, asides = sort_out(drafts, text) if len(drafts) > 1 else (drafts, [])
        quantities = self._quantities(main, inside)
        others = self._asides(asides) if asides else ()
        together = relation(main, quantities, text) if len(main) > 1 else "single"
        return Target(self.written, quantities, others, together, self.leftovers(impossible))

    def _with_words(self, drafts: list[Draft], inside: Sequence[Span]) -> list[Draft]:
        """Add the grades and states of clauses that hold no number."""
        found: list[Draft] = []
        waiting = iter([*drafts])
        draft = next(waiting, None)
        for clause in _CLAUSE.finditer(self.text):
            start, end = clause.span()
            taken = False
            while draft is not None and draft.start < end:
                found.append(draft)
                taken = taken or draft.end > start
                draft = next(waiting, None)
            if not taken and not (found and found[-1].end > start) and len(found) < len(drafts) + 20:
                word = find_word(self.text, start, end)
                if word is not None:
                    mark_bracketed([word], inside)
                    found.append(word)
        if draft is not None:
            found.extend((draft, *waiting))
        return found

    def _quantities(self, main: list[Draft], inside: Sequence[Span]) -> tuple[Quantity, ...]:
        found = []
        behind = iter(inside)
        bracket = next(behind, None)
        floor = 0
        for draft in main:
            condition = None
            while bracket is not None and bracket[0] < draft.end:
                bracket = next(behind, None)
            if bracket is not None and bracket[0] == draft.end and self._has_words(self._inner(bracket)):
                condition, draft.ceiling = bracket, draft.end
            floor = max(floor, draft.floor)
            found.append(self._quantity(draft, condition, *self.around(draft, floor)))
            floor = draft.end if condition is None else condition[1]
        return tuple(found)

    def _asides(self, asides: list[Draft]) -> tuple[Quantity, ...]:
        found = []
        floor = 0
        for draft in asides:
            draft.ceiling = draft.end
            found.append(self._quantity(draft, None, *self.around(draft, max(floor, draft.floor))))
            floor = draft.end
        return tuple(found)

    def around(self, draft: Draft, floor: int) -> tuple[Span | None, Sequence[Span]]:
        """Find the period and the object phrase before and behind the number."""
        text = self.text
        if draft.start <= floor and draft.end >= draft.ceiling:
            return None, ()
        spans: list[Span] = []
        period = None
        if floor < draft.start:
            start, end, period = self._period(draft, self._clause_start(floor, draft.start), draft.start)
            if draft.comparator is None and draft.dimension != "date":
                self._take_distant(draft, start, end)
            front = self._trim(start, end)
            if front[0] < front[1] and text[front[0] : front[1]] not in _LABELS:
                spans.append(front)
        if draft.end < draft.ceiling:
            stop = _FORWARD_END.search(text, draft.end, draft.ceiling)
            back = self._trim(draft.end, stop.start() if stop else draft.ceiling)
            if back[0] < back[1]:
                spans.append(back)
        return period, spans

    def _take_distant(self, draft: Draft, start: int, end: int) -> None:
        found = distant(self.text, start, end)
        if found is not None:
            draft.comparator = found.sign
            draft.parts.append(("comparator", found.start, found.end))

    def _clause_start(self, floor: int, end: int) -> int:
        """Return where the clause that ends at `end` starts, list number left out."""
        text = self.text
        if _BACKWARD_END.search(text, floor, end):
            floor = max(floor, max([text.rfind(char, floor, end) for char in _BACKWARD_ENDS]) + 1)
        if not _MAY_ENUMERATE.match(text, floor):
            return floor
        start = min(end, floor + enumerator_length(text, floor))
        self.covered.append((floor, start))
        return start

    def _period(self, draft: Draft, start: int, end: int) -> tuple[int, int, Span | None]:
        """Read 每月, 全年 before a number, and take it off the object where it stands at an edge of it."""
        found = None if draft.period is not None else period_in(self.text, start, end)
        if found is None:
            return start, end, None
        draft.period = found.text
        if found.seconds is not None and draft.dimension == "times":
            draft.take_period(found.seconds)
        if not self.text[start : found.start].strip(_TRIMMED):
            return found.end, end, (found.start, found.end)
        if not self.text[found.end : end].strip(_TRIMMED):
            return start, found.start, (found.start, found.end)
        return start, end, (found.start, found.end)

    def _trim(self, start: int, end: int) -> Span:
        text = self.text
        while start < end and text[start] in _TRIMMED:
            start += 1
        while start < end and text[end - 1] in _TRIMMED:
            end -= 1
        if text.endswith(_LINKING_ENDS, start, end):
            length = next(len(word) for word in _LINKING_ENDS if text.endswith(word, start, end))
            self.covered.append((end - length, end))
            end -= length
        if text.startswith(_LINKING_STARTS, start, end):
            length = next(len(word) for word in _LINKING_STARTS if text.startswith(word, start, end))
            self.covered.append((start, start + length))
            start += length
        return start, end

    def _quantity(self, draft: Draft, condition: Span | None, period: Span | None, objects: Sequence[Span]) -> Quantity:
        text = self.text
        named = draft.parts
        first, last = draft.start, draft.end
        self.covered.append((first, last))
        if objects or period or condition:
            first, last = self._add_around(draft, condition, period, objects)
        if len(named) > 1:
            named.sort(key=_place_of)
        return Quantity(
            draft.comparator, draft.value, draft.upper, draft.unit, draft.unit_key, draft.dimension,
            draft.base, draft.base_upper, draft.base_unit,
            "".join([text[start:end] for start, end in objects]) if objects else None,
            text[slice(*self._inner(condition))] if condition else None,
            draft.period, draft.word, draft.word_kind,
            self._span(first, last), self._parts(named),
        )  # fmt: skip

    def _add_around(self, draft: Draft, condition: Span | None, period: Span | None, objects: Sequence[Span]) -> Span:
        """Add the parts around the number to the draft and return the span of the whole."""
        spans = [*objects]
        draft.parts.extend([("object", start, end) for start, end in objects])
        if period:
            draft.parts.append(("period", *period))
            spans.append(period)
        if condition:
            condition = self._inner(condition)
            draft.parts.append(("condition", *condition))
            spans.append(condition)
        self.covered.extend(spans)
        return min(draft.start, min(spans)[0]), max(draft.end, max(spans)[1])

    def _parts(self, named: list[tuple[PartName, int, int]]) -> tuple[Part, ...]:
        if self.origins is None:
            return tuple([Part(name, (start, end)) for name, start, end in named])
        return tuple([Part(name, self._span(start, end)) for name, start, end in named])

    def _has_words(self, span: Span) -> bool:
        start, end = _stripped(self.text, *span)
        return start < end

    def _inner(self, bracket: Span) -> Span:
        start, end = bracket
        closed = self.text[end - 1] in ")]"
        return start + 1, max(start + 1, end - closed)

    def _span(self, start: int, end: int) -> Span:
        if self.origins is None:
            return start, end
        if start >= end:
            at = self.origins[start] if start < len(self.origins) else len(self.written)
            return at, at
        return self.origins[start], self.origins[end - 1] + 1

    def leftovers(self, impossible: list[Span]) -> tuple[Span, ...]:
        """Return what no part covers, list numbers and punctuation aside."""
        text = self.text
        if not impossible and len(self.covered) == 1 and self.covered[0] == (0, len(text)):
            return ()
        found: list[Span] = []
        at = 0
        for start, end in sorted(self.covered):
            if start > at:
                found.append((at, start))
            at = max(at, end)
        if at < len(text):
            found.append((at, len(text)))
        spans = []
        for start, end in found:
            first, last = _stripped(text, start, end)
            if first < last:
                spans.append(self._span(first, last))
        # A number that can't be one may lie inside the object phrase of another.
        spans.extend([self._span(*bad) for bad in impossible if bad[0] < bad[1]])
        return tuple(sorted(set(spans)))


def _place_of(part: tuple[PartName, int, int]) -> Span:
    return part[1:]


def _stripped(text: str, start: int, end: int) -> Span:
    """Take blanks and punctuation off both ends; an empty span means that nothing else was there."""
    while start < end and text[start] in _TRIMMED:
        start += 1
    while start < end and text[end - 1] in _TRIMMED:
        end -= 1
    return start, end
