"""Scores comments without Django: in Ukrainian, Russian and English for spam and toxicity."""

from moderation.classifier.errors import ClassifierError, DataError, ModelError
from moderation.classifier.model import Classifier
from moderation.classifier.scores import Scores
from moderation.classifier.store import load

__all__ = ["Classifier", "ClassifierError", "DataError", "ModelError", "Scores", "load"]
