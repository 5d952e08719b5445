"""The calibration targets of each attribute, and how its thresholds are chosen."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Aim:
    """The calibration targets of one attribute.

    unseen: what a calibration text must not share with any text that the model saw, the strictest
    first. The first decides the thresholds; all of them together calibrate.
    share: the assumed share of positives among a site's comments.
    held, rejected: the shares of clean texts that may reach hold_at and reject_at.
    least: the lowest hold_at.
    """

    unseen: tuple[Literal["family", "group"], ...]
    share: float
    held: float
    rejected: float
    least: float


# Leaving out a whole family is stricter than a new site, because it takes away much of a language;
# leaving out only copies and rewrites is more lenient. For spam only the latter is used: without a
# family, a language would have no spam or no clean text left.
AIMS = {
    "spam": Aim(("group",), 0.05, 0.003, 0.0005, 0.7),
    "toxicity": Aim(("family", "group"), 0.2, 0.02, 0.002, 0.5),
}
