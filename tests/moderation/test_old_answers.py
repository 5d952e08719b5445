"""The answer to an appeal is told as long as it stands, and with nothing that is decided later."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from comments.identity import status_page_path
from comments.models import Comment, Status
from moderation import acts, appeals, author_changes
from moderation.accounts.models import User
from moderation.actors import READERS
from moderation.models import Act, Appeal
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.services import review_all
from moderation.transitions import Seen
from tests.makers import decide, make_comment
from tests.moderation.delivery.receiver import minutes_pass
from tests.moderation.desk.desks import card_page
from tests.moderation.reporting import report_it

pytestmark = pytest.mark.django_db
PUBLISH = Verdict(Outcome.PUBLISH, Reason.REVIEWED)
KEEP = Verdict(Outcome.PUBLISH, Reason.KEPT)
SPAM = Verdict(Outcome.REJECT, Reason.SPAM)
HATE = Verdict(Outcome.REJECT, Reason.HATE)
WORDS = "Перечитали уважно."
NOTHING = ("", "")
OTHERS = {"text": "Тепер інакше.", "author_name": "Олена", "author_url": ""}


@pytest.fixture(autouse=True)
def _ten_minutes(settings: Any) -> Any:
    settings.UNDO_MINUTES = 10
    with translation.override("en"):
        yield


@pytest.fixture
def marta() -> User:
    return User.objects.create_superuser("marta")


@pytest.fixture
def appealed() -> Comment:
    comment = make_comment(status=Status.REJECTED)
    appeals.appeal(comment=comment, sentence="Це цитата з пісні.")
    return comment


def review(user: User, comment: Comment, verdict: Verdict, sentence: str = "") -> Act:
    comment.refresh_from_db()
    seen = {comment.pk: Seen.of(comment)}
    act = review_all(moderator=user, verdict=verdict, seen=seen, answer=sentence).act
    assert act
    return act


def told(comment: Comment) -> tuple[str, str]:
    found = Appeal.objects.get(comment=comment)
    return appeals.for_author(found), appeals.answer_for_author(found)


def is_told(comment: Comment, became: str) -> bool:
    words, answer = told(comment)
    return became in words and answer == WORDS


def change(comment: Comment) -> None:
    comment.refresh_from_db()
    assert author_changes.revise(comment=comment, written=OTHERS)


@pytest.mark.parametrize("outcome", [Outcome.PUBLISH, Outcome.HOLD, Outcome.REJECT])
def test_what_the_policy_decides_about_a_changed_text_is_no_answer(
    appealed: Comment, marta: User, outcome: Outcome
) -> None:
    review(marta, appealed, SPAM, WORDS)
    minutes_pass(30)
    assert is_told(appealed, "stays unpublished")
    change(appealed)
    decide(appealed, outcome, Reason.TOXICITY)
    assert told(appealed) == NOTHING
    page = Client().get(status_page_path(appealed.pk)).content.decode()
    assert "Це цитата з пісні." in page
    assert WORDS not in page


def test_what_a_person_decides_about_it_later_is_none_either(
    appealed: Comment, marta: User
) -> None:
    review(marta, appealed, PUBLISH, WORDS)
    assert is_told(appealed, "published it")
    minutes_pass(30)
    later = review(marta, appealed, HATE)
    assert told(appealed) == NOTHING
    minutes_pass(30)
    assert told(appealed) == NOTHING
    acts.undo(act=later, user=marta)
    assert is_told(appealed, "published it")


def test_it_stands_if_the_comment_is_kept_after_reports(appealed: Comment, marta: User) -> None:
    review(marta, appealed, PUBLISH, WORDS)
    minutes_pass(30)
    report_it(appealed)
    review(marta, appealed, KEEP)
    assert is_told(appealed, "published it")


def test_another_reason_given_at_once_is_told_with_it(appealed: Comment, marta: User) -> None:
    review(marta, appealed, SPAM, WORDS)
    minutes_pass(5)
    review(marta, appealed, HATE)
    minutes_pass(30)
    assert is_told(appealed, "stays unpublished")


def test_a_denial_taken_back_at_once_is_told_without_its_words(
    appealed: Comment, marta: User
) -> None:
    review(marta, appealed, SPAM, WORDS)
    minutes_pass(5)
    review(marta, appealed, PUBLISH)
    words, answer = told(appealed)
    assert ("published it" in words, answer) == (True, "")


def test_who_is_held_for_another_reason_waits_for_no_answer_and_may_change_the_text(
    appealed: Comment, marta: User
) -> None:
    assert author_changes.edit_refusal(appealed)
    review(marta, appealed, PUBLISH, WORDS)
    minutes_pass(30)
    decide(appealed, Outcome.HOLD, Reason.REPORTED, READERS)
    appealed.refresh_from_db()
    assert told(appealed) == NOTHING
    assert author_changes.edit_refusal(appealed) == ""


def test_the_desk_asks_for_no_second_answer_and_keeps_the_first(
    appealed: Comment, marta: User, client: Client
) -> None:
    review(marta, appealed, PUBLISH, WORDS)
    minutes_pass(30)
    decide(appealed, Outcome.HOLD, Reason.REPORTED, READERS)
    client.force_login(marta, "django.contrib.auth.backends.ModelBackend")
    page = client.get(card_page(appealed)).content.decode()
    assert f"Answered: <q>{WORDS}</q>" in page
    assert 'name="answer"' not in page
    review(marta, appealed, SPAM, "Ні.")
    assert Appeal.objects.get().answer == WORDS


def test_an_answer_without_words_is_told_until_the_text_changes(
    appealed: Comment, marta: User
) -> None:
    review(marta, appealed, SPAM)
    minutes_pass(30)
    words, answer = told(appealed)
    assert ("stays unpublished" in words, answer) == (True, "")
    change(appealed)
    assert told(appealed) == NOTHING
