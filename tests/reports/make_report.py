"""Reports made by hand, with one text in every field that a stranger's file could fill."""

from decimal import Decimal

from auditor.document import Budget, Document, Gap, Indicator, Passage, Place, Project, Task
from auditor.finding import PRINCIPLES, Evidence, Finding, Member, ReuseGroup
from auditor.outcome import (
    ClassGuess,
    IndicatorScore,
    Link,
    LinkEnd,
    LinkField,
    Pairing,
    ProjectReview,
    Relevance,
    ReviewCell,
    ReviewCheck,
    ScoredPart,
    SubjectWord,
    TextSubject,
    Unpaired,
)
from auditor.report import Provenance, Report, StaleWaiver, Tally, Waived, Waiver
from auditor.wording import Wording


def both(text):
    return Wording(text, text)


def finding(
    text, number, *, row=1, field="goal", span=None, severity="error", indicator=None, rule="R301", document=None
):
    place = Place(document or text, page=3, sheet=text, cell=text)
    evidence = (
        Evidence(both(text), Place(document or text, line=7), text, 1.0, 2, text),
        Evidence(both(text), place, text),
    )
    return Finding(
        rule=rule, name=text, severity=severity, confidence=0.87, document=document or text, row=row, project=text,
        indicator=indicator, field=field, quote=text, span=span, message=both(text), suggestion=both(text),
        evidence=evidence, principle="目标相关性", place=place, fingerprint=f"{number:016x}",
    )  # fmt: skip


def project(text, row, place):
    said = Passage(text, place)
    indicator = Indicator(
        1, said, said, "1", said, "11", "1", said, said, explanation=text, actual=said, deviation=said
    )
    budget = Budget(Decimal("12.5"), currency_unit=text)
    return Project(
        row, said, place, text, budget, said, said, (indicator,), (Task("key", said, said, Decimal(1), said),)
    )


def report(text="文字", document=None):
    """A report of two projects whose every word is `text`; `document` names the file (default: `text` too)."""
    name = document or text
    place = Place(name, page=1, sheet=text, cell=text)
    gap = Gap(name, "read", both(text), place, "R301", text)
    entries = (project(text, 1, place), project(text, 2, place))
    cells = tuple(ReviewCell(one, 10, 40, "差", (f"{1:016x}",), both(text)) for one in PRINCIPLES[:6])
    cells += tuple(ReviewCell(one, 10, None, None, (), both(text)) for one in PRINCIPLES[6:])
    checks = (
        ReviewCheck(both(text), "fail", (f"{1:016x}",), (1,)),
        ReviewCheck(both(text), "mend", (), ()),
        ReviewCheck(both(text), "pass", (), ()),
        ReviewCheck(both(text), None, (), ()),
    )
    about = TextSubject((text,), (SubjectWord(text, (0, len(text))),))
    parts = tuple(
        ScoredPart(part, met, both(text), None) for part, met in (("quantity", True), ("unit", False), ("base", None))
    )
    score = IndicatorScore("12", 3, 75, parts, None, ClassGuess("11", 0.9, False, "model", (text,)))
    end = LinkEnd(name, 1, text, place)
    link = Link(
        "department_project", end, end, (LinkField("amount", text, text, text, False, place, place),), both(text)
    )
    waiver = Waiver("0" * 16, 1, "R301", text, text, text, text, text, "2026-12-31")
    findings = (
        finding(text, 1, document=name),
        finding(text, 2, document=name, field="project.name", span=(0, 1), severity="warning", rule="F101"),
        finding(text, 3, document=name, field="indicator.annual_target", span=(0, 2), indicator=1, rule="V602"),
        finding(text, 4, document=name, field="indicator.level2", indicator=1, severity="info", rule="T503"),
        finding(text, 5, document=name, row=None, field="document"),
    )
    return Report(
        provenance=Provenance("1.0", "sha256:0123456789", ((text, text),)),
        profile=text,
        documents=(Document(name, "project_table", place, text, text, 2026, entries, gaps=(gap,)),),
        profiles=(text,),
        findings=findings,
        gaps=(gap,),
        reuse=(ReuseGroup("goal", "copied", 1.0, (Member(name, 1), Member(name, 2))),),
        tally=(Tally("R301", 2, 1),),
        scores=(((score,), (IndicatorScore(None),)),),
        titles=(("R301", both(text)),),
        pairings=(Pairing("department_project", name, name, None, (link,), (Unpaired(end, name, "task"),)),),
        waived=(Waived(finding(text, 6, document=name), waiver),),
        stale_waivers=(StaleWaiver(waiver, "expired", 1),),
        reviews=((ProjectReview(40, "差", cells, checks), ProjectReview(None, None)),),
        relevance=((Relevance(0.1, 0.2, "off_subject", both(text), about, about, about), None),),
    )  # fmt: skip
