"""Documents and findings as plain values, in the order and under the names that CONTRACT fixes for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from auditor.document import Budget, Document, Gap, Indicator, Passage, Place, Project
from auditor.finding import Evidence, Finding, Member, ReuseGroup
from auditor.outcome import (
    IndicatorScore,
    Link,
    LinkEnd,
    Pairing,
    ProjectReview,
    Relevance,
    ReviewCell,
    ReviewCheck,
    TextSubject,
)
from auditor.report import Report, Waiver
from auditor.wording import Language

Values = dict[str, Any]


def number(amount: Decimal | None) -> float | None:
    """Return an amount as a JSON number."""
    return None if amount is None else float(amount)


def text(passage: Passage | None) -> str | None:
    """Return the text of a passage, None where there is none."""
    return None if passage is None else passage.text


def place(at: Place) -> Values:
    """Return an address."""
    return {
        "file": at.file, "page": at.page, "sheet": at.sheet, "line": at.line, "cell": at.cell, "table": at.table, "row": at.row,
    }  # fmt: skip


def budget(of: Budget | None) -> Values | None:
    """Return the amounts of a row."""
    if of is None:
        return None
    return {
        "total": number(of.total),
        "fiscal": number(of.fiscal),
        "special_account": number(of.special_account),
        "other": number(of.other),
        "unit": of.currency_unit,
    }


def shown_projects(document: Document) -> Iterator[Values]:
    """Yield what was understood of a document, one project at a time: `auditor show --format jsonl`."""
    for project in document.projects:
        values = {
            "document": document.name,
            "form": document.form,
            "department": document.department,
            "year": document.year,
            "unit": project.unit,
            "row": project.row,
            "project": text(project.name),
            "budget": budget(project.budget),
            "goal": text(project.goal),
            "annual_goal": text(project.annual_goal),
            "indicators": [_indicator(indicator) for indicator in project.indicators],
            "place": place(project.place),
        }
        if document.form == "department_form" or project.tasks or project.budget_lines:
            values |= _department_blocks(project)
        yield values


def _indicator(indicator: Indicator) -> Values:
    return {
        "ordinal": indicator.ordinal,
        "level1": text(indicator.level1),
        "level1_code": indicator.level1_code,
        "level2": text(indicator.level2),
        "level2_code": indicator.level2_code,
        "library_code": indicator.library_code,
        "name": indicator.name.text,
        "cycle_target": text(indicator.cycle_target),
        "annual_target": text(indicator.annual_target),
        "weight": number(indicator.weight),
        "nature": indicator.nature,
        "direction": indicator.direction,
        "explanation": indicator.explanation,
        "measure_unit": indicator.measure_unit,
    }


def _department_blocks(project: Project) -> Values:
    return {
        "tasks": [
            {
                "kind": task.kind,
                "name": task.name.text,
                "content": text(task.content),
                "amount": number(task.amount),
                "expected": text(task.expected),
            }
            for task in project.tasks
        ],
        "budget_lines": [
            {"label": line.label, "amount": number(line.amount), "group": line.group} for line in project.budget_lines
        ],
    }


def report_values(report: Report, language: Language) -> Values:
    """Return a whole report: `auditor check --format json`."""
    return {
        "version": report.provenance.version,
        "profile": report.profile,
        "provenance": {"rulebook": report.provenance.rulebook, "models": dict(report.provenance.models)},
        "documents": [
            {
                "document": document.name,
                "form": document.form,
                "projects": len(document.projects),
                "indicators": sum(len(project.indicators) for project in document.projects),
                "profile": profile,
                "measurability": mean_score(score for project in scores for score in project),
                "quality": mean_quality(reviews),
            }
            for document, profile, scores, reviews in zip(
                report.documents, report.profiles, report.scores, report.reviews, strict=True
            )
        ],
        "projects": list(_projects(report, language)),
        "reuse": [_group(group) for group in report.reuse],
        "links": [_link(link, language) for pairing in report.pairings for link in pairing.links],
        "pairings": [_pairing(pairing) for pairing in report.pairings],
        "findings": [finding_values(finding, language) for finding in report.findings],
        "gaps": [gap_values(gap, language) for gap in report.gaps],
        "waived": [{**finding_values(one.finding, language), **_waiver(one.waiver)} for one in report.waived],
        "stale_waivers": [
            {
                "state": one.state,
                "unused": one.unused,
                **_waiver(one.waiver),
                "rule": one.waiver.rule,
                "quote": one.waiver.quote,
            }
            for one in report.stale_waivers
        ],
        "tally": [{"rule": tally.rule, "examined": tally.examined, "flagged": tally.flagged} for tally in report.tally],
    }


def _projects(report: Report, language: Language) -> Iterator[Values]:
    for at, (document, scores) in enumerate(zip(report.documents, report.scores, strict=True)):
        for position, (project, scored) in enumerate(zip(document.projects, scores, strict=True)):
            review = report.reviews[at][position]
            relevance = report.relevance[at][position] if report.relevance else None
            indicators = [
                _scored(indicator, score, language) for indicator, score in zip(project.indicators, scored, strict=True)
            ]
            yield {
                "document": document.name,
                "row": project.row,
                "project": text(project.name),
                "quality": review.quality,
                "grade": review.grade,
                "relevance": _relevance(relevance, language) if relevance else None,
                "review": [_cell(cell, language) for cell in review.cells],
                "checks": [_check(check, language) for check in review.checks],
                "indicators": indicators,
                "measurability": mean_score(scored),
                "exempt": Member(document.name, project.row) in report.exempt,
            }


def mean_quality(reviews: Iterable[ProjectReview]) -> int | None:
    """Return the mean quality of the projects that were judged."""
    known = [review.quality for review in reviews if review.quality is not None]
    return round(sum(known) / len(known)) if known else None


def _cell(cell: ReviewCell, language: Language) -> Values:
    return {
        "principle": cell.principle,
        "grade": cell.grade,
        "findings": list(cell.findings),
        "score": cell.score,
        "points": cell.points,
        "reason": cell.reason.say(language),
    }


def _check(check: ReviewCheck, language: Language) -> Values:
    return {
        "title": check.title.say(language),
        "verdict": check.verdict,
        "findings": list(check.findings),
        "indicators": list(check.indicators),
    }


def _relevance(relevance: Relevance, language: Language) -> Values:
    def subject(found: TextSubject | None) -> Values | None:
        if found is None:
            return None
        words = [{"word": one.word, "span": list(one.span)} for one in found.words]
        return {"subjects": list(found.subjects), "words": words}

    return {
        "name_goal": relevance.name_goal,
        "goal_indicators": relevance.goal_indicators,
        "verdict": relevance.verdict,
        "reason": relevance.reason.say(language),
        "name": subject(relevance.name),
        "goal": subject(relevance.goal),
        "indicators": subject(relevance.indicators),
    }


def mean_score(scores: Iterable[IndicatorScore]) -> int | None:
    """Return the mean score of the indicators that were judged."""
    known = [score.score for score in scores if score.score is not None]
    return round(sum(known) / len(known)) if known else None


def _scored(indicator: Indicator, score: IndicatorScore, language: Language) -> Values:
    target, guess = score.target, score.guess
    return {
        "ordinal": indicator.ordinal,
        "name": indicator.name.text,
        "filed": score.filed,
        "class": guess.code if guess else None,
        "class_probability": round(guess.probability, 3) if guess else None,
        "abstained": guess.abstained if guess else None,
        "filed_stands": guess.filed_stands if guess else None,
        "decided_by": guess.decided_by if guess else None,
        "measurability": score.score,
        "level": score.level,
        "parts": {part.name: part.met for part in score.parts} if score.parts else None,
        "parts_detail": [
            {
                "part": part.name,
                "met": part.met,
                "reason": part.reason.say(language),
                "span": list(part.span) if part.span else None,
            }
            for part in score.parts
        ],
        "target": None
        if target is None
        else {
            "comparator": target.comparator,
            "value": _json_number(target.value),
            "upper": _json_number(target.upper),
            "unit": target.unit,
            "dimension": target.dimension,
        },
    }


def _json_number(value: Decimal | None) -> int | float | None:
    """Return a whole number as such, so that 100 stays 100; one too large for JSON's readers becomes None."""
    if value is None or not value.is_finite() or value.adjusted() > 300:
        return None
    return int(value) if value == value.to_integral_value() and value.adjusted() < 16 else float(value)


def _pairing(pairing: Pairing) -> Values:
    return {
        "kind": pairing.kind,
        "a": pairing.a,
        "b": pairing.b,
        "same_year": pairing.same_year,
        "links": len(pairing.links),
        "disagreeing": sum(not link.agrees for link in pairing.links),
        "unpaired": [{**_end(one.end), "kind": one.kind, "no_counterpart_in": one.other} for one in pairing.unpaired],
    }


def pairing_values(pairing: Pairing, language: Language) -> Values:
    """Return two compared documents with all their links: `auditor compare --format json`."""
    return {**_pairing(pairing), "links": [_link(link, language) for link in pairing.links]}


def _link(link: Link, language: Language) -> Values:
    return {
        "kind": link.kind,
        "a": _end(link.a),
        "b": _end(link.b),
        "agrees": link.agrees,
        "same_year": link.same_year,
        "why": link.why.say(language),
        "fields": [
            {
                "kind": field.kind,
                "name": field.name,
                "a": field.a,
                "b": field.b,
                "agrees": field.agrees,
                "indicator_a": field.indicator_a,
                "indicator_b": field.indicator_b,
            }
            for field in link.fields
        ],
    }


def _end(end: LinkEnd) -> Values:
    return {"document": end.document, "row": end.row, "label": end.label}


def _group(group: ReuseGroup) -> Values:
    return {
        "kind": group.kind,
        "relation": group.relation,
        "score": group.score,
        "members": [{"document": member.document, "row": member.row} for member in group.members],
    }


def finding_values(finding: Finding, language: Language) -> Values:
    """Return one finding."""
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "document": finding.document,
        "row": finding.row,
        "project": finding.project,
        "indicator": finding.indicator,
        "field": finding.field,
        "quote": finding.quote,
        "message": finding.message.say(language),
        "suggestion": finding.suggestion.say(language),
        "evidence": [_evidence(evidence, language) for evidence in finding.evidence],
        "principle": finding.principle,
        "place": place(finding.place),
        "fingerprint": finding.fingerprint,
        "span": list(finding.span) if finding.span else None,
    }


def _evidence(evidence: Evidence, language: Language) -> Values:
    return {
        "what": evidence.what.say(language),
        "place": place(evidence.place),
        "quote": evidence.quote,
        "score": evidence.score,
        "row": evidence.row,
        "project": evidence.project,
    }


def _waiver(waiver: Waiver) -> Values:
    return {"content": waiver.content, "reason": waiver.reason, "who": waiver.who, "until": waiver.until or None}


def gap_values(gap: Gap, language: Language) -> Values:
    """Return one gap."""
    return {
        "document": gap.document,
        "stage": gap.stage,
        "rule": gap.rule,
        "reason": gap.reason.say(language),
        "place": place(gap.place),
        "quote": gap.quote,
    }
