"""CSV, JSON Lines, Markdown, SARIF, Parquet: complete, inert, and what their standards ask for."""

import csv
import datetime
import io
import json
import re
from dataclasses import replace

import pytest
from brief import audit, document

from auditor.document import Gap, Place
from auditor.reports import render
from auditor.reports.frame import COLUMNS, to_frame
from auditor.reports.markdown import safe
from auditor.waivers import accept, apply
from auditor.wording import Wording

HOSTILE = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "[点我](javascript:alert(1))", "![图](http://a.example/x.png)",
    "=HYPERLINK(\"http://a.example\")", "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "http://a.example www.a.example",
    "a|b\n| c |", "# 标题\n## 又一个", "`code` *粗* _斜_ ~~删~~", "&lt;b&gt; &#60;", "\u202e反过来\u2066", "\x1b[31m红", "\x00\x07响", "'引号", "1. 列表", "$x$",
]  # fmt: skip
GAP = Gap(
    "坏表.txt",
    "read",
    Wording("没有读懂这一行", "this row was not understood"),
    Place("坏表.txt", line=7),
    quote="=1+1",
)


def report(text="村民满意度", waive=False):
    made = document(
        {
            "name": f"{text}项目",
            "goal": text,
            "amounts": ["20.00"],
            "indicators": [f"2/31 {text.replace('|', '、')} | 90% | 90%"] * 2,
        },
    )
    found = audit(replace(made, name=f"{text.replace('/', '')}.txt"), ignore=("M",))
    found = replace(found, gaps=(*found.gaps, GAP))
    if not waive:
        return found
    first = next(one for one in found.findings if one.rule == "T501")
    return apply(found, accept([first], "已核实", "张三", ""), datetime.date(2026, 11, 22))


@pytest.mark.parametrize("format", ["csv", "jsonl", "json", "md", "sarif", "parquet"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_written_and_twice_the_same(format, language, text):
    found = report(text)
    assert render(found, format, language) == render(found, format, language) != ""


# CSV


@pytest.mark.parametrize("text", ["村民满意度", *HOSTILE])
def test_csv_has_every_finding_and_gap_and_runs_nothing(text):
    found = report(text)
    written = render(found, "csv", "zh")
    rows = list(csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline="")))
    assert written.startswith("\ufeff")
    assert len(rows) == 1 + len(found.findings) + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))
        assert not re.search(r"[\x00-\x08\x0b-\x1f]", cell)


def test_accepted_findings_are_marked_and_not_dropped():
    found = report(waive=True)
    rows = list(csv.reader(io.StringIO(render(found, "csv", "zh").removeprefix("\ufeff"))))
    assert [row[0] for row in rows].count("已豁免") == len(found.waived) == 1
    kinds = [json.loads(line)["type"] for line in render(found, "jsonl", "zh").splitlines()]
    assert kinds.count("waived") == 1 and kinds.count("gap") == 1 and kinds.count("finding") == len(found.findings)
    assert list(to_frame(found)["waived"]).count(True) == 1
    assert "已豁免 1" in render(found, "md", "zh") and "waived 1" in render(found, "md", "en")


# Markdown


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_is_inert(text):
    shown = safe(text)
    assert "\n" not in shown and not re.search(r"[\x00-\x1f\u202a-\u202e\u2066-\u2069]", shown)
    bare = re.sub(r"\\.", "", shown)
    assert not re.search(r"[<>\[\]`*_|#~$]", bare)
    assert not re.search(r"&(?!amp;)", bare)
    assert not re.search(r"https?://|www\.", shown)


def test_markdown_keeps_its_tables_and_headings():
    for text in ("村民满意度", *HOSTILE):
        written = render(report(text), "md", "zh")
        lines = written.splitlines()
        assert sum(line.startswith("# ") for line in lines) == 1
        assert {re.sub(r"\\.", "", line).count("|") for line in lines if line.startswith("|")} == {4}
        assert "## 未检查之处" in lines and "没有读懂这一行" in written


def test_markdown_says_what_the_report_says():
    found = report()
    written = render(found, "md", "en")
    for one in found.findings:
        assert (one.rule in written) and (one.severity == "info" or safe(one.message.en) in written)


# SARIF 2.1.0 (OASIS); sections in brackets


def runs(found, language="zh"):
    log = json.loads(render(found, "sarif", language))
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-2.1.0.json")  # 3.13.2
    return log["runs"]


@pytest.mark.parametrize("text", ["村民满意度", *HOSTILE])
def test_sarif_has_the_structure_of_the_standard(text):
    found = report(text, waive=True)
    (run,) = runs(found)
    driver = run["tool"]["driver"]  # 3.18.2
    assert driver["name"] and driver["version"]
    assert re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", driver["language"])  # 3.19.21
    rules = driver["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["id"] and rule["shortDescription"]["text"]  # 3.49.3, 3.49.9
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")  # 3.14.17
    assert [type(one["executionSuccessful"]) for one in run["invocations"]] == [bool]  # 3.20.14
    assert len(run["results"]) == len(found.findings) + len(found.waived) + len(found.gaps)
    for result in run["results"]:
        assert_result(result, rules)


def assert_result(result, rules):
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]  # 3.27.6
    assert result["level"] in ("none", "note", "warning", "error")  # 3.27.10
    assert result.get("kind", "fail") == "fail" or result["level"] == "none"  # 3.27.10
    assert result["message"]["text"]  # 3.11
    assert -1.0 <= result.get("rank", -1.0) <= 100.0  # 3.27.25
    for value in result.get("partialFingerprints", {}).values():
        assert isinstance(value, str)  # 3.27.17
    for place in (*result["locations"], *result.get("relatedLocations", ())):
        uri = place["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9._~!$&'()*+,;=:@/%-]*", uri) and not uri.startswith("/")  # RFC 3986
        region = place["physicalLocation"].get("region")
        assert region is None or region["startLine"] >= 1  # 3.30.5
    for one in result.get("suppressions", ()):
        assert one["kind"] in ("inSource", "external")  # 3.35.2
        assert one["status"] in ("accepted", "underReview", "rejected")  # 3.35.3


def test_sarif_tells_what_was_not_checked():
    (run,) = runs(report())
    (gap,) = [one for one in run["results"] if one["ruleId"] == "NOT-CHECKED"]
    assert gap["level"] == "error" and run["invocations"][0]["executionSuccessful"] is False
    (clean,) = runs(replace(report(), gaps=()))
    assert clean["invocations"][0]["executionSuccessful"] is True


def test_sarif_marks_accepted_findings():
    (run,) = runs(report(waive=True))
    (one,) = [one for one in run["results"] if one.get("suppressions")]
    assert one["ruleId"] == "T501" and one["suppressions"][0]["justification"] == "已核实"


def test_sarif_levels_and_languages():
    found = report()
    for language in ("zh", "en"):
        (run,) = runs(found, language)
        assert run["tool"]["driver"]["language"] == language
        levels = [{"error": "error", "warning": "warning", "info": "note"}[one.severity] for one in found.findings]
        assert [one["level"] for one in run["results"]][: len(levels)] == levels


# tables for pandas


def test_frame_holds_everything():
    pd = pytest.importorskip("pandas")
    found = report(waive=True)
    frame = to_frame(found)
    assert tuple(frame.columns) == COLUMNS
    assert list(frame["type"]) == ["finding"] * (len(found.findings) + 1) + ["gap"]
    assert list(frame["rule"])[: len(found.findings)] == [one.rule for one in found.findings]
    assert str(frame["row"].dtype) == "Int64" and frame["row"].isna().sum() == 1
    assert isinstance(frame, pd.DataFrame)
    assert len(to_frame(audit())) == 0 and tuple(to_frame(audit()).columns) == COLUMNS


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("waive", [False, True])
def test_parquet_gives_back_the_same_table(language, waive):
    pd = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    found = report("=1+1\u202e", waive)
    back = pd.read_parquet(io.BytesIO(render(found, "parquet", language)))
    frame = to_frame(found, language)
    assert list(back.columns) == list(frame.columns)
    pd.testing.assert_frame_equal(back.astype(frame.dtypes.to_dict()), frame)


def test_parquet_without_its_package_is_said(monkeypatch):
    import sys

    from auditor.wording import AuditorError

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(AuditorError, match="pip install"):
        render(report(), "parquet", "zh")


def test_an_unknown_format_is_refused():
    with pytest.raises(KeyError):
        render(report(), "pdf", "zh")


@pytest.mark.parametrize("format", ["csv", "jsonl", "json", "md", "sarif", "parquet"])
def test_a_report_of_nothing(format):
    assert (len(render(audit(), format, "zh")) == 0) is (format == "jsonl")
