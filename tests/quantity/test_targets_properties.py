"""Whatever is written: amounts parse back to themselves, spans hold, nothing raises, time stays linear."""

import time
from decimal import Decimal

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from auditor.quantity import UNITS, Target, read_name, read_target
from auditor.quantity.reading import read_afresh

BEFORE = {
    "≥": [
        "≥",
        "≧",
        ">=",
        "不少于",
        "不低于",
        "不小于",
        "至少",
        "大于等于",
        "大于或等于",
        "最少",
        "达到",
        "达",
        "不得少于",
    ],
    "≤": [
        "≤",
        "≦",
        "<=",
        "不超过",
        "不高于",
        "不大于",
        "不多于",
        "至多",
        "小于等于",
        "小于或等于",
        "控制在",
        "不得超过",
        "最多",
    ],
    ">": [">", "＞", "大于", "高于", "超过", "超", "突破", "多于"],
    "<": ["<", "＜", "小于", "低于", "少于", "不足"],
    "≈": ["约", "大约", "近", "接近"],
}
AFTER = {
    "≥": ["以上", "及以上", "（含）以上"],
    "≤": ["以下", "以内", "及以下"],
    "≈": ["左右", "上下"],
}
PLAIN_UNITS = [
    written for written, unit in UNITS.items() if written != "月" and unit.dimension not in ("grade", "rank")
]
COUNTED = [written for written in PLAIN_UNITS if UNITS[written].dimension in ("people", "count") and len(written) == 1]

units = st.sampled_from(PLAIN_UNITS)
numbers = st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False, allow_infinity=False).map(
    lambda number: number.normalize()
)
befores = st.sampled_from([(sign, word) for sign, words in BEFORE.items() for word in words])
afters = st.sampled_from([(sign, word) for sign, words in AFTER.items() for word in words])


def wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "0" <= char <= "9" or char == "%" else char for char in text)


def with_thousands(number: Decimal) -> str:
    return f"{number:,f}"


writings = st.sampled_from([lambda number: f"{number:f}", with_thousands, lambda number: wide(f"{number:f}")])


def check(target: Target, sign: str, number: Decimal, unit: str) -> None:
    assert target.comparator == sign
    assert target.value == number
    assert target.unit_key == UNITS[unit].key
    assert target.base == UNITS[unit].to_base(number)


@settings(max_examples=400, deadline=None)
@given(numbers, units, befores, writings)
def test_comparator_before_number_and_unit(number: Decimal, unit: str, before: tuple[str, str], write) -> None:
    assume(before[1] != "近" or UNITS[unit].key not in ("年", "月", "季度", "学年", "学期"))  # 近三年 is a period
    check(read_target(f"{before[1]}{write(number)}{unit}"), before[0], number, unit)


@settings(max_examples=400, deadline=None)
@given(numbers, units, afters, writings)
def test_comparator_behind_number_and_unit(number: Decimal, unit: str, after: tuple[str, str], write) -> None:
    check(read_target(f"{write(number)}{unit}{after[1]}"), after[0], number, unit)


@settings(max_examples=200, deadline=None)
@given(numbers, numbers, units, st.sampled_from("-~～—–至"))
def test_ranges(one: Decimal, other: Decimal, unit: str, sign: str) -> None:
    target = read_target(f"{one:f}{sign}{other:f}{unit}")
    assert (target.value, target.upper) == (min(one, other), max(one, other))
    assert target.unit_key == UNITS[unit].key


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 99_999_999), st.sampled_from(COUNTED))
def test_chinese_numerals(number: int, unit: str) -> None:
    from cn2an import an2cn

    target = read_target(f"不少于{an2cn(number)}{unit}")
    assert (target.value, target.unit_key) == (number, UNITS[unit].key)


@settings(max_examples=200, deadline=None)
@given(
    numbers,
    st.sampled_from(["万", "亿", "千万", "百万", "万亿"]),
    st.sampled_from(["元", "人", "人次", "吨", "平方米", "千瓦时", "件"]),
)
def test_scales_go_with_the_unit(number: Decimal, scale: str, unit: str) -> None:
    target = read_target(f"{number:f}{scale}{unit}")
    steps = {"万": 10**4, "亿": 10**8, "千万": 10**7, "百万": 10**6, "万亿": 10**12}
    assert target.unit == scale + unit
    assert target.base == UNITS[unit].to_base(number * steps[scale])


def spans_hold(target: Target) -> None:
    length = len(target.text)
    for quantity in (*target.quantities, *target.asides):
        spans = [quantity.span, *(part.span for part in quantity.parts)]
        assert all(0 <= start < end <= length for start, end in spans), quantity
        assert quantity.parts
    assert all(0 <= start < end <= length for start, end in target.leftovers)


PIECES = st.sampled_from(
    [
        "1",
        "2.5",
        "100",
        "，",
        "。",
        "；",
        "、",
        "(",
        ")",
        "（",
        "）",
        "【",
        "】",
        "≥",
        "≤",
        "%",
        "％",
        "万",
        "亿",
        "元",
        "个",
        "人次",
        "每",
        "每年",
        "第",
        "前",
        "后",
        "一",
        "三",
        "十",
        "百",
        "半",
        "两",
        "年",
        "月",
        "日",
        "2024",
        "2023年2月30日",
        "12月",
        "底",
        "以上",
        "以内",
        "不少于",
        "达到",
        "约",
        "－",
        "-",
        "~",
        "至",
        "/",
        ":",
        "：",
        "×",
        ".",
        "e",
        "E",
        "+",
        "±",
        "Ⅲ",
        "类",
        "A",
        "级",
        "优",
        "良好",
        "通过验收",
        "提升",
        "无事故",
        "折合",
        "或",
        "\n",
        "\t",
        "\u200b",
        "１",
        "①",
        "1、",
        "（一）",
        "分之",
        "倍",
        "番",
        "成",
        "其中",
        "季度",
        "kg",
        "km",
        "\x00",
    ]
)


@settings(max_examples=600, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
@example("1e400")
@example("3/0")
@example("2023年2月30日")
@example("①②③")
@example("½㎡Ⅻ٪١٢٣")
@example("1季度")
@example("1\n季度")
def test_never_raises_and_spans_lie_in_the_text(text: str) -> None:
    target = read_target(text)
    assert target.text == text
    spans_hold(target)
    assert target == read_afresh(text)
    read_name(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    spans_hold(read_target(text))
    name = read_name(text)
    for span in (name.unit_span, name.head_span):
        assert span is None or 0 <= span[0] < span[1] <= len(text)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["完成", "≥", "每年不少于", "2024年", "共", "至少举办", "每年最多", "参训率：不低于", ""]),
    numbers,
    numbers,
    units,
    st.sampled_from(["", "以上", "（含）以上", "左右"]),
)
def test_words_once_read_serve_other_numbers(front: str, one: Decimal, other: Decimal, unit: str, behind: str) -> None:
    for number in (one, other):
        text = f"{front}{number:f}{unit}{behind}"
        assert read_target(text) == read_afresh(text)


SEEDS = {
    "numbers": "1", "quantities": "5个", "clauses": "完成5个，", "brackets": "（", "closed": "（1）", "commas": "1,", "thousands": ",000",
    "dots": "1.", "slashes": "1/", "colons": "1:", "numerals": "一", "tens": "十", "shares": "一分之", "per": "元/人", "ranges": "1-", "words": "提升",
    "dates": "2024年1月", "blanks": " ", "wide": "１", "signs": "≥", "each": "每", "enumerators": "1、", "grades": "A",
}  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS.values(), ids=SEEDS)
def test_time_is_linear(seed: str) -> None:
    def spent(length: int) -> float:
        text = (seed * (length // len(seed) + 1))[:length]
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            spans_hold(read_afresh(text))
            best = min(best, time.process_time() - start)
        return best

    short, long = spent(10_000), spent(100_000)
    assert long < 0.5
    assert long < max(25 * short, 0.05)
