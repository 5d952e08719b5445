"""During an attack, comments with a proof are checked as usual and others are held."""

from typing import Any

import pytest
from django.test import Client
from limits import parse_many

from comments.models import Article, Comment
from comments.reception import throttles
from comments.reception.challenges import PROOF_BITS, read_challenge
from tests.comments.reception.challenge_client import (
    CIVIL,
    HELD,
    SHOWN,
    aged_challenge,
    challenge_on,
    moderated_status,
    proof_of,
)
from tests.comments.reception.pages import page
from tests.comments.reception.pages import post as post_form
from tests.comments.reception.rest import GOOD, post
from tests.makers import make_article
from tests.processes import Broker

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("form_checks"),
    pytest.mark.one_database,
]


def test_during_an_attack_page_and_rest_ask_for_a_proof(
    client: Client, article: Article, attack: None
) -> None:
    shown = page(client, article)
    assert f'data-bits="{PROOF_BITS}"' in shown
    assert "proof.js" in shown
    assert "Без JavaScript" in shown
    answer = client.get("/api/v1/challenge/")
    assert answer.json()["proof_bits"] == PROOF_BITS
    assert "no-store" in answer["Cache-Control"]


def test_during_an_attack_a_comment_with_a_proof_is_checked_as_usual(
    client: Client, article: Article, attack: None
) -> None:
    challenge = client.get("/api/v1/challenge/").json()["challenge"]
    sent = {**GOOD, "text": CIVIL, "challenge": challenge, "proof": proof_of(challenge)}
    assert post(client, sent).status_code == 202
    assert moderated_status() == SHOWN


@pytest.mark.parametrize("proof", ["", "1", "x" * 20])
def test_during_an_attack_a_comment_without_a_proof_is_held(
    client: Client, article: Article, attack: None, proof: str
) -> None:
    challenge = client.get("/api/v1/challenge/").json()["challenge"]
    sent = {**GOOD, "text": CIVIL, "challenge": challenge, "proof": proof}
    assert post(client, sent).status_code == 202
    assert moderated_status() == HELD


def test_a_proof_is_valid_for_one_comment(client: Client, article: Article, attack: None) -> None:
    challenge = client.get("/api/v1/challenge/").json()["challenge"]
    sent = {**GOOD, "challenge": challenge, "proof": proof_of(challenge)}
    for text in (CIVIL, "Друге, з тим самим доказом."):
        assert post(client, {**sent, "text": text}).status_code == 202
    automated = Comment.objects.values_list("looks_automated", flat=True).order_by("id")
    assert list(automated) == [False, True]


def test_without_a_secret_a_challenge_is_not_valid_for_a_copy_either(
    client: Client, article: Article, attack: None
) -> None:
    challenge = client.get("/api/v1/challenge/").json()["challenge"]
    sent = {**GOOD, "text": CIVIL, "challenge": challenge, "proof": proof_of(challenge)}
    for key in (article.key, make_article().key):
        assert post(client, sent, key=key).status_code == 202
    automated = Comment.objects.values_list("looks_automated", flat=True).order_by("id")
    assert list(automated) == [False, True]


def test_a_page_opened_before_the_attack_asks_for_the_proof_when_sent(
    client: Client,
    article: Article,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    broker: Broker,
    request: pytest.FixtureRequest,
) -> None:
    settings.THROTTLES = True
    opened = aged_challenge(monkeypatch, 60)
    assert read_challenge(opened).bits == 0
    # This process caches for a moment that there was no attack.
    assert client.get("/api/v1/challenge/").json()["proof_bits"] == 0
    request.getfixturevalue("attack")
    again = post_form(client, article, text=CIVIL, challenge=opened)
    shown = again.content.decode()
    assert again.status_code == 422
    assert "Зараз надходить дуже багато коментарів. Надішліть свій" in shown
    assert CIVIL in shown
    assert f'data-bits="{PROOF_BITS}"' in shown
    challenge = challenge_on(shown)
    post_form(client, article, text=CIVIL, challenge=challenge, proof=proof_of(challenge))
    assert moderated_status() == SHOWN


def test_a_comment_with_a_proof_is_accepted_although_others_fill_the_site(
    client: Client, article: Article, attack: None, settings: Any
) -> None:
    settings.THROTTLE_SITE = settings.THROTTLE_ARTICLE = parse_many("4/minute")
    flood = [post(client, {**GOOD, "text": f"Повінь {n}."}).status_code for n in range(6)]
    assert flood == [202, 202, 429, 429, 429, 429]
    challenge = client.get("/api/v1/challenge/").json()["challenge"]
    sent = {"text": CIVIL, "challenge": challenge, "proof": proof_of(challenge)}
    assert post(client, {**GOOD, **sent}, REMOTE_ADDR="203.0.113.9").status_code == 202
    assert not Comment.objects.get(text=CIVIL).looks_automated


def test_a_challenge_that_asks_for_no_work_proves_nothing(
    client: Client, article: Article, settings: Any, request: pytest.FixtureRequest
) -> None:
    challenge = client.get("/api/v1/challenge/").json()["challenge"]
    request.getfixturevalue("attack")
    assert post(client, {**GOOD, "challenge": challenge, "proof": "1"}).status_code == 202
    assert Comment.objects.get().looks_automated


def test_an_attack_is_detected_even_with_the_broker_closed(
    client: Client, broker: Broker, attack: None
) -> None:
    with broker.closed():
        throttles.count_arrival("main")
        assert throttles.count_arrival("main")
        assert client.get("/api/v1/challenge/").json()["proof_bits"] == PROOF_BITS
