"""Django's SQLite backend, with a fair wait for the write lock.

SQLite lets one transaction write at a time. A second writer would sleep inside SQLite, for longer
each time, although the first write takes a millisecond
(https://sqlite.org/src/file/src/main.c, sqliteDefaultBusyCallback). It would also hold its
connection's mutex meanwhile, and the thread with the write lock may need that mutex: Python's
garbage collector resets a cursor in any thread. The two would deadlock.

Django documents how to subclass its engines, and how to wrap every statement within a block. This
module appends directly to the list of wrappers that such a block uses. The tests in
tests/config/test_sqlite_writers.py fail if statements no longer go through it.
"""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from config.folders import close_to_others

# Seconds between attempts: about as long as writing a comment takes.
RETRY_EVERY = 0.0005


class DatabaseWrapper(base.DatabaseWrapper):
    """Retries for the write lock outside SQLite, for up to the database's timeout.

    Makes the database's files readable by their owner only, wherever they are.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        opened = super().get_new_connection(conn_params)
        for suffix in ("", "-wal", "-shm"):
            close_to_others(Path(f"{conn_params['database']}{suffix}"))
        return opened

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._retry_while_busy)

    def init_connection_state(self) -> None:
        super().init_connection_state()
        self.connection.execute("PRAGMA busy_timeout = 0")

    def _retry_while_busy(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        """Run a statement; raise OperationalError if it does not get the lock in time.

        Within a transaction there is nothing to wait for: it began by taking the lock.
        """
        until = time.monotonic() + self.settings_dict["OPTIONS"]["timeout"]
        while True:
            try:
                return execute(sql, params, many, context)
            except OperationalError as error:
                # With `many`, some of the rows may already be written.
                if self.in_atomic_block or many or not _is_busy(error) or time.monotonic() > until:
                    raise
            time.sleep(RETRY_EVERY)


def checkpoint(database: Any) -> None:
    """Empty SQLite's write-ahead log, which would keep erased data until it is overwritten.

    Waits for readers up to the database's timeout. Does nothing for other databases.
    """
    if database.vendor == "sqlite":
        with database.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _is_busy(error: OperationalError) -> bool:
    cause = error.__cause__
    # The higher bits of an extended code only say what it is busy with.
    return isinstance(cause, sqlite3.Error) and cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
