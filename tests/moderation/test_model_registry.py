"""A replaced model is used without a restart, unless it is broken."""

import logging
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from comments.models import DEFAULT_KEY, Comment, Status
from moderation import model_registry
from moderation.classifier import ensemble_store, load
from moderation.classifier.store import SHIPPED, WEIGHTS_FILE, set_thresholds
from moderation.model_registry import ScorerError, for_site
from moderation.models import Decision, Heartbeat
from moderation.services import site_policy
from tests.makers import make_comment
from tests.processes import Broker, database_url, wait_until, worker

NEVER = {"hold_at": 1.0, "reject_at": 1.0}
ALWAYS = {"hold_at": 0.0, "reject_at": 1.0}


@pytest.fixture
def folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped model, whose files are checked at each call."""
    copy = tmp_path / "model"
    shutil.copytree(SHIPPED, copy)
    settings.MODEL_DIR = str(copy)
    monkeypatch.setattr(model_registry, "CHECK_INTERVAL", 0.0)
    return copy


def holding(folder: Path) -> None:
    """The same weights with thresholds that hold every comment."""
    set_thresholds(folder, {"spam": ALWAYS, "toxicity": NEVER})
    ensemble_store.set_thresholds(folder, {"spam": ALWAYS, "toxicity": NEVER})


def truncate(folder: Path) -> None:
    weights = folder / WEIGHTS_FILE
    weights.write_bytes(weights.read_bytes()[:1000])


def test_a_model_is_loaded_once_while_its_files_do_not_change(folder: Path) -> None:
    assert for_site() is for_site()


@pytest.mark.django_db
def test_a_changed_model_replaces_the_one_in_use(folder: Path) -> None:
    before = for_site()
    holding(folder)
    assert for_site() is not before
    assert site_policy(DEFAULT_KEY).thresholds["spam"].hold_at == 0.0


def test_files_are_not_checked_again_before_the_interval_ends(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_registry, "CHECK_INTERVAL", 3600.0)
    before = for_site()
    holding(folder)
    assert for_site() is before


def test_if_a_changed_model_cannot_be_loaded_the_old_one_stays_and_an_error_is_logged(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = for_site()
    truncate(folder)
    assert for_site() is for_site() is before
    (logged,) = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert f"model {before.version} stays" in logged.getMessage()
    assert "does not match the checksum" in logged.getMessage()


def test_a_model_whose_files_have_disappeared_stays_in_use(folder: Path) -> None:
    before = for_site()
    shutil.rmtree(folder)
    assert for_site() is before


def test_a_copy_that_becomes_complete_is_loaded(folder: Path) -> None:
    before = for_site()
    whole = (folder / WEIGHTS_FILE).read_bytes()
    truncate(folder)
    holding(folder)
    assert for_site() is before
    (folder / WEIGHTS_FILE).write_bytes(whole)
    assert for_site().thresholds["spam"] == ALWAYS


def test_without_a_model_there_is_no_score(folder: Path) -> None:
    truncate(folder)
    with pytest.raises(ScorerError):
        for_site()


def test_concurrent_threads_share_one_copy(folder: Path) -> None:
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(for_site())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(map(id, found))) == 1


@pytest.mark.one_database
@pytest.mark.django_db(transaction=True)
def test_a_running_worker_uses_a_replaced_model(folder: Path, broker: Broker) -> None:
    name = str(connection.settings_dict["NAME"])
    beat = Heartbeat.objects.exclude(model_version="").exists
    with worker(database_url(name), MODEL_DIR=str(folder), SWEEP_EVERY="1"):
        first = make_comment(status=Status.PENDING, text="Дякую за новину, дуже цікаво.")
        wait_until(Decision.objects.filter(comment=first).exists, seconds=20, what="a verdict")
        wait_until(beat, seconds=20, what="a sweep")
        holding(folder)
        held = Comment.objects.filter(status=Status.HELD, reason="spam")

        def is_held() -> bool:
            make_comment(status=Status.PENDING, text="Дякую за новину, дуже цікаво.")
            return held.exists()

        wait_until(is_held, seconds=20, what="a verdict by the new model")
    first.refresh_from_db()
    assert first.status == Status.PUBLISHED
    assert held.first().decisions.get().model_version == load(folder).version  # type: ignore[union-attr]
