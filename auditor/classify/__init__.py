"""Which official class an indicator belongs to: certain names first, then a linear model that may abstain."""

from auditor.classify.certain import Certain, certain_class
from auditor.classify.decide import ABSTAIN, SURE, Decision, decide, decide_many, judged_pair, model_digest

__all__ = [
    "ABSTAIN",
    "SURE",
    "Certain",
    "Decision",
    "certain_class",
    "decide",
    "decide_many",
    "judged_pair",
    "model_digest",
]
