"""A worker that hangs during a decision does not prevent readers from commenting."""

import psycopg
import pytest
from django.db import connection, transaction

from comments.models import Status
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide, make_comment

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at most"),
]
# The lock that PostgreSQL itself takes on the article when a comment is stored.
LOCK_FOR_COMMENT = "SELECT 1 FROM comments_article WHERE id = %s FOR KEY SHARE NOWAIT"


def test_a_comment_is_stored_while_another_on_the_article_is_being_decided() -> None:
    comment = make_comment(status=Status.PENDING)
    settings = {**connection.get_connection_params(), "dbname": connection.settings_dict["NAME"]}
    with transaction.atomic():
        decide(comment, Outcome.PUBLISH, Reason.CLEAN)
        with psycopg.connect(**settings) as reader:
            assert reader.execute(LOCK_FOR_COMMENT, [comment.article_id]).fetchone() == (1,)
