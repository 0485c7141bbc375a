"""The command line as a person meets it: outcomes, exit codes, one clear line for bad input."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from auditor.cli import app

CLEAN_TABLE = """某县绩效目标表

部门名称：某县水务局 单位：万元

项目名称（资金使用单位） 总计 财政拨款 财政专户拨款 其他资金 绩效目标 绩效指标

某县水务局 20.00 20.00

    河道保洁 20.00 20.00

全年保洁河道86公里，保持河面清洁。

1、1-产出指标；11-数量指标；保洁河道长度；实施周期指标值:86公里；年度指标值:86公里。2、2-效益指
标；23-生态效益；水质达标率；实施周期指标值:≥90%；年度指标值:≥90%。3、3-满意度指标；31-服务对象满
意度；沿河居民满意度；实施周期指标值:≥90%；年度指标值:≥90%。
"""
BAD_TABLE = CLEAN_TABLE.replace("2、2-效益指\n标；23-生态效益", "2、2-效益指\n标；13-时效指标")


def run(*args):
    result = CliRunner().invoke(app, [str(arg) for arg in args], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "好.txt").write_text(CLEAN_TABLE, encoding="utf-8")
    return tmp_path


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_clean_is_0(folder):
    code, out, _ = run("check", folder)
    assert code == 0
    assert "错误 0" in out


def test_findings_are_1_from_the_severity_asked_for(folder):
    bad = put(folder / "坏.txt", BAD_TABLE)
    assert run("check", bad)[0] == 1
    assert run("check", bad, "--fail-on", "never")[0] == 0
    advice = put(folder / "建议.txt", CLEAN_TABLE.replace("≥90%。3", "≧90%。3"))
    assert run("check", advice)[0] == 0
    assert run("check", advice, "--fail-on", "info")[0] == 1


BROKEN = {
    "空.txt": b"",
    "乱码.txt": bytes(range(256)) * 40,
    "没有表.txt": "今天开会，讨论了三件事。\n散会。\n".encode(),
    "图.txt": b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
    "旧.doc": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_bad_file_costs_only_itself(folder, name, position):
    files = [put(folder / f"表{number}.txt", BAD_TABLE) for number in range(2)]
    files.insert(position, put(folder / name, BROKEN[name]))
    code, out, _ = run("check", *files, "--format", "json")
    report = json.loads(out)
    assert code == 3
    assert [gap["document"] for gap in report["gaps"]] == [name]
    assert "\n" not in report["gaps"][0]["reason"] and len(report["gaps"][0]["reason"]) > 10
    assert [one["projects"] for one in report["documents"]] == [0 if file.name == name else 1 for file in files]
    assert {f["document"] for f in report["findings"] if f["rule"] == "T501"} == {"表0.txt", "表1.txt"}
    assert run("check", *files, "--allow-gaps")[0] == 1


@pytest.mark.parametrize("position", [0, 1])
def test_a_missing_file_beside_a_good_one_is_a_gap(folder, position):
    files = [folder / "好.txt"]
    files.insert(position, folder / "没有.txt")
    code, out, _ = run("check", *files)
    assert code == 3
    assert "没有.txt" in out and "没有这个文件" in out


def test_nothing_to_audit_is_2(folder):
    code, out, _ = run("check", folder / "没有.txt")
    assert code == 2 and "没有这个文件" in out
    (folder / "空夹").mkdir()
    code, out, _ = run("check", folder / "空夹")
    assert code == 2 and "没有可审核的文件" in out
    code, _, err = run("check")
    assert code == 2 and "没有指定文件" in err and err.count("\n") == 1


def test_hidden_and_temporary_files_are_passed_over(folder):
    for name in ("~$好.xlsx", ".DS_Store", ".~lock.好.xlsx#", "Thumbs.db", ".git/config"):
        put(folder / name, b"\0\1\2")
    code, out, _ = run("check", folder, "--format", "json")
    assert code == 0
    assert [one["document"] for one in json.loads(out)["documents"]] == ["好.txt"]


def test_documents_are_named_as_the_contract_says(folder):
    put(folder / "甲" / "表.txt", CLEAN_TABLE)
    put(folder / "乙" / "表.txt", CLEAN_TABLE)

    def names(*paths):
        return [one["document"] for one in json.loads(run("check", *paths, "--format", "json")[1])["documents"]]

    assert names(folder) == ["乙/表.txt", "好.txt", "甲/表.txt"] or set(names(folder)) == {
        "甲/表.txt",
        "乙/表.txt",
        "好.txt",
    }
    assert names(folder / "甲" / "表.txt") == ["表.txt"]
    assert names(folder / "甲", folder / "乙") == ["甲/表.txt", "乙/表.txt"]
    assert names(folder / "甲", folder / "甲" / "表.txt") == ["表.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipes_links_and_locked_folders_do_not_stop_the_run(folder):
    os.mkfifo(folder / "管道.txt")
    (folder / "圈").symlink_to(folder / "圈")
    (folder / "回").symlink_to(folder)
    code, out, _ = run("check", folder, "--format", "json")
    report = json.loads(out)
    assert code == 3
    assert {gap["document"] for gap in report["gaps"]} == {"管道.txt", "圈"}
    assert sum(one["projects"] for one in report["documents"]) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings(folder, encoding):
    put(folder / "码.txt", CLEAN_TABLE.encode(encoding))
    assert run("check", folder / "码.txt")[0] == 0


def test_windows_line_ends_and_odd_names(folder):
    for name in ("名 字'.txt", "-dash.txt", "[表]（1）.txt"):
        put(folder / name, CLEAN_TABLE.replace("\n", "\r\n"))
    assert run("check", folder)[0] == 0
    assert run("check", "--", folder / "-dash.txt")[0] == 0


def test_a_lost_row_is_quoted(folder):
    lost = (
        CLEAN_TABLE
        + "\n    水库维护\n\n维护三座水库。\n\n1、1-产出指标；11-数量指标；座数；实施周期指标值:3座；年度指标值:3座。\n"
    )
    code, out, _ = run("check", put(folder / "丢行.txt", lost), "--format", "json")
    report = json.loads(out)
    assert code == 3
    assert any("水库维护" in gap["quote"] or "座数" in gap["quote"] for gap in report["gaps"])


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--select", "T999"], "T999"),
        (["--select", "goal-copyed"], "goal-copied"),
        (["--profile", "codedd"], "coded"),
        (["--rules", "没有"], "没有"),
        (["--output", "没有/报告.csv"], "报告.csv"),
    ],
)
def test_a_wrong_option_is_one_clear_line(folder, args, said):
    code, _, err = run("check", folder / "好.txt", *args)
    assert code == 2
    assert said in err and err.strip().count("\n") == 0


def test_settings_are_found_upwards_and_unknown_keys_refused(folder, monkeypatch):
    put(folder / "auditor.toml", 'lang = "en"\nignore = ["T"]\n')
    below = folder / "下" / "级"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    bad = put(folder / "坏.txt", BAD_TABLE)
    code, out, _ = run("check", bad)
    assert code == 0 and "errors" in out and "T501" not in out
    put(folder / "auditor.toml", 'lagn = "en"\n')
    code, _, err = run("check", bad)
    assert code == 2 and "lang" in err and "auditor.toml" in err
    (folder / "auditor.toml").unlink()
    put(folder / "pyproject.toml", '[tool.auditor]\nfail-on = "never"\n')
    assert run("check", bad)[0] == 0
    (folder / "pyproject.toml").unlink()
    assert run("check", bad)[0] == 1


@pytest.mark.parametrize("text", ['lang = "fr"', "select = 3", 'severity = { T501 = "bad" }', "allow-gaps = 1", "x ="])
def test_settings_with_wrong_values_are_refused(folder, monkeypatch, text):
    put(folder / "auditor.toml", text)
    monkeypatch.chdir(folder)
    code, _, err = run("check", folder / "好.txt")
    assert code == 2 and "auditor.toml" in err


def test_csv_opens_in_excel_and_runs_nothing(folder):
    hostile = put(folder / "坏.txt", BAD_TABLE.replace("水质达标率", '=HYPERLINK("x")、'))
    out_file = folder / "报告.csv"
    code, _, err = run("check", hostile, "--format", "csv", "-o", out_file)
    assert code == 1 and "报告.csv" in err
    data = out_file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    import csv

    rows = list(csv.reader(data.decode("utf-8-sig").splitlines()))
    assert rows[0][0] == "类型" and len(rows) > 2
    assert not any(cell.lstrip().startswith(("=", "+", "@")) for row in rows for cell in row)


def test_jsonl_has_findings_and_gaps(folder):
    code, out, _ = run("check", put(folder / "坏.txt", BAD_TABLE), put(folder / "空.txt", b""), "--format", "jsonl")
    kinds = [json.loads(line)["type"] for line in out.splitlines()]
    assert code == 3
    assert set(kinds) == {"finding", "gap"}


def test_an_earlier_report_survives_a_failed_write(folder, monkeypatch):
    report = put(folder / "报告.json", b"old")

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    code, _, err = run("check", folder / "好.txt", "--format", "json", "-o", report)
    assert code == 2 and "报告.json" in err and "No space left" in err
    assert report.read_bytes() == b"old"
    assert {path.name for path in folder.iterdir()} == {"好.txt", "报告.json"}


def test_show_says_what_was_understood(samples):
    code, out, _ = run("show", samples / "county-water-department.txt", "--format", "jsonl")
    shown = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [one["project"] for one in shown] == [None]
    assert len(shown[0]["tasks"]) == 7 and shown[0]["budget_lines"]
    assert list(shown[0])[:6] == ["document", "form", "department", "year", "unit", "row"]
    code, out, _ = run("show", samples / "county-water-projects.txt")
    assert code == 0 and "序号" in out


def test_explain_and_rules_speak_both_languages():
    for lang, said in (("zh", "依据"), ("en", "basis")):
        code, out, _ = run("explain", "goal-copied", "--lang", lang)
        assert code == 0 and "R301" in out and said in out
        code, out, _ = run("rules", "--lang", lang)
        assert code == 0 and "T504" in out
    code, _, err = run("explain", "R999")
    assert code == 2 and err.count("\n") == 1


@pytest.mark.parametrize("verb", ["check", "show", "explain", "rules"])
def test_help_of_every_verb_has_an_example(verb):
    code, out, _ = run(verb, "--help")
    assert code == 0 and f"auditor {verb}" in out.split("example")[-1]


def test_advice_is_folded_until_asked_for(folder):
    advice = put(folder / "建议.txt", CLEAN_TABLE.replace("≥90%。3", "≧90%。3"))
    folded, unfolded = run("check", advice)[1], run("check", advice, "--advice")[1]
    assert "F104 指标2" not in folded and "1 条建议已折叠" in folded
    assert "F104 指标2" in unfolded


def test_what_is_not_listed_is_said(samples):
    out = run("check", samples, "--top", "1")[1]
    assert "还有" in out and "--top 0" in out
    assert "还有" not in run("check", samples, "--top", "0")[1]


HEAVY = "import sys; from auditor.cli import app; app({args!r}, standalone_mode=False); print(sorted(set(sys.modules) & {{'pandas', 'sklearn', 'jieba', 'numpy', 'pypdfium2', 'lxml'}}))"


@pytest.mark.parametrize("args", [["--help"], ["explain", "T501"], ["rules"]])
def test_light_verbs_import_nothing_heavy(args):
    done = subprocess.run([sys.executable, "-c", HEAVY.format(args=args)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
