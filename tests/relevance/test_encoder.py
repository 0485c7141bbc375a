import numpy as np
import pytest

from auditor.relevance.encoder import EncoderError, load_encoder, refined
from auditor.relevance.judgement import judge_texts

onnx = pytest.importorskip("onnx", reason="pip install indicator-auditor[dev]")
pytest.importorskip("onnxruntime", reason="pip install indicator-auditor[encoder]")
tokenizers = pytest.importorskip("tokenizers", reason="pip install indicator-auditor[encoder]")

CHARACTERS = "水库加固电梯检验幼儿园"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A tiny encoder: a table of one vector a character."""
    from onnx import TensorProto, helper, numpy_helper

    path = tmp_path_factory.mktemp("encoder")
    words = {"[UNK]": 0, **{char: at for at, char in enumerate(dict.fromkeys(CHARACTERS), start=1)}}
    table = np.random.default_rng(1).normal(size=(len(words), 8)).astype(np.float32)
    node = helper.make_node("Gather", ["table", "input_ids"], ["states"])
    graph = helper.make_graph(
        [node],
        "tiny",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, None])],
        [helper.make_tensor_value_info("states", TensorProto.FLOAT, [1, None, 8])],
        [numpy_helper.from_array(table, "table")],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    made.ir_version = 8
    onnx.save(made, path / "model.onnx")
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Split("", "isolated")
    tokenizer.save(str(path / "tokenizer.json"))
    return path


def test_equal_texts_are_alike_and_others_less(folder):
    encoder = load_encoder(folder)
    assert encoder.likeness("水库加固", "水库加固") == pytest.approx(1)
    assert encoder.likeness("水库加固", "电梯检验") < 0.9


def test_a_text_without_tokens_changes_nothing(folder):
    assert load_encoder(folder).likeness("", "水库") is None
    assert refined(0.3, None) == 0.3


def test_the_cosine_moves_the_chance_in_its_direction():
    assert refined(0.3, 1.0) > 0.3 > refined(0.3, 0.0)
    assert 0 < refined(0.0, -1.0) < refined(1.0, 1.0) < 1


def test_an_encoder_refines_the_score_of_a_project(folder):
    texts = ("水库加固", "水库加固，保障下游安全度汛", ())
    plain, with_encoder = judge_texts(*texts), judge_texts(*texts, load_encoder(folder))
    assert plain.name_goal is not None
    assert with_encoder.name_goal != plain.name_goal


def test_a_folder_that_lacks_a_file_is_named(tmp_path):
    with pytest.raises(EncoderError, match=r"model\.onnx"):
        load_encoder(tmp_path)


def test_a_broken_model_is_an_error_with_words(folder, tmp_path):
    (tmp_path / "tokenizer.json").write_text((folder / "tokenizer.json").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "model.onnx").write_bytes(b"no model")
    with pytest.raises(EncoderError, match="cannot be loaded"):
        load_encoder(tmp_path)


def test_the_settings_put_an_encoder_in_force_for_one_audit(folder, samples):
    from auditor import Auditor, Settings, read

    document = read(samples / "county-water-projects.txt")
    plain, refined_once, again = (
        Auditor(settings).report([document]).relevance
        for settings in (Settings(), Settings(encoder=folder), Settings())
    )
    assert plain == again
    assert plain != refined_once


def test_a_folder_without_an_encoder_stops_the_audit(tmp_path):
    from auditor import Auditor, Settings

    with pytest.raises(EncoderError):
        Auditor(Settings(encoder=tmp_path)).report([])
