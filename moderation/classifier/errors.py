"""The errors of the classifier. Each message is one sentence that a person can act on."""


class ClassifierError(Exception):
    """Base class of the errors below."""


class ModelError(ClassifierError):
    """A model folder is missing, was changed, or was made for another version."""


class DataError(ClassifierError):
    """Labelled texts are missing or malformed."""
