"""`auditor classify` and `auditor evaluate`: the class of single indicators, and how well classes are found."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.options import CLEAN, LangOption, Output, TextOrJson
from auditor.cli.output import errors, refuse_missing_folder, screen, write
from auditor.cli.running import effective_settings
from auditor.wording import AuditorError

BATCH = 4096
"""Names decided together: enough for one matrix product, few enough to answer a pipe at once."""


def classify(
    texts: Annotated[
        list[str] | None,
        typer.Argument(
            help="指标名称，可在制表符后写指标值；“-”从标准输入逐行读 · names, a value after a tab; - reads lines",
            show_default=False,
        ),
    ] = None,
) -> None:
    """判断指标属于哪一类，逐条输出 JSON · class of indicator names, one JSON line each."""
    with errors():
        if not texts:
            raise AuditorError(
                "没有指定指标；例如 auditor classify 培训人次，或用“-”从标准输入读取",
                "no indicator was given; for example: auditor classify 培训人次, or - to read lines",
            )
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        lines = _stdin() if texts == ["-"] else (text.replace("\\t", "\t") for text in texts)
        while batch := list(islice(lines, BATCH)):
            sys.stdout.write("".join(f"{line}\n" for line in _classified(batch)))
            sys.stdout.flush()
        raise typer.Exit(CLEAN)


def _stdin() -> Iterator[str]:
    sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")  # type: ignore[union-attr]
    return (line.rstrip("\r\n") for line in sys.stdin)


def _classified(lines: Iterable[str]) -> Iterator[str]:
    from auditor.classify import decide_many

    pairs = [(name, value or None) for name, _, value in (line.partition("\t") for line in lines)]
    for decision in decide_many(pairs):
        values = {
            "name": decision.name,
            "value": decision.value,
            "class": decision.code,
            "probability": round(decision.probability, 3),
            "abstained": decision.abstained,
            "because": list(decision.because),
            "decided_by": decision.decided_by,
            "second": decision.probabilities[1][0],
        }
        yield json.dumps(values, ensure_ascii=False)


def evaluate(
    labelled: Annotated[
        list[Path] | None,
        typer.Argument(
            help="标注数据：CSV（name,value,class,second）或 JSONL · labelled data; 缺省为自带语料 the shipped corpus",
            show_default=False,
        ),
    ] = None,
    format: Annotated[TextOrJson, typer.Option("--format", help="输出格式 · format")] = TextOrJson.text,
    output: Output = None,
    plot: Annotated[
        Path | None, typer.Option("--plot", help="把混淆矩阵画成图片 · picture of the confusion matrix")
    ] = None,
    lang: LangOption = None,
) -> None:
    """用标注数据评测分类 · measure classification on labelled data."""
    from auditor.evaluation import evaluate as measure
    from auditor.evaluation import read_labelled
    from auditor.reports import metrics as pages

    with errors():
        settings = effective_settings(lang)
        refuse_missing_folder(output)
        refuse_missing_folder(plot)
        paths = labelled or [_own_corpus()]
        found = measure([row for path in paths for row in read_labelled(path)])
        on = screen(settings.lang, output)
        source = "、".join(path.name for path in paths)
        if not labelled:
            source += on.either(
                "（模型即用它训练，只能看差错，不能当作成绩）", " (the model was trained on it: no measure of quality)"
            )
        text = pages.as_json(found) if format is TextOrJson.json else pages.as_text(found, on, source)
        write(text, output)
        if plot:
            pages.draw_confusion(found, plot, on)
        raise typer.Exit(CLEAN)


def _own_corpus() -> Path:
    from auditor.bundled import resource

    return resource("corpus/labelled/indicators.csv")
