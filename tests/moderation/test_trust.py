"""Trust is earned and lost in one browser: knowing an e-mail neither gives nor ends it."""

from typing import Any

import pytest

from comments.models import Article, Comment, Status
from comments.reception.services import submit_comment
from moderation import erasure, services
from moderation.policy.verdict import Reason
from tests.makers import make_article, make_comment, make_draft, set_policy

pytestmark = pytest.mark.django_db
HERS: dict[str, Any] = {"author_email": "olena@example.org", "secret": "of her browser"}


@pytest.fixture
def article() -> Article:
    set_policy(trusted_after=2)
    article = make_article()
    for _ in range(2):
        make_comment(article, **HERS)
    return article


def reason_of_next(article: Article, **author: str) -> str:
    comment = submit_comment(article=article, draft=make_draft(**{**HERS, **author}))
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    return comment.reason


def test_a_browser_with_a_good_record_is_trusted(article: Article) -> None:
    assert reason_of_next(article) == Reason.TRUSTED


@pytest.mark.parametrize("secret", ["of another browser", ""])
def test_knowing_the_e_mail_is_not_enough_for_trust(article: Article, secret: str) -> None:
    assert reason_of_next(article, secret=secret) == Reason.CLEAN


@pytest.mark.parametrize("secret", ["of another browser", ""])
def test_an_insult_under_her_e_mail_does_not_end_her_trust(article: Article, secret: str) -> None:
    make_comment(article, Status.REJECTED, **{**HERS, "secret": secret})
    assert reason_of_next(article) == Reason.TRUSTED


def test_her_own_insult_ends_her_trust(article: Article) -> None:
    make_comment(article, Status.REJECTED, **HERS)
    assert reason_of_next(article) == Reason.CLEAN


def test_another_e_mail_in_the_same_browser_has_to_earn_its_own_trust(article: Article) -> None:
    assert reason_of_next(article, author_email="taras@example.org") == Reason.CLEAN


def test_comments_without_a_writer_key_count_for_nobody(article: Article) -> None:
    for _ in range(2):
        make_comment(article, **{**HERS, "secret": ""})
    Comment.objects.update(writer_key="")
    fresh = submit_comment(article=article, draft=make_draft(**HERS))
    Comment.objects.filter(pk=fresh.pk).update(writer_key="")
    services.moderate(comment_id=fresh.pk)
    fresh.refresh_from_db()
    assert fresh.reason == Reason.CLEAN


def test_an_erased_author_leaves_no_record(article: Article) -> None:
    kept = set(Comment.objects.values_list("writer_key", flat=True))
    for comment in Comment.objects.all():
        erasure.erase(comment=comment, remove=False)
    assert not kept & set(Comment.objects.values_list("writer_key", flat=True))
    assert reason_of_next(article) == Reason.CLEAN
