"""SQLite has one writer at a time: the next continues as soon as the first is done."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from comments.models import Article
from tests.makers import make_article

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has many writers"),
]


@contextmanager
def another_writer(seconds: float) -> Iterator[None]:
    """The transaction of another process, already begun, that ends after this many seconds."""
    other = sqlite3.connect(
        str(connection.settings_dict["NAME"]),
        isolation_level=None,
        check_same_thread=False,
        uri=True,
    )
    other.execute("BEGIN IMMEDIATE")
    end = threading.Timer(seconds, other.execute, ["COMMIT"])
    end.start()
    try:
        yield
    finally:
        end.join()
        other.close()


def waited_for(seconds: float) -> float:
    begun = time.perf_counter()
    with another_writer(seconds), transaction.atomic():
        waited = time.perf_counter() - begun
        Article.objects.update(title="written")
    return waited


def test_a_writer_continues_milliseconds_after_the_other_one_ends() -> None:
    make_article()
    late = sorted(waited_for(0.15) - 0.15 for _ in range(5))
    # SQLite's own waiting would retry after up to a tenth of a second.
    assert late[2] < 0.015
    assert Article.objects.filter(title="written").exists()


def test_a_writer_gives_up_after_the_databases_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
    begun = time.perf_counter()
    with (
        another_writer(0.5),
        pytest.raises(OperationalError, match="locked"),
        transaction.atomic(),
    ):
        pass
    assert 0.1 <= time.perf_counter() - begun < 0.8
    with transaction.atomic():
        assert not Article.objects.exists()


def test_a_single_statement_waits_as_long() -> None:
    make_article()
    with another_writer(0.3):
        Article.objects.update(title="written")
    assert Article.objects.filter(title="written").exists()


def test_a_waiting_writer_does_not_block_the_garbage_collector_of_another_thread() -> None:
    """Garbage of the waiting connection may be collected in the thread that holds the lock."""
    article = make_article()
    garbage: list[Any] = []
    failed, locked = threading.Event(), threading.Event()

    def write() -> None:
        connection.ensure_connection()
        garbage.append(connection.connection.cursor())
        with suppress(sqlite3.IntegrityError):
            garbage[0].execute(f"INSERT INTO comments_article (id) VALUES ({article.pk})")
        failed.set()
        locked.wait(10)
        Article.objects.update(title="written")
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert failed.wait(10)
    with transaction.atomic():
        locked.set()
        time.sleep(0.2)
        begun = time.perf_counter()
        # Resets the failed statement, which needs the other connection's mutex.
        garbage.clear()
        assert time.perf_counter() - begun < 5
    writer.join()
    assert Article.objects.filter(title="written").exists()
