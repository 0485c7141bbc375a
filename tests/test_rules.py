"""The rule files: every example is run, and a file that cannot be used is refused before any document is opened."""

import csv

import pytest

from auditor.audit import Auditor
from auditor.bundled import resource
from auditor.examples import example_documents
from auditor.rule import RuleError, load_rule
from auditor.rulebook import load_rulebook
from auditor.settings import Settings

BOOK = load_rulebook()
EXAMPLES = [
    pytest.param(rule, kind, example, id=f"{rule.id}-{kind}-{number}")
    for rule in BOOK.rules
    for kind, examples in (("flag", rule.flags), ("pass", rule.passes))
    for number, example in enumerate(examples, start=1)
]
GOOD = """
id = "Z901"
name = "made-up"
severity = "info"
principle = "规范完整性"
looks_at = ["indicator.name"]
kind = "contains"
basis = "经验规则"
parameters = { patterns = ["测试"] }
title = { zh = "甲", en = "a" }
message = { zh = "{quote}", en = "{quote}" }
suggestion = { zh = "乙", en = "b" }
explain = { zh = "丙", en = "c" }
flag = [{ text = "测试项" }]
pass = [{ text = "别的" }]
"""


@pytest.mark.parametrize(("rule", "kind", "example"), EXAMPLES)
def test_example(rule, kind, example):
    auditor = Auditor(Settings(select=(rule.id,), profile=example.get("profile")), BOOK)
    report = auditor.report(example_documents(rule, example))
    quotes = [finding.quote for finding in report.findings]
    assert not report.gaps
    assert {finding.rule for finding in report.findings} <= {rule.id}
    if kind == "pass":
        assert quotes == []
    else:
        assert quotes
        assert sorted(example.get("quote", quotes)) == sorted(quotes)


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_every_rule_says_all_it_should_in_both_languages(rule):
    assert len(rule.flags) >= 2 or rule.id == "T504"
    assert rule.path.name == f"{rule.id}-{rule.name}.toml"
    for wording in (rule.title, rule.message, rule.suggestion, rule.explain):
        assert any("\u4e00" <= char <= "\u9fff" for char in wording.zh)
        assert (
            not any("\u4e00" <= char <= "\u9fff" for char in wording.en.replace("指标", "").replace("标准：", ""))
            or wording is rule.explain
        )


def test_messages_of_all_examples_are_filled():
    for rule in BOOK.rules:
        auditor = Auditor(Settings(select=(rule.id,)), BOOK)
        for example in rule.flags:
            for finding in auditor.report(example_documents(rule, example)).findings:
                for wording in (finding.message, finding.suggestion):
                    assert "{" not in wording.zh + wording.en


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("severity =", "severty ="), "severity"),
        (('kind = "contains"', 'kind = "containz"'), "contains"),
        (('["indicator.name"]', '["indicator.nam"]'), "indicator.name"),
        (('severity = "info"', 'severity = "fatal"'), "error"),
        (("patterns = [", "paterns = ["), "patterns"),
        (('["测试"]', "3"), "patterns"),
        (('flag = [{ text = "测试项" }]', ""), "flag"),
        (('pass = [{ text = "别的" }]', ""), "pass"),
        (('basis = "经验规则"', ""), "basis"),
        (('id = "Z901"', 'id = "901"'), "id"),
        (('zh = "{quote}"', 'zh = "{quote.text}"'), "花括号"),
        (('en = "b"', 'en = ""'), "suggestion"),
        (('kind = "contains"', 'kind = "contains"\ncheck = "form.rows_alike"'), "kind"),
        (('kind = "contains"', 'check = "form.no_such_check"'), "check"),
        (('principle = "规范完整性"', 'principle = "完整"'), "principle"),
    ],
)
def test_a_bad_rule_is_refused_and_the_message_points_at_it(tmp_path, change, said):
    assert change[0] in GOOD
    path = tmp_path / "Z901-made-up.toml"
    path.write_text(GOOD.replace(*change), encoding="utf-8")
    with pytest.raises(RuleError) as refused:
        load_rule(path)
    assert path.name in str(refused.value)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_message_names_the_line(tmp_path):
    path = tmp_path / "Z901-made-up.toml"
    path.write_text(GOOD.replace('severity = "info"', 'severity = "fatal"'), encoding="utf-8")
    with pytest.raises(RuleError, match=r"Z901-made-up\.toml:4"):
        load_rule(path)


def test_a_user_rule_runs_beside_the_shipped_ones(tmp_path):
    (tmp_path / "Z901-made-up.toml").write_text(GOOD, encoding="utf-8")
    book = load_rulebook(tmp_path)
    assert {rule.id for rule in book.rules} == {rule.id for rule in BOOK.rules} | {"Z901"}
    assert book.digest != BOOK.digest


def test_a_user_rule_never_calls_code(tmp_path):
    (tmp_path / "Z901-made-up.toml").write_text(
        GOOD.replace('kind = "contains"', 'check = "form.rows_alike"').replace(
            'parameters = { patterns = ["测试"] }', ""
        ),
        encoding="utf-8",
    )
    with pytest.raises(RuleError, match="kind"):
        load_rulebook(tmp_path)


@pytest.mark.parametrize("taken", ['id = "F101"', 'name = "stray-punctuation"', 'was = ["F102"]\nid = "Z901"'])
def test_ids_and_names_are_for_ever(tmp_path, taken):
    key = taken.split(" =")[0] if not taken.startswith("was") else "id"
    old = {"id": 'id = "Z901"', "name": 'name = "made-up"'}[key]
    (tmp_path / "Z901-made-up.toml").write_text(GOOD.replace(old, taken), encoding="utf-8")
    with pytest.raises(RuleError, match="for ever"):
        load_rulebook(tmp_path)


def test_not_toml_at_all(tmp_path):
    (tmp_path / "Z901-made-up.toml").write_text("id = ", encoding="utf-8")
    with pytest.raises(RuleError, match="TOML"):
        load_rulebook(tmp_path)


@pytest.mark.parametrize(
    ("handle", "found"),
    [
        ("F101", {"F101"}),
        ("v60", {f"V60{n}" for n in range(1, 10)}),
        ("goal-copied", {"R301"}),
        ("form", {"F101", "F102"}),
    ],
)
def test_rules_are_found_by_id_start_name_and_family(handle, found):
    assert found <= BOOK.matching(handle)
    if handle != "form":
        assert found == BOOK.matching(handle)


def test_an_unknown_rule_names_the_nearest():
    with pytest.raises(RuleError, match="goal-copied"):
        BOOK.matching("goal-copyed")


def test_lexicons_hold_no_word_twice():
    """A word may stand in two rows only where another column tells the two apart."""
    for path in resource("rules/lexicons").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = [tuple(row)[:2] for row in csv.reader(lines)]
        assert len(rows) > 1, path.name
        assert len(rows) == len(set(rows)), path.name
