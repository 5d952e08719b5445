"""A temporary database on disk, in which the records of a file are put in order.

Answers may stand before what they answer, and the articles of a forum anywhere. SQLite deletes the
file when it is closed, also if the process is killed.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from comments.archives.records import Page, Record

_BATCH = 1000
_SCHEMA = """
    CREATE TABLE page (number TEXT PRIMARY KEY, facts TEXT, article INTEGER) WITHOUT ROWID;
    CREATE TABLE record (
        id INTEGER PRIMARY KEY, number TEXT UNIQUE, page TEXT, parent TEXT, status TEXT,
        facts TEXT, article INTEGER, answers INTEGER, depth INTEGER DEFAULT 0,
        -- By which it is ordered: its time, and where there is none or the same, its place.
        at REAL, seat INTEGER,
        -- Where it was stored.
        pk INTEGER, root INTEGER, branch INTEGER
    );
"""
# An answer comes after what it answers, whatever their times say; one without a time is of the
# article's time.
_DEEPER = """
    UPDATE record SET depth = :depth + 1, at = max(record.at, above.at),
        seat = max(record.seat, above.seat)
    FROM record AS above
    WHERE above.id = record.answers AND above.depth = :depth AND +record.depth = -1
"""


@dataclass(frozen=True)
class Place:
    """Where a stored comment stands: its number here, and those of its thread and branch."""

    pk: int
    root: int | None
    branch: int | None


@dataclass(frozen=True)
class Staged:
    """A comment in the order in which it can be stored."""

    id: int
    # The article's number in `Staging.articles`.
    article: int
    # The staged comment that it answers.
    answers: int | None
    record: Record


@dataclass(frozen=True)
class Arranged:
    """How many comments are in order, and what about them a report should say."""

    number: int
    without_page: int
    orphans: int
    by_status: dict[str, int]


class Staging:
    """Holds the pages and records of one file."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("")
        self._base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        self._waiting: list[tuple[Any, ...]] = []
        self.twice = 0

    def close(self) -> None:
        self._base.close()

    def add_page(self, page: Page) -> None:
        row = (page.number, json.dumps(vars(page)))
        self._base.execute("INSERT OR IGNORE INTO page (number, facts) VALUES (?, ?)", row)

    def add(self, record: Record) -> None:
        facts = vars(record)
        names = ("number", "page", "parent", "at", "status")
        self._waiting.append((*(facts[name] for name in names), json.dumps(facts)))
        if len(self._waiting) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Store what was added. A number that comes again is the same comment."""
        before = self._base.total_changes
        self._base.executemany(
            "INSERT OR IGNORE INTO record (number, page, parent, at, status, facts)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            self._waiting,
        )
        self.twice += len(self._waiting) - (self._base.total_changes - before)
        self._waiting.clear()

    def pages(self) -> Iterator[Page]:
        """Yield the pages that have comments; without a date of their own with the first one's."""
        self.flush()
        used = (
            "SELECT page.facts, min(at) FROM page JOIN record ON record.page = page.number"
            " GROUP BY page.number"
        )
        for facts, first in self._base.execute(used).fetchall():
            page = Page(**json.loads(facts))
            yield replace(page, published=page.published or first)

    def settle(self, articles: Iterable[tuple[str, int]]) -> None:
        """Give pages, by their numbers, to articles. Several may be the same article's."""
        self._base.executemany(
            "UPDATE page SET article = ? WHERE number = ?", ((b, a) for a, b in articles)
        )

    def arrange(self) -> Arranged:
        """Put the comments in order, and count them.

        Those that lack their parent begin threads of their own, and so do those that answer each
        other in a circle.
        """
        self.flush()
        run = self._base.execute
        run(
            "UPDATE record SET article = page.article,"
            " at = coalesce(at, json_extract(page.facts, '$.published'))"
            " FROM page WHERE page.number = record.page"
        )
        run(
            "UPDATE record SET answers = above.id, depth = -1 FROM record AS above"
            " WHERE above.number = record.parent AND above.article = record.article"
            " AND above.id != record.id AND record.parent != ''"
        )
        run("CREATE INDEX record_depth ON record (depth)")
        run("CREATE INDEX record_answers ON record (answers)")
        # An answer without a time has that of what it answers, a thread that of its article.
        run("UPDATE record SET at = coalesce(at, 0), seat = id")
        depth = 0
        while run(_DEEPER, {"depth": depth}).rowcount:
            depth += 1
        run("UPDATE record SET answers = NULL, depth = 0 WHERE depth = -1")
        run("CREATE TABLE line (pos INTEGER PRIMARY KEY, id INTEGER)")
        run(
            "INSERT INTO line (id) SELECT id FROM record WHERE article IS NOT NULL"
            " ORDER BY article, at, seat, depth, id"
        )
        return self._counted()

    def _counted(self) -> Arranged:
        run = self._base.execute
        of_all = "SELECT count(*), sum(article IS NULL), sum(parent != '' AND answers IS NULL)"
        number, without_page, orphans = run(f"{of_all} FROM record").fetchone()
        statuses = "SELECT status, count(*) FROM record WHERE article IS NOT NULL GROUP BY status"
        without_page = without_page or 0
        return Arranged(number - without_page, without_page, orphans or 0, dict(run(statuses)))

    def batches(self, size: int = _BATCH) -> Iterator[list[Staged]]:
        """Yield the comments in order."""
        after = 0
        while rows := self._base.execute(
            "SELECT pos, record.id, article, answers, at, facts FROM line"
            " JOIN record ON record.id = line.id WHERE pos > ? ORDER BY pos LIMIT ?",
            (after, size),
        ).fetchall():
            after = rows[-1][0]
            yield [_staged(*row[1:]) for row in rows]

    def places(self, ids: Sequence[int]) -> dict[int, Place]:
        """Return where these comments were stored."""
        marks = ",".join("?" * len(ids))
        rows = self._base.execute(
            f"SELECT id, pk, root, branch FROM record WHERE pk IS NOT NULL AND id IN ({marks})",  # noqa: S608
            ids,
        )
        return {each: Place(*rest) for each, *rest in rows}

    def put(self, places: Iterable[tuple[int, Place]]) -> None:
        """Remember where comments were stored."""
        self._base.executemany(
            "UPDATE record SET pk = ?, root = ?, branch = ? WHERE id = ?",
            ((place.pk, place.root, place.branch, each) for each, place in places),
        )


def _staged(number: int, article: int, answers: int | None, at: float, facts: str) -> Staged:
    read = json.loads(facts)
    if read["at"] is None:
        read["at"] = at or None
    return Staged(number, article, answers, Record(**read))
