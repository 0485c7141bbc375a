"""Indicators that suit any project: satisfaction, payment, completion, acceptance, savings, publicity."""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditor.relevance.terms import read
from auditor.text import plain

_MANNER = (
    r"满意度?|资金|经费|拨付|支付|支出|预算|结算|决算|概算|超支|成本|执行率|投诉|工期|进度|验收|竣工|合同|采购|招标|中标"
    r"|(?:任务|工作|项目|计划|目标|工程)(?:按[时期])?(?:完成|办结|完工|开工|实施)|完成(?:时间|率|及时性|时限|质量)|及时[率性]|按[时期].{0,4}率"
    r"|合格率|达标率|优良率|到位率|准确率|规范[率性]|合规|合法|公开|公示|覆盖率|使用率|利用率|使用年限|运行年限"
    r"|(?:扶持|补助|补贴|奖励|支持)(?:企业|对象|单位|人员|金额|标准|数量|主体|项目)?(?:数量?|个数|家数)?$|补助标准|发放"
)
_OBJECTS = (
    r"信访|舆情|审计|制度|台账|宣传|媒体|报道|推文|应急管理|安全|事故|质量|环保|材料|机制|健全|档案|设备|设施|故障|响应|培训"
    r"|人员|人数|参与|受众|单位|部门|企业|财政|税收|纳税|利税|产值|营业收入|收入|利润|就业|增收"
)
_IN_KEPT = re.compile(_MANNER)
_ANY_PROJECT = re.compile(f"{_MANNER}|{_OBJECTS}")


def suits_any_project(name: str) -> bool:
    """Tell whether an indicator's name could stand under any project: apart from manner and common objects it says nothing.

    验收合格率 could; 电梯检验合格率 could not, since it names its own subject.
    """
    view = plain(name).text
    rest = _ANY_PROJECT.sub(" ", view)
    return rest != view and not _speaks(rest)


def _speaks(text: str) -> bool:
    return any(len(run) >= 2 for run in read(text).content.split())


def specific(names: Iterable[str]) -> str:
    """Join the indicator names that speak of a subject, with the words of manner taken out."""
    kept = (_IN_KEPT.sub(" ", plain(name).text) for name in names if not suits_any_project(name))
    return "；".join(kept)
