"""Leftovers of another body's or another year's text: a place, a body or a year that does not belong here.

A recogniser of frames, made to be silent where in doubt: a foreign place counts only where the text speaks of it as the
area that the work serves, a body only where it no longer exists or is itself what the money keeps running, a year only
where it is spoken of as this year's work. It needs to know the home, and says nothing where that is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from auditor.lexicon import lexicon
from auditor.reuse.territory import Mention, all_places, mentions, narrowest, opening_places, related, shorts
from auditor.text import Span, clauses, plain

Kind = Literal["place", "body", "former", "bureau", "year"]

_SERVES = r"(?:推动|促进|推进|提升|提高|加快|助力|保障|改善|优化|服务|增强|带动|支持|实现|确保|维护|满足|完善|加强|做好|扩大|打造|建设|全面|持续|进一步|不断|有效|切实|为|使|让|解决)$"
_BODY = r"(?:人民政府|政府|委员会|(?:[\u4e00-\u9fff]{1,9}?)(?:局|委员会|委|办公室|厅|法院|检察院)(?![\u4e00-\u9fff]?[路街]))"
_SERVED = (
    r"经济|社会|产业|工业|农业|农村|城市|城区|城乡|县域|全域|居民|群众|市民|老年|老人|儿童|中小学|学校|学生|教育|基层|医疗|卫生|养老|文化|旅游|特色|生态|环境|人居"
    r"|水利|饮水|交通|基础|公共|政务|营商|信息|数字|科技|企业|外贸|消费|市场|社会|治安|稳定|安全|乡村|高质量"
)
_BEFORE = re.compile(_SERVES)
_AFTER_BODY = re.compile(_BODY)
_AFTER_AREA = re.compile(rf"(?:各|的|全)?(?:{_SERVED})")
_PROPER = re.compile(
    r"[路街道桥巷里场站港籍民话菜面茶酒]|大[道桥厦街学剧酒]|小[区学吃]|[中医]学?院|机场|火车|市场|域|[、和与及至到\-]"
)
_SHORT_FRAME = re.compile(
    r"(?:推动|促进|推进|提升|助力|带动|服务)([\u4e00-\u9fff]{2,3}?)(?=(?:经济|社会|高质量|县域|城市|产业|乡村振兴))"
)
_LEFT = re.compile(r"[原前老旧]|[水土气材物品]")
"""Before a former body: a word that looks back, or one that shows that no body is meant (水质监测)."""

_STATION = re.compile(r"[站员科所路街院楼测管督控]|中心|机构|总站|家属|宿舍|大[厦楼院]|小区|制度|合作社")
_WORKS = re.compile(r"工程|建设|施工|竣工|交通|公路|市政|房建|水利|住建")
_PAST = re.compile(r"历史|档案|家属|宿舍|旧址|改制|撤并|合并|划转|整合|移交|遗留|退休|老干部|转隶|机构改革|更名")
_QUOTED = re.compile(r"《[^》]*》|\[\d{4}\]\d*号?|\"[^\"]*\"")
_HOSTS = re.compile(
    r"机关事务|政府|财政|人大|政协|党委|委员会办公室|市委|县委|区委|组织部|编办|大数据|政务|街道|[镇乡]|管委会|管理委员会|园区|开发区|集团|公司"
)
_KEPT = (
    r"(?:(?:保障|确保|维持|维护|满足|保证)(?:[省市区县旗州])?({body})(?:机关|单位|部门)?(?:的)?(?:正常|日常|基本|办公|机关运[转行]|运[转行])"
    r"|(?:提高|提升|加强|改善|调动)(?:[省市区县旗州])?({body})(?:机关)?(?:工作人员|干部|职工|队伍|办公))"
)
_YEAR = re.compile(
    r"(?:完成|实现)(20\d\d)年度?的?(?:各项|年度|全年|既定|预定)*(?:目标|工作|任务|重点工作|绩效)"
    r"|(?:确保|保障|做好|推进|推动|落实)(20\d\d)年度?的?(?:各项|全年)*[\u4e00-\u9fff]{0,10}?(?:工作|顺利|正常|有序|运[转行])"
    r"|(20\d\d)年(?:年底|底|末|12月底|12月31日)之?前[\u4e00-\u9fff]{0,4}?(?:完成|建成|实现|达到|全部)"
)
_EARLIER = re.compile(
    r"结转|尾款|余款|清算|结算|续建|跨年|往年|以前年度|上年|兑现|奖励|补发|清欠|欠|质保金|审计|决算|考核|验收|评估|评价|统计|普查|年报|年鉴|申报"
    r"|截至|截止|较|比|同期|相比|自|从|起|以来|已|历年|遗留|基础上|延续|顺延|补助资金"
)
_IN_NAME = re.compile(r"(?<!\d)20\d\d(?!\d)")


@dataclass(frozen=True)
class Home:
    """Where a text belongs: its places, the names of its bodies (plain view), its project's name, and its year.

    `year` is the year the table or project is for; `latest` the latest year that anything in the document speaks of, which the
    document can't be older than. Places are empty where the home is unknown.
    """

    places: frozenset[str]
    bodies: str
    project: str
    year: int | None = None
    latest: int | None = None


@dataclass(frozen=True)
class Leftover:
    """One thing that does not belong: its kind, its span in the plain view, and what replaced it or stands against it."""

    kind: Kind
    span: Span
    instead: str = ""


def leftovers(view: str, home: Home) -> tuple[Leftover, ...]:
    """Return what in a plain view does not belong to `home`, in order; a thing named twice is returned once."""
    found: dict[str, Leftover] = {}
    quoted = [match.span() for match in _QUOTED.finditer(view)]
    for span in clauses(view):
        for one in _in_clause(view, span, home):
            inside = any(low <= one.span[0] and one.span[1] <= high for low, high in quoted)
            if not inside:
                found.setdefault(view[slice(*one.span)], one)
    return tuple(sorted(found.values(), key=lambda one: one.span))


def _in_clause(view: str, span: Span, home: Home) -> Iterator[Leftover]:
    if home.places:
        yield from _foreign_places(view, span, home)
    if home.latest:
        yield from _former_bodies(view, span, home)
    yield from _other_bureaus(view, span, home)
    if home.year:
        yield from _other_years(view, span, home)


def _foreign_places(view: str, span: Span, home: Home) -> Iterator[Leftover]:
    """Yield a place that lies outside and is spoken of as the area served, or whose body is named.

    Silent in a clause with a reason to speak of other places (partners, events, journeys, routes, rivers, brands, history),
    and where the clause lists several of them.
    """
    start, end = span
    clause = view[start:end]
    foreign = [mention for mention in mentions(clause) if _is_foreign(mention, home)]
    if len(foreign) > 1:
        return
    found = _served(clause, foreign[0], start) if foreign else _served_in_short(clause, start, home)
    for one in found:
        if not lexicon("partner-words").find(plain(clause)) and not _elsewhere(home.project):
            yield one


def _served(clause: str, mention: Mention, offset: int) -> Iterator[Leftover]:
    low, high = mention.span
    body = _AFTER_BODY.match(clause, high)
    if body:
        yield Leftover("body", (offset + low, offset + body.end()))
        return
    served = _BEFORE.search(clause[:low]) or (low == 0 and _AFTER_AREA.match(clause, high))
    if served and high < len(clause) and not _PROPER.match(clause, high):
        yield Leftover("place", (offset + low, offset + high))


def _served_in_short(clause: str, offset: int, home: Home) -> Iterator[Leftover]:
    for match in _SHORT_FRAME.finditer(clause):
        meant = shorts().get(match[1], ())
        if meant and not any(_belongs(name, home) for name in meant):
            yield Leftover("place", (offset + match.start(1), offset + match.end(1)))


def _is_foreign(mention: Mention, home: Home) -> bool:
    names = mention.names
    if len(names) == 1 and names[0] in lexicon("ambiguous-places"):
        return False
    return not any(_belongs(name, home) for name in names)


def _belongs(name: str, home: Home) -> bool:
    return related(name, home.places)


def _former_bodies(view: str, span: Span, home: Home) -> Iterator[Leftover]:
    """Yield a body that had ceased to exist before the document's year, unless the text looks back at it."""
    clause = view[slice(*span)]
    if _PAST.search(clause) or home.latest is None:
        return
    for match in _bodies("former").finditer(clause):
        row = lexicon("bodies").rows[match[0]]
        known = match[0] in home.bodies or match[0] in home.project
        looked_back = bool(_LEFT.search(clause[max(0, match.start() - 1) : match.start()]))
        stays = match[0] == "质监" and bool(_WORKS.search(clause))
        if known or looked_back or stays or _STATION.match(clause, match.end()) or _part_of_longer(clause, match):
            continue
        if home.latest > int(row["until"]):
            yield Leftover("former", (span[0] + match.start(), span[0] + match.end()), row["now"])


def _part_of_longer(clause: str, match: re.Match[str]) -> bool:
    """Tell whether a short name is only the end of a merged body's name: 科工商局, 科技工商局."""
    before = clause[max(0, match.start() - 1) : match.start()]
    return match[0].startswith("工商") and bool(re.fullmatch(r"[科济技业贸信]", before))


def _other_bureaus(view: str, span: Span, home: Home) -> Iterator[Leftover]:
    """Yield a bureau of another kind that the text wants to keep running, where the home is a bureau of one kind."""
    own = _bodies("bureau").search(home.bodies)
    if not own or _HOSTS.search(home.bodies):
        return
    for match in _kept_running().finditer(view, *span):
        group = 1 if match[1] else 2
        if match[group][:2] not in home.bodies + home.project:
            yield Leftover("bureau", match.span(group), own[0])


def _other_years(view: str, span: Span, home: Home) -> Iterator[Leftover]:
    clause = view[slice(*span)]
    if _EARLIER.search(clause) or _EARLIER.search(home.project) or home.year is None:
        return
    for match in _YEAR.finditer(clause):
        group = next(number for number in (1, 2, 3) if match[number])
        if int(match[group]) < home.year and match[group] not in home.project:
            start = span[0] + match.start(group)
            yield Leftover("year", (start, start + len("2020年")), str(home.year))


@cache
def _bodies(kind: str) -> re.Pattern[str]:
    words = sorted(lexicon("bodies").words("kind", kind), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@cache
def _kept_running() -> re.Pattern[str]:
    return re.compile(_KEPT.replace("{body}", _bodies("bureau").pattern))


@lru_cache(maxsize=4096)
def _elsewhere(project: str) -> bool:
    """Tell whether a project's name gives a reason to speak of other places; firms and brands in it give none."""
    words = lexicon("partner-words")
    return any(words.rows[project[start:end]]["kind"] != "brand" for start, end in words.find(plain(project)))


def home_of(
    bodies: str,
    project: str,
    *,
    year: int | None = None,
    latest: int | None = None,
    others: frozenset[str] = frozenset(),
) -> Home:
    """Make the home of a text from plain views: the names of department, unit and title, one a line, and the project's.

    The home is known only where one of the bodies' names begins with a place; then every place named by body or project
    belongs, and so do `others`. The project's year is the one in its name, else `year`.
    """
    known = frozenset(place for line in bodies.splitlines() for place in opening_places(line))
    places = narrowest(known | all_places(bodies) | all_places(project) | others) if known else known
    named = years_in(project)
    return Home(places, bodies, project, max(named) if named else year, max((*named, year or 0, latest or 0)) or None)


def years_in(view: str) -> tuple[int, ...]:
    """Return the years from 2000 to 2099 that a plain view names."""
    return tuple(int(match[0]) for match in _IN_NAME.finditer(view))
