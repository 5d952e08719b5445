"""Erased data disappears from the database's files and from the log."""

import logging
import subprocess
from pathlib import Path

import pytest
from django.db import connection

from comments.models import Status
from config.request_id import request_id
from moderation.campaigns.senders import remove
from moderation.models import Membership, TextSignature
from moderation.privacy import erase_person
from tests.makers import make_article, make_comment
from tests.moderation.campaigns.letters import OTHERS, PETITION, sent

SECRET = "таємниця про сусідів, яку забрали назад"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has its own housekeeping")
def test_no_file_of_sqlite_contains_erased_data() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)
    # SQLite may be compiled like this; the service must not depend on it.
    assert "secure_delete=ON" in connection.settings_dict["OPTIONS"]["init_command"]
    make_comment(text=f"{SECRET} " * 40, author_email="olena@example.org")
    kept = Path(str(connection.settings_dict["NAME"]))
    files = [kept, kept.with_name(f"{kept.name}-wal")]
    assert any(SECRET.encode() in content(file) for file in files)
    erase_person(email="olena@example.org", operator="root", remove=True)
    assert not any(SECRET.encode() in content(file) for file in files)


def content(file: Path) -> bytes:
    """Read by another process, because closing a file releases all locks of this one on it."""
    return subprocess.run(["cat", file], stdout=subprocess.PIPE, check=True).stdout


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("status", [Status.HELD, Status.PUBLISHED])
def test_the_log_does_not_contain_the_request_id_of_an_erased_comment(
    status: Status, caplog: pytest.LogCaptureFixture
) -> None:
    request_id.set("her-request-1")
    make_comment(status=status, author_email="olena@example.org")
    request_id.set("")
    caplog.clear()
    with caplog.at_level(logging.INFO):
        erase_person(email="olena@example.org", operator="root", remove=True)
    assert "reject, erased" in caplog.text
    logged = [str(getattr(record, "fields", "")) for record in caplog.records]
    assert "her-request-1" not in caplog.text + str(logged)


@pytest.mark.django_db
def test_removing_a_comment_keeps_the_data_of_others() -> None:
    article = make_article()
    first, second, other = (
        sent(PETITION, article),
        sent(PETITION, article),
        sent(OTHERS[0], article),
    )
    remove(first)
    assert set(TextSignature.objects.values_list("comment_id", flat=True)) == {second.pk, other.pk}
    assert set(Membership.objects.values_list("comment_id", flat=True)) == {second.pk}
    remove(second)
    assert set(TextSignature.objects.values_list("comment_id", flat=True)) == {other.pk}
    assert not Membership.objects.exists()
