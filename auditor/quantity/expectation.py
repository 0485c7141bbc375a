"""What the name of an indicator asks its value to be (`rules/lexicons/name-heads.csv`)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, cast

from auditor.bundled import resource
from auditor.quantity.amounts import measure_at
from auditor.quantity.model import DIMENSIONS, Dimension
from auditor.quantity.words import WordTable, read_rows
from auditor.text import Span, plain

Direction = Literal["more", "less"]

_COLUMNS = ("head", "position", "dimension", "unit", "direction", "relative", "note")
_BRACKET_AT_END = re.compile(r"[(\[]([^()\[\]]{1,12})[)\]]?[^\u4e00-\u9fffA-Za-z0-9]*\Z")
_UNIT_LABEL = re.compile(r"\A(?:单位|计量单位)?:?")
_LONGEST_NAME = 400


class Expectation(NamedTuple):
    """What a name implies; spans are 0-based half-open offsets into the name as written.

    `dimensions` are the kinds of value that fit, best first, empty where the name says nothing. `unit` is the one
    the name gives, in a trailing bracket (（亿美元）) or by its head (次数, 户数), with its scale; `unit_key` is that unit
    without scale and alias. `direction` is the better side, None where it depends. `head` is the word that decided.
    `is_relative` marks a change against a base (增长率).
    """

    dimensions: tuple[Dimension, ...] = ()
    unit: str | None = None
    unit_key: str | None = None
    unit_span: Span | None = None
    unit_in_bracket: bool = False
    direction: Direction | None = None
    head: str | None = None
    head_span: Span | None = None
    is_relative: bool = False


class Head(NamedTuple):
    """A row of the list of heads."""

    dimensions: tuple[Dimension, ...]
    unit: str
    direction: Direction | None
    is_relative: bool


def read_heads(path: Path) -> dict[str, dict[str, Head]]:
    """Read the heads by position: those that end a name (suffix), begin it (prefix) or may stand anywhere in it.

    Raises ValueError, with file and line, for an unknown position, dimension or direction and for repeats.
    """
    tables: dict[str, dict[str, Head]] = {"suffix": {}, "prefix": {}, "anywhere": {}}
    for line, row in read_rows(path, _COLUMNS):
        where = f"{path}:{line}"
        dimensions = tuple(part for part in row["dimension"].split(";") if part != "any")
        if row["position"] not in tables or row["direction"] not in ("more", "less", ""):
            raise ValueError(f"{where}: position is suffix, prefix or anywhere; direction is more, less or empty")
        if unknown := [part for part in dimensions if part not in DIMENSIONS]:
            raise ValueError(f"{where}: unknown dimension {unknown[0]!r}")
        word = plain(row["head"]).text
        if word in tables[row["position"]]:
            raise ValueError(f"{where}: {word!r} stands twice")
        direction = cast("Direction | None", row["direction"] or None)
        tables[row["position"]][word] = Head(
            cast("tuple[Dimension, ...]", dimensions), row["unit"], direction, bool(row["relative"])
        )
    return tables


_HEADS = read_heads(resource("rules/lexicons/name-heads.csv"))
_SUFFIXES, _ANYWHERE = _HEADS["suffix"], _HEADS["anywhere"]
_SUFFIX_WORDS = WordTable(_SUFFIXES)
_PREFIX_WORDS = WordTable(_HEADS["prefix"])
_ANYWHERE_WORD = re.compile("|".join(sorted(map(re.escape, _ANYWHERE), key=len, reverse=True)))


def read_name(name: str) -> Expectation:
    """Read what the name of an indicator implies about its value. Never raises."""
    return _remembered(name) if len(name) <= _LONGEST_NAME else _read(name)


def _read(name: str) -> Expectation:
    view = plain(name)
    text = view.text
    end = len(text)
    found = Expectation()
    bracket = _BRACKET_AT_END.search(text, max(0, end - 40))
    if bracket is not None:
        end = bracket.start()
        found = _with_bracket_unit(found, bracket)
    while end and not text[end - 1].isalnum() and text[end - 1] != "%":
        end -= 1
    head = _SUFFIX_WORDS.before(text, end)
    if head is not None:
        found = _with_head(found, head, (end - len(head), end))
    found = _with_hints(found, text, end)
    if found.direction == "less" and _PREFIX_WORDS.at(text, 0) is not None:
        found = found._replace(direction="more")  # 减少碳排放量: the more the better
    return found._replace(
        unit_span=view.span(*found.unit_span) if found.unit_span else None,
        head_span=view.span(*found.head_span) if found.head_span else None,
    )


_remembered = lru_cache(maxsize=16384)(_read)


def _with_bracket_unit(found: Expectation, bracket: re.Match[str]) -> Expectation:
    """Take the unit that a bracket at the end of the name names, and nothing else: （国家级） is no unit."""
    inner = bracket[1]
    start = (_UNIT_LABEL.match(inner) or bracket).end()
    measure = measure_at(inner + "\0\0", start)
    if measure.unit is None or measure.end < len(inner):
        return found
    span = bracket.start(1) + start, bracket.end(1)
    return found._replace(
        dimensions=(measure.unit.dimension,),
        unit=inner[start:],
        unit_key=measure.unit.key,
        unit_span=span,
        unit_in_bracket=True,
    )


def _with_head(found: Expectation, head: str, span: Span) -> Expectation:
    row = _SUFFIXES[head]
    found = found._replace(head=head, head_span=span, direction=row.direction, is_relative=row.is_relative)
    if found.unit_in_bracket:
        return found
    found = found._replace(dimensions=row.dimensions)
    if not row.unit:
        return found
    measure = measure_at(row.unit + "\0\0", 0)
    return found._replace(unit=row.unit, unit_key=measure.unit.key if measure.unit else row.unit, unit_span=span)


def _with_hints(found: Expectation, text: str, end: int) -> Expectation:
    """Let words inside the name decide what its head leaves open: 信访事项起数 is better low, 隐患整改数 high."""
    direction: Direction | None = None
    for match in _ANYWHERE_WORD.finditer(text, 0, end):
        row = _ANYWHERE[match[0]]
        if row.is_relative:
            found = found._replace(is_relative=True)
        if row.direction == "more" or (row.direction == "less" and direction is None):
            direction = row.direction
        if row.dimensions and not found.dimensions:
            found = found._replace(dimensions=row.dimensions)
        if found.head is None and row.direction is not None:
            found = found._replace(head=match[0], head_span=match.span())
    return found if found.direction is not None or direction is None else found._replace(direction=direction)
