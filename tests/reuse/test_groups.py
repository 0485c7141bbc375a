"""Groups of rows: stars round a representative, whatever the order and the company."""

import random

import pytest
from brief import audit, brief, document
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.reuse import explain_cut, reuse_groups
from auditor.reuse.group import stars
from auditor.reuse.likeness import masked, ratio
from auditor.reuse.rows import FEW, Programmes, near_names, rows_of

GOAL = "对辖区内登记在册的古树逐一建档巡查，全年巡查12次，发现问题在5个工作日内处置，处置率达到95%，并向社会公布结果"
NEARLY = "对辖区内登记在册的水井逐一建档巡查，全年巡查24次，发现问题在3个工作日内处置，处置率达到98%，并向社会公布结果"
OTHER = "采购会议桌椅和投影设备，验收合格后交付各科室使用"


def project(name, goal=GOAL, indicators=()):
    return {"name": name, "goal": goal, "indicators": list(indicators)}


def flat(groups):
    return {(one.kind, one.relation, tuple(sorted(member.row for member in one.members))) for one in groups}


def test_near_goals_of_different_programmes_are_found_with_words_and_numbers_apart():
    report = audit(
        document(project("古树保护"), project("饮水检测", NEARLY), project("会议设备", OTHER)), select=("reuse",)
    )
    assert brief(report) == [("P1", "R302"), ("P2", "R302")]
    first = report.findings[0]
    assert first.severity == "warning"
    assert "“古树”→“水井”" in first.message.zh
    assert "12→24、5→3、95→98" in first.message.zh
    assert [one.row for one in first.evidence] == [2] * len(first.evidence)


def test_only_numbers_differ():
    groups = reuse_groups([document(project("古树保护"), project("饮水检测", GOAL.replace("12", "15")))])
    assert flat(groups) >= {("goal", "near", (1, 2))}
    assert [one.score for one in groups if one.kind == "goal"] == [1.0]


def test_near_goals_of_one_programme_are_one_group():
    rows = [project("古树保护（2023年度）"), project("古树保护（2024年度）", NEARLY), project("会议设备", OTHER)]
    report = audit(document(*rows), select=("reuse",))
    assert brief(report) == [("P1", "R309"), ("P2", "R309")]
    assert "文字相近" in report.findings[0].message.zh


def test_every_member_of_a_near_group_is_near_its_representative():
    texts = [GOAL]
    for at in range(8):  # each a little further from the first one
        texts.append(texts[-1].replace("对辖区内登记在册的古树逐一"[at], "甲乙丙丁戊己庚辛"[at]))
    documents = [
        document(
            *(project(f"{chr(0x53E4 + at * 97)}{chr(0x6811 + at * 31)}事项", text) for at, text in enumerate(texts))
        )
    ]
    goals = {one.row: masked(one.goal.plain.text) for one in documents[0].projects}
    for group in reuse_groups(documents):
        centre, *others = group.members
        assert all(ratio(goals[centre.row], goals[one.row]) >= 75 for one in others)


@given(st.sets(st.tuples(st.integers(0, 12), st.integers(13, 25)), max_size=40))
def test_stars_cover_every_end_and_hold_only_given_pairs(pairs):
    found = list(stars((a, b, 1.0) for a, b in pairs))
    assert {at for pair in pairs for at in pair} == {at for star in found for at in (star.centre, *dict(star.rays))}
    for star in found:
        assert all(tuple(sorted((star.centre, ray))) in pairs for ray, _ in star.rays)


def test_likeness_does_not_travel_along_a_chain():
    found = list(stars([(1, 2, 0.9), (2, 3, 0.9), (3, 4, 0.9)]))
    assert [(star.centre, tuple(dict(star.rays))) for star in found] == [(2, (1, 3)), (3, (2, 4))]


HAN = [chr(code) for code in range(0x4E00, 0x9FA5)]

POOL = [
    project("古树保护"),
    project("饮水检测", NEARLY),
    project("桥梁检测", GOAL.replace("古树", "桥梁")),
    project("古树保护2024年", GOAL),
    project("会议设备", OTHER),
    project("图书采购", OTHER),
    project("路灯更换", GOAL[:30] + "，更换路灯一百二十盏，亮灯率逐月提高到合同要求"),
]


@settings(max_examples=40, deadline=None)
@given(st.permutations(POOL))
def test_the_order_of_rows_changes_nothing(rows):
    def said(rows):
        report = audit(document(*rows), select=("R301", "R302", "R303", "R307", "R309"))
        return {(rows[finding.row - 1]["name"], finding.rule, finding.severity) for finding in report.findings}

    assert said(rows) == said(POOL)


def test_strangers_change_no_verdict():
    rng = random.Random(7)
    strangers = [project("".join(rng.choices(HAN, k=6)), "".join(rng.choices(HAN, k=60))) for _ in range(300)]
    rules = ("R301", "R302", "R303", "R307", "R309")
    alone = brief(audit(document(*POOL), select=rules))
    among = brief(audit(document(*POOL, *strangers), select=rules))
    assert alone == among
    assert ("P2", "R302") in alone


def test_what_only_official_wording_makes_alike_is_no_copy():
    official = "保障机关正常运转，提高财政资金使用效益，推动各项工作顺利开展"
    rows = [project("窗口服务", official + "，设窗口三个"), project("档案管理", official + "，整理卷宗")]
    report = audit(document(*rows), select=("R301", "R302", "R307"))
    assert brief(report) == []
    assert {one.relation for one in reuse_groups([document(*rows)])} <= {"boilerplate"}


def test_a_form_that_each_fills_in_with_its_own_subject_is_no_copy():
    form = "通过安排{0}，支持{0}所需的场地、人员和设备支出，{1}，为全市经济社会发展提供保障"
    rows = [
        project("海洋渔政执法补助", form.format("海洋渔政执法补助", "打击非法捕捞，维护海上作业秩序和渔民权益")),
        project("森林消防巡护补助", form.format("森林消防巡护补助", "落实防火期二十四小时值守，及时处置林区火情")),
    ]
    assert brief(audit(document(*rows), select=("R302", "R307"))) == []


def test_a_long_clause_is_shown_where_it_stands():
    clause = "建立网格员上报与部门联动处置的闭环机制"
    rows = [
        project("河道保洁", f"购置船艇4艘；2.{clause}"),
        project("库房改造", f"{clause}，更换除湿机"),
        project("会议设备", OTHER),
    ]
    report = audit(document(*rows), select=("R307",))
    assert [(finding.row, finding.quote) for finding in report.findings] == [(1, clause), (2, clause)]


def test_a_set_of_preset_indicators_is_nobodys_own():
    preset = ["12 预算执行率 | 100% | 100%", "13 资金支付及时率 | 100% | 100%", "31 服务对象满意度 | 90% | 90%"]
    rows = [project("古树保护", GOAL, preset), project("会议设备", OTHER, preset)]
    assert brief(audit(document(*rows), select=("R303",))) == []


@pytest.mark.parametrize("text", ["", "。", "，。、；" * 20, "甲" * 300, "1" * 40, "甲乙" * 30])
def test_goals_without_words_are_not_compared(text):
    assert reuse_groups([document(project("古树保护", text), project("会议设备", text))]) == ()


@pytest.mark.parametrize("count", [2, 70, 400])
def test_one_goal_under_many_names(count):
    """Names are held against one another by what they share; the walk is not quadratic in them."""
    names = [f"{chr(0x4E00 + at * 37)}{chr(0x5200 + at * 17)}设施{chr(0x6000 + at * 7)}维护" for at in range(count)]
    groups = reuse_groups([document(*map(project, names))])
    assert [(one.kind, one.relation, len(one.members)) for one in groups] == [("goal", "copied", count)]


def test_many_names_are_paired_as_few_are():
    few = [f"{chr(0x4E00 + at)}{chr(0x5E00 + at)}信息系统运行维护" for at in range(FEW - 2)]
    pair = ["档案信息系统运维项目", "档案信息系统运维服务项目"]
    assert near_names([*few, *pair]) == [(FEW - 2, FEW - 1)]
    more = [f"{chr(0x4E00 + at)}{chr(0x5E00 + at)}信息系统运行维护" for at in range(3 * FEW)]
    assert near_names([*more, *pair]) == [(3 * FEW, 3 * FEW + 1)]


def test_others_are_those_of_other_programmes():
    rows = rows_of([document(*map(project, ("古树保护2023年", "会议设备", "古树保护2024年")))])
    shown, count = Programmes(rows).others(rows[0])
    assert ([row.member.row for row in shown], count) == ([2], 1)


def test_the_pairs_on_either_side_of_the_cut_are_explained():
    further = "对辖区内登记在册的单位逐一建档抽检，全年巡查24次，发现超标在3个工作日内通报整改，处置率达到98%，并向社会公布结果"
    border = explain_cut(
        [
            document(
                project("古树保护"),
                project("饮水检测", NEARLY),
                project("食堂抽检", further),
                project("会议设备", OTHER),
            )
        ],
        count=1,
    )
    assert border.cut == 85
    assert [(pair.accepted, {pair.a.member.row, pair.b.member.row}) for pair in border.accepted] == [(True, {1, 2})]
    assert [pair.accepted for pair in border.rejected] == [False]
    assert border.rejected[0].score < 85 <= border.accepted[0].score
    assert border.accepted[0].likeness.numbers
