"""The ONNX judge: a large model of the operator's own choice, in a folder.

The folder holds `model.onnx`, a text classifier; `tokenizer.json`, as the library tokenizers writes
it; and `judge.json`, which says what the labels mean (see docs/operating.md). It needs the packages
onnxruntime and tokenizers, which the service does not install by itself.
"""

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from moderation.classifier.combination import LANGUAGES, Combination
from moderation.classifier.errors import ModelError
from moderation.classifier.judge import Answers, Floats
from moderation.classifier.model import log_odds, logistic
from moderation.classifier.onnx_description import DESCRIPTION, MODEL, TOKENIZER, Description
from moderation.classifier.scores import Language
from moderation.classifier.text import clip

if TYPE_CHECKING:
    from tokenizers import Encoding

NAME = "onnx"
# Seconds until a model that could not be loaded is tried again: each try may take seconds.
_PAUSE = 60.0
_INPUTS = {"input_ids", "attention_mask", "token_type_ids"}


class OnnxJudge:
    """Scores texts with the model in a folder. Loads it at the first use; threads may share it."""

    name = NAME

    def __init__(self, folder: Path, description: Description) -> None:
        self.version = description.version
        self.attributes = tuple(description.attributes)
        self._folder = folder
        self._description = description
        self._loading = threading.Lock()
        self._loaded: _Model | None = None
        self._try_at = 0.0

    def load(self) -> None:
        """Raise ModelError if a file was changed, is broken or does not fit the description."""
        self._model()

    def ask(self, texts: Sequence[str], languages: Sequence[Language]) -> Answers:
        model = self._model()
        read = [model.read(text) for text in texts]
        # One by one: a quantised model would score a text differently beside others.
        found = [self._calibrated(model.probabilities(tokens)) for tokens in read]
        pairs = zip(texts, read, strict=True)
        is_whole = [clip(text) == text and not tokens.overflowing for text, tokens in pairs]
        said = np.array(found).reshape(len(texts), len(self.attributes))
        return Answers(said, np.array(is_whole, dtype=np.bool_))

    def _calibrated(self, probabilities: Floats) -> list[float]:
        # Labels of a softmax exclude each other, those of sigmoids mostly come together.
        joined = np.sum if self._description.activation == "softmax" else np.max
        return [
            float(log_odds(joined(probabilities[list(each.labels)]))) * each.slope + each.offset
            for each in self._description.attributes.values()
        ]

    def _model(self) -> "_Model":
        with self._loading:
            if self._loaded is None:
                if time.monotonic() < self._try_at:
                    raise ModelError(f"{self._folder} could not be loaded a moment ago.")
                self._try_at = time.monotonic() + _PAUSE
                self._loaded = self._read()
            return self._loaded

    def _read(self) -> "_Model":
        """Load the model; errors of the libraries become ours, whose messages are logged."""
        try:
            return _Model(self._folder, self._description)
        except ImportError as error:
            raise ModelError(f"The package {error.name} is not installed.") from None
        except Exception as error:
            if not _is_of_library(error):
                raise
            raise ModelError(f"{MODEL} or {TOKENIZER} cannot be used: {error}") from None


def _is_of_library(error: Exception) -> bool:
    """Return whether onnxruntime raised the error, or tokenizers, which has no types of its own."""
    kind = type(error)
    return kind is Exception or kind.__module__.partition(".")[0] == "onnxruntime"


class _Model:
    """The two files, loaded and tried on a long text."""

    def __init__(self, folder: Path, description: Description) -> None:
        # Here, because the packages are optional.
        import onnxruntime
        from tokenizers import Tokenizer

        description.verify(folder)
        self._activation = description.activation
        options = onnxruntime.SessionOptions()
        # Each worker has its core, and a forked one would not have the threads of its parent.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / MODEL), options, providers=["CPUExecutionProvider"]
        )
        self._takes = {each.name for each in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(description.longest)
        self._try(description)

    def _try(self, description: Description) -> None:
        if unknown := self._takes - _INPUTS:
            raise ModelError(f"{MODEL} has inputs that are not known: {', '.join(unknown)}.")
        # As long as any, so that a model that reads less fails now.
        output = self._output(self.read("a " * description.longest))
        if output.ndim != 2 or len(output) != 1:
            raise ModelError(f"{MODEL} gives {output.shape} for a text, not (1, labels).")
        if not np.isfinite(output).all():
            raise ModelError(f"{MODEL} gives numbers that are not finite.")
        description.check_labels(output.shape[1])

    def read(self, text: str) -> "Encoding":
        """Return the tokens of the beginning of a text; `overflowing` has the rest."""
        return self._tokenizer.encode(clip(text).encode("utf-8", "replace").decode("utf-8"))

    def probabilities(self, tokens: "Encoding") -> Floats:
        """Return the probability of each label."""
        output = self._output(tokens)[0]
        if self._activation == "sigmoid":
            return logistic(output)
        powers = np.exp(output - output.max())
        return np.asarray(powers / powers.sum())

    def _output(self, tokens: "Encoding") -> Floats:
        # Some tokenizers make no token of an empty text, and a model needs one.
        inputs = {
            "input_ids": tokens.ids or [0],
            "attention_mask": tokens.attention_mask or [1],
            "token_type_ids": tokens.type_ids or [0],
        }
        given = {name: np.array([inputs[name]], np.int64) for name in self._takes}
        return np.asarray(self._session.run(None, given)[0], dtype=np.float64)


def combination(description: Description, attributes: Sequence[str]) -> Combination:
    """Return how its log odds are combined with those of the judges before it: a weighted mean.

    Raise ModelError if it has an attribute that they do not have.
    """
    if unknown := sorted(set(description.attributes) - set(attributes)):
        raise ModelError(
            f"{DESCRIPTION} names {', '.join(unknown)}: "
            f"the attributes of the model are {', '.join(attributes)}."
        )
    known = [description.attributes.get(name) for name in attributes]
    weights = np.array([each.weight if each else 0.0 for each in known])
    rows = np.ones((len(LANGUAGES), 1))
    never = np.full(len(weights), -np.inf)
    return Combination(never, weights, never, rows / (1 + weights), rows * 0 * weights)
