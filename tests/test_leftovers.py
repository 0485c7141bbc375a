"""Places, bodies and years that do not belong (R308): cases as data, each with its home."""

import csv

import pytest
from brief import audit, brief, document
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from auditor.reuse.leftovers import Home, home_of, leftovers, years_in
from auditor.reuse.territory import above, mentions, opening_places, related
from auditor.text import plain

with (ROOT / "tests/leftovers.csv").open(encoding="utf-8", newline="") as _lines:
    CASES = list(csv.DictReader(_lines))


def found(text, department, project="", year=None):
    home = home_of(plain(department).text, plain(project).text, year=year)
    view = plain(text).text
    return [view[slice(*one.span)] for one in leftovers(view, home)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:16])
def test_case(case):
    year = int(case["year"]) if case["year"] else None
    got = found(case["text"], case["department"], case["project"], year)
    assert got[:1] == ([case["expected"]] if case["expected"] else [])


def test_there_are_more_cases_of_silence():
    assert len(CASES) >= 100
    assert sum(not case["expected"] for case in CASES) >= 60


@given(st.text(max_size=120), st.sampled_from([case["department"] for case in CASES]))
def test_spans_lie_in_the_text_and_nothing_is_raised(text, department):
    view = plain(text).text
    home = home_of(department, "", year=2024)
    for one in leftovers(view, home):
        assert 0 <= one.span[0] < one.span[1] <= len(view)


@given(st.sampled_from([case for case in CASES if case["expected"]]))
def test_nothing_is_said_where_the_home_is_unknown(case):
    assert leftovers(plain(case["text"]).text, Home(frozenset(), "", "")) == ()


def test_a_place_is_at_home_in_its_own_table():
    for case in CASES:
        if case["expected"].endswith(("市", "县", "区")) and len(case["expected"]) < 6:
            assert found(case["text"], case["expected"] + "教育局") == []


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("安徽金寨经济开发区管理委员会", ("安徽省", "金寨县")),
        ("常州市新北区民政局", ("常州市", "新北区")),
        ("沛县教育局", ("沛县",)),
        ("县水利局", ()),
        ("", ()),
    ],
)
def test_home_is_read_from_the_beginning_of_a_name(name, places):
    assert opening_places(name) == places


def test_a_name_of_several_places_is_related_to_each():
    assert {"北京市", "长春市"} <= above("朝阳区")
    assert related("朝阳区", frozenset({"北京市"}))
    assert related("朝阳区", frozenset({"长春市"}))
    assert not related("朝阳区", frozenset({"广州市"}))


def test_parents_before_a_name_belong_to_the_mention():
    (mention,) = mentions("维护江苏省徐州市沛县以外的江苏省徐州市睢宁县治安"[9:])
    assert mention.names == ("江苏省", "徐州市", "睢宁县")


def test_years():
    assert years_in("2023-2024年度财教[2022]118号") == (2023, 2024, 2022)
    assert years_in("编号120231号") == ()


def test_a_place_that_three_goals_name_is_a_partner():
    rows = [
        {"name": f"项目{number}", "unit": "安丘市水利局", "goal": f"保障平度市{what}"}
        for number, what in enumerate("甲乙丙")
    ]
    assert brief(audit(document(*rows[:2]), select=("R308",))) == [("P1", "R308"), ("P2", "R308")]
    assert brief(audit(document(*rows), select=("R308",))) == []


def test_the_years_of_the_table_tell_that_a_body_is_gone():
    old = {"name": "电梯检验", "goal": "配合质监局检验电梯200台"}
    later = {"name": "追加2024年补助资金", "goal": "购置设备6台"}
    assert brief(audit(document(old), select=("R308",))) == []
    assert brief(audit(document(old, later), select=("R308",))) == [("P1", "R308")]


def test_indicator_names_are_read_too():
    rows = {
        "name": "水库维养",
        "unit": "嵊州市水利局",
        "goal": "维养水库",
        "indicators": ["22 提升诸暨市防洪能力 | 提升 | 提升"],
    }
    assert brief(audit(document(rows), select=("R308",))) == [("P1.I1", "R308")]


def test_real_tables(seed):
    from auditor.readers import read

    assert brief(audit(read(seed("002")), select=("R308",))) == []
    assert brief(audit(read(seed("000")), select=("R308",))) == [("P15", "R308")]
