"""Whether an indicator holds one measure, and whether its target speaks of what its name names."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from auditor.claim import PHYSICAL, Claim
from auditor.lexicon import lexicon
from auditor.quantity import COUNTABLE
from auditor.text import plain

_JOINTS = re.compile(r"[、,]|和|与|及|以及|并")
_MEASURE = re.compile(r".{2,}(?:率|比例|比重|数量|人数|次数|户数|面积|里程|长度|金额|产量|销量|总量|投诉量|访问量)$")
_HEAD = re.compile(r"(?:数量|数|量|额|面积|次数|人数|金额)?(?:(?:增长|提高|下降|上升|完成)?(?:率|比例|比重|幅度?))?$")
_TAIL = re.compile(r"(?:等(?:各项|各类|相关)?(?:工作|任务|事项|活动)?.*|的.*)$")
_STOP = re.compile(r"[；;。]")
_PAUSE = re.compile(r"[；;。，,、]")
_STAGES = re.compile(r"\d月|季度|上半年|年底|第[一二三四]")
_BRACKETS = re.compile(r"\(.*?\)")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TOPIC_NOISE = re.compile(
    r"平均|人均|较上年|同比|每周|每月|每季度?|减少|增加|降低|下降|提高|每年|全年|年度|本年|当年|期间|以上|以下|不少于|不低于|至少|组织|开展|举办|完成|实施|促进|推动|参加|参与|新增|累计|达到|进行"
    r"|活动|工作|任务|项目|情况|数量|次数|人数|场次|总数|数|量|次|率|个|及时性|有效性|规范性"
)
_ONE_KIND = re.compile(r"(?:活动|业务|事项)(?:数量|次数|场次|场数|批次|数|率)?$")
_COUNTS = re.compile(r"(?:数量|个数|次数|人数|户数|家数|场次|数|量)(?:\(.*?\))?$")
_MANNER = re.compile(r"性(?:\(.*?\))?$")
LEAST_TOPIC = 2
"""Fewer characters of its own say nothing about what a phrase speaks of."""


@lru_cache(maxsize=65536)
def measures_in_name(name: str) -> tuple[str, ...]:
    """Return the actions or figures that one name joins, where it joins more than one; else nothing.

    认定、评审、资助完成率 joins three actions; 粤港、粤澳交流活动 has two places and one measure. A survey may ask of
    several things at once, so names of satisfaction are never taken apart; 考察及接待活动 is one kind of activity.
    """
    view = _BRACKETS.sub("", plain(name).text)
    if "满意" in view or _ONE_KIND.search(view):
        return ()
    parts = [part for part in _JOINTS.split(view) if part]
    if sum(bool(_MEASURE.fullmatch(part)) for part in parts) > 1:
        return tuple(part for part in parts if _MEASURE.fullmatch(part))
    actions = lexicon("action-words")
    found: list[str] = []
    for at, part in enumerate(parts):
        stem = _HEAD.sub("", _TAIL.sub("", part)) if at == len(parts) - 1 else _HEAD.sub("", part)
        word = next((word for word in actions.rows if stem.endswith(word)), None)
        word = word or (next((word for word in actions.rows if part.startswith(word)), None) if at else None)
        found.append(word or "")
    neighbours = any(word and other for word, other in pairwise(found))
    run = dict.fromkeys(word for word in found if word)
    return tuple(run) if neighbours and len(run) > 1 else ()


def measures_in_target(claim: Claim) -> tuple[str, ...]:
    """Return the measures of a target that states more than one; amounts for several recipients are one measure."""
    target = claim.target
    if target.relation not in ("measures", "recipients") or len(target.quantities) < 2:
        return ()
    if target.relation == "recipients" and (target.of("money") or not _STOP.search(claim.text.rstrip("；;。"))):
        return ()
    stated = [one for one in target.quantities if one.dimension not in ("date", "duration", "state", "grade", None)]
    stages = len({one.dimension for one in stated}) == 1 and bool(_STAGES.search(claim.text))
    if not _PAUSE.search(claim.text) or len(stated) < 2 or stages:
        return ()
    return tuple(claim.text[slice(*quantity.span)] for quantity in target.quantities)


def topic(text: str) -> set[str]:
    """Return the characters that tell what a phrase speaks of, words of measuring and doing left out."""
    return set(_HAN.findall(_TOPIC_NOISE.sub("", plain(text).text)))


def names_nothing_to_count(claim: Claim) -> bool:
    """Tell whether a count has no object, neither in the name nor in the target: 活动次数 of not less than 1次."""
    counted = claim.is_numeric and claim.measure.dimension in COUNTABLE
    return counted and not topic(claim.name) and not topic(claim.measure.object or "")


def speaks_of_another_thing(claim: Claim) -> str | None:
    """Return the phrase of the target that names another thing than the indicator does, None where it does not.

    Only the phrase around a count is held against the name, and only when both have a topic of their own and share no
    character of it: a name without a counting word (办公设备购置) may well be answered by what it consists of (电脑20台). A
    name that asks how something was done (及时性) is not answered by a count of another thing.
    """
    said = claim.measure.object
    if not said or not claim.is_numeric or claim.fit in ("rate_with_amount", "other") or measures_in_target(claim):
        return None
    counted = claim.measure.dimension in COUNTABLE | PHYSICAL
    named, stated = topic(claim.name), topic(said)
    if not counted or len(stated) < LEAST_TOPIC:
        return None
    if "state" in claim.expectation.dimensions:
        return said if _MANNER.search(plain(claim.name).text) else None
    names_a_count = bool(_COUNTS.search(plain(claim.name).text)) or bool(_COUNTS.search(plain(said).text))
    if not names_a_count or len(named) < LEAST_TOPIC or named & stated:
        return None
    return said
