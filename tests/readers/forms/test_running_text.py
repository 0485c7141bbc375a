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


def shown(document):
    return [
        (
            project.title,
            project.goal.text if project.goal else "",
            [one.annual_target.text for one in project.indicators],
        )
        for project in document.projects
    ]


RIVER = ("河道保洁项目", "保洁河道31公里。", ["31公里"])


def test_two_tables_in_one_text_stay_apart():
    second = one_project(
        name="山塘整治项目",
        goal="整治山塘12座。",
        indicators=[["1-产出指标", "11-数量指标", "整治数量", "12座", "12座"]],
    )
    second |= {"title": "青湾区农业农村局2025年项目支出绩效目标表", "department": "青湾区农业农村局"}
    second["units"][0]["name"] = "青湾区农业农村局"
    document = read(RENDER.project_table_text(one_project()) + "\n\n" + RENDER.project_table_text(second))
    assert document.department is None
    assert ["不同部门" in gap.reason.zh for gap in document.gaps] == [True]
    assert shown(document) == [RIVER, ("山塘整治项目", "整治山塘12座。", ["12座"])]
    assert [project.unit for project in document.projects] == ["临溪县水利局", "青湾区农业农村局"]


@pytest.mark.parametrize(
    "below", ["本部门项目支出绩效目标已经区人大审议通过。", "年度总体目标：围绕水利高质量发展，保障供水安全。"]
)
@pytest.mark.parametrize("blank", ["\n", "\n\n"])
def test_text_below_the_last_indicator_is_told_not_glued(below, blank):
    document = read(RENDER.project_table_text(one_project()).rstrip() + blank + below + "\n")
    assert shown(document) == [RIVER]
    assert [gap.quote for gap in document.gaps] == [below]


@given(st.sampled_from(["有所提高。\n力争全覆盖", "完成改造；\n持续运行", "100%。\n其中新建"]))
def test_a_short_rest_of_the_last_value_stays(value):
    text = RENDER.project_table_text(one_project())
    (project,) = read(text.replace("年度指标值:31公里", f"年度指标值:{value}")).projects
    assert project.indicators[0].annual_target.text == value.replace("\n", "")


@pytest.mark.parametrize("name", ["小计", "本页小计", "单位小计"])
def test_subtotals_are_no_units(name):
    source = one_project()
    source["units"][0]["projects"].append(dict(source["units"][0]["projects"][0], name="巡查项目"))
    text = RENDER.project_table_text(source)
    for one in (
        text.replace("    巡查项目", f"{name} 31.49 31.49\n\n    巡查项目"),
        text.rstrip() + f"\n\n{name} 62.98 62.98\n",
    ):
        document = read(one)
        assert [(project.title, project.unit) for project in document.projects] == [
            ("河道保洁项目", "临溪县水利局"),
            ("巡查项目", "临溪县水利局"),
        ]
        assert [project.indicators[-1].annual_target.text for project in document.projects] == ["31公里", "31公里"]
        assert document.gaps == ()


@pytest.mark.parametrize("printed", ["1 00.00 1 00.00", "1 00.00 100.00", "100.00 1 00.00"])
def test_amounts_that_a_blank_broke_are_whole(printed):
    text = RENDER.project_table_text(one_project()).replace("31.49 31.49", "100.00 100.00")
    document = read(text.replace("项目 100.00 100.00", f"项目 {printed}"))
    budget = document.projects[0].budget
    assert (budget.total, budget.fiscal, document.gaps) == (100, 100, ())


def test_a_number_at_the_end_of_a_name_is_no_part_of_the_amount():
    document = read(RENDER.project_table_text(one_project(name="维护费2025")))
    (project,) = document.projects
    assert (project.title, str(project.budget.total)) == ("维护费2025", "31.49")
