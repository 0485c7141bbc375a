"""Measuring classification: figures by hand, labelled data of every shape, and the command."""

import json

import pytest
from test_cli import run

from auditor.classify import decide
from auditor.evaluation import CODES, LabelError, Labelled, evaluate, measure, read_labelled

GOOD = [
    Labelled("竣工验收合格率", "100%", "12"),
    Labelled("患者满意度", "≥90%", "31"),
    Labelled("资金支付及时率", "100%", "13"),
    Labelled("竣工验收合格率", "100%", "11", ("12",)),
]


def decisions(rows):
    return [decide(row.name, row.value) for row in rows]


def test_figures_by_hand():
    wrong = Labelled("患者满意度", "≥90%", "22")
    found = measure([*GOOD, wrong], decisions([*GOOD, wrong]))
    assert (found.count, found.accuracy, found.accuracy_first) == (5, 4 / 5, 3 / 5)
    by_code = {one.code: (one.precision, one.recall, one.count) for one in found.classes}
    assert by_code["31"] == (0.5, 1.0, 1)
    assert by_code["22"] == (0.0, 0.0, 1)
    assert by_code["12"] == (1.0, 1.0, 1) and by_code["11"] == (1.0, 1.0, 1)
    assert set(by_code) == {"11", "12", "13", "22", "31"}
    assert found.macro_f1 == pytest.approx((1 + 1 + 1 + 0 + 2 / 3) / 5)
    assert found.confusion[CODES.index("22")][CODES.index("31")] == 1
    assert sum(map(sum, found.confusion)) == 5
    assert [(miss.labelled, miss.decision.code) for miss in found.misses] == [(wrong, "31")]


def test_calibration_and_coverage_add_up():
    found = evaluate(GOOD)
    assert sum(count for *_, count in found.calibration) == len(GOOD)
    assert 0 <= found.ece <= 1
    answered = [share for _, share, _ in found.coverage]
    assert answered[0] == 1 and answered == sorted(answered, reverse=True)


def test_nothing_labelled_is_said():
    with pytest.raises(LabelError):
        evaluate([])


CSV = "name,value,class,second\n竣工验收合格率,100%,12,11;13\n患者满意度,,31,\n"
LINES = (
    '{"name": "竣工验收合格率", "value": "100%", "filed": "12"}\n\n{"name": "患者满意度", "value": null, "class": 31}\n'
)


@pytest.mark.parametrize(("name", "content"), [("a.csv", CSV), ("a.jsonl", LINES), ("b.csv", "\ufeff" + CSV)])
def test_labelled_data(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    first, second = read_labelled(path)
    assert (first.name, first.value, first.code) == ("竣工验收合格率", "100%", "12")
    assert first.also == (("11", "13") if name.endswith("csv") else ())
    assert (second.value, second.code) == (None, "31")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"name,value,class\n\xe7\xab\xa3,1,99\n", "第 1 条"),
        ("a.csv", b"name,value,class\n,1,12\n", "第 1 条"),
        ("a.csv", b"\xff\xfe\x00\xd8", "无法读取"),
        ("a.jsonl", b"[1, 2]\n", "第 1 条"),
        ("a.jsonl", b"{", "无法读取"),
        ("a.jsonl", b'"text"\n', "第 1 条"),
        ("a.csv", b"", "没有标注数据"),
        ("a.csv", b"name,value,class\n", "没有标注数据"),
    ],
)
def test_bad_data_is_one_clear_line(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    code, _, err = run("evaluate", path)
    assert code == 2 and said in err and err.count("\n") == 1


def test_a_missing_file_and_a_missing_folder(tmp_path):
    for args in (["没有.csv"], ["--plot", "没有/图.png"], ["-o", "没有/报告.txt"]):
        code, _, err = run("evaluate", *args)
        assert code == 2 and "没有" in err and err.count("\n") == 1


def test_the_command_in_both_languages_and_as_json(tmp_path):
    path = tmp_path / "标注.csv"
    path.write_text(CSV, encoding="utf-8")
    assert "准确率" in run("evaluate", path)[1]
    assert "macro F1" in run("evaluate", path, "--lang", "en")[1]
    figures = json.loads(run("evaluate", path, "--format", "json")[1])
    assert figures["count"] == 2 and figures["accuracy"] == 1.0


def test_a_picture_of_the_confusion(tmp_path):
    pytest.importorskip("matplotlib")
    path = tmp_path / "标注.csv"
    path.write_text(CSV, encoding="utf-8")
    assert run("evaluate", path, "--plot", tmp_path / "图.png")[0] == 0
    assert (tmp_path / "图.png").read_bytes().startswith(b"\x89PNG")


def test_classify_takes_names_values_and_a_pipe(tmp_path):
    code, out, _ = run("classify", "竣工验收合格率", "患者满意度\t≥90%", "资金支付及时率\\t100%", "")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(row["name"], row["value"], row["class"]) for row in rows[:3]] == [
        ("竣工验收合格率", None, "12"),
        ("患者满意度", "≥90%", "31"),
        ("资金支付及时率", "100%", "13"),
    ]
    assert len(rows) == 4 and set(rows[3]) == set(rows[0])
    code, _, err = run("classify")
    assert code == 2 and "没有指定指标" in err
