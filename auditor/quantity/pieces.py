"""Read a target with a single number by its pieces: the words before it, the number, the words behind it.

Targets differ in their numbers far more often than in their words, so what was made of a piece of words is kept and
put together with the number. The result is the same as `reading.read_afresh` gives; tests hold the two against each
other. Whatever does not come apart cleanly is left to that.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from auditor.quantity.comparators import Comparison, before, combine
from auditor.quantity.draft import Draft
from auditor.quantity.model import Comparator, Part, Quantity, Target
from auditor.quantity.reading import PLAIN_ALREADY, Reading, read_afresh
from auditor.quantity.scan import scan
from auditor.quantity.units import SECONDS_A_YEAR
from auditor.text import Span, plain

# Numbers whose meaning hangs on their digits or neighbours are left out: dates, list numbers, ranges, fractions, 第 and [.
_ONE_NUMBER = re.compile(
    r"([^0-9]{0,60}?)(?<![A-Za-z\[.第前每近年月\-－¥￥$€£])(?!(?:19|20)[0-9]{2}\.[0-9]{2}(?![0-9]))((?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?)"
    r"(?!\s*[年月日号季、.)）．:：/\-~～—–－至到,，×xX*eEA±\]余多来几半 ])([^0-9]{0,40})\Z"
)
_APART = re.compile(r"[\s,，;；。!！?？|()（）\[\]【】〔〕\u200b-\u200f\ufeff]")
_MOST = 16384
_LONGEST_FACTOR = 12
_ONE, _THREE, _SEVEN = Decimal(1), Decimal(3), Decimal(7)


class Front(NamedTuple):
    """The words before a number: comparator, object and period, all in place; `distant` is 至少 in 至少举办."""

    comparison: Comparison | None
    distant: Comparator | None
    object: str | None
    period: str | None
    seconds: Decimal | None
    start: int
    parts: tuple[Part, ...]
    leftovers: tuple[Span, ...]


class Back(NamedTuple):
    """The words behind a number: what was read in them behind the number 7, whose base is `factor / divisor` times it."""

    quantity: Quantity
    comparison: Comparison | None
    factor: Decimal | None
    divisor: Decimal | None
    parts: tuple[Part, ...]
    leftovers: tuple[Span, ...]


_fronts: dict[str, Front | None] = {}
_backs: dict[str, Back | None] = {}


def read(text: str) -> Target | None:
    """Read a text that comes apart into words, one number and words; None for any other."""
    found = _ONE_NUMBER.match(text)
    if found is None:
        return None
    words, written, behind = found.groups()
    back = _backs[behind] if behind in _backs else _learn_back(behind)
    if back is None:
        return None
    front = _fronts[words] if words in _fronts else _learn_front(words)
    if front is None or (front.period and back.quantity.period) or (front.distant and back.comparison):
        return None
    return _together(text, front, found.span(2), Decimal(written), back)


def _together(text: str, front: Front, number: Span, value: Decimal, back: Back) -> Target:
    old = back.quantity
    end = number[1]
    base, dimension, base_unit = None, old.dimension, old.base_unit
    if back.factor is not None:
        base = value * back.factor if back.divisor is None else value * back.factor / back.divisor
    if front.seconds is not None and dimension == "times" and base is not None:
        base, dimension, base_unit = base * SECONDS_A_YEAR / front.seconds, "frequency", "次/年"
    by = end - 1
    moved = [Part(name, (first + by, last + by)) for name, (first, last) in back.parts]
    quantity = Quantity(
        combine(front.comparison, back.comparison) or front.distant, value, None, old.unit, old.unit_key, dimension, base, None, base_unit,
        front.object + (old.object or "") if front.object else old.object, old.condition, front.period or old.period, None, None,
        (front.start, old.span[1] + by), (*front.parts, Part("number", number), *moved),
    )  # fmt: skip
    leftovers = front.leftovers
    if back.leftovers:
        leftovers += tuple([(first + by, last + by) for first, last in back.leftovers])
    return Target(text, (quantity,), (), "single", leftovers)


def _learn_front(words: str) -> Front | None:
    """Read the words before a number; None where they hold a quantity or more than one clause."""
    front = None
    text = "" if _APART.search(words) else words if PLAIN_ALREADY.match(words) else plain(words).text
    if len(text) == len(words) and scan(text) == ([], []):
        front = _front(words, text)
    if len(_fronts) >= _MOST:
        _fronts.clear()
    _fronts[words] = front
    return front


def _front(words: str, text: str) -> Front:
    end = len(text)
    comparison = before(text, end, 0)
    draft = Draft(end if comparison is None else comparison.start, end, "times")
    draft.ceiling = end
    draft.comparator = None if comparison is None else comparison.sign
    reading = Reading(words, text, None)
    period, objects = reading.around(draft, 0)
    reading.covered.append((draft.start, end))
    named = [Part("object", span) for span in objects]
    if period is not None:
        reading.covered.append(period)
        named.append(Part("period", period))
    if comparison is not None:
        named.append(Part("comparator", (comparison.start, comparison.end)))
    named.extend([Part(name, (first, last)) for name, first, last in draft.parts])
    reading.covered.extend(objects)
    named.sort(key=_place_of)
    start = named[0].span[0] if named else end
    seconds = None if draft.dimension == "times" else draft.seconds
    object_ = "".join([text[first:last] for first, last in objects]) if objects else None
    apart = draft.comparator if comparison is None else None
    return Front(comparison, apart, object_, draft.period, seconds, start, tuple(named), reading.leftovers([]))


def _place_of(part: Part) -> Span:
    return part.span


def _learn_back(behind: str) -> Back | None:
    """Read the words behind a number; None where they say more than unit, comparator and what is counted."""
    back = _back(read_afresh("7" + behind), behind)
    if len(_backs) >= _MOST:
        _backs.clear()
    _backs[behind] = back
    return back


def _back(target: Target, behind: str) -> Back | None:
    quantity = target.main
    if len(target.quantities) != 1 or target.asides or quantity.value != _SEVEN or quantity.upper is not None:
        return None
    if (
        quantity.word is not None
        or quantity.span_of("number") != (0, 1)
        or (quantity.unit is None and quantity.comparator is None and behind)
    ):
        return None
    factor, divisor = _factor(quantity.base)
    if factor is None and quantity.base is not None:
        return None
    signs = [part.span for part in quantity.parts if part.name == "comparator"]
    comparison = Comparison(quantity.comparator, *signs[0]) if quantity.comparator and signs else None
    if (quantity.comparator is None) != (comparison is None):
        return None
    parts = tuple([part for part in quantity.parts if part.name != "number"])
    return Back(quantity, comparison, factor, divisor, parts, target.leftovers)


def _factor(base: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Find the factor that made `base` of seven; one that does not come out even would change the last digit."""
    for divisor in (_ONE, _THREE) if base is not None else ():  # 亩 are thirds of a round number of square metres
        factor = ((base or _ONE) * divisor / _SEVEN).normalize()
        if len(factor.as_tuple().digits) <= _LONGEST_FACTOR and _SEVEN * factor / divisor == base:
            return (factor.to_integral_value() if factor == factor.to_integral_value() else factor), (
                None if divisor == _ONE else divisor
            )
    return None, None


def forget() -> None:
    """Drop all pieces."""
    _fronts.clear()
    _backs.clear()
