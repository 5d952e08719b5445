"""The interface of a second judge, which scores a text by other means than the fast classifier."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.scores import Language

Floats = NDArray[np.float64]


class Judge(Protocol):
    """A second opinion on texts.

    name: how its scores are stored with a decision.
    version: which model this is.
    attributes: what it scores; the ensemble ignores those that the fast classifier does not have.
    """

    name: str
    version: str
    attributes: tuple[str, ...]

    def load(self) -> None:
        """Read the model into memory, if that was not done yet."""

    def log_odds(self, texts: Sequence[str], languages: Sequence[Language]) -> Floats:
        """Return the log odds of each text for each of `attributes`, (texts, attributes).

        Those of a text must not depend on the rest of the batch.
        """

    def is_read_whole(self, text: str) -> bool:
        """Return False if the end of the text is not read: then its scores may only rise.

        Otherwise a harmless beginning would publish what the other judges hold.
        """
