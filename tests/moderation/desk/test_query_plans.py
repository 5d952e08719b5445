"""The page of the queue finds the replies around a comment by their thread, not among all."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.models import Status
from moderation.accounts.roles import make_member
from moderation.desk.focus_card import focus_on
from tests.makers import make_article, make_comment

pytestmark = [
    pytest.mark.django_db,
    # PostgreSQL reads a small table whole, so its plan says nothing.
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite plans without statistics"),
]


@pytest.mark.parametrize("is_reply", [False, True])
def test_the_discussion_around_a_comment_is_read_from_the_index_of_its_thread(
    is_reply: bool,
) -> None:
    root = make_comment(make_article())
    held = make_comment(root.article, Status.HELD, parent=root if is_reply else None)
    moderator, _password = make_member("olha")
    with CaptureQueriesContext(connection) as queries:
        focus_on(held, moderator)
    replies = [each["sql"] for each in queries if re.search(r'"parent_id" = \d', each["sql"])]
    assert replies
    for sql in replies:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = " ".join(row[-1] for row in cursor.fetchall())
        assert "parent_id=?" in plan, plan
        assert "TEMP B-TREE" not in plan, plan
