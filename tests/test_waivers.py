"""Accepted findings: written, listed and pruned at the command line; matched by content and count; safe in Excel."""

import csv
import datetime
import io
import json
from dataclasses import replace

import pytest
from brief import audit, document
from hypothesis import given
from hypothesis import strategies as st
from test_cli import BAD_TABLE, run

from auditor.report import Waiver
from auditor.waivers import WaiverError, accept, apply, pruned, read_waivers, write_waivers

TODAY = datetime.date(2026, 11, 22)
ROW = {"name": "水库维护", "goal": "维护水库三座", "amounts": ["20.00"], "indicators": ["2/31 村民满意度 | 90% | 90%"]}
OTHER = {
    "name": "河道保洁",
    "goal": "保洁河道",
    "amounts": ["30.00"],
    "indicators": ["11 保洁河道长度 | 86公里 | 86公里"],
}


def report(*rows, name="表"):
    return audit(replace(document(*rows), name=name), select=("T501",))


def waivers(found, until="", reason="已核实"):
    return accept(found.findings, reason, "张三", until)


def saved(tmp_path, content, **write):
    path = tmp_path / "豁免.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_accepted_findings_are_set_apart_and_not_dropped():
    found = report(ROW)
    applied = apply(found, waivers(found), TODAY)
    assert applied.findings == () and applied.stale_waivers == ()
    assert [one.finding for one in applied.waived] == list(found.findings)
    assert applied.waived[0].waiver.reason == "已核实"


def test_content_survives_other_rows_another_order_and_another_file_name():
    accepted = waivers(report(ROW))
    for again in (report(OTHER, ROW), report(OTHER, ROW, OTHER, name="新导出"), report(ROW)):
        applied = apply(again, accepted, TODAY)
        assert applied.findings == () and len(applied.waived) == 1


@pytest.mark.parametrize(
    "change",
    [{"name": "水库除险"}, {"amounts": ["21.00"]}, {"indicators": ["2/31 村民满意率 | 90% | 90%"]}],
)
def test_what_says_something_else_is_new(change):
    applied = apply(report({**ROW, **change}), waivers(report(ROW)), TODAY)
    assert len(applied.findings) == 1 and [one.state for one in applied.stale_waivers] == ["stale"]


def test_a_waiver_accepts_as_many_as_it_counts():
    twice = {**ROW, "indicators": ROW["indicators"] * 3}
    (accepted,) = waivers(report({**ROW, "indicators": ROW["indicators"] * 2}))
    assert accepted.count == 2
    applied = apply(report(twice), [accepted], TODAY)
    assert (len(applied.waived), len(applied.findings)) == (2, 1)
    applied = apply(report(ROW), [accepted], TODAY)
    assert [(one.state, one.unused) for one in applied.stale_waivers] == [("stale", 1)]
    assert [one.count for one in pruned([accepted], applied.stale_waivers)] == [1]


def test_two_waivers_of_one_content_are_used_in_turn():
    one, other = (replace(waivers(report(ROW))[0], who=who) for who in ("甲", "乙"))
    twice = report({**ROW, "indicators": ROW["indicators"] * 2})
    assert [waived.waiver.who for waived in apply(twice, [one, other], TODAY).waived] == ["甲", "乙"]
    applied = apply(report(ROW), [one, other], TODAY)
    assert [waiver.who for waiver in pruned([one, other], applied.stale_waivers)] == ["甲"]


@pytest.mark.parametrize(("until", "waived"), [("2026-11-22", 1), ("2026-11-21", 0), ("", 1), ("2999-01-01", 1)])
def test_a_waiver_lasts_through_its_last_day(until, waived):
    found = report(ROW)
    accepted = waivers(found, until)
    applied = apply(found, accepted, TODAY)
    assert len(applied.waived) == waived
    assert [one.state for one in applied.stale_waivers] == ([] if waived else ["expired"])
    assert len(pruned(accepted, applied.stale_waivers)) == waived


HOSTILE = [
    '=HYPERLINK("x")',
    "+1",
    "-1",
    "@cmd",
    " =1",
    "a,b",
    'say "x"',
    "两\n行",
    "\u202e反",
    "；;",
    "'引",
    "\x00\x07",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_runs_and_every_file_reads_back(tmp_path, text):
    made = Waiver("0" * 16, 1, "T501", text, "1", text, text, text, "")
    written = write_waivers([made])
    assert written.startswith("\ufeff")
    for cell in list(csv.reader(io.StringIO(written[1:], newline="")))[1]:
        assert not cell.lstrip().startswith(("=", "+", "-", "@")) and "\x00" not in cell
    (back,) = read_waivers(saved(tmp_path, written))
    assert (back.content, back.count, back.rule) == (made.content, 1, "T501")


@given(st.lists(st.from_regex(r"[0-9a-f]{16}", fullmatch=True), unique=True, max_size=5), st.integers(1, 10**6))
def test_write_and_read_are_inverse(tmp_path_factory, contents, count):
    made = tuple(Waiver(one, count, "T501", "项目", "1", "原文", "理由", "张三", "2027-12-31") for one in contents)
    assert read_waivers(saved(tmp_path_factory.mktemp("豁免"), write_waivers(made))) == made


@pytest.mark.parametrize("content", ["1234567890123456", "12e4567890123456", "0000000000000000"])
def test_excel_makes_no_number_of_a_content(content):
    cell = write_waivers([Waiver(content, 1, *[""] * 7)]).splitlines()[1].split(",")[0]
    with pytest.raises(ValueError):
        float(cell)


@pytest.mark.parametrize("change", ["gb18030", "dates", "semicolons", "tabs", "empty rows", "more columns", "lf"])
def test_a_file_that_excel_saved_again_is_read(tmp_path, change):
    made = waivers(report(ROW), "2027-03-05")
    text = write_waivers(made)[1:]
    changed = {
        "gb18030": text.encode("gb18030"),
        "dates": text.replace("2027-03-05", "2027/3/5"),
        "semicolons": text.replace(",", ";"),
        "tabs": text.replace(",", "\t"),
        "empty rows": text + ",,,,,,,,\r\n\r\n",
        "more columns": "\n".join(line + ",备注" for line in text.splitlines()),
        "lf": text.replace("\r\n", "\n"),
    }[change]
    assert read_waivers(saved(tmp_path, changed)) == made


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "content"),
        ("甲,乙\n1,2\n", "缺少列"),
        ("content,count,rule,project,indicator,quote,reason,who,until\nxab,0,,,,,,,\n", "第 2 行"),
        ("content,count,rule,project,indicator,quote,reason,who,until\nxab,1,,,,,,,明年\n", "2027-12-31"),
        ("content,count,rule,project,indicator,quote,reason,who,until\n,1,T501,,,,,,\n", "content"),
        ("content,count,rule,project,indicator,quote,reason,who,until\nxab,1,,,,,,,2027-02-30\n", "第 2 行"),
        (b"PK\x03\x04\xff\xff\xff\x00", "豁免.csv"),
    ],
)
def test_a_bad_file_is_refused_and_the_message_points_at_it(tmp_path, content, said):
    with pytest.raises(WaiverError) as refused:
        read_waivers(saved(tmp_path, content))
    assert said in str(refused.value) and "\n" not in str(refused.value)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "表.txt"
    path.write_text(BAD_TABLE, encoding="utf-8")
    return path


def write(table, path, *more):
    return run("waive", "write", table, "-w", path, "--reason", "已核实", "--who", "张三", *more)


def test_the_whole_round_at_the_command_line(table, tmp_path):
    path = tmp_path / "豁免.csv"
    assert run("check", table)[0] == 1
    code, _, err = write(table, path)
    assert code == 0 and "新增豁免" in err
    assert run("check", table, "--waivers", path)[0] == 0
    report = json.loads(run("check", table, "--waivers", path, "--format", "json")[1])
    assert report["findings"] == [] and report["waived"] and report["stale_waivers"] == []
    assert json.loads(run("check", table, "--waivers", path, "--only-new", "--format", "json")[1])["waived"] == []
    before = path.read_bytes()
    assert "新增豁免 0 条" in write(table, path)[2] and path.read_bytes() == before
    code, out, _ = run("waive", "list", "-w", path)
    assert code == 0 and "T501" in out and "已核实" in out
    assert "waivers" in run("waive", "list", "-w", path, "--lang", "en")[1]
    code, _, err = run("waive", "prune", table, "-w", path)
    assert code == 0 and "去掉 0 条" in err


def test_a_mended_table_leaves_stale_waivers_which_prune_drops(table, tmp_path):
    path = tmp_path / "豁免.csv"
    write(table, path, "--select", "T501")
    table.write_text(BAD_TABLE.replace("2-效益指\n标；13-时效指标", "2-效益指\n标；23-生态效益"), encoding="utf-8")
    assert "stale_waivers" in run("check", table, "--waivers", path, "--format", "json")[1]
    assert len(json.loads(run("check", table, "--waivers", path, "--format", "json")[1])["stale_waivers"]) == 1
    code, _, err = run("waive", "prune", table, "-w", path)
    assert code == 1 and "去掉 1 条" in err
    assert read_waivers(path) == ()


def test_nothing_is_written_or_pruned_by_a_run_that_did_not_read_everything(table, tmp_path):
    path = tmp_path / "豁免.csv"
    code, _, err = write(tmp_path / "没有.txt", path)
    assert code == 2 and not path.exists() and err.count("\n") == 1
    write(table, path)
    before = path.read_bytes()
    code, _, err = run("waive", "prune", tmp_path / "没有.txt", "-w", path)
    assert code == 2 and "不能据此清理" in err and path.read_bytes() == before


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--until", "明年"], "2027-12-31"),
        (["--reason", " "], "--reason"),
        (["-w", "没有/豁免.csv"], "没有文件夹"),
        (["--select", "T999"], "T999"),
    ],
)
def test_wrong_options_are_one_clear_line(table, tmp_path, more, said):
    code, _, err = write(table, tmp_path / "豁免.csv", *more)
    assert code == 2 and said in err and err.count("\n") == 1


def test_only_new_needs_a_list(table):
    code, _, err = run("check", table, "--only-new")
    assert code == 2 and "--waivers" in err
