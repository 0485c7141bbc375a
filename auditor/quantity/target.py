"""From the text of a target to what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from auditor.quantity.brackets import brackets
from auditor.quantity.draft import Draft
from auditor.quantity.model import Part, PartName, Quantity, Relation, Target
from auditor.quantity.numbers import number
from auditor.quantity.scan import scan
from auditor.quantity.states import find_word
from auditor.quantity.template import from_known, learn, split
from auditor.quantity.units import UNITS
from auditor.text import Span, enumerator_length, plain

# Nothing here that the plain view would change: most targets need no second copy of themselves.
_PLAIN_ALREADY = re.compile(r"[!-~\u4e00-\u9fff≥≤±≈。、×℃㎡‰]*\Z")
_LONGEST_REMEMBERED = 500
_LONGEST_PERIOD = 12

_FORWARD_END = re.compile(r"[,;。、:!?|()\[\]]")
_CLAUSE = re.compile(r"[^,;。!?|]+")
_BACKWARD_ENDS = ",;。!?|()[]"
_BACKWARD_END = re.compile(r"[,;。!?|()\[\]]")
_CLAUSE_END = re.compile(r"[,;。!?|]")
_MAY_ENUMERATE = re.compile("[0-9(一二三四五六七八九十第\u2460-\u24FF\u2776-\u2793]")
_TRIMMED = " ,;。、:!?=|()[]\"'-~."
_LABELS = frozenset("标准 目标值 指标值 年度指标值 实施周期指标值 目标 指标 参考值 建议为 年度目标 计划值 标准值 年度值 目标为".split())
_LINKING_ENDS = ("为", "是", "共", "计", "合计", "共计", "总计", "的", "达", "在")
_PERIOD = re.compile(
    r"每(?:隔)?(?P<number>[0-9]{1,4}|[一二两三四五六七八九十半]{1,3})?(?P<unit>个?(?:年度|年|学年|学期|季度|季|月|旬|星期|周|自然日|工作日|日|天|晚|小时|分钟))度?"
    r"|半年(?=[0-9一二两三])|全年度?|年度内?|(?<![0-9每])当年度?|本年度?|年均|月均|周均|日均|季均"
    r"|(?:19|20)[0-9]{2}年度?内?|近[0-9一二两三五十]{1,2}(?:年|个月)|年内|期内|服务期内|项目期内|实施期内|规划期内"
)
_ALTERNATIVE = re.compile(r"\s*[(]?(?:或者?|即|折合|约合|合|相当于|等于|/)[约为人民币]*\Z")


def read_target(text: str) -> Target:
    """Read the text of a target value.

    Never raises, whatever the text: what can't be understood stands in `leftovers`. Time is linear in the length of
    the text. All spans are 0-based half-open offsets into `text` as it was passed.
    """
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _read(text)


def _read(text: str) -> Target:
    found = split(text)
    if found is None:
        return _read_afresh(text)
    target = from_known(found, text)
    if target is None:
        target = _read_afresh(text)
        learn(found, target)
    return target


def _read_afresh(text: str) -> Target:
    if _PLAIN_ALREADY.match(text):
        return _Reading(text, text, None).target()
    view = plain(text)
    return _Reading(text, view.text, view.origins).target()


_remembered = lru_cache(maxsize=65536)(_read)


class _Reading:
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
            _mark_bracketed(drafts, inside)
        if not drafts or _CLAUSE_END.search(text):
            drafts = self._with_words(drafts, inside)
        if not drafts:
            return Target(self.written, leftovers=self._leftovers(impossible))
        if len(drafts) > 1:
            drafts = _join_intervals(drafts)
        if drafts[0].bracketed and all(draft.bracketed for draft in drafts):
            for draft in drafts:
                draft.bracketed = False
        _set_neighbours(drafts, len(text))
        main, asides = _sort_out(drafts, text) if len(drafts) > 1 else (drafts, [])
        quantities = self._quantities(main, inside)
        others = self._asides(asides) if asides else ()
        relation = _relation(main, quantities, text) if len(main) > 1 else "single"
        return Target(self.written, quantities, others, relation, self._leftovers(impossible))

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
                    _mark_bracketed([word], inside)
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
            if bracket is not None and bracket[0] == draft.end:
                condition, draft.ceiling = bracket, draft.end
            floor = max(floor, draft.floor)
            objects, period = self._around(draft, floor)
            found.append(self._quantity(draft, condition, period, objects))
            floor = draft.end if condition is None else condition[1]
        return tuple(found)

    def _asides(self, asides: list[Draft]) -> tuple[Quantity, ...]:
        """Give the asides the period that stands before them; their words belong to the condition of a measure."""
        found = []
        floor = 0
        for draft in asides:
            start = max(floor, draft.start - _LONGEST_PERIOD)
            _, _, period = self._period(draft, start, draft.start)
            found.append(self._quantity(draft, None, period, ()))
            floor = draft.end
        return tuple(found)

    def _around(self, draft: Draft, floor: int) -> tuple[Sequence[Span], Span | None]:
        """Find the object phrase before and behind the number, and the period named in it."""
        text = self.text
        spans: list[Span] = []
        period = None
        if floor < draft.start:
            start, end, period = self._period(draft, self._clause_start(floor, draft.start), draft.start)
            front = self._trim(start, end)
            if front[0] < front[1] and text[front[0] : front[1]] not in _LABELS:
                spans.append(front)
        if draft.end < draft.ceiling:
            stop = _FORWARD_END.search(text, draft.end, draft.ceiling)
            back = self._trim(draft.end, stop.start() if stop else draft.ceiling)
            if back[0] < back[1]:
                spans.append(back)
        return spans, period

    def _clause_start(self, floor: int, end: int) -> int:
        """Return where the clause that ends at `end` starts, list number left out."""
        text = self.text
        if _BACKWARD_END.search(text, floor, end):
            floor = max(floor, max([text.rfind(char, floor, end) for char in _BACKWARD_ENDS]) + 1)
        return floor + (enumerator_length(text, floor) if _MAY_ENUMERATE.match(text, floor) else 0)

    def _period(self, draft: Draft, start: int, end: int) -> tuple[int, int, Span | None]:
        """Read 每月, 全年 before a number, and take it off the object where it stands at an edge of it."""
        match = _PERIOD.search(self.text, start, end)
        if match is None or draft.period is not None:
            return start, end, None
        draft.period = match[0]
        if match["unit"] and draft.dimension == "times":
            many = number(match["number"]) if match["number"] and match["number"] != "半" else None
            unit = UNITS.get(match["unit"].removeprefix("个"))
            if unit is not None and unit.dimension == "duration":
                length = unit.to_base(many or UNITS["秒"].factor)
                draft.take_period(length / 2 if match["number"] == "半" else length)
        span = match.span()
        if not self.text[start : span[0]].strip(_TRIMMED):
            return span[1], end, span
        if not self.text[span[1] : end].strip(_TRIMMED):
            return start, span[0], span
        return start, end, span

    def _trim(self, start: int, end: int) -> Span:
        text = self.text
        while start < end and text[start] in _TRIMMED:
            start += 1
        while start < end and text[end - 1] in _TRIMMED:
            end -= 1
        for word in _LINKING_ENDS:
            if text.endswith(word, start, end):
                return start, end - len(word)
        return start, end

    def _quantity(self, draft: Draft, condition: Span | None, period: Span | None, objects: Sequence[Span]) -> Quantity:
        text = self.text
        named = draft.parts
        if period:
            named.append(("period", *period))
        named.extend(("object", *span) for span in objects)
        if condition:
            condition = self._inner(condition)
            named.append(("condition", *condition))
        if len(named) > 1:
            named.sort(key=_start_of)
        first, last = draft.start, draft.end
        if objects or period or condition:
            self.covered.extend([(start, end) for _, start, end in named])
            first = min(first, named[0][1])
            last = max([last, *[end for _, _, end in named]])
        self.covered.append((draft.start, draft.end))
        return Quantity(
            draft.comparator, draft.value, draft.upper, draft.unit, draft.unit_key, draft.dimension,
            draft.base, draft.base_upper, draft.base_unit,
            "".join([text[start:end] for start, end in objects]) or None,
            text[condition[0] : condition[1]] if condition else None,
            draft.period, draft.word, draft.word_kind,
            self._span(first, last), self._parts(named),
        )  # fmt: skip

    def _parts(self, named: list[tuple[PartName, int, int]]) -> tuple[Part, ...]:
        if self.origins is None:
            return tuple([Part(name, (start, end)) for name, start, end in named])
        return tuple([Part(name, self._span(start, end)) for name, start, end in named])

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

    def _leftovers(self, impossible: list[Span]) -> tuple[Span, ...]:
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


def _start_of(part: tuple[PartName, int, int]) -> int:
    return part[1]


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _TRIMMED:
        start += 1
    while start < end and text[end - 1] in _TRIMMED:
        end -= 1
    return start, end


def _mark_bracketed(drafts: list[Draft], inside: Sequence[Span]) -> None:
    """Mark the drafts that lie inside a bracket; both lists are in text order and brackets do not overlap."""
    waiting = iter(inside)
    bracket = next(waiting, None)
    for draft in drafts:
        while bracket is not None and bracket[1] <= draft.start:
            bracket = next(waiting, None)
        draft.bracketed = bracket is not None and bracket[0] <= draft.start and draft.end <= bracket[1]


def _set_neighbours(drafts: list[Draft], length: int) -> None:
    end = 0
    for draft in drafts:
        draft.floor, end = end, draft.end
    for draft, after in pairwise(drafts):
        draft.ceiling = after.start
    drafts[-1].ceiling = length


def _join_intervals(drafts: list[Draft]) -> list[Draft]:
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


def _sort_out(drafts: list[Draft], text: str) -> tuple[list[Draft], list[Draft]]:
    """Part the measures from what only qualifies them: brackets, ages, and the dates in front of a measure."""
    main: list[Draft] = []
    asides: list[Draft] = []
    measures = sum(not draft.bracketed and draft.dimension not in ("date", "age", "state") for draft in drafts)
    for at, draft in enumerate(drafts):
        if draft.bracketed and main and _ALTERNATIVE.match(text, main[-1].end, draft.start):
            draft.bracketed = False
        following = drafts[at + 1] if at + 1 < len(drafts) else None
        if draft.bracketed or (draft.dimension == "age" and measures):
            asides.append(draft)
        elif draft.dimension == "date" and following is not None and not following.bracketed and following.dimension != "date":
            asides.append(draft)
            if following.period is None:
                following.period = text[draft.start : draft.end]
        else:
            main.append(draft)
    if not main:
        return asides, []
    return main, asides


def _relation(main: list[Draft], quantities: tuple[Quantity, ...], text: str) -> Relation:
    if len(main) == 2 and _ALTERNATIVE.match(text, main[0].end, main[1].start):
        return "alternative"
    keys = {quantity.unit_key for quantity in quantities}
    objects = [quantity.object for quantity in quantities]
    if len(keys) == 1 and None not in objects and len(set(objects)) == len(objects) and quantities[0].value is not None:
        return "recipients"
    return "measures"
