"""/readyz fails for each part that fails, and says which one and what to do."""

import datetime as dt
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from comments.models import Comment, Status
from config.operations import health
from config.operations.doctor import parts as doctor_parts
from config.operations.doctor.diagnosis import CheckError
from config.pipeline_timing import PipelineTiming
from moderation import pipeline
from moderation.models import Heartbeat
from tests.makers import make_comment
from tests.processes import Broker, database_url, wait_until, worker

pytestmark = pytest.mark.django_db(transaction=True)


def parts(client: Client) -> dict[str, str]:
    """Return the failing parts, after checking that the answer is consistent."""
    answer = client.get("/readyz")
    body = answer.json()
    assert answer.status_code == (200 if body["ready"] else 503)
    assert body["ready"] == (set(body["parts"].values()) == {"ok"})
    assert set(body["parts"]) == {
        "database", "migrations", "broker", "worker", "model", "disk", "pending"
    }  # fmt: skip
    return {name: state for name, state in body["parts"].items() if state != "ok"}


def names(beats: Iterable[Heartbeat]) -> set[str]:
    return {beat.worker for beat in beats}


def test_healthz_checks_only_the_process(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok"


def test_after_a_sweep_everything_is_ready(client: Client, broker: Broker) -> None:
    pipeline.sweep()
    assert parts(client) == {}


def test_without_any_sweep_the_service_is_not_ready(client: Client, broker: Broker) -> None:
    assert set(parts(client)) == {"worker", "model"}


@pytest.mark.one_database
def test_a_killed_worker_is_reported(
    client: Client, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "WORKER_SILENT", dt.timedelta(seconds=3))
    with worker(database_url(str(connection.settings_dict["NAME"]))):
        wait_until(lambda: parts(client) == {}, seconds=20, what="the worker's first sweep")
    wait_until(lambda: set(parts(client)) == {"worker"}, seconds=10, what="its being missed")


def test_a_worker_that_has_been_silent_for_long_is_reported(client: Client, broker: Broker) -> None:
    pipeline.sweep()
    Heartbeat.objects.update(seen_at=timezone.now() - dt.timedelta(minutes=5))
    assert set(parts(client)) == {"worker"}


@pytest.mark.one_database
def test_one_dead_worker_of_two_is_named_and_the_service_stays_ready(
    client: Client, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PipelineTiming, "worker_missing", dt.timedelta(seconds=4))
    database = database_url(str(connection.settings_dict["NAME"]))
    with worker(database, "-n", "one@here", SWEEP_EVERY="1"):
        with worker(database, "-n", "two@here", SWEEP_EVERY="1"):
            both = {"one@here", "two@here"}
            wait_until(lambda: names(Heartbeat.objects.live()) == both, seconds=30, what="both")
            assert "two@here" not in doctor_parts.sweep()
        wait_until(lambda: names(Heartbeat.objects.live()) == {"one@here"}, seconds=20, what="one")
        assert doctor_parts.sweep().endswith(": two@here")
        assert parts(client) == {}


def test_a_worker_missing_for_a_day_is_forgotten(broker: Broker) -> None:
    Heartbeat.objects.create(worker="old@there", seen_at=timezone.now() - dt.timedelta(hours=25))
    Heartbeat.objects.create(worker="new@there", seen_at=timezone.now() - dt.timedelta(hours=23))
    pipeline.sweep("one@here")
    assert names(Heartbeat.objects.all()) == {"new@there", "one@here"}


def test_one_worker_without_a_model_is_reported_despite_the_others(
    client: Client, broker: Broker
) -> None:
    pipeline.sweep("one@here")
    Heartbeat.objects.create(worker="two@here", seen_at=timezone.now())
    assert parts(client) == {}
    with pytest.raises(CheckError):
        doctor_parts.model()


def test_a_worker_without_a_model_is_reported(
    client: Client, broker: Broker, settings: Any, tmp_path: Path
) -> None:
    settings.MODEL_DIR = str(tmp_path)
    pipeline.sweep()
    assert "MODEL_DIR" in parts(client)["model"]


def test_a_closed_or_hung_broker_is_reported_without_delay(client: Client, broker: Broker) -> None:
    pipeline.sweep()
    with broker.closed():
        assert set(parts(client)) == {"broker"}
    with broker.hung():
        begun = time.monotonic()
        assert set(parts(client)) == {"broker"}
        assert time.monotonic() - begun < 1.2
    broker.wipe()
    assert parts(client) == {}


def test_an_unavailable_database_is_reported_once(
    client: Client, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.sweep()
    connection.close()
    gone = ("NAME", "/nowhere/db.sqlite3") if connection.vendor == "sqlite" else ("PORT", "1")
    with monkeypatch.context() as patched:
        patched.setitem(connection.settings_dict, *gone)
        patched.setattr(health, "database_folder", lambda: Path("/"))
        out = parts(client)
    assert out.pop("database") == "failed: OperationalError"
    assert set(out.values()) == {"unknown while the database is unavailable"}
    assert set(out) == {"migrations", "worker", "model", "pending"}
    assert parts(client) == {}


def test_without_a_free_thread_it_is_not_ready_and_recovers_afterwards(
    client: Client, broker: Broker
) -> None:
    pipeline.sweep()
    size = threading.stack_size(1 << 46)
    try:
        out = parts(client)
    finally:
        threading.stack_size(size)
    assert out["database"].startswith("not checked: no thread can be started")
    assert set(out) == {"database", "migrations", "worker", "model", "pending"}
    assert parts(client) == {}


def test_an_unmigrated_database_is_reported(client: Client, broker: Broker) -> None:
    pipeline.sweep()
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("moderation", "0001_initial")
    try:
        assert "manage.py migrate" in parts(client)["migrations"]
    finally:
        recorder.record_applied("moderation", "0001_initial")


def test_a_full_disk_is_reported(client: Client, broker: Broker, settings: Any) -> None:
    pipeline.sweep()
    settings.DISK_FREE_MB = 10**9
    out = parts(client)
    assert set(out) == {"disk"}
    assert "DISK_FREE_MB is 1000000000" in out["disk"]


def test_a_comment_that_waits_too_long_is_reported(client: Client, broker: Broker) -> None:
    pipeline.sweep()
    comment = make_comment(status=Status.PENDING)
    assert parts(client) == {}
    Comment.objects.filter(pk=comment.pk).update(
        created_at=timezone.now() - dt.timedelta(minutes=6)
    )
    assert "moderate_pending" in parts(client)["pending"]


def test_a_failed_part_is_logged_once_by_name(
    client: Client, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    health._failed.clear()
    settings.DISK_FREE_MB = 10**9
    for _ in range(3):
        client.get("/readyz")
    logged = [each.getMessage() for each in caplog.records if "disk" in each.getMessage()]
    assert len(logged) == 1
    assert logged[0].startswith("not ready: disk: ")
    assert "DISK_FREE_MB" in logged[0]
    settings.DISK_FREE_MB = 0
    client.get("/readyz")
    assert "ready again: disk" in caplog.messages
    health._failed.clear()
