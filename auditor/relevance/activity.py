"""What kind of doing a text speaks of: research, works, purchase, operation, events (`rules/lexicons/activities.csv`).

Research and development of a product is not measured by contests and training sessions alone, whatever the sector.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

from auditor.lexicon import lexicon
from auditor.relevance.suit import suits_any_project
from auditor.relevance.terms import Scanner
from auditor.text import plain

LEAST_EVENTS = 2
"""Fewer events in a set say nothing."""


@cache
def _scanner() -> Scanner:
    return Scanner(dict.fromkeys(lexicon("activities").rows, "term"))


def activities(text: str) -> Counter[str]:
    """Count the words of each kind of activity in a text."""
    rows = lexicon("activities").rows
    return Counter(rows[hit.word]["kind"] for hit in _scanner().find(plain(text).text))


def wrong_activity(name: str, goal: str, indicators: tuple[str, ...]) -> bool:
    """Tell whether a research project is measured by events although neither its name nor its goal speaks of any.

    At least two indicators that say something of their own must be events, and most of those; none may be of research.
    """
    of_name = activities(name)
    if not of_name["research"] or of_name["event"] or activities(goal)["event"]:
        return False
    own = [activities(one) for one in indicators if not suits_any_project(one)]
    events = sum(1 for one in own if one["event"])
    return events >= LEAST_EVENTS and not any(one["research"] for one in own) and 2 * events >= len(own)
