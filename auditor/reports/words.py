"""Words that every report uses, in both languages."""

from __future__ import annotations

from auditor.document import Place
from auditor.finding import Severity
from auditor.wording import Language, Wording

SEVERITY: dict[Severity, Wording] = {
    "error": Wording("错误", "error"),
    "warning": Wording("警告", "warning"),
    "info": Wording("建议", "advice"),
}

FORM: dict[str, Wording] = {
    "project_table": Wording("项目支出绩效目标表", "project table"),
    "project_form": Wording("项目绩效目标申报表", "project form"),
    "department_form": Wording("部门整体绩效目标表", "department form"),
    "self_evaluation": Wording("绩效自评表", "self-evaluation"),
    "other": Wording("未能识别", "not recognised"),
}


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
