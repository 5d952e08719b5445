"""Each comment's decisions are a chain of hashes, and a command proves it."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from comments.models import Comment, Status
from moderation import acts, erasure, history, retention, services, transitions
from moderation.accounts.models import User
from moderation.actors import POLICY
from moderation.classifier.scores import Scores
from moderation.models import Decision
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.transitions import Evidence, Seen
from tests.logs import without_triggers
from tests.makers import decide, make_comment

pytestmark = pytest.mark.django_db
SCORES = {"spam": 1e-07, "toxicity": 1.0, "threat": 0.1 + 0.2, "insult": -0.0, "other": 1e16}
TABLE = "moderation_decision"


def scored(status: Status = Status.PENDING) -> Comment:
    """A comment with one more decision, and scores that databases store in different ways."""
    comment = make_comment(status=status)
    transitions.apply(
        comment=comment,
        verdict=Verdict(Outcome.HOLD, Reason.TOXICITY),
        expected=Seen.of(comment),
        evidence=Evidence(
            actor=POLICY,
            scores=Scores(SCORES, "uk", sure={"spam": 0.5}),
            model_version="1",
            thresholds={"spam": {"hold_at": 1, "reject_at": 0.9}},
        ),
    )
    comment.refresh_from_db()
    return comment


def said() -> str:
    out = io.StringIO()
    call_command("check_history", stdout=out, stderr=out)
    return out.getvalue()


def broken() -> str:
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_history", stdout=out, stderr=out)
    return out.getvalue()


def change(statement: str, *values: Any) -> None:
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_history_of_comments_as_the_service_makes_it_is_whole() -> None:
    comment = scored(Status.PUBLISHED)
    decide(comment, Outcome.REJECT, Reason.SPAM)
    make_comment(status=Status.PENDING)
    assert "Decisions: 3; from before the chain, so unproven: 0." in said()
    first, second, third = Decision.objects.order_by("pk")
    assert first.chain == history.link(first, "")
    assert second.chain == history.link(second, first.chain)
    assert third.chain == history.link(third, second.chain)
    assert len({each.chain for each in (first, second, third)}) == 3


def test_an_erasure_an_expiry_and_an_undo_leave_it_whole(settings: Any) -> None:
    settings.UNDO_MINUTES = 10
    settings.REJECTED_KEPT_DAYS = 1
    olha = User.objects.create(username="olha", is_superuser=True)
    undone, expired = make_comment(status=Status.HELD), make_comment(status=Status.REJECTED)
    publish = Verdict(Outcome.PUBLISH, Reason.REVIEWED)
    seen = {undone.pk: Seen.of(undone)}
    reviewed = services.review_all(seen=seen, moderator=olha, verdict=publish)
    assert reviewed.act
    assert acts.undo(act=reviewed.act, user=olha).done == [undone.pk]
    erasure.erase(comment=make_comment(), remove=False)
    erasure.erase(comment=make_comment(), remove=True)
    erasure.erase(comment=make_comment(status=Status.PENDING), remove=False)
    Comment.objects.filter(pk=expired.pk).update(decided_at="2020-01-01T00:00Z")
    assert retention.drop_texts() == 1
    assert "No history was changed." in said()


CHANGES: dict[str, Callable[[Any], Any]] = {
    "outcome": lambda _old: "reject",
    "reason": lambda _old: "clean",
    "from_status": lambda _old: "rejected",
    "revision_id": lambda old: old + 1,
    "scores": lambda _old: '{"spam": 0.5}',
    "thresholds": lambda _old: "{}",
    "language": lambda _old: "ru",
    "model_version": lambda _old: "2",
    "chain": lambda old: old[::-1],
}


@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_row_is_found(column: str) -> None:
    comment, other = scored(), scored()
    old = Decision.objects.filter(comment=comment).values_list(column, flat=True).get()
    changed = CHANGES[column](old)
    change(f"UPDATE {TABLE} SET {column} = %s WHERE comment_id = %s", changed, comment.pk)
    found = broken()
    assert f"Comment {comment.pk}: decision" in found
    assert f"Comment {other.pk}" not in found


def test_a_changed_time_is_found() -> None:
    comment = scored()
    change(f"UPDATE {TABLE} SET created_at = %s", "2026-01-01 00:00:00+00:00")
    assert f"Comment {comment.pk}: decision" in broken()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_removed_row_is_found_wherever_it_was(place: int) -> None:
    comment = scored(Status.PUBLISHED)
    decide(comment, Outcome.REJECT, Reason.SPAM)
    removed = comment.decisions.order_by("pk")[place]
    change(f"DELETE FROM {TABLE} WHERE id = %s", removed.pk)
    assert f"Comment {comment.pk}: " in broken()


def test_a_history_that_was_removed_whole_is_found() -> None:
    comment = scored()
    make_comment()
    change(f"DELETE FROM {TABLE} WHERE comment_id = %s", comment.pk)
    assert f"Comment {comment.pk}: decided, but the log has no decision." in broken()


def test_rows_from_before_the_chain_are_counted_and_the_chain_goes_on_from_them() -> None:
    old = scored(Status.PUBLISHED)
    change(f"UPDATE {TABLE} SET chain = ''")
    assert "Decisions: 2; from before the chain, so unproven: 2." in said()
    decide(old, Outcome.REJECT, Reason.SPAM)
    assert "Decisions: 3; from before the chain, so unproven: 2." in said()


def test_a_row_without_a_chain_is_found_if_it_is_later_than_the_first_with_one() -> None:
    make_comment()
    comment = scored()
    change(f"UPDATE {TABLE} SET chain = '' WHERE comment_id = %s", comment.pk)
    assert f"Comment {comment.pk}: decision" in broken()
