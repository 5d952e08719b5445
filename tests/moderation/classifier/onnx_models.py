"""Make the folder of a third judge: a graph that knows one word, and its tokenizer."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

KNOWN = "парасолька"
VOCABULARY = {"[UNK]": 0, KNOWN: 1}
# The logits of harmless and toxic that each token adds.
LOGITS = np.array([[0.1, -0.1], [-6.0, 6.0]], dtype=np.float32)
Floats = NDArray[np.float32]


def one_word_model(
    table: Floats = LOGITS,
    mask_name: str = "attention_mask",
    *,
    join: str = "ReduceSum",
    kept: int = 0,
) -> onnx.ModelProto:
    """Join the table's rows of all tokens of a text: (texts, tokens) -> (texts, labels)."""
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])
    mask = helper.make_tensor_value_info(mask_name, TensorProto.INT64, ["texts", "tokens"])
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, None)
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["each"]),
        helper.make_node("Cast", [mask_name], ["real"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["real", "last"], ["column"]),
        helper.make_node("Mul", ["each", "column"], ["masked"]),
        helper.make_node(join, ["masked", "middle"], ["logits"], keepdims=kept),
    ]
    constants = [
        numpy_helper.from_array(table, "table"),
        numpy_helper.from_array(np.array([2], dtype=np.int64), "last"),
        numpy_helper.from_array(np.array([1], dtype=np.int64), "middle"),
    ]
    graph = helper.make_graph(nodes, "one word", [ids, mask], [logits], constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)


def make_judge(
    folder: Path,
    model: onnx.ModelProto | None = None,
    extra: Mapping[str, bytes] | None = None,
    **changes: Any,
) -> Path:
    """Write the folder: `extra` has further files, `changes` replace parts of judge.json."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(models.WordLevel(VOCABULARY, "[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "model.onnx").write_bytes((model or one_word_model()).SerializeToString())
    for name, content in (extra or {}).items():
        (folder / name).write_bytes(content)
    files = {
        each.name: hashlib.sha256(each.read_bytes()).hexdigest()
        for each in folder.iterdir()
        if each.is_file() and each.name != "judge.json"
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
