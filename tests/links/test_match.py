"""Which indicators measure the same thing: what a name is about, and that looking it up never compares all with all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper import project, table

import auditor.links.match as match_module
from auditor.links.match import MOST_ALIKE, matches, same_thing
from auditor.links.stated import all_stated, core

WORDS = st.text("新增企业国家展会项目年等各类开展人才（）的0123abc", max_size=12)


def states(*indicators, name="甲项目", amount=10):
    return all_stated(table("表", "某局", project(name, amount, *indicators)).projects[0])


def pairs(left, right):
    return [(one.a.name, one.b.name) for one in matches(states(left), states(right))]


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("1.新增公园绿地面积（亩）", "新增公园绿地面积"),
        ("2024年新增公园绿地面积", "新增公园绿地面积"),
        ("培训村医人次（线上）", "培训村医人次线上"),
        ("推动规上工业总产值（≥，亿元）", "规上工业总产值"),
        ("抽检农产品批次（含复检）", "抽检农产品批次"),
        ("", ""),
    ],
)
def test_what_a_name_is_about(name, about):
    assert core(name) == about


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("全市年社会消费品零售", "全市社会消费品零售"),
        ("各类职业技能培训", "职业技能培训"),
        ("开展河道巡查", "河道巡查"),
    ],
)
def test_light_words_may_differ(a, b):
    assert 0 < same_thing(a, b) < 100


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("国际博览会参展参会企业", "国际博览会参展参会企业国家"),
        ("国家高新技术企业", "新增国家高新技术企业"),
        ("规模以上服务业企业", "非规模以上服务业企业"),
        ("农村居民可支配收入", "农村居民人均可支配收入"),
        ("更新中小学体育器材", "更新中小学音乐器材"),
        ("城镇新增就业人员", "城乡新增就业人员"),
    ],
)
def test_no_other_word_may(a, b):
    assert same_thing(a, b) == 0


@given(WORDS, WORDS)
def test_likeness_is_symmetric_and_total_only_for_equals(a, b):
    assert same_thing(a, b) == same_thing(b, a)
    assert (same_thing(a, b) == 100) == (a == b)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("11 新建社区食堂数量 | 20家", "21 新建社区食堂数量 | 20%"),
        ("21 跨境电商出口额 | 5亿元", "21 跨境电商出口额 | 5亿美元"),
        ("31 服务对象满意度 | 90%", "31 服务对象满意度 | 95%"),
        ("13 项目完成及时率 | 100%", "13 项目完成及时率 | 95%"),
        ("11 2023年引进院士团队 | 3个", "11 2024年引进院士团队 | 5个"),
        ("13 门户网站上线时间 | 6月30日前", "13 门户网站上线时间 | 9月30日前"),
        ("11 培训村医人次（线上） | 300人次", "11 培训村医人次（线下） | 200人次"),
        ("11 绿道建设情况 | 良好", "11 绿道建设情况 | 良好"),
    ],
)
def test_silence(left, right):
    assert pairs(left, right) == []


@pytest.mark.parametrize(
    ("left", "right", "agrees"),
    [
        ("11 新建社区食堂数量 | ≥20家", "11 新建社区食堂数 | 20家", True),
        ("11 新建社区食堂数量 | 20家", "11 新建社区食堂数 | 18家", False),
        ("11 河道保洁长度 | 86公里", "11 河道保洁长度 | 86000米", True),
        ("11 新建社区食堂数量 | 3-5家", "11 新建社区食堂数量 | 3家", False),
        ("11 新建社区食堂数量 | ≥40家", "11 新建社区食堂数量 | ≤40家", False),
        ("12 古树复壮成活率 | 95%", "12 古树复壮成活率 | 95", True),
        ("11 工作完成情况 | 新增馆藏图书数量：6000册", "11 新增馆藏图书数量 | 6000册", True),
    ],
)
def test_agreement(left, right, agrees):
    (found,) = matches(states(left), states(right))
    assert found.a.agrees(found.b) is agrees
    assert found.b.agrees(found.a) is agrees


ROWS = st.lists(
    st.tuples(st.sampled_from(["新建社区食堂数量", "河道保洁长度", "引进院士团队数", "工作完成率"]), st.integers(1, 4)),
    min_size=1,
    max_size=8,
)


def listed(rows):
    return [
        one
        for number, (name, value) in enumerate(rows)
        for one in states(f"11 {name} | {value}个", name=f"项目{number}")
    ]


@settings(deadline=None)
@given(ROWS, ROWS, st.randoms())
def test_order_of_input_changes_nothing(left, right, chance):
    first, second = listed(left), listed(right)

    def found(a, b):
        return sorted((one.a.project.title, one.b.project.title, one.a.name, one.alike) for one in matches(a, b))

    before = found(first, second)
    chance.shuffle(first)
    chance.shuffle(second)
    assert found(first, second) == before
    assert sorted((b, a, name, alike) for a, b, name, alike in before) == found(second, first)


@pytest.mark.parametrize("kind", ["equal", "equal names", "distinct"])
def test_ten_thousand_names_are_never_compared_all_with_all(monkeypatch, kind):
    one = states("11 新建社区食堂数量 | 20家")[0]
    from dataclasses import replace

    many = [
        replace(one, subjects=(one.subjects[0] if kind != "distinct" else f"社区食堂{chr(0x4E00 + at)}",), amount=one.amount + (at if kind == "equal names" else 0))
        for at in range(10_000)
    ]  # fmt: skip
    compared = 0

    def counted(a, b):
        nonlocal compared
        compared += 1
        return same_thing(a, b)

    monkeypatch.setattr(match_module, "same_thing", counted)
    found = sum(1 for _ in matches(many, many))
    assert found >= 10_000
    assert compared <= MOST_ALIKE * len(many)
    assert kind == "equal" or compared < 10_010


def test_a_name_that_many_rows_share_leads_only_to_those_that_agree():
    many = [
        one
        for at in range(MOST_ALIKE + 1)
        for one in states(f"11 新建社区食堂数量 | {at + 1}家", name=f"第{at}街道食堂")
    ]
    left = states("11 新建社区食堂数量 | 7家")
    assert [one.b.text for one in matches(left, many)] == ["7家"]
    assert [one.b.text for one in matches(states("11 新建社区食堂数量 | 7000家"), many)] == []
