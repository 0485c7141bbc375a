"""Where an indicator is filed, checked against the taxonomy in force."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from auditor.document import Indicator, Passage
from auditor.finding import Mark, Subject
from auditor.profile import Profile
from auditor.taxonomy import fold

LEAST_ALIKE = 60.0
"""Least likeness (rapidfuzz ratio) of two class names for one to be suggested for the other."""


def codes_conflict(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark an indicator whose level 1 and level 2, or whose code and name at one level, contradict each other.

    A code or name that the taxonomy does not know is no contradiction here; another rule reports it.
    """
    indicator = subject.indicator
    if indicator is None:
        return
    reason = _level_against_name(indicator, profile) or _level_against_level(indicator, profile)
    if reason:
        variant, values = reason
        at = Subject(subject.document, subject.project, indicator, indicator.level2, "indicator.level2")
        yield Mark(at, None, {**values, "indicator": indicator.name.text}, variant=variant, quote=as_filed(indicator))


def as_filed(indicator: Indicator) -> str:
    """Return the two classes as printed, such as `2-效益；31-满意度`."""
    levels = ((indicator.level1_code, indicator.level1), (indicator.level2_code, indicator.level2))
    return "；".join(f"{code}-{name.text}" if code else name.text for code, name in levels if name)


def _level_against_name(indicator: Indicator, profile: Profile) -> tuple[str, dict[str, str]] | None:
    levels = ((1, indicator.level1_code, indicator.level1), (2, indicator.level2_code, indicator.level2))
    for level, code, name in levels:
        by_code = profile.taxonomy.coded(level, code) if code else None
        by_name = profile.taxonomy.named(level, name.text) if name else None
        if by_code and by_name and by_code != by_name:
            return "code-and-name", {
                "code": code or "",
                "stands_for": by_code.name,
                "printed": name.text if name else "",
            }
    return None


def _level_against_level(indicator: Indicator, profile: Profile) -> tuple[str, dict[str, str]] | None:
    taxonomy = profile.taxonomy
    first = taxonomy.coded(1, indicator.level1_code) if indicator.level1_code else None
    first = first or (taxonomy.named(1, indicator.level1.text) if indicator.level1 else None)
    second = taxonomy.coded(2, indicator.level2_code) if indicator.level2_code else None
    second = second or (taxonomy.named(2, indicator.level2.text) if indicator.level2 else None)
    if first is None or second is None or second.parent in (first.code, first.name):
        return None
    parent = next(found for found in taxonomy.classes if found.level == 1 and second.parent in (found.code, found.name))
    return "levels", {"level1": first.name, "level2": second.name, "parent": parent.name}


def unknown_class(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a class whose code or name the taxonomy in force does not have, and name the nearest that it has."""
    indicator = subject.indicator
    if indicator is None:
        return
    levels = (
        (1, indicator.level1_code, indicator.level1),
        (2, indicator.level2_code, indicator.level2),
    )
    for level, code, name in levels:
        if name is None or not name:
            continue
        bad_code = code is not None and profile.taxonomy.has_codes and profile.taxonomy.coded(level, code) is None
        if bad_code or profile.taxonomy.named(level, name.text) is None:
            yield _unknown(subject, profile, level, code, name)


def _unknown(subject: Subject, profile: Profile, level: int, code: str | None, name: Passage) -> Mark:
    nearest = profile.taxonomy.named(level, name.text) or profile.taxonomy.nearest(level, name.text)
    field = "indicator.level2" if level == 2 else "indicator.level1"
    at = Subject(subject.document, subject.project, subject.indicator, name, field)
    suggested = f"{nearest.code}-{nearest.name}" if nearest.code else nearest.name
    alike = fuzz.ratio(fold(nearest.name), fold(name.text)) >= LEAST_ALIKE
    choice = "、".join(found.name for found in profile.taxonomy.classes if found.level == level)
    printed = f"{code}-{name.text}" if code else name.text
    values = {
        "printed": printed,
        "nearest": suggested,
        "profile": profile.title.zh,
        "profile_en": profile.title.en,
        "choice": choice,
    }
    return Mark(at, None, values, variant=None if alike else "far", quote=printed)


def library_code_conflict(subject: Subject, profile: Profile) -> Iterator[Mark]:
    """Mark a library number whose first two digits are another class's code than the one filed."""
    indicator = subject.indicator
    if indicator is None or not indicator.library_code:
        return
    filed = profile.taxonomy.filed(indicator)
    said = indicator.library_code[:2]
    known = {found.coded: found for found in profile.taxonomy.classes if found.level == 2 and found.coded}
    if filed and said in known and said != filed:
        values = {"code": indicator.library_code, "said": known[said].name, "filed": known[filed].name}
        yield Mark(subject, None, values, quote=indicator.library_code)
