"""The database itself refuses to change the logs, whoever asks."""

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import StateApps

from comments.append_only import AppendOnly
from comments.models import Event
from moderation.accounts.log import record
from moderation.accounts.models import AccountDeed, User
from moderation.models import Act, PrivacyDeed, PrivacyEntry
from tests.makers import make_comment

pytestmark = pytest.mark.django_db
LOGS = [model for model in apps.get_models() if issubclass(model, AppendOnly)]
KEPT = [model for model in LOGS if model is not Event]


@pytest.fixture(autouse=True)
def _a_row_in_each_log() -> None:
    """Fails for a new log until this makes a row of it."""
    make_comment()
    olha = User.objects.create(username="olha")
    Act.objects.create(kind="decision", user=olha)
    PrivacyEntry.objects.create(deed=PrivacyDeed.SEARCH, actor=olha)
    record(AccountDeed.MADE, olha, operator="root")
    assert all(model.objects.exists() for model in LOGS)


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except IntegrityError as error:
        return "append-only" in str(error)
    return False


def rows(model: Any) -> list[Any]:
    return list(model.objects.order_by("pk").values_list())


@pytest.mark.parametrize("model", LOGS)
def test_no_statement_changes_a_row_of_a_log(model: type[AppendOnly]) -> None:
    before, table = rows(model), model._meta.db_table
    assert refused(f"UPDATE {table} SET created_at = created_at")
    assert rows(model) == before


@pytest.mark.parametrize("model", KEPT)
def test_no_statement_deletes_a_row_of_a_log_that_is_kept(model: type[AppendOnly]) -> None:
    before, table = rows(model), model._meta.db_table
    assert refused(f"DELETE FROM {table}")
    if connection.vendor == "postgresql":
        # Else it would first be refused for the checks of foreign keys that are to come.
        connection.check_constraints()
        assert refused(f"TRUNCATE {table} CASCADE")
    assert rows(model) == before


@pytest.mark.parametrize("model", LOGS)
def test_no_row_of_a_log_is_replaced_by_another(model: type[AppendOnly]) -> None:
    before, table = rows(model), model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    copied = f"({columns}) SELECT {columns} FROM {table}"
    if connection.vendor == "sqlite":
        assert refused(f"REPLACE INTO {table} {copied}")
    else:
        changed = "ON CONFLICT (id) DO UPDATE SET created_at = now()"
        assert refused(f"INSERT INTO {table} {copied} {changed}")
    assert rows(model) == before


@pytest.mark.one_database
def test_an_act_is_not_replaced_by_another_that_undoes_the_same() -> None:
    act = Act.objects.get()
    undoing = Act.objects.create(kind=act.kind, user=act.user, undoes=act)
    columns = "kind, user_id, before, undoes_id, created_at"
    copied = f"({columns}) SELECT {columns} FROM moderation_act WHERE id = {undoing.pk}"
    assert refused(f"REPLACE INTO moderation_act {copied}")
    assert undoing in Act.objects.all()


@pytest.mark.django_db(transaction=True)
def test_an_older_version_gets_its_tables_back_as_they_were() -> None:
    made = [
        operation
        for (_app, name), migration in MigrationLoader(connection).disk_migrations.items()
        for operation in migration.operations
        if name.endswith("cannot_be_changed") and isinstance(operation, RunPython)
    ]
    assert len(made) == 3
    old = StateApps([], {})
    with connection.schema_editor() as editor:
        for operation in made:
            assert operation.reverse_code
            operation.reverse_code(old, editor)
    try:
        assert not any(refused(f"UPDATE {log._meta.db_table} SET id = id") for log in LOGS)
    finally:
        with connection.schema_editor() as editor:
            for operation in made:
                operation.code(old, editor)
    assert all(refused(f"UPDATE {log._meta.db_table} SET id = id") for log in LOGS)
