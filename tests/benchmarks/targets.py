"""How many distinct targets are read in a second on one core, against two peers in the same run.

    python tests/benchmarks/targets.py [number of targets]

Three mixes, each of distinct texts: `recurring` has the words of real tables (a third of all targets is a bare figure,
the rest names what is counted from a vocabulary that recurs) with ever new numbers; `unseen` gives every target words
that never stood before, which no reading can profit from; `repeated` is the first mix a second time. Peers: cn2an.transform,
which only turns numerals into digits, and one regular expression for comparator, number and unit, which knows no
conversion, object, period, date or span.
"""

from __future__ import annotations

import random
import re
import sys
import time
import warnings
from collections.abc import Callable

from auditor.quantity import UNITS, read_target
from auditor.quantity.target import forget

SEED = 20240501
COMPARATORS = ["", "", "", "≥", "≥", "≤", "不少于", "不低于", "不超过", "达到", "大于等于", "约"]
TAILS = ["", "", "", "", "以上", "及以上", "左右", "以内", "（含）以上", "/年"]
THINGS = [
    "培训",
    "新建站点",
    "带动就业",
    "参与企业",
    "服务群众",
    "发放补贴",
    "抽检样品",
    "演出",
    "巡查",
    "修缮",
    "覆盖率",
    "满意度",
    "投诉",
    "报告",
    "维护设备",
]
VERBS = ["完成", "组织", "新增", "累计", "全年", "每月", "每年", ""]
COMMON_UNITS = [
    "个",
    "家",
    "人",
    "人次",
    "%",
    "%",
    "%",
    "万元",
    "亿元",
    "场",
    "场次",
    "次",
    "件",
    "项",
    "户",
    "亩",
    "公里",
    "天",
    "小时",
    "个工作日",
    "吨",
    "平方米",
    "万人次",
    "份",
    "套",
    "台",
    "辆",
    "条",
    "册",
    "篇",
]
SYLLABLES = "安保仓测查潮城创村达档电东发防风服岗高工公规海河护环机基技检建江交教街经景救康科库老林绿民农企桥区群社水税体田铁统外网文务项校新信医园运战政质制中州资"


def recurring(rng: random.Random) -> str:
    number = rng.choice([str(rng.randint(1, 99_999)), f"{rng.uniform(1, 100):.1f}", f"{rng.uniform(1, 100):.2f}"])
    comparator = rng.choice(COMPARATORS)
    tail = "" if comparator else rng.choice(TAILS)
    words = "" if rng.random() < 0.35 else rng.choice(VERBS) + rng.choice(THINGS)
    return f"{words}{comparator}{number}{rng.choice(COMMON_UNITS)}{tail}"


def unseen(rng: random.Random) -> str:
    words = "".join(rng.choices(SYLLABLES, k=rng.randint(4, 8)))
    unit = rng.choice(COMMON_UNITS) if rng.random() < 0.9 else rng.choice([*UNITS])
    return f"{words}{rng.choice(COMPARATORS)}{rng.randint(1, 99_999)}{unit}"


def distinct(make: Callable[[random.Random], str], count: int) -> list[str]:
    rng = random.Random(SEED)
    found: dict[str, None] = {}
    while len(found) < count:
        found[make(rng)] = None
    return list(found)


def rate(read: Callable[[str], object], texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        read(text)
    return len(texts) / (time.process_time() - start)


def naive() -> Callable[[str], object]:
    words = sorted(filter(None, {*COMPARATORS, "至少", "低于", "高于"}), key=len, reverse=True)
    unit = "|".join(map(re.escape, sorted(UNITS, key=len, reverse=True)))
    pattern = re.compile(
        rf"({'|'.join(map(re.escape, words))})?([0-9,]+(?:\.[0-9]+)?)([万亿]?(?:{unit}))?(以上|以下|以内|左右)?"
    )
    return pattern.search


def main(count: int) -> None:
    from cn2an import transform

    warnings.simplefilter("ignore")  # cn2an warns of every numeral it gives up on
    texts, strange = distinct(recurring, count), distinct(unseen, count)
    forget()
    ours = rate(read_target, texts)
    print(f"read_target, recurring words: {ours:10,.0f} distinct targets/s")
    print(f"read_target, again:           {rate(read_target, texts[-4000:]):10,.0f} repeated targets/s")
    forget()
    print(f"read_target, unseen words:    {rate(read_target, strange):10,.0f} distinct targets/s")
    few = texts[: max(1, count // 10)]
    for name, peer in (("cn2an.transform", lambda text: transform(text, "cn2an")), ("one regular expression", naive())):
        theirs = rate(peer, few)
        print(f"{name + ':':29} {theirs:10,.0f} targets/s; ours is {ours / theirs:.1f} times that")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
