"""judge.json: what the labels of an ONNX model mean, and which files belong to it."""

import hashlib
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moderation.classifier.errors import ModelError

DESCRIPTION, MODEL, TOKENIZER = "judge.json", "model.onnx", "tokenizer.json"
_ACTIVATIONS = ("softmax", "sigmoid")
# Decisions store the versions of three judges in 40 characters.
_LONGEST_VERSION = 12
# With fewer, nothing would be left beside the tokens that mark the start and the end.
_FEWEST_TOKENS = 8
_PARTS = {"version", "files", "activation", "attributes", "longest"}


@dataclass(frozen=True)
class Attribute:
    """Which labels of the model mean an attribute, and their calibration (Platt, 1999).

    weight: that of its log odds beside those of the judges before it, whose weight is 1.
    Raises ValueError for what cannot be used.
    """

    labels: tuple[int, ...]
    slope: float = 1.0
    offset: float = 0.0
    weight: float = 1.0

    def __post_init__(self) -> None:
        if not self.labels or len(set(self.labels)) < len(self.labels):
            raise ValueError("labels must be a list of different numbers")
        if any(type(label) is not int or label < 0 for label in self.labels):
            raise ValueError("labels are whole numbers from 0")
        if not all(map(_is_number, (self.slope, self.offset, self.weight))) or self.weight < 0:
            raise ValueError("slope, offset and weight must be numbers, the weight not below 0")


@dataclass(frozen=True)
class Description:
    """What judge.json says: the version, the checksums of the files, and the meaning of labels.

    activation: how the model's output becomes probabilities, softmax or sigmoid.
    longest: the number of tokens that are read.
    Raises ValueError for what cannot be used.
    """

    version: str
    files: dict[str, str]
    activation: str
    attributes: dict[str, Attribute]
    longest: int = 128

    def __post_init__(self) -> None:
        if not isinstance(self.version, str) or not 0 < len(self.version) <= _LONGEST_VERSION:
            raise ValueError(f"version must have 1 to {_LONGEST_VERSION} characters")
        if missing := {MODEL, TOKENIZER} - set(self.files):
            raise ValueError(f"files lacks {' and '.join(sorted(missing))}")
        if not self.attributes or self.activation not in _ACTIVATIONS:
            raise ValueError("it needs attributes, and an activation: softmax or sigmoid")
        if type(self.longest) is not int or self.longest < _FEWEST_TOKENS:
            raise ValueError(f"longest must be a whole number from {_FEWEST_TOKENS}")

    def verify(self, folder: Path) -> None:
        """Raise ModelError unless each file is there and has its checksum."""
        for name, wanted in self.files.items():
            try:
                with (folder / name).open("rb") as file:
                    found = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError as error:
                raise ModelError(f"{name} cannot be read: {error.strerror}.") from None
            if found != wanted:
                raise ModelError(f"{name} does not match its checksum in {DESCRIPTION}.")

    def check_labels(self, count: int) -> None:
        """Raise ModelError if a model with so many labels cannot be meant."""
        highest = max(max(each.labels) for each in self.attributes.values())
        if highest >= count:
            raise ModelError(
                f"{DESCRIPTION} names label {highest}, but {MODEL} has {count}, counted from 0."
            )
        most = max(len(each.labels) for each in self.attributes.values())
        if self.activation == "softmax" and most == count:
            raise ModelError(
                f"An attribute in {DESCRIPTION} has all labels of {MODEL}, so its probability "
                f"is always 1; a model with one label needs the activation sigmoid."
            )


def read(folder: Path) -> Description:
    """Read judge.json. Raise ModelError if it is missing or says too little."""
    try:
        return _described(json.loads((folder / DESCRIPTION).read_text("utf-8")))
    except KeyError as error:
        reason = f"it lacks {error}"
    except OSError as error:
        reason = str(error.strerror)
    except (ValueError, TypeError, AttributeError) as error:
        reason = str(error)
    raise ModelError(f"{folder / DESCRIPTION} cannot be used: {reason}.")


def _described(found: dict[str, Any]) -> Description:
    if unknown := sorted(set(found) - _PARTS):
        raise ValueError(f"{', '.join(unknown)} is not known")
    attributes = {
        name: Attribute(**{**each, "labels": tuple(each["labels"])})
        for name, each in found["attributes"].items()
    }
    return Description(
        version=found["version"],
        files={str(name): str(wanted) for name, wanted in found["files"].items()},
        activation=found["activation"],
        attributes=attributes,
        longest=found.get("longest", Description.longest),
    )


def _is_number(value: object) -> bool:
    return type(value) in (int, float) and math.isfinite(value)  # type: ignore[arg-type]
