"""A mail about a later decision does not repeat the answer to an appeal."""

import pytest

from comments.models import Comment
from moderation import appeals, author_changes
from moderation.accounts.roles import make_member
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.services import review_all
from moderation.transitions import Seen
from tests.makers import decide
from tests.moderation.delivery.mailbox import Mailbox, post, send
from tests.moderation.delivery.receiver import minutes_pass

pytestmark = pytest.mark.django_db
WORDS = "Перечитали уважно."
OTHERS = {"text": "Тепер інакше.", "author_name": "Олена", "author_url": ""}


@pytest.fixture
def denied(mailbox: Mailbox) -> Comment:
    comment = post()
    decide(comment, Outcome.REJECT, Reason.SPAM)
    comment.refresh_from_db()
    appeals.appeal(comment=comment, sentence="Це не реклама.")
    seen = {comment.pk: Seen.of(comment)}
    verdict = Verdict(Outcome.REJECT, Reason.SPAM)
    review_all(moderator=make_member("olha")[0], verdict=verdict, seen=seen, answer=WORDS)
    minutes_pass(12)
    send()
    assert f"Модератор пише: {WORDS}" in mailbox.last
    comment.refresh_from_db()
    return comment


@pytest.mark.parametrize(
    ("outcome", "subject"),
    [(Outcome.PUBLISH, "Ваш коментар опубліковано"), (Outcome.REJECT, "не опубліковано")],
)
def test_what_the_policy_decides_about_a_changed_text_is_told_without_the_old_answer(
    mailbox: Mailbox, denied: Comment, outcome: Outcome, subject: str
) -> None:
    author_changes.revise(comment=denied, written=OTHERS)
    decide(denied, outcome, Reason.TOXICITY)
    send()
    assert subject in mailbox.subjects[-1]
    assert "> Тепер інакше." in mailbox.last
    assert WORDS not in mailbox.last
    assert "ще раз" not in mailbox.last
