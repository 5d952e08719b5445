"""Fixtures for all tests: a real broker, and a real worker on the test database."""

import atexit
import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from limits import parse_many

from comments.reception import throttles
from moderation.tasks import notifier
from tests.logs import without_triggers
from tests.processes import Broker, database_url, worker

TIMEOUT = throttles.TIMEOUT
# These start services and browsers, so run them first: the last tests should be short.
LONG = ("chaos", "deploy", "config", "browser", "flows", "fuzz")


def pytest_collection_finish() -> None:
    """Do not examine in each garbage collection what was imported."""
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _rank(item.path.relative_to(Path(__file__).parent).parts[0]))


def _rank(folder: str) -> int:
    return LONG.index(folder) if folder in LONG else len(LONG)


@pytest.fixture(scope="session", autouse=True)
def _no_last_notification() -> Iterator[None]:
    """At the end of the tests there is neither a broker nor a log."""
    yield
    notifier.stop()
    atexit.unregister(notifier.stop)


@pytest.fixture(scope="session", autouse=True)
def _emptied_logs() -> Iterator[None]:
    """Between tests Django empties all tables, which the triggers of the logs refuse."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_logs_too(self: Any, statements: list[str]) -> None:
        with without_triggers():
            flush(self, statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", flush_logs_too)
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """A test's rows are rolled back and their ids reused, so cached pages would be wrong."""
    cache.clear()


@pytest.fixture(autouse=True)
def _default_language() -> None:
    """A request leaves its language active in the thread, also for the tests that follow."""
    translation.deactivate()


@pytest.fixture(scope="session")
def _session_broker() -> Iterator[Broker]:
    broker = Broker(settings.BROKER_SOCKET)
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture
def broker(_session_broker: Broker, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    """An empty Valkey, and a notifier with nothing to send.

    The throttles wait a quarter of a second for it, which a busy test machine sometimes exceeds.
    """
    notifier.stop()
    _session_broker.wipe()
    monkeypatch.setattr(throttles, "TIMEOUT", 5.0)
    throttles.broker_counters.cache_clear()
    yield _session_broker
    throttles.broker_counters.cache_clear()


@pytest.fixture
def briefly_awaited_broker(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> Broker:
    """The same, with the service's own timeout."""
    monkeypatch.setattr(throttles, "TIMEOUT", TIMEOUT)
    return broker


@pytest.fixture
def running_worker(transactional_db: None, broker: Broker) -> Iterator[None]:
    """A Celery worker in its own process, on the test's database and broker."""
    with worker(database_url(str(connection.settings_dict["NAME"]))):
        yield


@pytest.fixture
def database_unavailable(transactional_db: None) -> Iterator[None]:
    """The database is unreachable until the end of the test."""
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "/nowhere/to/be/found"
    yield
    connection.close()
    connection.settings_dict["NAME"] = name


@pytest.fixture
def attack(broker: Broker, settings: Any) -> None:
    """More comments arrive than the site is used to."""
    settings.THROTTLES = True
    settings.PROOF_ABOVE = parse_many("1/minute")
    throttles.broker_backoff.stop()
    throttles.local_counters.cache_clear()
    throttles.count_arrival("main")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Report what was measured, and if no browser has tested the pages."""
    for report in terminalreporter.stats.get("passed", []):
        for _name, figure in filter(lambda kept: kept[0] == "figure", report.user_properties):
            terminalreporter.line(figure)
    unseen = [r for r in terminalreporter.stats.get("skipped", []) if "Chromium" in str(r.longrepr)]
    if unseen:
        terminalreporter.section("No browser", sep="!")
        terminalreporter.line(
            f"{len(unseen)} browser tests did not run: install Chromium and run them again."
        )
