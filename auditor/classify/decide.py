"""The one decision on an indicator's class: certain names decide, elsewhere the model does, and it may abstain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from auditor.classify.certain import Certain, certain_class
from auditor.document import Indicator
from auditor.text import plain

if TYPE_CHECKING:
    from auditor.classify.model import ClassModel

SURE = 0.6
"""From this probability on a class may be named to people as the right one, if the one filed is not POSSIBLE."""

ABSTAIN = 0.4
"""Below this probability the best guess is no more than a guess: a person is needed."""

POSSIBLE = 0.1
"""A class with this probability is one a reviewer may well choose: filing there is no fault."""

CERTAIN = 0.99
"""Probability given to a class that the name settles (measured on the labelled corpus: see `auditor evaluate`)."""

KEPT = 200_000
"""Decisions kept for the next time; names repeat massively from table to table."""

Pair = tuple[str, str | None]

_HAN = re.compile(r"[\u4e00-\u9fff]")
_RESTATED = re.compile(r"^([^:：≥≤<>=\d]{4,30})[:：]\s*(\D{0,6}\d.*)$")
"""A target that spells out a measure of its own: 媒体宣传次数：≥80次."""

_AS_OF = re.compile(
    r"^(?:截至|截止)?20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?(?!\d|[前内底末初度]|以前|之前|完成|建成|竣工|交付|投入|开工|启动)(?=.{4})"
)
"""A date before a name that only says when something is counted: 2023年6月30日厂家库存."""

_MONEY = ("资金", "经费", "预算", "支出", "拨付", "支付", "专款", "报销", "款项", "拨款")
_SPENT = ("率", "进度", "及时", "合规", "执行", "到位", "使用情况", "支出情况", "使用规范", "使用效益", "专款专用")


@dataclass(frozen=True)
class Decision:
    """Where an indicator belongs.

    `probabilities` pairs every two-digit class of the `coded` taxonomy with its probability (0–1, sum 1), most probable
    first. `decided_by` says whether the name alone settled it (`rule`) or the model weighed words. `because` are the
    pieces of name and value that decided.
    """

    name: str
    value: str | None
    probabilities: tuple[tuple[str, float], ...]
    decided_by: Literal["rule", "model"]
    certain: Certain | None = None

    @property
    def code(self) -> str:
        """The best guess, also where it abstains."""
        return self.probabilities[0][0]

    @property
    def probability(self) -> float:
        """Of the best guess."""
        return self.probabilities[0][1]

    @property
    def meant(self) -> str:
        """The name that was weighed: the indicator's own without an as-of date, or the measure that its target spells out."""
        return self.name if self.certain else _as_meant((self.name, self.value))[0]

    @property
    def abstained(self) -> bool:
        """Whether a person is needed: the guess is weak, or the name holds no Chinese word to go by."""
        return self.probability < ABSTAIN or not _HAN.search(self.name)

    @property
    def sure(self) -> bool:
        """Whether the class may be named to people as the right one."""
        return self.probability >= SURE and not self.abstained

    @cached_property
    def because(self) -> tuple[str, ...]:
        """The pieces of name and value that decided, most telling first; found only when somebody asks."""
        if self.certain:
            return (self.certain.word,)
        return _model().because(*_as_meant((self.name, self.value)), self.code)

    def chance(self, codes: Iterable[str]) -> float:
        """Return the probability that the indicator belongs to one of `codes`."""
        wanted = frozenset(codes)
        return sum(probability for code, probability in self.probabilities if code in wanted)

    def accepts(self, code: str) -> bool:
        """Tell whether filing under `code` is right or at least defensible."""
        if code == self.code or (self.certain and code in self.certain.also):
            return True
        return self.certain is None and self.chance((code,)) >= POSSIBLE

    @property
    def is_money_handling(self) -> bool:
        """Whether the indicator measures how money was spent or handled, not what came of it."""
        if self.certain and self.certain.topic:
            return self.certain.topic == "money"
        name = plain(self.name).text
        return (
            self.code in ("12", "13", "14")
            and any(word in name for word in _MONEY)
            and any(word in name for word in _SPENT)
        )


_known: dict[Pair, Decision] = {}


def _model() -> ClassModel:
    """Load the model when the first name has to be weighed: it brings numpy with it."""
    from auditor.classify.model import load_model

    return load_model()


def decide(name: str, value: str | None = None) -> Decision:
    """Decide one indicator by its name and its target as written. Never raises: odd input gets an unsure answer."""
    return decide_many([(name, value)])[0]


def judged_pair(indicator: Indicator) -> Pair:
    """Return the name of an indicator and the target that is judged, as written."""
    target = indicator.annual_target or indicator.cycle_target
    return indicator.name.text, target.text if target else None


def model_digest() -> str:
    """Return the digest of the model's files, which names the model in a report."""
    return _model().digest


def decide_many(pairs: Sequence[Pair]) -> list[Decision]:
    """Decide many indicators in one matrix product; repeated pairs cost nothing."""
    new = list(dict.fromkeys(pair for pair in pairs if pair not in _known))
    if len(_known) + len(new) > KEPT:
        _known.clear()
        new = list(dict.fromkeys(pairs))
    settled = {pair: found for pair in new if (found := certain_class(pair[0]))}
    weighed = [pair for pair in new if pair not in settled]
    _known.update((pair, _from_certain(pair, found)) for pair, found in settled.items())
    _known.update(zip(weighed, _from_model(weighed), strict=True))
    return [_known[pair] for pair in pairs]


def _from_certain(pair: Pair, found: Certain) -> Decision:
    """Give the settled class nearly all, and those a reviewer would also accept the rest."""
    others = [code for code in _model().classes if code != found.code]
    favoured = found.also or tuple(others)
    rest = [(code, (1 - CERTAIN) / len(favoured) if code in favoured else 0.0) for code in others]
    ranked = sorted(rest, key=lambda item: (-item[1], item[0]))
    return Decision(*pair, ((found.code, CERTAIN), *ranked), "rule", found)


def _as_meant(pair: Pair) -> Pair:
    """Take the measure that a target spells out for the indicator's name: that is what will be counted in the end.

    A date before the name says as of when, not by when, and is left out.
    """
    found = _RESTATED.match(pair[1]) if pair[1] else None
    return (found[1], found[2]) if found else (_AS_OF.sub("", pair[0]), pair[1])


def _from_model(pairs: Sequence[Pair]) -> Iterable[Decision]:
    if not pairs:
        return
    model = _model()
    meant = [_as_meant(pair) for pair in pairs]
    for pair, row in zip(pairs, model.probabilities(meant).tolist(), strict=True):
        ranked = sorted(zip(model.classes, row, strict=True), key=lambda item: (-item[1], item[0]))
        yield Decision(*pair, tuple(ranked), "model")
