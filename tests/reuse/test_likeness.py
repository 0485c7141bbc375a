"""What two texts have in common, words and numbers apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.reuse.likeness import LONGEST, likeness, masked, ratio

TEXT = st.text(alphabet="建设改造管网公里亩，。0123456789.", max_size=50)


def words(a, b):
    return [(a[slice(*one.a)], b[slice(*one.b)]) for one in likeness(a, b).differences]


def figures(a, b):
    return [(a[slice(*one.a)], b[slice(*one.b)]) for one in likeness(a, b).numbers]


@pytest.mark.parametrize(
    ("a", "b", "differing", "numbers", "percent"),
    [
        ("完成500亩改造", "完成5000亩改造", [], [("500", "5000")], 100),
        ("新建管网3.5公里", "新建管网3.5公里", [], [], 100),
        ("建立视力档案2次", "建立心理档案1次", [("视力", "心理")], [("2", "1")], 75),
        ("做好保障", "做好保障，新增30个", [("", "，新增30个")], [], 62),
        ("10%", "100%", [], [("10", "100")], 100),
        ("甲乙丙", "丁", [("甲乙丙", "丁")], [], 0),
    ],
)
def test_words_and_numbers_are_told_apart(a, b, differing, numbers, percent):
    assert words(a, b) == differing
    assert figures(a, b) == numbers
    assert round(likeness(a, b).words) == percent


@given(TEXT, TEXT)
def test_what_differs_is_all_that_differs(a, b):
    """With the differing spans taken from b and put into a, a becomes b."""
    alike = likeness(a, b)
    assert alike.words == ratio(masked(a), masked(b))
    changes = sorted((*alike.differences, *alike.numbers), key=lambda one: (one.a, one.b))
    built, at = "", 0
    for change in changes:
        built += a[at : change.a[0]] + b[slice(*change.b)]
        at = change.a[1]
    assert built + a[at:] == b


def test_very_long_texts_are_not_aligned():
    long = "甲" * (LONGEST + 1)
    assert likeness(long, long + "乙").differences == ()
    assert likeness(long, long).words == 100
    assert likeness(long, long + "乙").words == 0
