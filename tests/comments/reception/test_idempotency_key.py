"""A frontend that lost the answer sends the request again, and nothing happens twice."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from comments.models import AnsweredRequest, Article, Comment
from comments.reception.idempotency import Attempt, StillRunningError, drop_old_answers
from config.operations.tasks import drop_events
from moderation.models import Report
from moderation.services import moderate
from tests.comments.reception.rest import GOOD, errors, post
from tests.comments.reception.throttling import limit
from tests.makers import make_article, make_comment

pytestmark = pytest.mark.django_db
KEY = "8e03978e-40d5-43e8-bc93-6894a57f9324"


def send(client: Client, sent: Any = GOOD, key: str = KEY, article: str = "mist") -> Any:
    return post(client, sent, article, headers={"Idempotency-Key": key})


def test_the_same_request_gets_the_first_answer_again(client: Client, article: Article) -> None:
    first = send(client)
    moderate(comment_id=first.json()["id"])
    again = send(client)
    assert (first.status_code, again.status_code) == (202, 202)
    assert again.json() == first.json()
    assert ("Idempotency-Replayed" in first, again["Idempotency-Replayed"]) == (False, "true")
    assert Comment.objects.count() == 1


def test_without_a_key_nothing_is_remembered(client: Client, article: Article) -> None:
    assert post(client, GOOD).status_code == 202
    assert not AnsweredRequest.objects.exists()


def test_a_key_with_another_body_is_refused(client: Client, article: Article) -> None:
    send(client)
    other = send(client, {**GOOD, "text": "Зовсім інше."})
    assert other.status_code == 422
    assert other.json()["type"] == "urn:comments:problem:key-reused"
    assert Comment.objects.count() == 1


def test_a_request_that_is_being_answered_is_not_answered_twice(
    client: Client, article: Article
) -> None:
    send(client)
    AnsweredRequest.objects.update(answer=None, comment_number=None)
    busy = send(client)
    assert busy.status_code == 409
    assert busy.json()["type"] == "urn:comments:problem:unfinished"
    assert busy["Retry-After"] == "1"


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_is_stored(article: Article) -> None:
    def one(_: int) -> tuple[int, int]:
        answer = send(Client())
        connection.close()
        return answer.status_code, answer.json().get("id", 0)

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(one, range(12)))
    assert Comment.objects.count() == 1
    assert {status for status, _ in answers} <= {202, 409}
    assert {pk for status, pk in answers if status == 202} == {Comment.objects.get().pk}


def test_an_attempt_that_was_interrupted_after_storing_is_answered(
    client: Client, article: Article
) -> None:
    first = send(client).json()
    AnsweredRequest.objects.update(answer=None)
    again = send(client)
    assert (again.status_code, again.json()["id"]) == (202, first["id"])
    assert Comment.objects.count() == 1


def test_an_attempt_that_was_interrupted_before_storing_can_be_made_again(
    client: Client, article: Article
) -> None:
    send(client)
    long_ago = timezone.now() - dt.timedelta(minutes=2)
    AnsweredRequest.objects.update(answer=None, comment_number=None, started_at=long_ago)
    again = send(client, {**GOOD})
    assert (again.status_code, Comment.objects.count()) == (202, 2)


def test_an_attempt_that_was_taken_over_stores_nothing(client: Client, article: Article) -> None:
    comment = make_comment(article)
    late = Attempt.of(key=KEY, address="/", sender="", body=b"")
    with pytest.raises(StillRunningError):
        late.store(comment.pk)
    assert not AnsweredRequest.objects.exists()


def test_what_was_refused_can_be_corrected_under_the_same_key(
    client: Client, article: Article
) -> None:
    assert send(client, {**GOOD, "text": ""}).status_code == 400
    assert send(client, GOOD).status_code == 202


@pytest.mark.usefixtures("throttles_on")
def test_a_throttled_attempt_is_made_again_and_a_repetition_is_not_counted(
    client: Client, article: Article, settings: Any
) -> None:
    limit(settings, AUTHOR="1/minute")
    assert send(client, key="first").status_code == 202
    assert send(client, {**GOOD, "text": "Ще одна думка."}, key="second").status_code == 429
    assert send(client, key="first").status_code == 202
    limit(settings)
    assert send(client, {**GOOD, "text": "Ще одна думка."}, key="second").status_code == 202


def test_nobody_gets_the_answer_to_somebody_elses_request(client: Client, article: Article) -> None:
    mine = send(client, {**GOOD, "author_secret": "m" * 40}, key="1")
    other = send(client, {**GOOD, "author_secret": "o" * 40}, key="1")
    stranger = send(client, {**GOOD, "author_email": "ivan@example.org"}, key="1")
    numbers = [each.json()["id"] for each in (mine, other, stranger)]
    assert len(set(numbers)) == 3


def test_a_key_is_for_one_article(client: Client, article: Article) -> None:
    make_article(key="inshe")
    assert send(client).json()["id"] != send(client, article="inshe").json()["id"]


def test_a_report_is_answered_once_too(client: Client, article: Article) -> None:
    comment = make_comment(article)
    address = f"/api/v1/articles/mist/comments/{comment.pk}/reports/"
    sent = {"reason": "spam", "author_secret": "s" * 40}
    kind: dict[str, Any] = {"content_type": "application/json", "headers": {"Idempotency-Key": KEY}}
    first, again = (client.post(address, sent, **kind) for _ in range(2))
    other = client.post(address, {**sent, "reason": "hate"}, **kind)
    assert first.json() == again.json()
    assert (other.status_code, Report.objects.count()) == (422, 1)


@pytest.mark.parametrize("key", ["", "я", "a" * 256, "a\tb"])
def test_an_impossible_key_is_refused(client: Client, article: Article, key: str) -> None:
    answer = send(client, key=key)
    assert (answer.status_code, list(errors(answer))) == (400, ["#/Idempotency-Key"])


@pytest.mark.parametrize("body", ["[]", "null", '{"author_secret": ["\\ud83d"]}', "{", "[" * 9000])
def test_an_odd_body_with_a_key_is_a_problem_document(
    client: Client, article: Article, body: str
) -> None:
    answer = send(client, body)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_keys_are_forgotten_after_a_day(client: Client, article: Article) -> None:
    first = send(client).json()
    assert drop_old_answers() == 0
    yesterday = timezone.now() - dt.timedelta(hours=25)
    AnsweredRequest.objects.update(started_at=yesterday)
    assert send(client).json()["id"] != first["id"]
    AnsweredRequest.objects.update(started_at=yesterday)
    drop_events()
    assert not AnsweredRequest.objects.exists()


def test_nothing_that_was_sent_is_kept_in_the_clear(client: Client, article: Article) -> None:
    send(client, {**GOOD, "author_secret": "s" * 40})
    kept = str(AnsweredRequest.objects.values_list().get())
    for sent in (KEY, "s" * 40, *GOOD.values()):
        assert sent not in kept


def test_who_knows_the_key_and_the_email_but_not_the_secret_learns_nothing_elsewhere(
    client: Client, article: Article
) -> None:
    send(client)
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    answer = send(elsewhere)
    assert "Idempotency-Replayed" not in answer
    assert AnsweredRequest.objects.count() == 2
