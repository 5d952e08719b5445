"""A publication is told though a moderator has kept the comment after readers' reports."""

from typing import Any

import pytest

from comments.models import Status
from moderation import acts
from moderation.accounts.models import User
from moderation.accounts.roles import make_member
from moderation.policy.verdict import Outcome, Reason, Verdict
from tests.makers import decide, make_comment
from tests.moderation.delivery.mailbox import Mailbox, post, send
from tests.moderation.delivery.receiver import Receiver, deliver, make_endpoint, minutes_pass
from tests.moderation.delivery.reviewing import review
from tests.moderation.reporting import report_it

pytestmark = pytest.mark.django_db
PUBLISH = Verdict(Outcome.PUBLISH, Reason.REVIEWED)
KEEP = Verdict(Outcome.PUBLISH, Reason.KEPT)


@pytest.fixture(autouse=True)
def _ten_minutes(settings: Any) -> None:
    settings.UNDO_MINUTES = 10


@pytest.fixture
def olha(db: None) -> User:
    return make_member("olha")[0]


@pytest.mark.parametrize("undone", [False, True])
def test_the_site_is_told_of_a_publication_that_a_colleague_keeps_before_its_undo_has_expired(
    receiver: Receiver, olha: User, undone: bool
) -> None:
    make_endpoint(receiver.url, "comment.published")
    comment = make_comment(status=Status.HELD)
    review(olha, comment, PUBLISH)
    report_it(comment)
    keeping = review(make_member("ivan")[0], comment, KEEP)
    if undone:
        acts.undo(act=keeping, user=keeping.user)
    deliver()
    minutes_pass(12)
    deliver()
    deliver()
    assert receiver.kinds == ["comment.published"]


def test_the_site_is_told_of_it_late_though_it_has_been_kept_since(
    receiver: Receiver, olha: User
) -> None:
    make_endpoint(receiver.url, "comment.published")
    receiver.status = 500
    comment = make_comment()
    deliver()
    receiver.status, receiver.requests = 204, []
    report_it(comment)
    review(olha, comment, KEEP)
    minutes_pass(60)
    deliver()
    assert receiver.kinds == ["comment.published"]


def test_the_author_is_told_of_it_by_mail(mailbox: Mailbox, olha: User) -> None:
    comment = post()
    decide(comment, Outcome.HOLD, Reason.TOXICITY)
    review(olha, comment, PUBLISH)
    report_it(comment)
    review(olha, comment, KEEP)
    send()
    minutes_pass(12)
    send()
    send()
    assert mailbox.subjects == ["Ваш коментар опубліковано: Міст відремонтують"]
