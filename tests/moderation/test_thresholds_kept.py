"""A decision keeps the thresholds of its time when the policy changes later."""

import re

import pytest

from comments.models import Status
from moderation import services
from moderation.accounts.roles import Role
from tests.makers import make_comment, set_policy
from tests.moderation.desk.desks import ALL, signed_in_as

pytestmark = pytest.mark.django_db


def test_the_card_shows_the_thresholds_in_force_at_the_decision() -> None:
    site = set_policy(
        toxicity_hold_at=0, toxicity_reject_at=0.9988, spam_hold_at=0.61, spam_reject_at=1
    )
    comment = make_comment(status=Status.PENDING)
    services.moderate(comment_id=comment.pk)
    kept = comment.decisions.get().thresholds
    assert kept == {
        "spam": {"hold_at": 0.61, "reject_at": 1},
        "toxicity": {"hold_at": 0, "reject_at": 0.9988},
    }
    site.thresholds = {"spam": {"hold_at": 0.99}, "toxicity": {"hold_at": 0.98}}
    site.save()
    page = signed_in_as(Role.AUDITOR).get(f"{ALL}{comment.pk}/").content.decode()
    assert "held from 61%" in page
    assert "held from 99%" not in page
    table = page.partition("desk-history")[2]
    assert "61% / 100%" in re.sub(r"\s+", " ", table)
    assert "0% / 99.88%" in re.sub(r"\s+", " ", table)


def test_a_decision_without_scores_shows_no_thresholds() -> None:
    comment = make_comment(status=Status.HELD)
    assert comment.decisions.get().thresholds == {}
    page = signed_in_as(Role.AUDITOR).get(f"{ALL}{comment.pk}/").content.decode()
    assert "held from" not in page
