"""What each attribute is calibrated for, and how its thresholds are chosen."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Aim:
    """What an attribute is calibrated on and for.

    `unseen` names what a scored text shares with none of those the model saw, the harshest first:
    that one decides thresholds, all together calibrate. `share` is the share of positives that a
    site is taken to get. `held` and `rejected` are the shares of clean texts that may reach hold_at
    and reject_at, `least` is the lowest hold_at.
    """

    unseen: tuple[Literal["family", "group"], ...]
    share: float
    held: float
    rejected: float
    least: float


# Leaving out a whole family is harsher than a new site, as much of a language goes with it; leaving
# out only copies and rewrites is milder. For spam the former would leave a language with no spam or
# no honest text at all, so there is only the latter.
AIMS = {
    "spam": Aim(("group",), 0.05, 0.003, 0.0005, 0.7),
    "toxicity": Aim(("family", "group"), 0.2, 0.02, 0.002, 0.5),
}
