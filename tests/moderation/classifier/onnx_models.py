"""Make the folder of a third judge: a graph that knows one word, and its tokenizer."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

KNOWN = "парасолька"
VOCABULARY = {"[UNK]": 0, KNOWN: 1}
# The logits of harmless and toxic that each token adds.
LOGITS = np.array([[0.1, -0.1], [-6.0, 6.0]], dtype=np.float32)


def one_word_model() -> onnx.ModelProto:
    """Sum over the tokens of a text: (texts, tokens) -> (texts, 2)."""
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])
    mask = helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["texts", "tokens"])
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["texts", 2])
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["each"]),
        helper.make_node("Cast", ["attention_mask"], ["real"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["real", "last"], ["column"]),
        helper.make_node("Mul", ["each", "column"], ["masked"]),
        helper.make_node("ReduceSum", ["masked", "middle"], ["logits"], keepdims=0),
    ]
    constants = [
        numpy_helper.from_array(LOGITS, "table"),
        numpy_helper.from_array(np.array([2], dtype=np.int64), "last"),
        numpy_helper.from_array(np.array([1], dtype=np.int64), "middle"),
    ]
    graph = helper.make_graph(nodes, "one word", [ids, mask], [logits], constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def make_judge(folder: Path, **changes: Any) -> Path:
    """Write the folder; `changes` replace parts of judge.json."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(models.WordLevel(VOCABULARY, "[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "model.onnx").write_bytes(one_word_model().SerializeToString())
    files = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("model.onnx", "tokenizer.json")
    }
    described = {
        "version": "one-word-1",
        "files": files,
        "activation": "softmax",
        "attributes": {"toxicity": {"labels": [1]}},
        **changes,
    }
    (folder / "judge.json").write_text(json.dumps(described), "utf-8")
    return folder
