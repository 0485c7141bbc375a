"""Source tables with invented content: the project table and the single project form."""

from __future__ import annotations

import random

from tests.readers.make_pdf import Source

HEADER = ("项目名称（资金使用单位）", "总计", "财政拨款", "财政专户拨款", "其他资金", "绩效目标", "绩效指标")
_SUBJECTS = (
    "河道保洁",
    "社区食堂运营",
    "图书流动车",
    "中小学体检",
    "公园绿化补植",
    "老旧电梯更新",
    "技能竞赛",
    "菜场改造",
)
_VERBS = ("提升", "完善", "保障", "推进", "改善")
_CODES = (
    ("1-产出指标", "11-数量指标", ("完成数量", "服务人次", "覆盖点位数"), ("≥120个", "3,500人次", "42处")),
    ("1-产出指标", "12-质量指标", ("验收合格率", "抽检达标率"), ("100%", "≥98%")),
    ("1-产出指标", "13-时效指标", ("按期完成率", "完成时间"), ("≥95%", "2025年11月底前")),
    ("1-产出指标", "14-成本指标", ("单位成本控制", "预算控制率"), ("≤2.5万元/处", "≤100%")),
    ("2-效益指标", "22-社会效益", ("受益居民数量", "投诉下降比例"), ("≥8000人", "同比下降10%")),
    ("3-满意度指标", "31-服务对象满意度", ("居民满意度", "学校满意度"), ("≥90%", "≥85%")),
)


def _indicators(rng: random.Random, subject: str, count: int) -> str:
    parts = []
    for at in range(1, count + 1):
        level1, level2, names, values = rng.choice(_CODES)
        value = rng.choice(values)
        name = subject + rng.choice(names)
        parts.append(f"{at}、{level1}；{level2}；{name}；实施周期指标值:{value}；年度指标值:{value}。")
    return "".join(parts)


def _goal(rng: random.Random, subject: str) -> str:
    first = f"{rng.choice(_VERBS)}全区{subject}工作，按计划完成年度任务，逐步形成稳定的管护机制"
    second = f"{rng.choice(_VERBS)}{subject}服务质量，方便群众就近享受服务，减少重复投诉"
    third = f"引导街道与社会力量共同参与{subject}，接受居民监督"
    return {
        0: f"{first}，{second}。",
        1: f"1.{first}。2.{second}。3.{third}。",
        2: f"1、{first}；\n2、{second}；\n3、{third}。",
    }[rng.randrange(3)]


def project_table(projects: int, seed: int = 7, titles: bool = True) -> Source:
    """The seven-column table: a total row, unit rows, and `projects` rows of 200 to 900 characters of indicators."""
    rng = random.Random(seed)
    rows = [HEADER, ("合计", "98,765.40", "98,700.00", "65.40", "", "", "")]
    for at in range(projects):
        if at % 9 == 0:
            rows.append(
                (f"某市某区城市管理和综合服务第{at // 9 + 1}中心本级", "12,345.67", "12,345.67", "", "", "", "")
            )
        subject = rng.choice(_SUBJECTS)
        amount = f"{rng.randrange(1, 9000)}.{rng.randrange(100):02d}"
        other = f"{rng.randrange(1, 90)}.00" if at % 4 == 0 else ""
        name = f"    {subject}{rng.choice(('项目', '专项资金', '经费补贴（第二期）'))}"
        rows.append(
            (name, amount, amount, "", other, _goal(rng, subject), _indicators(rng, subject, rng.randrange(4, 16)))
        )
    head = ("某市2025年项目支出绩效目标表（含转移支付项目）", "部门名称：某市某区城市管理局      单位：万元")
    return Source(tuple(rows), (95, 58, 58, 62, 52, 160, 285), titles=head if titles else (), align="lrrrrll")


def project_form() -> Source:
    """The form of one project: merged labels and values, indicators by level."""
    rows = [
        ["项目名称", "社区食堂运营补助", "", "", "主管部门", "某区民政局"],
        ["项目资金（万元）", "年度资金总额", "320.50", "", "其中：财政拨款", "300.50"],
        ["", "上年结转", "—", "", "其他资金", "20.00"],
        ["总体目标", "1、新建社区食堂6个，改造4个；\n2、为60岁以上老人提供助餐服务，每日不少于1,200人次；\n3、形成可持续的运营补助办法，"
         "由街道、运营企业与居民代表共同监督，按季公布餐价、客流和食品安全检查结果。", "", "", "", ""],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "备注"],
        ["", "产出指标", "数量指标", "新建社区食堂数量", "6个", ""],
        ["", "", "", "助餐服务人次", "≥43万人次", "含送餐"],
        ["", "", "质量指标", "食品安全抽检合格率", "100%", ""],
        ["", "效益指标", "社会效益指标", "享受助餐的独居老人占比", "≥70%", ""],
        ["", "满意度指标", "服务对象满意度指标", "就餐老人满意度", "≥90%", "抽样300人"],
    ]  # fmt: skip
    merged = (
        (0, 1, 1, 3), (1, 0, 2, 1), (1, 2, 1, 2), (2, 2, 1, 2), (3, 1, 1, 5),
        (4, 0, 6, 1), (5, 1, 3, 1), (5, 2, 2, 1),
    )  # fmt: skip
    widths = (70, 80, 90, 120, 85, 78)
    return Source(tuple(map(tuple, rows)), widths, merged, titles=("项目支出绩效目标申报表", "（2025年度）"))
