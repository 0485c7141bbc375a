"""The words of the page, Chinese and English side by side."""

from __future__ import annotations

from auditor.wording import Language, Wording

GRADES = {"优": "excellent", "良": "good", "中": "fair", "差": "poor"}
PRINCIPLES = {
    "规范完整性": "Well-formed and complete",
    "明确清晰性": "Clear and specific",
    "目标相关性": "Goal fits the project",
    "指标科学性": "Sound indicators",
    "绩效合理性": "Reasonable performance",
    "资金匹配性": "Matches the money",
    "实现可能性": "Achievable",
    "条件充分性": "Conditions in place",
}
PARTS = {
    "quantity": Wording("数值", "quantity"),
    "unit": Wording("单位", "unit"),
    "comparator": Wording("比较关系", "comparator"),
    "fits_name": Wording("与名称相符", "fits the name"),
    "object": Wording("对象", "object"),
    "base": Wording("基期", "base"),
}
RELATIONS = {
    "copied": Wording("照抄", "copied"),
    "near": Wording("近似", "nearly alike"),
    "same_programme": Wording("同一专项", "same programme"),
    "boilerplate": Wording("通用表述", "official wording"),
}
KINDS = {
    "goal": Wording("绩效目标", "goal"),
    "indicator_set": Wording("整套指标", "indicator set"),
    "clause": Wording("分句", "clause"),
    "department_project": Wording("部门申报表与项目表", "department form and project table"),
    "upper_lower": Wording("上级表与下级表", "upper and lower level"),
    "amount": Wording("金额", "amount"),
    "target": Wording("指标值", "target"),
    "indicator_name": Wording("指标名称", "indicator name"),
    "total": Wording("合计", "total"),
    "task": Wording("任务", "task"),
    "project": Wording("项目", "project"),
    "row": Wording("一行", "row"),
}
VERDICTS = {
    "off_subject": Wording("偏离主题", "off subject"),
    "weak": Wording("联系不明显", "weak"),
    "fits": Wording("相符", "fits"),
    "not_judged": Wording("不作判断", "not judged"),
    "pass": Wording("通过", "passed"),
    "mend": Wording("修改后通过", "passed after mending"),
    "fail": Wording("不通过", "failed"),
}
STAGES = {
    "read": Wording("读取", "reading"),
    "rule": Wording("规则", "rule"),
    "limit": Wording("超出限额", "limit"),
}

_WORDS = {
    "report": ("绩效目标与指标质量审核报告", "Quality audit of performance goals and indicators"),
    "skip": ("跳到项目列表", "Skip to the projects"),
    "summary": ("概况", "Summary"),
    "documents": ("文件", "Documents"),
    "projects": ("项目", "Projects"),
    "indicators": ("指标", "Indicators"),
    "touched": ("需修改的项目", "Projects that need changes"),
    "errors": ("错误", "Errors"),
    "warnings": ("警告", "Warnings"),
    "advice": ("建议", "Advice"),
    "gaps": ("未检查", "Not checked"),
    "gaps_note": ("处未检查，不等于没有问题", "not checked; this does not mean clean"),
    "no_gaps": ("所有内容都已检查", "Everything was checked"),
    "more_gaps": ("其余未检查之处", "The other places that were not checked"),
    "stage": ("环节", "Stage"),
    "reason": ("原因", "Reason"),
    "where": ("位置", "Place"),
    "text": ("原文", "Text"),
    "by_rule": ("各规则报出的问题", "Findings by rule and severity"),
    "by_rule_note": ("点规则只看它报出的项目", "Choose a rule to see its projects"),
    "other_rules": ("其余规则", "The other rules"),
    "quality_chart": ("项目质量分布", "Distribution of quality"),
    "quality_note": ("横轴为质量分，按等级着色；数字为项目数", "Quality from 0 to 100, coloured by grade; numbers are projects"),
    "matrix": ("填报类别与应属类别", "Class filed against class it belongs to"),
    "matrix_note": ("行为填报类别，列为应属类别；填在说得通的类别算在对角线上，对角线以外的可能填错；“？”为模型把握不足、需人工判断", "Rows: filed; columns: true class. A defensible class counts as true; off the diagonal: perhaps filed under the wrong one. “?”: the model is unsure, a person decides"),
    "network": ("雷同组", "Reused text"),
    "network_note": ("每个圆是一个项目（数字为行号），连线表示文字相同或相近，虚线圈是另一个文件的项目；可点开", "A circle is a project (its row), a line is text they share, a dashed circle stands in another document; circles open the project"),
    "groups_more": ("组未画出，见下表", "groups are not drawn, see the table"),
    "groups": ("全部雷同组", "All groups of reused text"),
    "kind": ("内容", "What"),
    "relation": ("关系", "Relation"),
    "members": ("项目", "Projects"),
    "alike": ("相似度", "Likeness"),
    "pairings": ("勾稽核对", "Documents compared"),
    "linked": ("对应", "linked"),
    "differing": ("不一致", "differ"),
    "unpaired": ("无对应", "no counterpart"),
    "agree_all": ("没有不一致之处", "nothing differs"),
    "form": ("表式", "Form"),
    "measurability": ("可衡量", "Measurable"),
    "quality": ("质量", "Quality"),
    "grade": ("等级", "Grade"),
    "search": ("搜索", "Search"),
    "search_hint": ("项目、目标、指标、问题中的文字", "words in projects, goals, indicators, findings"),
    "all_documents": ("全部文件", "all documents"),
    "all_severities": ("全部级别", "all severities"),
    "all_rules": ("全部规则", "all rules"),
    "all_grades": ("全部等级", "all grades"),
    "severity": ("级别", "Severity"),
    "rule": ("规则", "Rule"),
    "document": ("文件", "Document"),
    "sort": ("排序", "Sort"),
    "by_worst": ("最差在前", "worst first"),
    "by_errors": ("错误多在前", "most errors"),
    "by_findings": ("问题多在前", "most findings"),
    "by_place": ("按原表顺序", "as in the documents"),
    "by_amount": ("金额大在前", "largest amount"),
    "by_name": ("按名称", "by name"),
    "or_worse": ("及以上", "and above"),
    "clean": ("没有问题", "nothing found"),
    "open_all": ("全部展开", "Open all"),
    "close_all": ("全部收起", "Close all"),
    "print": ("打印", "Print"),
    "reset": ("清除筛选", "Clear"),
    "shown": ("项", "shown"),
    "none_shown": ("没有符合条件的项目", "No project matches"),
    "key_hint": ("键盘：/ 搜索，j、k 下一个和上一个项目，回车展开，Esc 清除搜索。打印的是筛选出的项目：已展开的印出详情，都没有展开的印出有问题项目的详情", "Keyboard: / search, j and k next and previous project, Enter opens, Esc clears the search. Printing takes the projects shown: the open ones in full or, where none is open, those with findings"),
    "row": ("第{}行", "row {}"),
    "whole": ("全表", "Whole document"),
    "unnamed": ("（没有项目名称）", "(no project name)"),
    "not_judged": ("不评", "not graded"),
    "exempt": ("涉密或免审，不作判断", "exempt, not judged"),
    "findings": ("问题", "Findings"),
    "fold_advice": ("条建议（已折叠）", "pieces of advice (folded)"),
    "indicator": ("指标", "indicator"),
    "sure": ("把握", "confidence"),
    "also": ("另见", "also"),
    "places_more": ("等 {} 处", "{} in all"),
    "own_text": ("原文", "Text"),
    "name": ("项目名称", "Name"),
    "goal": ("绩效目标", "Goal"),
    "annual_goal": ("年度目标", "Annual goal"),
    "tasks": ("任务", "Tasks"),
    "content": ("内容", "Content"),
    "amount": ("金额", "Amount"),
    "expected": ("预期目标", "Expected result"),
    "no_goal": ("（未填）", "(empty)"),
    "subjects": ("主题", "Subjects"),
    "relevance": ("相关性", "Relevance"),
    "name_goal": ("名称与目标", "name and goal"),
    "goal_indicators": ("目标与指标", "goal and indicators"),
    "twin": ("与雷同项目对照", "Beside its twin"),
    "this_project": ("本项目", "This project"),
    "shared": ("相同", "shared"),
    "differs": ("不同", "different"),
    "or_class": ("或 {0}", "or {0}"),
    "shared_share": ("相同部分占", "shared:"),
    "identical": ("一字不差", "identical"),
    "too_long": ("文字过长，未逐字比对", "too long to compare letter by letter"),
    "filed": ("填报类别", "Filed"),
    "true_class": ("应属类别", "True class"),
    "indicator_name": ("指标名称", "Indicator"),
    "target": ("指标值", "Target"),
    "cycle": ("周期", "cycle"),
    "actual": ("实际", "actual"),
    "level": ("层级", "Level"),
    "score": ("得分", "Score"),
    "parts": ("评分项", "Parts"),
    "all_met": ("全部满足", "all met"),
    "person": ("需人工判断", "left to a person"),
    "person_tick": ("□优 □良 □中 □差", "□ excellent □ good □ fair □ poor"),
    "review": ("审核表", "Review table"),
    "question": ("审核内容", "Question"),
    "points": ("分值", "Points"),
    "because": ("依据", "Because"),
    "checks": ("审核要点", "Points checked"),
    "verdict": ("结论", "Result"),
    "failing": ("涉及指标", "Indicators"),
    "legend": ("怎么读", "How to read this report"),
    "legend_level": ("指标层级：4 数量、单位、达标界限都清楚；3 有一处小缺；2 对象、单位或基期不清，或只有状态；1 定性但有所指；0 无法核对", "Levels of indicators: 4 quantity, unit and limit all clear; 3 one small lack; 2 object, unit or base unclear, or a state only; 1 words with an anchor; 0 no way to check"),
    "legend_review": ("审核表中没有等级的问题表内没有可据以判断的内容，由审核人勾选；括注的小数字是问题清单中的序号", "Questions without a grade cannot be judged from the form: a person ticks them; small numbers point to the list of findings"),
    "legend_parts": ("评分项最常见的理由（表中只写与此不同的理由和未满足的项，不涉及的项不列）", "The commonest reason of each part (the tables give other reasons and what is not met; parts not asked for are left out)"),
    "legend_severity": ("错误应修改；警告请核实后修改或说明；建议可酌情采纳。✓ 满足，✗ 未满足，– 不涉及", "Errors need mending; warnings need a look; advice is up to you. ✓ met, ✗ not met, – not asked for"),
    "legend_subject": ("带下划线的彩色词表明一段文字在说什么主题，一个主题一种颜色", "Coloured, underlined words show what a text is about, one colour a subject"),
    "produced": ("版本 {} · 规则库 {}", "version {} · rulebook {}"),
    "models": ("模型", "models"),
    "waived": ("已接受的问题", "Accepted findings"),
    "stale": ("不再对应的豁免", "Waivers that no longer fit"),
    "waiver_expired": ("已过期", "expired"),
    "waiver_stale": ("部分或全部不再出现", "no longer found"),
    "who": ("谁", "Who"),
    "until": ("到期", "Until"),
    "all": ("共", "in all"),
    "filters": ("筛选", "Filters"),
    "unknown_class": ("未能识别", "unknown"),
    "profile": ("指标体系", "profile"),
}  # fmt: skip

WORDS = {name: Wording(zh, en) for name, (zh, en) in _WORDS.items()}


def page_words(language: Language) -> dict[str, str]:
    """Return all words of the page in one language."""
    return {name: wording.say(language) for name, wording in WORDS.items()}


def said(table: dict[str, Wording], key: str, language: Language) -> str:
    """Return the words for `key`, or the key itself where a newer report brings one that has none yet."""
    return table[key].say(language) if key in table else key


def grade_name(grade: str | None, language: Language) -> str:
    """Return a grade as people of a language read it; '' for none."""
    if grade is None:
        return ""
    return grade if language == "zh" else GRADES.get(grade, grade)


def principle_name(principle: str, language: Language) -> str:
    """Return the name of a question of the review table."""
    return principle if language == "zh" else PRINCIPLES.get(principle, principle)
