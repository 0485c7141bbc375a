"""What a project, its goal and its indicators are about, and whether they speak of one thing. Loaded when first asked."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from auditor.relevance.bundle import unrelated_parts
    from auditor.relevance.judgement import Relevance, encoder_in, judge
    from auditor.relevance.level import upper_words
    from auditor.relevance.model import subject_digest
    from auditor.relevance.points import promised, proposals, unmeasured
    from auditor.relevance.propose import proposed
    from auditor.relevance.single import strange_indicators
    from auditor.relevance.source import likely_source
    from auditor.relevance.subject import SubjectProfile, subject_of

__all__ = [
    "Relevance",
    "SubjectProfile",
    "encoder_in",
    "judge",
    "likely_source",
    "promised",
    "proposals",
    "proposed",
    "strange_indicators",
    "subject_digest",
    "subject_of",
    "unmeasured",
    "unrelated_parts",
    "upper_words",
]

_HOMES = {
    "encoder_in": "judgement",
    "likely_source": "source",
    "promised": "points",
    "proposals": "points",
    "strange_indicators": "single",
    "unmeasured": "points",
    "unrelated_parts": "bundle",
    "upper_words": "level",
    "Relevance": "judgement",
    "SubjectProfile": "subject",
    "judge": "judgement",
    "proposed": "propose",
    "subject_digest": "model",
    "subject_of": "subject",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'auditor.relevance' has no attribute {name!r}")
    return getattr(import_module(f"auditor.relevance.{_HOMES[name]}"), name)
