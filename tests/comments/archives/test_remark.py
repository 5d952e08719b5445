"""A backup of Remark42 comes in, packed as it is."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError

from comments.identity import author_key
from comments.models import Comment, Status
from tests.comments.archives.conftest import Import

pytestmark = pytest.mark.django_db
_HEAD = {
    "version": 1,
    "users": [{"id": "google_1", "details": {"email": "marta@example.org"}}],
    "posts": [{"url": "http://testserver/closed", "read_only": True}],
}


def line(number: str, text: str, **over: Any) -> dict[str, Any]:
    return {
        "id": number,
        "pid": "",
        "text": f"<p>{text}</p>\n",
        "orig": text,
        "user": {"name": "Марта", "id": "google_1", "picture": "", "ip": "a1b2", "admin": False},
        "locator": {"site": "visnyk", "url": "http://testserver/a"},
        "score": 0,
        "votes": {},
        "time": "2021-05-01T10:11:12.123456789+03:00",
        "title": "Новина",
        **over,
    }


def backup(*rows: dict[str, Any]) -> bytes:
    return gzip.compress("".join(json.dumps(row) + "\n" for row in (_HEAD, *rows)).encode())


def test_threads_people_votes_and_changes_of_remark42_are_kept(bring: Import) -> None:
    bring(
        backup(
            line("c", "Відповідь.", pid="a", user={"name": "Оля", "id": "anonymous_2"}),
            line("a", "Так, *справді*.", votes={"x": True, "y": True, "z": False}),
            line("b", "", delete=True),
            line("d", "Лише <b>HTML</b>", orig="", pid="b"),
            line("e", "Змінено.", edit={"time": "2021-05-02T00:00:00Z", "summary": ""}),
        ),
        "remark42",
    )
    found = {each.text: each for each in Comment.objects.all()}
    root = found["Так, *справді*."]
    assert root.created_at.isoformat() == "2021-05-01T07:11:12.123456+00:00"
    assert root.author_key == author_key("marta@example.org", "main")
    assert root.vote_count.votes == 2
    assert found["Відповідь."].parent == root
    assert found["Лише **HTML**"].parent == found[""]
    assert found[""].status == Status.WITHDRAWN
    assert str(found["Змінено."].edited_at) == "2021-05-02 00:00:00+00:00"


def test_a_read_only_article_is_closed(bring: Import) -> None:
    locator = {"site": "visnyk", "url": "http://testserver/closed"}
    bring(backup(line("a", "Так.", locator=locator)), "remark42")
    assert Comment.objects.get().article.is_closed


def test_names_and_addresses_are_as_they_were_typed_not_as_html(bring: Import) -> None:
    locator = {"site": "visnyk", "url": "http://testserver/a?b=1&amp;c=2"}
    bring(backup(line("a", "Так.", locator=locator, user={"name": "Оля &lt;3"})), "remark42")
    found = Comment.objects.get()
    assert (found.author_name, found.article.url) == ("Оля <3", "http://testserver/a?b=1&c=2")


def test_a_backup_with_very_many_users_comes_in_with_their_emails(bring: Import) -> None:
    users = [
        {"id": f"google_{number}", "details": {"email": f"r{number}@example.org"}, "x": "y" * 200}
        for number in range(45_000)
    ]
    head = json.dumps({**_HEAD, "users": users})
    assert len(head) > 11e6
    rows = [line(f"{n}", "Так.", user={"id": f"google_{n}"}) for n in (0, 44_999)]
    bring("\n".join([head, *map(json.dumps, rows)]), "remark42")
    emails = {each.contact.email for each in Comment.objects.all()}
    assert emails == {"r0@example.org", "r44999@example.org"}


def test_a_first_line_that_cannot_be_read_is_told_as_what_it_is(
    bring: Import, tmp_path: Path
) -> None:
    path = tmp_path / "backup"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range((1 << 8) + 1):
            file.write(b"x" * (1 << 20))
        file.write(b"\n" + json.dumps(line("a", "Так.")).encode())
    with pytest.raises(
        CommandError, match="first line, which has all users, is longer than 256 MB"
    ):
        bring(path, "remark42")
    with pytest.raises(CommandError, match="first line, which has all users, is no JSON object"):
        bring("[1]\n", "remark42")


@pytest.mark.parametrize("of_none", [{"users": 5}, {"users": [], "posts": True}])
def test_a_first_line_without_a_list_of_users_or_articles_has_none(
    of_none: dict[str, Any], bring: Import
) -> None:
    bring("\n".join(map(json.dumps, [of_none, line("a", "Так.")])), "remark42")
    assert Comment.objects.count() == 1


def test_another_file_is_refused(bring: Import) -> None:
    with pytest.raises(CommandError, match="no backup of Remark42"):
        bring('{"number": 1}\n', "remark42")
