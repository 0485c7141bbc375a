"""Whether an indicator holds one measure, and whether its target speaks of what its name names."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from auditor.claim import Claim
from auditor.lexicon import lexicon
from auditor.quantity import COUNTABLE
from auditor.text import plain

_JOINTS = re.compile(r"[、,]|和|与|及|以及|并")
_HEAD = re.compile(r"(?:数量|数|量|率|额|面积|次数|人数|金额|比例|比重)$")
_TAIL = re.compile(r"(?:等(?:各项|各类|相关)?(?:工作|任务|事项|活动)?.*|的.*)$")
_BRACKETS = re.compile(r"\(.*?\)")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TOPIC_NOISE = re.compile(
    r"每年|全年|年度|本年|当年|期间|以上|以下|不少于|不低于|至少|组织|开展|举办|完成|实施|促进|推动|参加|参与|新增|累计|达到|进行"
    r"|活动|工作|任务|项目|情况|数量|次数|人数|场次|总数|数|量|次|率|个|及时性|有效性|规范性"
)
LEAST_TOPIC = 2
"""Fewer characters of its own say nothing about what a phrase speaks of."""


@lru_cache(maxsize=65536)
def measures_in_name(name: str) -> tuple[str, ...]:
    """Return the actions or figures that one name joins, where it joins more than one; else nothing.

    认定、评审、资助完成率 joins three actions; 粤港、粤澳交流活动 has two places and one measure. A survey may ask of
    several things at once, so names of satisfaction are never taken apart.
    """
    view = _BRACKETS.sub("", plain(name).text)
    if "满意" in view:
        return ()
    parts = [part for part in _JOINTS.split(view) if part]
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
    if target.relation == "recipients" and (target.of("money") or not _divided(claim.text)):
        return ()
    return tuple(claim.text[slice(*quantity.span)] for quantity in target.quantities)


def _divided(text: str) -> bool:
    return bool(re.search(r"[；;。]", text.rstrip("；;。")))


def topic(text: str) -> set[str]:
    """Return the characters that tell what a phrase speaks of, words of measuring and doing left out."""
    return set(_HAN.findall(_TOPIC_NOISE.sub("", plain(text).text)))


def names_nothing_to_count(claim: Claim) -> bool:
    """Tell whether a count has no object, neither in the name nor in the target: 活动次数 of not less than 1次."""
    counted = claim.is_numeric and claim.measure.dimension in COUNTABLE
    return counted and not topic(claim.name) and not topic(claim.measure.object or "")


def speaks_of_another_thing(claim: Claim) -> str | None:
    """Return the phrase of the target that names another thing than the indicator does, None where it does not.

    A phrase is only held against the name when both have a topic of their own and share no character of it.
    """
    said = claim.measure.object
    if not said or not claim.is_numeric or claim.fit in ("rate_with_amount", "other"):
        return None
    named, stated = topic(claim.name), topic(said)
    if len(stated) < LEAST_TOPIC:
        return None
    if "state" in claim.expectation.dimensions and claim.measure.dimension not in ("ratio", "score"):
        return said
    if len(named) < LEAST_TOPIC or named & stated:
        return None
    return said
