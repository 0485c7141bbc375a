"""The programme behind a project's name: what remains when year, document number, tranche, payer and district are off.

Tranches, district shares and successive years of one programme repeat their texts for good reason (DOMAIN: legitimate
repetition); the name tells them from copies. The verdict on two names depends on those two names alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from auditor.lexicon import lexicon
from auditor.text import plain

LEAST_ALIKE = 85.0
"""Least rapidfuzz ratio of two programme names, district and years off, that counts as one programme."""

LEAST_LENGTH = 4
"""Shorter names say too little to be near one another; they must be equal."""

_NUMBER = r"[0-9〇零一二三四五六七八九十百]+"
_NOISE = (
    r"#[^#]*\d{4}[^#]*|#",  # #财教〔2024〕5号-某县
    r"[\u4e00-\u9fff]{1,10}\[\d{4}\]\d+号",  # 财教〔2024〕5号
    r"\(?(?:19|20)\d{2}(?:年度?)?(?:[-~至](?:19|20)?\d{2}(?:年度?)?)?\)?(?:学年|财年)?",
    rf"第{_NUMBER}(?:批次?|期|季度|阶段|笔|次)",
    r"[上下]半年|[一二三四]季度|续建|跨年度?",
    r"\([^()]*(?:清算|结算|尾款|预拨|续建|配套资金)[^()]*\)",
    r"清算资金|结算资金|清算|结算|尾款|预拨资金|预拨|提前下达|提前批|追加下达|追加|下达|拨入|拨付|补助资金|配套资金|(?:省|市|区|县|中央)级?配套",
)
_TAKE_OFF = re.compile("|".join(f"(?:{pattern})" for pattern in _NOISE))
_PAYER = re.compile(
    r"^(?:中央财政|中央|国家级?|省级?|市级?|区级?|县级?|上级)(?:财政)?(?=[^\u4e00-\u9fff]|[\u4e00-\u9fff]{3})"
)
_DISTRICT = re.compile(r"[\u4e00-\u9fff]{2,4}?(?:自治区|自治州|自治县|新区|街道|[省市区县镇乡])")
_SHARE = re.compile(r"[-(]([\u4e00-\u9fff]{2,8}(?:[省市区县镇乡旗州]|街道))\)?$")
_SERIES = frozenset("0123456789一二三四五六七八九十东西南北中上下前后甲乙丙丁ABCDEFGH")
_SERIAL = re.compile(r"[-_(\[]*[0-9]+[)\]]*$")
_PUNCTUATION = re.compile(r"[()\[\]{}<>《》\"'“”·,，、.。:：;；\-_ ]")


@lru_cache(maxsize=65536)
def programme(name: str) -> str:
    """Return the programme's name inside a project's name; '' where nothing but such additions stands there."""
    view = _TAKE_OFF.sub("", plain(name).text)
    view = _without_share(view)
    view = _without_places(view)
    view = _PAYER.sub("", _SERIAL.sub("", view))
    return _PUNCTUATION.sub("", view)


def _without_share(view: str) -> str:
    """Take off the district behind a name, as in 补助资金-某县 or 补助资金(某区)."""
    found = _SHARE.search(view)
    if not found or found[1][-2:] in lexicon("not-places") or found.start() < LEAST_LENGTH:
        return view
    return view[: found.start()]


def _without_places(view: str) -> str:
    """Take off the places and bodies in front of a name, as long as something is left."""
    places = lexicon("places")
    while True:
        stripped = view.lstrip("-_·、,()")
        guessed = _DISTRICT.match(stripped)
        found = places.opening(stripped) or (guessed[0] if guessed else "")
        if not found or found[-2:] in lexicon("not-places") or len(stripped) - len(found) < LEAST_LENGTH:
            return stripped
        view = stripped[len(found) :]


@lru_cache(maxsize=262144)
def same_programme(a: str, b: str) -> bool:
    """Tell whether two project names name one programme: equal or near once the additions are off."""
    if plain(a).text == plain(b).text:
        return True
    first, second = programme(a), programme(b)
    if not first or not second:
        return False
    if first == second:
        return True
    if min(len(first), len(second)) < LEAST_LENGTH:
        return False
    return fuzz.ratio(first, second) >= LEAST_ALIKE and not _another_word(first, second)


def _another_word(first: str, second: str) -> bool:
    """Tell whether part of one name is exchanged for another part: 体育器材 and 音乐器材 are two programmes.

    Parts that only number or place a member of a series (一/二, 东/西, A/B) may be exchanged.
    """
    blocks = Levenshtein.opcodes(first, second).as_matching_blocks()
    a = b = 0
    for block in blocks:
        left, right = first[a : block.a], second[b : block.b]
        if left and right and not set(left + right) <= _SERIES:
            return True
        a, b = block.a + block.size, block.b + block.size
    return False
