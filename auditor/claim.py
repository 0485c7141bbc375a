"""What an indicator claims: what its name asks for and what its target says, read together.

Everything here is a plain question about one name and one target, answered from these two texts alone. Rules and the
score ask the same questions, so that they never disagree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from auditor.document import Indicator, Passage
from auditor.lexicon import lexicon
from auditor.quantity import COUNTABLE, UNITS, Dimension, Expectation, Quantity, Target, read_name, read_target
from auditor.text import plain

Fit = Literal["fits", "unknown", "rate_with_amount", "other"]

PHYSICAL: frozenset[Dimension] = frozenset(
    (
        "area",
        "length",
        "weight",
        "volume",
        "energy",
        "power",
        "data",
        "turnover",
        "flow",
        "work",
        "bandwidth",
        "computing",
    )
)
"""Amounts that a name ending in 数量 may well mean."""

_AMOUNTS = COUNTABLE | PHYSICAL | {"money", "duration", "frequency"}
_NO_UNIT = re.compile(r"指数|系数|比值|倍数|强度|[出入效]比$|排名|名次|位次|信用等级|pH|PH")
_WEAKENED = re.compile(r"按计划|按要求|按规定|按进度|明显|大幅|显著|初步|基本|逐步|力争|争取|尽量|探索|大致|有所")
_GROWTH = re.compile(r"压缩|缩短|节约|节省|增长|增加|上升|提高|下降|减少|降低|持平|不低于|不高于")
_BLANK_IN_NUMBER = re.compile(r"(?<=[0-9０-９])[ \u3000](?=[0-9０-９]{3}(?![0-9０-９]))")
"""A blank between thousands; a comma in its place leaves every position where it was."""

_GRADED = re.compile(
    r"(?:优秀|良好|优良|合格|达标|满意|[优良中]|[一二三四五A-E]级|等)(?:及|或|或者)?以上|(?:优秀|良好|合格|[一二三四五A-E])(?:等次|等级|档次)"
)
_ABSENCE = re.compile(r"(?:无|零|没有|未发生|不发生|未出现|不出现|杜绝)(?!明显|显著|较大)[\u4e00-\u9fff]{0,12}")
_AGAINST_LIMIT = re.compile(
    r"(?:≤|≥|<|>|不高于|不低于|不超过?|低于|高于|小于|大于|优于).{0,8}(?:价|标准|定额|概算|预算|上年|去年|平均|均值|限额|上限|下限|红线)"
)
_PRAISE = frozenset(("良好", "优良", "较好", "优质", "优秀", "领先", "国内领先", "行业领先"))
_GRADING = re.compile(r"等次|等级|评级|考核|评价|评定|评估|鉴定|成绩|结果|评选|检查|验收")
_REGULAR = re.compile(
    r"(?:[每按]个?(?:日|天|周|旬|月|季度?|半年|年度?|学期|学年)[初中末底]?|全年|逐月|逐季)(?:拨付|发放|支付|报送|公布|公开)?"
)
_SPECIFIED = re.compile(
    r"[A-Za-z]{1,3}\d{1,4}|\d{3,4}[Pp]|\d{1,2}[Kk]|法定(?:期限|时限|标准)(?:之?内)?|(?:符合|达到|执行)(?:国家|行业|地方|国标|部颁)标准.{0,6}"
)
_CLOCK = re.compile(r"\d{1,2}(?:点|时|:\d\d)(?:\d{1,2}分)?(?:前|之前|以前)")
_ANSWERS = frozenset(
    [
        "是",
        "能",
        "符合",
        "通过",
        "合格",
        "达标",
        "达到",
        "合法",
        "合规",
        "完成",
        "实现",
        "建成",
        "不超",
        "一致",
        "公示",
    ]
)
_WITHIN_BUDGET = re.compile(r"(?:控制|不超|小于等于|低于|≤|不高于).{0,6}(?:预算|概算)")
_PROGRESS = re.compile(r"进度|进展|阶段|节点")
_VOLUME = re.compile(r"(?<!数)量(?:\(.*?\))?$")
_SHARE = re.compile(r"占")
_HAN = re.compile(r"[\u4e00-\u9fff]")

_BRACKETED = re.compile(r"\((.*?)\)")
_EXPLANATION = re.compile(r"[（(][^（()）]{5,}[)）][。；;]?$")
_LETTERS = re.compile(r"\s*[A-Za-zμ°℃‰]")
_SCALE = re.compile(r"分制|无量纲|\d+/\d+|‰|/10万|每")
_TIME: frozenset[Dimension] = frozenset(("duration", "age", "frequency"))
_QUOTA = re.compile(r"名额$")
_YEARS = re.compile(r"[年月天日时]数")
_HALF_UNITS = frozenset({"平方", "立方"})
_CONTROL = re.compile(r"控制|结算")
_PLANNED_PRICE = re.compile(r"标准|补助$|补贴$|津贴$|单价|单位成本|定额|限价")


@dataclass(frozen=True)
class Claim:
    """One indicator's name and one of its targets. `text` is the target as written."""

    name: str
    text: str

    @cached_property
    def expectation(self) -> Expectation:
        """What the name asks for."""
        return _read_name(self.name)

    @cached_property
    def target(self) -> Target:
        """What the target says."""
        return _read_target(_BLANK_IN_NUMBER.sub(",", self.text))

    @cached_property
    def measure(self) -> Quantity:
        """The quantity that is judged: the first number, a date only where nothing else is one or the name asks for it."""
        numbers = [
            one for one in self.target.quantities if one.value is not None and one.dimension not in ("state", "grade")
        ]
        if "date" not in self.expectation.dimensions:
            numbers.sort(key=lambda one: one.dimension == "date")
        return numbers[0] if numbers else self.target.main

    @property
    def is_numeric(self) -> bool:
        """Whether the target holds a number that measures something."""
        return self.measure.value is not None and self.measure.dimension not in ("state", "grade")

    @property
    def is_state(self) -> bool:
        """Whether the target, without a number, names a grade or state that anybody can check."""
        if self.is_numeric or _WEAKENED.search(self.text):
            return False
        view = plain(self.text).text.strip("。;,")
        if view in _PRAISE and not _GRADING.search(self.name):
            return False
        return self.target.main.word_kind == "checkable" or states_a_fact(self.name, self.text)

    @property
    def is_rate(self) -> bool:
        """Whether the name asks for a rate and nothing else."""
        return self.expectation.dimensions == ("ratio",)

    @property
    def is_satisfaction(self) -> bool:
        """Whether the name asks how satisfied somebody is."""
        return "满意" in self.name

    @property
    def fit(self) -> Fit:
        """Whether the kind of value is the kind that the name asks for."""
        if self.is_numeric:
            return self._fit_of_number()
        if self.is_rate and self.target.main.word:
            return self._fit_of_words()
        return "unknown"

    def _fit_of_number(self) -> Fit:
        asked, given = set(self.expectation.dimensions), self.measure.dimension
        if not asked:
            return "unknown"
        in_bracket = bracket_unit(self.name)
        if in_bracket and given == UNITS[in_bracket].dimension:
            return "fits"
        if given is None or given in asked or (given in COUNTABLE | {"frequency"} and asked & COUNTABLE):
            return "fits"
        if "count" in asked and (given in PHYSICAL or (given == "ratio" and _SHARE.search(self.name))):
            return "fits"
        if "count" in asked and given == "money" and _VOLUME.search(plain(self.name).text):
            return "fits"
        if given == "ratio" and _GROWTH.search(self.text + self.name):
            return "unknown"
        if self.is_rate and "/" in (self.measure.unit or ""):
            return "unknown"
        if given == "date" and _PROGRESS.search(self.name):
            return "unknown"
        if given in _TIME and asked & _TIME:
            return "fits"
        if given == "rank" or (given == "score" and self.is_rate) or (given in PHYSICAL and asked & PHYSICAL):
            return "unknown"
        if _QUOTA.search(plain(self.name).text) or (
            "count" in asked and given == "duration" and _YEARS.search(self.name)
        ):
            return "unknown"
        if "state" in asked or (self.is_satisfaction and given == "score"):
            return "unknown"
        return "rate_with_amount" if self.is_rate and given in _AMOUNTS else "other"

    def _fit_of_words(self) -> Fit:
        if (
            _AGAINST_LIMIT.search(plain(self.text).text)
            or _WITHIN_BUDGET.search(plain(self.text).text)
            or "全覆盖" in self.text
        ):
            return "unknown"
        if self.is_satisfaction or _GROWTH.search(self.text):
            return "fits" if self.expectation.is_relative and not self.is_satisfaction else "unknown"
        if _PROGRESS.search(self.name):
            return "unknown"
        statement = len(_HAN.findall(self.text)) >= 4 and self.target.main.word != plain(self.text).text
        return "other" if self.is_state or statement else "unknown"

    @property
    def lacks_unit(self) -> bool:
        """Whether a number stands without a unit and the name gives none."""
        measure = self.measure
        bare = self.is_numeric and measure.dimension is None and measure.unit is None and measure.value != 0
        return bare and self.expectation.unit is None and not gives_unit(self.name) and not self._unit_is_foreign

    @property
    def _unit_is_foreign(self) -> bool:
        """Whether letters stand right behind the number: a unit that is not in the list is a unit all the same."""
        number = self.measure.span_of("number")
        return number is not None and bool(_LETTERS.match(self.text[number[1] :]))

    @property
    def is_exact(self) -> bool:
        """Whether it is clear when the target is met: a comparator, or a number that can only be meant exactly.

        100 %, 0 % and planned counts of one's own deliverables are exact; other bare rates, money and totals of a whole
        area or market are not.
        """
        measure = self.measure
        if not self.is_numeric or measure.comparator is not None or measure.upper is not None:
            return True
        if measure.dimension == "ratio" or (measure.dimension is None and self.is_rate):
            return measure.value in (0, 100) and not _CONTROL.search(self.name)
        if measure.dimension == "money" and "/" in (measure.unit or ""):
            return True
        if measure.dimension == "money" or (measure.dimension is None and "money" in self.expectation.dimensions):
            return bool(_PLANNED_PRICE.search(self.name))
        return not self.is_whole_area

    @property
    def is_whole_area(self) -> bool:
        """Whether the name speaks of the total of an area or a market."""
        return bool(lexicon("whole-area-words").find(plain(self.name)))

    @property
    def has_extra_words(self) -> bool:
        """Whether the target says more about the thing measured than the name does."""
        said = self.measure.object or ""
        return self.is_numeric and len([char for char in _HAN.findall(said) if char not in self.name]) >= 2

    @property
    def asks_for_no_rate(self) -> bool:
        """Whether a percentage answers a name that is not a rate, as in 手续合法合规 100%."""
        return self.is_numeric and self.measure.dimension == "ratio" and not self.expectation.dimensions

    @property
    def has_half_unit(self) -> bool:
        """Whether the unit was left incomplete, as in 4000平方."""
        return self.measure.unit in _HALF_UNITS

    @property
    def has_abstract_name(self) -> bool:
        """Whether the name ends in something that cannot be counted, while the target counts it."""
        name = re.sub(r"\(.*?\)$", "", plain(self.name).text)
        unit = bracket_unit(self.name)
        asked = UNITS[unit].dimension if unit else None
        counts = asked in (*COUNTABLE, None) and self.measure.dimension in (*COUNTABLE, None)
        return self.is_numeric and counts and any(name.endswith(word) for word in lexicon("abstract-heads").rows)

    @property
    def is_relative(self) -> bool:
        """Whether the value is a change against something else."""
        return self.expectation.is_relative or bool(re.search(r"较|比|同比|环比|上年|去年", self.text))


def judged(indicator: Indicator) -> Passage | None:
    """Return the target that is judged: the annual one, or the cycle one where the form has no other."""
    return indicator.annual_target if indicator.annual_target is not None else indicator.cycle_target


def claim_of(indicator: Indicator) -> Claim | None:
    """Return what an indicator claims by the target that is judged; None where it is empty or absent."""
    passage = judged(indicator)
    return read_claim(indicator.name.text, passage.text) if passage else None


@lru_cache(maxsize=65536)
def read_claim(name: str, text: str) -> Claim:
    """Read a name and a target together; equal pairs are read once."""
    return Claim(name, text)


@lru_cache(maxsize=65536)
def bracket_unit(name: str) -> str | None:
    """Return the unit that a bracket of the name gives, alone or behind a blank to fill in: （个）, （≥**万元）."""
    for content in _BRACKETED.findall(plain(name).text):
        unit = content.lstrip("≥≤<>=*_0123456789.").lstrip("万亿千百")
        if unit in UNITS:
            return str(unit)
    return None


@lru_cache(maxsize=65536)
def states_a_fact(name: str, text: str) -> bool:
    """Tell whether a target without a number can be answered with yes or no by anybody who looks.

    Grades (良好及以上), limits given elsewhere (不超预算, ≤市场均价), absences (零泄密, 无上访), a time of day, and the plain
    answer to a name that asks a question (是否符合标准 符合, 通过专家论证 通过).
    """
    view = plain(text).text.rstrip("。;,")
    if _GRADED.search(view) or _WITHIN_BUDGET.search(view) or _AGAINST_LIMIT.search(view) or _CLOCK.search(view):
        return True
    if _ABSENCE.fullmatch(view) or _REGULAR.fullmatch(view) or _SPECIFIED.fullmatch(view):
        return True
    return view in _ANSWERS and (view in plain(name).text or "是否" in name)


@lru_cache(maxsize=65536)
def gives_unit(name: str) -> bool:
    """Tell whether a name gives the unit of a bare number, or asks for something that has none (指数).

    By a bracket (（元/亩）, （吨CO2当量）, （百分制）), or by ending in a unit with or without 数 (盏数, 公里, 场次).
    """
    view = plain(name).text
    if _NO_UNIT.search(view) or bracket_unit(name) is not None:
        return True
    for content in _BRACKETED.findall(view):
        first = content.split("/")[0].lstrip("万亿千百")
        if first in UNITS or _SCALE.search(content) or any(first.startswith(unit) for unit in UNITS if len(unit) > 1):
            return True
        if first[:1] in UNITS and len(first) > 1 and not _HAN.match(first[1]):
            return True
    stem = _BRACKETED.sub("", view).rstrip("、,;。").removesuffix("数")
    return any(stem[-length:] in UNITS and len(stem) > length for length in (1, 2, 3) if stem != view or length > 1)


@lru_cache(maxsize=65536)
def _read_name(name: str) -> Expectation:
    """Read a name; a bracket at its end that explains and holds no unit is left aside."""
    if bracket_unit(name) is None:
        name = _EXPLANATION.sub("", name) or name
    return read_name(name)


@lru_cache(maxsize=65536)
def _read_target(text: str) -> Target:
    return read_target(text)
