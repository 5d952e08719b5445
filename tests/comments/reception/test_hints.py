"""A hint before sending: the words that may insult somebody. Off by default, it keeps nothing."""

import logging
from typing import Any

import pytest
from django.test import Client
from limits import parse_many

from comments.models import Article, Comment
from moderation import hints
from tests.comments.reception.pages import page
from tests.comments.reception.rest import errors
from tests.makers import SPAM, set_policy

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/hint/"
ROUGH = "Тут пишуть самі ідіоти й дебіли."


@pytest.fixture(autouse=True)
def hints_are_given(settings: Any) -> None:
    settings.HINTS = True


def ask(client: Client, text: str, language: str = "uk", **extra: Any) -> Any:
    headers = {"Accept-Language": language}
    data = {"text": text}
    return client.post(ADDRESS, data, content_type="application/json", headers=headers, **extra)


def test_the_words_that_may_insult_are_named(client: Client) -> None:
    answer = ask(client, ROUGH)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    found = answer.json()
    assert found["message"] == "Це може когось образити."
    assert "ідіоти" in [word["text"] for word in found["words"]]
    assert all(ROUGH[word["start"] : word["end"]] == word["text"] for word in found["words"])
    assert ask(client, ROUGH, "en").json()["message"] == "This may insult somebody."


def test_words_after_spaces_have_their_places_in_the_text_as_sent(client: Client) -> None:
    sent = f" \n  {ROUGH} "
    words = ask(client, sent).json()["words"]
    assert words
    assert all(sent[word["start"] : word["end"]] == word["text"] for word in words)


def test_a_threat_is_named_too(client: Client) -> None:
    words = ask(client, "Ми тебе знайдемо і вб'ємо.").json()["words"]
    assert words


def test_of_a_friendly_text_and_of_an_advert_nothing_is_said(client: Client) -> None:
    for text in ("Дякую за новину.", " ", SPAM):
        assert ask(client, text).json() == {"message": "", "words": []}


def test_the_sites_own_threshold_counts(client: Client) -> None:
    set_policy(toxicity_hold_at=1.0, toxicity_reject_at=1.0)
    assert ask(client, ROUGH).json()["message"] == ""


def test_nothing_is_stored_and_the_text_is_in_no_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    ask(client, ROUGH)
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        ask(client, ROUGH)
    assert not Comment.objects.exists()
    assert "ідіоти" not in caplog.text


@pytest.mark.parametrize("sent", ["", "а" * 5001, None])
def test_what_is_no_text_gets_an_error(client: Client, sent: Any) -> None:
    answer = ask(client, sent)
    assert answer.status_code == 400
    assert set(errors(answer)) == {"#/text"}


def test_who_asks_too_often_has_to_wait(client: Client, settings: Any) -> None:
    settings.THROTTLES, settings.THROTTLE_ADDRESS = True, parse_many("1/minute")
    assert [ask(client, ROUGH).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert ask(client, ROUGH, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_without_the_setting_there_is_none(client: Client, settings: Any, article: Article) -> None:
    assert 'data-ask="/api/v1/hint/"' in page(client, article)
    settings.HINTS = False
    assert "hint" not in page(client, article)
    answer = ask(client, ROUGH)
    assert answer.status_code == 404
    assert "жодних підказок" in answer.json()["detail"]


def test_an_unknown_site_has_none(client: Client) -> None:
    answer = client.post(
        "/api/v1/sites/none/hint/", {"text": ROUGH}, content_type="application/json"
    )
    assert answer.status_code == 404


def test_without_a_model_there_is_no_hint_but_of_a_threat(settings: Any) -> None:
    settings.MODEL_DIR = "/nowhere"
    assert hints.rough_words(text=ROUGH, site="main") is None
    assert hints.rough_words(text="Ми тебе знайдемо і вб'ємо.", site="main")
