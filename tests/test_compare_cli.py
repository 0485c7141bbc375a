"""`auditor compare` as a person meets it."""

import json

import pytest
from test_cli import CLEAN_TABLE, run

UPPER = CLEAN_TABLE.replace("某县水务局", "清江市水务局").replace("某县", "清江市")
LOWER = UPPER.replace("清江市水务局", "清江市南山区水务局").replace("    河道保洁", "    清江市追加2024年河道保洁")


def put(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def compare(folder, lower, *more):
    return run("compare", put(folder, "市.txt", UPPER), put(folder, "区.txt", lower), *more)


def test_agreeing_documents_are_0(tmp_path):
    code, out, _ = compare(tmp_path, LOWER)
    assert code == 0
    assert "上级 市.txt ↔ 下级 区.txt" in out and "不一致 0，一致 1" in out


def test_differing_documents_are_1_and_both_values_are_shown(tmp_path):
    code, out, _ = compare(tmp_path, LOWER.replace("86公里", "68公里"))
    assert code == 1
    line = next(line for line in out.splitlines() if "≠" in line)
    assert "86公里" in line and "68公里" in line


def test_in_english(tmp_path):
    code, out, _ = compare(tmp_path, LOWER.replace("86公里", "68公里"), "--lang", "en")
    assert code == 1 and "1 differ, 0 agree" in out and "upper level 市.txt" in out


def test_json_says_the_same_and_notes_go_to_stderr(tmp_path):
    code, out, err = compare(tmp_path, LOWER.replace("86公里", "68公里"), "--format", "json")
    found = json.loads(out)
    assert code == 1 and found["kind"] == "upper_lower"
    (link,) = found["links"]
    assert link["agrees"] is False and [one["agrees"] for one in link["fields"]].count(False) == 1
    assert "年度" in err


def test_what_found_no_counterpart_is_listed_with_its_row(tmp_path):
    code, out, _ = compare(tmp_path, LOWER.replace("20.00", "21.00"))
    assert code == 0 and "没有找到对应的上级资金" in out and "第 1 行 清江市追加2024年河道保洁" in out


def test_yuan_is_converted_and_said(tmp_path):
    code, out, _ = compare(
        tmp_path, LOWER.replace("万元", "元").replace("20.00", "200000.00").replace("86公里", "68公里")
    )
    assert code == 1 and "由元换算" in out


def test_the_samples(samples):
    code, out, _ = run("compare", samples / "county-water-department.txt", samples / "county-water-projects.txt")
    assert code == 1 and "部门申报表" in out
    other = run("compare", samples / "county-water-projects.txt", samples / "county-water-department.txt")
    assert other[1] == out


def test_a_form_and_a_table_of_another_year_are_still_compared_when_named(tmp_path):
    code, out, _ = compare(tmp_path, LOWER)
    assert code == 0 and "没有都写明年度" in out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["市.txt", "市.txt"], "同一个文件"),
        (["市.txt", "没有.txt"], "没有这个文件"),
        (["市.txt", "空.txt"], "空.txt"),
        (["市.txt", "."], "两个文件"),
        (["市.txt", "副本.txt", "-o", "没有/报告.txt"], "没有文件夹"),
        (["市.txt", "副本.txt", "-o", "."], "文件夹"),
    ],
)
def test_bad_input_is_one_clear_line(tmp_path, monkeypatch, args, said):
    monkeypatch.chdir(tmp_path)
    for name, text in (("市.txt", UPPER), ("副本.txt", UPPER), ("空.txt", "")):
        put(tmp_path, name, text)
    code, _, err = run("compare", *args)
    assert code == 2 and said in err and err.strip().count("\n") == 0


def test_a_file_and_its_copy_agree(tmp_path):
    code, out, _ = compare(tmp_path, UPPER)
    assert code == 0 and "一致 1" in out


def test_written_to_a_file(tmp_path):
    code, out, _ = compare(tmp_path, LOWER, "-o", tmp_path / "对照.txt")
    assert code == 0 and out == "" and "河道保洁" in (tmp_path / "对照.txt").read_text(encoding="utf-8")


def test_a_file_that_was_not_read_whole_is_3(tmp_path):
    lost = (
        LOWER
        + "\n    水库维护\n\n维护三座水库。\n\n1、1-产出指标；11-数量指标；座数；实施周期指标值:3座；年度指标值:3座。\n"
    )
    code, out, _ = compare(tmp_path, lost)
    assert code == 3 and "区.txt" in out
