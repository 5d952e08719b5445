"""A real transformer as a third judge. `make minilm` runs this: it needs a package of 83 MB."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnxruntime.quantization import quantize_dynamic
from scipy.special import erf, softmax
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from tokenizers import Tokenizer

from moderation.classifier import load
from moderation.classifier.judge import Judge
from tests.moderation.classifier import minilm
from tests.moderation.classifier.minilm_sentences import TRAINED, sentences
from tests.moderation.classifier.onnx_models import make_judge

pytestmark = pytest.mark.slow

Floats = NDArray[Any]


@pytest.fixture(scope="module")
def weights() -> minilm.Weights:
    return minilm.read_weights(minilm.installed() / "model.safetensors")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, weights: minilm.Weights) -> Path:
    """Train a head on the embeddings and write the folder, as an operator would."""
    made = tmp_path_factory.mktemp("minilm")
    written(made, minilm.classifier(weights, np.zeros(minilm.WIDTH), 0))
    texts = [text for part in sentences() for text in part[:TRAINED]]
    head = LogisticRegression(C=10).fit(embeddings(made, texts), [1] * TRAINED + [0] * TRAINED)
    return written(made, minilm.classifier(weights, head.coef_[0], head.intercept_[0]))


@pytest.fixture(scope="module")
def judge(folder: Path) -> Judge:
    return load(second="off", onnx=folder).members[0].judge


def written(folder: Path, model: onnx.ModelProto) -> Path:
    tokenizer = {"tokenizer.json": (minilm.installed() / "tokenizer.json").read_bytes()}
    attributes = {"toxicity": {"labels": [0]}}
    said: dict[str, Any] = {"activation": "sigmoid", "attributes": attributes, "longest": 256}
    return make_judge(folder, model, tokenizer, **said)


def log_odds(judge: Judge, texts: list[str]) -> Floats:
    return judge.ask(texts, ["en"] * len(texts)).log_odds[:, 0]


def held_out() -> tuple[list[str], list[int]]:
    harmful, harmless = (part[TRAINED:] for part in sentences())
    return harmful + harmless, [1] * len(harmful) + [0] * len(harmless)


def tokens(folder: Path, text: str) -> list[int]:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    return list(tokenizer.encode(text).ids)


def embeddings(folder: Path, texts: list[str], padding: int = 0) -> Floats:
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"))
    found = []
    for ids in (tokens(folder, text) for text in texts):
        given = {
            "input_ids": np.array([ids + [0] * padding]),
            "attention_mask": np.array([[1] * len(ids) + [0] * padding]),
        }
        found.append(session.run(["embedding"], given)[0][0])
    return np.array(found)


def reference(weights: minilm.Weights, ids: list[int]) -> Floats:
    """Compute an embedding as the paper of BERT says (Devlin et al., 2019), for one text."""

    def dense(name: str, values: Floats) -> Floats:
        return values @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def normalized(name: str, values: Floats) -> Floats:
        centred = values - values.mean(axis=1, keepdims=True)
        centred /= np.sqrt((centred**2).mean(axis=1, keepdims=True) + minilm.EPSILON)
        return centred * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    tables = [weights[f"embeddings.{each}_embeddings.weight"] for each in minilm.TABLES]
    values = tables[0][ids] + tables[1][: len(ids)] + tables[2][0]
    values = normalized("embeddings.LayerNorm", values)
    for name in (f"encoder.layer.{number}" for number in range(minilm.LAYERS)):
        own = [dense(f"{name}.attention.self.{each}", values) for each in ("query", "key", "value")]
        heads = [np.split(each, minilm.HEADS, axis=1) for each in own]
        mixed = np.hstack([attended(*head) for head in zip(*heads, strict=True)])
        mixed = dense(f"{name}.attention.output.dense", mixed)
        values = normalized(f"{name}.attention.output.LayerNorm", values + mixed)
        inner = dense(f"{name}.intermediate.dense", values)
        inner = dense(f"{name}.output.dense", inner * (1 + erf(inner / 2**0.5)) / 2)
        values = normalized(f"{name}.output.LayerNorm", values + inner)
    mean = values.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean))


def attended(queries: Floats, keys: Floats, contents: Floats) -> Floats:
    return np.asarray(softmax(queries @ keys.T / queries.shape[1] ** 0.5, axis=1) @ contents)


def test_the_graph_computes_what_the_model_was_trained_as(
    folder: Path, weights: minilm.Weights
) -> None:
    texts = held_out()[0]
    wanted = np.array([reference(weights, tokens(folder, text)) for text in texts])
    assert embeddings(folder, texts) == pytest.approx(wanted, abs=1e-3)
    assert embeddings(folder, texts, padding=9) == pytest.approx(wanted, abs=1e-3)


def test_sentences_that_it_has_not_seen_are_ranked(judge: Judge) -> None:
    texts, labels = held_out()
    area = roc_auc_score(labels, log_odds(judge, texts))
    print(f"area under the curve: {area:.3f}")
    assert area >= 0.8


def test_a_score_does_not_depend_on_what_is_scored_beside_it(judge: Judge) -> None:
    texts = [*held_out()[0], "word " * 600, "", "👍"]
    alone = np.concatenate([log_odds(judge, [text]) for text in texts])
    assert (log_odds(judge, texts) == alone).all()


def test_twenty_comments_take_little_time(judge: Judge) -> None:
    judge.load()
    begun = time.perf_counter()
    log_odds(judge, held_out()[0][:20])
    taken = time.perf_counter() - begun
    print(f"20 comments: {taken:.2f} s")
    assert taken < 5


def test_in_eight_bits_it_ranks_as_well_and_no_score_depends_on_others(
    folder: Path, tmp_path: Path, judge: Judge
) -> None:
    quantize_dynamic(folder / "model.onnx", tmp_path / "small.onnx")
    written(tmp_path, onnx.load(tmp_path / "small.onnx"))
    small, (texts, labels) = load(second="off", onnx=tmp_path).members[0].judge, held_out()
    found, wanted = log_odds(small, texts), log_odds(judge, texts)
    print(f"in eight bits: {roc_auc_score(labels, found):.3f}")
    assert np.corrcoef(found, wanted)[0, 1] > 0.95
    assert found == pytest.approx(np.concatenate([log_odds(small, [text]) for text in texts]))
