import csv
import random
from pathlib import Path

import pytest
from brief import audit, brief, document
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.relevance import judge, subject_of
from auditor.relevance.judgement import judge_texts
from auditor.relevance.terms import sectors

PAIRS = Path(__file__).with_name("pairs.csv")
VERDICTS = {"off_subject", "weak", "fits", "not_judged"}


def pairs():
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_goal_of_another_subject_is_found_with_both_subjects():
    found = judge_texts("老旧小区电梯安全评估", "支持生物医药企业开展新药临床试验，推动创新药研发。", ())
    assert found.verdict == "off_subject"
    assert found.is_evident
    assert any("电梯" in word.word for word in found.name.words)
    assert found.goal.first.sector == "生物医药"
    assert found.confidence > 0.7


def test_spans_lead_to_the_words_as_written():
    text = "２０２４年 电 梯 安全评估"
    words = {text[slice(*word.span)].replace(" ", "") for word in subject_of(text).words}
    assert any("电梯" in word for word in words)


@pytest.mark.parametrize(
    ("name", "goal"),
    [
        ("工作经费", "举办戏曲展演和广场舞比赛。"),
        ("GX2023-0045-A", "举办戏曲展演和广场舞比赛。"),
        ("电梯检验", "完成"),
        ("电梯检验", ""),
        ("", "举办戏曲展演和广场舞比赛。"),
    ],
)
def test_what_says_too_little_is_not_judged(name, goal):
    assert judge_texts(name, goal, ()).verdict == "not_judged"


def test_a_goal_that_repeats_the_names_distinctive_word_is_not_off():
    assert judge_texts("犇犇堡驿站运营", "犇犇堡驿站全年对外开放。", ()).verdict in ("fits", "not_judged")


def test_own_pairs_are_hardly_ever_flagged():
    flagged = [row["name"] for row in pairs() if judge_texts(row["name"], row["goal"], ()).verdict == "off_subject"]
    assert len(flagged) <= 4, flagged


def test_most_swaps_between_functional_classes_are_found():
    classes = dict(zip(sectors().names, sectors().classes, strict=True))
    rows = [row for row in pairs() if row["sector"]]
    source = random.Random(11)
    found = 0
    for row in rows:
        far = [other for other in rows if classes[other["sector"]] != classes[row["sector"]]]
        found += judge_texts(row["name"], source.choice(far)["goal"], ()).verdict == "off_subject"
    assert found >= 0.7 * len(rows)


def test_the_verdict_does_not_depend_on_the_batch():
    odd = {"name": "老旧小区电梯安全评估", "goal": "支持生物医药企业开展新药临床试验，推动创新药研发。"}
    other = {"name": "新药临床试验奖励", "goal": "支持生物医药企业开展新药临床试验。"}
    alone = audit(document(odd), select=("M401",))
    together = audit(document(odd, other), select=("M401",))
    assert brief(alone) == brief(together) == [("P1", "M401")]
    assert alone.findings[0].confidence == together.findings[0].confidence
    assert [one.row for one in together.findings[0].evidence if one.row] == [2]


@settings(deadline=None, max_examples=60)
@given(
    st.text(max_size=60),
    st.text(max_size=300),
    st.lists(st.text(max_size=30), max_size=5),
)
def test_any_text_gets_a_verdict(name, goal, indicators):
    found = judge_texts(name, goal, tuple(indicators))
    assert found.verdict in VERDICTS
    assert found.indicators in VERDICTS
    for profile, text in ((found.name, name), (found.goal, goal)):
        for word in profile.words:
            assert 0 <= word.span[0] < word.span[1] <= len(text)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from("电梯生物医药水库培训建设，。1①%（）《》我市AaⅣ\n "), max_size=120).map("".join))
def test_jumbled_words_get_a_verdict(text):
    assert judge_texts(text[:30], text, (text[30:60],)).verdict in VERDICTS


@pytest.mark.parametrize(
    "goal", ["Improve the quality of lifts in old housing estates", "提升", "水" * 50_000, "电梯检验。" * 10_000]
)
def test_odd_goals(goal):
    assert judge_texts("电梯检验", goal, ("电梯检验台数",)).verdict in VERDICTS


def test_projects_of_documents_are_judged():
    one = document(
        {
            "name": "城区路灯维护费",
            "goal": "保障夜间照明，亮灯率达到98%以上。",
            "indicators": ["11 维护路灯盏数 | 3200盏 | 3200盏"],
        }
    )
    found = judge(one.projects[0])
    assert (found.verdict, found.indicators) == ("fits", "fits")
    assert found.name_goal > 0.5
    assert found.goal_indicators > 0.5


def test_the_real_documents(seed):
    from auditor import read

    report = audit(read(seed("000")), read(seed("002")), select=("M401", "M402"))
    found = {(one.document[:3], one.row, one.rule) for one in report.findings}
    assert ("000", 27, "M401") in found
    assert {("000", row, "M402") for row in range(27, 32)} <= found
    assert len([one for one in found if one[2] == "M401"]) <= 2
