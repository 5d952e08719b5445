"""The counters of the throttles, and how long a refused reader has to wait."""

import time
from typing import Any

import pytest
import redis
from django.test import Client
from django.utils.translation import override
from limits import parse_many

from comments.models import Comment
from comments.reception import throttles
from comments.reception.throttles import (
    BrokerBackoff,
    ThrottledError,
    admit,
    broker_backoff,
)
from tests.comments.reception.rest import GOOD, post
from tests.comments.reception.throttling import limit, refusals, waits
from tests.makers import make_article
from tests.processes import Broker

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("throttles_on"),
    pytest.mark.one_database,
]


@pytest.mark.parametrize(
    ("wait", "advice"),
    [
        (1, "Send it again in 1 second. Nothing you typed is lost."),
        (2, "Send it again in 2 seconds. Nothing you typed is lost."),
        (99, "Send it again in 99 seconds. Nothing you typed is lost."),
        (100, "Send it again in 2 minutes. Nothing you typed is lost."),
        (3660, "Send it again in 61 minutes. Nothing you typed is lost."),
    ],
)
def test_a_throttled_request_says_when_to_try_again(wait: int, advice: str) -> None:
    with override("en"):
        assert ThrottledError("Full.", wait).sentence == f"Full. {advice}"


@pytest.mark.parametrize(
    ("wait", "advice"),
    [
        (1, "через 1 секунду: нічого з написаного не втрачено."),
        (2, "через 2 секунди: нічого з написаного не втрачено."),
        (100, "через 2 хвилини: нічого з написаного не втрачено."),
        (3600, "через 60 хвилин: нічого з написаного не втрачено."),
    ],
)
def test_the_ukrainian_advice_agrees_with_the_number(wait: int, advice: str) -> None:
    with override("uk"):
        sentence = ThrottledError("Повно.", wait).sentence
    assert sentence == f"Повно. Надішліть його ще раз {advice}"


def test_if_the_broker_fails_meanwhile_the_wait_is_the_full_period_of_the_limit(
    broker: Broker, settings: Any
) -> None:
    (rate,) = parse_many("1/minute")
    with broker.closed():
        assert throttles.seconds_left(rate, "anyone") == 60


def test_the_wait_lasts_until_the_earliest_counted_comment_expires(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(settings, AUTHOR="1/minute")
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now)
    assert waits() == 0
    for later, wait in ((0.5, 60), (40.5, 20), (59.5, 1)):
        monkeypatch.setattr("time.time", lambda later=later: now + later)
        assert waits() == wait


def test_the_page_briefly_caches_that_there_is_an_attack(
    broker: Broker, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PROOF_ABOVE = parse_many("1/minute")
    assert not throttles.count_arrival("main")
    assert throttles.count_arrival("main")
    broker.wipe()
    assert throttles.under_attack("main")
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + throttles.ATTACK_CACHE_SECONDS + 1)
    assert not throttles.under_attack("main")


def test_the_page_briefly_caches_that_there_is_no_attack(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PROOF_ABOVE = parse_many("1/minute")
    assert not throttles.under_attack("main")
    assert not throttles.count_arrival("main")
    assert not throttles.under_attack("main")
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + throttles.ATTACK_CACHE_SECONDS + 1)
    assert throttles.under_attack("main")


def test_an_unavailable_broker_is_logged_with_the_error(
    broker: Broker, caplog: pytest.LogCaptureFixture
) -> None:
    with broker.closed():
        admit(site="main", address="203.0.113.7", author="a")
    logged = [
        each.getMessage() for each in caplog.records if each.name == "comments.reception.throttles"
    ]
    assert logged == ["broker unavailable (ConnectionError): counting in this process"]


def test_counter_keys_do_not_change_between_versions(settings: Any) -> None:
    """Otherwise an upgrade would make used challenges valid again."""
    settings.SECRET_KEY = "of this test only"
    assert throttles.hashed_key("stamp:1") == "36d9fd0f259f2dc6264ff004cf7f54f0"


def test_a_process_tries_the_broker_first() -> None:
    assert BrokerBackoff().allows()


def test_with_the_broker_closed_this_process_counts(broker: Broker, settings: Any) -> None:
    limit(settings, ADDRESS="2/minute")
    with broker.closed():
        assert refusals(4) == [False, False, True, True]


def test_with_the_broker_hung_this_process_counts_and_only_one_reader_waits(
    briefly_awaited_broker: Broker, settings: Any
) -> None:
    limit(settings, ADDRESS="2/minute")
    with briefly_awaited_broker.hung():
        started = time.monotonic()
        assert refusals(20) == [False, False, *[True] * 18]
        assert time.monotonic() - started < 1


def test_a_broker_that_has_recovered_is_used_again(
    broker: Broker, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(settings, ADDRESS="1/minute")
    with broker.closed():
        refusals(1)
    assert refusals(1) == [True]
    monkeypatch.setattr(broker_backoff, "until", 0.0)
    assert refusals(2) == [False, True]
    assert broker_backoff.until is None


def test_the_broker_stores_neither_address_nor_author(
    client: Client, broker: Broker, settings: Any
) -> None:
    post(client, GOOD, key=make_article().key, REMOTE_ADDR="203.0.113.7")
    with redis.Redis(unix_socket_path=str(broker.socket)) as there:
        keys = b" ".join(there.keys("comments*"))  # type: ignore[arg-type]
    assert len(keys.split()) == 5
    assert b"203.0" not in keys
    assert b"olena" not in keys
    assert Comment.objects.get().author_key.encode() not in keys
