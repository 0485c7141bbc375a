"""One figure against the others of its kind: X705, X708, X709."""

import pytest
from brief import audit, brief
from hypothesis import given, settings
from hypothesis import strategies as st
from paper import project, table

NAMES = [
    "人民公园",
    "滨河路",
    "体育中心",
    "烈士陵园",
    "站前广场",
    "凤凰山林带",
    "湿地水岸",
    "工业园区",
    "环城绿带",
    "植物温室",
]


def rows(*values, indicator="12 乔木补植成活率", amounts=None, names=NAMES):
    return [project(f"{name}养护", amounts[at] if amounts else 50, f"{indicator} | {values[at]}") for at, name in enumerate(names[: len(values)])]  # fmt: skip


def found(rule, *documents):
    report = audit(*documents, select=(rule,))
    assert not report.gaps
    return brief(report)


def town(*projects, **more):
    return table("表", "清水县园林局", *projects, **more)


def total(*values, name="全县公共交通客运总量", titles=("公交运营补贴", "轨道安全检查", "站场消防改造")):
    return [project(title, 10, f"22 {name} | {value}") for title, value in zip(titles, values, strict=False)]


def test_x705_one_total_one_value():
    assert found("X705", town(*total("≥3.2亿人次", "≥2.9亿人次"))) == [("P1.I1", "X705")]
    assert found("X705", town(*total("3.2亿人次", "3.2亿人次", "3亿人次"))) == [("P1.I1", "X705")]


@pytest.mark.parametrize(
    "projects",
    [
        total("3.2亿人次", "≥3.2亿人次"),
        total("3.2亿人次", "32000万人次"),
        total("30%", "40%", name="全县公共交通分担率"),
        total("300人", "400人", name="公交驾驶员培训人数"),
        total("300人", "400人", titles=("公交补贴（第一批）", "公交补贴（第二批）")),
        total("3亿人次", "良好"),
        total("300人", "400人", name="全县驾驶员培训人数（线上）") [:1] + total("300人", "400人", name="全县驾驶员培训人数（线下）")[1:],
    ],
)  # fmt: skip
def test_x705_silence(projects):
    assert found("X705", town(*projects)) == []


@pytest.mark.parametrize(
    ("one", "other", "flagged"),
    [
        ({"year": 2024}, {"year": 2024}, True),
        ({"year": 2023}, {"year": 2024}, False),
        ({"year": None}, {"year": None}, False),
    ],
)
def test_x705_between_documents_only_of_one_department_and_year(one, other, flagged):
    documents = [
        table("甲", "清水县交通局", *total("3亿人次"), **one),
        table("乙", "清水县交通局", *total("4亿人次", titles=["轨道安全检查"]), **other),
    ]
    assert bool(found("X705", *documents)) is flagged
    elsewhere = [documents[0], table("乙", "碧山县交通局", *total("4亿人次", titles=["轨道安全检查"]), **other)]
    assert found("X705", *elsewhere) == []


def batches(*money, indicator="11 维修供水工程数量", values=None):
    return [
        project(f"农村饮水巩固补助（第{at}批）", amount, f"{indicator} | {values[at - 1] if values else '10处'}")
        for at, amount in enumerate(money, start=1)
    ]


def test_x708_twice_and_half_the_median_are_the_limits():
    # 100, 110, 95, 105 万元 for ten each: the median is near 10 万元 each
    assert found("X708", town(*batches(100, 110, 95, 105, 400))) == [("P5.I1", "X708")]
    assert found("X708", town(*batches(100, 110, 95, 105, 20))) == [("P5.I1", "X708")]
    assert found("X708", town(*batches(100, 100, 100, 100, 200))) == []
    assert found("X708", town(*batches(100, 100, 100, 100, 50))) == []
    assert found("X708", town(*batches(100, 100, 100, 100, "200.01"))) == [("P5.I1", "X708")]


def test_x708_says_its_figures_and_converts_units():
    report = audit(town(*batches(*(one * 10000 for one in (100, 110, 95, 105, 400))), unit="元"), select=("X708",))
    assert "400.00万元" in report.findings[0].message.zh and "40.00万元" in report.findings[0].message.zh
    assert "10.50万元" in report.findings[0].message.zh
    assert len(report.findings[0].evidence) == 4


@pytest.mark.parametrize(
    "projects",
    [
        batches(100, 110, 95, 400),
        batches(100, 110, 95, 105, 400, indicator="12 供水水质达标率", values=["90%"] * 5),
        batches(100, 110, 95, 105, 400, values=["10处"] * 4 + ["0处"]),
        batches(100, 110, 95, 105, 400, values=["10处"] * 4 + ["尽量多"]),
    ],
)
def test_x708_silence(projects):
    assert found("X708", town(*projects)) == []


def test_x709_needs_eight_peers_and_a_large_distance():
    usual = ["≥95%", "≥96%", "≥94%", "≥95%", "≥97%", "≥95%", "≥96%", "≥94%"]
    assert found("X709", town(*rows(*usual, "≥55%"))) == [("P9.I1", "X709")]
    assert found("X709", town(*rows(*usual[:7], "≥55%"))) == []
    assert found("X709", town(*rows(*usual, "≥92%"))) == []
    assert found("X709", town(*rows(*["≥95%"] * 8, "≥55%"))) == []


def test_x709_amounts_are_compared_by_ratio_and_tranches_are_one_peer():
    counts = ["100株", "120株", "90株", "110株", "100株", "95株", "130株", "105株"]
    assert found("X709", town(*rows(*counts, "9000株", indicator="11 补植乔木株数"))) == [("P9.I1", "X709")]
    tranches = [project(f"道路绿化（第{at}批）", 5, f"11 补植乔木株数 | {value}") for at, value in enumerate(counts, 1)]
    assert found("X709", town(*tranches, *rows("9000株", indicator="11 补植乔木株数"))) == []


def test_x709_zero_dates_and_words_do_no_harm():
    for value in ("0株", "2024年6月30日前", "尽量多", ""):
        assert found("X709", town(*rows(*[value] * 10, indicator="11 补植乔木株数"))) == []


@settings(deadline=None, max_examples=20)
@given(st.permutations(range(9)))
def test_order_of_rows_changes_no_verdict(order):
    values = ["≥95%", "≥96%", "≥94%", "≥95%", "≥97%", "≥95%", "≥96%", "≥94%", "≥55%"]
    made = rows(*values)
    report = audit(town(*[made[at] for at in order]), select=("X708", "X709"))
    assert [finding.project for finding in report.findings] == ["环城绿带养护"]
