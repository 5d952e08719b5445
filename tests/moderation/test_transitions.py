"""The one writer of a status: legal moves, someone first, and a log that is never changed."""

import itertools

import pytest

from comments.models import Comment, Status
from moderation import transitions
from moderation.models import AppendOnlyError, Decision
from moderation.transitions import LEGAL_MOVES, STATUS_AFTER, Evidence, IllegalMoveError, Seen
from moderation.verdict import Outcome, Reason, Verdict
from tests.makers import make_comment

pytestmark = pytest.mark.django_db
PUBLISH = Verdict(Outcome.PUBLISH, Reason.CLEAN)
REJECT = Verdict(Outcome.REJECT, Reason.SPAM)


def apply(comment: Comment, verdict: Verdict, seen: Seen | None = None) -> Decision | None:
    return transitions.apply(
        comment=comment, verdict=verdict, expected=seen or Seen.of(comment), evidence=Evidence()
    )


@pytest.mark.parametrize(("before", "outcome"), list(itertools.product(Status, Outcome)))
def test_only_legal_moves_are_made(before: Status, outcome: Outcome) -> None:
    comment = make_comment(status=before)
    known = Decision.objects.count()
    if STATUS_AFTER[outcome] in LEGAL_MOVES[before]:
        apply(comment, Verdict(outcome, Reason.REVIEWED))
    else:
        with pytest.raises(IllegalMoveError):
            apply(comment, Verdict(outcome, Reason.REVIEWED))
    comment.refresh_from_db()
    legal = STATUS_AFTER[outcome] in LEGAL_MOVES[before]
    assert comment.status == (STATUS_AFTER[outcome] if legal else before)
    assert Decision.objects.count() == known + legal


def test_the_second_of_two_verdicts_on_the_same_state_does_nothing() -> None:
    comment = make_comment(status=Status.PENDING)
    seen = Seen.of(comment)
    assert apply(comment, PUBLISH, seen)
    assert apply(comment, REJECT, seen) is None
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.PUBLISHED, Reason.CLEAN)
    assert comment.decisions.count() == 1


def test_a_verdict_on_an_older_text_does_nothing() -> None:
    comment = make_comment(status=Status.PENDING)
    assert apply(comment, PUBLISH, Seen(Status.PENDING, revision=2)) is None
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


def test_the_count_and_the_revision_of_an_article_follow_what_readers_see() -> None:
    comment = make_comment(status=Status.PUBLISHED)
    article = comment.article
    make_comment(article, status=Status.HELD)
    make_comment(article, status=Status.REJECTED)
    article.refresh_from_db()
    assert (article.published_count, article.thread_revision) == (1, 1)
    apply(comment, REJECT)
    article.refresh_from_db()
    assert (article.published_count, article.thread_revision) == (0, 2)


def test_a_decision_is_neither_changed_nor_removed() -> None:
    decision = make_comment(status=Status.PUBLISHED).decisions.get()
    decision.reason = Reason.SPAM
    with pytest.raises(AppendOnlyError):
        decision.save()
    with pytest.raises(AppendOnlyError):
        decision.delete()
    with pytest.raises(AppendOnlyError):
        Decision.objects.update(reason=Reason.SPAM)
    with pytest.raises(AppendOnlyError):
        Decision.objects.all().delete()
    assert Decision.objects.get().reason == Reason.CLEAN
