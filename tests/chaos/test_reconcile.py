"""The reconciliation itself detects what it has to."""

import base64
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from comments.models import Comment, Status
from moderation.models import Decision
from tests.chaos import leaks, reconcile
from tests.chaos.plan import NO_FAULT, SHORT, plan
from tests.chaos.readers import Acknowledged, Marks
from tests.chaos.table import spread
from tests.makers import make_comment

pytestmark = pytest.mark.django_db
MARKS = Marks("1a2b3c")
SEARCHED = {"email": MARKS.email, "text": MARKS.text, "address": MARKS.address}


def ask(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        # Django's cursors treat a single % as a placeholder.
        cursor.execute(sql.replace("%", "%%") if "%" in sql else sql, [] if "%" in sql else None)
        return list(cursor.fetchall())


def break_it(sql: str, comment: Comment) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [comment.pk])


@pytest.fixture
def comment() -> Comment:
    return make_comment(
        text=f"Дякую {MARKS.text}1.",
        author_email=f"{MARKS.email}1@example.org",
        status=Status.HELD,
    )


def acknowledged(comment: Comment) -> list[Acknowledged]:
    return [Acknowledged(comment.pk, comment.text, by_form=True)]


def test_a_completely_stored_comment_is_not_lost(comment: Comment) -> None:
    assert reconcile.lost(acknowledged(comment), reconcile.fates(ask, MARKS)) == []


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM comments_contact WHERE comment_id = %s",
        "UPDATE comments_comment SET text = 'slovo1a2b3cx2' WHERE id = %s",
        "UPDATE comments_comment SET text = '' WHERE id = %s",
    ],
)
def test_an_incompletely_stored_comment_is_lost(comment: Comment, sql: str) -> None:
    break_it(sql, comment)
    assert reconcile.lost(acknowledged(comment), reconcile.fates(ask, MARKS)) == acknowledged(
        comment
    )


def test_a_healthy_service_has_no_violations(comment: Comment) -> None:
    make_comment(status=Status.REJECTED)
    make_comment(status=Status.PENDING)
    assert set(reconcile.wrong(ask).values()) == {0}
    assert reconcile.pending(ask) == 1


COLUMNS = ", ".join(
    field.column for field in Decision._meta.concrete_fields if not field.primary_key
)


@pytest.mark.parametrize(
    ("what", "sql"),
    [
        (
            "published without a score or a person",
            "UPDATE comments_comment SET status = 'published' WHERE id = %s",
        ),
        (
            "decided twice",
            f"INSERT INTO moderation_decision ({COLUMNS}) SELECT {COLUMNS}"
            " FROM moderation_decision WHERE comment_id = %s",
        ),
        (
            "status and log at odds",
            "UPDATE comments_comment SET status = 'rejected' WHERE id = %s",
        ),
        (
            "articles that count their comments wrongly",
            "UPDATE comments_article SET published_count = 7 WHERE id ="
            " (SELECT article_id FROM comments_comment WHERE id = %s)",
        ),
    ],
)
def test_each_violation_is_counted(comment: Comment, what: str, sql: str) -> None:
    break_it(sql, comment)
    assert reconcile.wrong(ask)[what] == 1


def test_words_are_found_outside_their_column_only(comment: Comment) -> None:
    kind = "postgres" if connection.vendor == "postgresql" else "sqlite"
    assert list(leaks.in_columns(ask, kind, SEARCHED)) == []
    Comment.objects.update(author_name=comment.text, author_url=f"https://{MARKS.email}.example")
    assert list(leaks.in_columns(ask, kind, SEARCHED)) == [
        "text in comments_comment.author_name, 1 rows",
        "email in comments_comment.author_url, 1 rows",
    ]


@pytest.mark.parametrize("before", ["", "x", "xy"])
def test_words_are_found_in_files_as_plain_text_and_base64(tmp_path: Path, before: str) -> None:
    plain = f"{before}{MARKS.email}12@example.org"
    (tmp_path / "log").write_bytes(base64.b64encode(plain.encode()))
    (tmp_path / "other").write_text(f"127.83.0.1 {MARKS.text}7")
    (tmp_path / "clean").write_text("comment 7 waits for the sweep")
    assert list(leaks.in_files(sorted(tmp_path.iterdir()), SEARCHED)) == [
        "email in the file log, 1 times",
        "text in the file other, 1 times",
        "address in the file other, 1 times",
    ]


def test_a_seed_repeats_the_order_of_faults() -> None:
    faults = list(SHORT.seconds)
    assert plan(faults, SHORT, 5) == plan(faults, SHORT, 5)
    assert plan(faults, SHORT, 5) != plan(faults, SHORT, 6)
    assert sorted(step.name for step in plan(faults, SHORT, 5) if step.name != NO_FAULT) == sorted(
        faults
    )


def test_the_spread_is_the_median_the_95th_percentile_and_the_maximum() -> None:
    assert spread([float(n) for n in range(101)]) == (50, 95, 100)
    assert spread([]) == (0, 0, 0)
