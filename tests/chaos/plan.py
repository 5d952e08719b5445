"""What is done to the service and when: the same for the same seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NO_FAULT = "calm"


@dataclass(frozen=True)
class Step:
    """This many seconds under one fault, or under none."""

    name: str
    seconds: float


@dataclass(frozen=True)
class Scale:
    """How long things take: `short` for the test suite, `full` for `make chaos`."""

    calm: float
    begin: float
    rounds: int
    seconds: dict[str, float]


def plan(names: Sequence[str], scale: Scale, seed: int) -> list[Step]:
    """Return each fault once per round, in an order given by the seed, with pauses between."""
    return [Step(NO_FAULT, scale.begin), *_steps(names, scale, random.Random(seed))]


def _steps(names: Sequence[str], scale: Scale, choose: random.Random) -> Iterator[Step]:
    for turn in range(scale.rounds):
        # The disk fills up once.
        again = [name for name in names if turn == 0 or name != "disk full"]
        for name in choose.sample(again, len(again)):
            yield Step(name, scale.seconds[name])
            yield Step(NO_FAULT, scale.calm * choose.uniform(0.7, 1.3))


SHORT = Scale(
    calm=0.2,
    begin=1.0,
    rounds=1,
    seconds={
        "worker children killed": 1.2,
        "worker killed": 1.5,
        "web children killed": 1.0,
        "web server killed": 2.0,
        "broker killed": 1.0,
        "broker hung": 2.5,
        "broker wiped": 0.4,
        "scorer raises": 3.0,
        "scorer hangs": 2.0,
        "database locked": 1.5,
        "database restarted": 2.0,
        "disk full": 2.5,
    },
)
FULL = Scale(
    calm=4.0,
    begin=10.0,
    rounds=2,
    seconds={
        "worker children killed": 4.0,
        "worker killed": 4.0,
        "web children killed": 4.0,
        "web server killed": 4.0,
        "broker killed": 4.0,
        "broker hung": 20.0,
        "broker wiped": 3.0,
        # Longer than a task's own retries, so that some comments are held.
        "scorer raises": 12.0,
        # Longer than a task's hard time limit.
        "scorer hangs": 35.0,
        # Longer than the service waits for SQLite's lock.
        "database locked": 25.0,
        "database restarted": 6.0,
        "disk full": 10.0,
    },
)
