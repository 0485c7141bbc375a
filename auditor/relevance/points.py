"""The points that a goal promises, an action on an object each, and whether an indicator measures them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from math import sqrt

from auditor.bundled import resource
from auditor.lexicon import lexicon
from auditor.relevance.grams import grams
from auditor.relevance.model import model
from auditor.relevance.subject import subject_of
from auditor.relevance.terms import read
from auditor.text import Span, clauses, plain

_ACTION = re.compile(
    r"(?:新建|改建|扩建|建成|建设|修建|修缮|改造|购置|采购|更新|安装|配备|组织|开展|举办|承办|完成|发放|补助|资助|奖励|扶持|培育|引进|培训|检查|抽检|检测|监测|巡查"
    r"|排查|整治|治理|清理|清运|维护|维修|养护|保养|编制|制定|修订|出台|建立|搭建|开发|研发|救助|慰问|接种|筛查|调查|普查|征集|印发|制作|发布|推广(?![州东西])|宣传|处置|处理|办理|兑付|兑现|拨付|支付|遴选|选拔|认定|评审|验收|新增)"
)
_PURPOSE = re.compile(
    r"^(?:让|使|从而|以|进而|为|促进|推动|提升|提高|增强|改善|优化|带动|助力|营造|确保|保障|保证|实现|不断|进一步|有效|切实|全面|深入|持续|贯彻|落实|根据|按照|通过)"
)
_MONEY_ONLY = re.compile(r"资金|经费|预算|工资|费用|亿元|万元|拨付\d")
_SLOGAN = re.compile(
    r"各项|各类|力度|机制|理念|环境|氛围|作用|水平|能力|新业态|新模式|历史|任务|各种|有关|相关|工作$|业务$"
)
LEAST_OBJECT = 3
"""Specific characters that the object of an action needs."""

PROPOSED = 3
MOST_LIKE = 0.3
"""Likeness of subjects from which an indicator may measure a point that shares no word with it."""

LEAST_SCORE = 0.5
"""Score from which a name of the corpus is proposed."""

SAME_SECTOR = 0.25
"""What it adds to a name's score that it is of the sector of point or project."""

KEPT_WHOLE = "落实率"
"""Ends the names made of a point that says nothing without its amounts."""

LONGEST_NAME = 14
_TORN = re.compile(r"^[、,]|[、,](?:每|$)|每[天日周月年季]?(?:[、,]|$)")
"""What an amount leaves behind that carried the meaning: 每周开展5天、每天2小时."""

_AMOUNT = re.compile(r"\d[\d.,]*(?:余|多)?(?:万|亿)?[\u4e00-\u9fff]?")


@dataclass(frozen=True)
class Point:
    """One promised point: the clause as written, its span, its action and the specific words of its object."""

    text: str
    span: Span
    action: str
    content: str


def promised(goal: str) -> list[Point]:
    """Return the clauses of a goal that promise an action on a concrete object; purposes and slogans are left out."""
    found: list[Point] = []
    for start, end in clauses(goal):
        written = goal[start:end]
        view = plain(written).text
        action = _ACTION.search(view)
        if not action or action.start() > 8 or _PURPOSE.match(view) or _SLOGAN.search(view) or len(view) > 60:
            continue
        content = read(written).content
        object_of = " ".join(content.replace(action[0], " ").split())
        if len(object_of.replace(" ", "")) >= LEAST_OBJECT and not _MONEY_ONLY.search(view):
            found.append(Point(written, (start, end), action[0], object_of))
    return found


def unmeasured(points: list[Point], names: tuple[str, ...], targets: tuple[str, ...]) -> list[Point]:
    """Return the points of which no indicator shares a specific pair of characters, nor the subject."""
    measured = [read(f"{name} {target}").content for name, target in zip(names, targets, strict=True)]
    pairs = {pair for content in measured for pair in grams(content) if len(pair) == 2}
    arrays = model()
    subjects = [arrays.subjects(content)[: len(arrays.near)] for content in measured]
    open_points = []
    for point in points:
        own = {pair for pair in grams(point.content) if len(pair) == 2}
        if not own or own & pairs:
            continue
        about = arrays.subjects(point.content)[: len(arrays.near)]
        size = float((about @ about) ** 0.5)
        near = (
            max((float(about @ one) / (size * float((one @ one) ** 0.5)) for one in subjects if one.any()), default=0.0)
            if size
            else 1.0
        )
        if near < MOST_LIKE:
            open_points.append(point)
    return open_points


@dataclass(frozen=True)
class Known:
    """An indicator name of the project's corpus and its sectors."""

    name: str
    sectors: frozenset[str]


@cache
def known_indicators() -> tuple[Known, ...]:
    """Load `models/subject/proposals.csv`: name, sectors (several joined by a semicolon)."""
    with (resource("models/subject") / "proposals.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(Known(row["name"], frozenset(row["sectors"].split(";"))) for row in csv.DictReader(lines))


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(pair for pair in grams(read(text).content) if len(pair) == 2)


def proposals(point: Point, name: str) -> tuple[str, ...]:
    """Return three indicator names for a point: made of its own words, and the best of the corpus where one is near.

    Names of the corpus count by the rare pairs of characters that they share with the point, relative to their length,
    and by sector: that of the point, or of the project. One that shares no pair is never proposed.
    """
    own = own_names(point)
    near = [] if own[0].endswith(KEPT_WHOLE) else _near_names(point, name)
    known = [one for one in near if one not in own][:1]
    return (*own[: PROPOSED - len(known)], *known)


def _near_names(point: Point, name: str) -> list[str]:
    """Return names of the corpus that share words with a point, best first."""
    wanted = frozenset(pair for pair in grams(point.content) if len(pair) == 2)
    about = {share.sector for share in (*subject_of(point.text).sectors[:2], *subject_of(name).sectors[:1])}
    rare = model().rare
    found = []
    for one in known_indicators():
        # Most names share nothing, which is soon told; only the others are read word by word.
        if any(pair in one.name for pair in wanted) and (shared := _pairs(one.name) & wanted):
            likeness = sum(rare(pair) for pair in sorted(shared)) / sqrt(2 + len(_pairs(one.name)))
            found.append((-likeness - (SAME_SECTOR if one.sectors & about else 0.0), one.name))
    return [known for value, known in sorted(found)[:PROPOSED] if -value >= LEAST_SCORE]


def own_names(point: Point) -> tuple[str, ...]:
    """Make indicator names of the point's own words: 组织抢险演练4场 gives 抢险演练次数 and 组织抢险演练完成率."""
    view = plain(point.text).text.strip("，,、。;")
    words = _AMOUNT.sub("", view)
    words = words[max(0, words.find(point.action)) :].strip("，,、。;")
    thing = words.removeprefix(point.action)
    if len(thing) < LEAST_OBJECT or _TORN.search(thing):
        return (f"{view}{KEPT_WHOLE}", f"{view}按时{KEPT_WHOLE}", f"{view}抽查合格率")
    if len(words) > LONGEST_NAME:
        thing = max(point.content.split(), key=len)[:LONGEST_NAME]
    row = lexicon("action-counts").rows.get(point.action, {})
    verb = "" if row.get("left_out") or thing.endswith(point.action) else point.action
    return (
        f"{thing}{verb}{row.get('counts') or '数量'}",
        f"{point.action}{thing}完成率",
        f"{point.action}{thing}按时完成率",
    )
