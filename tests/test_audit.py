"""The engine: crashes become gaps, exempt projects are left alone, fingerprints survive moving rows."""

import pickle
from dataclasses import replace

import pytest
from brief import audit, brief, document

from auditor.audit import Auditor
from auditor.rulebook import load_rulebook
from auditor.settings import Settings

BAD = {
    "name": "农机购置补贴",
    "goal": "",
    "unit": "某局",
    "amounts": ["10.00"],
    "indicators": ["2/31 农户满意度、 | ≥90% | ≧90%"],
}


def test_a_crashing_check_costs_its_rule_that_subject_and_says_so():
    book = load_rulebook()

    def crash(subject, profile, **parameters):
        if subject.indicator.ordinal == 1:
            raise RuntimeError("坏了")
        yield from ()

    rules = tuple(replace(rule, run=crash, parameters={}) if rule.id == "T501" else rule for rule in book.rules)
    auditor = Auditor(Settings(), replace(book, rules=rules))
    report = auditor.report([document({**BAD, "indicators": BAD["indicators"] * 2})])
    assert [(gap.stage, gap.rule) for gap in report.gaps] == [("rule", "T501")]
    assert "坏了" in report.gaps[0].reason.zh
    assert {"C201", "F104"} <= {finding.rule for finding in report.findings}
    assert next(tally for tally in report.tally if tally.rule == "T501").examined == 2


def test_a_crash_across_documents_is_a_gap_too():
    book = load_rulebook()

    def crash(batch, profile, **parameters):
        raise RuntimeError("坏了")

    rules = tuple(replace(rule, run=crash) if rule.id == "R301" else rule for rule in book.rules)
    report = Auditor(Settings(), replace(book, rules=rules)).report([document(BAD)])
    assert [gap.rule for gap in report.gaps] == ["R301"]
    assert report.findings


def test_fingerprints_survive_moving_rows_and_tell_equal_findings_apart():
    other = {"name": "水库维护", "goal": "维护水库三座，确保安全度汛", "indicators": ["11 座数 | 3座 | 3座"]}
    before = {finding.fingerprint for finding in audit(document(BAD), select=("F", "T")).findings}
    after = [finding.fingerprint for finding in audit(document(other, BAD), select=("F", "T")).findings]
    assert before and before == set(after)
    twice = audit(document({**BAD, "indicators": BAD["indicators"] * 2}), select=("F104",))
    assert len({finding.fingerprint for finding in twice.findings}) == len(twice.findings) == 2


def test_equal_input_gives_equal_reports_that_travel():
    reports = [audit(document(BAD)) for _ in range(2)]
    assert reports[0] == reports[1]
    assert pickle.loads(pickle.dumps(reports[0])) == reports[0]


def test_an_exempt_project_is_listed_and_judged_no_further_but_its_amounts_count():
    secret = {
        "name": "专用设备",
        "goal": "本项目为涉密项目，不予公开。",
        "amounts": ["10.00", "9.00"],
        "indicators": [],
    }
    report = audit(document(secret))
    assert brief(report) == [("P1", "F106"), ("P1", "F108")]
    assert [(member.row) for member in report.exempt] == [1]


@pytest.mark.parametrize(
    ("settings", "rules"),
    [
        ({"select": ("T501",)}, {"T501"}),
        ({"select": ("taxonomy",)}, {"T501"}),
        ({"ignore": ("C", "F")}, {"T501"}),
        ({"severity": (("T501", None), ("C2", None), ("F", None))}, set()),
    ],
)
def test_settings_choose_the_rules(settings, rules):
    assert {finding.rule for finding in audit(document(BAD), **settings).findings} == rules


def test_settings_and_not_variants_have_the_last_word_on_severity():
    staff = {"name": "办公设备购置", "goal": "更新办公电脑，保障日常工作", "indicators": ["11 台数 | 3台 | 3台"]}
    assert {f.severity for f in audit(document(staff), select=("C203",)).findings} == {"warning"}
    fixed = audit(document(staff), select=("C203",), severity=(("C203", "error"),))
    assert {f.severity for f in fixed.findings} == {"error"}


def test_the_profile_is_detected_or_set():
    from auditor.report import Report

    report: Report = audit(document(BAD))
    assert report.profile == "coded"
    assert audit(document(BAD), profile="generic").profile == "generic"


def test_no_documents():
    report = audit()
    assert report.findings == report.gaps == ()
