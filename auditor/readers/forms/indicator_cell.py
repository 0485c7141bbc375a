"""The packed cell of a project table: all indicators of a project, one after another.

    N、d-一级；dd-二级；[9 digits-]三级；实施周期指标值:V；年度指标值:V。

Only the serial number with two classes behind it starts an indicator and only the printed labels end a field, because
；, 。 and numbered lists also stand inside names and values. After a label one colon belongs to the label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from auditor.document import Gap, Indicator, Passage
from auditor.readers.forms.flow import Flow
from auditor.readers.forms.words import spaced, words_for
from auditor.wording import Wording

_LIBRARY_CODE = re.compile(r"(\d{8,12})\s*[-－—–]\s*(?=\S)")


@dataclass(frozen=True)
class Marker:
    """The start of one indicator: its printed serial number, its classes, and where they stand in the flow."""

    start: int
    end: int
    serial: int
    level1_code: str | None
    level1: tuple[int, int]
    level2_code: str | None
    level2: tuple[int, int]


@cache
def _marker_pattern() -> re.Pattern[str]:
    """Match `N、1-产出指标；11-数量指标；`; a class without its code must be one of the forms' own words."""
    level1 = "|".join(spaced(word) for word in words_for("class_level1"))
    level2 = "|".join(spaced(word) for word in words_for("class_level2"))
    suffix = rf"(?:\s*{spaced('指标')})?"
    return re.compile(
        r"(?:(?<!\d)(?P<serial>\d{1,15})\s*[、.．]|[(（]\s*(?P<bracketed>\d{1,3})\s*[)）]|(?P<circled>[\u2460-\u2473]))\s*"
        rf"(?:(?P<code1>\d)\s*[-－—–]\s*(?P<coded1>[^；;。、\d]{{1,16}}?)|(?P<bare1>(?:{level1}){suffix}))\s*[；;]\s*"
        rf"(?:(?P<code2>\d{{1,2}})\s*[-－—–]\s*(?P<coded2>[^；;。、\d]{{1,24}}?)|(?P<bare2>(?:{level2}){suffix}))\s*[；;]"
    )


@cache
def _label_pattern(meaning: str) -> re.Pattern[str]:
    words = "|".join(spaced(word) for word in words_for(meaning))
    return re.compile(rf"(?:[；;]|^)\s*(?:{words})\s*[:：]")


@cache
def _loose_label() -> re.Pattern[str]:
    return re.compile(spaced("指标值") + r"\s*[:：]|" + spaced("指标值") + "$")


def markers(text: str) -> list[Marker]:
    """Find where indicators start, in order. A serial number glued to a value's last digit is set free."""
    found: list[Marker] = []
    for match in _marker_pattern().finditer(text):
        digits, start = _numbered(match, len(found) + 1)
        first = "coded1" if match["coded1"] is not None else "bare1"
        second = "coded2" if match["coded2"] is not None else "bare2"
        found.append(
            Marker(
                start, match.end(), int(digits), match["code1"], match.span(first), match["code2"], match.span(second)
            )
        )
    return found


def _numbered(match: re.Match[str], expected: int) -> tuple[str, int]:
    """Return the serial number of a marker and where it starts: `1、`, `1.`, `（1）` or `①`."""
    if match["circled"]:
        return str(ord(match["circled"]) - 0x245F), match.start()
    if match["bracketed"]:
        return match["bracketed"], match.start()
    digits = _serial(match["serial"], expected)
    return digits, match.end("serial") - len(digits)


def _serial(digits: str, expected: int) -> str:
    """Set a serial number free from the digits of a value or goal that it is glued to."""
    wanted = str(expected)
    plausible = len(digits) <= 3 and digits[0] != "0"
    if digits == wanted or (plausible and (expected == 1 or not digits.endswith(wanted))):
        return digits
    return wanted if digits.endswith(wanted) else digits[-1]


@dataclass(frozen=True)
class ParsedCell:
    """The indicators of one cell, and what of it was not understood."""

    indicators: tuple[Indicator, ...]
    gaps: tuple[Gap, ...]


def parse_cell(cell: Flow, document: str) -> ParsedCell:
    """Read every indicator of a packed cell; what does not fit becomes a Gap that quotes it."""
    own, lost = _without_swallowed_row(cell)
    found = markers(own.text)
    if not found:
        return ParsedCell((), (_gap(document, cell, 0, len(cell.text)),) if cell.text.strip() else ())
    indicators: list[Indicator] = []
    gaps: list[Gap] = []
    if lost:
        gaps.append(_lost_row(document, cell, len(own.text)))
    cell = own
    if cell.text[: found[0].start].strip():
        gaps.append(_gap(document, cell, 0, found[0].start))
    ends = [marker.start for marker in found[1:]] + [len(cell.text)]
    for marker, end in zip(found, ends, strict=True):
        indicator = _indicator(cell, marker, end, len(indicators) + 1)
        if indicator is None or not indicator.name:
            gaps.append(_gap(document, cell, marker.start, end))
        else:
            indicators.append(indicator)
            gaps += _doubts(document, cell, marker, end, indicator)
    gaps += _serial_gaps(document, cell, found)
    return ParsedCell(tuple(indicators), tuple(gaps))


def _without_swallowed_row(cell: Flow) -> tuple[Flow, bool]:
    """Cut off a further row that was taken into this cell because its amounts are missing.

    Serial numbers that begin again at 1 show it; it starts behind the first full stop of the value before.
    """
    found = markers(cell.text)
    again = next((at for at, marker in enumerate(found) if at and marker.serial == 1), None)
    if again is None:
        return cell, False
    stop = cell.text.find("。", found[again - 1].end, found[again].start)
    return cell.cut(0, stop + 1 if stop >= 0 else found[again].start), True


def _lost_row(document: str, cell: Flow, start: int) -> Gap:
    return Gap(
        document,
        "read",
        Wording(
            "这里像是另一个项目，但没有读到它的金额，未作为项目审核；请核对原表此行的名称和金额",
            "another project seems to stand here, but no amounts were found, so it was not checked; please look at its name and amounts",
        ),
        cell.place(start),
        quote=cell.text[start:].strip(),
    )


def unread_indicators(goal: Flow, document: str) -> Iterator[Gap]:
    """Report indicators that were left in a goal because nothing recognisable numbers them."""
    found = _target_label().search(goal.text)
    if found:
        start = max(0, goal.text.rfind("。", 0, found.start()) + 1)
        yield _gap(document, goal, start, len(goal.text))


@cache
def _target_label() -> re.Pattern[str]:
    return re.compile(rf"(?:{spaced('实施周期指标值')}|{spaced('年度指标值')})\s*[:：]")


def _indicator(cell: Flow, marker: Marker, end: int, ordinal: int) -> Indicator | None:
    """Read the fields behind a marker; None where no target label stands."""
    body = cell.text[marker.end : end]
    cycle = _label_pattern("cycle_target").search(body)
    annual = _label_pattern("annual_target").search(body, cycle.end() if cycle else 0)
    if not cycle and not annual:
        return None
    name_end = cycle.start() if cycle else annual.start() if annual else 0
    stop = _without_full_stop(body)
    name = cell.passage(marker.end, marker.end + name_end)
    code, name = split_library_code(name)

    def value(label: re.Match[str] | None, until: int) -> Passage | None:
        return cell.passage(marker.end + label.end(), marker.end + max(label.end(), until)) if label else None

    return Indicator(
        ordinal=ordinal,
        name=name,
        level1=cell.passage(*marker.level1),
        level1_code=marker.level1_code,
        level2=cell.passage(*marker.level2),
        level2_code=marker.level2_code,
        library_code=code,
        cycle_target=value(cycle, annual.start() if annual else stop),
        annual_target=value(annual, stop),
    )


def _without_full_stop(body: str) -> int:
    """Return the end of the last value: the one 。 that closes an indicator is not part of it."""
    text = body.rstrip()
    return len(text) - 1 if text.endswith("。") else len(text)


def split_library_code(name: Passage) -> tuple[str | None, Passage]:
    """Split the code of an indicator library off the name that it stands in front of."""
    match = _LIBRARY_CODE.match(name.text)
    return (match[1], Passage(name.text[match.end() :], name.place)) if match else (None, name)


def _doubts(document: str, cell: Flow, marker: Marker, end: int, indicator: Indicator) -> Iterator[Gap]:
    """Report a field that holds a label: an indicator that was not recognised lies inside it."""
    fields = (indicator.name, indicator.cycle_target, indicator.annual_target)
    if any(field and _loose_label().search(field.text) for field in fields):
        yield _gap(document, cell, marker.start, end)


def _serial_gaps(document: str, cell: Flow, found: list[Marker]) -> Iterator[Gap]:
    for before, marker in zip([0] + [m.serial for m in found], found, strict=False):
        if marker.serial != before + 1:
            yield Gap(
                document,
                "read",
                Wording(
                    f"指标序号由 {before} 跳到 {marker.serial}，中间的指标可能缺失；请对照原表核实",
                    f"indicator numbers jump from {before} to {marker.serial}; an indicator may be missing, please compare with the original",
                ),
                cell.place(marker.start),
                quote=cell.text[marker.start : marker.end],
            )


def _gap(document: str, cell: Flow, start: int, end: int) -> Gap:
    return Gap(
        document,
        "read",
        Wording(
            "这段文字未能读成指标，没有审核；请按“序号、一级；二级；三级；实施周期指标值:…；年度指标值:…。”核对原表",
            "this text could not be read as an indicator and was not checked; please compare it with the original table",
        ),
        cell.place(start),
        quote=cell.text[start:end].strip(),
    )
