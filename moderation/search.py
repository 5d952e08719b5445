"""Search comments by the words of their text and name, independent of spelling.

The words are folded by moderation.policy.reading and stored in the database's full-text index, so
both databases find the same: FTS5 in SQLite, a tsvector with a GIN index in PostgreSQL. The held
comments are in a second, small index too, so that a search of the queue is not slower the more was
published.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, Protocol

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.expressions import RawSQL

from comments.identity import is_id
from comments.models import Comment
from moderation.policy import reading

# How many words of a query are used, the longest first: they are the most selective.
MAX_WORDS = 8
# Of all comments, up to this many matches are selected by id; more are filtered in a subquery, and
# so are those of the queue, which is short: see matching().
FEW = 500
# In characters; PostgreSQL's limit is 2,046 bytes.
MAX_WORD_LENGTH = 40
# Of a comment, the words of the name first. No text that readers can send has as many; PostgreSQL
# stores a megabyte of words.
MAX_STORED = 5000
# Words of the name are stored a second time with this before them, so that they can be searched
# for alone. No folded word begins with it.
_OF_NAME = "·"

_ALL, _HELD = "moderation_search", "moderation_search_held"
_STORE = {
    "sqlite": "INSERT OR REPLACE INTO {table} (rowid, words) VALUES (%s, %s)",
    "postgresql": """
        INSERT INTO {table} (comment_id, words) VALUES (%s, array_to_tsvector(%s))
        ON CONFLICT (comment_id) DO UPDATE SET words = excluded.words
    """,
}
_REMOVE = {
    "sqlite": "DELETE FROM {table} WHERE rowid = %s",
    "postgresql": "DELETE FROM {table} WHERE comment_id = %s",
}
_FIND = {
    "sqlite": "SELECT rowid FROM {table} WHERE {table} MATCH %s",
    "postgresql": "SELECT comment_id FROM {table} WHERE words @@ %s::tsquery",
}


class Written(Protocol):
    """What is indexed of a comment."""

    @property
    def pk(self) -> Any: ...

    @property
    def author_name(self) -> str: ...

    @property
    def text(self) -> str: ...


Entry = tuple[int, list[str]]


def entries(comments: Sequence[Written]) -> list[Entry]:
    """Return the words to index for each comment. Does not use the database."""
    names = reading.words_of_texts([c.author_name for c in comments])
    texts = reading.words_of_texts([f"{c.author_name}  {c.text}" for c in comments])
    return [
        (c.pk, _shortened([*(_OF_NAME + word for word in name), *text])[:MAX_STORED])
        for c, name, text in zip(comments, names, texts, strict=True)
    ]


def store(found: Iterable[Entry], held: Container[int] = ()) -> None:
    """Add entries to the index, replacing those of the same comments; `held` are in the queue."""
    takes_lists = connection.vendor == "postgresql"
    rows = [(pk, words if takes_lists else " ".join(words)) for pk, words in found]
    _many(_STORE, _ALL, rows)
    _many(_STORE, _HELD, [row for row in rows if row[0] in held])


def follow(found: Iterable[Entry], moved: Mapping[int, bool]) -> None:
    """Bring the index up to date with moved comments: for each id, whether it is held now."""
    held = {pk for pk, is_held in moved.items() if is_held}
    _many(_REMOVE, _HELD, [(pk,) for pk in moved.keys() - held])
    store([each for each in found if each[0] in moved], held)


def remove(comment_id: int) -> None:
    """Remove a comment from the index."""
    for table in (_ALL, _HELD):
        _many(_REMOVE, table, [(comment_id,)])


def _many(statements: Mapping[str, str], table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statements[connection.vendor].format(table=table), rows)


def purge() -> None:
    """Purge the words of removed comments, which SQLite keeps in the index until then."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table in (_ALL, _HELD):
                cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608


def needs_rebuild() -> bool:
    """Whether the index is empty although there are comments, so it has to be built."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM moderation_search LIMIT 1")
        return cursor.fetchone() is None and Comment.objects.exists()


def matching(
    comments: QuerySet[Any], query: str, *, name: str = "", only_held: bool = False
) -> QuerySet[Any]:
    """Return the comments that have, for each word of the query, a word beginning with it.

    "#12" finds the comment with that id. The words of `name` must be in the author's name. With
    `only_held`, finds no others than held ones.
    """
    number = query.strip().removeprefix("#")
    if number != query.strip() and is_id(number):
        comments, query = comments.filter(pk=int(number)), ""
        if not name:
            return comments
    in_query, in_name = reading.words_of_texts([query, name])
    words = [*in_query, *(_OF_NAME + word for word in in_name)]
    words = sorted(_shortened(words), key=len)[-MAX_WORDS:]
    if not words:
        return comments.none()
    find = _FIND[connection.vendor].format(table=_HELD if only_held else _ALL)
    search_query = _search_query(words)
    if not only_held and len(first := _first(find, search_query)) <= FEW:
        return comments.filter(pk__in=first)
    # Filter by an expression, not the key, or SQLite would fetch and sort all matches for one page.
    ids = RawSQL(find, [search_query])  # noqa: S611 - the query is a parameter
    found: QuerySet[Any] = comments.alias(number=F("pk") + 0).filter(number__in=ids)
    return found


def _first(find: str, search_query: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"{find} LIMIT {FEW + 1}", [search_query])
        return [pk for (pk,) in cursor.fetchall()]


def _search_query(words: Sequence[str]) -> str:
    if connection.vendor == "postgresql":
        return " & ".join(f"'{word}':*" for word in words)
    return " AND ".join(f'"{word}"*' for word in words)


def _shortened(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word[:MAX_WORD_LENGTH] for word in words))


def about(rows: QuerySet[Any], query: str) -> QuerySet[Any]:
    """Return the rows whose `comment` has, for each word of the query, a word beginning with it."""
    words = sorted(_shortened(reading.words_of_texts([query])[0]), key=len)[-MAX_WORDS:]
    if not words:
        return rows.none()
    find, search_query = _FIND[connection.vendor].format(table=_ALL), _search_query(words)
    if len(first := _first(find, search_query)) <= FEW:
        return rows.filter(comment__in=first)
    ids = RawSQL(find, [search_query])  # noqa: S611 - the query is a parameter
    found: QuerySet[Any] = rows.alias(number=F("comment") + 0).filter(number__in=ids)
    return found
