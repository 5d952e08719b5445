"""Decide about a submission: a pure function of the submission, its scores and the policy."""

from moderation.classifier.scores import Scores
from moderation.policy.rules import RULES
from moderation.policy.verdict import Outcome, Policy, Reason, Submission, Verdict


def decide(submission: Submission, scores: Scores, policy: Policy) -> Verdict:
    """Return the verdict of the first rule that has one; otherwise publish."""
    for rule in RULES:
        if verdict := rule(submission, scores, policy):
            return verdict
    return Verdict(Outcome.PUBLISH, Reason.CLEAN)
