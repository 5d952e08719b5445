"""A single emoji is accepted; a single letter is not."""

import pytest
from django.test import Client

from comments.models import Article, Comment, Status
from moderation import services
from tests.comments.reception.pages import page
from tests.comments.reception.pages import post as post_form
from tests.comments.reception.rest import GOOD, errors, post

pytestmark = pytest.mark.django_db

SHORT = ["👍", "❤️", "👍🏽", "🇺🇦", "1️⃣", "♥", "+", "так", "👩‍👩‍👧"]
ACCIDENTS = ["х", "Z", "7", ".", "?", "й", "и\u0306", "х\u200d"]


@pytest.mark.parametrize("text", SHORT)
def test_the_shortest_comments_are_published(client: Client, article: Article, text: str) -> None:
    assert post_form(client, article, text=text).status_code == 302
    assert post(client, {**GOOD, "text": text}).status_code == 202
    for comment in Comment.objects.all():
        services.moderate(comment_id=comment.pk)
        comment.refresh_from_db()
        assert (comment.status, comment.text) == (Status.PUBLISHED, text)
    assert page(client, article).count(f"<p>{text}</p>") == 2


@pytest.mark.parametrize("text", ACCIDENTS)
def test_a_single_letter_digit_or_mark_is_refused(
    client: Client, article: Article, text: str
) -> None:
    assert post_form(client, article, text=text).status_code == 422
    response = post(client, {**GOOD, "text": text}, headers={"accept-language": "en"})
    assert errors(response) == {"#/text": "min_length"}
    assert response.json()["errors"][0]["detail"] == (
        "This comment is too short: write at least one word or an emoji."
    )
    assert not Comment.objects.exists()


def test_a_single_ideograph_is_accepted(client: Client, article: Article) -> None:
    assert post_form(client, article, text="好").status_code == 302
