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
from auditor.quantity import COUNTABLE, Quantity
from auditor.text import enumerator_length, plain

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_YEAR = re.compile(r"(?:19|20)\d{2}年度?|\d{1,2}月|当年|本年度?|全年|年度")
_OPENING = re.compile(r"^(?:推动|促进|实现|完成|达到|确保|保障|力争|预计|带动|计划)+")
_COUNTING = re.compile(r"(?:总数量|数量|个数|次数|场次|场数|户数|家数|总数|总额|总量|数目|数|额|比例|比率)$")
_LIGHT = re.compile(r"[的之、,，。:：;\s\"'“”]|项目(?=数)")
_LEAST_CORE = 3


@lru_cache(maxsize=65536)
def core(text: str) -> str:
    """Return what a name or phrase is about: without list number, brackets, year, leading verb and counting word."""
    view = plain(text[enumerator_length(text) :]).text
    view = _YEAR.sub("", _BRACKETS.sub("", view))
    view = _OPENING.sub("", _LIGHT.sub("", view))
    return _COUNTING.sub("", view)


@dataclass(frozen=True)
class Stated:
    """One indicator with what it is about and how much of it.

    `subjects` are the cores of its name and, where the target spells out its own object (“门店数量：3000家”), of that.
    `kind` is the dimension with counts folded into one; `amount` the value in the dimension's base unit.
    """

    project: Project
    indicator: Indicator
    subjects: tuple[str, ...]
    kind: str
    amount: Decimal
    comparator: str | None
    text: str

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
    amount = measure.base if measure.base is not None else measure.value
    subjects = _subjects(indicator.name.text, measure)
    if amount is None or not subjects:
        return None
    return Stated(project, indicator, subjects, _kind(measure), amount, measure.comparator, claim.text)


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
    return str(measure.dimension)


def all_stated(project: Project) -> tuple[Stated, ...]:
    """Return what the indicators of a project state, in order."""
    return tuple(found for one in project.indicators if (found := stated(project, one)))
