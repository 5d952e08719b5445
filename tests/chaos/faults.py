"""All faults: how each begins and how it is undone."""

import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass

import redis

from tests.chaos.databases import Database
from tests.chaos.disk import Disk
from tests.chaos.service import Service, signal_to


@dataclass(frozen=True)
class Stage:
    """Everything that a fault may affect."""

    service: Service
    database: Database
    disk: Disk
    choose: random.Random


Fault = Callable[[Stage, float], AbstractContextManager[None]]


def _killed_once(part: str) -> Fault:
    @contextmanager
    def fault(stage: Stage, seconds: float) -> Iterator[None]:
        stage.service.kill(part)
        time.sleep(seconds)
        yield

    return fault


def _children_killed(part: str) -> Fault:
    """Kill one child after the other, while its siblings continue."""

    @contextmanager
    def fault(stage: Stage, seconds: float) -> Iterator[None]:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            stage.service.kill_child(part, stage.choose)
            time.sleep(min(1.0, seconds / 3))
        yield

    return fault


@contextmanager
def _broker_hung(stage: Stage, seconds: float) -> Iterator[None]:
    """Suspended, it still accepts connections and never answers."""
    broker = stage.service.part("broker")
    try:
        if broker:
            signal_to(broker, signal.SIGSTOP)
        time.sleep(seconds)
        yield
    finally:
        if broker:
            signal_to(broker, signal.SIGCONT)


@contextmanager
def _broker_wiped(stage: Stage, seconds: float) -> Iterator[None]:
    with suppress(redis.RedisError), stage.service.broker() as link:
        link.flushall()
    time.sleep(seconds)
    yield


@contextmanager
def _scorer_raises(stage: Stage, seconds: float) -> Iterator[None]:
    """Truncate the weights, as a failed copy does, for a new worker to find."""
    weights = max(stage.service.model.glob("*.npz"), key=lambda path: path.stat().st_size)
    whole = weights.read_bytes()
    try:
        weights.write_bytes(whole[: len(whole) // 2])
        stage.service.kill("worker")
        end = time.monotonic() + seconds
        stage.service.wait_for("model", out=True)
        time.sleep(max(1.0, end - time.monotonic()))
        yield
    finally:
        # The worker is not restarted: it must find the restored weights by itself.
        weights.write_bytes(whole)


@contextmanager
def _scorer_hangs(stage: Stage, seconds: float) -> Iterator[None]:
    """Suspend the scoring processes during their work."""
    children = stage.service.children("worker")
    try:
        for child in children:
            signal_to(child, signal.SIGSTOP)
        time.sleep(seconds)
        yield
    finally:
        for child in children:
            signal_to(child, signal.SIGCONT)


@contextmanager
def _database_taken_away(stage: Stage, seconds: float) -> Iterator[None]:
    with stage.database.taken_away(seconds):
        yield


@contextmanager
def _disk_full(stage: Stage, seconds: float) -> Iterator[None]:
    """Fill the disk of database, broker and logs to the last byte."""
    with suppress(Exception):
        stage.database.flush()
    try:
        stage.disk.fill()
        time.sleep(seconds)
        yield
    finally:
        stage.disk.free()
        stage.database.mended()


FAULTS: dict[str, Fault] = {
    "worker children killed": _children_killed("worker"),
    "worker killed": _killed_once("worker"),
    "web children killed": _children_killed("web"),
    "web server killed": _killed_once("web"),
    "broker killed": _killed_once("broker"),
    "broker hung": _broker_hung,
    "broker wiped": _broker_wiped,
    "scorer raises": _scorer_raises,
    "scorer hangs": _scorer_hangs,
    "database locked": _database_taken_away,
    "database restarted": _database_taken_away,
    "disk full": _disk_full,
}


def possible(database: Database, disk: Disk) -> list[str]:
    """Return the faults that are possible here."""
    left_out = {"database locked", "database restarted"} - {database.fault}
    if not disk.small:
        left_out.add("disk full")
    return [name for name in FAULTS if name not in left_out]
