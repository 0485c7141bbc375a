"""One decision: certain names first, the model where words must be weighed, and a person where neither knows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.classify import ABSTAIN, SURE, decide, decide_many

CODES = ["11", "12", "13", "14", "21", "22", "23", "24", "31"]


@pytest.mark.parametrize(
    ("name", "value", "code", "by"),
    [
        ("读者满意度", "≥90%", "31", "rule"),
        ("补助资金拨付及时率", "100%", "13", "rule"),
        ("堤防工程验收合格率", "100%", "12", "rule"),
        ("新建农家书屋数量", "12个", "11", "model"),
        ("每亩补助标准", "300元/亩", "14", "model"),
        ("带动农户年均增收", "≥2000元", "21", "model"),
    ],
)
def test_who_decides(name, value, code, by):
    decision = decide(name, value)
    assert (decision.code, decision.decided_by) == (code, by)
    assert decision.because
    assert all(piece in name or piece in value for piece in decision.because)


@pytest.mark.parametrize("name", ["", "   ", "12345", "≥95%", "completion rate", "x" * 10_000])
def test_a_name_without_a_chinese_word_needs_a_person(name):
    decision = decide(name, "100%")
    assert decision.abstained
    assert not decision.sure


def test_a_second_class_that_reviewers_accept_is_no_fault():
    assert decide("预算执行率", "≥95%").accepts("14")
    assert not decide("预算执行率", "≥95%").accepts("22")


def test_many_at_once_are_as_one_by_one():
    pairs = [("培训人次", "300人次"), ("培训人次", None), ("群众满意度", "90%"), ("培训人次", "300人次")]
    assert decide_many(pairs) == [decide(*pair) for pair in pairs]


@given(st.text(max_size=60), st.none() | st.text(max_size=30))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_an_answer(name, value):
    decision = decide(name, value)
    assert decision.code in CODES
    assert sorted(code for code, _ in decision.probabilities) == CODES
    assert abs(sum(probability for _, probability in decision.probabilities) - 1) < 1e-3
    assert decision.sure <= (decision.probability >= SURE)
    assert decision.abstained or decision.probability >= ABSTAIN


@pytest.mark.parametrize("name", ["2023年6月30日在库粮食数量", "截至2024年12月在库粮食数量", "2024年在库粮食数量"])
def test_a_date_before_the_name_says_as_of_when(name):
    assert decide(name, "3万吨").meant == "在库粮食数量"


@pytest.mark.parametrize(
    "name", ["2025年6月底前完成验收", "2025年完成竣工验收", "2024年度培训人数", "2024年前完工项目", "2025年内"]
)
def test_a_date_that_is_the_target_stays(name):
    assert decide(name).meant == name
