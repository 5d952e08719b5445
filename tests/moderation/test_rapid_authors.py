"""What one author sends faster than people write is read by a moderator first."""

import datetime as dt
from typing import Any

import pytest

from comments.models import Article, Comment, Status
from moderation.policy.verdict import Reason
from moderation.services import moderate_all
from tests.makers import make_article, make_comment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limit(settings: Any) -> None:
    settings.HOLD_ABOVE_PER_MINUTE = 3


@pytest.fixture
def article() -> Article:
    return make_article()


def sent(article: Article, count: int, **by: str) -> list[Comment]:
    texts = (f"Дякую за новину про міст, це вже думка номер {n}." for n in range(count))
    return [make_comment(article, Status.PENDING, text=text, **by) for text in texts]


def decided(comments: list[Comment]) -> list[str]:
    moderate_all(comments=comments)
    for comment in comments:
        comment.refresh_from_db()
    return [comment.reason for comment in comments]


def test_the_fourth_comment_of_a_minute_waits(article: Article) -> None:
    mine = {"author_email": "petro@example.org", "secret": "of his browser"}
    assert decided(sent(article, 5, **mine)) == [*[Reason.CLEAN] * 3, *[Reason.RAPID] * 2]


def test_so_it_does_if_each_is_decided_alone(article: Article) -> None:
    mine = {"author_email": "petro@example.org", "secret": "of his browser"}
    found = [decided([comment])[0] for comment in sent(article, 4, **mine)]
    assert found == [*[Reason.CLEAN] * 3, Reason.RAPID]


def test_over_a_longer_time_it_does_not(article: Article) -> None:
    mine = {"author_email": "petro@example.org", "secret": "of his browser"}
    comments = sent(article, 4, **mine)
    for number, comment in enumerate(comments):
        comment.created_at += dt.timedelta(seconds=25 * number)
        comment.save()
    assert decided(comments) == [Reason.CLEAN] * 4


def test_nobody_else_can_make_an_author_wait_by_typing_their_e_mail(article: Article) -> None:
    sent(article, 4, author_email="petro@example.org", secret="of a stranger's browser")
    (mine,) = sent(article, 1, author_email="petro@example.org", secret="of his browser")
    assert decided([mine]) == [Reason.CLEAN]
