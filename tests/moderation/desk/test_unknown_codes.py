"""Codes of a newer version, as after a rollback, are shown as they are."""

import pytest
from django.db import connection
from django.test import Client

from comments.identity import status_path
from comments.models import Comment, Status
from moderation.accounts.roles import Role
from moderation.models import Decision
from tests.logs import without_triggers
from tests.makers import make_comment
from tests.moderation.desk.desks import ALL, LOG, QUEUE, press, signed_in_as

pytestmark = pytest.mark.django_db


def of_tomorrow(status: Status) -> Comment:
    """A comment decided for a reason and in a language that this version has no labels for."""
    comment = make_comment(status=status)
    Comment.objects.filter(pk=comment.pk).update(reason="of_tomorrow")
    newer = "reason = 'of_tomorrow', language = 'pl', outcome = 'defer'"
    # The model and the database do not allow changes to a decision.
    with without_triggers(), connection.cursor() as cursor:
        table = Decision._meta.db_table
        cursor.execute(f"UPDATE {table} SET {newer} WHERE comment_id = %s", [comment.pk])
    comment.refresh_from_db()
    return comment


@pytest.mark.parametrize("status", [Status.HELD, Status.REJECTED])
def test_the_desk_shows_them_and_can_decide_about_them(status: Status) -> None:
    comment = of_tomorrow(status)
    marta = signed_in_as(Role.MODERATOR)
    for path in (QUEUE, ALL, f"{ALL}{comment.pk}/"):
        assert marta.get(path, follow=True).status_code == 200, path
    assert "of_tomorrow" in marta.get(ALL).content.decode()
    assert "pl" in marta.get(ALL).content.decode()
    press(marta, ALL, "publish", comment)
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.PUBLISHED, "reviewed")


def test_the_log_of_decisions_shows_them() -> None:
    of_tomorrow(Status.HELD)
    log = signed_in_as(Role.AUDITOR).get(LOG)
    assert log.status_code == 200
    for code in ("of_tomorrow", "defer"):
        assert code in log.content.decode()


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (Status.HELD, "A moderator will read your comment before it is published."),
        (Status.REJECTED, "Your comment is not published: a moderator decided so."),
    ],
)
def test_the_author_sees_the_status(client: Client, status: Status, message: str) -> None:
    comment = of_tomorrow(status)
    answer = client.get(status_path(comment.pk), headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    assert answer.json()["message"] == message
    assert answer.json()["reason"] == "of_tomorrow"


def test_the_metrics_count_them(client: Client, settings: object) -> None:
    settings.METRICS_TOKEN = "of the tests"  # type: ignore[attr-defined]
    of_tomorrow(Status.HELD)
    answer = client.get("/metrics", headers={"Authorization": "Bearer of the tests"})
    assert answer.status_code == 200
    assert b"comments_queue_length 1.0" in answer.content
