"""A frontend gets the numbers of comments of a whole page of articles in one request."""

import time
from typing import Any

import pytest
from django.test import Client

from comments.models import Site, Status
from moderation.policy.verdict import Outcome, Reason
from tests.comments.reception.rest import errors
from tests.makers import decide, make_article, make_comment

pytestmark = pytest.mark.django_db
COUNTS = "/api/v1/counts/"


def test_each_key_gets_the_number_of_comments_that_readers_see(client: Client) -> None:
    mist, park = make_article(key="mist"), make_article(key="park")
    make_comment(mist, parent=make_comment(mist))
    make_comment(park, status=Status.HELD)
    answer = client.get(f"{COUNTS}?keys=mist,park,ще-нема")
    assert answer.json() == {"counts": {"mist": 2, "park": 0, "ще-нема": 0}}
    assert client.get(f"{COUNTS}?keys=mist&keys=park").json()["counts"] == {"mist": 2, "park": 0}


def test_a_key_is_answered_in_the_spelling_in_which_it_was_sent(client: Client) -> None:
    make_comment(make_article(key="й"))
    assert client.get(COUNTS, {"keys": "и\u0306"}).json() == {"counts": {"и\u0306": 1}}


def test_each_site_has_its_own_numbers(client: Client) -> None:
    make_comment(make_article(key="mist"))
    Site.objects.create(key="second", name="Друга")
    assert client.get("/api/v1/sites/second/counts/?keys=mist").json()["counts"] == {"mist": 0}
    none = client.get("/api/v1/sites/third/counts/?keys=mist")
    assert (none.status_code, none.json()["type"]) == (404, "urn:comments:problem:no-site")


@pytest.mark.parametrize("keys", ["", ",", "a/b", "мряка,..", ",".join(map(str, range(101)))])
def test_too_few_too_many_and_impossible_keys_are_refused(client: Client, keys: str) -> None:
    answer = client.get(COUNTS, {"keys": keys})
    assert answer.status_code == 400
    assert list(errors(answer)) == ["#/keys"]


def test_the_numbers_may_be_kept_for_seconds_and_have_an_etag(client: Client) -> None:
    mist = make_article(key="mist")
    comment = make_comment(mist)
    first = client.get(f"{COUNTS}?keys=mist")
    assert "public" in first["Cache-Control"]
    assert "Accept-Language" not in first["Vary"]
    known = {"If-None-Match": first["ETag"]}
    assert client.get(f"{COUNTS}?keys=mist", headers=known).status_code == 304
    decide(comment, Outcome.REJECT, Reason.SPAM)
    assert client.get(f"{COUNTS}?keys=mist", headers=known).json()["counts"] == {"mist": 0}


def test_a_hundred_articles_take_one_query_and_less_than_twenty_milliseconds(
    client: Client, django_assert_num_queries: Any
) -> None:
    keys = [f"mist-cherez-tykhu-{number}" for number in range(100)]
    for key in keys:
        make_article(key=key)
    address, best = f"{COUNTS}?keys={','.join(keys)}", 1.0
    with django_assert_num_queries(1):
        assert len(client.get(address).json()["counts"]) == 100
    for _ in range(10):
        start = time.perf_counter()
        client.get(address)
        best = min(best, time.perf_counter() - start)
    assert best < 0.02
    print(f"counts of 100 articles: {best * 1000:.1f} ms")
