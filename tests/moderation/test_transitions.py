"""The one writer of a status: legal moves, someone first, and a log that is never changed."""

import itertools

import pytest

from comments.models import Article, Comment, Status
from moderation import transitions
from moderation.models import AppendOnlyError, Decision
from moderation.transitions import (
    LEGAL_MOVES,
    STATUS_AFTER,
    Evidence,
    IllegalMoveError,
    Move,
    Seen,
)
from moderation.verdict import Outcome, Reason, Verdict
from tests.makers import decide, make_comment

pytestmark = pytest.mark.django_db
PUBLISH = Verdict(Outcome.PUBLISH, Reason.CLEAN)
HOLD = Verdict(Outcome.HOLD, Reason.TOXICITY)
REJECT = Verdict(Outcome.REJECT, Reason.SPAM)


def apply(comment: Comment, verdict: Verdict, seen: Seen | None = None) -> Decision | None:
    return transitions.apply(
        comment=comment, verdict=verdict, expected=seen or Seen.of(comment), evidence=Evidence()
    )


@pytest.mark.parametrize(("before", "outcome"), list(itertools.product(Status, Outcome)))
def test_only_legal_moves_are_made(before: Status, outcome: Outcome) -> None:
    comment = make_comment(status=before)
    known = Decision.objects.count()
    # Only a person gives what is rejected another reason: see test_another_reason.
    legal = STATUS_AFTER[outcome] in LEGAL_MOVES[before] - {before}
    if legal:
        apply(comment, Verdict(outcome, Reason.REVIEWED))
    else:
        with pytest.raises(IllegalMoveError):
            apply(comment, Verdict(outcome, Reason.REVIEWED))
    comment.refresh_from_db()
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
    assert apply(comment, PUBLISH, Seen(Status.PENDING, version=2)) is None
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


def test_a_verdict_on_what_has_moved_and_come_back_since_does_nothing() -> None:
    """A published comment that others took down and published again is another thing to judge."""
    comment = make_comment(status=Status.PUBLISHED)
    seen = Seen.of(comment)
    decide(comment, Outcome.REJECT, Reason.SPAM)
    decide(comment, Outcome.PUBLISH, Reason.REVIEWED)
    assert apply(comment, REJECT, seen) is None
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.PUBLISHED, Reason.REVIEWED)


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


def moves(*turns: tuple[Comment, Verdict]) -> list[Move]:
    return [
        Move(comment=c, verdict=verdict, expected=Seen.of(c), evidence=Evidence())
        for c, verdict in turns
    ]


def shown(article: Article) -> int:
    article.refresh_from_db()
    assert article.published_count == article.comments.visible().count()
    return article.published_count


def test_a_root_and_its_reply_that_go_and_come_back_together_are_counted_right() -> None:
    root = make_comment()
    reply, other = (make_comment(root.article, parent=root) for _ in range(2))
    transitions.apply_all(moves((root, HOLD), (reply, HOLD)))
    assert shown(root.article) == 0
    for comment in (root, reply):
        comment.refresh_from_db()
    transitions.apply_all(moves((root, PUBLISH), (reply, PUBLISH), (other, HOLD)))
    assert shown(root.article) == 2


def test_a_reply_that_comes_while_its_root_goes_is_not_counted() -> None:
    root = make_comment()
    reply = make_comment(root.article, parent=root, status=Status.PENDING)
    transitions.apply_all(moves((root, HOLD), (reply, PUBLISH)))
    assert shown(root.article) == 0


def test_of_a_batch_only_what_is_still_as_expected_moves() -> None:
    first, second = make_comment(status=Status.PENDING), make_comment(status=Status.PENDING)
    stale = moves((first, PUBLISH), (second, HOLD))
    decide(first, Outcome.REJECT, Reason.SPAM)
    assert [d.comment_id for d in transitions.apply_all(stale)] == [second.pk]
    first.refresh_from_db()
    assert (first.status, first.decisions.count()) == (Status.REJECTED, 1)
