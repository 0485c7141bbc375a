"""Which names are one programme, and which rows share a text."""

import pytest
from brief import audit, brief, document
from hypothesis import given
from hypothesis import strategies as st

from auditor.reuse import programme, reuse_groups, same_programme


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("农机购置补贴", "2024年农机购置补贴（第二批）"),
        ("下达2023年中央文化人才专项#云财教〔2023〕9号-临溪县#", "文化人才专项"),
        ("临溪县2022-2023年政务云运维项目", "临溪县2023-2024年政务云运维项目"),
        ("云川市公共自行车运维服务（2024年度）", "公共自行车运维服务"),
        ("信息系统运维项目", "信息系统运维服务项目"),
        ("养老服务补助清算资金", "养老服务补助"),
        ("提前下达2025年耕地地力保护补贴", "追加2024年耕地地力保护补贴"),
    ],
)
def test_one_programme(a, b):
    assert same_programme(a, b)
    assert same_programme(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("体育器材采购项目", "音乐器材采购项目"),
        ("老旧小区改造工程", "市政道路改造工程"),
        ("高标准农田建设", "高标准农田灌溉"),
        ("激光切割装备研发", "智能灌溉装备研发"),
        ("2024年", "2023年"),
        ("专项经费", "工作经费"),
    ],
)
def test_different_programmes(a, b):
    assert not same_programme(a, b)
    assert not same_programme(b, a)


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_verdict_on_two_names_depends_on_them_alone_and_goes_both_ways(a, b):
    assert same_programme(a, b) == same_programme(b, a)
    assert same_programme(a, a)
    assert isinstance(programme(a), str)


def project(name, goal="组织开展技能比武，选拔培养一线骨干", indicators=()):
    return {"name": name, "goal": goal, "indicators": list(indicators)}


SET = ["11 比武场次 | 3场 | 3场", "12 参赛合格率 | 90% | 90%", "31 参赛人员满意度 | 90% | 90%"]


def test_a_row_of_a_programme_is_held_against_other_programmes_only():
    report = audit(
        document(project("焊工比武2023年"), project("焊工比武2024年"), project("图书采购")), select=("reuse",)
    )
    assert brief(report) == [("P1", "R301"), ("P1", "R309"), ("P2", "R301"), ("P2", "R309"), ("P3", "R301")]
    first = report.findings[0]
    assert [evidence.row for evidence in first.evidence] == [3]


def test_strangers_change_no_verdict():
    pair = [project("图书采购"), project("道路养护")]
    strangers = [project(f"专项{number}号改造", f"完成第{number}处管网改造，长度{number}00米") for number in range(20)]
    alone = brief(audit(document(*pair), select=("reuse",)))
    among = brief(audit(document(*pair, *strangers), select=("reuse",)))
    assert alone == among == [("P1", "R301"), ("P2", "R301")]


def test_an_indicator_set_counts_in_any_order_and_says_when_only_values_differ():
    other = [*reversed(SET[:2]), SET[2]]
    changed = ["11 比武场次 | 5场 | 5场", *SET[1:]]
    rows = [
        project("焊工比武", "甲" * 12, SET),
        project("图书采购", "乙" * 12, other),
        project("道路养护", "丙" * 12, changed),
    ]
    report = audit(document(*rows), select=("R303",))
    assert [(finding.row, finding.severity) for finding in report.findings] == [
        (1, "error"),
        (2, "error"),
        (3, "warning"),
    ]


def test_two_indicators_are_too_few_for_a_set():
    rows = [project("焊工比武", "甲" * 12, SET[:2]), project("图书采购", "乙" * 12, SET[:2])]
    assert brief(audit(document(*rows), select=("R303",))) == []


def test_the_group_shows_every_member_once():
    groups = reuse_groups([document(project("图书采购"), project("道路养护"), project("苗木养护"))])
    assert [(group.kind, group.relation, len(group.members)) for group in groups] == [("goal", "copied", 3)]


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_to_compare(count):
    assert reuse_groups([document(*[project("图书采购")] * count)] if count else []) == ()


def test_a_classified_row_takes_no_part():
    secret = "本项目为涉密项目，按规定不予公开绩效目标。"
    report = audit(document(project("甲一号", secret, SET), project("图书采购", secret, SET)), select=("reuse", "F108"))
    assert brief(report) == [("P1", "F108"), ("P2", "F108")]
