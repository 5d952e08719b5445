"""An author asks once for another look at a rejection, and a moderator answers."""

from typing import Any

import pytest

from comments import events
from comments.models import Comment, EventKind, Status
from moderation import acts, appeals
from moderation.accounts.models import User
from moderation.actors import ActorKind
from moderation.labels import for_author
from moderation.models import Appeal
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.refused import RefusedError
from moderation.services import review_all
from moderation.transitions import Seen
from tests.makers import decide, make_comment

pytestmark = pytest.mark.django_db
WORDS = "Це цитата з пісні, а не реклама."
PUBLISH = Verdict(Outcome.PUBLISH, Reason.REVIEWED)
REJECT = Verdict(Outcome.REJECT, Reason.SPAM)


@pytest.fixture
def marta() -> User:
    return User.objects.create_superuser("marta")


@pytest.fixture
def rejected() -> Comment:
    return make_comment(status=Status.REJECTED)


def appeal(comment: Comment, sentence: str = WORDS) -> Appeal:
    return appeals.appeal(comment=comment, sentence=sentence)


def answer(comment: Comment, marta: User, verdict: Verdict, sentence: str = "") -> Any:
    comment.refresh_from_db()
    seen = {comment.pk: Seen.of(comment)}
    return review_all(moderator=marta, verdict=verdict, seen=seen, answer=sentence).act


def told(comment: Comment) -> tuple[str, str, str]:
    latest = Appeal.objects.get(comment=comment)
    words = appeals.for_author(latest), appeals.answer_for_author(latest)
    return latest.comment.status_for_author, *words


def test_the_comment_goes_back_into_the_queue(rejected: Comment) -> None:
    made = appeal(rejected)
    assert (rejected.status, rejected.reason) == (Status.HELD, Reason.APPEALED)
    decision = rejected.decisions.latest("pk")
    assert (decision.actor_kind, made.against.reason) == (ActorKind.AUTHOR, Reason.SPAM)
    assert events.after(0)[-1].kind == EventKind.APPEALED


def test_the_same_appeal_twice_is_one_and_another_is_refused(rejected: Comment) -> None:
    first = appeal(rejected)
    assert appeal(Comment.objects.get(), WORDS).pk == first.pk
    with pytest.raises(RefusedError):
        appeal(Comment.objects.get(), "Подивіться ще раз!")
    assert Appeal.objects.get().sentence == WORDS


@pytest.mark.parametrize("status", [Status.PENDING, Status.PUBLISHED, Status.HELD])
def test_only_a_rejection_can_be_appealed_against(status: Status) -> None:
    with pytest.raises(RefusedError):
        appeal(make_comment(status=status))


def test_nobody_appeals_against_what_nobody_judged() -> None:
    comment = make_comment(status=Status.HELD)
    decide(comment, Outcome.REJECT, Reason.EXPIRED)
    comment.refresh_from_db()
    with pytest.raises(RefusedError):
        appeal(comment)


@pytest.mark.parametrize("verdict", [PUBLISH, REJECT])
def test_the_moderator_answers_with_a_sentence(
    rejected: Comment, marta: User, verdict: Verdict
) -> None:
    appeal(rejected)
    answer(rejected, marta, verdict, "Перечитали уважно.")
    status, became, words = told(rejected)
    assert status != Status.HELD
    assert became
    assert words == "Перечитали уважно."
    assert events.after(0)[-1].kind == EventKind.ANSWERED


def test_the_author_is_told_nothing_until_the_undo_is_over(
    rejected: Comment, marta: User, settings: Any
) -> None:
    appeal(rejected)
    waiting = told(rejected)
    before = for_author(Comment.objects.get())
    settings.UNDO_MINUTES = 10
    answer(rejected, marta, REJECT, "Це реклама.")
    assert told(rejected) == waiting
    assert for_author(Comment.objects.get()) == before


def test_an_undone_answer_is_not_told(rejected: Comment, marta: User) -> None:
    appeal(rejected)
    act = answer(rejected, marta, PUBLISH, "Перепрошуємо.")
    acts.undo(act=act, user=marta)
    assert told(rejected)[0] == Status.HELD
    answer(rejected, marta, REJECT)
    assert told(rejected)[2] == ""
