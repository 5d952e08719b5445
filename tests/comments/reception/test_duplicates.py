"""A comment that one writer sends twice is stored once; others are not affected."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from comments.models import Article, Comment, Status
from comments.reception.duplicates import is_copy, remember_copy
from comments.reception.services import Draft, submit_comment
from comments.reception.throttles import broker_backoff
from moderation.policy.verdict import Outcome, Reason
from moderation.privacy import erase_person
from tests.comments.reception.pages import browser, page
from tests.comments.reception.pages import post as post_form
from tests.comments.reception.rest import GOOD, post
from tests.makers import decide, make_article, make_comment, make_draft
from tests.processes import Broker

pytestmark = pytest.mark.django_db
SECRET = {"author_secret": "5f0e2c1a-9a39-4c3e-8c0f-2f1d7a90b6e4"}
MINE = {**GOOD, **SECRET}
LONG = "Підтримую ремонт, але просимо врахувати п'ятницю в розкладі автобуса для лівого берега."


def test_rest_answers_a_duplicate_with_the_status_of_the_first_comment(
    client: Client, article: Article
) -> None:
    first = post(client, MINE).json()
    response = post(client, {**MINE, "text": "ДЯКУЮ за   новину."})
    assert response.status_code == 202
    assert response.json()["id"] == first["id"]
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("secret", [{}, {"author_secret": "another-secret-that-is-long-enough"}])
def test_guessing_an_e_mail_correctly_gives_the_same_answer_as_a_wrong_guess(
    client: Client, article: Article, secret: dict[str, str]
) -> None:
    first = post(client, MINE).json()
    decide(Comment.objects.get(), Outcome.HOLD, Reason.TOXICITY)
    right = post(Client(), {**GOOD, **secret})
    wrong = post(Client(), {**GOOD, **secret, "author_email": "taras@example.org"})
    for guess in (right, wrong):
        assert guess.status_code == 202
        answer = guess.json()
        assert answer.keys() == first.keys()
        assert answer["id"] != first["id"]
        assert client.get(answer["status_url"]).json()["status"] == "pending"
    assert Comment.objects.count() == 3


def test_the_form_does_not_reveal_a_comment_sent_from_another_browser(article: Article) -> None:
    first = post_form(browser(article), article)
    comment = Comment.objects.get()
    decide(comment, Outcome.HOLD, Reason.LINKS)
    stranger = browser(article)
    second = post_form(stranger, article)
    assert second.status_code == 302
    assert second["Location"] != first["Location"]
    assert comment.anchor not in page(stranger, article)


def test_a_double_click_leads_to_the_same_comment(article: Article) -> None:
    reader = browser(article)
    first, second = post_form(reader, article), post_form(reader, article)
    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert Comment.objects.count() == 1


def test_another_tab_on_another_network_leads_to_the_same_comment(article: Article) -> None:
    reader = browser(article)
    post_form(reader, article)
    page(reader, article)
    reader.defaults["REMOTE_ADDR"] = "203.0.113.8"
    post_form(reader, article)
    assert Comment.objects.count() == 1


def test_an_earlier_comment_under_her_e_mail_does_not_block_her_own(article: Article) -> None:
    post_form(browser(article), article)
    decide(Comment.objects.get(), Outcome.REJECT, Reason.TOXICITY)
    post_form(browser(article), article)
    assert Comment.objects.filter(status=Status.PENDING).count() == 1


def test_sending_a_form_ten_times_does_not_use_up_the_browsers_limit(
    article: Article,
) -> None:
    reader = browser(article)
    post_form(reader, article, text="Перше.")
    for _ in range(40):
        post_form(reader, article, text="Друге.")
    shown = page(reader, article)
    assert "Перше." in shown
    assert "Друге." in shown


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"author_email": "taras@example.org"}),
        ({}, {"text": "Дякую за новину про міст."}),
        ({"text": "Дякую за новину 1."}, {"text": "Дякую за новину 2."}),
        ({"text": "👍👍"}, {"text": "👍👎"}),
        ({"text": "+1 за це"}, {"text": "−1 за це"}),
        ({"text": "Я за C++"}, {"text": "Я за C#"}),
        ({"text": "Так?"}, {"text": "Так!!!"}),
        ({"author_url": "https://olena.example"}, {"author_url": ""}),
        ({"author_name": "Олнеа"}, {"author_name": "Олена"}),
    ],
)
def test_different_comments_are_not_duplicates(
    client: Client, article: Article, first: dict[str, str], second: dict[str, str]
) -> None:
    answers = [post(client, {**MINE, **said}).json()["id"] for said in (first, second)]
    assert len(set(answers)) == Comment.objects.count() == 2


def test_the_same_text_may_be_sent_to_another_article(client: Client, article: Article) -> None:
    post(client, MINE)
    post(client, MINE, key=make_article().key)
    assert Comment.objects.count() == 2


def test_a_short_text_may_be_sent_to_several_people_but_not_a_long_one(
    client: Client, article: Article
) -> None:
    parents = [make_comment(article).pk, make_comment(article).pk]
    thanks = {post(client, {**MINE, "parent": parent}).json()["id"] for parent in parents}
    assert len(thanks) == 2
    adverts = {post(client, {**MINE, "text": LONG, "parent": p}).json()["id"] for p in parents}
    assert len(adverts) == 1


def test_a_published_comment_is_not_decided_again(article: Article) -> None:
    draft = make_draft(secret="s")
    first = make_comment(article, Status.PUBLISHED, **vars(draft))
    assert submit_comment(article=article, draft=draft) == first
    assert Comment.objects.count() == 1


def test_a_rejected_comment_may_be_sent_again(article: Article) -> None:
    draft = make_draft(secret="s")
    first = make_comment(article, Status.REJECTED, **vars(draft))
    second = submit_comment(article=article, draft=draft)
    assert (second == first, second.status) == (False, Status.PENDING)


def test_the_same_text_may_be_sent_again_after_the_configured_hours(article: Article) -> None:
    draft = make_draft(secret="s")
    first = submit_comment(article=article, draft=draft)
    Comment.objects.filter(pk=first.pk).update(created_at=timezone.now() - dt.timedelta(hours=25))
    second = submit_comment(article=article, draft=draft)
    assert second != first
    assert submit_comment(article=article, draft=draft) == second


def test_duplicates_can_be_allowed(article: Article, settings: Any) -> None:
    settings.REPEAT_HOURS = 0
    draft = make_draft(secret="s")
    assert submit_comment(article=article, draft=draft) != submit_comment(
        article=article, draft=draft
    )


def test_sending_an_erased_text_again_reveals_nothing(client: Client, article: Article) -> None:
    first = post(client, MINE).json()
    decide(Comment.objects.get(), Outcome.PUBLISH, Reason.CLEAN)
    erase_person(email=GOOD["author_email"], operator="op", remove=False)
    assert Comment.objects.get().duplicate_key is None
    assert post(client, MINE).json()["id"] != first["id"]


@pytest.mark.parametrize(
    ("hours", "length", "known"),
    [(24, 60, True), (1, 60, True), (0, 60, False), (24, 59, False)],
)
def test_a_long_text_is_recognised_as_a_copy_while_duplicates_are_checked(
    broker: Broker, article: Article, settings: Any, hours: int, length: int, known: bool
) -> None:
    settings.THROTTLES, settings.REPEAT_HOURS = True, hours
    broker_backoff.stop()
    first, second = (
        Comment(article=article, text="слово " * 9 + "і" * (length - 54)) for _ in "12"
    )
    assert not is_copy(first)
    remember_copy(first)
    assert is_copy(second) is known
    assert not is_copy(Comment(article=make_article(), text=second.text))


def led_to(article: Article, draft: Draft, senders: int) -> set[int]:
    """The comments that concurrent senders of one draft get."""
    together = Barrier(senders)

    def send(_: int) -> int:
        together.wait()
        try:
            return submit_comment(article=article, draft=draft).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(senders) as pool:
        return set(pool.map(send, range(senders)))


@pytest.mark.django_db(transaction=True)
def test_of_many_sent_at_once_one_is_stored_and_all_lead_to_it() -> None:
    assert led_to(make_article(), make_draft(secret="s"), 24) == {Comment.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_of_many_duplicates_of_an_old_comment_one_is_stored() -> None:
    article, draft = make_article(), make_draft(secret="s")
    for _ in range(6):
        Comment.objects.update(created_at=timezone.now() - dt.timedelta(hours=25))
        assert led_to(article, draft, 6) == {Comment.objects.latest("pk").pk}
    assert Comment.objects.count() == 6
