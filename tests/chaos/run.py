"""One run on one database: start, post under faults, wait, reconcile, stop."""

import random
import secrets
import shutil
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.chaos import leaks, reconcile
from tests.chaos.databases import MAKERS, Database
from tests.chaos.disk import SKIPPED, Disk, disk
from tests.chaos.faults import FAULTS, Stage, possible
from tests.chaos.plan import NO_FAULT, Scale, Step, plan
from tests.chaos.readers import (
    Attempt,
    Marks,
    Reader,
    Record,
    has_loopback_addresses,
    read_and_post,
)
from tests.chaos.service import Service
from tests.chaos.table import Goal, by_fault, goals

READERS = 16
# After the last fault everything accepted must be decided, and every part be back.
STUCK_AFTER = 180.0
# On a slow machine the readers stop after this many times the plan's duration.
LATEST = 3.0


class ServiceEndedError(Exception):
    """The whole service is dead, so there is nothing left to wait for."""


@dataclass(frozen=True)
class Order:
    """The options of the command line."""

    comments: int
    seed: int
    database: str
    port: int
    scale: Scale
    settings: dict[str, str]
    keep: Path | None = None


@dataclass(frozen=True)
class Aftermath:
    """The state after the last fault."""

    stuck: int
    drained: float
    ready: float | None


def run(order: Order) -> bool:
    """Print the tables of one run; return whether every goal was met."""
    begun = time.monotonic()
    with disk() as place, _running(order, place) as stage:
        record, marks = Record(order.comments), Marks(secrets.token_hex(3))
        steps = plan(possible(stage.database, place), order.scale, order.seed)
        _say(f"{order.database}: seed {order.seed}; {', '.join(names(steps))}")
        _post_under_faults(order, stage, record, marks, steps)
        aftermath = _wait(stage)
        rows = [*_accounts(stage, record, marks, aftermath)]
        found = reconcile.fates(stage.database.rows, marks)
        left = stage.service.stop()
        rows.append(Goal("left running after the stop", len(left)))
        _print(order, record.attempts, found, rows, time.monotonic() - begun)
        if not place.small:
            print(SKIPPED)
    return not any(row.found for row in rows) and record.accepted >= order.comments


@contextmanager
def _running(order: Order, place: Disk) -> Iterator[Stage]:
    """The database and the service, stopped in any case."""
    database: Database = MAKERS[order.database](place.place)
    settings = {**order.settings, **({"DATABASE_URL": database.url} if database.url else {})}
    service = Service(place.place, order.port, settings)
    try:
        service.start()
        yield Stage(service, database, place, random.Random(order.seed))
    except BaseException:
        print(service.output.read_text(errors="replace")[-4000:], file=sys.stderr)
        raise
    finally:
        service.stop()
        database.stop()
        if order.keep:
            _keep(order.keep, [service.output, *service.var_dir.glob("*.log"), *database.logs()])


def _keep(folder: Path, files: Sequence[Path]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in files:
        shutil.copyfile(path, folder / path.name)


def _post_under_faults(
    order: Order, stage: Stage, record: Record, marks: Marks, steps: Sequence[Step]
) -> None:
    readers = [Reader(number, order.port, marks, order.seed) for number in range(READERS)]
    threads = [threading.Thread(target=read_and_post, args=(each, record)) for each in readers]
    planned = sum(step.seconds for step in steps)
    latest = time.monotonic() + planned * LATEST + 60
    try:
        for thread in threads:
            thread.start()
        done = 0.0
        for step in steps:
            _take(step, stage, record, done, planned)
            done += step.seconds
        record.progress = 2.0
        while any(map(threading.Thread.is_alive, threads)) and time.monotonic() < latest:
            if stage.service.ended():
                raise ServiceEndedError("the supervisor of the service has ended")
            time.sleep(0.1)
            _progress(record)
    finally:
        record.over = True
        for thread in threads:
            # One may not have been started before an interrupt.
            if thread.ident:
                thread.join()
        _say("")


def _take(step: Step, stage: Stage, record: Record, done: float, planned: float) -> None:
    """Run one step, during which readers post as many comments as are due."""
    over = threading.Event()
    ticking = threading.Thread(target=_tick, args=(step, record, done, planned, over))
    record.fault = step.name
    stage.service.note(step.name)
    ticking.start()
    try:
        if step.name == NO_FAULT:
            time.sleep(step.seconds)
        else:
            with FAULTS[step.name](stage, step.seconds):
                pass
    finally:
        over.set()
        ticking.join()
        record.fault = NO_FAULT


def _tick(step: Step, record: Record, done: float, planned: float, over: threading.Event) -> None:
    begun = time.monotonic()
    while not over.wait(0.02):
        spent = min(time.monotonic() - begun, step.seconds)
        # The last comment waits for the last step.
        record.progress = min((done + spent) / planned, 0.999)
        _progress(record)


def _progress(record: Record) -> None:
    if sys.stderr.isatty():
        line = f"\r{record.accepted:,} of {record.wanted:,} accepted, now: {record.fault}"
        print(line.ljust(70), end="", file=sys.stderr, flush=True)


def _wait(stage: Stage) -> Aftermath:
    """Wait until nothing is pending and every part is ready, for three minutes at most."""
    begun = time.monotonic()
    drained: float | None = None
    ready: float | None = None
    while (spent := time.monotonic() - begun) < STUCK_AFTER:
        if drained is None and not reconcile.pending(stage.database.rows):
            drained = spent
        if ready is None and stage.service.ready():
            ready = spent
        if drained is not None and ready is not None:
            break
        time.sleep(0.3)
    stuck = reconcile.pending(stage.database.rows)
    return Aftermath(stuck, STUCK_AFTER if drained is None else drained, ready)


def _accounts(stage: Stage, record: Record, marks: Marks, after: Aftermath) -> Iterator[Goal]:
    ask = stage.database.rows
    acknowledged = [each.acknowledged for each in record.attempts if each.acknowledged]
    found = reconcile.fates(ask, marks)
    count, forms = len(acknowledged), sum(each.by_form for each in acknowledged)
    yield Goal(
        "acknowledged and lost",
        len(reconcile.lost(acknowledged, found)),
        f"of {count:,} acknowledged, {forms:,} by form and {count - forms:,} by REST; "
        f"{len(found) - count:,} more were stored without a confirmation",
    )
    for what, number in reconcile.wrong(ask).items():
        yield Goal(what, number)
    yield Goal(
        "stuck over 3 minutes after the last fault",
        after.stuck,
        f"the last was decided after {after.drained:.1f} s",
    )
    yield Goal(
        "parts not ready by then",
        int(after.ready is None),
        "" if after.ready is None else f"/readyz was green after {after.ready:.1f} s",
    )
    with stage.service.broker() as broker:
        leaked = leaks.leaks(stage.database, _files(stage), broker, marks)
    aside = "" if has_loopback_addresses() else "addresses were not checked here"
    yield Goal(
        "e-mail, text or address outside its column", len(leaked), "; ".join(leaked) or aside
    )
    yield Goal("tracebacks shown to readers", _shown(record.attempts))


def _shown(attempts: Sequence[Attempt]) -> int:
    return sum("traceback" in each.answer for each in attempts)


def _files(stage: Stage) -> list[Path]:
    """All files that the service has written, except the database's own."""
    own = [path for path in stage.service.var_dir.rglob("*") if path.is_file()]
    kept = [path for path in own if not path.name.startswith("db.sqlite3")]
    return [*kept, stage.service.output, *stage.database.logs()]


def _print(
    order: Order,
    attempts: Sequence[Attempt],
    found: dict[int, reconcile.Fate],
    rows: Sequence[Goal],
    seconds: float,
) -> None:
    heading = f"{order.database}, seed {order.seed}, {seconds:.0f} s"
    print(f"\n{heading}\n\n{by_fault(attempts, found)}\n\n{goals(rows)}\n", flush=True)


def names(steps: Sequence[Step]) -> list[str]:
    return [step.name for step in steps if step.name != NO_FAULT]


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
