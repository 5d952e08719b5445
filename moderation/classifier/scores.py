"""What a text scored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["uk", "ru", "en", "other"]


@dataclass(slots=True)
class Scores(Mapping[str, float]):
    """Of one text: calibrated probabilities from 0 to 1 by attribute, and its language.

    `sure`, from 0 to 1 as well, is what is left of each score as the evidence for a rejection (see
    `certainty`).
    """

    by_attribute: Mapping[str, float]
    language: Language
    sure: Mapping[str, float]

    def __getitem__(self, attribute: str) -> float:
        return self.by_attribute[attribute]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_attribute)

    def __len__(self) -> int:
        return len(self.by_attribute)
