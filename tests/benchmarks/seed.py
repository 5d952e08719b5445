"""Fill the database of VAR_DIR: articles of a thousand comments, some of them held.

Run it as `python -m tests.benchmarks.seed COMMENTS HELD`.
"""

import os
import sys
import time

import django
from django.core.management import call_command
from django.db import connection, transaction
from tqdm import tqdm

from config.prepare import prepare

THREAD = 1000
# Every comment has its first version, to which decisions refer.
REVISIONS = """
    INSERT INTO comments_revision (comment_id, number, text, author_name, author_url, created_at)
    SELECT id, revision, text, author_name, author_url, created_at FROM comments_comment c
    WHERE NOT EXISTS (SELECT 1 FROM comments_revision r WHERE r.comment_id = c.id)
"""


def key(number: int) -> str:
    return f"seeded-{number}"


def main(comments: int, held: int) -> None:
    """Copy one ordinary comment, row by row inside the database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    prepare()
    django.setup()
    call_command("migrate", verbosity=0)
    # Django's models can be imported only after it is set up.
    from comments.models import Comment
    from tests.makers import make_article, make_comment

    pattern = make_comment(make_article(key="pattern"))
    columns = [field.column for field in Comment._meta.concrete_fields if not field.primary_key]
    every = max(comments // held, 1) if held else comments + 1
    for number in tqdm(range(comments // THREAD), desc="seeding", unit="thread", leave=False):
        article = make_article(key=key(number), published_count=THREAD)
        _copy(pattern.pk, article.pk, columns, number * THREAD, every)
    with connection.cursor() as cursor:
        cursor.execute(REVISIONS)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA optimize")


def _copy(pattern: int, article: int, columns: list[str], start: int, every: int) -> None:
    """Insert a thread: the n-th comment overall is one second older than the next."""
    changed = {
        "article_id": str(article),
        "duplicate_key": "NULL",
        "status": f"CASE WHEN n % {every} = 0 THEN 'held' ELSE 'published' END",
        "created_at": _moment(start),
        "text": "text || ' ' || n",
        "author_key": "'author ' || (n % 20000)",
        "writer_key": "'writer ' || (n % 20000)",
    }
    values = ", ".join(changed.get(name, name) for name in columns)
    query = f"""
        WITH RECURSIVE numbers(n) AS (
            SELECT {start} UNION ALL SELECT n + 1 FROM numbers WHERE n < {start + THREAD - 1}
        )
        INSERT INTO comments_comment ({", ".join(columns)})
        SELECT {values} FROM comments_comment, numbers WHERE id = {pattern}
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query)


def _moment(start: int) -> str:
    now = int(time.time()) - 3600
    if connection.vendor == "sqlite":
        return f"datetime({now} - n, 'unixepoch') || '.' || printf('%06d', n % 1000000)"
    return f"to_timestamp({now} - n)"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
