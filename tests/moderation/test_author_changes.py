"""An author changes a comment, which is checked again, or withdraws it."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from comments import events, threads
from comments.models import Article, Comment, EventKind, Revision, Status
from moderation import author_changes, services, transitions
from moderation.actors import READERS
from moderation.models import Decision
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.refused import RefusedError
from moderation.transitions import Evidence, Seen
from tests.makers import SPAM, decide, make_article, make_comment

pytestmark = pytest.mark.django_db
WRITTEN = {"text": "Дякую міській раді за ремонт мосту.", "author_name": "Ніна", "author_url": ""}


def revise(comment: Comment, **over: str) -> bool:
    return author_changes.revise(comment=comment, written={**WRITTEN, **over})


def now(comment: Comment) -> tuple[str, str]:
    comment.refresh_from_db()
    return comment.status, comment.reason


@pytest.mark.parametrize("status", [Status.PENDING, Status.PUBLISHED, Status.HELD, Status.REJECTED])
def test_a_changed_comment_is_a_new_version_that_is_checked_again(status: Status) -> None:
    comment = make_comment(status=status, text="Поверніть людям переправу.")
    decisions = Decision.objects.count()
    assert revise(comment)
    assert now(comment) == (Status.PENDING, "")
    assert (comment.revision, comment.edited_at is not None) == (2, True)
    texts = Revision.objects.filter(comment=comment).order_by("number").values_list("text")
    assert [text for (text,) in texts] == ["Поверніть людям переправу.", WRITTEN["text"]]
    assert [event.kind for event in events.after(0)][-1] == EventKind.EDITED
    assert Decision.objects.count() == decisions
    assert services.moderate(comment_id=comment.pk)
    assert now(comment) == (Status.PUBLISHED, Reason.CLEAN)


def test_a_worker_that_judged_the_earlier_version_decides_nothing() -> None:
    comment = make_comment(status=Status.PENDING)
    judged = Comment.objects.get(pk=comment.pk)
    revise(comment, text=SPAM)
    publish = Verdict(Outcome.PUBLISH, Reason.CLEAN)
    evidence = Evidence(actor=READERS)
    seen = Seen.of(judged)
    made = transitions.apply(comment=judged, verdict=publish, expected=seen, evidence=evidence)
    assert made is None
    assert now(comment) == (Status.PENDING, "")


def test_the_same_text_again_is_no_change() -> None:
    comment = make_comment(status=Status.HELD)
    written = {name: getattr(comment, name) for name in WRITTEN}
    assert not author_changes.revise(comment=comment, written=written)
    assert now(comment)[0] == Status.HELD
    assert comment.revision == 1


def test_a_published_comment_can_be_changed_for_some_minutes(settings: Any) -> None:
    settings.EDIT_MINUTES = 15
    comment = make_comment()
    Comment.objects.update(created_at=timezone.now() - dt.timedelta(minutes=16))
    comment.refresh_from_db()
    with pytest.raises(RefusedError, match="15"):
        revise(comment)
    assert now(comment)[0] == Status.PUBLISHED
    settings.EDIT_MINUTES = 20
    assert revise(comment)


def test_a_comment_that_was_answered_can_not_be_changed_but_withdrawn() -> None:
    comment = make_comment()
    make_comment(comment.article, parent=comment)
    with pytest.raises(RefusedError):
        revise(comment)
    author_changes.withdraw(comment=comment)
    assert now(comment) == (Status.WITHDRAWN, Reason.WITHDRAWN)


@pytest.mark.parametrize("reason", [Reason.AUTHOR_BANNED, Reason.PROBE])
def test_what_no_other_text_would_change_can_not_be_changed(reason: Reason) -> None:
    comment = make_comment(status=Status.PENDING)
    decide(comment, Outcome.REJECT, reason)
    comment.refresh_from_db()
    with pytest.raises(RefusedError):
        revise(comment)


def test_a_reply_that_was_answered_can_not_be_changed_and_one_beside_it_can() -> None:
    root = make_comment()
    answered = make_comment(root.article, parent=root)
    beside = make_comment(root.article, parent=root)
    make_comment(root.article, parent=answered)
    with pytest.raises(RefusedError):
        revise(answered)
    assert revise(beside)


def test_in_a_closed_discussion_nothing_can_be_changed() -> None:
    comment = make_comment(status=Status.HELD)
    Article.objects.update(closes_at=timezone.now())
    comment = Comment.objects.get()
    with pytest.raises(RefusedError):
        revise(comment)


def test_what_people_objected_to_is_read_by_a_person_again() -> None:
    comment = make_comment()
    decide(comment, Outcome.HOLD, Reason.REPORTED, READERS)
    comment.refresh_from_db()
    revise(comment)
    services.moderate(comment_id=comment.pk)
    assert now(comment) == (Status.HELD, Reason.MENDED)


@pytest.mark.parametrize("status", [Status.PENDING, Status.PUBLISHED, Status.HELD])
def test_a_withdrawn_comment_is_no_longer_seen_and_its_text_is_kept(status: Status) -> None:
    comment = make_comment(status=status)
    author_changes.withdraw(comment=comment)
    author_changes.withdraw(comment=comment)
    assert now(comment) == (Status.WITHDRAWN, Reason.WITHDRAWN)
    assert comment.text
    assert not Comment.objects.visible().exists()
    assert Article.objects.get().published_count == 0
    last = events.after(0)[-1]
    assert (last.kind, last.payload["by"]) == (EventKind.WITHDRAWN, "author")
    assert Decision.objects.filter(outcome=Outcome.WITHDRAW).count() == 1


def test_what_was_rejected_can_not_be_withdrawn() -> None:
    comment = make_comment(status=Status.REJECTED)
    with pytest.raises(RefusedError):
        author_changes.withdraw(comment=comment)
    assert now(comment)[0] == Status.REJECTED


def test_the_place_of_a_withdrawn_comment_stays_where_others_have_replied() -> None:
    article = make_article()
    root = make_comment(article, text="Ганьба міській раді.")
    reply = make_comment(article, parent=root)
    before = Article.objects.get()
    author_changes.withdraw(comment=root)
    article.refresh_from_db()
    assert article.published_count == 1
    assert article.thread_revision > before.thread_revision
    (row,) = threads.with_replies(threads.roots(article).values(*threads.FIELDS))
    assert (row["withdrawn"], row["text"], row["author_name"]) == (True, "", "")
    assert [each["id"] for each in row["replies"]] == [reply.pk]
    author_changes.withdraw(comment=reply)
    article.refresh_from_db()
    assert article.published_count == 0
    assert not threads.roots(article)


def test_replies_return_when_a_comment_under_review_is_withdrawn() -> None:
    article = make_article()
    root = make_comment(article)
    make_comment(article, parent=root)
    decide(root, Outcome.HOLD, Reason.REPORTED, READERS)
    article.refresh_from_db()
    assert article.published_count == 0
    author_changes.withdraw(comment=root)
    article.refresh_from_db()
    assert article.published_count == 1
