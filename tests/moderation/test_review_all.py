"""One verdict on any number of comments is one transaction."""

import re
from itertools import groupby

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.models import Article, Comment, Status
from moderation import transitions
from moderation.accounts.models import User
from moderation.models import Decision
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.services import Reviewed, review_all
from moderation.transitions import LostLockError, Seen
from tests.makers import decide, make_article, make_comment

pytestmark = pytest.mark.django_db
PUBLISH = Verdict(Outcome.PUBLISH, Reason.REVIEWED)
REJECT = Verdict(Outcome.REJECT, Reason.SPAM)


@pytest.fixture
def marta() -> User:
    return User.objects.create(username="marta")


def held(many: int, articles: list[Article]) -> list[Comment]:
    return [make_comment(articles[n % len(articles)], Status.HELD) for n in range(many)]


def as_seen(*comments: Comment) -> dict[int, Seen]:
    return {comment.pk: Seen.of(comment) for comment in comments}


def statements(marta: User, comments: list[Comment]) -> list[str]:
    """The verdict's statements. Django splits a long INSERT for SQLite."""
    with CaptureQueriesContext(connection) as queries:
        review_all(moderator=marta, verdict=PUBLISH, seen=as_seen(*comments))
    written = (re.sub(r"^\d+ times: ", "", each["sql"]) for each in queries)
    kinds = (sql[:40] for sql in written if "SAVEPOINT" not in sql)
    return [kind for kind, _same in groupby(kinds)]


def test_five_hundred_comments_take_as_many_statements_as_five(marta: User) -> None:
    articles = [make_article() for _ in range(5)]
    few, many = held(5, articles), held(500, articles)
    assert statements(marta, few) == statements(marta, many)
    assert Comment.objects.filter(status=Status.PUBLISHED).count() == 505
    assert {each.published_count for each in Article.objects.all()} == {101}


def test_each_comment_gets_the_result_it_would_get_alone(marta: User) -> None:
    done, late, same = (make_comment(status=Status.HELD) for _ in range(3))
    seen = as_seen(done, late)
    decide(late, Outcome.PUBLISH, Reason.REVIEWED)
    decide(same, Outcome.REJECT, Reason.SPAM)
    same.refresh_from_db()
    reviewed = review_all(moderator=marta, verdict=REJECT, seen={**seen, **as_seen(same)})
    decision = Decision.objects.get(user=marta)
    assert decision.comment_id == done.pk
    expected = Reviewed(done=[done.pk], changed=[late.pk], same=[same.pk], act=decision.act)
    assert reviewed == expected


def test_a_comment_that_somebody_else_changed_is_reported_even_if_the_move_is_illegal(
    marta: User,
) -> None:
    comment = make_comment(status=Status.REJECTED)
    before = as_seen(comment)
    decide(comment, Outcome.PUBLISH, Reason.REVIEWED)
    held_now = Verdict(Outcome.HOLD, Reason.SPAM)
    reviewed = review_all(moderator=marta, verdict=held_now, seen=before)
    assert reviewed == Reviewed(changed=[comment.pk])


def test_a_root_and_its_reply_taken_down_together_are_counted_once(marta: User) -> None:
    article = make_article()
    root = make_comment(article)
    reply = make_comment(article, parent=root)
    review_all(moderator=marta, verdict=REJECT, seen=as_seen(root, reply))
    article.refresh_from_db()
    assert article.published_count == 0


def test_if_one_fails_none_is_decided(marta: User, monkeypatch: pytest.MonkeyPatch) -> None:
    comments = held(3, [make_article()])

    def lost(*_: object) -> None:
        raise LostLockError

    monkeypatch.setattr(transitions, "update_counts", lost)
    with pytest.raises(LostLockError):
        review_all(moderator=marta, verdict=PUBLISH, seen=as_seen(*comments))
    assert Comment.objects.filter(status=Status.HELD).count() == 3
