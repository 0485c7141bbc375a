"""C203 nominal, C206–C210: whether indicators and goal say enough."""

import pytest
from brief import audit, document
from paper import project, table

GOAL = "改造县医院急诊楼二层，新增抢救床位，缩短急救等候时间"
GOOD = (
    "11 改造急诊楼面积 | 2600平方米",
    "12 工程竣工验收合格率 | 100%",
    "22 急救平均等候时间缩短率 | ≥15%",
    "31 患者满意度 | ≥90%",
)


def found(rule, made, **settings):
    report = audit(made if not isinstance(made, dict) else document(made), select=(rule,), **settings)
    assert not report.gaps
    return [(one.severity, one.quote) for one in report.findings]


def flagged(rule, *indicators, name="急诊楼改造", goal=GOAL, amount=500):
    return bool(found(rule, project(name, amount, *indicators, goal=goal)))


NOMINAL = ("22 项目资金支付及时率 | 100%", "21 预算执行率 | ≥95%")


def test_c203_benefits_that_all_belong_elsewhere_are_nominal():
    made = project("急诊楼改造", 500, *GOOD[:2], *NOMINAL, GOOD[3], goal=GOAL)
    (only,) = found("C203", made)
    assert only[0] == "warning" and "支付及时率" in only[1] and "执行率" in only[1]
    assert found("C203", project("急诊楼改造", 500, *GOOD, *NOMINAL, goal=GOAL)) == []
    (none,) = found("C203", project("急诊楼改造", 500, *GOOD[:2], GOOD[3], goal=GOAL))
    assert none[0] == "error"


@pytest.mark.parametrize(
    ("name", "extra", "expected"),
    [
        ("急诊楼改造", (), True),
        ("急诊楼改造", ("14 每平方米造价 | ≤1800元",), False),
        ("急诊楼改造", ("12 超概算比例 | ≤5%",), False),
        ("困难群众慰问", (), False),
    ],
)
def test_c206(name, extra, expected):
    assert flagged("C206", *GOOD, *extra, name=name) is expected


def test_c206_says_nothing_of_a_project_without_indicators():
    assert not flagged("C206")


@pytest.mark.parametrize(
    ("indicators", "expected"),
    [
        (("12 补助资金发放准确率 | 100%", "13 资金支付及时率 | 100%", "31 患者满意度 | 90%"), True),
        (("11 培训村医人数 | 300人", "12 补助资金发放准确率 | 100%"), False),
        (("12 工程验收合格率 | 100%", "12 补助资金发放准确率 | 100%"), False),
        (("13 资金支付及时率 | 100%",), False),
        ((), False),
    ],
)
def test_c207(indicators, expected):
    assert flagged("C207", *indicators, name="村医养老补助") is expected


@pytest.mark.parametrize(
    ("amount", "unit", "count", "expected"),
    [(30000000, "元", 1, True), (3000, "万元", 1, True), (3, "亿元", 2, True), (300, "元", 1, False), (3000, "万元", 4, False), (None, "万元", 1, False), (3000, "万元", 0, False)],
)  # fmt: skip
def test_c208_counts_in_ten_thousands_whatever_the_unit(amount, unit, count, expected):
    made = table("表", "某局", project("急诊楼改造", amount, *GOOD[:count], goal=GOAL), unit=unit)
    assert bool(found("C208", made)) is expected


@pytest.mark.parametrize(
    ("indicators", "expected"),
    [
        (("11 工作完成率 | 100%", "12 工作质量达标率 | 100%", "13 完成及时率 | 100%"), True),
        (("11 工作完成率 | 100%", "12 工作质量达标率 | 100%", "13 急诊楼交付及时率 | 100%"), False),
        (("11 工作完成率 | 其中：急诊楼改造100%", "12 工作质量达标率 | 100%", "13 完成及时率 | 100%"), False),
        (("11 服务人数 | 3000人", "12 工作质量达标率 | 100%", "13 完成及时率 | 100%"), False),
        (("11 工作完成率 | 100%",), False),
    ],
)
def test_c209(indicators, expected):
    assert flagged("C209", *indicators) is expected


@pytest.mark.parametrize(
    ("name", "goal", "expected"),
    [
        ("急诊楼改造", "进一步提高工作水平，不断提升服务质量，确保各项工作任务顺利完成。", True),
        ("急诊楼改造", "完成急诊楼改造，确保各项工作任务顺利完成，不断提升服务质量。", False),
        ("急诊楼改造", "确保3项工作任务顺利完成，不断提升服务质量和管理水平。", False),
        ("急诊楼改造", "做好工作", False),
        ("急诊楼改造", "", False),
    ],
)
def test_c210(name, goal, expected):
    assert flagged("C210", *GOOD, name=name, goal=goal) is expected


def test_hostile_projects_give_no_crash():
    for text in ("", " ", "\u202e反", "=1+1", "名" * 5000, "<script>", "12345"):
        made = document(
            {
                "name": text,
                "goal": text,
                "amounts": [0],
                "indicators": [f"11 {text.replace('|', '')} | {text} | {text}"] * 3,
            }
        )
        assert not audit(made, select=("C", "T", "X", "S")).gaps
