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


# What the n-th comment has besides the text of the pattern, as SQL; `n` is replaced.
VALUES = {
    "text": "text || ' ' || n || ' слово' || (n % 977)",
    "author_name": "'Читач ' || (n % 500)",
    "author_key": "'author-' || (n % 20000)",
    "writer_key": "'writer-' || (n % 20000)",
    "reason": "CASE n % 7 WHEN 0 THEN 'spam' WHEN 1 THEN 'links' WHEN 2 THEN 'hate' "
    "WHEN 3 THEN 'campaign' ELSE 'toxicity' END",
    "language": "CASE n % 9 WHEN 0 THEN 'en' WHEN 1 THEN 'ru' ELSE 'uk' END",
    "risk": "(n * 1009) % 10001",
    "doubt": "(n * 1847) % 10001",
    "due": "29000000 - (n * 1009) % 2000",
}
# The search index has folded words: see moderation.search.
SEARCH = {
    "sqlite": """
        INSERT INTO moderation_search (rowid, words) SELECT id,
        '{same} ' || n || ' {word}' || (n % 977) || ' ' || (n % 500) || ' ·' || (n % 500)
        FROM (SELECT id, id - {first} AS n FROM comments_comment WHERE article_id = {article})
    """,
    "postgresql": """
        INSERT INTO moderation_search (comment_id, words) SELECT id, array_to_tsvector(
        string_to_array('{same}', ' ') || ARRAY[n::text, '{word}' || (n % 977),
        (n % 500)::text, '·' || (n % 500)])
        FROM (SELECT id, id - {first} AS n FROM comments_comment WHERE article_id = {article}) c
    """,
}
# Campaigns of 500 held comments each, by different writers, and one that is decided separately.
CAMPAIGNS = (1_000_001, 1_000_002, 1_000_003)
IN_CAMPAIGN = """
    INSERT INTO moderation_membership (comment_id, campaign)
    SELECT id, {campaign} FROM comments_comment WHERE status = 'held' AND reason = 'campaign'
    AND id NOT IN (SELECT comment_id FROM moderation_membership) ORDER BY id LIMIT 501
"""
OWN_WRITERS = """
    UPDATE comments_comment SET writer_key = 'one-of-many-' || id
    WHERE id IN (SELECT comment_id FROM moderation_membership)
"""
SEARCH_HELD = {
    "sqlite": """
        INSERT INTO moderation_search_held (rowid, words) SELECT s.rowid, s.words
        FROM comments_comment c CROSS JOIN moderation_search s ON s.rowid = c.id
        WHERE c.status = 'held'
    """,
    "postgresql": """
        INSERT INTO moderation_search_held (comment_id, words) SELECT s.comment_id, s.words
        FROM comments_comment c JOIN moderation_search s ON s.comment_id = c.id
        WHERE c.status = 'held'
    """,
}


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
    from moderation.policy.reading import words_of_texts
    from moderation.search import entries
    from tests.makers import make_article, make_comment

    pattern = make_comment(make_article(key="pattern"))
    [(_pk, indexed)], [[word]] = entries([pattern]), words_of_texts(["слово"])
    same = " ".join(each for each in indexed if not each.lstrip("·").isdigit())
    columns = [field.column for field in Comment._meta.concrete_fields if not field.primary_key]
    every = max(comments // held, 1) if held else comments + 1
    for number in tqdm(range(comments // THREAD), desc="seeding", unit="thread", leave=False):
        article = make_article(key=key(number), published_count=THREAD)
        _copy(pattern.pk, article.pk, columns, number * THREAD, every)
        facts = {"same": same, "word": word, "first": pattern.pk + 1, "article": article.pk}
        with connection.cursor() as cursor:
            cursor.execute(SEARCH[connection.vendor].format(**facts))
    with connection.cursor() as cursor:
        cursor.execute(REVISIONS)
        cursor.execute(SEARCH_HELD[connection.vendor])
        for campaign in CAMPAIGNS:
            cursor.execute(IN_CAMPAIGN.format(campaign=campaign))
        cursor.execute(OWN_WRITERS)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA optimize")
        elif connection.get_autocommit():
            # What autovacuum does a few minutes later.
            cursor.execute("VACUUM ANALYZE")


def _copy(pattern: int, article: int, columns: list[str], start: int, every: int) -> None:
    """Insert a thread: the n-th comment overall is one second older than the next."""
    changed = {
        **VALUES,
        "article_id": str(article),
        "duplicate_key": "NULL",
        "status": f"CASE WHEN n % {every} = 0 THEN 'held' ELSE 'published' END",
        "created_at": _moment(start),
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
