"""Targets differ in their numbers far more often than in their words: words once read serve other numbers.

A target with a single number in digits, `不少于100人次`, is its words before and behind (`不少于`, `人次`) and that
number. What was made of the words is kept, and a target with the same words takes it over with its own number. The
result is the same as reading the text afresh; a test holds the two against each other.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from decimal import Decimal
from typing import NamedTuple

from auditor.quantity.model import Part, Quantity, Target
from auditor.text import Span

# Numbers whose meaning hangs on their digits are left out: years and dates, list numbers, ranges, fractions, 第 and [.
_ONE_NUMBER = re.compile(
    r"([^0-9]{0,40}?)(?<![A-Za-z\[.第年月\-])((?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?)(?![年月日号、.)）．:：/\-~～至到,，×xX*eE±\]])([^0-9]{0,40})\Z"
)
_MOST = 8192
_LONGEST_FACTOR = 12

Words = tuple[str, str]


class Template(NamedTuple):
    """What the words around a number say. Offsets behind the number move with its length."""

    quantity: Quantity
    leftovers: tuple[Span, ...]
    number_end: int
    factor: Decimal | None


_known: OrderedDict[Words, Template] = OrderedDict()


def split(text: str) -> re.Match[str] | None:
    """Split a text with one number into the words before it, the number and the words behind; None for others."""
    return _ONE_NUMBER.match(text)


def from_known(found: re.Match[str], text: str) -> Target | None:
    """Read a split text by the template of its words, None where there is none yet."""
    template = _known.get((found[1], found[3]))
    if template is None:
        return None
    quantity, leftovers, old_end, factor = template
    value = Decimal(found[2])
    by = found.end(2) - old_end
    base = value * factor if factor is not None else None
    if by:
        parts = tuple([Part(name, _moved(span, old_end, by)) for name, span in quantity.parts])
        leftovers = tuple([_moved(span, old_end, by) for span in leftovers])
        span = _moved(quantity.span, old_end, by)
    else:
        parts, span = quantity.parts, quantity.span
    fresh = Quantity(
        quantity.comparator, value, None, quantity.unit, quantity.unit_key, quantity.dimension, base, None,
        quantity.base_unit, quantity.object, quantity.condition, quantity.period, quantity.word, quantity.word_kind,
        span, parts,
    )  # fmt: skip
    return Target(text, (fresh,), (), "single", leftovers)


def _moved(span: Span, old_end: int, by: int) -> Span:
    start, end = span
    return (start + by if start >= old_end else start), (end + by if end >= old_end else end)


def learn(found: re.Match[str], target: Target) -> None:
    """Keep what was read in a split text for its words, where the number alone can vary in it."""
    if len(target.quantities) != 1 or target.asides:
        return
    quantity = target.quantities[0]
    value = Decimal(found[2])
    if quantity.value != value or not value or quantity.upper is not None or quantity.span_of("number") != found.span(2):
        return
    factor = None
    if quantity.base is not None:
        # A factor that does not come out even (亩 in square metres) would not give the same last digit.
        factor = quantity.base / value
        if len(factor.as_tuple().digits) > _LONGEST_FACTOR or factor * value != quantity.base:
            return
        factor = factor.normalize() if factor != 1 else Decimal(1)
    if len(_known) >= _MOST:
        _known.popitem(last=False)
    _known[found[1], found[3]] = Template(quantity, target.leftovers, found.end(2), factor)
