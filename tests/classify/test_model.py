"""The model of indicator classes: right on plain cases, calm on odd ones, reproducible in what it says."""

import json
import shutil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.bundled import resource
from auditor.classify import grams
from auditor.classify.model import FILES, ClassModel, digest, load_model

MODEL = load_model()


def best(name, value=None):
    return MODEL.classes[int(MODEL.probabilities([(name, value)])[0].argmax())]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("新栽行道树数量", "≥350株", "11"),
        ("桥梁荷载试验合格率", "100%", "12"),
        ("冬季取暖设备到货及时率", "100%", "13"),
        ("校车租赁单价", "≤900元/车次", "14"),
        ("示范果园年销售收入", "≥60万元", "21"),
        ("夜间盗窃警情下降率", "≥8%", "22"),
        ("河道断面氨氮浓度下降率", "≥5%", "23"),
        ("设施管护长效机制", "健全", "24"),
        ("参训渔民满意度", "≥90%", "31"),
    ],
)
def test_plain_names_of_each_class(name, value, code):
    assert best(name, value) == code


def test_the_value_counts():
    """One name, values of two kinds: how many sessions is quantity, until when is timeliness."""
    cases = [("技能培训情况", "12期"), ("技能培训情况", "6月底前完成")]
    sessions, deadline = MODEL.probabilities(cases)
    assert sessions[MODEL.classes.index("11")] > 2 * deadline[MODEL.classes.index("11")]
    assert deadline[MODEL.classes.index("13")] > 2 * sessions[MODEL.classes.index("13")]


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "、",
        "1234",
        "100%",
        "The share of roads",
        "满" * 10_000,
        "12-质量指标",
        "\ud800",
        "𠀀𠀁",
        "|||",
        "\x00\u200b",
    ],
)
@pytest.mark.parametrize("value", [None, "", "≥", "9" * 10_000, "\ud800"])
def test_odd_input_gets_an_answer(name, value):
    chances = MODEL.probabilities([(name, value)])
    assert chances.shape == (1, 9)
    assert chances.sum() == pytest.approx(1)
    for code in MODEL.classes:
        assert len(MODEL.because(name, value, code)) <= 3


def test_nothing_asked_nothing_answered():
    assert MODEL.probabilities([]).shape == (0, 9)


@given(st.lists(st.tuples(st.text(max_size=40), st.none() | st.text(max_size=20)), max_size=8))
def test_an_answer_does_not_depend_on_its_neighbours(pairs):
    together = ClassModel(resource("models/indicator-class")).probabilities(pairs)
    apart = [MODEL.probabilities([pair])[0] for pair in pairs]
    assert together.shape == (len(pairs), 9)
    if pairs:
        assert np.allclose(together, apart)


@given(st.text(max_size=60), st.none() | st.text(max_size=30))
def test_reasons_stand_in_the_text(name, value):
    for code in MODEL.classes:
        assert all(piece in name or piece in (value or "") for piece in MODEL.because(name, value, code))


def test_reasons_are_the_telling_words():
    assert any("及时" in piece for piece in MODEL.because("物资发放及时率", "100%", "13"))
    assert any("满意" in piece for piece in MODEL.because("过渡安置居民满意度", "≥90%", "31"))


def test_remembered_answers_are_the_same():
    fresh = ClassModel(resource("models/indicator-class"))
    pairs = [("新建泵站座数", "3座"), ("泵站验收合格率", "100%")] * 50
    first = fresh.probabilities(pairs)
    assert np.array_equal(first, fresh.probabilities(pairs))
    assert np.array_equal(first[0], first[2])


def test_the_digest_tells_any_change_of_its_files(tmp_path):
    for name in FILES:
        shutil.copy(resource("models/indicator-class") / name, tmp_path)
    assert digest(tmp_path) == MODEL.digest
    (tmp_path / "bias.npy").write_bytes((tmp_path / "bias.npy").read_bytes() + b"\0")
    assert digest(tmp_path) != MODEL.digest


@given(st.lists(st.text(alphabet="率数0９8，.,、-(（）)%％ *|a新建", max_size=12), min_size=1, max_size=5))
def test_keys_of_texts_are_the_keys_of_their_n_grams(texts):
    """Cutting on the flat array finds what cutting each folded text by hand finds."""
    flat = grams.fold(texts)
    written = grams.written(flat)
    assert len(written) == len(texts)
    for length, (keys, starts) in enumerate(grams.keys(flat.codes), 1):
        for number, text in enumerate(written):
            byhand = [text[at : at + length] for at in range(len(text) - length + 1)]
            byhand = [gram for gram in byhand if length > 1 or gram != grams.MARK]
            assert grams.gram_keys(byhand).tolist() == keys[flat.owner[starts] == number].tolist()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１１２０４７-培训人次", "|培训人次|"),
        ("≥1,080.5 人", "|≥0人|"),
        ("、学区（％）；", "|学区(%)|"),
        ("2023-2025年", "|0-0年|"),
        ("面积(≥**亩)", "|面积(≥亩)|"),
        ("", "||"),
    ],
)
def test_folding(text, folded):
    assert grams.written(grams.fold([text])) == [folded]


def test_the_figures_shipped_are_those_promised():
    metrics = json.loads((resource("models/indicator-class") / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["macro_f1"] >= 0.87
    assert metrics["macro_f1_first_or_second"] >= 0.90
    assert metrics["calibration_error"] <= 0.03


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def accepted(shared):
    """Name, value and accepted classes of each indicator of the project table that two people reviewed."""
    gold = shared / "gold"
    reviews = [{row["id"]: row["class"] for row in lines(gold / f"panyu.indicators.{who}.jsonl")} for who in "AB"]
    for project in lines(gold / "panyu.parsed.jsonl"):
        for row in project["indicators"]:
            yield row["name"], row["annual"], {code for review in reviews for code in review[row["id"]]}


def test_first_choice_on_the_reviewed_project_table(shared):
    cases = list(accepted(shared))
    chances = MODEL.probabilities([(name, value) for name, value, _ in cases])
    right = [MODEL.classes[at] in codes for at, (_, _, codes) in zip(chances.argmax(axis=1), cases, strict=True)]
    assert np.mean(right) >= 0.90


def test_other_departments_as_filed(shared):
    """Filers err, so the share is no measure of truth; a fall below it is a sign of damage."""
    cases = lines(shared / "gold" / "other-departments.jsonl")
    chances = MODEL.probabilities([(case["name"], case["value"]) for case in cases])
    right = [MODEL.classes[at] == case["filed"] for at, case in zip(chances.argmax(axis=1), cases, strict=True)]
    assert np.mean(right) >= 0.70
