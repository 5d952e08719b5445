"""/readyz reports in time a PostgreSQL that accepts connections or queries and does not answer."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import active_count

import psycopg
import pytest
from django.db import connection
from django.test import Client

from config.operations import health
from tests.chaos.databases import Postgres
from tests.processes import wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no server"),
]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postgres]:
    """A separate server to freeze, because the tests' server is shared."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    postgres = Postgres(tmp_path)
    monkeypatch.setitem(connection.settings_dict, "NAME", "postgres")
    monkeypatch.setitem(connection.settings_dict, "HOST", str(postgres.place))
    yield postgres
    postgres.stop()


def database(client: Client) -> str:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    return str(answer.json()["parts"]["database"])


def test_a_frozen_server_is_reported_in_time_and_leaves_one_thread_behind(
    client: Client, server: Postgres
) -> None:
    assert database(client) == "ok"
    threads = active_count()
    with server.hung():
        for _ in range(2):
            begun = time.monotonic()
            assert database(client).startswith("no answer within 3 seconds")
            assert time.monotonic() - begun < health.TIMEOUT + 1
            assert active_count() <= threads + 1
    wait_until(lambda: database(client) == "ok", what="the thaw")


@contextmanager
def locked(table: str) -> Iterator[None]:
    name = str(connection.settings_dict["NAME"])
    with psycopg.connect(**connection.get_connection_params() | {"dbname": name}) as other:
        other.execute(f"LOCK TABLE {table}")
        yield


def test_an_unanswered_query_is_reported_in_time(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "TIMEOUT", 0.5)
    with locked("django_migrations"):
        begun = time.monotonic()
        parts = client.get("/readyz").json()["parts"]
        assert time.monotonic() - begun < 2
    assert parts["database"].startswith("no answer within")
    assert parts["migrations"] == "unknown while the database is unavailable"
    wait_until(lambda: database(client) == "ok", what="the lock's end")
