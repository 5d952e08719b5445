"""A decision in words, for moderators."""

from moderation.labels import for_moderator, of_outcome
from moderation.models import Decision
from moderation.policy.verdict import Outcome


def what(decision: Decision) -> str:
    """Return the outcome; if it has a reason worth saying, with the reason."""
    outcome = of_outcome(decision.outcome)
    if decision.outcome in (Outcome.PUBLISH, Outcome.WITHDRAW):
        return outcome
    return f"{outcome} ({decision.own_reason or for_moderator(decision.reason)})"
