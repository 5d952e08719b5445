"""PostgreSQL logs failed statements; readers' words are not in its log."""

import psycopg
import pytest
from django.db import OperationalError, connection

from comments.models import Article
from comments.reception.services import submit_comment
from tests.makers import make_article, make_draft

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no log"),
]
SECRET = "таємниця, якої не має бути в журналі"


@pytest.fixture
def article() -> Article:
    return make_article()


def test_a_comment_that_could_not_be_stored_is_not_in_the_log(article: Article) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")
    name = str(connection.settings_dict["NAME"])
    with psycopg.connect(**connection.get_connection_params() | {"dbname": name}) as other:
        other.execute("LOCK TABLE comments_comment")
        with pytest.raises(OperationalError):
            submit_comment(article=article, draft=make_draft(text=SECRET))
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 0")
        cursor.execute("SELECT pg_read_file(current_setting('data_directory') || '/log')")
        log = str(cursor.fetchone())
    assert 'STATEMENT:  INSERT INTO "comments_comment"' in log
    assert SECRET not in log
