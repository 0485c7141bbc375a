"""The form's column of units against values and names: what only repeats, narrows or scales a unit is no conflict."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.audit import Auditor
from auditor.checks.declared_unit import unit_conflict
from auditor.claim import claim_of
from auditor.document import Document, Indicator, Passage, Place, Project
from auditor.finding import Subject
from auditor.quantity import UNITS
from auditor.readers import read
from auditor.reports.values import shown_projects
from auditor.settings import Settings
from tests.conftest import SAMPLES
from tests.readers import make_office

HERE = Place("a.txt")
HEAD = ("一级指标", "二级指标", "三级指标", "指标值", "计量单位", "权重")


def conflicts(name, value, unit):
    one = Indicator(1, Passage(name, HERE), annual_target=Passage(value, HERE), measure_unit=unit)
    project = Project(1, Passage("甲项目", HERE), HERE, indicators=(one,))
    return [mark.variant or "value" for mark in unit_conflict(Subject(Document("a", "other", HERE), project, one))]


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("培训人数", "30人", "项"), ("培训人数", "30人", "%"), ("抽检合格率", "≥95%", "批"), ("道路养护里程", "5公里", "米"),
        ("慰问金额", "5000元", "万元"), ("补助总额", "0.5亿元", "万元"), ("帮扶户数", "30户", "人"), ("绿化面积", "40亩", "株"),
        ("接待人次", "30人次", "万人次"),
    ],
)  # fmt: skip
def test_conflicts(name, value, unit):
    assert conflicts(name, value, unit) == ["value"]


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("培训人数", "30人", "人次"), ("培训人次", "30人次", "人"), ("培训人数", "30人", "名"), ("培训人数", "30人", "个"),
        ("培训人数", "30人", "人/人次"), ("培训人数", "30人", "人（次）"), ("设备数量", "3台", "套"), ("检查次数", "4次", "次/年"),
        ("补助标准", "450元", "元/人"), ("补助标准", "450元/人", "元"), ("补助总额", "30万元", "元"), ("人次", "3万人次", "人次"),
        ("完成时间", "2026年12月", "月"), ("完成时间", "2026年12月", "年"), ("办理时限", "15天", "月"), ("满意度", "≥90分", "%"),
        ("培训场次及人数", "2场、100人", "人"), ("验收", "通过", "项"), ("监测点位", "6", "站·点"), ("设备数量", "3台", "见附件"),
        ("覆盖率", "≥90", "%"), ("排名", "前3名", "名次"), ("道路养护里程", "5公里", "千米"), ("", "", "人"),
    ],
)  # fmt: skip
def test_no_conflicts(name, value, unit):
    assert conflicts(name, value, unit) == []


def test_a_bare_number_is_held_against_its_name():
    assert conflicts("抢修合格率", "≥98（含）", "公里") == ["unit_against_name"]
    assert conflicts("抢修合格率", "≥98（含）", "%") == []
    assert conflicts("抢修合格情况", "≥98（含）", "公里") == []


@given(st.sampled_from(sorted(UNITS)), st.integers(1, 9999), st.sampled_from(["", "≥", "不超过"]))
def test_a_repeated_unit_is_never_a_conflict(unit, number, comparator):
    assert conflicts("完成数量", f"{comparator}{number}{unit}", unit) == []


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_words_are_taken(value, unit):
    assert len(conflicts("完成数量", value, unit)) <= 1


def test_the_samples_own_units_are_no_conflicts():
    checked = 0
    for path in sorted(SAMPLES.glob("*.txt")):
        document = read(path)
        for project in document.projects:
            for one in project.indicators:
                claim = claim_of(one)
                if claim is not None and claim.is_numeric and claim.measure.unit:
                    told = replace(one, measure_unit=claim.measure.unit)
                    assert not list(unit_conflict(Subject(document, project, told)))
                    checked += 1
    assert checked > 100


def form(path, weight="20"):
    rows = [("项目名称", "河道巡查", "", "", "", ""), ("总体目标", "做好河道巡查。", "", "", "", ""), HEAD,
            ("产出指标", "数量指标", "巡查次数", "≥300", "次", "50"), ("", "质量指标", "抽检合格率", "95%", "人", weight)]  # fmt: skip
    write = {".xlsx": make_office.write_xlsx, ".docx": make_office.write_docx}[path.suffix]
    write(make_office.Grid(tuple(rows), ((0, 1, 1, 5), (1, 1, 1, 5))), path)
    return path


def test_a_form_with_a_column_of_units(tmp_path):
    """The column is read and shown, judged by V616, and neither F109 nor F110 is put off by it."""
    paths = [form(tmp_path / "form.xlsx"), form(tmp_path / "form.docx")]
    documents = [read(path) for path in paths]
    (shown,) = shown_projects(documents[0])
    assert [(one["annual_target"], one["measure_unit"]) for one in shown["indicators"]] == [
        ("≥300次", "次"), ("95%", "人"),
    ]  # fmt: skip
    assert list(shown["indicators"][0])[-1] == "measure_unit"
    report = Auditor(Settings(select=("F109", "F110", "V616"))).report(documents)
    found = sorted({finding.rule for finding in report.findings})
    assert found == ["F109", "F110", "V616"]
    alone = Auditor(Settings(select=("F110",))).report([read(form(tmp_path / "whole.xlsx", "50"))])
    assert not alone.findings
