"""Score comments for spam and toxicity in Ukrainian, Russian and English. Needs no Django."""

from moderation.classifier.ensemble import Ensemble
from moderation.classifier.ensemble_store import load
from moderation.classifier.errors import ClassifierError, DataError, ModelError
from moderation.classifier.model import Classifier
from moderation.classifier.scores import Scores

__all__ = [
    "Classifier",
    "ClassifierError",
    "DataError",
    "Ensemble",
    "ModelError",
    "Scores",
    "load",
]
