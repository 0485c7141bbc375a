"""Signatures and candidates: what is found, and what it costs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.reuse.candidates import candidates
from auditor.reuse.likeness import LONGEST, masked
from auditor.reuse.near import CLOSE, DISTANT, near_pairs, similar_pairs
from auditor.reuse.signature import Banding, gram_hashes, signatures
from auditor.reuse.verify import jaccards, ratios

TEMPLATE = "对辖区内登记在册的{}逐一建档巡查，发现问题在五个工作日内处置，处置率达到百分之九十五，并向社会公布结果"
TEXTS = st.lists(
    st.text(alphabet="甲乙丙丁戊己庚辛壬癸，0", min_size=1, max_size=60), min_size=2, max_size=12, unique=True
)


def jaccard(a, b):
    first, second = ({text[at : at + 3] for at in range(len(text) - 2)} for text in (a, b))
    return len(first & second) / max(1, len(first | second))


def found(result):
    return set(map(tuple, result.pairs.tolist()))


def test_bandings_find_what_they_promise():
    assert CLOSE.recall(0.7) > 0.998
    assert DISTANT.recall(0.5) > 0.999
    assert DISTANT.recall(0.35) > 0.93
    assert Banding(1, 1).recall(0.3) == pytest.approx(0.3)


def test_a_signature_does_not_depend_on_the_company():
    texts = [TEMPLATE.format(word) for word in ("古树", "水井", "桥梁")]
    among = signatures(["甲" * 5, *texts, "乙丙丁" * 900], DISTANT)
    alone = signatures(texts, DISTANT)
    assert np.array_equal(among.keys[:, 1:4], alone.keys)
    assert np.array_equal(among.minima[1:4], alone.minima)


def test_every_character_begins_a_gram_and_no_gram_crosses_texts():
    hashes, starts = gram_hashes(["甲乙丙", "丁", "甲乙丙"])
    assert starts.tolist() == [0, 3, 4]
    assert hashes[:3].tolist() == hashes[4:].tolist()
    assert len(set(hashes.tolist())) == 4


def test_lone_surrogates_are_text_too():
    assert len(gram_hashes(["甲\ud800乙"])[0]) == 3


@given(TEXTS)
def test_verified_scores_are_those_of_the_definition(texts):
    pairs = np.array([(a, b) for b in range(len(texts)) for a in range(b)])
    assert jaccards(texts, pairs) == pytest.approx([jaccard(texts[a], texts[b]) for a, b in pairs])
    fuzz = pytest.importorskip("rapidfuzz").fuzz
    exact = [fuzz.ratio(texts[a], texts[b]) for a, b in pairs]
    assert ratios(texts, pairs, 0) == pytest.approx(exact, abs=1e-3)


@settings(max_examples=30)
@given(TEXTS, st.randoms(use_true_random=False))
def test_order_and_company_change_no_pair(texts, rng):
    shuffled = rng.sample(texts, len(texts))
    by_text = {frozenset((texts[a], texts[b])) for a, b in found(near_pairs(texts, 75))}
    again = {frozenset((shuffled[a], shuffled[b])) for a, b in found(near_pairs(shuffled, 75))}
    fewer = texts[: len(texts) // 2]
    alone = {frozenset((fewer[a], fewer[b])) for a, b in found(near_pairs(fewer, 75))}
    assert by_text == again
    assert alone == {pair for pair in by_text if pair <= set(fewer)}


def test_copies_with_every_fifth_character_changed_are_found():
    text = "组织全县范围内的桥梁隧道涵洞定期检测评定，建立养护数据库，编制病害处治方案，确保通行能力与结构耐久"
    changed = "".join(char if at % 10 != 4 else "另" for at, char in enumerate(text))
    result = near_pairs([text, "与此毫不相干的另外一段文字，讲的是校园足球", changed], 75)
    assert found(result) == {(0, 2)}
    assert result.scores[0] == pytest.approx(90, abs=3)


def test_similar_pairs_are_exact_on_jaccard():
    texts = [TEMPLATE.format(word) for word in ("古树", "水井", "桥梁")] + ["完全不同的目标文字，只为凑数而写在这里"]
    assert found(similar_pairs(texts, 0.7)) == {(0, 1), (0, 2), (1, 2)}


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_to_compare(count):
    assert found(near_pairs(["甲乙丙"] * count, 75)) == set()


def test_a_crowd_costs_no_more_than_its_members():
    """Three thousand goals of one template: all are near, few pairs are looked at, none is left without one."""
    texts = [TEMPLATE.format(f"{chr(0x4E00 + at)}{chr(0x5E00 + at)}") for at in range(3000)]
    pairs = candidates(signatures(texts, DISTANT), 0.12)
    assert len(pairs) < 60 * len(texts)
    assert len(np.unique(near_pairs(texts, 75).pairs)) == len(texts)


def test_a_text_of_a_million_characters_is_only_equal_or_not():
    long = "甲乙丙丁，戊己庚辛。" * 100_000
    assert found(near_pairs([long, long + "壬", "甲乙丙丁，戊己庚辛。" * 3], 75)) == set()
    assert len(long) > LONGEST


def test_numbers_are_masked_whole():
    assert masked("完成1,200.5亩，第3批") == masked("完成7亩，第12批") == "完成0亩，第0批"
