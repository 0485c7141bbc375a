"""A project table as a PDF's text layer gives it: wrapped, broken over pages, with whatever stands between the pages."""

import importlib.util
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.readers.forms import understand
from auditor.readers.text import read_text
from tests.conftest import ROOT, SAMPLES
from tests.readers.forms.form_tables import said, truth


def _render():
    spec = importlib.util.spec_from_file_location("sample_render", ROOT / "corpus/samples/render.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RENDER = _render()
SOURCES = [
    tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "corpus/samples/source").glob("*projects.toml"))
]
SUBJECTS = (
    "河道保洁",
    "2025年菜场改造",
    "小型水库除险加固（二期）",
    "新建3所学校",
    "#泽财农〔2025〕12号",
    "5G基站建设",
)
NAMES = ("{}项目", "下达{}（第一批）-青湾区#泽财教〔2025〕12号", "{}（2024年度结转）", "{}补助资金2025", "“{}”行动")
GOALS = (
    "对{}实施改造，投入资金1,234.50万元，面积6.2万平方米。", "1.完成{}31处；2.投资3,150.00万元；3.合格率达到93%以上。",
    "提升{}水平", "总投资2,000.00", "按 2025 年计划完成{} 120.00 86.00", "惠及3.15万人，支出 318.60", "1、完成{}；2、验收。",
)  # fmt: skip
INDICATORS = ("{}数量", "{}合格率", "第1、2期{}率", "{}面积；其中核心区", "111040527-{}补助标准")
VALUES = ("100%", "≥3.15万人", "3.15", "1,200.50", "有所提高。", "", "12.00", "1、完成；2、验收", "2025年12月")
CLASSES = (
    ("1-产出指标", "11-数量指标"),
    ("1-产出指标", "14-成本指标"),
    ("2-效益指标", "22-社会效益"),
    ("3-满意度指标", "31-服务对象满意度"),
)


def read(text):
    return understand(read_text(text, "table.txt"))


def columns_lost(rows):
    """What a text layer can still say: which column the amounts behind the total stood in is gone."""
    return [{key: value for key, value in row.items() if key != "budget"} for row in rows]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source["file"])
def test_samples_are_read_back_exactly(source):
    document = read((SAMPLES / source["file"]).read_text(encoding="utf-8"))
    assert document.gaps == ()
    assert columns_lost(said(document)) == columns_lost(truth(source))
    assert [total.unit for total in document.totals if total.unit] == [unit["name"] for unit in source["units"]]


@st.composite
def projects(draw, careful=False):
    subject = draw(st.sampled_from(SUBJECTS))
    amount = f"{draw(st.integers(1, 999_999)) / 100:,.2f}"
    goals = draw(st.lists(st.sampled_from(GOALS[:2] if careful else GOALS), min_size=int(careful), max_size=3))
    indicators = draw(
        st.lists(
            st.tuples(
                st.sampled_from(CLASSES), st.sampled_from(INDICATORS), st.sampled_from(VALUES), st.sampled_from(VALUES)
            ),
            min_size=int(careful),
            max_size=6,
        )
    )
    return {
        "name": draw(st.sampled_from(NAMES)).format(subject),
        "amounts": [amount, amount, "", ""],
        "goal": "".join(goals).format(*[subject] * 3) if careful else "".join(goal.format(subject) for goal in goals),
        "indicators": [[*pair, name.format(subject), cycle, annual] for pair, name, cycle, annual in indicators],
    }


@st.composite
def sources(draw, careful=False):
    names = draw(st.lists(st.sampled_from(("云川市教育局", "云川市第二实验小学")), min_size=1, max_size=2, unique=True))
    units = [
        {
            "name": name,
            "amounts": ["9,876.50", "9,876.50", "", ""],
            "projects": draw(st.lists(projects(careful), min_size=1, max_size=3)),
        }
        for name in names
    ]
    return {
        "title": "云川市教育局2025年项目支出绩效目标表", "department": "云川市教育局", "currency_unit": "万元",
        "total": draw(st.sampled_from([[], ["9,999.00", "9,999.00", "", ""]])), "units": units,
    }  # fmt: skip


def with_page_furniture(text, every):
    """Put a page number and the head between the pages, and a note below the table."""
    lines: list[str] = []
    for at, one in enumerate(text.split("\n"), start=1):
        lines.append(one)
        if at % every == 0 and at > 12 and one.strip():
            lines += ["", ("第 3 页", "- 3 -", "第3页，共12页", "3/12")[at % 4], *RENDER.HEADER, ""]
    return "\n".join([*lines, "注：本表金额保留两位小数。", "2.其他说明"])


@settings(max_examples=40, deadline=None, derandomize=True)
@given(sources(careful=True), st.integers(0, 99), st.sampled_from([30, 44, 60]), st.sampled_from([40, 62, 78]))
def test_complete_projects_are_read_back_exactly(source, seed, width_goal, width_cell):
    text = RENDER.project_table_text(source, seed=seed, width_goal=width_goal, width_cell=width_cell)
    for variant in (text, with_page_furniture(text, 37), "\n".join(one for one in text.split("\n") if one.strip())):
        document = read(variant)
        assert columns_lost(said(document)) == columns_lost(truth(source))
        assert document.gaps == ()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(sources(), st.integers(0, 99), st.booleans())
def test_whatever_is_read_otherwise_is_told(source, seed, furniture):
    text = RENDER.project_table_text(source, seed=seed)
    document = read(with_page_furniture(text, 29) if furniture else text)
    assert columns_lost(said(document)) == columns_lost(truth(source)) or document.gaps


def one_project(**changes):
    project = {
        "name": "河道保洁项目", "amounts": ["31.49", "31.49", "", ""], "goal": "保洁河道31公里。",
        "indicators": [["1-产出指标", "11-数量指标", "保洁长度", "31公里", "31公里"]], **changes,
    }  # fmt: skip
    unit = {"name": "临溪县水利局", "amounts": ["31.49", "31.49", "", ""], "projects": [project]}
    return {"title": "项目支出绩效目标表", "department": "临溪县水利局", "currency_unit": "万元", "units": [unit]}


@pytest.mark.parametrize(
    "changes",
    [
        {"goal": ""}, {"indicators": []}, {"goal": "", "indicators": []}, {"goal": "总投资2,000.00"},
        {"goal": "建设标准化教室2025"}, {"name": "补助资金2025"}, {"name": "维护费（2023—2025年）"},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_missing_stays_missing(changes):
    source = one_project(**changes)
    document = read(RENDER.project_table_text(source))
    assert document.gaps == ()
    assert columns_lost(said(document)) == columns_lost(truth(source))


def test_a_value_cut_behind_its_number_is_no_row():
    text = RENDER.project_table_text(one_project()).rstrip().removesuffix("。")
    text = text.replace(
        "年度指标值:31公里",
        "年度指标值:31公里。2、1-产出指标；11-数量指标；受益人数；实施周期指标值:\n3.15\n万人；年度指标值:3.15\n万人。",
    )
    (project,) = read(text).projects
    assert [one.annual_target.text for one in project.indicators][1:] == ["3.15万人"]


def test_text_without_any_project_is_a_gap():
    document = read("项目支出绩效目标表\n\n" + RENDER.HEADER[0] + "\n\n无\n")
    assert (document.projects, len(document.gaps)) == ((), 1)
