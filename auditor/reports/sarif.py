"""SARIF 2.1.0, for review systems and editors that read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from auditor.document import Gap, Place
from auditor.finding import Finding, Severity
from auditor.report import Report
from auditor.reports.words import where
from auditor.wording import Language, Wording

_LEVEL: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_GAP = "NOT-CHECKED"
_GAP_TITLE = Wording("未检查", "not checked")


def render(report: Report, language: Language) -> str:
    """Return one run: findings and gaps as results, accepted findings as suppressed results."""
    titles = {rule: title.say(language) for rule, title in report.titles}
    names = {one.rule: one.name for one in (*report.findings, *(waived.finding for waived in report.waived))}
    rules = [
        {"id": rule, "name": names.get(rule, rule), "shortDescription": {"text": titles[rule]}}
        for rule in sorted(titles)
    ]
    rules.append({"id": _GAP, "name": "not-checked", "shortDescription": {"text": _GAP_TITLE.say(language)}})
    index = {str(rule["id"]): at for at, rule in enumerate(rules)}
    results = [_result(one, index, language) for one in report.findings]
    results += [
        {
            **_result(one.finding, index, language),
            "suppressions": [
                {"kind": "external", "status": "accepted", "justification": one.waiver.reason or one.waiver.who}
            ],
        }
        for one in report.waived
    ]
    results += [_gap(gap, index, language) for gap in report.gaps]
    driver = {"name": "indicator-auditor", "version": report.provenance.version, "language": language, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not report.gaps}],
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _result(finding: Finding, index: Mapping[str, int], language: Language) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "ruleIndex": index.get(finding.rule, -1),
        "level": _LEVEL[finding.severity],
        "message": {"text": f"{finding.message.say(language)} → {finding.suggestion.say(language)}"},
        "locations": [_location(finding.document, finding.place, finding.quote, language)],
        "relatedLocations": [
            {
                **_location(evidence.place.file or finding.document, evidence.place, evidence.quote, language),
                "message": {"text": evidence.what.say(language)},
            }
            for evidence in finding.evidence
        ],
        "partialFingerprints": {"auditor/v1": finding.fingerprint},
        "rank": round(100 * finding.confidence, 1),
    }


def _gap(gap: Gap, index: Mapping[str, int], language: Language) -> dict[str, Any]:
    return {
        "ruleId": _GAP,
        "ruleIndex": index[_GAP],
        "level": "error",
        "message": {"text": gap.reason.say(language)},
        "locations": [_location(gap.document, gap.place, gap.quote, language)],
    }


def _location(document: str, place: Place, text: str, language: Language) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(document)}}
    if place.line is not None:
        physical["region"] = {"startLine": place.line, "snippet": {"text": text}}
    found: dict[str, Any] = {"physicalLocation": physical}
    spoken = where(place, language)
    if spoken:
        found["logicalLocations"] = [{"fullyQualifiedName": spoken}]
    return found
