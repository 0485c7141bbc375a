"""Words of the workbook and of the review table, in both languages."""

from __future__ import annotations

from auditor.finding import Evidence, Principle, Relation
from auditor.outcome import Grade
from auditor.reports.words import where
from auditor.wording import Language, Wording

OVERVIEW = Wording("总览", "Overview")
PROJECTS = Wording("项目", "Projects")
INDICATORS = Wording("指标", "Indicators")
FINDINGS = Wording("问题清单", "Findings")
REUSE = Wording("雷同组", "Reuse")
LINKS = Wording("勾稽", "Links")
GAPS = Wording("未检查", "Not checked")
RULES = Wording("规则说明", "Rules")

WHOLE_DOCUMENT = Wording("（全表）", "(whole document)")
NAMELESS = Wording("（部门整体）", "(department as a whole)")

GRADE: dict[Grade, Wording] = {
    "优": Wording("优", "excellent"),
    "良": Wording("良", "good"),
    "中": Wording("中", "fair"),
    "差": Wording("差", "poor"),
}

PRINCIPLE: dict[Principle, Wording] = {
    "规范完整性": Wording("规范完整性", "form and completeness"),
    "明确清晰性": Wording("明确清晰性", "clarity"),
    "目标相关性": Wording("目标相关性", "relevance of the goal"),
    "指标科学性": Wording("指标科学性", "soundness of indicators"),
    "绩效合理性": Wording("绩效合理性", "reasonable performance"),
    "资金匹配性": Wording("资金匹配性", "match with funds"),
    "实现可能性": Wording("实现可能性", "achievability"),
    "条件充分性": Wording("条件充分性", "conditions in place"),
}

RELATION: dict[Relation, Wording] = {
    "copied": Wording("照搬", "copied"),
    "near": Wording("近似", "near copy"),
    "same_programme": Wording("同一专项（正常）", "one programme (legitimate)"),
    "boilerplate": Wording("通用表述", "boilerplate"),
}

TEXT_KIND: dict[str, Wording] = {
    "goal": Wording("绩效目标", "goal"),
    "indicator_set": Wording("整套指标", "set of indicators"),
    "clause": Wording("语句", "clause"),
}

VERDICT: dict[str, Wording] = {
    "off_subject": Wording("不相关", "off subject"),
    "weak": Wording("联系弱", "weak"),
    "fits": Wording("相符", "fits"),
    "not_judged": Wording("未判断", "not judged"),
}

PARTS: dict[str, Wording] = {
    "quantity": Wording("有数值", "number"),
    "unit": Wording("单位明确", "unit"),
    "comparator": Wording("界限清楚", "threshold"),
    "fits_name": Wording("与名称相符", "fits name"),
    "object": Wording("对象清楚", "object"),
    "base": Wording("基期清楚", "base"),
}

PAIRING: dict[str, Wording] = {
    "department_project": Wording("部门整体 ↔ 项目", "department ↔ projects"),
    "upper_lower": Wording("上级 ↔ 下级", "upper ↔ lower level"),
}

COMPARED: dict[str, Wording] = {
    "amount": Wording("金额", "amount"),
    "target": Wording("指标值", "target"),
    "indicator_name": Wording("指标名称", "indicator name"),
    "total": Wording("合计", "total"),
}

UNPAIRED: dict[str, Wording] = {
    "task": Wording("任务在项目表中没有对应项目", "task without a project"),
    "project": Wording("大额项目没有列入任务", "large project without a task"),
    "row": Wording("没有找到对应的上级资金", "no counterpart at the upper level"),
}

STAGE: dict[str, Wording] = {
    "read": Wording("读取", "reading"),
    "rule": Wording("规则", "rule"),
    "limit": Wording("限额", "limit"),
}

EVIDENCE_SHOWN = 5
"""Pieces of evidence that one cell holds; the others are counted."""


def evidence_lines(evidence: tuple[Evidence, ...], language: Language, document: str) -> str:
    """Return the evidence of a finding in `document`, one piece a line."""
    lines = [_evidence(one, language, document) for one in evidence[:EVIDENCE_SHOWN]]
    more = len(evidence) - EVIDENCE_SHOWN
    if more > 0:
        lines.append(f"另有 {more} 处" if language == "zh" else f"and {more} more")
    return "\n".join(lines)


def _evidence(one: Evidence, language: Language, document: str) -> str:
    zh = language == "zh"
    file = one.place.file if one.place.file != document else ""
    row = "" if one.row is None else f"第{one.row}个项目" if zh else f"project {one.row}"
    at = ("，" if zh else ", ").join(filter(None, (file, row, where(one.place, language))))
    if zh:
        return f"{one.what.zh}{f'（{at}）' if at else ''}：{one.quote}"
    return f"{one.what.en}{f' ({at})' if at else ''}: {one.quote}"
