"""Score submissions by a model, with the policy of a site that has set nothing."""

from collections.abc import Sequence

from moderation import scoring
from moderation.classifier import Ensemble, Scores
from moderation.models import SitePolicy
from moderation.policy.verdict import Policy, Submission
from moderation.services import policy_of


def score_all(
    submissions: Sequence[Submission], model: Ensemble, policy: Policy | None = None
) -> list[Scores]:
    used = policy or policy_of(SitePolicy(), model)
    until = scoring.slow_judges_until()
    return scoring.score_all(submissions, model=model, policy=used, until=until)
