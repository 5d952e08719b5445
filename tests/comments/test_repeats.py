"""The same said twice by one author in one place is stored once, however it is sent."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from comments.models import Article, Comment, Status
from comments.repeats import RepeatedError
from comments.services import Draft, submit_comment
from tests.comments.pages import FORM, page
from tests.comments.pages import post as post_form
from tests.comments.rest import GOOD, post
from tests.makers import make_article, make_comment, make_draft

pytestmark = pytest.mark.django_db
LONG = "Підтримую ремонт, але просимо врахувати п'ятницю в розкладі автобуса для лівого берега."


def test_rest_leads_to_what_became_of_the_first(client: Client, article: Article) -> None:
    first = post(client, GOOD).json()
    response = post(client, {**GOOD, "text": "ДЯКУЮ за   новину!!"})
    assert response.status_code == 409
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["type"] == "urn:comments:problem:repeated"
    assert client.get(problem["status_url"]).json()["id"] == first["id"]
    assert Comment.objects.count() == 1


def test_the_form_leads_to_the_first_in_another_browser_too(
    client: Client, article: Article
) -> None:
    first = post_form(client, article)
    other = Client()
    second = post_form(other, article)
    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert FORM["text"] in page(other, article)
    assert Comment.objects.count() == 1


def test_sending_a_form_ten_times_leaves_room_for_other_comments_of_the_browser(
    client: Client, article: Article
) -> None:
    post_form(client, article, text="Перше.")
    for _ in range(40):
        post_form(client, article, text="Друге.")
    shown = page(client, article)
    assert "Перше." in shown
    assert "Друге." in shown


@pytest.mark.parametrize(
    "other",
    [
        {"author_email": "taras@example.org"},
        {"text": "Дякую за новину про міст."},
        {"text": "Дякую за новину 2."},
        {"text": "👍👎"},
    ],
    ids=["another author", "another text", "another number", "another emoji"],
)
def test_what_differs_is_no_repeat(client: Client, article: Article, other: dict[str, str]) -> None:
    for text in (GOOD["text"], "👍👍", "Дякую за новину 1."):
        assert post(client, {**GOOD, "text": text}).status_code == 202
    assert post(client, {**GOOD, **other}).status_code == 202


def test_under_another_article_it_may_be_said_again(client: Client, article: Article) -> None:
    elsewhere = make_article()
    assert post(client, GOOD).status_code == 202
    assert post(client, GOOD, slug=elsewhere.slug).status_code == 202


def test_a_short_remark_may_be_made_to_several_people_and_a_long_text_may_not(
    client: Client, article: Article
) -> None:
    parents = [make_comment(article).pk, make_comment(article).pk]
    thanks = [post(client, {**GOOD, "parent": parent}).status_code for parent in parents]
    assert thanks == [202, 202]
    adverts = [post(client, {**GOOD, "text": LONG, "parent": p}).status_code for p in parents]
    assert adverts == [202, 409]


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.REJECTED])
def test_a_decided_comment_is_not_decided_again(article: Article, status: Status) -> None:
    draft = make_draft()
    first = make_comment(article, status, **vars(draft))
    with pytest.raises(RepeatedError) as caught:
        submit_comment(article=article, draft=draft)
    assert caught.value.first == first


def test_after_the_hours_that_are_set_it_may_be_said_again(article: Article, settings: Any) -> None:
    draft = make_draft()
    first = submit_comment(article=article, draft=draft)
    Comment.objects.filter(pk=first.pk).update(created_at=timezone.now() - dt.timedelta(hours=25))
    second = submit_comment(article=article, draft=draft)
    assert second != first
    with pytest.raises(RepeatedError) as caught:
        submit_comment(article=article, draft=draft)
    assert caught.value.first == second


def test_repeats_can_be_allowed(article: Article, settings: Any) -> None:
    settings.REPEAT_HOURS = 0
    draft = make_draft()
    assert submit_comment(article=article, draft=draft) != submit_comment(
        article=article, draft=draft
    )


def led_to(article: Article, draft: Draft, senders: int) -> set[int]:
    """The comments that so many senders of one draft are led to, all at once."""
    together = Barrier(senders)

    def send(_: int) -> int:
        together.wait()
        try:
            return submit_comment(article=article, draft=draft).pk
        except RepeatedError as error:
            return error.first.pk
        finally:
            connection.close()

    with ThreadPoolExecutor(senders) as pool:
        return set(pool.map(send, range(senders)))


@pytest.mark.django_db(transaction=True)
def test_of_many_sent_at_once_one_is_stored_and_all_lead_to_it() -> None:
    assert led_to(make_article(), make_draft(), 24) == {Comment.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_of_many_that_repeat_what_was_said_long_ago_one_is_stored() -> None:
    article, draft = make_article(), make_draft()
    for _ in range(6):
        Comment.objects.update(created_at=timezone.now() - dt.timedelta(hours=25))
        assert led_to(article, draft, 6) == {Comment.objects.latest("pk").pk}
    assert Comment.objects.count() == 6
