"""Too much is refused, by form and REST alike, whatever becomes of the broker."""

import time
from typing import Any

import pytest
import redis
from django.test import Client
from limits import RateLimitItem, parse_many

from comments import throttles
from comments.models import Article, Comment
from comments.throttles import ThrottledError, admit, counters_rest
from tests.comments.pages import FORM
from tests.comments.pages import post as post_form
from tests.comments.rest import GOOD, post
from tests.makers import make_article
from tests.processes import Broker

pytestmark = pytest.mark.django_db
PLENTY = parse_many("1000/minute")
WHOSE = ("ADDRESS", "AUTHOR", "ARTICLE", "SITE")


@pytest.fixture(autouse=True)
def _counting(broker: Broker, settings: Any) -> None:
    settings.THROTTLES = True
    limit(settings)
    counters_rest.end()
    throttles._own.cache_clear()


def limit(settings: Any, **rates: str) -> None:
    """Only these limits: the others have room for everything."""
    for whose in WHOSE:
        given: list[RateLimitItem] = parse_many(rates[whose]) if whose in rates else PLENTY
        setattr(settings, f"THROTTLE_{whose}", given)


def refusals(count: int, **over: Any) -> list[bool]:
    """Which of so many comments at once were refused."""
    sent = {"address": "203.0.113.7", "author_key": "a", "article_id": 1, **over}
    return [refused(**sent) for _ in range(count)]


def refused(**sent: Any) -> bool:
    try:
        admit(**sent)
    except ThrottledError as error:
        return 0 < error.wait <= 60
    return False


def test_rest_says_429_and_when_to_return(client: Client, article: Article, settings: Any) -> None:
    limit(settings, ADDRESS="1/minute")
    assert post(client, GOOD).status_code == 202
    response = post(client, {**GOOD, "text": "І ще одне."}, headers={"Accept-Language": "en"})
    assert response.status_code == 429
    assert response["Content-Type"] == "application/problem+json"
    assert 55 < int(response["Retry-After"]) <= 60
    assert response.json()["detail"].startswith("You send comments faster than anyone can read")
    assert Comment.objects.count() == 1


def test_the_form_says_it_in_a_sentence_and_keeps_everything_typed(
    client: Client, article: Article, settings: Any
) -> None:
    limit(settings, AUTHOR="1/minute")
    assert post_form(client, article).status_code == 302
    response = post_form(client, article, text="І ще одне, довше.")
    shown = response.content.decode()
    assert response.status_code == 429
    assert 55 < int(response["Retry-After"]) <= 60
    assert "Ви надсилаєте коментарі швидше, ніж їх встигають читати." in shown
    for kept in ("І ще одне, довше.", FORM["author_name"], FORM["author_email"]):
        assert kept in shown
    assert Comment.objects.count() == 1


def test_form_and_rest_count_together(client: Client, article: Article, settings: Any) -> None:
    limit(settings, AUTHOR="1/minute")
    assert post(client, {**GOOD, "author_email": "Oksana@Example.org"}).status_code == 202
    assert post_form(client, article).status_code == 429


@pytest.mark.parametrize(
    ("whose", "other"),
    [
        ("ADDRESS", {"address": "203.0.113.8"}),
        ("AUTHOR", {"author_key": "b"}),
        ("ARTICLE", {"article_id": 2}),
    ],
)
def test_each_limit_counts_its_own(settings: Any, whose: str, other: dict[str, Any]) -> None:
    limit(settings, **{whose: "2/minute"})
    assert refusals(3) == [False, False, True]
    assert refusals(1, **other) == [False]


def test_the_whole_site_has_a_limit_that_no_sender_uses_up_alone(settings: Any) -> None:
    limit(settings, ADDRESS="2/minute", SITE="3/minute")
    assert refusals(5) == [False, False, True, True, True]
    assert refusals(2, address="203.0.113.8") == [False, True]


def test_the_addresses_of_one_household_count_as_one(settings: Any) -> None:
    limit(settings, ADDRESS="1/minute")
    assert refusals(1, address="2001:db8::1") == [False]
    assert refusals(1, address="2001:db8::ffff") == [True]
    assert refusals(1, address="2001:db8:0:1::1") == [False]


def test_without_an_address_nobody_is_without_a_limit(
    client: Client, article: Article, settings: Any
) -> None:
    limit(settings, ADDRESS="1/minute")
    assert post(client, GOOD, REMOTE_ADDR="").status_code == 202
    other = {**GOOD, "author_email": "other@example.org"}
    assert post(client, other, REMOTE_ADDR="").status_code == 429


def test_limits_can_be_turned_off(settings: Any) -> None:
    limit(settings, SITE="1/minute")
    settings.THROTTLES = False
    assert refusals(3) == [False] * 3


def test_with_the_broker_closed_this_process_counts(broker: Broker, settings: Any) -> None:
    limit(settings, ADDRESS="2/minute")
    with broker.closed():
        assert refusals(4) == [False, False, True, True]


def test_with_the_broker_hung_this_process_counts_and_one_reader_waits(
    broker: Broker, settings: Any
) -> None:
    limit(settings, ADDRESS="2/minute")
    with broker.hung():
        started = time.monotonic()
        assert refusals(20) == [False, False, *[True] * 18]
        assert time.monotonic() - started < 1


def test_a_broker_that_is_back_counts_again(
    broker: Broker, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(settings, ADDRESS="1/minute")
    with broker.closed():
        refusals(1)
    assert refusals(1) == [True]
    monkeypatch.setattr(counters_rest, "until", 0.0)
    assert refusals(2) == [False, True]
    assert counters_rest.until is None


def test_the_broker_learns_neither_address_nor_author(
    client: Client, broker: Broker, settings: Any
) -> None:
    post(client, GOOD, slug=make_article().slug, REMOTE_ADDR="203.0.113.7")
    with redis.Redis(unix_socket_path=str(broker.socket)) as there:
        keys = b" ".join(there.keys("comments*"))  # type: ignore[arg-type]
    assert len(keys.split()) == 5
    assert b"203.0" not in keys
    assert b"olena" not in keys
    assert Comment.objects.get().author_key.encode() not in keys
