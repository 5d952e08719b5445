"""The interface of a second judge, which scores a text by other means than the fast classifier."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.scores import Language

Floats = NDArray[np.float64]


class Answers(NamedTuple):
    """What a judge says about texts.

    log_odds: of each text for each of the judge's attributes, (texts, attributes).
    is_whole: (texts,); False if the end of a text was not read. Then its scores may only rise:
    otherwise a harmless beginning would publish what the other judges hold.
    """

    log_odds: Floats
    is_whole: NDArray[np.bool_]


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

    def ask(self, texts: Sequence[str], languages: Sequence[Language]) -> Answers:
        """Return what it says about each text.

        That must not depend on the rest of the batch, but for the last digits: the embedding
        judge's sums are rounded differently in batches of other sizes.
        """
