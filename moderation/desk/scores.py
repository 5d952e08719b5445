"""The scores of a decision with their labels."""

from dataclasses import dataclass

from moderation.labels import for_moderator
from moderation.models import Decision


@dataclass(frozen=True)
class Score:
    """The score of an attribute, with the thresholds that were in force, if stored."""

    label: str
    value: float
    hold_at: float | None
    reject_at: float | None


def scores_of(decision: Decision) -> list[Score]:
    """Return the scores of all attributes, sorted by attribute."""
    found = []
    for attribute, value in sorted(decision.scores.items()):
        limits = decision.thresholds.get(attribute, {})
        both = limits.get("hold_at"), limits.get("reject_at")
        found.append(Score(for_moderator(attribute), value, *both))
    return found
