"""Comments that look automated go to a moderator, and nobody is turned away."""

from typing import Any

import pytest
from django.test import Client

from comments.models import Article, Comment
from comments.reception.challenges import new_challenge, read_challenge
from tests.comments.reception.challenge_client import (
    CIVIL,
    HELD,
    SHOWN,
    aged_challenge,
    challenge_on,
    moderated_status,
)
from tests.comments.reception.pages import FORM, browser, page
from tests.comments.reception.pages import post as post_form
from tests.comments.reception.rest import GOOD, errors, post

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("form_checks"),
    pytest.mark.one_database,
]


@pytest.mark.parametrize(
    ("age", "over", "expected"),
    [
        (2.5, {}, SHOWN),
        (12 * 3600, {}, SHOWN),
        (1, {"subject": "Casino"}, HELD),
        (60, {"subject": "Casino"}, HELD),
        (60, {"challenge": ""}, HELD),
        (60, {"challenge": "forged:1:x"}, HELD),
    ],
    ids=[
        "a quick reader",
        "a page open overnight",
        "the trap in a second",
        "the trap",
        "none",
        "forged",
    ],
)
def test_a_form_that_looks_automated_is_stored_and_held(
    client: Client,
    article: Article,
    monkeypatch: pytest.MonkeyPatch,
    age: float,
    over: dict[str, str],
    expected: Any,
) -> None:
    sent = {"text": CIVIL, "challenge": aged_challenge(monkeypatch, age), **over}
    assert post_form(client, article, **sent).status_code == 302
    assert moderated_status() == expected


def test_the_author_is_told_why_a_moderator_reads_first(client: Client, article: Article) -> None:
    post_form(client, article, text=CIVIL)
    moderated_status()
    assert "людина чи програма" in page(client, article)


def test_a_form_opened_days_ago_is_shown_again_with_everything_typed(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = aged_challenge(monkeypatch, 40 * 3600)
    response = post_form(client, article, text=CIVIL, challenge=old)
    shown = response.content.decode()
    assert response.status_code == 422
    assert "Ця сторінка була відкрита дуже довго." in shown
    for kept in (CIVIL, FORM["author_name"], FORM["author_email"]):
        assert kept in shown
    assert not Comment.objects.exists()
    fresh = challenge_on(shown)
    assert fresh != old
    # Sent at once, which is not too fast: everything was typed before.
    assert post_form(client, article, text=CIVIL, challenge=fresh).status_code == 302
    assert moderated_status() == SHOWN


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("uk", "Натисніть її, будь ласка, ще раз."), ("en", "Please press it again.")],
)
def test_a_form_sent_within_two_seconds_is_shown_again_and_can_then_be_sent_at_once(
    client: Client, article: Article, language: str, sentence: str
) -> None:
    sent = {**FORM, "text": CIVIL, "challenge": new_challenge("main").text, "remember": "on"}
    address = f"/{language}/articles/mist/"
    response = client.post(address, sent)
    shown = response.content.decode()
    assert response.status_code == 422
    assert sentence in shown
    for kept in (CIVIL, FORM["author_name"], FORM["author_email"], FORM["author_url"]):
        assert kept in shown
    assert not Comment.objects.exists()
    assert client.post(address, {**sent, "challenge": challenge_on(shown)}).status_code == 302
    assert moderated_status() == SHOWN


def test_a_form_that_is_sent_too_fast_is_shown_again_every_time(
    client: Client, article: Article
) -> None:
    for _ in range(3):
        assert post_form(client, article, challenge=new_challenge("main").text).status_code == 422
    assert not Comment.objects.exists()


@pytest.mark.parametrize("seconds", [0, 40 * 3600], ids=["in haste", "after days"])
@pytest.mark.parametrize("text", ["", "Так" + "\u202e", "1"], ids=["none", "hidden", "short"])
def test_a_corrected_form_is_not_shown_again(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch, seconds: float, text: str
) -> None:
    sent = {"text": text, "challenge": aged_challenge(monkeypatch, seconds)}
    shown = post_form(client, article, **sent).content.decode()
    assert "ще раз" not in shown
    assert post_form(client, article, text=CIVIL, challenge=challenge_on(shown)).status_code == 302
    assert moderated_status() == SHOWN


def test_a_filled_honeypot_is_held_without_asking_to_send_again(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = {"challenge": aged_challenge(monkeypatch, 40 * 3600), "subject": "Casino"}
    assert post_form(client, article, text=CIVIL, **sent).status_code == 302
    assert moderated_status() == HELD


def test_correcting_an_error_at_once_is_not_too_fast(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = aged_challenge(monkeypatch, 60)
    shown = post_form(client, article, text="", challenge=opened).content.decode()
    assert challenge_on(shown) == opened


def test_every_form_has_a_challenge_and_an_invisible_field(
    client: Client, article: Article
) -> None:
    shown = page(client, article)
    assert read_challenge(challenge_on(shown)).bits == 0
    assert 'class="field-extra" aria-hidden="true"' in shown
    assert "proof.js" not in shown


def test_rest_normally_needs_no_challenge(client: Client, article: Article) -> None:
    assert client.get("/api/v1/challenge/").json()["proof_bits"] == 0
    assert post(client, {**GOOD, "text": CIVIL}).status_code == 202
    assert moderated_status() == SHOWN


@pytest.mark.parametrize("age", [0, 40 * 3600])
def test_rest_refuses_an_invalid_challenge(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch, age: float
) -> None:
    wrong = {"challenge": aged_challenge(monkeypatch, age) + ("x" if age == 0 else "")}
    response = post(client, {**GOOD, **wrong})
    assert response.status_code == 400
    assert errors(response) == {"#/challenge": "expired" if age else "invalid"}


def test_a_challenge_is_valid_for_one_comment_only(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = aged_challenge(monkeypatch, 60)
    assert post_form(client, article, text=CIVIL, challenge=opened).status_code == 302
    again = post_form(client, article, text="Друге, з тієї самої сторінки.", challenge=opened)
    shown = again.content.decode()
    assert again.status_code == 422
    assert "Із цієї сторінки вже надіслано коментар." in shown
    assert "Друге, з тієї самої сторінки." in shown
    assert Comment.objects.count() == 1
    # Sent again at once: what was typed does not count as too fast.
    sent = {"text": "Друге, з тієї самої сторінки.", "challenge": challenge_on(shown)}
    assert post_form(client, article, **sent).status_code == 302
    automated = Comment.objects.values_list("looks_automated", flat=True).order_by("id")
    assert list(automated) == [False, False]


def test_a_form_that_was_sent_twice_needs_no_new_challenge(
    article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, opened = browser(article), aged_challenge(monkeypatch, 60)
    first, second = (post_form(reader, article, text=CIVIL, challenge=opened) for _ in range(2))
    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert moderated_status() == SHOWN
