"""Self-evaluation forms: how far a target was met, and what score, reason and evidence say of it."""

from decimal import Decimal

import pytest
from brief import audit, brief, document
from hypothesis import given
from hypothesis import strategies as st

from auditor.checks.self_evaluation import completion
from auditor.document import Indicator, Passage, Place

PLACE = Place("表")


def share(name, target, actual):
    found = completion(
        Indicator(1, Passage(name, PLACE), annual_target=Passage(target, PLACE), actual=Passage(actual, PLACE))
    )
    return found and float(round(found.share, 3))


@pytest.mark.parametrize(
    ("name", "target", "actual", "met"),
    [
        ("培训村医人次", "≥100人次", "120人次", 1.2),
        ("培训村医人次", "≥100人次", "95", 0.95),
        ("培训村医人次", "≥1万人次", "9500人次", 0.95),
        ("疫苗接种覆盖率", "≥90%", "90%", 1),
        ("疫苗接种覆盖率", "≥90%", "81", 0.9),
        ("疫苗接种覆盖率", "≥90%", "0.81", 0.9),
        ("疫苗接种覆盖率", "100%", "1", 1),
        ("门诊投诉率", "≤5%", "10%", 0.5),
        ("每平方米造价", "≤2000元", "0.16万元", 1.25),
        ("平均等候时间", "≤3天", "6天", 0.5),
        ("医疗事故起数", "0起", "0起", 1),
        ("医疗事故起数", "0起", "2起", 0),
        ("巡诊场次", "3-5场", "4场", 1),
        ("巡诊场次", "3-5场", "6场", 1.2),
        ("巡诊场次", "3-5场", "2场", 0.667),
        ("业务收入增长率", "≥5%", "-2%", 0),
    ],
)
def test_how_far_a_target_was_met(name, target, actual, met):
    assert share(name, target, actual) == met


@pytest.mark.parametrize(
    ("name", "target", "actual"),
    [
        ("服务能力", "有所提升", "显著提升"),
        ("培训村医人次", "≥100人次", ""),
        ("培训村医人次", "", "100人次"),
        ("培训村医人次", "≥100人次", "已完成"),
        ("培训村医人次", "≥100人次", "12万元"),
        ("病房楼完工时间", "2024年6月30日前", "2024年8月15日"),
        ("药品损耗率", "≤1%", "0.8"),
    ],
)
def test_what_cannot_be_compared_is_left_alone(name, target, actual):
    assert share(name, target, actual) is None


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_at_least_and_at_most_mirror_each_other(target, actual):
    least, most = share("新增床位数", f"≥{target}张", f"{actual}张"), share("新增床位数", f"≤{target}张", f"{actual}张")
    assert (least >= 1) == (actual >= target) or abs(actual - target) / target < 0.001
    assert (most >= 1) == (actual <= target) or abs(actual - target) / target < 0.001


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_any_text_is_compared_or_left_alone(name, target, actual):
    found = share(name, target, actual)
    assert found is None or found >= 0


def row(name="新增床位数", annual="60张", actual="60张", **more):
    return {"filed": "11", "name": name, "annual": annual, "actual": actual, **more}


def found(rule, *indicators):
    made = document({"name": "县医院病房楼", "indicators": list(indicators)}, form="self_evaluation")
    report = audit(made, select=(rule,))
    assert not report.gaps
    return [place for place, _ in brief(report)]


@pytest.mark.parametrize(
    ("points", "score", "actual", "places"),
    [
        (60, 60, "60张", []),
        (60, "60.05", "60张", []),
        (60, "60.1", "60张", ["P1.I1"]),
        (60, 60, "42张", ["P1.I1"]),
        (60, 42, "42张", []),
        (60, 60, "90张", []),
        (59, 59, "60张", []),
        (10, 10, "60张", ["P1"]),
    ],
)
def test_s801(points, score, actual, places):
    other = row("抽查病历份数", "9份", "9份", points=40 if points == 60 else 31 if points == 59 else 40, score=5)
    assert found("S801", row(points=points, score=score, actual=actual), other) == places


def test_s801_weights_count_as_points_only_where_they_are_ones():
    def pair(weight, score):
        return [row(name, weight=weight, score=score) for name in ("新增床位数", "新增病房数")]

    assert found("S801", *pair("50", "55")) == []  # both above: scored out of a hundred each
    assert found("S801", row(weight="50", score="55"), row("新增病房数", weight="50", score="50")) == ["P1.I1"]
    assert found("S801", *pair("0.5", "95")) == []
    assert found("S801", *pair("20", "95")) == []
    assert found("S801", row(), row("新增病房数")) == []


@pytest.mark.parametrize(
    ("name", "annual", "actual", "flagged"),
    [
        ("新增床位数", "60张", "130张", True),
        ("新增床位数", "60张", "66张", False),
        ("患者满意度", "≥40%", "95%", False),
        ("每张床位造价", "≤5万元", "2万元", False),
        ("医疗事故起数", "0起", "0起", False),
        ("巡诊场次", "3-5场", "5场", False),
    ],
)
def test_s802(name, annual, actual, flagged):
    assert bool(found("S802", row(name, annual, actual))) is flagged


@pytest.mark.parametrize(
    ("actual", "deviation", "flagged"),
    [
        ("42张", "", True),
        ("42张", " 无 ", True),
        ("42张", "/", True),
        ("42张", "无法按期交付，顺延至3月", False),
        ("60张", "", False),
        ("已完成", "", False),
    ],
)
def test_s803(actual, deviation, flagged):
    assert bool(found("S803", row(actual=actual, deviation=deviation))) is flagged


def test_s803_a_form_without_that_column_is_left_alone():
    assert found("S803", row(actual="42张")) == []
    assert found("S803", row(actual="42张"), row("新增病房数", deviation="")) == ["P1.I1"]


@pytest.mark.parametrize(
    ("actual", "score", "flagged"),
    [
        ("显著提升", 10, True),
        ("显著提升", 8, False),
        ("通过三级医院评审", 10, False),
        ("提升12%", 10, False),
        ("", 10, False),
    ],
)
def test_s804(actual, score, flagged):
    assert bool(found("S804", row("基层服务能力", "有所提升", actual, points=10, score=score))) is flagged


def test_a_csv_form_from_file_to_finding(tmp_path):
    from auditor.readers import read

    path = tmp_path / "自评.csv"
    path.write_text(
        "项目支出绩效自评表,,,,,,,\n项目名称,村医培训,,,,,,\n主管部门,清水县卫健局,,,,,,\n"
        "一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分,偏差原因分析及改进措施\n"
        "产出指标,数量指标,培训村医人数,100人,80人,50,40,\n产出指标,质量指标,培训合格率,≥90%,0.95,40,40,\n",
        encoding="utf-8",
    )
    read_back = read(path)
    assert [one.score for one in read_back.projects[0].indicators] == [Decimal(40), Decimal(40)]
    report = audit(read_back, select=("S",))
    assert brief(report) == [("P1.I1", "S803")]
