"""Limits apply to form and REST alike, with or without the broker."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from limits import parse_many

from comments.models import Article, Comment
from comments.reception import throttles
from comments.reception.receive import Visit, receive_comment
from comments.reception.throttles import (
    ThrottledError,
    admit_to_site,
)
from moderation.policy.verdict import Outcome, Reason
from tests.comments.reception.pages import FORM
from tests.comments.reception.pages import post as post_form
from tests.comments.reception.rest import GOOD, post
from tests.comments.reception.throttling import held, limit, refusals, waits
from tests.makers import decide, make_article, make_comment, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("throttles_on")]


def test_rest_answers_429_with_the_time_to_wait(
    client: Client, article: Article, settings: Any
) -> None:
    limit(settings, ADDRESS="1/minute")
    assert post(client, GOOD).status_code == 202
    response = post(client, {**GOOD, "text": "І ще одне."}, headers={"Accept-Language": "en"})
    assert response.status_code == 429
    assert response["Content-Type"] == "application/problem+json"
    assert 55 < int(response["Retry-After"]) <= 60
    assert response.json()["detail"].startswith(
        "You are sending comments faster than anyone can read"
    )
    assert Comment.objects.count() == 1


def test_the_form_shows_a_message_and_keeps_everything_typed(
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


def test_form_and_rest_share_the_limits(client: Client, article: Article, settings: Any) -> None:
    limit(settings, AUTHOR="1/minute")
    assert post(client, {**GOOD, "author_email": "Oksana@Example.org"}).status_code == 202
    assert post_form(client, article).status_code == 429


@pytest.mark.parametrize(
    ("whose", "other"),
    [("ADDRESS", {"address": "203.0.113.8"}), ("AUTHOR", {"author": "b"})],
)
def test_each_limit_has_its_own_counter(settings: Any, whose: str, other: dict[str, Any]) -> None:
    limit(settings, **{whose: "2/minute"})
    assert refusals(3) == [False, False, True]
    assert refusals(1, **other) == [False]


@pytest.mark.parametrize("whose", ["ADDRESS", "AUTHOR", "SITE"])
def test_every_rate_of_a_limit_applies(settings: Any, whose: str) -> None:
    limit(settings, **{whose: "5/minute;2/hour"})
    waited = [waits() for _ in range(3)]
    assert waited[:2] == [0, 0]
    assert 3500 < waited[2] <= 3600


def test_every_rate_of_an_articles_limit_applies(settings: Any) -> None:
    limit(settings, ARTICLE="5/minute;2/hour")
    full = [throttles.full_article_limit("main", "7") for _ in range(3)]
    assert full == [None, None, parse_many("2/hour")[0]]
    assert throttles.full_article_limit("main", "8") is None


def test_one_sender_cannot_use_up_the_sites_limit(settings: Any) -> None:
    limit(settings, ADDRESS="2/minute", SITE="3/minute")
    assert refusals(5) == [False, False, True, True, True]
    assert refusals(2, address="203.0.113.8") == [False, True]


def test_comments_without_a_proof_leave_room_for_those_with_one(settings: Any) -> None:
    limit(settings, SITE="4/minute")
    assert refusals(4, unproven=True) == [False, False, True, True]
    assert refusals(5) == [False, False, False, False, True]


def test_the_addresses_of_a_household_count_as_one(settings: Any) -> None:
    limit(settings, ADDRESS="1/minute")
    assert refusals(1, address="2001:db8::1") == [False]
    assert refusals(1, address="2001:db8::ffff") == [True]
    assert refusals(1, address="2001:db8:0:1::1") == [False]


@pytest.mark.parametrize(
    ("neighbour", "room"), [("2001:db8:0:{:x}::1", 2), ("2001:db8:0:{:x}00::1", 4)]
)
def test_a_wide_ipv6_network_gets_only_a_slightly_higher_limit(
    settings: Any, neighbour: str, room: int
) -> None:
    limit(settings, ADDRESS="1/minute")
    sent = [refusals(1, address=neighbour.format(number))[0] for number in range(8)]
    assert sent == [False] * room + [True] * (8 - room)
    assert refusals(1, address="2001:db8:1::1") == [False]


def test_comments_above_an_articles_limit_are_accepted_and_held(
    client: Client, article: Article, settings: Any
) -> None:
    limit(settings, ARTICLE="2/minute")
    for number in range(4):
        assert post(client, {**GOOD, "text": f"Думка {number}."}).status_code == 202
    assert held() == [False, False, True, True]
    assert post(client, GOOD, key=make_article().key).status_code == 202
    assert held()[-1] is False


def test_comments_refused_for_their_sender_do_not_count_for_the_article(
    client: Client, article: Article, settings: Any
) -> None:
    limit(settings, ADDRESS="1/minute", ARTICLE="2/minute")
    sent = [post(client, {**GOOD, "text": f"Думка {number}."}).status_code for number in range(5)]
    assert sent == [202, 429, 429, 429, 429]
    assert throttles.full_article_limit("main", article.key) is None
    assert throttles.full_article_limit("main", article.key) is not None


def test_a_flood_of_rejected_comments_holds_nobody_elses(
    client: Client, article: Article, settings: Any
) -> None:
    limit(settings, ARTICLE="2/minute")
    for number in range(3):
        post(client, {**GOOD, "text": f"Думка {number}."})
    for comment in Comment.objects.all():
        decide(comment, Outcome.REJECT, Reason.SPAM)
    post(client, {**GOOD, "text": "Чесна думка."})
    assert held() == [False, False, True, False]


def test_held_and_old_comments_do_not_count_for_the_articles_limit(
    client: Client, article: Article, settings: Any
) -> None:
    limit(settings, ARTICLE="2/minute")
    visit = Visit(address="203.0.113.7")
    for _ in range(2):
        receive_comment(article=article, draft=make_draft(looks_automated=True), visit=visit)
    post(client, {**GOOD, "text": "Думка."})
    make_comment(article)
    Comment.objects.update(created_at=timezone.now() - dt.timedelta(seconds=61))
    post(client, {**GOOD, "text": "Друга думка."})
    assert held() == [True, True, False, False, False]


@pytest.mark.parametrize("by", ["secret", "network"])
def test_others_who_use_an_e_mail_do_not_lock_its_owner_out(
    client: Client, article: Article, settings: Any, by: str
) -> None:
    limit(settings, AUTHOR="2/minute")
    hers = {"author_secret": "of-her-browser-and-of-nobody-else"} if by == "secret" else {}
    her_network = {"REMOTE_ADDR": "203.0.113.7"} if by == "network" else {}
    sent = [post(client, {**GOOD, "text": f"Чуже {n}."}).status_code for n in range(3)]
    assert sent == [202, 202, 429]
    own = [
        post(client, {**GOOD, **hers, "text": f"Своє {n}."}, **her_network).status_code
        for n in range(3)
    ]
    assert own == [202, 202, 429]


def test_a_long_copy_under_the_same_name_is_held_with_any_e_mail(
    client: Client, article: Article
) -> None:
    long = {**GOOD, "text": "Підтримую ремонт, але врахуйте п'ятницю в розкладі автобуса. " * 2}
    emails = ("olena@example.org", "olena@example.org", "taras@example.org")
    for email in emails:
        assert post(client, {**long, "author_email": email}).status_code == 202
    assert post(client, {**long, "author_name": "Інша"}).status_code == 202
    assert held() == [False, True, True, False]


def test_without_an_address_limits_still_apply(
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


def test_a_limit_over_several_minutes_lasts_that_long(settings: Any) -> None:
    limit(settings, SITE="1/5minutes")
    assert waits() == 0
    assert 290 < waits() <= 300


def test_a_full_site_does_not_blame_the_reader(settings: Any) -> None:
    limit(settings, SITE="1/minute")
    admit_to_site(site="main", unproven=False)
    with override("en"), pytest.raises(ThrottledError) as refused:
        admit_to_site(site="main", unproven=False)
    assert refused.value.sentence.startswith("We are receiving very many comments right now. Send")
