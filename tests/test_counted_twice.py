"""One output figure claimed by two rows (X711)."""

import pytest
from brief import audit, brief, document
from hypothesis import given
from hypothesis import strategies as st

TWICE = [("P1.I1", "X711"), ("P2.I1", "X711")]


def both(text):
    """Give the annual value for the cycle too."""
    return f"11 {text} | {text.split('|')[1].strip()}"


def rows(first, second, names=("乡村电商站点提升", "县域商业补短板"), units=("甲县商务局", "甲县商务局")):
    return [
        {"name": name, "unit": unit, "indicators": [both(text)]}
        for name, unit, text in zip(names, units, (first, second), strict=True)
    ]


def verdict(*args, more=(), **named):
    return brief(audit(document(*rows(*args, **named), *more), select=("X711",)))


SITES = "支持村级电商站点数量 | 137个"


@pytest.mark.parametrize("other", [SITES, "支持村级电商站点的数量 | ≥137个", "支持村级电商站点数量 | 137"])
def test_the_same_figure_in_equal_or_near_words(other):
    assert verdict(SITES, other) == TWICE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (SITES, "支持村级电商站点数量 | 138个"),
        (SITES, "支持乡镇快递网点数量 | 137个"),
        ("支持村级电商站点数量 | 100个", "支持村级电商站点数量 | 100个"),
        ("巡查林区防火通道里程 | 137公里", "巡查林区防火通道里程 | 137公里"),
        ("电商站点验收合格率 | 97.5%", "电商站点验收合格率 | 97.5%"),
        ("培训人次 | 1375人次", "培训人次 | 1375人次"),
        ("奖励企业数量 | 137家", "奖励企业数量 | 137家"),
        ("支持全市规上企业数量 | 137家", "支持全市规上企业数量 | 137家"),
    ],
)
def test_silence(first, second):
    assert verdict(first, second) == []


def test_one_programme_may_repeat_its_figure():
    assert verdict(SITES, SITES, names=("2023年乡村电商站点提升", "乡村电商站点提升（第二批）")) == []


def test_between_units_a_figure_must_be_more_exact():
    units = ("甲县商务局", "甲县供销社")
    few = "支持村级电商站点数量 | 37个"
    assert verdict(few, few) == TWICE
    assert verdict(SITES, SITES, units=units) == TWICE
    assert verdict(few, few, units=units) == []


def test_equal_sets_are_left_to_another_rule():
    equal = [both(SITES), "31 商户满意度 | 90% | 90%", "13 完成时间 | 12月 | 12月"]
    copies = [{"name": name, "indicators": equal} for name in ("电商提升", "古桥加固")]
    assert brief(audit(document(*copies), select=("X711",))) == []


def test_a_figure_that_many_rows_share_is_a_standard():
    many = [{"name": f"{name}提升", "indicators": [both(SITES), both(f"更换{name}灯具 | 3盏")]} for name in "茶果花木"]
    assert brief(audit(document(*many[:3]), select=("X711",))) == [*TWICE, ("P3.I1", "X711")]
    assert brief(audit(document(*many), select=("X711",))) == []


@given(st.permutations(range(4)))
def test_order_changes_nothing(order):
    table = [
        {"name": "乡村电商站点提升", "indicators": [both(SITES), both("绿化面积 | 3亩")]},
        {"name": "古桥加固", "indicators": [both("加固古桥数量 | 3座")]},
        {"name": "县域商业补短板", "indicators": [both(SITES)]},
        {"name": "苗木补植", "indicators": [both("补植苗木株数 | 4260株")]},
    ]
    report = audit(document(*[table[at] for at in order]), select=("X711",))
    assert {finding.project for finding in report.findings} == {"乡村电商站点提升", "县域商业补短板"}


def test_real_tables(seed):
    from auditor.readers import read

    assert brief(audit(read(seed("000")), select=("X711",))) == [("P21.I2", "X711"), ("P22.I1", "X711")]
    assert brief(audit(read(seed("002")), select=("X711",))) == []
