"""An optional sentence encoder that refines the score of a pair: a folder with `model.onnx` and `tokenizer.json`.

Needs the extra `encoder` (onnxruntime, tokenizers). The folder lies on disk and is named in the settings; nothing is
fetched. Without it nothing changes.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from auditor.relevance.model import Vector
from auditor.wording import AuditorError

MOST_TOKENS = 256
WEIGHT = 2.0
"""Log odds that a cosine one whole above the middle adds to a pair's score."""

MIDDLE = 0.5


class EncoderError(AuditorError):
    """An encoder that cannot be used: the message names the folder and what is missing."""


class Encoder:
    """A sentence encoder: mean of the last hidden states over the tokens, of length one."""

    def __init__(self, folder: Path) -> None:
        for name in ("model.onnx", "tokenizer.json"):
            if not (folder / name).is_file():
                raise EncoderError(
                    f"编码器文件夹 {folder} 中缺少 {name}；请补齐，或在设置中去掉编码器",
                    f"the encoder folder {folder} has no {name}; add it, or take the encoder out of the settings",
                )
        try:
            import onnxruntime  # type: ignore[import-untyped, unused-ignore]
            from tokenizers import Tokenizer
        except ImportError as error:
            raise EncoderError(
                "编码器需要另行安装：pip install indicator-auditor[encoder]",
                "the encoder needs an extra: pip install indicator-auditor[encoder]",
            ) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        try:
            self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session: Any = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise errors of their own kinds
            raise EncoderError(
                f"编码器 {folder} 无法载入：{error}", f"the encoder {folder} cannot be loaded: {error}"
            ) from error
        self._inputs = {one.name for one in self._session.get_inputs()}

    def vector(self, text: str) -> Vector:
        """Return the vector of a text, of length one; all zeros for a text without tokens."""
        encoded = self._tokenizer.encode(text)
        ids = np.array([encoded.ids[:MOST_TOKENS]], np.int64)
        if not ids.size:
            return np.zeros(1)
        fed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        states = self._session.run(None, {name: value for name, value in fed.items() if name in self._inputs})[0]
        mean: Vector = np.asarray(states, np.float64).reshape(-1, np.shape(states)[-1]).mean(axis=0)
        size = float(np.linalg.norm(mean))
        return mean / size if size > 0 else mean

    def likeness(self, first: str, second: str) -> float | None:
        """Return the cosine of two texts, None where one has no tokens."""
        one, two = self.vector(first), self.vector(second)
        return float(one @ two) if one.shape == two.shape and one.any() and two.any() else None


@lru_cache(maxsize=2)
def load_encoder(folder: Path) -> Encoder:
    """Load the encoder of a folder once; raises EncoderError for a folder that cannot be used."""
    return Encoder(folder)


def refined(chance: float, likeness: float | None) -> float:
    """Return a pair's chance moved by an encoder's cosine; unchanged where there is none. Never reaches 0 or 1."""
    if likeness is None:
        return chance
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    odds = np.log(chance / (1 - chance)) + WEIGHT * (likeness - MIDDLE)
    return float(1 / (1 + np.exp(-odds)))
