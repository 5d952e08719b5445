"""`make chaos`: the real service under faults; fails if anything is lost, leaked or stuck.

python -m tests.chaos --comments 10000 --seed 7 --database sqlite
"""

import argparse
import random
import signal
import sys
from pathlib import Path
from typing import NoReturn

from tests.chaos.disk import enter
from tests.chaos.plan import FULL, SHORT
from tests.chaos.run import Order, run
from tests.config.running import free_port

# The short run has no time for the waits of a real site.
QUICK = {"SWEEP_EVERY": "2", "TASK_SECONDS": "5"}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--comments", type=int, default=10_000, metavar="N")
    parser.add_argument("--seed", type=int, help="the order of the faults (default: a new one)")
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--port", type=int, help="where the service listens (default: a free one)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the logs there")
    parser.add_argument("--short", action="store_true", help="each fault once, and briefly")
    return parser.parse_args()


def _stop(*_: object) -> NoReturn:
    """Clean up on SIGTERM as after Ctrl-C."""
    raise KeyboardInterrupt


def main() -> int:
    enter()
    signal.signal(signal.SIGTERM, _stop)
    asked = _arguments()
    order = Order(
        comments=asked.comments,
        seed=random.randrange(10_000) if asked.seed is None else asked.seed,
        database=asked.database,
        port=asked.port or free_port(),
        scale=SHORT if asked.short else FULL,
        settings=QUICK if asked.short else {},
        keep=asked.keep,
    )
    try:
        return 0 if run(order) else 1
    except KeyboardInterrupt:
        print("Stopped; nothing is left running.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
