"""The errors of the classifier, each carrying one sentence that a person can act on."""


class ClassifierError(Exception):
    """Anything the classifier refuses to work with."""


class ModelError(ClassifierError):
    """A model folder that is missing, changed, or made for other versions."""


class DataError(ClassifierError):
    """Labelled texts that are missing or malformed."""
