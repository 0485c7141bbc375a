import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.relevance.names import core


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("2024年学前教育生均公用经费（第二批）", "学前教育生均公用经费"),
        ("农村义务教育学生营养改善计划（川财教〔2023〕118号）", "农村义务教育学生营养改善计划"),
        ("XX县城关镇中心幼儿园玩教具更新", "中心幼儿园玩教具更新"),
        ("县级界线联检", "县级界线联检"),
        ("小区改造升级工程", "小区改造升级工程"),
        ("传统村落集中连片民居修缮", "传统村落集中连片民居修缮"),
        ("某某市财政局信息化运维", "信息化运维"),
    ],
)
def test_additions_are_taken_off_and_the_matter_stays(name, left):
    assert core(name) == left


@given(st.text(max_size=80))
def test_nothing_is_added(name):
    found = core(name)
    assert len(found) <= len(name)
    assert core(found) in (found, core(core(found)))
