"""Level and score: the worked examples of the docs, the parts that everybody can see, and the reviewers' labels."""

import json
import re
import subprocess
import sys

import pytest
from brief import audit, document
from conftest import ROOT

from auditor.claim import read_claim
from auditor.profile import ProfileError, load_profile
from auditor.reports.values import report_values
from auditor.scoring import level, measurability

CODED = load_profile("coded")


def worked_examples():
    """The ten rows of the table in docs/measurability.md: name, target, level."""
    text = (ROOT / "docs" / "measurability.md").read_text(encoding="utf-8").split("# Can the indicator")[0]
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| (\d) \|", text, re.MULTILINE)
    return [pytest.param(name.strip(), target.strip(), int(wanted), id=number) for number, name, target, wanted in rows]


def test_there_are_ten_worked_examples():
    assert len(worked_examples()) == 10


@pytest.mark.parametrize(("name", "target", "wanted"), worked_examples())
def test_the_docs_say_what_the_program_says(name, target, wanted):
    assert level(read_claim(name, target)) == wanted


def scored(indicator: str):
    (one,) = document({"name": "甲", "indicators": [indicator]}).projects[0].indicators
    return measurability(one, CODED)


def test_every_part_has_a_reason_and_what_is_met_points_into_the_target():
    found = scored("12 路灯完好率 | ≥98% | ≥98%")
    assert (found.level, found.score) == (4, 100)
    assert [part.name for part in found.parts] == ["quantity", "unit", "comparator", "fits_name", "object", "base"]
    assert all(part.reason.zh and part.reason.en for part in found.parts)
    spans = {part.name: "≥98%"[slice(*part.span)] for part in found.parts if part.span}
    assert spans == {"quantity": "98", "unit": "%", "comparator": "≥"}
    assert found.part("base") is None


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("11 扶持农场数量 | ≥15家 | ≥15家", "11 扶持农场数量 | ≥15 | ≥15"),
        ("31 游客满意度 | ≥90% | ≥90%", "31 游客满意度 | 92% | 92%"),
        ("13 完工率 | 95%以上 | 95%以上", "13 完工率 | 18部 | 18部"),
        ("11 巡查次数 | 12次 | 12次", "11 巡查次数 | 按计划 | 按计划"),
        ("22 发病率下降幅度 | 比上年下降5%以上 | 比上年下降5%以上", "22 发病率下降幅度 | 下降5%以上 | 下降5%以上"),
    ],
)
def test_a_lack_costs_points(better, worse):
    assert scored(better).score > scored(worse).score


def test_an_empty_target_scores_nothing():
    found = scored("11 巡查次数 | | ")
    assert (found.level, found.score, found.claim) == (0, 0, None)


def test_projects_and_documents_have_a_figure_and_exempt_ones_none():
    plain = {"name": "甲", "goal": "巡查水库三座", "indicators": ["11 巡查次数 | 12次 | 12次", "22 影响 | 提升 | 提升"]}
    secret = {"name": "乙", "goal": "本项目为涉密项目，不予公开。", "indicators": ["11 巡查次数 | 12次 | 12次"]}
    values = report_values(audit(document(plain, secret)), "zh")
    first, second = values["projects"]
    own = [indicator["measurability"] for indicator in first["indicators"]]
    assert first["measurability"] == values["documents"][0]["measurability"] == round(sum(own) / 2)
    assert second["measurability"] is None and second["indicators"][0]["level"] is None
    assert {part["part"]: part["met"] for part in first["indicators"][0]["parts_detail"]} == first["indicators"][0][
        "parts"
    ]
    assert all(part["reason"] for part in first["indicators"][1]["parts_detail"])


def test_a_profile_must_weigh_every_part():
    from auditor.profile import _weights

    with pytest.raises(ProfileError, match="object"):
        _weights({"quantity": 1, "unit": 1}, "坏.toml")


def test_levels_and_value_rules_agree_with_two_reviewers(shared, seed, tmp_path):
    """A guard against falling back on the development document; it says nothing of other tables."""
    check = tmp_path / "check.json"
    subprocess.run(
        [sys.executable, "-m", "auditor", "check", seed("000"), "--format", "json", "-o", check], check=False
    )
    gold = shared / "gold"
    command = [
        sys.executable, shared / "score.py", "--check", check, "--document", seed("000").name,
        "--parsed", gold / "panyu.parsed.jsonl", "--indicators", *sorted(gold.glob("panyu.indicators.?.jsonl")),
        "--projects", *sorted(gold.glob("panyu.projects.?.jsonl")),
    ]  # fmt: skip
    figures = json.loads(subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True).stdout)
    assert figures["level_kappa"] >= 0.93 and figures["level_coverage"] == 1.0
    assert figures["labels_micro_values"]["f1"] >= 0.90
    assert figures["warnings_and_errors_per_project"]["median"] <= 5
