"""Django's SQLite, with writers that wait for one another well.

SQLite lets one transaction write at a time. Who comes second sleeps inside SQLite for longer and
longer, up to a tenth of a second, while the write that it waits for takes a millisecond.
https://sqlite.org/src/file/src/main.c (sqliteDefaultBusyCallback)
"""

import sqlite3
import time
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from config.folders import close_to_others

# Seconds between two looks: about as long as a comment's own write takes.
LOOK_EVERY = 0.0005


class DatabaseWrapper(base.DatabaseWrapper):
    """Begins a transaction by asking for the lock often, as long as the database's timeout.

    Its files are for their owner only, wherever they lie and whoever made them.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        opened = super().get_new_connection(conn_params)
        for end in ("", "-wal", "-shm"):
            close_to_others(Path(f"{conn_params['database']}{end}"))
        return opened

    def _start_transaction_under_autocommit(self) -> None:
        """Raises OperationalError, as Django's own does, where the lock is not had in time."""
        patience = self.settings_dict["OPTIONS"]["timeout"]
        until = time.monotonic() + patience
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    super()._start_transaction_under_autocommit()  # type: ignore[misc]
                    return
                except OperationalError as error:
                    if not _is_busy(error) or time.monotonic() > until:
                        raise
                time.sleep(LOOK_EVERY)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {patience * 1000:.0f}")


def _is_busy(error: OperationalError) -> bool:
    cause = error.__cause__
    # An extended code tells in its higher bits what keeps it busy.
    return isinstance(cause, sqlite3.Error) and cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
