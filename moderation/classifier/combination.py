"""Combine the log odds of the fast classifier and of a second judge."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.scores import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Shares:
    """How much one unit of each judge's log odds adds to the result, for one text and attribute.

    One of two lines decides: the sum of both judges, or the second judge alone.
    """

    fast: float
    second: float
    constant: float


@dataclass(frozen=True)
class Combination:
    """What was learned about combining two judges, with a column for each attribute.

    floor: the lowest log odds taken from the fast judge: words alone must not be sure that a text
    is harmless.
    second: the weight of the second judge beside the fast one, whose weight is 1.
    alone: what to add to the second judge's log odds to get the line that it holds a text by
    alone; minus infinity if it may not.
    slopes, offsets: the calibration for texts in each of LANGUAGES, (languages, attributes).
    """

    floor: NDArray[np.float64]
    second: NDArray[np.float64]
    alone: NDArray[np.float64]
    slopes: NDArray[np.float64]
    offsets: NDArray[np.float64]

    def combine(self, fast: Floats, second: Floats, languages: Sequence[Language]) -> Floats:
        """Return calibrated log odds, (texts, attributes), from those of both judges."""
        sums = np.maximum(fast, self.floor) + self.second * second
        sums = np.maximum(sums, second + self.alone)
        rows = [LANGUAGES.index(language) for language in languages]
        return np.asarray(sums * self.slopes[rows] + self.offsets[rows])

    def shares(self, fast: float, second: float, language: Language, column: int) -> Shares:
        """Return what decided about one attribute, given both judges' log odds."""
        row = LANGUAGES.index(language)
        slope, offset = float(self.slopes[row, column]), float(self.offsets[row, column])
        floor, weight = float(self.floor[column]), float(self.second[column])
        own_line = second + float(self.alone[column])
        if own_line > max(fast, floor) + weight * second:
            return Shares(0.0, slope, slope * float(self.alone[column]) + offset)
        if fast > floor:
            return Shares(slope, slope * weight, offset)
        return Shares(0.0, slope * weight, slope * floor + offset)
