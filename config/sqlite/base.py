"""Django's SQLite backend, with a fair wait for the write lock.

SQLite lets one transaction write at a time. Who comes second would sleep inside SQLite, for longer
and longer, while the write that it waits for takes a millisecond
(https://sqlite.org/src/file/src/main.c, sqliteDefaultBusyCallback). It would also keep its
connection's mutex, and whoever holds the lock may need that one: Python's garbage collector resets
a cursor in whichever thread it happens to run. Each would then wait for the other.

Django documents engines that derive from its own, and wrappers around each statement, but only
within a block; the list that such a block adds to is used directly here. The tests in
tests/config/test_sqlite_writers.py fail where statements no longer go through it.
"""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from config.folders import close_to_others

# Seconds between two looks: about as long as a comment's own write takes.
LOOK_EVERY = 0.0005


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks for the lock often, out here, for as long as the database's timeout.

    Its files are for their owner only, wherever they lie and whoever made them.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        opened = super().get_new_connection(conn_params)
        for end in ("", "-wal", "-shm"):
            close_to_others(Path(f"{conn_params['database']}{end}"))
        return opened

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._patiently)

    def init_connection_state(self) -> None:
        super().init_connection_state()
        self.connection.execute("PRAGMA busy_timeout = 0")

    def _patiently(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        """Runs a statement; raises OperationalError where the lock is not had in time.

        Within a transaction there is nothing to wait for: it began by taking the lock.
        """
        until = time.monotonic() + self.settings_dict["OPTIONS"]["timeout"]
        while True:
            try:
                return execute(sql, params, many, context)
            except OperationalError as error:
                # Of many rows written one by one some may be there already.
                if self.in_atomic_block or many or not _is_busy(error) or time.monotonic() > until:
                    raise
            time.sleep(LOOK_EVERY)


def checkpoint(database: Any) -> None:
    """Empties SQLite's log of writes, which would hold what was erased until it is written over.

    Waits for readers as long as for any lock; nothing with another database.
    """
    if database.vendor == "sqlite":
        with database.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _is_busy(error: OperationalError) -> bool:
    cause = error.__cause__
    # An extended code tells in its higher bits what keeps it busy.
    return isinstance(cause, sqlite3.Error) and cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
