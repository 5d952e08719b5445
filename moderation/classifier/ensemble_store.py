"""Write and read the second judge of a model folder, and load the model with its judges."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moderation.classifier import embedding_judge, onnx_description, onnx_judge, store
from moderation.classifier.combination import LANGUAGES, Combination
from moderation.classifier.embedding_judge import EmbeddingJudge, Head
from moderation.classifier.ensemble import Ensemble, Member
from moderation.classifier.errors import ModelError
from moderation.classifier.onnx_judge import OnnxJudge
from moderation.classifier.word_table import WordTable

SECOND_FILE = "second.npz"
_HEAD = tuple(field.name for field in fields(Head))
COMBINATION = tuple(field.name for field in fields(Combination))


def save_second(
    folder: Path, head: Head, table: WordTable, combination: Combination, info: dict[str, Any]
) -> str:
    """Write the embedding judge beside the weights in `folder` and return its version.

    `info` has at least the thresholds that belong to the scores of both judges.
    """
    described = {
        "name": embedding_judge.NAME,
        "encoder": embedding_judge.ENCODER,
        "languages": list(LANGUAGES),
        **info,
    }
    arrays = asdict(head) | {"words": table.packed} | asdict(combination)
    return _write_second(folder, arrays, described)


def _write_second(
    folder: Path, arrays: Mapping[str, NDArray[Any]], described: Mapping[str, Any]
) -> str:
    content = store.packed(arrays)
    (folder / SECOND_FILE).write_bytes(content)
    version = store.version_of(content)
    facts = {"version": version, "weights": store.description(SECOND_FILE, content)}
    store.write_info(folder, store.read_info(folder) | {"second": {**described, **facts}})
    return version


def set_thresholds(folder: Path, thresholds: dict[str, dict[str, float]]) -> None:
    """Change the thresholds that the model in `folder` recommends for the scores of all judges."""
    info = store.read_info(folder)
    info["second"]["thresholds"] = thresholds
    store.write_info(folder, info)


def shift(folder: Path, shifts: NDArray[np.float64]) -> None:
    """Add `shifts`, (languages, attributes), to the log odds of all judges together."""
    described = store.read_info(folder)["second"]
    content = store.verified(folder, SECOND_FILE, described["weights"])
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        changed = dict(arrays) | {"offsets": arrays["offsets"] + shifts}
    _write_second(folder, changed, described)


def load(
    path: str | Path | None = None, second: str = "embedding", onnx: str | Path = ""
) -> Ensemble:
    """Load the shipped model, or the one in the folder `path`, with its second judge if it has one.

    `onnx` is the folder of a third one. What the judges need is loaded later, when they are first
    asked. Raise ModelError as `store.load` does.
    """
    folder = store.SHIPPED if path is None else Path(path)
    model = _with_second(folder, second)
    if not onnx:
        return model
    described = onnx_description.read(Path(onnx))
    combination = onnx_judge.combination(described, model.attributes)
    third = Member(OnnxJudge(Path(onnx), described), combination, is_slow=True)
    return Ensemble(model.fast, [*model.members, third], model.thresholds)


def _with_second(folder: Path, second: str) -> Ensemble:
    fast, described = store.load(folder), store.read_info(folder).get("second")
    if second == "off" or described is None:
        return Ensemble(fast)
    content = store.verified(folder, SECOND_FILE, described.get("weights", {}))
    try:
        if described["languages"] != list(LANGUAGES):
            raise ValueError(f"its languages are {described['languages']}")
        member = _member(content, fast.attributes, str(described["version"]))
        return Ensemble(fast, [member], store.thresholds_in(described, fast.attributes))
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise ModelError(f"The second judge in {folder} is broken: {error}.") from None


def _member(content: bytes, attributes: tuple[str, ...], version: str) -> Member:
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        head = Head(**{name: arrays[name] for name in _HEAD})
        combination = Combination(**{name: arrays[name] for name in COMBINATION})
        table = WordTable(arrays["words"])
    return Member(EmbeddingJudge(head, table, attributes, version), combination)
