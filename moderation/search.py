"""Search comments by the words of their text and name, independent of spelling.

The words are folded by moderation.policy.reading and stored in the database's full-text index, so
both databases find the same: FTS5 in SQLite, a tsvector with a GIN index in PostgreSQL.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL

from comments.identity import is_id
from comments.models import Comment
from moderation.policy import reading

# How many words of a query are used, the longest first: they are the most selective.
MAX_WORDS = 8
# Up to this many matches are selected by id; more are filtered in a subquery: see matching().
FEW = 500
# In characters; PostgreSQL's limit is 2,046 bytes.
MAX_WORD_LENGTH = 40

_STORE = {
    "sqlite": "INSERT OR REPLACE INTO moderation_search (rowid, words) VALUES (%s, %s)",
    "postgresql": """
        INSERT INTO moderation_search (comment_id, words) VALUES (%s, array_to_tsvector(%s))
        ON CONFLICT (comment_id) DO UPDATE SET words = excluded.words
    """,
}
_REMOVE = {
    "sqlite": "DELETE FROM moderation_search WHERE rowid = %s",
    "postgresql": "DELETE FROM moderation_search WHERE comment_id = %s",
}
_FIND = {
    "sqlite": "SELECT rowid FROM moderation_search WHERE moderation_search MATCH %s",
    "postgresql": "SELECT comment_id FROM moderation_search WHERE words @@ %s::tsquery",
}

Entry = tuple[int, list[str]]


def entries(comments: Sequence[Comment]) -> list[Entry]:
    """Return the words to index for each comment. Does not use the database."""
    words = reading.words_of_texts([f"{c.author_name}  {c.text}" for c in comments])
    return [(c.pk, _shortened(each)) for c, each in zip(comments, words, strict=True)]


def store(found: Iterable[Entry]) -> None:
    """Add entries to the index, replacing those of the same comments."""
    takes_lists = connection.vendor == "postgresql"
    rows = [(pk, words if takes_lists else " ".join(words)) for pk, words in found]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_STORE[connection.vendor], rows)


def remove(comment_id: int) -> None:
    """Remove a comment from the index."""
    with connection.cursor() as cursor:
        cursor.execute(_REMOVE[connection.vendor], [comment_id])


def purge() -> None:
    """Purge the words of removed comments, which SQLite keeps in the index until then."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO moderation_search (moderation_search) VALUES ('optimize')")


def needs_rebuild() -> bool:
    """Whether the index is empty although there are comments, so it has to be built."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM moderation_search LIMIT 1")
        return cursor.fetchone() is None and Comment.objects.exists()


def matching(comments: QuerySet[Any], query: str) -> QuerySet[Any]:
    """Return the comments that have, for each word of the query, a word beginning with it.

    "#12" finds the comment with that id.
    """
    number = query.strip().removeprefix("#")
    if number != query.strip() and is_id(number):
        return comments.filter(pk=int(number))
    words = sorted(_shortened(reading.words_of_texts([query])[0]), key=len)[-MAX_WORDS:]
    if not words:
        return comments.none()
    search_query = _search_query(words)
    first = _first(search_query)
    if len(first) <= FEW:
        return comments.filter(pk__in=first)
    # Filter by an expression, not the key, or SQLite would fetch and sort all matches for one page.
    ids = RawSQL(_FIND[connection.vendor], [search_query])  # noqa: S611 - the query is a parameter
    found: QuerySet[Any] = comments.alias(number=F("pk") + 0).filter(number__in=ids)
    return found


def _first(search_query: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_FIND[connection.vendor]} LIMIT {FEW + 1}", [search_query])
        return [pk for (pk,) in cursor.fetchall()]


def _search_query(words: Sequence[str]) -> str:
    if connection.vendor == "postgresql":
        return " & ".join(f"'{word}':*" for word in words)
    return " AND ".join(f'"{word}"*' for word in words)


def _shortened(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word[:MAX_WORD_LENGTH] for word in words))
