"""Changing a rejection's reason never publishes the comment, and its author sees the new reason."""

import pytest
from django.test import Client

from comments.models import Comment, Status
from moderation import erasure, transitions
from moderation.accounts.roles import Role
from moderation.actors import POLICY, ActorKind
from moderation.labels import for_author
from moderation.models import Decision
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.transitions import Evidence, IllegalMoveError, Seen
from tests.makers import make_comment
from tests.moderation.desk.desks import ALL, card_page, press, signed_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR, "marta")


@pytest.fixture
def rejected() -> Comment:
    return make_comment(status=Status.REJECTED)


def test_one_click_changes_the_reason_and_the_author_sees_it(
    marta: Client, rejected: Comment
) -> None:
    before = for_author(rejected)
    page = press(marta, ALL, "toxicity", rejected)
    assert "Reason changed for 1 comment." in page
    rejected.refresh_from_db()
    assert (rejected.status, rejected.reason) == (Status.REJECTED, Reason.TOXICITY)
    assert for_author(rejected) != before
    assert "insults" in for_author(rejected)
    latest, first = rejected.decisions.all()
    assert (latest.from_status, latest.reason, str(latest.user)) == (
        Status.REJECTED,
        Reason.TOXICITY,
        "marta",
    )
    assert first.actor_kind == ActorKind.POLICY
    assert not Decision.objects.filter(outcome=Outcome.PUBLISH).exists()


def test_the_card_of_a_rejected_comment_offers_the_other_reasons(
    marta: Client, rejected: Comment
) -> None:
    page = marta.get(card_page(rejected)).content.decode()
    assert "Another reason:" in page
    for verdict in ("publish", "toxicity"):
        assert f'name="decision" value="{verdict}"' in page
    assert 'name="decision" value="spam"' not in page


def test_choosing_the_same_reason_again_is_not_a_decision(marta: Client, rejected: Comment) -> None:
    assert "1 comment was already decided that way." in press(marta, ALL, "spam", rejected)
    assert rejected.decisions.count() == 1


def test_a_program_cannot_change_the_reason(rejected: Comment) -> None:
    verdict = Verdict(Outcome.REJECT, Reason.TOXICITY)
    with pytest.raises(IllegalMoveError):
        transitions.apply(
            comment=rejected,
            verdict=verdict,
            expected=Seen.of(rejected),
            evidence=Evidence(actor=POLICY),
        )
    rejected.refresh_from_db()
    assert (rejected.reason, rejected.decisions.count()) == (Reason.SPAM, 1)


def test_an_erased_comment_keeps_its_reason(marta: Client, rejected: Comment) -> None:
    erasure.erase(comment=rejected, remove=False)
    rejected.refresh_from_db()
    page = marta.get(card_page(rejected)).content.decode()
    assert "Another reason:" not in page
    decisions = rejected.decisions.count()
    press(marta, ALL, "toxicity", rejected)
    rejected.refresh_from_db()
    assert rejected.decisions.count() == decisions


def test_of_two_corrections_of_one_state_the_second_is_refused(
    marta: Client, rejected: Comment
) -> None:
    as_seen = Comment.objects.get(pk=rejected.pk)
    press(signed_in_as(Role.LEAD, "larysa"), ALL, "publish", rejected)
    press(marta, ALL, "off_topic", as_seen)
    rejected.refresh_from_db()
    assert rejected.status == Status.PUBLISHED
