"""The scores of a decision with their labels."""

from dataclasses import dataclass

from moderation.labels import for_moderator, of_judge
from moderation.models import Decision


@dataclass(frozen=True)
class Score:
    """The score of an attribute, with the thresholds that were in force, if stored.

    judges: the label and the score of each judge, if more than one was asked.
    """

    label: str
    value: float
    hold_at: float | None
    reject_at: float | None
    judges: list[tuple[str, float]]


def scores_of(decision: Decision) -> list[Score]:
    """Return the scores of all attributes, sorted by attribute."""
    found = []
    for attribute, value in sorted(decision.scores.items()):
        limits = decision.thresholds.get(attribute, {})
        both = limits.get("hold_at"), limits.get("reject_at")
        judges = [
            (of_judge(name), scores[attribute])
            for name, scores in decision.scores_by_judge.items()
            if attribute in scores
        ]
        found.append(Score(for_moderator(attribute), value, *both, judges))
    return found
