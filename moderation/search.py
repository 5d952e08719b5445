"""Comments found by the words of their text and name, however these are written.

Each database's own full-text index holds the words as moderation.policy.reading reads them, so that
both find the same: FTS5 in SQLite, a tsvector with a GIN index in PostgreSQL.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL

from comments.identity import is_id
from comments.models import Comment
from moderation.policy import reading

# So many words of a question are asked for, the longest of them: they tell comments apart best.
ASKED_AT_MOST = 8
# More are not looked up one by one, but met on the way through the list: see matching().
FEW = 500
# PostgreSQL takes no longer ones than 2,046 bytes.
LONGEST_WORD = 40

_KEEP = {
    "sqlite": "INSERT OR REPLACE INTO moderation_search (rowid, words) VALUES (%s, %s)",
    "postgresql": """
        INSERT INTO moderation_search (comment_id, words) VALUES (%s, array_to_tsvector(%s))
        ON CONFLICT (comment_id) DO UPDATE SET words = excluded.words
    """,
}
_FORGET = {
    "sqlite": "DELETE FROM moderation_search WHERE rowid = %s",
    "postgresql": "DELETE FROM moderation_search WHERE comment_id = %s",
}
_FIND = {
    "sqlite": "SELECT rowid FROM moderation_search WHERE moderation_search MATCH %s",
    "postgresql": "SELECT comment_id FROM moderation_search WHERE words @@ %s::tsquery",
}

Entry = tuple[int, list[str]]


def entries(comments: Sequence[Comment]) -> list[Entry]:
    """What the index is to hold of each comment; touches no database."""
    said = reading.words_of_texts([f"{c.author_name}  {c.text}" for c in comments])
    return [(c.pk, _distinct(each)) for c, each in zip(comments, said, strict=True)]


def keep(found: Iterable[Entry]) -> None:
    """Puts entries into the index, in place of what it held of these comments."""
    whole = connection.vendor == "postgresql"
    rows = [(pk, words if whole else " ".join(words)) for pk, words in found]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_KEEP[connection.vendor], rows)


def forget(comment_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FORGET[connection.vendor], [comment_id])


def tidy() -> None:
    """Leaves no word behind of what was forgotten: SQLite keeps it in the index until then."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO moderation_search (moderation_search) VALUES ('optimize')")


def is_behind() -> bool:
    """Whether nothing is in the index though comments are: it is younger than they."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM moderation_search LIMIT 1")
        return cursor.fetchone() is None and Comment.objects.exists()


def matching(comments: QuerySet[Any], asked: str) -> QuerySet[Any]:
    """Those that have a word beginning with each word that was asked for; or the one of a "#12"."""
    number = asked.strip().removeprefix("#")
    if number != asked.strip() and is_id(number):
        return comments.filter(pk=int(number))
    words = sorted(_distinct(reading.words_of_texts([asked])[0]), key=len)[-ASKED_AT_MOST:]
    if not words:
        return comments.none()
    question = _question(words)
    few = _first(question)
    if len(few) <= FEW:
        return comments.filter(pk__in=few)
    # Not by the key itself, or SQLite would fetch and sort all of them to show a page.
    known = RawSQL(_FIND[connection.vendor], [question])  # noqa: S611 - a question is a parameter
    met: QuerySet[Any] = comments.alias(number=F("pk") + 0).filter(number__in=known)
    return met


def _first(question: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_FIND[connection.vendor]} LIMIT {FEW + 1}", [question])
        return [pk for (pk,) in cursor.fetchall()]


def _question(words: Sequence[str]) -> str:
    if connection.vendor == "postgresql":
        return " & ".join(f"'{word}':*" for word in words)
    return " AND ".join(f'"{word}"*' for word in words)


def _distinct(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in words))
