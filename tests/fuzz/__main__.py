"""`make fuzz`: many requests, a table of the answers, and an exit code."""

import argparse
import logging
import os
import sys
import time

import django
from tqdm import tqdm


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("--requests", type=int, default=20_000, help="at least this many requests")
    options.add_argument("--seconds", type=float, default=900, help="at most this many seconds")
    options.add_argument("--seed", type=int, default=1, help="the same requests again")
    asked = options.parse_args()

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from django.test.utils import setup_databases, teardown_databases

    from tests.fuzz.run import fuzz

    # The table shows every failure; otherwise each refusal would log a line of its own.
    for name in ("", "django"):
        logging.getLogger(name).handlers = [logging.NullHandler()]
    databases = setup_databases(verbosity=0, interactive=False)
    started = time.monotonic()
    try:
        with tqdm(total=asked.requests, unit=" requests", file=sys.stderr) as bar:
            watch = fuzz(
                requests=asked.requests, seconds=asked.seconds, number=asked.seed, tell=bar.update
            )
    finally:
        teardown_databases(databases, verbosity=0)
    print(watch.table())
    print(
        f"{watch.requests} requests in {time.monotonic() - started:.0f} s (seed {asked.seed}): "
        f"{len(watch.faults)} faults"
    )
    return 1 if watch.faults or watch.requests < asked.requests else 0


if __name__ == "__main__":
    sys.exit(main())
