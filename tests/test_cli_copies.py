"""What `check` gives besides its report, and the page of one project, at the command line."""

import pytest
from conftest import SAMPLES
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from auditor.cli import app

CITY = str(SAMPLES / "city-education-projects.txt")


def run(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


@pytest.fixture
def table(tmp_path):
    """A project table as a spreadsheet, one indicator a row."""
    book = Workbook()
    sheet = book.active
    sheet.append(["项目名称", "总计", "绩效目标", "一级指标", "二级指标", "三级指标", "实施周期指标值", "年度指标值"])
    for level1, level2, name, value in (
        ("1-产出指标", "11-数量指标", "修复古籍册数", "260册"),
        ("2-效益指标", "22-社会效益指标", "读者满意度", "≥90%"),
    ):
        sheet.append(["古籍修复", 80, "修复馆藏古籍260册，供读者查阅", level1, level2, name, value, value])
    path = tmp_path / "表.xlsx"
    book.save(path)
    return path


def test_annotated_copies_leave_the_original_alone(table, tmp_path):
    before = table.read_bytes()
    done = run("check", table, "--annotate", tmp_path / "批注", "--fail-on", "never")
    assert done.exit_code == 0, done.output
    assert table.read_bytes() == before
    sheet = load_workbook(tmp_path / "批注" / "表.xlsx").worksheets[0]
    assert any(cell.comment and "T506" in cell.comment.text for row in sheet.iter_rows() for cell in row)


def test_annotating_into_the_folder_of_the_original_is_refused(table):
    before = table.read_bytes()
    done = run("check", table, "--annotate", table.parent, "--fail-on", "never")
    assert table.read_bytes() == before
    assert "原文件" in done.output


def test_letters_go_into_a_folder_one_for_each_department(tmp_path):
    done = run("check", SAMPLES, "--format", "docx", "-o", tmp_path, "--fail-on", "never")
    assert done.exit_code == 0, done.output
    assert len(list(tmp_path.glob("*.docx"))) == 2


def test_the_border_of_near_copies_is_shown_when_asked():
    plain, shown = (
        run("check", SAMPLES, "--top", "1", "--fail-on", "never", *more) for more in ((), ("--explain-cut",))
    )
    assert "雷同界限" in shown.stdout
    assert "雷同界限" not in plain.stdout


def test_quiet_says_nothing_and_verbose_names_every_file(tmp_path):
    report = ("--format", "json", "-o", tmp_path / "r.json", "--fail-on", "never")
    assert run("check", CITY, "-q", *report).output == ""
    assert "30 个项目" in run("check", CITY, "-v", *report).output


@pytest.mark.parametrize("wanted", ["9", "家庭经济困难学生资助"])
def test_review_shows_text_evidence_classes_and_the_table(wanted):
    done = run("review", CITY, "-p", wanted)
    assert done.exit_code == 1
    for words in ("将建档困难学生", "学校体育场地向社会开放补助", "R301", "由审核人填写", "目标相关性"):
        assert words in done.stdout


def test_review_as_a_page_of_one_project(tmp_path):
    done = run("review", CITY, "-p", "9", "--format", "html", "-o", tmp_path / "p.html")
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert done.exit_code == 1
    assert "家庭经济困难学生资助" in page and "中小学生近视综合防控" not in page


@pytest.mark.parametrize(("wanted", "said"), [("没有这个项目", "没有找到"), ("补助", "更具体")])
def test_review_of_none_or_several_says_so(wanted, said):
    done = run("review", CITY, "-p", wanted)
    assert done.exit_code == 2
    assert said in done.output


def test_settings_tell_where_each_value_comes_from(tmp_path, monkeypatch):
    (tmp_path / "auditor.toml").write_text('lang = "en"\n[limits]\nseconds = 30\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    lines = run("settings").stdout.splitlines()
    assert any(line.startswith("lang") and "auditor.toml" in line for line in lines)
    assert any(line.startswith("limits.seconds") and "30" in line for line in lines)
    assert any(line.startswith("jobs") and "default" in line for line in lines)
