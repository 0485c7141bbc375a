"""The figures of `auditor evaluate` for people (tables), for programs (JSON) and as a picture of the confusion matrix."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.reports.terminal import Screen
from auditor.reports.words import CLASS
from auditor.wording import AuditorError

if TYPE_CHECKING:
    from auditor.evaluation import Metrics, Miss

CODES = tuple(CLASS)
MOST_MISSES = 40


def metrics_values(metrics: Metrics) -> dict[str, Any]:
    """Return the figures as plain values; shares are 0–1, rounded to four places."""
    return {
        "count": metrics.count,
        "accuracy": round(metrics.accuracy, 4),
        "accuracy_first_choice": round(metrics.accuracy_first, 4),
        "answered": round(metrics.answered, 4),
        "accuracy_of_answered": round(metrics.accuracy_answered, 4),
        "macro_f1": round(metrics.macro_f1, 4),
        "decided_by_rule": round(metrics.by_rule, 4),
        "calibration_error": round(metrics.ece, 4),
        "classes": {
            one.code: {
                "precision": round(one.precision, 4),
                "recall": round(one.recall, 4),
                "f1": round(one.f1, 4),
                "count": one.count,
            }
            for one in metrics.classes
        },
        "confusion": {"codes": list(CODES), "counts": [list(row) for row in metrics.confusion]},
        "calibration": [
            {"probability": round(mean, 4), "right": round(share, 4), "count": count}
            for mean, share, count in metrics.calibration
        ],
        "coverage": [
            {"cut": cut, "answered": round(answered, 4), "right": round(share, 4)}
            for cut, answered, share in metrics.coverage
        ],
        "misses": [_miss(miss) for miss in metrics.misses],
    }


def _miss(miss: Miss) -> dict[str, Any]:
    return {
        "name": miss.labelled.name,
        "value": miss.labelled.value,
        "labelled": [miss.labelled.code, *miss.labelled.also],
        "class": miss.decision.code,
        "probability": round(miss.decision.probability, 3),
        "abstained": miss.decision.abstained,
        "because": list(miss.decision.because),
    }


def as_json(metrics: Metrics) -> str:
    """Return the figures as a JSON text."""
    return json.dumps(metrics_values(metrics), ensure_ascii=False, indent=2) + "\n"


def as_text(metrics: Metrics, screen: Screen, source: str) -> str:
    """Return the figures as tables; `source` says what they were measured on."""
    return screen.show(_parts(metrics, screen, source))


def _parts(metrics: Metrics, screen: Screen, source: str) -> Iterator[RenderableType]:
    yield Text(screen.either(f"分类评测：{source}", f"classification measured on {source}"), style="bold")
    for zh, en, value in (
        ("条数", "indicators", str(metrics.count)),
        ("准确率（含可接受的第二类）", "right, second choices included", _percent(metrics.accuracy)),
        ("准确率（只算首选）", "right, first choice only", _percent(metrics.accuracy_first)),
        ("作答比例", "answered", _percent(metrics.answered)),
        ("作答部分的准确率", "right of the answered", _percent(metrics.accuracy_answered)),
        ("宏平均 F1", "macro F1", f"{metrics.macro_f1:.3f}"),
        ("由名称直接定类的比例", "settled by the name alone", _percent(metrics.by_rule)),
        ("校准误差 ECE", "calibration error (ECE)", f"{metrics.ece:.3f}"),
    ):
        yield Text(f"  {screen.either(zh, en)}：{value}" if screen.language == "zh" else f"  {en}: {value}")
    yield Text()
    yield _classes(metrics, screen)
    yield Text()
    yield Text(
        screen.either(
            "混淆矩阵（行：应属类别，列：判断的类别）", "confusion (rows: where it belongs, columns: the answer)"
        ),
        style="bold",
    )
    yield _confusion(metrics, screen)
    yield Text()
    yield Text(screen.either("把握与正确率", "probability and share right"), style="bold")
    yield _bins(metrics, screen)
    yield Text()
    yield Text(screen.either("低于某一把握时不作答", "abstaining below a probability"), style="bold")
    yield _coverage(metrics, screen)
    if metrics.misses:
        yield Text()
        yield Text(screen.either("判断不一致的指标", "where answers differ from labels"), style="bold")
        yield from _misses(metrics, screen)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _label(code: str, screen: Screen) -> str:
    return f"{code} {CLASS[code].say(screen.language)}"


def _table(*headings: str) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for at, heading in enumerate(headings):
        table.add_column(heading, justify="left" if at == 0 else "right", no_wrap=True)
    return table


def _classes(metrics: Metrics, screen: Screen) -> Table:
    either = screen.either
    table = _table(either("类别", "class"), either("精确率", "precision"), either("召回率", "recall"), "F1", either("条数", "count"))  # fmt: skip
    for one in metrics.classes:
        table.add_row(_label(one.code, screen), _percent(one.precision), _percent(one.recall), f"{one.f1:.3f}", str(one.count))  # fmt: skip
    return table


def _confusion(metrics: Metrics, screen: Screen) -> Table:
    table = _table("", *CODES)
    for code, row in zip(CODES, metrics.confusion, strict=True):
        if any(row):
            table.add_row(_label(code, screen), *(str(count) if count else "·" for count in row))
    return table


def _bins(metrics: Metrics, screen: Screen) -> Table:
    either = screen.either
    table = _table(either("平均把握", "mean probability"), either("正确率", "right"), either("条数", "count"))
    for mean, share, count in metrics.calibration:
        table.add_row(_percent(mean), _percent(share), str(count))
    return table


def _coverage(metrics: Metrics, screen: Screen) -> Table:
    either = screen.either
    table = _table(either("把握下限", "at least"), either("作答", "answered"), either("正确率", "right"))
    for cut, answered, share in metrics.coverage:
        table.add_row(_percent(cut), _percent(answered), _percent(share))
    return table


def _misses(metrics: Metrics, screen: Screen) -> Iterator[RenderableType]:
    either = screen.either
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in (either("指标", "indicator"), either("指标值", "value"), either("标注", "label"), either("判断", "answer"), either("依据", "because")):  # fmt: skip
        table.add_column(heading, overflow="fold")
    for miss in metrics.misses[:MOST_MISSES]:
        answer = f"{miss.decision.code} {_percent(miss.decision.probability)}"
        labels = "/".join((miss.labelled.code, *miss.labelled.also))
        table.add_row(miss.labelled.name, miss.labelled.value or "", labels, answer, "、".join(miss.decision.because))
    yield table
    more = len(metrics.misses) - MOST_MISSES
    if more > 0:
        yield Padding(
            Text(screen.either(f"另有 {more} 条，见 --format json", f"{more} more: --format json")), (0, 0, 0, 2)
        )


def draw_confusion(metrics: Metrics, path: Path, screen: Screen) -> None:
    """Draw the confusion matrix as a picture (the ending of `path` decides: png, svg, pdf); raises AuditorError."""
    try:
        import matplotlib
    except ImportError as error:
        raise AuditorError(
            "画图需要 matplotlib；请运行 pip install 'indicator-auditor[plot]'",
            "drawing needs matplotlib; run pip install 'indicator-auditor[plot]'",
        ) from error
    matplotlib.use("Agg")
    from matplotlib import pyplot

    pyplot.rcParams["font.sans-serif"] = [
        "Noto Sans CJK SC", "WenQuanYi Micro Hei", "Microsoft YaHei", "PingFang SC", "SimHei", "DejaVu Sans",
    ]  # fmt: skip
    figure, axes = pyplot.subplots(figsize=(8, 7), layout="constrained")
    shares = [[count / max(1, sum(row)) for count in row] for row in metrics.confusion]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    labels = [_label(code, screen) for code in CODES]
    axes.set_xticks(range(len(CODES)), labels, rotation=35, ha="right")
    axes.set_yticks(range(len(CODES)), labels)
    axes.set_xlabel(screen.either("判断的类别", "answer"))
    axes.set_ylabel(screen.either("应属类别", "label"))
    axes.set_title(
        screen.either(
            f"{metrics.count} 条指标，准确率 {_percent(metrics.accuracy)}，宏平均 F1 {metrics.macro_f1:.3f}",
            f"{metrics.count} indicators, {_percent(metrics.accuracy)} right, macro F1 {metrics.macro_f1:.3f}",
        )
    )
    for at, row in enumerate(metrics.confusion):
        for across, count in enumerate(row):
            if count:
                dark = shares[at][across] > 0.5
                axes.text(across, at, str(count), ha="center", va="center", color="white" if dark else "black")
    try:
        figure.savefig(path, dpi=150)
    except (OSError, ValueError) as error:
        raise AuditorError(f"无法写入图片 {path}：{error}", f"cannot write the picture {path}: {error}") from error
    finally:
        pyplot.close(figure)
