"""Moving in: a WordPress export of many comments comes in with `import_comments`."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import TextIO

from tests.benchmarks import texts
from tests.benchmarks.programs import OURS
from tests.benchmarks.sides import ROOT, SideError
from tests.benchmarks.table import Goal, Row
from tests.comments.archives.files import comment, item, wxr

COMMENTS = int(os.environ.get("BENCH_IMPORT", "50000"))
THREAD = 100
ROUNDS = 3
RATE, MEMORY = 2000, 500
SITE = {"CORS_ALLOWED_ORIGINS": "http://testserver", "DEMO": "0"}


def bench(data: Path) -> tuple[str, list[Row]]:
    """Return a heading that says what was measured, and the rows."""
    rates, memories = [], []
    said, origin = texts.pool(data)
    with tempfile.TemporaryDirectory(prefix="importing-") as folder:
        path = Path(folder, "export.xml")
        with path.open("w", encoding="utf-8") as file:
            write(file, said)
        for number in range(ROUNDS):
            var = Path(folder, str(number))
            manage(var, "migrate", "--verbosity", "0")
            seconds, memory = manage(var, "import_comments", str(path), "--format", "wxr")
            rates.append(COMMENTS / seconds)
            memories.append(memory)
        size = path.stat().st_size / 1e6
    heading = (
        f"{COMMENTS:,} comments of a WordPress export ({size:.0f} MB; texts: {origin}) into an "
        "empty SQLite, with the start of the command."
    )
    return heading, [
        Row("comments imported", "/s", rates, goal=Goal(RATE, at_least=True)),
        Row("highest memory", "MB", memories, goal=Goal(MEMORY)),
    ]


def write(file: TextIO, said: list[str]) -> None:
    """Write articles of a hundred comments, every third one an answer to the one before."""
    head, tail = wxr("|").split("|")
    file.write(head)
    found = zip(range(1, COMMENTS + 1), cycle(said), strict=False)
    number = 0
    while thread := list(islice(found, THREAD)):
        number += 1
        file.write(item(*_comments(thread), number=number))
    file.write(tail)


def _comments(thread: list[tuple[int, str]]) -> Iterator[str]:
    for number, text in thread:
        yield comment(
            number,
            author=f"Читач {number % 5000}",
            author_email=f"reader{number % 5000}@example.org",
            content=text.replace("&", "&amp;").replace("<", "&lt;"),
            parent=str(number - 1) if number % 3 == 0 else "0",
        )


def manage(var: Path, *command: str) -> tuple[float, float]:
    """Run a command of manage.py on the database of a folder; return its seconds and megabytes."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [str(OURS.installed()), "manage.py", *command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(var), **SITE},
        stdout=subprocess.DEVNULL,
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SideError(f"manage.py {command[0]} failed")
    # In bytes on macOS, elsewhere in kilobytes.
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return time.perf_counter() - begun, usage.ru_maxrss / unit
