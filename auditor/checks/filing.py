"""Where an indicator belongs, against where it is filed. At most one of T501 > T506 > T505 > T503 speaks of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Literal, NamedTuple

from auditor.checks.taxonomy import as_filed, codes_conflict
from auditor.claim import read_claim
from auditor.classify import Decision, decide, judged_pair
from auditor.document import Indicator
from auditor.finding import Evidence, Mark, Subject
from auditor.lexicon import lexicon
from auditor.profile import Profile
from auditor.quantity import COUNTABLE
from auditor.text import plain
from auditor.wording import Wording

Fault = Literal["satisfaction", "spending", "misfiled"]

_HAN = re.compile(r"[\u4e00-\u9fff]")
"""Fewer than two different characters name nothing."""

BENEFITS = ("21", "22", "23", "24")
NEIGHBOURS = frozenset(("21", "22", "24"))
"""Benefits that reviewers take one for another (the saving of a firm, the lasting service): filing in either is no fault
unless the name settles the class."""

LIKELY = 0.5
"""Probability from which a class is named where the one filed is ruled out."""

RULED_OUT = 0.02
"""A class less probable than this is not what the indicator belongs to, whatever it does belong to."""

OUTPUT_AMOUNTS = frozenset(("11", "12"))
"""How much of what was planned was delivered (完成率, 覆盖率): the national framework counts it, many bodies grade it."""

_ELSEWHERE = Wording("同一指标填在别类之处", "the same indicator filed under another class")


class Filing(NamedTuple):
    """A fault of filing: which, under which class it stands, and the decision that says otherwise."""

    fault: Fault
    filed: str
    decision: Decision


def decided(indicator: Indicator) -> Decision:
    """Return the decision on an indicator, by its name and the target that is judged."""
    return decide(*judged_pair(indicator))


def filing(subject: Subject, profile: Profile) -> Filing | None:
    """Return what is wrong with the class an indicator is filed under, None where nothing is or nobody can tell."""
    indicator = subject.indicator
    if indicator is None or len(set(_HAN.findall(indicator.name.text))) < 2:
        return None
    filed = profile.taxonomy.filed(indicator)
    if filed is None or any(codes_conflict(subject, profile)):
        return None
    decision = decided(indicator)
    if stands(decision, filed, profile):
        return None
    if "31" in (filed, decision.code):
        return Filing("satisfaction", filed, decision)
    if filed in BENEFITS and decision.is_money_handling:
        return Filing("spending", filed, decision)
    return Filing("misfiled", filed, decision)


def stands(decision: Decision, filed: str, profile: Profile) -> bool:
    """Tell whether the class filed may stand: it is right, or defensible, or nobody can tell for sure.

    Where the model wavers between others, the one filed may still be ruled out.
    """
    ruled_out = decision.probability >= LIKELY and decision.chance((filed,)) < RULED_OUT
    return decision.abstained or not (decision.sure or ruled_out) or _accepted(decision, filed, profile)


def _accepted(decision: Decision, filed: str, profile: Profile) -> bool:
    """Tell whether the class filed is defensible; the 101 edition folds lasting effects into the other benefits."""
    if decision.accepts(filed) or (filed in BENEFITS and may_be_benefit(decision)):
        return True
    if {filed, decision.code} <= NEIGHBOURS and not decision.certain:
        return True
    if {filed, decision.code} <= OUTPUT_AMOUNTS and _is_planned_share(decision):
        return True
    return profile.name == "mof-2021-101" and decision.code == "24" and filed in BENEFITS


def _is_planned_share(decision: Decision) -> bool:
    """Tell whether the indicator says which share of the plan was delivered; a target that counts says how much."""
    counts = decision.value is not None and read_claim(decision.name, decision.value).measure.dimension in COUNTABLE
    return not counts and bool(lexicon("planned-shares").find(plain(decision.meant)))


def may_be_benefit(decision: Decision) -> bool:
    """Tell whether an output may as well be read as its effect: whom it reached, or what became better or rarer by it.

    Reviewers differ on these (学员合格率, 恢复灌溉面积), so filing them as a benefit is no fault. What the name settles, time, cost and
    money handling are never effects.
    """
    if decision.certain or decision.is_money_handling:
        return False
    return decision.code in ("11", "12") and bool(lexicon("benefit-signs").find(plain(decision.meant)))


def misfiled(subject: Subject, profile: Profile, *, fault: str) -> Iterator[Mark]:
    """Mark an indicator that belongs to another class, where the fault is of the kind `fault`.

    Kinds: `satisfaction` (satisfaction outside 满意度, or something else inside it), `spending` (how money was handled,
    filed as benefit), `misfiled` (anything else). The score is the probability of the class named.
    """
    found = filing(subject, profile)
    indicator = subject.indicator
    if found is None or indicator is None or found.fault != fault:
        return
    decision = found.decision
    because = "、".join(f"“{word}”" for word in decision.because)
    values = {
        "indicator": indicator.name.text,
        "filed": class_name(profile, found.filed),
        "right": class_name(profile, decision.code),
        "percent": min(99, round(100 * decision.probability)),
        "because": because,
    }
    at = Subject(subject.document, subject.project, indicator, indicator.level2 or indicator.name, "indicator.level2")
    inside = fault == "satisfaction" and found.filed == "31"
    quote = as_filed(indicator) or indicator.name.text
    yield Mark(at, None, values, (), "inside" if inside else None, round(decision.probability, 2), quote)


def class_name(profile: Profile, code: str) -> str:
    """Return a class as people of this edition write it, such as `12-质量指标`."""
    found = next((one for one in profile.taxonomy.classes if one.level == 2 and one.coded == code), None)
    if found is None:
        return code
    return f"{found.code}-{found.name}" if found.code else found.name


def filed_differently(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark, once for each name, an indicator that one document files under different classes.

    The mark stands on the first indicator outside the class that the name most often has; the others are its evidence.
    """
    groups: dict[str, list[tuple[str, Subject]]] = defaultdict(list)
    for project in subject.document.projects:
        for indicator in project.indicators:
            filed = profile.taxonomy.filed(indicator)
            if filed and indicator.name:
                at = Subject(subject.document, project, indicator, indicator.level2, "indicator.level2")
                groups[indicator.name.plain.text].append((filed, at))
    for members in groups.values():
        codes = [code for code, _ in members]
        if len(set(codes)) > 1:
            usual = max(dict.fromkeys(codes), key=codes.count)
            yield _differently(members, usual, profile)


def _differently(members: list[tuple[str, Subject]], usual: str, profile: Profile) -> Mark:
    code, at = next(member for member in members if member[0] != usual)
    shown = {filed: other for filed, other in reversed(members) if filed != code}
    evidence = tuple(
        Evidence(
            _ELSEWHERE,
            other.indicator.name.place,
            f"{class_name(profile, filed)}：{other.indicator.name.text}",
            row=other.project.row,
            project=other.project.title,
        )
        for filed, other in sorted(shown.items())
        if other.indicator and other.project
    )
    others = "、".join(
        f"第 {other.project.row} 行填在{class_name(profile, filed)}"
        for filed, other in sorted(shown.items())
        if other.project
    )
    others_en = "; ".join(
        f"row {other.project.row} under {class_name(profile, filed)}"
        for filed, other in sorted(shown.items())
        if other.project
    )
    name = at.indicator.name.text if at.indicator else ""
    values = {"indicator": name, "here": class_name(profile, code), "others": others, "others_en": others_en}
    return Mark(at, None, values, evidence, quote=as_filed(at.indicator) if at.indicator else None)
