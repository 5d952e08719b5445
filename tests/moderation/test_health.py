"""/readyz turns red for each part that is out, and says which."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from moderation import services
from moderation.models import Heartbeat
from tests.processes import Broker

pytestmark = pytest.mark.django_db


def parts(client: Client) -> dict[str, str]:
    answer = client.get("/readyz")
    body = answer.json()
    assert answer.status_code == (200 if body["ready"] else 503)
    assert body["ready"] == (set(body["parts"].values()) == {"ok"})
    return {name: state for name, state in body["parts"].items() if state != "ok"}


def test_the_process_is_alive(client: Client) -> None:
    assert client.get("/healthz").content == b"ok"


def test_after_a_sweep_all_is_ready(client: Client, broker: Broker) -> None:
    services.sweep()
    assert parts(client) == {}


def test_before_any_worker_was_seen_it_is_not(client: Client, broker: Broker) -> None:
    assert set(parts(client)) == {"worker", "model"}


def test_a_worker_silent_for_long_is_out(client: Client, broker: Broker) -> None:
    services.sweep()
    Heartbeat.objects.update(seen_at=timezone.now() - dt.timedelta(minutes=5))
    assert set(parts(client)) == {"worker"}


def test_a_worker_without_a_model_is_said(client: Client, broker: Broker) -> None:
    Heartbeat.objects.create(seen_at=timezone.now(), model_version="")
    assert "MODEL_DIR" in parts(client)["model"]


def test_a_closed_broker_and_a_hung_one_are_out(client: Client, broker: Broker) -> None:
    services.sweep()
    with broker.closed():
        assert set(parts(client)) == {"broker"}
    with broker.hung():
        assert set(parts(client)) == {"broker"}
