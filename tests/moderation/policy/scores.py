"""Scores for tests of the policy, without a model."""

from moderation.classifier import Scores
from moderation.classifier.scores import Language


def scored(
    *,
    spam: float = 0.0,
    toxicity: float = 0.0,
    sure_spam: float = 1.0,
    sure_toxicity: float = 1.0,
    language: Language = "uk",
) -> Scores:
    """Return zero scores unless given, with full evidence for a rejection."""
    sure = {"spam": sure_spam, "toxicity": sure_toxicity}
    return Scores({"spam": spam, "toxicity": toxicity}, language, sure)
