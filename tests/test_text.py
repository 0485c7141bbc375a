import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.text import clauses, enumerator_length, plain

# Everything that stands in real documents, and much that should not: widths, look-alikes, bullets, blanks, marks.
MIXED = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "≧≦＞＜≥％%１２３.,，。；：:、（）()〔〕①②㈠⑴⒈ \t\n\u3000\u00a0\u200b\ufeff㎡㎞ⅣⅩ—～~“”AaＺz元万人次⼯⽬"
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)


@given(MIXED)
def test_spans_lead_back_into_the_text_as_written(written):
    view = plain(written)
    assert len(view.text) == len(view.origins)
    assert list(view.origins) == sorted(set(view.origins))
    for at in range(len(view.text)):
        start, end = view.span(at, at + 1)
        assert 0 <= start < end <= len(written)
        assert plain(written[start:end]).text == view.text[at] or view.text[at] == " "


@given(MIXED)
def test_every_cut_of_the_plain_view_reads_the_same_as_written(written):
    view = plain(written)
    for start in range(0, len(view.text), 3):
        for end in range(start + 1, len(view.text) + 1, 4):
            cut = view.text[start:end]
            low, high = view.span(start, end)
            assert plain(written[low:high]).text == cut.strip(" ")


@given(MIXED)
def test_the_plain_view_is_plain_already(written):
    once = plain(written).text
    assert plain(once).text == once


@given(MIXED)
def test_nothing_but_blanks_and_invisible_characters_is_lost(written):
    lost = set(range(len(written))) - set(plain(written).origins)
    for at in lost:
        char = written[at]
        assert char.isspace() or unicodedata.category(char) in ("Cc", "Cf")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("≧ ３００ 人次", "≥300人次"),
        ("① 培训 １００％", "①培训100%"),
        ("㈠ 面积：㎡", "㈠面积:㎡"),
        ("穗财〔2023〕 64号", "穗财[2023]64号"),
        ("Green  Bond 计划", "Green Bond计划"),
        ("⼯作⽬标", "工作目标"),
        ("\ufeff一\u200b二", "一二"),
        ("", ""),
    ],
)
def test_widths_look_alikes_and_blanks(written, text):
    assert plain(written).text == text


def test_a_span_outside_the_view_is_refused():
    with pytest.raises(ValueError, match="outside"):
        plain("一二").span(1, 3)


def test_an_empty_span_stays_empty():
    assert plain("一 二").span(1, 1) == (2, 2)
    assert plain("一 ").span(1, 1) == (2, 2)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1.推动改革，完成1,200家；（二）提升。", ["推动改革", "完成1,200家", "提升"]),
        ("一是抓生产，二是保安全", ["抓生产", "保安全"]),
        ("①清淤②护坡；③ 绿化", ["清淤②护坡", "绿化"]),
        ("投入1.5亿元：建成3座", ["投入1.5亿元", "建成3座"]),
        ("。；，", []),
        ("", []),
    ],
)
def test_clauses(text, parts):
    assert [text[start:end] for start, end in clauses(text)] == parts


@given(MIXED)
def test_clauses_never_cross_or_hold_nothing(text):
    last = 0
    for start, end in clauses(text):
        assert last <= start < end <= len(text)
        assert text[start:end].strip()
        last = end


@pytest.mark.parametrize(
    ("text", "length"),
    [("1、办", 2), ("（一）办", 3), ("①办", 1), ("1.5亿", 0), ("一是否", 0), ("办", 0), ("２．办", 2)],
)
def test_enumerators(text, length):
    assert enumerator_length(text) == length
