"""Decide about a submission: a pure function of the submission, its scores and the policy."""

from moderation.classifier.scores import Scores
from moderation.policy.rules import RULES
from moderation.policy.verdict import Outcome, Policy, Reason, Submission, Verdict


def decide(submission: Submission, scores: Scores, policy: Policy) -> Verdict:
    """The first rule's verdict; publish where no rule has one.

    Args:
        submission: the comment and the facts of its author.
        scores: calibrated probabilities in 0..1 and the language.
        policy: thresholds and limits of the site.
    """
    for rule in RULES:
        if verdict := rule(submission, scores, policy):
            return verdict
    return Verdict(Outcome.PUBLISH, Reason.CLEAN)
