"""Standing wording and pre-set indicators: what counts as such, and which goals consist of nothing else (R305)."""

import csv

import pytest
from brief import audit, brief, document
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from auditor.bundled import resource
from auditor.reuse.reference import cover, is_preset, official_spans, reduced, version
from auditor.text import clauses, plain


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


WORDING = rows(resource("corpus/reference/official-wording.csv"))
PRESETS = rows(resource("corpus/reference/preset-indicators.csv"))
WHOLE = [row["clause"] for row in WORDING if "…" not in row["clause"]]
PAIRS = rows(ROOT / "tests/relevance/pairs.csv")
SLOGANS = rows(ROOT / "tests/slogans.csv")


def official(text):
    view = plain(text).text
    return [view[start:end] for start, end in official_spans(view)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("保障机关正常运转，新建校舍3栋。", ["保障机关正常运转"]),
        ("切实提升人民群众的获得感、幸福感和安全感", ["切实提升人民群众的获得感、幸福感和安全感"]),
        ("①保障机构正常运转和各项工作顺利开展；②更换水泵6台", ["保障机构正常运转和各项工作顺利开展"]),
        ("推动我市花卉产业高质量发展", ["推动我市花卉产业高质量发展"]),
        ("服务对象满意度达到95%以上", ["服务对象满意度达到95%以上"]),
        ("保障学校食堂正常运转", []),
        ("提高农业生产效率", []),
        ("完成3座危桥改造", []),
        ("", []),
    ],
)
def test_spans_of_standing_wording(text, found):
    assert official(text) == found


@given(st.text(max_size=200))
def test_spans_are_clauses_in_order(text):
    view = plain(text).text
    spans = official_spans(view)
    assert set(spans) <= set(clauses(view))
    assert list(spans) == sorted(spans)


@given(
    st.sampled_from(WHOLE),
    st.sampled_from(["进一步", "切实", "不断", "有效"]),
    st.sampled_from(["", "。", "；"]),
)
def test_words_of_degree_and_closing_marks_change_nothing(clause, degree, close):
    assert official(degree + clause + close)


@given(st.lists(st.sampled_from(WHOLE), min_size=1, max_size=6), st.integers(1, 9999))
def test_what_is_no_standing_wording_is_left_over(phrases, number):
    own = f"疏浚河道{number}公里"
    text = "，".join([*phrases, own])
    assert own not in official(text)
    assert official(text) == official("，".join(phrases))


def test_every_reference_clause_is_found_and_none_says_what_another_says():
    assert [clause for clause in WHOLE if not cover(plain(clause).text).official] == []
    keys = [reduced(plain(row["clause"]).text) for row in WORDING]
    assert len(keys) == len(set(keys)) >= 500


def test_reference_texts_are_versioned_and_hold_no_sentence():
    assert {row["version"] for row in (*WORDING, *PRESETS)} == {version()}
    for row in WORDING:
        assert not set("，。；：《》0123456789") - {"0"} & set(row["clause"])
        assert len(row["clause"]) <= 30
        assert row["kind"] in {"lead", "running", "money", "satisfaction", "policy", "manner"}


@pytest.mark.parametrize(
    "name",
    [
        "资金支付及时率",
        "项目资金支付及时率",
        "本项目工作完成率",
        "参训人员满意度（%）",
        "工资发放人数",
        "可持续影响年限",
    ],
)
def test_preset_indicators(name):
    assert is_preset(name)


@pytest.mark.parametrize("name", ["新建校舍面积", "维修河堤完成率", "病死松树清理株数", "电梯定检率", "", "（个）"])
def test_indicators_of_a_project(name):
    assert not is_preset(name)


def test_preset_names_stand_once():
    assert len(PRESETS) == len({row["name"] for row in PRESETS}) >= 300
    assert {row["class"] for row in PRESETS} <= {"11", "12", "13", "14", "21", "22", "23", "24", "31"}


def flagged(pairs):
    report = audit(document(*[{"name": pair["name"], "goal": pair["goal"]} for pair in pairs]), select=("R305",))
    return [pairs[finding.row - 1]["name"] for finding in report.findings]


def test_no_honest_goal_is_called_anybodys():
    assert flagged(PAIRS) == []


def test_slogans_are_found():
    assert len(flagged(SLOGANS)) >= 0.9 * len(SLOGANS)


def test_strangers_change_no_verdict():
    among = flagged([SLOGANS[0], *PAIRS[:40], SLOGANS[2]])
    assert among == [SLOGANS[0]["name"], SLOGANS[2]["name"]]


@pytest.mark.parametrize("extra", ["清理枯死松树1.2万株", "检查松材线虫疫木"])
def test_one_clause_of_its_own_is_enough(extra):
    slogan = SLOGANS[0]
    goal = {"name": slogan["name"], "goal": slogan["goal"] + extra}
    assert brief(audit(document(goal), select=("R305",))) == []


def test_the_evidence_is_the_covered_clauses():
    (finding,) = audit(document(dict(SLOGANS[3])), select=("R305",)).findings
    assert [evidence.quote for evidence in finding.evidence] == SLOGANS[3]["goal"].rstrip("。").split("，")


def test_real_tables(seed):
    from auditor.readers import read

    report = audit(read(seed("002")), select=("R305",))
    assert brief(report) == []
