"""Score comments for spam and toxicity in Ukrainian, Russian and English. Needs no Django."""

from moderation.classifier.errors import ClassifierError, DataError, ModelError
from moderation.classifier.model import Classifier
from moderation.classifier.scores import Scores
from moderation.classifier.store import load

__all__ = ["Classifier", "ClassifierError", "DataError", "ModelError", "Scores", "load"]
