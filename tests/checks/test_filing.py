"""T503, T505–T507: where an indicator belongs against where it is filed; at most one of them speaks of one indicator."""

import pytest
from brief import audit, brief, document

from auditor.checks.filing import stands
from auditor.classify import Decision
from auditor.profile import load_profile

FILING = ("T501", "T503", "T505", "T506")


def found(*indicators, select=FILING, name="县医院急诊楼改造", **more):
    report = audit(document({"name": name, "goal": "改造急诊楼", "indicators": [f"{one} | {one.split('|')[1].strip()}" for one in indicators]}, **more), select=select)  # fmt: skip
    assert not report.gaps
    return report


@pytest.mark.parametrize(
    ("indicator", "rule", "right"),
    [
        ("22 项目资金使用率 | 100%", "T505", "13"),
        ("21 资金支付及时率 | 100%", "T505", "13"),
        ("22 患者满意度 | ≥90%", "T506", "31"),
        ("31 竣工验收合格率 | 100%", "T506", "12"),
        ("14 竣工验收合格率 | 100%", "T503", "12"),
        ("11 竣工验收合格率 | 100%", "T503", "12"),
        ("2/31 患者满意度 | ≥90%", "T501", None),
        ("22 急诊知识宣传次数 | 12次", "T503", "11"),
        ("22 带动药械销售额 | 3000万元", "T503", "21"),
    ],
)
def test_one_rule_speaks_and_names_the_right_class(indicator, rule, right):
    report = found(indicator)
    assert brief(report) == [("P1.I1", rule)]
    if right:
        assert f"{right}-" in report.findings[0].message.zh + report.findings[0].suggestion.zh


@pytest.mark.parametrize(
    "indicator",
    [
        "12 竣工验收合格率 | 100%",
        "31 患者满意度 | ≥90%",
        "13 资金支付及时率 | 100%",
        "11 新增抢救床位数 | 20张",
        "14 每平方米造价 | ≤1800元",
        "11 急诊医师培训覆盖率 | 100%",
        "12 急诊医师培训覆盖率 | 100%",
    ],
)
def test_silence_about_what_is_filed_right(indicator):
    assert brief(found(indicator)) == []


def wavering(**chances):
    rest = 1 - sum(chances.values())
    others = [code for code in ("11", "12", "13", "14", "21", "22", "23", "24", "31") if f"c{code}" not in chances]
    found = [(code[1:], chance) for code, chance in chances.items()] + [(code, rest / len(others)) for code in others]
    return Decision("急诊留观情况", "良好", tuple(sorted(found, key=lambda pair: -pair[1])), "model")


@pytest.mark.parametrize(
    ("decision", "filed", "is_fine"),
    [
        (wavering(c12=0.55, c24=0.4), "14", False),  # either of two others, surely not this one
        (wavering(c12=0.55, c24=0.4), "24", True),
        (wavering(c12=0.45, c24=0.45), "14", True),  # nothing to name
        (wavering(c12=0.55, c14=0.05), "14", True),  # not ruled out
        (wavering(c12=0.95), "14", False),
    ],
)
def test_a_class_may_be_ruled_out_where_others_are_open(decision, filed, is_fine):
    assert stands(decision, filed, load_profile("coded")) is is_fine


@pytest.mark.parametrize("name", ["", "１２３", "abc", "\u202e", "。" * 50, "名" * 3000])
def test_names_that_say_nothing_are_no_misfiling(name):
    assert brief(found(f"14 {name} | 100%", select=("T503", "T505", "T506"))) == []


def test_the_edition_that_folds_lasting_effects_accepts_them():
    from auditor.checks.filing import _accepted, decided
    from auditor.document import Indicator, Passage, Place
    from auditor.profile import load_profile

    place = Place("表")
    lasting = decided(Indicator(1, Passage("设备使用年限", place), annual_target=Passage("≥10年", place)))
    assert lasting.code == "24"
    assert _accepted(lasting, "22", load_profile("mof-2021-101"))
    assert _accepted(lasting, "24", load_profile("coded"))


def test_t507_once_a_name_on_the_rarer_class():
    def made(*classes):
        return [{"name": f"急诊楼改造{at}", "goal": "改造", "indicators": [f"{code} 急救平均等候时间 | 5分钟 | 5分钟"]} for at, code in enumerate(classes)]  # fmt: skip

    def flagged(*classes):
        return brief(audit(document(*made(*classes)), select=("T507",)))

    assert flagged("13", "22", "13") == [("P2.I1", "T507")]
    assert flagged("22", "13") == [("P2.I1", "T507")]
    assert flagged("13", "13", "13") == []
    assert flagged("22", "13", "12", "12") == [("P1.I1", "T507")]
