"""judge.json says what a model's labels mean; what cannot be meant is refused with a reason."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from moderation.classifier import Ensemble, ModelError, load
from tests.moderation.classifier.onnx_models import KNOWN, LOGITS, make_judge, one_word_model
from tests.test_architecture import ROOT


def of(model: Ensemble, text: str) -> float:
    (found,) = model.score([text])
    return found.by_judge["onnx"]["toxicity"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"attributes": {}}, "it needs attributes"),
        ({"activation": "relu"}, "an activation: softmax or sigmoid"),
        ({"files": {}}, "files lacks model.onnx and tokenizer.json"),
        ({"longest": "many"}, "longest must be a whole number from 8"),
        ({"longest": 2}, "longest must be a whole number from 8"),
        ({"version": "a-name-that-is-cut"}, "version must have 1 to 12 characters"),
        ({"langest": 64}, "langest is not known"),
    ],
)
def test_a_description_that_cannot_be_meant_is_refused(
    tmp_path: Path, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ModelError, match=rf"judge\.json cannot be used: .*{reason}"):
        load(second="off", onnx=make_judge(tmp_path, **changes))


@pytest.mark.parametrize(
    ("attribute", "reason"),
    [
        ({}, "it lacks 'labels'"),
        ({"labels": []}, "labels must be a list"),
        ({"labels": [1, 1]}, "labels must be a list"),
        ({"labels": "1"}, "labels are whole numbers"),
        ({"labels": [-1]}, "labels are whole numbers"),
        ({"labels": [1], "weight": -1}, "the weight not below 0"),
        ({"labels": [1], "slope": "2"}, "must be numbers"),
        ({"labels": [1], "offset": np.nan}, "must be numbers"),
    ],
)
def test_an_attribute_that_cannot_be_meant_is_refused(
    tmp_path: Path, attribute: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ModelError, match=rf"judge\.json cannot be used: .*{reason}"):
        load(second="off", onnx=make_judge(tmp_path, attributes={"toxicity": attribute}))


def test_an_attribute_that_the_model_lacks_is_refused(tmp_path: Path) -> None:
    folder = make_judge(tmp_path, attributes={"toxic": {"labels": [1]}})
    with pytest.raises(
        ModelError, match="names toxic: the attributes of the model are spam, toxicity"
    ):
        load(second="off", onnx=folder)


@pytest.mark.parametrize(
    ("row", "labels", "reason"),
    [
        ([0.0, 0.0], [2], "names label 2, but model.onnx has 2"),
        ([0.0], [0], "needs the activation sigmoid"),
        ([0.0, 0.0], [0, 1], "has all labels"),
        ([np.nan, 0.0], [1], "not finite"),
    ],
)
def test_a_model_that_does_not_fit_its_description_is_refused(
    tmp_path: Path, row: list[float], labels: list[int], reason: str
) -> None:
    made = one_word_model(np.array([row, row], np.float32))
    folder = make_judge(tmp_path, made, attributes={"toxicity": {"labels": labels}})
    with pytest.raises(ModelError, match=reason):
        load(second="off", onnx=folder).members[0].judge.load()


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (one_word_model(mask_name="pixels"), "inputs that are not known: pixels"),
        (one_word_model(kept=1), "for a text, not"),
    ],
)
def test_what_is_no_classifier_of_texts_is_refused(tmp_path: Path, made: Any, reason: str) -> None:
    model = load(second="off", onnx=make_judge(tmp_path, made))
    with pytest.raises(ModelError, match=reason):
        model.members[0].judge.load()


def test_a_model_with_one_label_is_a_sigmoid(tmp_path: Path) -> None:
    said: dict[str, Any] = {"activation": "sigmoid", "attributes": {"toxicity": {"labels": [0]}}}
    made = one_word_model(LOGITS[:, 1:] * 200)
    model = load(second="off", onnx=make_judge(tmp_path, made, **said))
    assert of(model, KNOWN) > 0.99
    assert of(model, "Дякую") < 0.01


def test_the_highest_of_several_sigmoids_counts(tmp_path: Path) -> None:
    said: dict[str, Any] = {"activation": "sigmoid", "attributes": {"toxicity": {"labels": [0, 1]}}}
    made = one_word_model(np.array([[0.0, 0.0], [0.4, 0.3]], np.float32))
    model = load(second="off", onnx=make_judge(tmp_path, made, **said))
    assert of(model, KNOWN) == pytest.approx(0.599, abs=1e-3)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_broken_file_is_named_with_the_reason(tmp_path: Path, name: str) -> None:
    folder = make_judge(tmp_path, extra={name: b"broken"})
    with pytest.raises(ModelError, match=r"model\.onnx or tokenizer\.json cannot be used: .{20}"):
        load(second="off", onnx=folder).members[0].judge.load()


def test_a_package_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(ModelError, match="The package tokenizers is not installed"):
        load(second="off", onnx=make_judge(tmp_path)).members[0].judge.load()


def test_a_further_file_of_the_model_has_a_checksum_too(tmp_path: Path) -> None:
    """Large models keep their weights beside model.onnx."""
    folder = make_judge(tmp_path, extra={"model.onnx_data": b"weights"})
    model = load(second="off", onnx=folder)
    (folder / "model.onnx_data").write_bytes(b"others")
    with pytest.raises(ModelError, match=r"model\.onnx_data does not match its checksum"):
        model.members[0].judge.load()


def test_the_example_in_the_documents_can_be_used(tmp_path: Path) -> None:
    page = (ROOT / "docs/operating.md").read_text()
    section = page.partition("## A large model as a third judge")[2]
    example = section.partition("```json")[2].partition("```")[0]
    (tmp_path / "judge.json").write_text(example)
    assert load(second="off", onnx=tmp_path).members[0].judge.attributes == ("toxicity",)
