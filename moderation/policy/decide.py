"""Decide about a submission: a pure function of the submission, its scores and the policy."""

from collections.abc import Collection
from dataclasses import replace

from moderation.classifier.scores import Scores
from moderation.policy.rules import RULES
from moderation.policy.verdict import Outcome, Policy, Reason, Submission, Thresholds, Verdict


def decide(submission: Submission, scores: Scores, policy: Policy) -> Verdict:
    """Return the verdict of the first rule that has one; otherwise publish."""
    for rule in RULES:
        if verdict := rule(submission, scores, policy):
            return verdict
    return Verdict(Outcome.PUBLISH, Reason.CLEAN)


def decide_without(
    reasons: Collection[str], submission: Submission, scores: Scores, policy: Policy
) -> Verdict:
    """Return the verdict as if no rule and no score objected for these reasons."""
    never = Thresholds(hold_at=2.0, reject_at=2.0)
    left = replace(
        policy,
        thresholds={n: never if n in reasons else t for n, t in policy.thresholds.items()},
        fast_thresholds={
            n: never if n in reasons else t for n, t in policy.fast_thresholds.items()
        },
    )
    for rule in RULES:
        verdict = rule(submission, scores, left)
        if verdict and verdict.reason not in reasons:
            return verdict
    return Verdict(Outcome.PUBLISH, Reason.CLEAN)
