"""An upper level's table against a lower one's: one transfer printed twice."""

import pytest
from brief import audit
from hypothesis import given, settings
from hypothesis import strategies as st
from paper import facts, project, table

import auditor.links.pairs as pairs_module
from auditor.links import compare, linked

CITY, COUNTY = "清江市文化局", "清江市南山区文化局"
ABOVE = project("公共图书馆免费开放补助", 86, "11 新增馆藏图书数量 | 6000册")
BELOW = project("清江市追加2024年公共图书馆免费开放补助#清财教〔2024〕12号", 86, "11 新增馆藏图书数量 | 6000册")


def below(name=BELOW["name"], amount=86, indicator="11 新增馆藏图书数量 | 6000册"):
    return project(name, amount, indicator)


def x707(upper, lower, years=(2024, None), departments=(CITY, COUNTY)):
    report = audit(
        table("市表", departments[0], upper, year=years[0]), table("区表", departments[1], lower, year=years[1]), select=("X707",)
    )  # fmt: skip
    assert not report.gaps
    return [(one.document, one.severity) for one in report.findings]


def test_agreeing_rows_are_a_link_and_no_finding():
    (pairing,) = linked([table("市表", CITY, ABOVE, year=2024), table("区表", COUNTY, BELOW)])
    assert (pairing.a, pairing.b) == ("市表", "区表")
    assert facts(pairing) == [("公共图书馆免费开放补助", 1, ())]
    assert "清财教[2024]12号" in pairing.links[0].why.zh
    assert x707(ABOVE, BELOW) == []


def test_other_targets_and_other_names_are_findings_of_the_lower_row():
    assert x707(ABOVE, below(indicator="11 新增馆藏图书数量 | 4000册")) == [("区表", "warning")]
    assert x707(ABOVE, below(indicator="11 完成情况 | 新增馆藏图书数量：6000册")) == [("区表", "warning")]
    assert x707(ABOVE, below(indicator="11 新增馆藏图书数量 | ≥6000册")) == []


def test_an_unknown_year_is_advice():
    lower = project("清江市追加公共图书馆免费开放补助", 86, "11 新增馆藏图书数量 | 4000册")
    assert x707(ABOVE, lower, years=(None, None)) == [("区表", "info")]


@pytest.mark.parametrize(
    "lower",
    [
        below(amount="85.99", indicator="11 新增馆藏图书数量 | 4000册"),
        below(name="清江市追加2023年公共图书馆免费开放补助", indicator="11 新增馆藏图书数量 | 4000册"),
        below(name="清江市追加2024年乡镇文化站免费开放补助", indicator="11 新增馆藏图书数量 | 4000册"),
        below(name="公共图书馆免费开放补助", indicator="11 新增馆藏图书数量 | 4000册"),
        project(BELOW["name"], None, "11 新增馆藏图书数量 | 4000册"),
    ],
)
def test_silence_about_rows_that_are_not_the_same_money(lower):
    assert x707(ABOVE, lower) == []


@pytest.mark.parametrize(
    "departments",
    [
        ("清江市文化局", "清江市财政局"),
        ("南山区文化局", "北山区文化局"),
        ("清江市南山区文化局", "清江市南山区教育局"),
        (COUNTY, CITY),
    ],
)
def test_bodies_of_one_level_give_each_other_nothing(departments):
    assert x707(ABOVE, below(indicator="11 新增馆藏图书数量 | 4000册"), departments=departments) == []


def test_two_receivers_of_one_grant_are_not_each_others_source():
    twice = [
        table(name, None, below(indicator=f"11 新增馆藏图书数量 | {count}册")) for name, count in (("甲", 1), ("乙", 2))
    ]
    assert linked(twice) == ()


def test_a_common_purchase_for_the_same_amount_is_no_transfer():
    upper, lower = (project("办公设备购置", 10, f"11 购置办公电脑数量 | {count}台") for count in (10, 20))
    assert x707(upper, lower) == []


def test_a_row_is_linked_once_with_the_row_that_agrees_most():
    upper = [project("公共图书馆免费开放补助", 86, f"11 新增馆藏图书数量 | {count}册") for count in (1000, 6000)]
    lower = [below(), below(indicator="11 新增馆藏图书数量 | 1000册"), below(indicator="11 新增馆藏图书数量 | 9册")]
    (pairing,) = linked([table("市表", CITY, *upper), table("区表", COUNTY, *lower)])
    assert [(link.a.row, link.b.row, link.agrees) for link in pairing.links] == [(2, 1, True), (1, 2, True)]
    assert [(one.kind, one.end.row) for one in pairing.unpaired] == [("row", 3)]


def test_yuan_beside_ten_thousands():
    upper = table("市表", CITY, project("公共图书馆免费开放补助", 860000, "11 新增馆藏图书数量 | 6000册"), unit="元")
    (pairing,) = linked([upper, table("区表", COUNTY, below(indicator="11 新增馆藏图书数量 | 4000册"))])
    amounts = next(one for one in pairing.links[0].fields if one.kind == "amount")
    assert amounts.agrees and amounts.a.startswith("86.00万元") and "换算" in amounts.a and amounts.b == "86.00万元"


def test_compare_believes_the_person_who_named_both():
    upper, lower = table("甲", CITY, project("办公楼加固", 10)), table("乙", CITY, project("办公楼加固", 10))
    assert linked([upper, lower]) == ()
    assert facts(compare(upper, lower)) == [("办公楼加固", 1, ())]


def test_a_table_and_its_copy_agree_in_every_row():
    one, other = table("原件", CITY, ABOVE, BELOW), table("副本", CITY, ABOVE, BELOW)
    pairing = compare(one, other)
    assert [link.agrees for link in pairing.links] == [True, True] and pairing.unpaired == ()
    assert audit(one, other, select=("X707",)).pairings == ()


@settings(deadline=None, max_examples=25)
@given(st.permutations(range(3)), st.booleans())
def test_order_changes_nothing(order, swapped):
    rows = [BELOW, below(name="清江市追加2024年乡镇文化站运转补助", amount=20), below(name="乡村舞台维护", amount=7)]
    documents = [
        table("市表", CITY, ABOVE, project("乡镇文化站运转补助", 20)),
        table("区表", COUNTY, *[rows[at] for at in order]),
    ]
    (pairing,) = linked(documents[::-1] if swapped else documents)
    assert (pairing.a, pairing.b) == ("市表", "区表")
    assert {(link.a.label, link.b.label) for link in pairing.links} == {
        (ABOVE["name"], BELOW["name"]),
        ("乡镇文化站运转补助", "清江市追加2024年乡镇文化站运转补助"),
    }


def test_many_tables_are_not_compared_all_with_all(monkeypatch):
    compared = []
    real = pairs_module.level_links
    monkeypatch.setattr(pairs_module, "level_links", lambda *args, **more: compared.append(1) or real(*args, **more))
    own = [table(f"区表{at}", f"第{at}区文化局", project(f"清江市追加第{at}文化馆维修", at + 1)) for at in range(300)]
    assert len(linked([table("市表", CITY, ABOVE), *own, table("区表", COUNTY, BELOW)])) == 1
    assert len(compared) == 1


def test_real_documents(seed):
    from auditor.readers import read

    documents = [read(seed(number)) for number in ("000", "002", "004")]
    (pairing,) = [one for one in linked(documents) if one.kind == "upper_lower"]
    amounts = {link.b.row: next(field.a for field in link.fields if field.kind == "amount") for link in pairing.links}
    assert amounts == {32: "50.00万元", 33: "228.00万元", 34: "300.00万元"}
    assert [link.b.row for link in pairing.links if not link.agrees] == [34]
    report = audit(*documents, select=("X705", "X707"))
    assert [(one.rule, one.document[:3], one.row) for one in report.findings] == [
        ("X707", "000", 34),
        ("X705", "002", 34),
    ]
