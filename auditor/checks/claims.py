"""Figures that more than one row of a table claims for itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rapidfuzz import fuzz

from auditor.claim import PHYSICAL, claim_of, judged
from auditor.document import Document, Indicator, Project
from auditor.finding import Evidence, Mark, Subject
from auditor.lexicon import lexicon
from auditor.measures import topic
from auditor.profile import Profile
from auditor.quantity import COUNTABLE
from auditor.reuse.programme import same_programme
from auditor.reuse.reference import is_preset
from auditor.text import plain
from auditor.wording import Wording

LEAST_TOPIC = 3
"""Fewer characters of its own and a name suits too many projects for an equal figure to mean anything."""

LEAST_ALIKE = 90.0
"""Least rapidfuzz ratio of two indicator names that count the same thing."""

MOST_COMPARED = 60
"""Among more equal figures only those under the same name are compared."""

LONGEST_NAME = 30
LEAST_SET = 3
"""Fewer indicators are no set that could be copied as a whole."""

_DONE = re.compile(
    r"新建|新增|建设|建成|改造|改建|扩建|支持|扶持|资助|奖励|奖补|举办|组织|开展|培训|购置|采购|编制|出版|发放|完成|引进|认定|安装|更换|更新|检测|抽检|检验"
    r"|检查|处置|治理|修复|种植|造林|栽植|开发|研发|修缮|加固|清理|拆除|制作|拍摄|培育|培养|立项|评选|派驻|选派"
)
"""Something that is done once, so that it cannot be done in full by two projects."""

_STOCK = re.compile(
    r"维护|运维|保障|物业|保洁|管护|养护|运行|运转|巡查|巡护|受益|惠及|覆盖|现有|供养|保有|在校|在职|服务(?:人|面积|对象)|人口|租赁|管理面积|补助人|资助(?:学生|人)|救助|补贴人"
)
"""Something that is there and may well be served by several projects."""

_TAIL = re.compile(r"\([^()]*\)|的|(?:数量|个数|项数|总数|件数|次数|场次|数)$|[,。;、:]")
_CALENDAR = frozenset({"12", "24", "36", "48", "52", "365", "15", "25", "35", "45"})
_WHERE = Wording("另一项目的同一数字", "the same figure in another project")


@dataclass(frozen=True)
class _Figure:
    """An output figure of one indicator; `exact` counts its significant digits, `whole` is its project's whole set."""

    project: Project
    indicator: Indicator
    name: str
    target: str
    exact: int
    whole: frozenset[tuple[str, str]]


def counted_twice(
    subject: Subject, profile: Profile, *, digits: int, digits_elsewhere: int, most: int
) -> Iterator[Mark]:
    """Mark an output figure that rows of different programmes of one document claim in full.

    The names are equal or nearly so and name a thing of their own; the figure has at least `digits` significant digits
    (`digits_elsewhere` between budget units). A figure that more than `most` rows share is a standard, not a claim. Rows
    whose whole sets are equal are left to R303. Linear in the indicators: only equal figures are compared.
    """
    document = subject.document
    for figures in _by_value(document, digits).values():
        if len({figure.project.row for figure in figures}) > most:
            continue
        by_name: dict[str, list[_Figure]] = defaultdict(list)
        for figure in figures:
            by_name[figure.name].append(figure)
        for figure in figures:
            others = figures if len(figures) <= MOST_COMPARED else by_name[figure.name][:MOST_COMPARED]
            twins = [other for other in others if _claims_again(figure, other, digits_elsewhere)]
            if twins:
                yield _mark(document, figure, twins)


def _by_value(document: Document, digits: int) -> dict[tuple[Decimal, str | None], list[_Figure]]:
    found: dict[tuple[Decimal, str | None], list[_Figure]] = defaultdict(list)
    for project in document.projects:
        whole = _set(project)
        for indicator in project.indicators:
            name = plain(indicator.name.text).text
            claim = claim_of(indicator)
            if claim is None or not claim.is_numeric or not _is_output(name):
                continue
            measure = claim.measure
            if (
                measure.dimension not in COUNTABLE | PHYSICAL | {"people", "person_times", None}
                or measure.value is None
            ):
                continue
            exact = _significant(measure.value)
            if exact >= digits and str(measure.value) not in _CALENDAR:
                found[measure.value, measure.unit_key].append(
                    _Figure(project, indicator, _TAIL.sub("", name), claim.text, exact, whole)
                )
    # A bare number (115) may be the same as one with a unit (115项).
    for value, unit in [key for key in found if key[1] is None]:
        with_unit = next((key for key in found if key[0] == value and key[1] is not None), None)
        if with_unit:
            found[with_unit] += found.pop((value, unit))
    return found


def _is_output(name: str) -> bool:
    if is_preset(name) or not _DONE.search(name) or _STOCK.search(name) or name.endswith(("率", "度", "比例", "金额")):
        return False
    return _names_a_thing(name) and not lexicon("whole-area-words").find(plain(name))


@lru_cache(maxsize=65536)
def _names_a_thing(name: str) -> bool:
    """Tell whether a name keeps characters of its own once generic words are off: 奖励企业数 suits any project."""
    rest = list(_DONE.sub(",", name))
    for start, end in lexicon("generic-words").find(plain("".join(rest))):
        rest[start:end] = "," * (end - start)
    return len(topic("".join(rest))) >= LEAST_TOPIC


def _significant(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _claims_again(figure: _Figure, other: _Figure, digits_elsewhere: int) -> bool:
    one, two = figure.project, other.project
    if one.row == two.row or (one.unit != two.unit and figure.exact < digits_elsewhere):
        return False
    if figure.name != other.name and fuzz.ratio(figure.name, other.name) < LEAST_ALIKE:
        return False
    return not same_programme(one.title, two.title) and not (
        len(figure.whole) >= LEAST_SET and figure.whole == other.whole
    )


def _set(project: Project) -> frozenset[tuple[str, str]]:
    targets = ((indicator, judged(indicator)) for indicator in project.indicators)
    return frozenset((one.name.plain.text, target.plain.text if target else "") for one, target in targets)


def _short(name: str) -> str:
    """Cut a long name for a message; the evidence has it in full."""
    return name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME] + "…"


def _mark(document: Document, figure: _Figure, twins: list[_Figure]) -> Mark:
    passage = judged(figure.indicator) or figure.indicator.name
    at = Subject(document, figure.project, figure.indicator, passage, "indicator.annual_target")
    evidence = tuple(
        Evidence(
            _WHERE,
            twin.indicator.name.place,
            f"{twin.indicator.name.text}：{twin.target}",
            row=twin.project.row,
            project=twin.project.title,
        )
        for twin in twins
    )
    rows = "、".join(str(twin.project.row) for twin in twins)
    values = {
        "name": figure.indicator.name.text,
        "figure": figure.target,
        "rows": rows,
        "rows_en": rows.replace("、", ", "),
        "twin": _short(twins[0].project.title),
    }
    return Mark(at, None, values, evidence)
