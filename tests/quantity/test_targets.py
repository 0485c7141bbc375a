"""Targets of many sectors, read as a person reads them: `targets.csv` holds text and expected reading."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from auditor.quantity import COMPARATORS, DIMENSIONS, UNITS, Target, read_target
from auditor.quantity.reading import read_afresh

HERE = Path(__file__).parent


def rows() -> list[dict[str, str]]:
    with (HERE / "targets.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = rows()
TEXTS = ["comparator", "unit", "unit_key", "dimension", "object", "condition", "period", "word", "word_kind"]
NUMBERS = ["value", "upper", "base", "base_upper"]


def told(target: Target) -> dict[str, str]:
    main = target.main
    return {name: getattr(main, name) or "" for name in TEXTS} | {
        "others": ";".join(quantity.dimension or "" for quantity in target.quantities[1:]),
        "asides": ";".join(quantity.dimension or "" for quantity in target.asides),
        "relation": target.relation,
        "leftovers": "|".join(target.text[start:end] for start, end in target.leftovers),
    }


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:30] for row in ROWS])
def test_target(row: dict[str, str]) -> None:
    target = read_target(row["text"])
    expected = {name: row[name] for name in [*TEXTS, "others", "asides", "relation", "leftovers"]}
    assert told(target) == expected
    for name in NUMBERS:
        number = getattr(target.main, name)
        if row[name]:
            assert number == pytest.approx(Decimal(row[name]), rel=Decimal("1e-9"), abs=Decimal("1e-9")), name
        else:
            assert number is None, name


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:30] for row in ROWS])
def test_reading_twice_and_afresh_is_the_same(row: dict[str, str]) -> None:
    assert read_target(row["text"]) == read_afresh(row["text"]) == read_target(row["text"])


def test_the_examples_cover_the_field() -> None:
    assert len(ROWS) >= 600
    assert len({row["sector"] for row in ROWS}) >= 30
    assert {row["comparator"] for row in ROWS} - {""} == set(COMPARATORS)
    assert set(DIMENSIONS) - {row["dimension"] for row in ROWS} <= {"acidity", "angle"}


@pytest.mark.parametrize(("one", "other"), [
    ("5000万元", "0.5亿元"), ("90%", "百分之九十"), ("900‰", "90%"), ("9成", "90%"), ("1公里", "1000米"),
    ("24小时", "1天"), ("12个月", "1年"), ("15亩", "1公顷"), ("1吨", "2000斤"), ("每月一次", "12次/年"),
    ("三千二百人", "3200人"), ("1万亿元", "10000亿元"), ("2万人次", "20000人次"), ("半年", "6个月"),
    ("四分之三", "75%"), ("翻一番", "2倍"), ("1MWh", "1000度电"), ("每季度1次", "4次/年"), ("1亿5000万元", "1.5亿元"),
])  # fmt: skip
def test_equal_amounts_have_equal_bases(one: str, other: str) -> None:
    first, second = read_target(one), read_target(other)
    assert first.base is not None
    assert (first.base, first.main.base_unit) == (second.base, second.main.base_unit)


@pytest.mark.parametrize(("one", "other"), [("100元", "100美元"), ("100个", "100人"), ("5%", "5个")])
def test_different_kinds_are_told_apart(one: str, other: str) -> None:
    assert read_target(one).main.base_unit != read_target(other).main.base_unit or (
        read_target(one).dimension != read_target(other).dimension
    )


@pytest.mark.parametrize("written", sorted(UNITS))
def test_every_unit_is_read_behind_a_number(written: str) -> None:
    unit = UNITS[written]
    if written == "月":  # 12月 is a month of the year; a length of time is 12个月
        return
    target = read_target(f"≥12.5{written}")
    assert (target.comparator, target.value) == ("≥", Decimal("12.5"))
    assert target.unit_key == unit.key, written
    if unit.dimension != "times" or "/" not in written:
        assert target.base == unit.to_base(Decimal("12.5"))
        assert target.dimension == unit.dimension


def test_the_unit_table_is_wide() -> None:
    assert len({unit.key for unit in UNITS.values()}) >= 350


def test_dates_become_calendar_days() -> None:
    assert str(read_target("2024年第三季度前").main.date) == "2024-09-30"
    assert str(read_target("2024年2月底前").main.date) == "2024-02-29"
    assert str(read_target("2023-2025年").main.date) == "2025-12-31"
    assert read_target("12月底前").main.date is None
    assert read_target("100个").main.date is None


@pytest.mark.parametrize("text", ["1、完成5项", "（二）完成5项", "③完成5项", "一是完成5项", "第一、完成5项"])
def test_list_numbers_are_no_quantities(text: str) -> None:
    target = read_target(text)
    assert [(quantity.value, quantity.unit) for quantity in target.quantities] == [(Decimal(5), "项")]


@pytest.mark.parametrize("text", [
    "统一管理", "一体化推进", "三公经费", "十四五期间", "双随机一公开", "第三方评估", "一次性办理", "一网通办", "五保户", "进一步加强",
    "一带一路", "唯一", "同一标准", "周一", "星期三", "初一", "三农问题", "两不愁三保障", "一站式", "一把手", "一票否决", "千家万户",
    "5G网络", "H7N9", "A4", "PM2.5", "12345热线", "110报警", "财预〔2021〕101号", "863计划", "数十家", "若干项", "万元", "百分比",
])  # fmt: skip
def test_words_with_numerals_are_no_quantities(text: str) -> None:
    numbers = [quantity for quantity in read_target(text).quantities if quantity.value is not None]
    assert numbers == []
