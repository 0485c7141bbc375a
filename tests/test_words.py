"""Tokens are jieba's, however they were made."""

import importlib.util
import os
import random
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.words import Words, cut, cut_many

SIGNS = [
    "，",
    "。",
    "、",
    " ",
    "\r\n",
    "\n",
    "\u3000",
    "≥",
    "100%",
    "3.5",
    "2024",
    "AI",
    "a1.b",
    "1.2.3",
    "-",
    "+",
    "#",
    "_",
    "%3",
]
RUST = pytest.param(True, marks=pytest.mark.skipif(not importlib.util.find_spec("rjieba"), reason="extra speed"))


@pytest.fixture(scope="module")
def reference():
    """Plain jieba, as it comes."""
    import logging

    import jieba

    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    return lambda text: tuple(tokenizer.cut(text))


@pytest.fixture(scope="module")
def words():
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return [word for word, count in tokenizer.FREQ.items() if count]


def texts(words, count, seed):
    """Words of the dictionary, rare ones too, between signs, numbers, Latin letters and single characters."""
    rng = random.Random(seed)
    for _ in range(count):
        kind = rng.random()
        if kind < 0.7:
            parts = [rng.choice(words) if rng.random() < 0.75 else rng.choice(SIGNS) for _ in range(rng.randint(1, 20))]
        elif kind < 0.85:
            parts = [rng.choice("国人的一二三了是在有AB12.%-万元") for _ in range(rng.randint(1, 16))]
        else:
            low, high = rng.choice(
                ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20, 0x2FFF), (0xF900, 0xFFFF), (0x1F300, 0x20100))
            )
            parts = [chr(rng.randint(low, high)) for _ in range(rng.randint(1, 30))]
        yield "".join(parts)


@pytest.mark.parametrize("fast", [False, RUST])
def test_ten_thousand_texts_give_the_tokens_of_jieba(reference, words, fast):
    ours = Words(fast=fast)
    wrong = [text for text in texts(words, 10_000, 5 + fast) if ours.cut(text) != reference(text)]
    assert wrong == []


def test_ten_thousand_texts_at_once_give_the_tokens_of_jieba(reference, words):
    several = ["，".join(pair) for pair in zip(texts(words, 5_000, 7), texts(words, 5_000, 8), strict=True)]
    ours = Words(fast=False).cut_many(several)
    assert [text for text, tokens in zip(several, ours, strict=True) if tokens != reference(text)] == []


@pytest.fixture(scope="module")
def together():
    """Pieces cut from whole lists, however short they are."""
    return Words(fast=False)._pieces


@settings(deadline=None)
@given(
    st.lists(
        st.text(st.sampled_from("国人的一二三了是在有元甲中华大学生前来AB12.%- \r\n，。\0\U00020000"), max_size=30),
        max_size=8,
    )
)
def test_clauses_at_once_give_the_tokens_of_each(reference, together, clauses):
    for clause, tokens in zip(clauses, together.cut(clauses), strict=True):
        assert tokens in (None, reference(clause))


def test_pieces_are_cut_alike_alone_and_among_many(reference, together, words):
    rng = random.Random(3)
    common = [word for word in words if 1 < len(word) < 4][:3000]
    clauses = ["".join(rng.choices(common, k=rng.randint(1, 6))) for _ in range(5000)]
    tokens = together.cut(clauses)
    assert [clause for clause, one in zip(clauses, tokens, strict=True) if one not in (None, reference(clause))] == []
    assert sum(one is None for one in tokens) < 50
    assert together.cut(clauses[::-1])[::-1] == tokens


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_the_tokens_of_jieba(reference, text):
    assert cut(text) == reference(text)
    assert "".join(cut(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "人国国国元",
        "",
        "\r\n",
        "中国" * 300,
        "完成2023-2024年A股、T恤、C++培训",
        "C#语言a1.b3.5万元",
        "5%3和AT&T",
        "培训" + "一" * 5000,
        "\ud800甲",
    ],
)
def test_where_builds_are_known_to_differ(reference, text):
    assert cut(text) == reference(text)
    assert cut(text) == cut(text)


def test_many_texts_at_once():
    assert cut_many(["开展培训", "", "开展培训"]) == [cut("开展培训"), (), cut("开展培训")]


def test_words_of_the_field_are_an_option_and_leave_the_reference_alone():
    field = Words(("绩效目标申报",))
    assert field.cut("填写绩效目标申报表")[1] == "绩效目标申报"
    assert "绩效目标申报" not in cut("填写绩效目标申报表")


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path, monkeypatch, capfd):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    with monkeypatch.context() as blind:
        blind.setenv("XDG_CACHE_HOME", str(blocked))
        blind.setattr("tempfile.tempdir", str(blocked))
        assert Words(fast=False).cut("开展培训") == ("开展", "培训")
    assert capfd.readouterr() == ("", "")


def test_the_dictionary_once_read_lies_in_the_folder_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert Words(fast=False).cut("开展培训") == ("开展", "培训")
    assert [path.name.split("-")[0] for path in (tmp_path / "indicator-auditor").iterdir()] == ["words"]
    (path,) = (tmp_path / "indicator-auditor").iterdir()
    path.write_bytes(b"spoilt")
    assert Words(fast=False).cut("开展培训") == ("开展", "培训")


def test_importing_words_does_not_import_jieba():
    import subprocess

    code = "import sys, auditor.words; print('jieba' in sys.modules or 'rjieba' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=dict(os.environ), check=True
    )
    assert done.stdout.strip() == "False"


def test_long_clauses_are_not_remembered():
    ours = Words(fast=False)
    clauses = [f"{'培训' * 40}{at}号" for at in range(300)] + [f"第{at}期培训" for at in range(300)]
    assert ours.cut_many(clauses) == [ours.cut(clause) for clause in clauses]
    ours = Words(fast=False)
    ours.cut_many(clauses)
    assert max(map(len, ours._clauses)) <= 60
