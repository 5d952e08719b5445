"""The scores of one text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

Language = Literal["uk", "ru", "en", "other"]


@dataclass(slots=True)
class Scores(Mapping[str, float]):
    """Calibrated probabilities from 0 to 1 by attribute, and the language of the text.

    `sure`, also from 0 to 1, is the evidence for a rejection by each attribute (see `certainty`).
    `by_judge` has the scores of each judge, if more than one was asked. `is_complete` tells which
    thresholds belong to them: those of the ensemble, or else those of its fast judge.
    """

    by_attribute: Mapping[str, float]
    language: Language
    sure: Mapping[str, float]
    by_judge: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    is_complete: bool = False

    def __getitem__(self, attribute: str) -> float:
        return self.by_attribute[attribute]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_attribute)

    def __len__(self) -> int:
        return len(self.by_attribute)
