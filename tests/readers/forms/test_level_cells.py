"""Classes whose cells are merged down, printed once or left blank, read from files of every office format."""

import pytest

from auditor.readers import read
from tests.readers import make_office
from tests.readers.forms.form_tables import LONG_HEAD

WRITE = {
    "xlsx": make_office.write_xlsx,
    "xls": make_office.write_xls,
    "docx": make_office.write_docx,
    "html": make_office.write_html,
}
FORM_TOP = (
    ("项目名称", "河道巡查", "", "", "", ""),
    ("总体目标", "做好巡查", "", "", "", ""),
    ("绩效指标", "一级指标", "二级指标", "三级指标", "中期指标值", "年度指标值"),
)
NAMES = ("巡查次数", "清理次数", "合格率")


def table_grid(first, merged):
    front = ("河道巡查", "10", "10", "", "", "做好巡查")
    rows = [LONG_HEAD]
    for at, level1 in enumerate(first):
        level2 = ("数量指标", "", "质量指标")[at]
        rows.append((*(front if at == 0 else [""] * 6), level1, level2, NAMES[at], "≥9", "≥9"))
    return make_office.Grid(tuple(rows), ((1, 7, 2, 1), *((row + 1, 6, down, 1) for row, down in merged)))


def form_grid(first, merged):
    rows = [*FORM_TOP]
    rows += [("", level1, ("数量指标", "", "质量指标")[at], NAMES[at], "≥9", "≥9") for at, level1 in enumerate(first)]
    own = ((row + 3, 1, down, 1) for row, down in merged)
    return make_office.Grid(tuple(rows), ((0, 1, 1, 5), (1, 1, 1, 5), (2, 0, 4, 1), (3, 2, 2, 1), *own))


@pytest.mark.parametrize("form", WRITE)
@pytest.mark.parametrize("grid", [table_grid, form_grid])
@pytest.mark.parametrize(
    ("first", "merged", "wanted"),
    [
        (("产出指标", "", ""), (), ("产出指标", "产出指标", "产出指标")),
        (("", "", ""), (), (None, None, None)),
        (("", "产出指标", ""), (), (None, "产出指标", "产出指标")),
        (("产出指标", "产出指标", "产出指标"), (), ("产出指标", "产出指标", "产出指标")),
        (("产出指标", "", ""), ((1, 2),), ("产出指标", "产出指标", "产出指标")),
        (("产出指标", "", ""), ((0, 3),), ("产出指标", "产出指标", "产出指标")),
    ],
)
def test_a_merged_level_2_holds_beside_any_level_1(form, grid, first, merged, wanted, tmp_path):
    path = tmp_path / f"levels.{form}"
    WRITE[form](grid(first, merged), path)
    (project,) = read(path).projects
    levels = [
        (one.level1.text if one.level1 else None, one.level2.text if one.level2 else None) for one in project.indicators
    ]
    assert levels == list(zip(wanted, ("数量指标", "数量指标", "质量指标"), strict=True))
