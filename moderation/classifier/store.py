"""Write and read a model folder: arrays without pickles, a JSON description and a checksum."""

import hashlib
import io
import json
import logging
import re
import zipfile
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moderation.classifier import characters
from moderation.classifier.errors import ModelError
from moderation.classifier.features import BITS, FORMAT, LONGEST
from moderation.classifier.handcrafted import SIGNALS
from moderation.classifier.language import LanguageTables
from moderation.classifier.model import Classifier, Weights

WEIGHTS_FILE = "weights.npz"
INFO_FILE = "info.json"
SHIPPED = Path(__file__).parent / "shipped"
VERSION_CHARACTERS = 12
_TABLES = tuple(field.name for field in fields(LanguageTables))
# The tables that text is folded by. The weights fit no others.
_FOLDING_TABLES = (
    *("LOWER", "KIND", "CYRILLIC_TWIN", "LATIN_TWIN"),
    *("LEET_TO_CYRILLIC", "LEET_TO_LATIN", "FOLD"),
)
_ARRAYS = ("grams", "squares", "signals", "bias", "slopes", "offsets")
# An attribute is stored as a reason and is part of the names of form fields.
_ATTRIBUTE = re.compile("[a-z][a-z_]{0,19}")
_LIMITS = ("hold_at", "reject_at")


logger = logging.getLogger(__name__)


def layout() -> dict[str, Any]:
    """Describe what a model must have in common with this code to be usable."""
    return {
        "format": FORMAT,
        "bits": BITS,
        "longest": LONGEST,
        "signals": list(SIGNALS),
    }


def made_with() -> dict[str, str]:
    """Describe what may differ with little effect on the scores: the minor version of NumPy, and
    a digest of the folding tables, which depend on Python's version of Unicode.
    """
    tables = b"".join(getattr(characters, name).tobytes() for name in _FOLDING_TABLES)
    return {
        "numpy": ".".join(np.__version__.split(".")[:2]),
        "tables": hashlib.sha256(tables).hexdigest(),
    }


def save(folder: Path, weights: Weights, info: dict[str, Any]) -> str:
    """Write the weights and `info` into `folder` and return the model's version.

    The same weights and info give the same bytes.
    """
    arrays = {name: getattr(weights, name) for name in _ARRAYS}
    arrays |= {name: getattr(weights.languages, name) for name in _TABLES}
    content = packed(arrays)
    described = {
        "version": version_of(content),
        "weights": description(WEIGHTS_FILE, content),
        "layout": layout() | {"attributes": list(weights.attributes)},
        "made_with": made_with(),
        **info,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / WEIGHTS_FILE).write_bytes(content)
    write_info(folder, described)
    return version_of(content)


def packed(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return a file with these arrays; the same arrays give the same bytes."""
    written = io.BytesIO()
    np.savez_compressed(written, allow_pickle=False, **arrays)
    return written.getvalue()


def version_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:VERSION_CHARACTERS]


def description(file: str, content: bytes) -> dict[str, Any]:
    """Return what a model's description says of one of its files."""
    digest = hashlib.sha256(content).hexdigest()
    return {"file": file, "sha256": digest, "bytes": len(content)}


def set_thresholds(folder: Path, thresholds: dict[str, dict[str, float]]) -> None:
    """Change the thresholds that the model in `folder` recommends. Its version stays the same."""
    write_info(folder, read_info(folder) | {"thresholds": thresholds})


def write_info(folder: Path, info: dict[str, Any]) -> None:
    written = json.dumps(info, indent=2, ensure_ascii=False) + "\n"
    (folder / INFO_FILE).write_text(written, encoding="utf-8")


def read_info(folder: Path) -> dict[str, Any]:
    """Return the description of the model in `folder`. Raise ModelError if there is none."""
    try:
        info = json.loads((folder / INFO_FILE).read_text(encoding="utf-8"))
    except OSError:
        raise ModelError(f"There is no model in {folder}: {INFO_FILE} cannot be read.") from None
    except ValueError:
        raise ModelError(f"The model in {folder} is broken: {INFO_FILE} is not JSON.") from None
    if not isinstance(info, dict):
        raise ModelError(f"The model in {folder} is broken: {INFO_FILE} is not an object.")
    return info


def _check_layout(info: dict[str, Any], folder: Path) -> None:
    for name, expected in layout().items():
        found = info.get("layout", {}).get(name)
        if found != expected:
            raise ModelError(
                f"The model in {folder} was made for another version of this program "
                f"({name} is {found}, here {expected}); run `make model` to make a new one."
            )


def _warn_of_differences(info: dict[str, Any], folder: Path) -> None:
    """Log a warning only: without a model every comment would be held."""
    for name, here in made_with().items():
        found = info.get("made_with", {}).get(name)
        if found != here:
            logger.warning(
                "the model in %s was made with other %s (%s, here %s): scores may differ slightly",
                *(folder, name, found, here),
            )


def verified(folder: Path, file: str, described: Mapping[str, Any]) -> bytes:
    """Return the content of a file. Raise ModelError unless it is as `described`."""
    try:
        content = (folder / file).read_bytes()
    except OSError:
        raise ModelError(f"There is no model in {folder}: {file} is missing.") from None
    if hashlib.sha256(content).hexdigest() != described.get("sha256"):
        raise ModelError(
            f"The model in {folder} was changed: {file} does not match the checksum in {INFO_FILE}."
        )
    return content


def _attributes(info: dict[str, Any]) -> tuple[str, ...]:
    """Return the attributes in the order of the columns. Raise ValueError if they are invalid."""
    names = tuple(info["layout"]["attributes"])
    if not names or len(set(names)) < len(names) or not all(map(_ATTRIBUTE.fullmatch, names)):
        raise ValueError(f"its attributes are missing or invalid: {names}")
    return names


def _check_columns(weights: Weights) -> None:
    for name in _ARRAYS:
        if name != "squares" and getattr(weights, name).shape[-1] != len(weights.attributes):
            raise ValueError(f"{name} does not have a column for each attribute")


def thresholds_in(
    info: Mapping[str, Any], attributes: tuple[str, ...]
) -> dict[str, dict[str, float]]:
    """Return the thresholds of each attribute. Raise ValueError if one is not from 0 to 1."""
    found: dict[str, dict[str, float]] = {name: info["thresholds"][name] for name in attributes}
    if not all(0 <= limits[limit] <= 1 for limits in found.values() for limit in _LIMITS):
        raise ValueError("a threshold is not from 0 to 1")
    return found


def load(path: str | Path | None = None) -> Classifier:
    """Load the shipped model, or the one in the folder `path`.

    Raise ModelError if it is missing, was changed, or was made for another format. A model made
    with another version of NumPy or with other tables is used, with a warning in the log.
    """
    folder = SHIPPED if path is None else Path(path)
    info = read_info(folder)
    _check_layout(info, folder)
    _warn_of_differences(info, folder)
    content = verified(folder, WEIGHTS_FILE, info.get("weights", {}))
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            tables = LanguageTables(**{name: arrays[name] for name in _TABLES})
            learned = {name: arrays[name] for name in _ARRAYS}
        weights = Weights(attributes=_attributes(info), **learned, languages=tables)
        _check_columns(weights)
        return Classifier(weights, str(info["version"]), thresholds_in(info, weights.attributes))
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise ModelError(f"The model in {folder} is broken: {error}.") from None
