"""Words that every report uses, in both languages."""

from __future__ import annotations

from auditor.document import Place
from auditor.finding import Principle, Severity
from auditor.outcome import Grade
from auditor.wording import Language, Wording

SEVERITY: dict[Severity, Wording] = {
    "error": Wording("错误", "error"),
    "warning": Wording("警告", "warning"),
    "info": Wording("建议", "advice"),
}

CLASS: dict[str, Wording] = {
    "11": Wording("数量", "quantity"),
    "12": Wording("质量", "quality"),
    "13": Wording("时效", "time"),
    "14": Wording("成本", "cost"),
    "21": Wording("经济效益", "economic"),
    "22": Wording("社会效益", "social"),
    "23": Wording("生态效益", "ecological"),
    "24": Wording("可持续影响", "lasting"),
    "31": Wording("满意度", "satisfaction"),
}
"""Short names of the two-digit classes of the `coded` taxonomy, in its order."""

PRINCIPLE: dict[Principle, Wording] = {
    "规范完整性": Wording("规范完整性", "complete and well-formed"),
    "明确清晰性": Wording("明确清晰性", "clear and definite"),
    "目标相关性": Wording("目标相关性", "goal fits the project"),
    "指标科学性": Wording("指标科学性", "indicators are sound"),
    "绩效合理性": Wording("绩效合理性", "performance is reasonable"),
    "资金匹配性": Wording("资金匹配性", "money matches the task"),
    "实现可能性": Wording("实现可能性", "can be achieved"),
    "条件充分性": Wording("条件充分性", "conditions are in place"),
}
"""The cells of the official review table."""

GRADE: dict[Grade, Wording] = {
    "优": Wording("优", "excellent"),
    "良": Wording("良", "good"),
    "中": Wording("中", "fair"),
    "差": Wording("差", "poor"),
}

FORM: dict[str, Wording] = {
    "project_table": Wording("项目支出绩效目标表", "project table"),
    "project_form": Wording("项目绩效目标申报表", "project form"),
    "department_form": Wording("部门整体绩效目标表", "department form"),
    "self_evaluation": Wording("绩效自评表", "self-evaluation"),
    "other": Wording("未能识别", "not recognised"),
}


def class_name(code: str | None, language: Language) -> str:
    """Return code and name of a class, such as `11 数量`; the code alone where it has no name, '' for None."""
    return f"{code} {CLASS[code].say(language)}" if code and code in CLASS else code or ""


def where(place: Place, language: Language) -> str:
    """Say where something stands as a person would look for it; '' where only the file is known."""
    parts = [
        (place.sheet, "工作表“{}”", "sheet “{}”"),
        (place.page, "第{}页", "page {}"),
        (place.table, "表{}", "table {}"),
        (place.cell, "单元格{}", "cell {}"),
        (place.row if place.cell is None else None, "第{}行", "row {}"),
        (place.line if place.row is None else None, "文本第{}行", "line {}"),
    ]
    chosen = [(zh if language == "zh" else en).format(value) for value, zh, en in parts if value is not None]
    return ("" if language == "zh" else ", ").join(chosen)
