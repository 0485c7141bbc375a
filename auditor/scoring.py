"""How measurable an indicator is: a level from 0 to 4 and a score from 0 to 100 made of parts that anybody can see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from auditor.claim import Claim, claim_of, judged
from auditor.document import Indicator
from auditor.lexicon import lexicon
from auditor.measures import (
    measures_in_name,
    measures_in_target,
    names_nothing_to_count,
    speaks_of_another_thing,
)
from auditor.outcome import IndicatorScore, ReadTarget, ScoredPart
from auditor.profile import Profile
from auditor.text import Span, plain
from auditor.wording import Wording

PartName = Literal["quantity", "unit", "comparator", "fits_name", "object", "base"]
_ONLY_DEGREE = re.compile(r"[^\u4e00-\u9fff]")
_PROMPT = re.compile(r"\((?:建议|示例|选填|请填)[^()]*\)")
_BASE = re.compile(r"上年|去年|同期|同比|环比|基期|较|年均|比\d{4}|\d{4}年|上季度|上月")
_PROPERTY = frozenset({"安全", "健全", "规范", "完整", "稳定", "良好", "合理", "满意", "有序", "完善"})


@dataclass(frozen=True)
class ScorePart:
    """One visible part of the score: met (1), half met (0.5), not met (0) or not asked for here (None), and why."""

    name: PartName
    value: float | None
    reason: Wording
    span: Span | None = None


@dataclass(frozen=True)
class Measurability:
    """Level and score of one indicator with the parts behind them; `target` is the claim that was judged."""

    level: int
    score: int
    parts: tuple[ScorePart, ...]
    claim: Claim | None

    def part(self, name: PartName) -> bool | None:
        """Return whether a part is met; None where it does not apply."""
        value = next((part.value for part in self.parts if part.name == name), None)
        return None if value is None else value > 0


def measurability(indicator: Indicator, profile: Profile) -> Measurability:
    """Score one indicator by its annual target, or its cycle target where the form has no other."""
    claim = claim_of(indicator)
    if claim is None:
        empty = ScorePart("quantity", 0.0, Wording("指标值空缺", "the target is empty"))
        return Measurability(0, 0, (empty,), None)
    parts = _parts(claim)
    noisy = _noisy(indicator)
    return Measurability(level(claim, noisy=noisy), _score(parts, dict(profile.measurability)), parts, claim)


def _noisy(indicator: Indicator) -> bool:
    """Tell whether words of the template stand in the name or in one of the targets."""
    targets = (judged(indicator), indicator.cycle_target)
    label = any(target and re.match(r"(?:标准|指标值|目标值)[:：]", target.text) for target in targets)
    return bool(_PROMPT.search(indicator.name.plain.text)) or label


def level(claim: Claim, *, noisy: bool = False) -> int:
    """Return the level as the contract defines it.

    4 one clear quantity, unit known, clear when met, fits the name; 3 one small lack; 2 object, unit or base unclear, or a
    state that is there or not; 1 words with an anchor; 0 no way to check.
    """
    if not claim.is_numeric:
        return 2 if claim.is_state else 1 if _is_anchored(claim) else 0
    unclear = (
        claim.fit in ("rate_with_amount", "other"),
        speaks_of_another_thing(claim) is not None,
        bool(measures_in_target(claim)),
        claim.has_abstract_name,
        names_nothing_to_count(claim),
        "state" in claim.expectation.dimensions,
    )
    if any(unclear):
        return 2
    lacks = (
        claim.lacks_unit,
        not claim.is_exact,
        claim.has_extra_words,
        claim.has_half_unit,
        claim.asks_for_no_rate,
        bool(measures_in_name(claim.name)),
        noisy,
    )
    return 4 if not any(lacks) else 3 if sum(lacks) < 3 else 2


def _is_anchored(claim: Claim) -> bool:
    """Tell words about a named thing (a person could argue about them) from bare degree words and slogans."""
    words = lexicon("vague-words")
    view = plain(claim.text)
    if any(words.rows[view.text[start:end]]["kind"] == "slogan" for start, end in words.find(view)):
        return False
    bare = _ONLY_DEGREE.sub("", view.text)
    if bare in _PROPERTY:
        return True
    for start, end in reversed(words.find(view)):
        bare = bare.replace(view.text[start:end], "")
    return len([char for char in bare if char not in claim.name]) >= 3


def _parts(claim: Claim) -> tuple[ScorePart, ...]:
    return (_quantity(claim), _unit(claim), _comparator(claim), _fits(claim), _object(claim), _base(claim))


def _quantity(claim: Claim) -> ScorePart:
    if claim.is_numeric:
        return ScorePart("quantity", 1.0, Wording("有明确的数值", "states a number"), claim.measure.span_of("number"))
    if claim.is_state:
        return ScorePart(
            "quantity",
            0.5,
            Wording("是可核对的状态，没有数值", "a state that can be checked, no number"),
            claim.measure.span,
        )
    return ScorePart("quantity", 0.0, Wording("没有数值，也没有可核对的状态", "neither a number nor a state to check"))


def _unit(claim: Claim) -> ScorePart:
    if not claim.is_numeric:
        return ScorePart("unit", None, Wording("没有数值，不涉及单位", "no number, so no unit"))
    if claim.lacks_unit:
        return ScorePart("unit", 0.0, Wording("数值没有单位，名称也没有给出", "no unit, and the name gives none"))
    if claim.has_half_unit:
        return ScorePart("unit", 0.5, Wording("单位不完整", "the unit is incomplete"), claim.measure.span_of("unit"))
    return ScorePart("unit", 1.0, Wording("单位明确", "the unit is clear"), claim.measure.span_of("unit"))


def _comparator(claim: Claim) -> ScorePart:
    if not claim.is_numeric:
        return ScorePart("comparator", None, Wording("没有数值，不涉及比较关系", "no number, so nothing to compare"))
    if not claim.is_exact:
        return ScorePart(
            "comparator", 0.0, Wording("没有说明是“不低于”还是“不高于”", "does not say at least or at most")
        )
    return ScorePart(
        "comparator",
        1.0,
        Wording("达标与否界限清楚", "it is clear when it is met"),
        claim.measure.span_of("comparator"),
    )


def _fits(claim: Claim) -> ScorePart:
    if not claim.is_numeric and claim.fit == "unknown":
        return ScorePart("fits_name", None, Wording("无从判断", "cannot be told"))
    if claim.fit in ("rate_with_amount", "other"):
        return ScorePart(
            "fits_name", 0.0, Wording("指标值的类型与名称不符", "another kind of value than the name asks for")
        )
    return ScorePart("fits_name", 1.0, Wording("指标值与名称相符", "the value fits the name"))


def _object(claim: Claim) -> ScorePart:
    other = speaks_of_another_thing(claim)
    if other or claim.has_abstract_name or names_nothing_to_count(claim):
        return ScorePart("object", 0.0, Wording("衡量的对象不清楚", "what is measured is unclear"))
    if measures_in_name(claim.name) or measures_in_target(claim):
        return ScorePart("object", 0.5, Wording("一条指标里有几个对象", "several things in one indicator"))
    if not claim.is_numeric and not claim.is_state and not _is_anchored(claim):
        return ScorePart("object", 0.0, Wording("没有指明对象", "names nothing"))
    return ScorePart("object", 1.0, Wording("衡量的对象清楚", "what is measured is clear"))


def _base(claim: Claim) -> ScorePart:
    if not claim.is_relative:
        return ScorePart("base", None, Wording("不是与基期比较的指标", "not a change against a base"))
    known = bool(_BASE.search(claim.text) or _BASE.search(claim.name))
    if known:
        return ScorePart("base", 1.0, Wording("写明了与什么时候相比", "says against when"))
    return ScorePart("base", 0.0, Wording("没有写明与什么时候相比", "does not say against when"))


def _score(parts: Sequence[ScorePart], weights: dict[str, float]) -> int:
    """Return the weighted share of the parts that apply, 0–100; without quantity nothing else can save a target."""
    asked = [(weights[part.name], part.value) for part in parts if part.value is not None]
    total = sum(weight for weight, _ in asked)
    return round(100 * sum(weight * value for weight, value in asked) / total) if total else 0


def indicator_score(indicator: Indicator, profile: Profile) -> IndicatorScore:
    """Return what a report says of one indicator: filed class, level, score, parts and the quantity that was read."""
    found = measurability(indicator, profile)
    main = found.claim.measure if found.claim else None
    target = ReadTarget(main.comparator, main.value, main.upper, main.unit, main.dimension) if main else None
    parts = tuple(
        ScoredPart(part.name, None if part.value is None else part.value > 0, part.reason, part.span)
        for part in found.parts
    )
    return IndicatorScore(profile.taxonomy.filed(indicator), found.level, found.score, parts, target)
