"""The ONNX judge: a large model of the operator's own choice, in a folder.

The folder holds `model.onnx`, a text classifier; `tokenizer.json`, as the library tokenizers writes
it; and `judge.json`, which says what the labels mean (see docs/operating.md). It needs the packages
onnxruntime and tokenizers, which the service does not install by itself.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from moderation.classifier.combination import LANGUAGES, Combination
from moderation.classifier.errors import ModelError
from moderation.classifier.judge import Floats
from moderation.classifier.model import log_odds
from moderation.classifier.scores import Language

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

DESCRIPTION, MODEL, TOKENIZER = "judge.json", "model.onnx", "tokenizer.json"
NAME = "onnx"
_BATCH = 8
_ACTIVATIONS = ("softmax", "sigmoid")


@dataclass(frozen=True)
class Attribute:
    """Which labels of the model mean an attribute, and their calibration (Platt, 1999).

    weight: that of its log odds beside those of the judges before it, whose weight is 1.
    """

    labels: tuple[int, ...]
    slope: float = 1.0
    offset: float = 0.0
    weight: float = 1.0


@dataclass(frozen=True)
class Description:
    """What judge.json says: the version, the checksums of the files, and the meaning of labels.

    activation: how the model's output becomes probabilities, softmax or sigmoid.
    longest: the number of tokens that are read.
    """

    version: str
    files: dict[str, str]
    activation: str
    attributes: dict[str, Attribute]
    longest: int = 128


class OnnxJudge:
    """Scores texts with the model in a folder. Loads it at the first use."""

    name = NAME

    def __init__(self, folder: Path, description: Description) -> None:
        self._folder = folder
        self._description = description
        self.version = description.version
        self.attributes = tuple(description.attributes)

    def load(self) -> None:
        """Raise ModelError if a file was changed, ImportError without the packages."""
        for name, wanted in self._description.files.items():
            if hashlib.sha256((self._folder / name).read_bytes()).hexdigest() != wanted:
                raise ModelError(f"{name} does not match its checksum in {DESCRIPTION}.")
        self._probabilities([""])

    def log_odds(self, texts: Sequence[str], languages: Sequence[Language]) -> Floats:
        batches = [texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH)]
        width = len(self.attributes)
        return np.concatenate([np.zeros((0, width)), *map(self._batch, batches)])

    def _batch(self, texts: Sequence[str]) -> Floats:
        found = self._probabilities(texts)
        columns = [
            log_odds(found[:, list(each.labels)].sum(axis=1)) * each.slope + each.offset
            for each in self._description.attributes.values()
        ]
        return np.stack(columns, axis=1)

    def _probabilities(self, texts: Sequence[str]) -> Floats:
        """Return the probability of each label, (texts, labels)."""
        written = [each.encode("utf-8", "replace").decode("utf-8") for each in texts]
        read = self._tokenizer.encode_batch(written)
        inputs = {
            "input_ids": [each.ids for each in read],
            "attention_mask": [each.attention_mask for each in read],
            "token_type_ids": [each.type_ids for each in read],
        }
        wanted = {each.name for each in self._session.get_inputs()}
        given = {name: np.array(ids, np.int64) for name, ids in inputs.items() if name in wanted}
        output = np.asarray(self._session.run(None, given)[0], dtype=np.float64)
        if self._description.activation == "sigmoid":
            return np.asarray(1 / (1 + np.exp(-output)))
        powers = np.exp(output - output.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    @cached_property
    def _session(self) -> "InferenceSession":
        import onnxruntime

        return onnxruntime.InferenceSession(
            str(self._folder / MODEL), providers=["CPUExecutionProvider"]
        )

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        tokenizer.enable_truncation(self._description.longest)
        tokenizer.enable_padding()
        return tokenizer


def read(folder: Path) -> Description:
    """Read judge.json. Raise ModelError if it is missing or says too little."""
    try:
        found: dict[str, Any] = json.loads((folder / DESCRIPTION).read_text("utf-8"))
        attributes = {
            name: Attribute(**{**each, "labels": tuple(map(int, each["labels"]))})
            for name, each in found["attributes"].items()
        }
        if not attributes or found["activation"] not in _ACTIVATIONS:
            raise ValueError("it needs attributes, and an activation: softmax or sigmoid")
        return Description(
            version=str(found["version"])[:12],
            files={name: str(found["files"][name]) for name in (MODEL, TOKENIZER)},
            activation=found["activation"],
            attributes=attributes,
            longest=int(found.get("longest", Description.longest)),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{folder / DESCRIPTION} cannot be used: {error!r}.") from None


def combination(description: Description, attributes: Sequence[str]) -> Combination:
    """Return how its log odds are combined with those of the judges before it: a weighted mean."""
    known = [description.attributes.get(name) for name in attributes]
    weights = np.array([each.weight if each else 0.0 for each in known])
    rows = np.ones((len(LANGUAGES), 1))
    never = np.full(len(weights), -np.inf)
    return Combination(never, weights, never, rows / (1 + weights), rows * 0 * weights)
