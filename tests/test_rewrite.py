"""Proposals point the right way, keep the applicant's words and never invent a number."""

import re

import pytest

from auditor import rewrite
from auditor.claim import read_claim


@pytest.mark.parametrize(
    ("name", "target", "proposal"),
    [
        ("学员满意度", "92%", "≥92%"),
        ("燃气事故起数", "2起", "≤2起"),
        ("电信诈骗发案数", "同比下降10%", "同比下降10%以上"),
        ("碳排放强度", "降低2.5%", "降低2.5%以上"),
        ("挽回群众损失金额", "300万元", "≥300万元"),
        ("项目总投资", "1200万元", "≥1200万元（有上限的改用“≤”）"),
        ("带动就业", "约 300人", "约 ≥300人"),
    ],
)
def test_comparators(name, target, proposal):
    assert rewrite.with_comparator(read_claim(name, target)) == proposal


@pytest.mark.parametrize(
    ("name", "target", "proposal"),
    [
        ("考核合格率", "≥95", "≥95%"),
        ("万车死亡率", "≤1.5", "≤1.5____（补上单位）"),
        ("扶持家庭农场数量", "≥15", "≥15____（补上单位，如个、家、人次）"),
        ("新增融资金额", "800", "800____（补上单位，如万元、元）"),
    ],
)
def test_units(name, target, proposal):
    assert rewrite.with_unit(read_claim(name, target)) == proposal


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("公共服务能力", "提升"),
        ("办公设备购置数量", "按计划购置"),
        ("对环境的影响", "长期"),
        ("补贴发放及时率", "及时"),
        ("能耗", "有所降低"),
        ("", ""),
    ],
)
def test_a_measurable_target_leaves_every_number_to_the_applicant(name, target):
    proposal = rewrite.measurable(read_claim(name, target))
    assert rewrite.BLANK in proposal
    assert not re.search(r"\d", proposal)
