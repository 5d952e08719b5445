"""The only writer of a status: legal moves, concurrent decisions, and an immutable log."""

import itertools

import pytest
from django.db import IntegrityError

from comments.append_only import AppendOnlyError
from comments.models import ERASED_TEXT, Article, Comment, Status
from config.request_id import request_id
from moderation import erasure, search, transitions
from moderation.accounts.models import User
from moderation.actors import POLICY, Actor, ActorKind
from moderation.models import Decision
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.transitions import (
    LEGAL_MOVES,
    STATUS_AFTER,
    Evidence,
    IllegalMoveError,
    Move,
    Seen,
)
from tests.makers import decide, make_comment

pytestmark = pytest.mark.django_db
PUBLISH = Verdict(Outcome.PUBLISH, Reason.CLEAN)
HOLD = Verdict(Outcome.HOLD, Reason.TOXICITY)
REJECT = Verdict(Outcome.REJECT, Reason.SPAM)


def apply(comment: Comment, verdict: Verdict, seen: Seen | None = None) -> Decision | None:
    return transitions.apply(
        comment=comment,
        verdict=verdict,
        expected=seen or Seen.of(comment),
        evidence=Evidence(actor=POLICY),
    )


@pytest.mark.parametrize(("before", "outcome"), list(itertools.product(Status, Outcome)))
def test_only_legal_moves_are_made(before: Status, outcome: Outcome) -> None:
    comment = make_comment(status=before)
    known = Decision.objects.count()
    # Only a person can change the reason of a rejection: see test_another_reason.
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


def test_a_verdict_on_a_status_that_changed_and_returned_does_nothing() -> None:
    """A comment that others took down and published again has to be judged again."""
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


def test_a_decision_can_be_neither_changed_nor_deleted() -> None:
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
        Move(comment=c, verdict=verdict, expected=Seen.of(c), evidence=Evidence(actor=POLICY))
        for c, verdict in turns
    ]


def found(question: str) -> list[int]:
    return list(search.matching(Comment.objects.all(), question).values_list("pk", flat=True))


def shown(article: Article) -> int:
    article.refresh_from_db()
    assert article.published_count == article.comments.visible().count()
    return article.published_count


def test_a_root_and_its_reply_taken_down_and_restored_together_are_counted_correctly() -> None:
    root = make_comment()
    reply, other = (make_comment(root.article, parent=root) for _ in range(2))
    transitions.apply_all(moves((root, HOLD), (reply, HOLD)))
    assert shown(root.article) == 0
    for comment in (root, reply):
        comment.refresh_from_db()
    transitions.apply_all(moves((root, PUBLISH), (reply, PUBLISH), (other, HOLD)))
    assert shown(root.article) == 2


def test_a_reply_published_while_its_root_is_taken_down_is_not_counted() -> None:
    root = make_comment()
    reply = make_comment(root.article, parent=root, status=Status.PENDING)
    transitions.apply_all(moves((root, HOLD), (reply, PUBLISH)))
    assert shown(root.article) == 0


def test_only_unchanged_comments_of_a_batch_are_moved() -> None:
    first, second = make_comment(status=Status.PENDING), make_comment(status=Status.PENDING)
    stale = moves((first, PUBLISH), (second, HOLD))
    decide(first, Outcome.REJECT, Reason.SPAM)
    assert [d.comment_id for d in transitions.apply_all(stale)] == [second.pk]
    first.refresh_from_db()
    assert (first.status, first.decisions.count()) == (Status.REJECTED, 1)


def test_an_erased_comment_has_no_personal_data_and_one_more_revision() -> None:
    comment = make_comment(author_url="https://olena.example", author_name="Олена Гай")
    before = Comment.objects.get(pk=comment.pk)
    thread = Article.objects.get(pk=comment.article_id).thread_revision
    assert erasure.erase(comment=comment, remove=False)
    comment = Comment.objects.get(pk=comment.pk)
    blank = (comment.author_name, comment.author_url, comment.request_id, comment.duplicate_key)
    assert blank == ("", "", "", None)
    assert (comment.text, comment.status) == (ERASED_TEXT, Status.PUBLISHED)
    assert (comment.revision, comment.version) == (before.revision + 1, before.version + 1)
    keys = (comment.author_key, comment.writer_key)
    assert [len(key) for key in keys] == [64, 64]
    assert not {*keys} & {before.author_key, before.writer_key}
    assert Article.objects.get(pk=comment.article_id).thread_revision == thread + 1


@pytest.mark.parametrize("status", [Status.PENDING, Status.HELD, Status.PUBLISHED])
def test_the_rejection_of_a_removed_comment_refers_to_the_blank_revision(status: Status) -> None:
    comment = make_comment(status=status)
    before = Comment.objects.get(pk=comment.pk)
    assert not erasure.erase(comment=comment, remove=True)
    comment = Comment.objects.get(pk=comment.pk)
    assert (comment.status, comment.reason) == (Status.REJECTED, Reason.ERASED)
    assert (comment.revision, comment.version) == (before.revision + 1, before.version + 2)
    latest = comment.decisions.latest("id")
    assert (latest.outcome, latest.revision.number) == (Outcome.REJECT, comment.revision)
    assert latest.from_status == status
    shown(comment.article)


def test_an_erased_comment_cannot_be_found() -> None:
    kept, gone = make_comment(text="Ґанок відремонтували"), make_comment(text="Ґанок розібрали")
    assert set(found("ґанок")) == {kept.pk, gone.pk}
    erasure.erase(comment=gone, remove=False)
    assert set(found("ґанок")) == {kept.pk}


@pytest.mark.parametrize(
    ("answer", "stays"),
    [
        ("published", True),
        ("held", True),
        ("pending", True),
        ("rejected", False),
        ("erased", False),
    ],
)
def test_a_comment_with_replies_keeps_its_place(answer: str, stays: bool) -> None:
    root = make_comment()
    erased = answer == "erased"
    status = Status.PUBLISHED if erased else Status(answer)
    reply = make_comment(root.article, parent=root, status=status)
    if erased:
        erasure.erase(comment=reply, remove=False)
    assert erasure.erase(comment=root, remove=True) is stays
    root.refresh_from_db()
    assert root.status == (Status.PUBLISHED if stays else Status.REJECTED)
    shown(root.article)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("by", ["policy", "person"])
def test_the_log_has_the_decision_the_comment_and_its_request(
    by: str, caplog: pytest.LogCaptureFixture
) -> None:
    request_id.set("her-request-2")
    comment = make_comment(status=Status.PENDING)
    request_id.set("")
    actor = POLICY if by == "policy" else Actor.person(User.objects.create(username="olha"))
    with caplog.at_level("INFO", logger="moderation.decided"):
        transitions.apply(
            comment=comment,
            verdict=HOLD,
            expected=Seen.of(comment),
            evidence=Evidence(actor=actor),
        )
    (record,) = (each for each in caplog.records if each.name == "moderation.decided")
    assert record.getMessage() == f"comment {comment.pk}: hold, toxicity"
    expected_fields = {} if by == "person" else {"request_id": "her-request-2"}
    assert vars(record)["fields"] == expected_fields


@pytest.mark.django_db(transaction=True)
def test_the_log_of_an_erasure_has_no_request_id(caplog: pytest.LogCaptureFixture) -> None:
    comment = make_comment()
    caplog.clear()
    with caplog.at_level("INFO", logger="moderation.decided"):
        erasure.erase(comment=comment, remove=True)
    (record,) = (each for each in caplog.records if each.name == "moderation.decided")
    assert record.getMessage() == f"comment {comment.pk}: reject, erased"
    assert vars(record)["fields"] == {}


@pytest.mark.parametrize("kind", ActorKind)
def test_the_database_requires_a_user_for_a_person_and_for_nobody_else(kind: ActorKind) -> None:
    decision = Decision.objects.get(comment=make_comment())
    user = None if kind == ActorKind.PERSON else User.objects.create(username="olha")
    decision.pk, decision.actor_kind, decision.user = None, kind, user
    with pytest.raises(IntegrityError):
        Decision.objects.bulk_create([decision])


def test_only_a_person_has_a_user() -> None:
    with pytest.raises(ValueError, match="person"):
        Actor(ActorKind.PERSON)
    with pytest.raises(ValueError, match="readers"):
        Actor(ActorKind.READERS, User(username="olha"))


def test_an_erasure_is_by_the_system_and_not_by_the_policy() -> None:
    comment = make_comment(status=Status.HELD)
    erasure.erase(comment=comment, remove=False)
    latest, first = comment.decisions.all()
    assert (latest.reason, latest.actor_kind) == (Reason.ERASED, ActorKind.SYSTEM)
    assert (first.actor_kind, first.user) == (ActorKind.POLICY, None)
