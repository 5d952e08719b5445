"""Search for the readers' marks where they must not be: other columns, logs, the broker."""

import base64
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import redis

from tests.chaos.databases import TEXT_COLUMNS, Database
from tests.chaos.readers import Marks

# Where each belongs, by table; a contact's columns may contain the e-mail and the address.
ALLOWED_COLUMNS = {
    "email": {"comments_contact"},
    "text": {"comments_comment", "comments_revision"},
    "address": set(),
}
CONTACT = "comments_contact"
# The desk's search stores the words of names and texts in its own tables.
SEARCH = "moderation_search"


def leaks(
    database: Database, files: Iterable[Path], broker: redis.Redis, marks: Marks
) -> list[str]:
    """Return a sentence for each place where an e-mail, a text or an address should not be."""
    searched = {"email": marks.email, "text": marks.text, "address": marks.address}
    return [
        *in_columns(database.rows, database.kind, searched),
        *in_files(files, searched),
        *in_broker(broker, searched),
    ]


def in_columns(
    ask: Callable[[str], list[tuple[Any, ...]]], kind: str, searched: dict[str, str]
) -> Iterator[str]:
    for table, column in ask(TEXT_COLUMNS[kind]):
        for what, mark in searched.items():
            if table in ALLOWED_COLUMNS[what] and (what != "text" or column == "text"):
                continue
            if what == "address" and table == CONTACT:
                continue
            if what == "text" and table.startswith(SEARCH):
                continue
            counted = f'SELECT count(*) FROM "{table}" WHERE CAST("{column}" AS TEXT) LIKE'
            if number := ask(f"{counted} '%{mark}%'")[0][0]:
                yield f"{what} in {table}.{column}, {number} rows"


def in_files(files: Iterable[Path], searched: dict[str, str]) -> Iterator[str]:
    for path in files:
        content = path.read_bytes()
        for what, mark in searched.items():
            if number := sum(content.count(form) for form in forms(mark)):
                yield f"{what} in the file {path.name}, {number} times"


def in_broker(broker: redis.Redis, searched: dict[str, str]) -> Iterator[str]:
    """Return its keys and everything they contain, as dumped."""
    for key in broker.scan_iter(count=1000):
        content = key + (broker.dump(key) or b"")
        for what, mark in searched.items():
            if any(form in content for form in forms(mark)):
                yield f"{what} in the broker's key {key[:40]!r}"


def forms(mark: str) -> list[bytes]:
    """The mark, and what is in its base64 form at any offset."""
    plain = mark.encode()
    encoded = []
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + plain)
        encoded.append(whole[4 if shift else 0 : -4])
    return [plain, *(each for each in encoded if len(each) >= 8)]
