"""What an indicator states, in a form that indicators of other documents can be compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from auditor.claim import claim_of
from auditor.document import Indicator, Project
from auditor.generic import own_words
from auditor.lexicon import lexicon
from auditor.quantity import COUNTABLE, UNITS, Quantity
from auditor.text import enumerator_length, plain

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_ASIDE = re.compile(r"\d|[%‰*≥≤<>]|^(?:单位|注|如|含|包括|包含|其中)|口径|^(?:个|家|人|次)$")
_YEAR = re.compile(r"(?:19|20)\d{2}年度?|\d{1,2}月|当年|本年度?|全年|年度")
_OPENING = re.compile(r"^(?:推动|促进|实现|完成|达到|确保|保障|力争|预计|带动|计划)+")
_COUNTING = re.compile(r"(?:总数量|数量|个数|次数|场次|场数|户数|家数|总数|总额|总量|数目|数|额|比例|比率)$")
_LIGHT = re.compile(r"[的之、,，。:：;\s\"'“”]|项目(?=数)")
_ADDED = re.compile(r"年|等|各类|各项|各|相关|有关|开展|进行|组织|举办|情况")
_NAMED_YEAR = re.compile(r"((?:19|20)\d{2})年")
_CURRENCY = re.compile(r"美元|欧元|港元|港币|日元|英镑|澳元")
_LEAST = frozenset(("≥", ">"))
_MOST = frozenset(("≤", "<"))
_LEAST_CORE = 3


@lru_cache(maxsize=65536)
def core(text: str) -> str:
    """Return what a name or phrase is about: without list number, brackets, year, leading verb and counting word."""
    view = plain(text[enumerator_length(text) :]).text
    view = _YEAR.sub("", _BRACKETS.sub(_of_bracket, view))
    view = _OPENING.sub("", _LIGHT.sub("", view))
    return _COUNTING.sub("", view)


def _of_bracket(found: re.Match[str]) -> str:
    """Keep what narrows a name, as in 培训人次(线上); drop units and remarks, as in 产值(万元)."""
    inside = found[1] if found[1] is not None else found[2]
    unit = inside.lstrip("万亿千百") or inside
    return "" if _ASIDE.search(inside) or inside in UNITS or unit in UNITS or "/" in inside else inside


@lru_cache(maxsize=65536)
def light(core: str) -> str:
    """Return a core without the words that people add or leave out at will: 年, 等, 各类, 开展, 组织 and the like."""
    return _ADDED.sub("", core) or core


@dataclass(frozen=True)
class Stated:
    """One indicator with what it is about and how much of it.

    `subjects` are the cores of its name and, where the target spells out its own object (“门店数量：3000家”), of that.
    `kind` is the dimension with counts folded into one and currencies told apart; `amount` the value in the dimension's
    base unit, `upper` the other end of a range; `years` those that the name speaks of.
    """

    project: Project
    indicator: Indicator
    subjects: tuple[str, ...]
    kind: str
    amount: Decimal
    comparator: str | None
    text: str
    years: frozenset[str] = frozenset()
    upper: Decimal | None = None

    def agrees(self, other: Stated) -> bool:
        """Tell whether both state the same figure: ≥3000 and 3000 do, 3至5 and 3, or ≥40 and ≤40, do not."""
        opposite = {self.comparator, other.comparator} & _LEAST and {self.comparator, other.comparator} & _MOST
        return self.amount == other.amount and self.upper == other.upper and not opposite

    @property
    def name(self) -> str:
        """The indicator's name as written."""
        return self.indicator.name.text


def stated(project: Project, indicator: Indicator) -> Stated | None:
    """Return what an indicator states, None where there is no number or nothing particular that it is about."""
    claim = claim_of(indicator)
    if claim is None or not claim.is_numeric:
        return None
    measure = claim.measure
    subjects = _subjects(indicator.name.text, measure)
    kind = "ratio" if measure.dimension is None and claim.is_rate else _kind(measure)
    amount = _base(measure, kind)
    if amount is None or not subjects:
        return None
    upper = amount * measure.upper / measure.value if measure.upper is not None and measure.value else None
    years = frozenset(_NAMED_YEAR.findall(indicator.name.plain.text))
    return Stated(project, indicator, subjects, kind, amount, measure.comparator, claim.text, years, upper)


def _base(measure: Quantity, kind: str) -> Decimal | None:
    """Return the value in its dimension's base unit; None for a date without a year. A bare number under a rate is a percentage."""
    if kind == "date":
        return measure.base
    if kind == "ratio" and measure.dimension is None and measure.value is not None:
        return measure.value / 100 if measure.value > 1 else measure.value
    return measure.base if measure.base is not None else measure.value


def _subjects(name: str, measure: Quantity) -> tuple[str, ...]:
    """Return the cores that say something particular: 服务对象满意度 and the like suit any project and lead nowhere."""
    found = []
    for text in (name, measure.object or ""):
        about = core(text)
        known = plain(text).text in lexicon("same-measures").rows
        if len(about) >= _LEAST_CORE and own_words(text) and not known and about not in found:
            found.append(about)
    return tuple(found)


def _kind(measure: Quantity) -> str:
    if measure.dimension in COUNTABLE or measure.dimension in ("frequency", None):
        return "count"
    if measure.dimension == "money":
        return f"money {_CURRENCY.findall(measure.unit or '')}"
    return str(measure.dimension)


def all_stated(project: Project) -> tuple[Stated, ...]:
    """Return what the indicators of a project state, in order."""
    return tuple(found for one in project.indicators if (found := stated(project, one)))
