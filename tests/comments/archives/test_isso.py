"""A database of Isso comes in. isso.sql is the dump of one that Isso 0.14 itself has made."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from comments.models import Article, Comment, Status, VoteCount
from tests.comments.archives.conftest import Import

pytestmark = pytest.mark.django_db
DUMP = Path(__file__).parent / "isso.sql"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "comments.db"
    with closing(sqlite3.connect(path)) as opened:
        opened.executescript(DUMP.read_text("utf-8"))
    return path


def test_threads_votes_and_statuses_of_isso_are_kept(bring: Import, database: Path) -> None:
    bring(database, "isso", base="http://testserver/")
    found = {each.text: each for each in Comment.objects.all()}
    root = found["Дякую за *новину*.\n\n> цитата"]
    assert root.contact.email == "marta@example.org"
    assert root.author_url == "https://marta.example.org"
    assert root.vote_count.votes == 1
    assert {found["Згодна."].parent, found["І я приєднуюся."].parent} == {root}
    assert found["І я приєднуюся."].author_name == "Без імені"
    assert found["Чекаю на перевірку."].status == Status.HELD
    urls = {each.url: each.published_count for each in Article.objects.all()}
    assert urls == {"http://testserver/news/1/": 3, "http://testserver/news/2/?a=1": 2}


def test_a_deleted_comment_keeps_only_its_place(bring: Import, database: Path) -> None:
    bring(database, "isso", base="http://testserver")
    deleted = Comment.objects.get(status=Status.WITHDRAWN)
    assert (deleted.text, deleted.author_name) == ("", "")
    assert not hasattr(deleted, "contact")
    reply = deleted.replies.get()
    assert reply.is_visible


def test_a_count_of_votes_that_no_other_database_could_store_counts_as_0(
    bring: Import, database: Path
) -> None:
    with closing(sqlite3.connect(database)) as opened, opened:
        opened.execute("UPDATE comments SET likes = 9999999999 WHERE likes = 1")
    bring(database, "isso", base="http://testserver")
    assert not VoteCount.objects.exists()


def test_the_address_of_the_website_must_be_given_and_the_file_be_one_of_isso(
    bring: Import, database: Path, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="--base"):
        bring(database, "isso")
    with pytest.raises(CommandError, match="no database of Isso"):
        bring("x" * 5000, "isso", base="http://testserver")
    with pytest.raises(CommandError, match="no database of Isso"):
        bring(tmp_path / "missing", "isso", base="http://testserver")
    assert not (tmp_path / "missing").exists()


def test_names_websites_and_emails_are_as_they_were_typed_not_as_html(
    bring: Import, database: Path
) -> None:
    typed = ("Том &amp; <3", "https://marta.example.org/?a=1&b=2", "m&a@example.org")
    stored = (
        "Том &amp;amp; &lt;3",
        "https://marta.example.org/?a=1&amp;b=2",
        "m&amp;a@example.org",
    )
    with closing(sqlite3.connect(database)) as opened, opened:
        opened.execute(
            "UPDATE comments SET author = ?, website = ?, email = ? WHERE id = 1", stored
        )
    bring(database, "isso", base="http://testserver")
    found = Comment.objects.get(origin__number="1")
    assert (found.author_name, found.author_url, found.contact.email) == typed


@pytest.mark.parametrize("column", ["text", "author", "email", "website", "created", "likes"])
def test_a_column_of_another_type_aborts_no_import(
    column: str, bring: Import, database: Path
) -> None:
    with closing(sqlite3.connect(database)) as opened, opened:
        opened.execute(f"UPDATE comments SET {column} = ? WHERE id = 1", (b"\xff\0",))
        opened.execute("UPDATE threads SET title = ? WHERE id = 1", (b"\xff\0",))
    bring(database, "isso", base="http://testserver")
    assert Comment.objects.count() == 7
