"""What a project's name says once document numbers, amounts, years, places, payers and tranches are off."""

from __future__ import annotations

import re
from functools import lru_cache

from auditor.relevance.terms import STRONG, read, sector_terms
from auditor.text import plain

_NUMBER = r"[0-9〇零一二三四五六七八九十百]+"
_NOISE = (
    r"#[^#]*\d{4}[^#]*(?:#|$)|#",  # #某财教〔2024〕5号-某县
    r"[\u4e00-\u9fff×xX*]{1,6}\[\d{4}\]\d*号(?:-[\u4e00-\u9fff]{2,4}[省市区县镇乡旗])?",  # 某财教〔2024〕5号-某县
    r"\(?(?:19|20)\d{2}(?:年度?|学年)?(?:[-~至](?:19|20)?\d{2}(?:年度?|学年)?)?\)?",
    rf"第{_NUMBER}(?:批次?|期|季度|阶段|笔|次)",
    r"[上下]半年|[一二三四]季度|续建|跨年度?",
    r"\d+(?:\.\d+)?(?:万|亿)?元",
    r"清算资金|结算资金|清算|结算|尾款|预拨资金|预拨|提前下达|提前批|追加下达|追加|下达|拨入|拨付|配套资金",
    r"(?:中央|国家|省|市|区|县|上级)(?:财政|级)?(?:专项|补助|配套|转移支付)(?:资金|经费)?",
    r"\([^()]{0,12}(?:批|标段|期|级|配套[^()]*)\)|\([一二三四五六七八九十]\)",
)
_TAKE_OFF = re.compile("|".join(f"(?:{pattern})" for pattern in _NOISE))
_PLACE = re.compile(
    r"^(?:[x×*某]+|[\u4e00-\u9fff]{2,4}?)(?:自治区|自治州|自治县|新区|街道|[省市区县镇乡旗村])"
    r"(?=[\u4e00-\u9fff]{3})(?![级域际界长委政属内外本辖落庄民务医容场])",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(
    r"(?:小|社|园|校|景|库|灾|山|地|城|辖|片|街|发|林|矿|港|牧|禁|疫|示范|保护|试验|功能|老|新|全|各|我|本)区$"
    r"|(?:城|超|集|夜|上|农贸|股|全|各|本|我|门)市$|(?:乡|农|行政|全|各|驻|示范|美丽|贫困)[村镇]$|城乡$|(?:全|各|本|我)[省县]$"
)


_BODY = re.compile(
    r"^[\u4e00-\u9fff]{1,14}?(?:管理局|局|委员会|办公室|厅|管委会|总队|支队|(?:服务|促进|事务|发展|保障|管理)中心)(?:机关|本级)?(?=[ \u4e00-\u9fff]{4})"
)


def _speaks(text: str) -> bool:
    """Tell whether words of a list other than places stand in what looks like a place's name."""
    return any(hit.kind != "place" for hit in read(text).hits)


@lru_cache(maxsize=65536)
def core(name: str) -> str:
    """Return the plain view of a name without its additions; blanks stand where something was taken off."""
    view = _TAKE_OFF.sub(" ", plain(name).text)
    stripped = view.strip(" -_·、,()")
    while found := _PLACE.match(stripped):
        if _NO_PLACE.search(found[0]) or _speaks(found[0][:-1]):
            break
        stripped = stripped[found.end() :].strip(" -_·、,()")
    return _without_body(stripped)


def _without_body(view: str) -> str:
    """Take off the body in front, as long as a term of the rest shows what is done: 某局信息化运维 is 信息化运维."""
    found = _BODY.match(view)
    if found and any(
        strength >= STRONG for word in _terms(view[found.end() :]) for _, strength in sector_terms()[word]
    ):
        return view[found.end() :].strip(" -_·、,()")
    return view


def _terms(text: str) -> set[str]:
    return {hit.word for hit in read(text).terms}
