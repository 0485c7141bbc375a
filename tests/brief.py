"""Short forms for assertions: documents made of a few words, reports flattened to pairs."""

from auditor.audit import Auditor
from auditor.examples import example_document
from auditor.report import Report
from auditor.rulebook import load_rulebook
from auditor.settings import Settings


def document(*projects, **whole):
    """A document of projects given as dicts in the form of rule examples."""
    rule = load_rulebook().rules[0]
    return example_document(rule, {"projects": list(projects), **whole})


def audit(*documents, **settings) -> Report:
    return Auditor(Settings(**settings)).report(documents)


def brief(report: Report) -> list[tuple[str, str]]:
    """Findings as (place, rule): ("P3.I2", "T501"), ("P3", "R301"), ("", "F106")."""
    return [(_place(finding), finding.rule) for finding in report.findings]


def _place(finding) -> str:
    if finding.row is None:
        return ""
    return f"P{finding.row}" + (f".I{finding.indicator}" if finding.indicator is not None else "")
