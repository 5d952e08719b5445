"""Fill the database of VAR_DIR with a large paper's comments and every decision on them.

Run it as `python -m tests.benchmarks.seed_decisions COMMENTS`.
"""

import os
import sys
import time
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

from config.prepare import prepare

# One comment in seven seconds is 12,000 a day; one in ten is held, for one of 14 people.
SECONDS, HELD_EVERY, PEOPLE, ON_ARTICLE = 7, 10, 14, 250
# The latest held ones wait; every five hundredth decision of a person is changed by another.
WAITING, CHANGED_EVERY = 150, 500
REASON = (
    "CASE n % 7 WHEN 0 THEN 'spam' WHEN 1 THEN 'links' WHEN 2 THEN 'hate' WHEN 3 THEN 'campaign' "
    "ELSE 'toxicity' END"
)
STATUS = (
    f"CASE WHEN n % {HELD_EVERY} = 0 AND n < {WAITING * HELD_EVERY} THEN 'held' "
    f"WHEN n % {HELD_EVERY} = 0 AND n % 3 = 0 OR n % 20 = 1 THEN 'rejected' ELSE 'published' END"
)
FIRST = {
    "actor_kind": "'policy'",
    "outcome": f"CASE WHEN n % {HELD_EVERY} = 0 THEN 'hold' WHEN n % 20 = 1 THEN 'reject' "
    "ELSE 'publish' END",
    "reason": f"CASE WHEN n % {HELD_EVERY} = 0 OR n % 20 = 1 THEN {REASON} ELSE 'clean' END",
    "from_status": "'pending'",
    "age": f"n * {SECONDS} - n % 5",
}
SECOND = {
    "actor_kind": "'person'",
    "user_id": f"{{user}} + n % {PEOPLE}",
    "outcome": "CASE WHEN n % 3 = 0 THEN 'reject' ELSE 'publish' END",
    "reason": f"CASE WHEN n % 3 = 0 THEN {REASON} ELSE 'reviewed' END",
    "from_status": "'held'",
    "age": f"n * {SECONDS} - n % 7200",
}
CHANGE = {
    **SECOND,
    "user_id": f"{{user}} + (n + 1) % {PEOPLE}",
    "outcome": "'reject'",
    "reason": "'spam'",
    "from_status": "'published'",
    "age": f"n * {SECONDS} - 7300",
}
DECIDED = f"n % {HELD_EVERY} = 0 AND n >= {WAITING * HELD_EVERY}"
PASSES = ((FIRST, "1"), (SECOND, DECIDED), (CHANGE, f"{DECIDED} AND n % {CHANGED_EVERY} = 10"))


def main(comments: int) -> None:
    """Copy one ordinary comment and its decision inside the database (SQLite only)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    prepare()
    django.setup()
    call_command("migrate", verbosity=0)
    # Django's models can be imported only after it is set up.
    from moderation.accounts.models import User
    from moderation.day_counts import keep_days
    from moderation.models import Decision
    from tests.makers import make_article, make_comment

    people = [User.objects.create_user(f"person-{number}") for number in range(PEOPLE)]
    pattern = make_comment(make_article(key="pattern"))
    articles = [make_article().pk for _ in range(comments // ON_ARTICLE + 1)]
    now = int(time.time()) - 600
    with connection.cursor() as cursor:
        cursor.execute(_comments(pattern, articles[0], comments, now))
        cursor.execute(_revisions(pattern.pk))
        for values, chosen in PASSES:
            given = {name: value.format(user=people[0].pk) for name, value in values.items()}
            cursor.execute(_decisions(Decision, given, chosen, (pattern.pk, comments, now)))
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("ANALYZE")
    # What a worker does every five minutes.
    keep_days()


def _comments(pattern: Any, article: int, comments: int, now: int) -> str:
    """Copy the comment; the n-th is older than the one before, and comes before it."""
    changed = {
        "article_id": f"{article} + n / {ON_ARTICLE}",
        "duplicate_key": "NULL",
        "status": STATUS,
        "text": "text || ' ' || n",
        "author_key": "'author-' || n % 20000",
        "writer_key": "'writer-' || n % 20000",
        "created_at": _moment(now, f"n * {SECONDS}"),
    }
    columns = _columns(type(pattern))
    values = ", ".join(changed.get(name, name) for name in columns)
    return f"""
        WITH RECURSIVE numbers(n) AS (
            SELECT {comments - 1} UNION ALL SELECT n - 1 FROM numbers WHERE n > 0
        )
        INSERT INTO comments_comment ({", ".join(columns)})
        SELECT {values} FROM comments_comment, numbers WHERE id = {pattern.pk}
    """


def _revisions(pattern: int) -> str:
    return f"""
        INSERT INTO comments_revision
            (comment_id, number, text, author_name, author_url, created_at)
        SELECT id, revision, '', author_name, author_url, created_at FROM comments_comment
        WHERE id > {pattern}
    """


def _decisions(model: type, given: dict[str, str], chosen: str, place: tuple[int, int, int]) -> str:
    pattern, comments, now = place
    age = given.pop("age")
    values = {
        **given,
        "comment_id": "c",
        "revision_id": "r",
        "created_at": _moment(now, age),
        "hour": f"({now} - ({age})) / 3600",
    }
    columns = _columns(model)
    copied = ", ".join(values.get(name, f"d.{name}") for name in columns)
    return f"""
        INSERT INTO moderation_decision ({", ".join(columns)})
        SELECT {copied} FROM moderation_decision d, (
            SELECT c.id AS c, r.id AS r, {comments} - (c.id - {pattern}) AS n
            FROM comments_comment c JOIN comments_revision r ON r.comment_id = c.id
            WHERE c.id > {pattern}
        ) WHERE d.comment_id = {pattern} AND {chosen} ORDER BY c
    """


def _columns(model: type) -> list[str]:
    fields = model._meta.concrete_fields  # type: ignore[attr-defined]
    return [field.column for field in fields if not field.primary_key]


def _moment(now: int, age: str) -> str:
    seconds = f"datetime({now} - ({age}), 'unixepoch')"
    return f"{seconds} || '.' || printf('%06d', n % 1000000)"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
