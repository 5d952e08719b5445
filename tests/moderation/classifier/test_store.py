"""A model that is missing, changed or made for another version is refused with one sentence."""

import json
import shutil
from pathlib import Path

import pytest

from moderation.classifier import ModelError, load, store
from moderation.classifier.store import INFO_FILE, SHIPPED, WEIGHTS_FILE


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    return folder


def test_a_copied_model_scores_the_same(copied: Path) -> None:
    assert load(copied).version == load().version
    assert load(str(copied)).score(["слово"]) == load().score(["слово"])


def test_changed_weights_are_refused(copied: Path) -> None:
    content = bytearray((copied / WEIGHTS_FILE).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / WEIGHTS_FILE).write_bytes(content)
    with pytest.raises(ModelError, match="was changed"):
        load(copied)


@pytest.mark.parametrize("name", [WEIGHTS_FILE, INFO_FILE])
def test_a_missing_file_is_refused(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelError, match=name):
        load(copied)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="There is no model"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize("field", ["format", "bits", "signals"])
def test_a_model_of_another_version_is_refused(copied: Path, field: str) -> None:
    info = json.loads((copied / INFO_FILE).read_text("utf-8"))
    info["layout"][field] = "0.1"
    (copied / INFO_FILE).write_text(json.dumps(info), "utf-8")
    with pytest.raises(ModelError, match="another version"):
        load(copied)


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the store logged, without messages of other tests' threads."""
    return [record.message for record in caplog.records if record.name == store.__name__]


@pytest.mark.parametrize("field", ["numpy", "tables"])
def test_a_model_made_with_other_libraries_is_used_with_a_warning(
    copied: Path, field: str, caplog: pytest.LogCaptureFixture
) -> None:
    info = json.loads((copied / INFO_FILE).read_text("utf-8"))
    info["made_with"][field] = "0.1"
    (copied / INFO_FILE).write_text(json.dumps(info), "utf-8")
    assert load(copied).score(["слово"]) == load().score(["слово"])
    (warning,) = logged(caplog)
    assert f"made with other {field} (0.1" in warning


def test_the_shipped_model_is_loaded_without_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    load()
    assert logged(caplog) == []


@pytest.mark.parametrize("content", ["not json", "[]", ""])
def test_a_broken_description_is_refused(copied: Path, content: str) -> None:
    (copied / INFO_FILE).write_text(content, "utf-8")
    with pytest.raises(ModelError, match="broken"):
        load(copied)


def test_the_shipped_model_is_small() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < 30_000_000
