"""pytest's plugin for mutants: gives each process its own database, broker and counters.

All are forked from one process that has read the settings, and two run at once: shared state would
make tests fail for the wrong mutant.
"""

import os
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest

# Names a migrated database, which theirs are copies of.
MIGRATED = "MIGRATED_DATABASE"


def _own_folder() -> Path:
    from django.conf import settings

    return Path(settings.VAR_DIR, str(os.getpid()))


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """After pytest-django, which has read the settings."""
    from django.conf import settings
    from django.db import connection

    from config.celery import app
    from config import prometheus_files

    own = _own_folder()
    for folder in (own, own / "metrics"):
        folder.mkdir(mode=0o700, exist_ok=True)
    database = own / "test.sqlite3"
    test = connection.settings_dict["TEST"]
    test["NAME"] = str(database)
    if MIGRATED in os.environ and not database.exists():
        shutil.copy(os.environ[MIGRATED], database)
        test["MIGRATE"] = False
    settings.BROKER_SOCKET = own / "broker.sock"
    settings.CELERY_BROKER_URL = f"redis+socket://{quote(str(settings.BROKER_SOCKET))}"
    app.conf.update(broker_url=settings.CELERY_BROKER_URL)
    # Of the workers that tests start, and of this process.
    os.environ.update({"VAR_DIR": str(own), prometheus_files.FOLDER: str(own / "metrics")})


def pytest_collection_finish(session: pytest.Session) -> None:
    """The parent process has loaded the model and the word lists, but no mutant."""
    if session.config.option.collectonly:
        from moderation.policy import names, personal_data, threats, websites
        from moderation import model_registry

        said = "Дякую, Олено! 067 123 45 67"
        model_registry.for_site().score([said])
        threats.threats(said)
        personal_data.personal_data(said, ())
        websites.suspicious_parts("https://olena.example")
        for look in (names.insults, names.contacts, names.adverts):
            look("Олена Гай")
        names.impersonations("Олена Гай", ())


def pytest_unconfigure() -> None:
    shutil.rmtree(_own_folder(), ignore_errors=True)
