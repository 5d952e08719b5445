"""An author with a published comment is held from a higher score than one nobody knows."""

from dataclasses import replace
from typing import Any

import pytest

from comments.models import Status
from comments.reception.services import submit_comment
from moderation import model_registry, services
from moderation.models import SitePolicy
from moderation.policy.decide import decide
from moderation.policy.verdict import Outcome, Policy, Submission, Thresholds
from moderation.services import policy_of
from tests.makers import make_article, make_comment, make_draft, set_policy
from tests.moderation.policy.scores import scored

POLICY = Policy(
    thresholds={
        "spam": Thresholds(0.5, 0.9, hold_known_at=0.7),
        "toxicity": Thresholds(0.4, 0.8, hold_known_at=0.6),
    }
)
UNKNOWN = Submission(text="Міст треба було лагодити ще торік.")
KNOWN = replace(UNKNOWN, author_published=1)
HERS: dict[str, Any] = {"author_email": "olena@example.org", "secret": "of her browser"}


@pytest.mark.parametrize(
    ("submission", "toxicity", "outcome"),
    [
        (UNKNOWN, 0.39, Outcome.PUBLISH),
        (UNKNOWN, 0.4, Outcome.HOLD),
        (KNOWN, 0.59, Outcome.PUBLISH),
        (KNOWN, 0.6, Outcome.HOLD),
        (replace(KNOWN, author_rejected=1), 0.4, Outcome.HOLD),
        (KNOWN, 0.8, Outcome.REJECT),
    ],
)
def test_each_is_held_from_a_line_of_their_own(
    submission: Submission, toxicity: float, outcome: Outcome
) -> None:
    assert decide(submission, scored(toxicity=toxicity), POLICY).outcome == outcome


def test_the_line_that_applied_is_the_one_on_record() -> None:
    assert POLICY.limits_for(UNKNOWN, scored())["spam"] == {"hold_at": 0.5, "reject_at": 0.9}
    assert POLICY.limits_for(KNOWN, scored())["spam"] == {"hold_at": 0.7, "reject_at": 0.9}


def test_a_lower_line_for_known_authors_than_for_others_counts_as_equal() -> None:
    policy = Policy(thresholds={"spam": Thresholds(0.5, 0.9, hold_known_at=0.2)})
    assert policy.limits_for(KNOWN, scored())["spam"]["hold_at"] == 0.5


def test_a_sites_own_line_is_for_everyone_unless_it_sets_one_for_known_authors() -> None:
    model = model_registry.for_site()
    own = SitePolicy(thresholds={"toxicity": {"hold_at": 0.3}})
    assert policy_of(own, model).thresholds["toxicity"].hold_known_at == 0
    own.thresholds["toxicity"]["hold_known_at"] = 0.35
    assert policy_of(own, model).thresholds["toxicity"].hold_known_at == 0.35


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("secret", "status"), [("of her browser", Status.PUBLISHED), ("of another", Status.HELD)]
)
def test_one_browser_with_a_published_comment_is_known_and_her_e_mail_alone_is_not(
    secret: str, status: Status
) -> None:
    set_policy(toxicity_hold_at=0, toxicity_hold_known_at=0.99)
    article = make_article()
    make_comment(article, **HERS)
    comment = submit_comment(article=article, draft=make_draft(**HERS | {"secret": secret}))
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    assert comment.status == status
