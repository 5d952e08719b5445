"""The notes about one's own comments on the article's page: they differ, and can be put away."""

from typing import Any

import pytest
from django.test import Client

from comments.models import Comment, Status
from moderation import author_changes
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide, make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(client: Client) -> Comment:
    make_article(key="mist")
    facts = {"author_name": "Ніна", "author_email": "n@example.org", "text": "Дякую за міст."}
    client.post("/en/articles/mist/", facts)
    return Comment.objects.get()


def page(client: Client) -> Any:
    return client.get("/en/articles/mist/").content.decode()


@pytest.mark.parametrize(
    ("outcome", "word"), [(Outcome.HOLD, "Waiting for a moderator"), (Outcome.REJECT, "Not publ")]
)
def test_each_status_has_its_word_and_leads_to_the_private_page(
    client: Client, sent: Comment, outcome: Outcome, word: str
) -> None:
    assert "Being checked" in page(client)
    decide(sent, outcome, Reason.SPAM)
    shown = page(client)
    assert word in shown
    assert "/en/status/" in shown


def test_a_settled_note_is_put_away_until_something_changes(client: Client, sent: Comment) -> None:
    decide(sent, Outcome.REJECT, Reason.SPAM)
    shown = page(client)
    address = shown.split('action="/en/status/')[1].split('"')[0]
    client.post(f"/en/status/{address}")
    assert "Not published" not in page(client)
    decide(sent, Outcome.HOLD, Reason.RETURNED)
    assert "Waiting for a moderator" in page(client)


def test_a_waiting_note_can_not_be_put_away(client: Client, sent: Comment) -> None:
    decide(sent, Outcome.HOLD, Reason.SPAM)
    assert "put-away" not in page(client)


def test_a_withdrawn_comment_has_no_note(client: Client, sent: Comment) -> None:
    decide(sent, Outcome.PUBLISH, Reason.CLEAN)
    assert "/en/status/" in page(client)
    sent.refresh_from_db()
    author_changes.withdraw(comment=sent)
    assert sent.status == Status.WITHDRAWN
    assert "Дякую за міст." not in page(client)
