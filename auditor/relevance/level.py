"""Whether a lower unit's text speaks as the unit above it: 我市 in a district's table, 我省 in a city's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from auditor.lexicon import lexicon
from auditor.text import Span, plain

_LEVELS = {"省": 4, "市": 3, "区": 2, "县": 2, "旗": 2, "镇": 1, "乡": 1, "街道": 1}
_ENGLISH = {4: "province", 3: "city", 2: "district or county", 1: "township"}
_CHINESE = {4: "省级", 3: "市级", 2: "区县级", 1: "镇街级"}
_OF_TABLE = {"province": 4, "prefecture": 3, "county": 2}
_MINE = re.compile(r"(?:我|本)(省|市|县|区(?!域))")
_QUOTED = re.compile(r"《[^》]*》|\"[^\"]*\"")
_LOWER = re.compile(r"[\u4e00-\u9fff]{2,6}?(街道|[镇乡])(?:人民政府|政府|党委|办事处|财政所|中心|$)")


@dataclass(frozen=True)
class UpperWord:
    """A phrase that names the writer's own area one level or more too high; span in the text as written."""

    span: Span
    level: str
    level_en: str
    own: str


def upper_words(text: str, bodies: Iterable[str | None]) -> Iterator[UpperWord]:
    """Yield the phrases of `text` that speak as a level above that of `bodies` (unit, department, title)."""
    own = own_level(tuple(body for body in bodies if body))
    if own is None:
        return
    view = plain(text)
    quoted = [match.span() for match in _QUOTED.finditer(view.text)]
    for match in _MINE.finditer(view.text):
        level = _LEVELS[match[1]]
        if level > own and not any(start <= match.start() < end for start, end in quoted):
            yield UpperWord(view.span(*match.span()), _CHINESE[level], _ENGLISH[level], _CHINESE[own])


@lru_cache(maxsize=1024)
def own_level(bodies: tuple[str, ...]) -> int | None:
    """Return the level of the first body that tells one: 4 province, 3 city, 2 district or county, 1 township.

    A county-level city calls itself 市, and a municipality has no province: both count as the higher of the two.
    """
    for body in bodies:
        level = _level(plain(body).text)
        if level is not None:
            return level
    return None


def _level(body: str) -> int | None:
    places = lexicon("places")
    rest, level = body, None
    while found := places.opening(rest):
        row = places.rows[found]
        level = _OF_TABLE.get(row["level"], level)
        if row["level"] == "province" and found.endswith("市"):
            level = 4
        if row["level"] == "county" and found.endswith("市"):
            level = 3
        rest = rest[len(found) :]
    if level is not None and _LOWER.match(rest):
        return 1
    return level
