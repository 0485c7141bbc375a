"""How long it takes to find which indicators of two large documents measure the same thing, and how much memory.

    python tests/benchmarks/links.py [number of indicators on each side ...]

Two lists of lifelike names (a body or place, a thing, an action, a measure, now and then a bracket or a year), of which
about a third stands on both sides, some worded a little differently, some with another figure. Printed for each size: the
time to read what the indicators state, the time to match them (the measure: 10,000 × 10,000 in under 60 s on two cores),
memory at its peak, pairs found. Peer in the same run: rapidfuzz.process.cdist, all against all, on
the first 2,000 names of each side, scaled to the square of the size.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from decimal import Decimal

from rapidfuzz import fuzz, process

from auditor.document import Budget, Indicator, Passage, Place, Project
from auditor.links.match import matches
from auditor.links.stated import Stated, stated

SEED = 20261122
PLACE = Place("表")
OWNERS = [
    "城东",
    "城西",
    "河口",
    "南湖",
    "北岭",
    "开发区",
    "山区",
    "沿江",
    "老城",
    "新区",
    "高铁站",
    "工业园",
    "大学城",
    "湿地",
    "古镇",
    "林场",
    "水库",
    "灌区",
    "港口",
    "口岸",
]
THINGS = ["社区食堂", "公厕", "路灯", "充电桩", "学校操场", "图书馆", "村卫生室", "河道", "供水管网", "古树", "公交站台", "养老床位", "托育机构", "粮仓", "渔船", "气象站", "消防栓", "档案", "标准厂房", "冷链仓库", "农田", "梯田", "茶园", "果园", "苗圃", "垃圾站", "污水泵站", "桥梁", "隧道", "护栏"]  # fmt: skip
ACTIONS = [
    "新建",
    "改造",
    "维护",
    "巡查",
    "检测",
    "修缮",
    "更新",
    "清淤",
    "加固",
    "补植",
    "验收",
    "登记",
    "评估",
    "抽检",
    "培训",
    "宣传",
    "资助",
    "奖励",
    "回收",
    "迁移",
]
MEASURES = [("数量", "处"), ("面积", "亩"), ("长度", "公里"), ("合格率", "%"), ("覆盖率", "%"), ("次数", "次"), ("户数", "户"), ("投资额", "万元")]  # fmt: skip
SIZES = (1_000, 10_000, 100_000)
PEER = 2_000


def names(count: int, rng: random.Random) -> list[tuple[str, str]]:
    """Distinct names with a unit; past the combinations a number of the batch tells them apart."""
    found: dict[str, str] = {}
    while len(found) < count:
        measure, unit = rng.choice(MEASURES)
        batch = f"{rng.randint(1, 99)}号" if rng.random() < 0.6 else ""
        name = f"{rng.choice(OWNERS)}{batch}{rng.choice(THINGS)}{rng.choice(ACTIONS)}{measure}"
        if rng.random() < 0.1:
            name += "（含续建）" if rng.random() < 0.5 else f"（{unit}）"
        found[name] = unit
    return list(found.items())


def side(pairs: list[tuple[str, str]], rng: random.Random, reworded: float) -> list[tuple[str, str]]:
    return [
        (f"开展{name}" if rng.random() < reworded else name, f"{rng.choice(['', '≥'])}{rng.randint(1, 90)}{unit}")
        for name, unit in pairs
    ]


def read(rows: list[tuple[str, str]]) -> list[Stated]:
    project = Project(1, Passage("项目", PLACE), PLACE, budget=Budget(Decimal(100)))
    indicators = (
        Indicator(at, Passage(name, PLACE), annual_target=Passage(value, PLACE))
        for at, (name, value) in enumerate(rows, 1)
    )
    return [one for indicator in indicators if (one := stated(project, indicator))]


def run(count: int) -> float:
    rng = random.Random(SEED)
    pool = names(count + 2 * count // 3, rng)
    shared, rest = pool[: count // 3], pool[count // 3 :]
    half = count - len(shared)
    started = time.perf_counter()
    left = read(side([*shared, *rest[:half]], rng, 0.0))
    right = read(side([*shared, *rest[half : 2 * half]], rng, 0.3))
    reading = time.perf_counter() - started
    started = time.perf_counter()
    found = list(matches(left, right))
    matching = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count:>7,} × {count:<7,} read {reading:7.2f} s, match {matching:7.2f} s, peak {peak:6.0f} MiB, "
        f"{len(found):,} pairs, {sum(not one.a.agrees(one.b) for one in found):,} of them differ",
        flush=True,
    )
    return matching


def peer(count: int, matching: float) -> None:
    few = [name for name, _ in names(2 * PEER, random.Random(SEED))]
    started = time.perf_counter()
    process.cdist(few[:PEER], few[PEER:], scorer=fuzz.ratio, score_cutoff=88, workers=2)
    all_pairs = (time.perf_counter() - started) * (count / PEER) ** 2
    print(f"  rapidfuzz, all against all, scaled to {count:,}: {all_pairs:.1f} s; matching takes {matching / all_pairs:.2f} of that")  # fmt: skip


if __name__ == "__main__":
    for size in map(int, sys.argv[1:]) if len(sys.argv) > 1 else SIZES:
        peer(size, run(size))
