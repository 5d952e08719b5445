"""What a comment was held for is highlighted, even after the decision."""

import re
from typing import Any

import pytest
from django.test import Client

from comments.models import Comment, Status
from moderation import services
from moderation.accounts.roles import Role
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide, make_comment, set_policy
from tests.moderation.desk.desks import ALL, QUEUE, press, signed_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR)


def marked(client: Client, page: str) -> list[str]:
    return re.findall(r"<mark[^>]*>(.*?)</mark>", client.get(page).content.decode())


def moderated(policy: dict[str, Any], **over: Any) -> Comment:
    set_policy(**policy)
    comment = make_comment(status=Status.PENDING, **over)
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    return comment


@pytest.mark.parametrize(
    ("over", "word"),
    [
        ({"text": "Кому стару ванну, недорого?"}, "ванну"),
        ({"author_name": "Ванна Чавунна"}, "Ванна"),
        ({"author_url": "https://example.org/ванни"}, "ванни"),
    ],
)
def test_a_listed_word_is_highlighted(marta: Client, over: dict[str, str], word: str) -> None:
    comment = moderated({"banned_words": "ванн*", "toxicity_hold_at": 1, "spam_hold_at": 1}, **over)
    assert (comment.status, comment.reason) == (Status.HELD, Reason.BANNED_WORD)
    assert marked(marta, QUEUE) == [word]


def test_links_are_highlighted(marta: Client) -> None:
    text = "Дивіться https://a.example/x та b-site.com.ua, а пошта me@c.com ні."
    comment = moderated({"max_links": 1, "toxicity_hold_at": 1, "spam_hold_at": 1}, text=text)
    assert comment.reason == Reason.LINKS
    assert marked(marta, QUEUE) == ["https://a.example/x", "b-site.com.ua"]


def test_the_highlights_stay_after_a_person_has_published(marta: Client) -> None:
    held = {
        "toxicity_hold_at": 0.01,
        "toxicity_reject_at": 1,
        "spam_hold_at": 1,
        "spam_reject_at": 1,
    }
    comment = moderated(held, text="Шановна редакціє, дякую. А ти, Степане, тупий ідіот.")
    before = marked(marta, QUEUE)
    assert before
    press(marta, QUEUE, "publish", comment)
    assert marked(marta, f"{ALL}{comment.pk}/") == before


def test_a_moderators_reason_highlights_nothing_without_a_score(marta: Client) -> None:
    comment = make_comment(text="Деталі за посиланням, пишіть у приватні.")
    decide(comment, Outcome.HOLD, Reason.CAMPAIGN)
    comment.refresh_from_db()
    press(marta, QUEUE, "spam", comment)
    comment.refresh_from_db()
    assert comment.reason == Reason.SPAM
    assert marked(marta, f"{ALL}{comment.pk}/") == []
