"""On an article that is held, every new comment waits for a moderator until the hold ends."""

import datetime as dt

import pytest
from django.utils import translation

from comments.models import Article, Comment, Status
from moderation import acts, article_holds
from moderation.accounts.models import User
from moderation.accounts.roles import Role, make_member
from moderation.labels import for_author
from moderation.models import Act, ActKind, ArticleHold
from moderation.policy.verdict import Reason
from moderation.services import moderate
from tests.makers import SPAM, make_article, make_comment, set_policy

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def marta() -> User:
    return make_member("marta", Role.MODERATOR)[0]


@pytest.fixture
def article() -> Article:
    return make_article()


def decided(article: Article, **over: str) -> Comment:
    comment = make_comment(article, Status.PENDING, **over)
    assert moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    return comment


def later(by: dt.timedelta) -> None:
    """As if so much time had passed."""
    for hold in ArticleHold.objects.all():
        ArticleHold.objects.filter(pk=hold.pk).update(until=hold.until - by)


def test_every_new_comment_waits_and_its_author_is_told_why(marta: User, article: Article) -> None:
    article_holds.hold(article=article, hours=1, user=marta)
    comment = decided(article)
    assert (comment.status, comment.reason) == (Status.HELD, Reason.ARTICLE_HELD)
    with translation.override("en"):
        assert for_author(comment).startswith("Every comment on this article is read")
    assert decided(make_article()).status == Status.PUBLISHED


def test_it_ends_by_itself(marta: User, article: Article) -> None:
    article_holds.hold(article=article, hours=6, user=marta)
    later(5 * HOUR)
    assert decided(article).status == Status.HELD
    later(HOUR)
    assert decided(article).status == Status.PUBLISHED
    assert article_holds.in_force([article.pk]) == {}


def test_what_is_certainly_spam_is_still_rejected(marta: User, article: Article) -> None:
    article_holds.hold(article=article, hours=1, user=marta)
    assert decided(article, text=SPAM).status == Status.REJECTED


def test_a_more_telling_reason_is_kept(marta: User, article: Article) -> None:
    set_policy(banned_words="міст")
    article_holds.hold(article=article, hours=1, user=marta)
    assert decided(article, text="Міст закрили.").reason == Reason.BANNED_WORD


def test_setting_and_ending_are_acts_that_can_be_undone(marta: User, article: Article) -> None:
    begun = article_holds.hold(article=article, hours=24, user=marta)
    until = ArticleHold.objects.get().until
    ended = article_holds.end(article=article, user=marta)
    assert ended
    assert [act.kind for act in (begun, ended)] == [ActKind.ARTICLE] * 2
    assert not ArticleHold.objects.exists()
    assert acts.undo(act=ended, user=marta).act
    assert ArticleHold.objects.get().until == until
    assert acts.undo(act=begun, user=marta).act
    assert not ArticleHold.objects.exists()


def test_an_undo_leaves_what_somebody_has_set_since(marta: User, article: Article) -> None:
    ivan, _ = make_member("ivan", Role.MODERATOR)
    begun = article_holds.hold(article=article, hours=1, user=marta)
    article_holds.hold(article=article, hours=168, user=ivan)
    undone = acts.undo(act=begun, user=marta)
    assert (undone.done, undone.changed, undone.act) == ([], [article.pk], None)
    assert ArticleHold.objects.get().user == ivan


def test_ending_what_has_ended_is_no_act(marta: User, article: Article) -> None:
    article_holds.hold(article=article, hours=1, user=marta)
    later(HOUR)
    assert article_holds.end(article=article, user=marta) is None
    assert Act.objects.count() == 1
