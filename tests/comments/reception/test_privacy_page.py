"""Readers can read what is stored with a comment and for how long, as the settings say."""

from typing import Any

import pytest
from django.test import Client

from comments.models import Article
from config import env

pytestmark = pytest.mark.django_db


def text(client: Client, language: str = "en") -> str:
    return " ".join(client.get(f"/{language}/privacy/").content.decode().split())


def test_the_page_names_the_days_that_are_set(client: Client, settings: Any) -> None:
    settings.EMAIL_KEPT_DAYS, settings.ADDRESS_KEPT_DAYS = 90, 1
    settings.REJECTED_KEPT_DAYS, settings.HELD_KEPT_DAYS = 60, 180
    page = text(client)
    assert "It is deleted 90 days after the decision" in page
    assert "It is deleted 1 day after the decision" in page
    assert "rejected comment are deleted after 60 days" in page
    assert "no moderator has read in 180 days" in page


def test_what_is_kept_without_a_limit_is_not_said_to_be_deleted(
    client: Client, settings: Any
) -> None:
    settings.EMAIL_KEPT_DAYS = settings.ADDRESS_KEPT_DAYS = 0
    settings.REJECTED_KEPT_DAYS = settings.HELD_KEPT_DAYS = 0
    page = text(client)
    assert "is deleted" not in page
    assert page.count("It is kept as long as your comment.") == 2


@pytest.mark.parametrize(
    ("given", "link"),
    [
        ("privacy@example.org", 'href="mailto:privacy@example.org">privacy@example.org<'),
        ("https://example.org/p", 'href="https://example.org/p">https://example.org/p<'),
    ],
)
def test_the_page_says_whom_to_ask(client: Client, settings: Any, given: str, link: str) -> None:
    settings.PRIVACY_CONTACT = env.contact("PRIVACY_CONTACT", given)
    assert link in text(client)


def test_the_form_links_to_it_in_the_readers_language(client: Client, article: Article) -> None:
    assert 'href="/uk/privacy/"' in client.get("/uk/articles/mist/").content.decode()
    assert "Ваші дані в коментарях" in text(client, "uk")


def test_it_says_what_is_stored_with_a_vote_and_a_report(client: Client, settings: Any) -> None:
    settings.ADDRESS_KEPT_DAYS = 7
    page = text(client)
    assert "With your vote we store a code" in page
    assert "The code of the network address is deleted after 7 days." in page
