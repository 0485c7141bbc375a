"""Words and signs that say how a value compares: before the number, after it, and which of the two counts."""

from __future__ import annotations

from typing import NamedTuple

from auditor.quantity.model import Comparator
from auditor.quantity.words import WordTable

# A negation in front turns these round; each line is a sign, its words, and the sign of the negated word.
_NEGATABLE: tuple[tuple[Comparator, str, Comparator], ...] = (
    ("<", "少于 低于 小于 短于 弱于 劣于 落后于 低过 少过", "≥"),
    (">", "多于 高于 大于 长于 超过 超出 突破 超 高过 多过 大过", "≤"),
    (">", "优于 好于", "≤"),
    ("<", "早于 先于", "≥"),
    (">", "晚于 迟于", "≤"),
)
_NEGATIONS = "不 不得 不能 不可 不应 不许 不会 不宜 没有 未 不再 应不 须不 均不 都不 总数不 不准".split()

_BEFORE: dict[str, Comparator] = {
    **dict.fromkeys("≥ >= => ≥= =≥ >≥ ≥> 至少 最少 最低 起码 下限 保底 大于等于 大于或等于 高于等于 高于或等于 多于等于 "
                    "多于或等于 不亚于 不逊于 ≮ 优于或等于 优于等于 达到或超过 等于或大于 等于或高于".split(), "≥"),
    **dict.fromkeys("≤ <= =< ≤= =≤ <≤ ≤< 至多 最多 最高 最大 最长 最晚 最迟 上限 小于等于 小于或等于 低于等于 低于或等于 少于等于 "
                    "少于或等于 限额 控制在 控制到 压减到 压降到 压缩到 压缩至 压减至 压降至 缩短到 缩短至 降低到 降低至 "
                    "降到 降至 减少到 减少至 下降到 下降至 ≯ 等于或小于 等于或低于".split(), "≤"),
    **dict.fromkeys("> >> 逾 越过 大于 强于 胜过".split(), ">"),
    **dict.fromkeys("< << 不足 不到 未达 未达到 不满".split(), "<"),
    **dict.fromkeys("= == 等于 恰好 正好".split(), "="),
    **dict.fromkeys("≈ ~ 约 大约 约为 约占 大概 近 将近 接近 大致 估计 预计约 约达".split(), "≈"),
    **dict.fromkeys("± +- +/- 正负 误差±".split(), "±"),
    **dict.fromkeys("达 达到 达至 力争达到 争取达到 确保达到 提高到 提高至 提升到 提升至 增加到 增加至 增长到 增长至 "
                    "上升到 上升至 扩大到 升至 升到 增至 增到 保持在 稳定在 维持在".split(), "≥"),
}  # fmt: skip
# Weaker than what stands after the number: 达到90%左右 is about 90 %, 控制在5次以上 at least 5.
_WEAK = frozenset(
    word for word, sign in _BEFORE.items()
    if sign in "≈=" or word[0] in "达控压缩降减下限提增上扩升保稳维力争确"
) - {"下限", "保底", "上限"}  # fmt: skip

for _sign, _words, _negated in _NEGATABLE:
    for _word in _words.split():
        _BEFORE.setdefault(_word, _sign)
        _BEFORE.update(dict.fromkeys((negation + _word for negation in _NEGATIONS), _negated))

_AFTER_WORDS: tuple[tuple[Comparator, str], ...] = (
    ("≥", "以上 及以上 或以上 及其以上 和以上 之上 往上 或更多 及更高 或更高 起步 保底 以后 之后"),
    ("≤", "以下 及以下 或以下 及其以下 和以下 之下 以内 之内 内 封顶 为限 为上限 以里 止 截止 以前 之前 前 底前 或更少 或更低"),
    ("≈", "左右 上下 前后 许"),
)
_AFTER: dict[str, Comparator] = {}
for _sign, _words in _AFTER_WORDS:
    for _word in _words.split():
        for _form in (_word, f"(含){_word}", f"{_word}(含)", f"(含本数){_word}", f"{_word}(含本数)", f"的{_word}", f"(不含){_word}"):
            _AFTER[_form] = _sign

BEFORE = WordTable(_BEFORE)
AFTER = WordTable(_AFTER)

# 内 and 前 are comparators only where they do not begin another word.
_ANOTHER_WORD = {"内": frozenset("部容外涝河地设资科网销贸饰阁蒙衣"), "前": frozenset("端台期沿置瞻景往列茅来后茬身线移"), "止": frozenset("损血咳痛"),
                 "许": frozenset("可多昌")}  # fmt: skip
# One-character comparators that end another word: 节约, 传达, 附近.
_OTHER_WORD_BEFORE = {"约": frozenset("节合履签预违公契制"), "达": frozenset("传抵表发直送下"), "近": frozenset("附临邻靠最"),
                      "超": frozenset("赶高")}  # fmt: skip


_LAST_CHARACTERS = frozenset(word[-1] for word in _BEFORE) | set(":为是")


class Comparison(NamedTuple):
    """A comparator and the half-open span of the plain text that says it."""

    sign: Comparator
    start: int
    end: int
    weak: bool = False


def _word_before(text: str, end: int, floor: int) -> str | None:
    word = BEFORE.before(text, end, floor)
    if word in _OTHER_WORD_BEFORE and end - 2 >= floor and text[end - 2] in _OTHER_WORD_BEFORE[word]:
        return None
    return word


def before(text: str, end: int, floor: int) -> Comparison | None:
    """Read the comparators that end where a number starts; doubled ones count once, the one that says most wins."""
    if end <= floor or (text[end - 1] not in _LAST_CHARACTERS):
        return None
    found: Comparison | None = None
    at = end
    for _ in range(5):
        word = _word_before(text, at, floor)
        if word is None and at > floor and text[at - 1] in ":为是":
            # 不低于:90% has a colon astray; in 标准:90% the colon belongs to the label.
            word = _word_before(text, at - 1, floor)
            at -= word is not None
        if word is None:
            break
        start = at - len(word)
        weak = word in _WEAK
        if found is None or (found.weak and not weak):
            found = Comparison(_BEFORE[word], start, end, weak)
        else:
            found = found._replace(start=start)
        at = start
    return found


def after(text: str, start: int) -> Comparison | None:
    """Read the comparator that begins where the unit ends."""
    word = AFTER.at(text, start)
    if word is None:
        return None
    end = start + len(word)
    if len(word) == 1 and text[end : end + 1] in _ANOTHER_WORD.get(word, ""):
        return None
    return Comparison(_AFTER[word], start, end)


def combine(first: Comparison | None, second: Comparison | None) -> Comparator | None:
    """Decide between a comparator before and one after the number."""
    if first is None:
        return None if second is None else second.sign
    if second is None or not first.weak:
        return first.sign
    return second.sign
