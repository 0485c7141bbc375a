"""Stretches of a text are widened to whole words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.reference_words import document_frequencies, whole_words


@pytest.mark.parametrize(
    ("text", "piece", "wanted"),
    [("演出节目评审优良率", "目评审", "节目评审"), ("新增融资金额", "增融资", "新增融资"), ("培训", "培训", "培训")],
)
def test_no_word_is_cut(text, piece, wanted):
    start = text.index(piece)
    begin, end = whole_words(text, (start, start + len(piece)))
    assert text[begin:end] == wanted


@given(st.text(max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_a_span_only_grows_and_stays_inside(text, first, second):
    start, end = sorted((min(first, len(text)), min(second, len(text))))
    begin, close = whole_words(text, (start, end))
    assert 0 <= begin <= start <= end <= close <= len(text)


def test_the_empty_word_counts_the_texts():
    counts = document_frequencies()
    assert counts[""] > max(count for word, count in counts.items() if word)
