"""A person's data is exported completely, erased without harm to others, and both are logged."""

import io
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.crypto import salted_hmac

from comments.models import Article, Comment, Contact, Status
from config.request_id import request_id
from moderation import services
from moderation.models import Decision, Membership, PrivacyDeed, PrivacyEntry, TextSignature
from moderation.policy.verdict import Outcome, Reason
from tests.comments.reception.pages import page
from tests.makers import decide, make_article, make_comment
from tests.moderation.campaigns.letters import PETITION
from tests.moderation.desk.desks import signed_in_as_superuser

pytestmark = pytest.mark.django_db
EMAIL, ADDRESS = "olena@example.org", "203.0.113.7"
HERS: dict[str, Any] = {"author_email": EMAIL, "address": ADDRESS, "author_name": "Олена Таємна"}


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def etag(client: Client, article: Article) -> str:
    return str(client.get(f"/api/v1/articles/{article.key}/comments/")["ETag"])


def test_the_export_has_all_of_the_persons_data_and_nothing_of_others() -> None:
    root = make_comment(author_name="Сусід", author_email="other@example.org")
    hers = make_comment(root.article, parent=root, text="Моя думка", **HERS)
    make_comment(
        status=Status.HELD, text="Інша моя думка", **{**HERS, "author_email": "OLENA@example.org"}
    )
    held = json.loads(run("export_person", EMAIL))
    assert held["email"] == EMAIL
    assert [exported["text"] for exported in held["comments"]] == ["Моя думка", "Інша моя думка"]
    first = held["comments"][0]
    assert (first["number"], first["in_reply_to"]) == (hers.pk, root.pk)
    assert (first["email"], first["address"], first["name"]) == (EMAIL, ADDRESS, "Олена Таємна")
    assert first["decisions"][0]["by"] == "the automatic check"
    assert "Сусід" not in json.dumps(held, ensure_ascii=False)


def test_the_export_includes_what_was_detected_in_the_comments() -> None:
    request_id.set("her-request-1")
    said = [make_comment(make_article(), Status.PENDING, text=PETITION, **HERS) for _ in range(2)]
    request_id.set("")
    make_comment(looks_automated=True, **HERS)
    for comment in said:
        services.moderate(comment_id=comment.pk)
    *campaign, alone = json.loads(run("export_person", EMAIL))["comments"]
    for exported in campaign:
        assert (exported["request_id"], exported["campaign"]) == ("her-request-1", said[0].pk)
        assert exported["decisions"][0]["language"] == "uk"
        assert not exported["looks_automated"]
    assert (alone["request_id"], alone["campaign"]) == (None, None)
    assert alone["looks_automated"]


def test_the_export_is_written_to_a_new_file_readable_by_its_owner(tmp_path: Path) -> None:
    make_comment(**HERS)
    path = tmp_path / "person.json"
    assert EMAIL not in run("export_person", EMAIL, "--out", str(path))
    assert EMAIL in run("export_person", EMAIL, "--out", "-")
    assert not Path("-").exists()
    assert json.loads(path.read_text())["comments"][0]["address"] == ADDRESS
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="already exists"):
        run("export_person", EMAIL, "--out", str(path))
    with pytest.raises(CommandError, match="cannot be written"):
        run("export_person", EMAIL, "--out", str(tmp_path / "none" / "x"))


def test_the_e_mail_may_come_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    make_comment(**HERS)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{EMAIL}\n"))
    assert len(json.loads(run("export_person"))["comments"]) == 1
    with pytest.raises(CommandError, match="not an e-mail address") as exported:
        run("erase_person", "olena@@x")
    assert "olena" not in str(exported.value)


def test_with_a_lost_key_the_rest_is_exported_and_the_missing_key_reported(settings: Any) -> None:
    make_comment(**HERS)
    settings.CONTACT_KEYS = [Fernet.generate_key().decode()]
    exported = json.loads(run("export_person", EMAIL))["comments"][0]
    assert exported["email"] is None
    assert "CONTACT_KEYS" in exported["unreadable"]
    assert exported["name"] == "Олена Таємна"


def test_erased_comments_keep_their_place_and_the_replies_of_others(client: Client) -> None:
    article = make_article(key="mist")
    root = make_comment(
        article, text="Слова, які зникнуть", author_url="https://olena.example.org", **HERS
    )
    answer = make_comment(article, parent=root, text="Відповідь сусіда", author_name="Сусід")
    before = etag(client, article)
    assert run("erase_person", EMAIL) == (
        "Comments erased: 1; still shown to readers as erased: 1.\n"
    )
    shown = page(client, article)
    for gone in ("Слова, які зникнуть", "Таємна", "olena.example.org"):
        assert gone not in shown
        assert gone not in client.get("/api/v1/articles/mist/comments/").content.decode()
    assert "Відповідь сусіда" in shown
    assert shown.index(f'id="comment-{root.pk}"') < shown.index(f'id="comment-{answer.pk}"')
    article.refresh_from_db()
    assert article.published_count == 2
    assert etag(client, article) != before
    assert not Contact.objects.filter(comment=root).exists()
    assert Contact.objects.filter(comment=answer).exists()


def test_comments_are_removed_unless_others_replied(client: Client) -> None:
    article = make_article(key="mist")
    alone = make_comment(article, **HERS)
    answered = make_comment(article, **HERS)
    make_comment(article, parent=answered, author_name="Сусід")
    talk = make_comment(article, **HERS)
    make_comment(article, parent=talk, **HERS)
    before = etag(client, article)
    assert run("erase_person", EMAIL, "--comments", "go") == (
        "Comments erased: 4; still shown to readers as erased: 1.\n"
    )
    shown = page(client, article)
    assert f'id="comment-{answered.pk}"' in shown
    assert f'id="comment-{alone.pk}"' not in shown
    assert f'id="comment-{talk.pk}"' not in shown
    article.refresh_from_db()
    assert article.published_count == Comment.objects.visible().count() == 2
    assert etag(client, article) != before
    assert Decision.objects.filter(comment=alone).latest("id").reason == Reason.ERASED


@pytest.mark.parametrize("status", [Status.PENDING, Status.HELD, Status.REJECTED])
def test_unpublished_comments_are_erased_and_stay_unpublished(status: Status) -> None:
    comment = make_comment(status=status, **HERS)
    run("erase_person", EMAIL)
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    assert (comment.status, comment.text, comment.author_name) == (Status.REJECTED, "", "")
    decide(comment, Outcome.PUBLISH, Reason.REVIEWED)
    comment.refresh_from_db()
    assert comment.status == Status.REJECTED
    comment.article.refresh_from_db()
    assert comment.article.published_count == 0


def test_nothing_derived_from_the_persons_data_remains() -> None:
    request_id.set("her-request-1")
    said = [make_comment(make_article(), Status.PENDING, text=PETITION, **HERS) for _ in range(2)]
    request_id.set("")
    for comment in said:
        services.moderate(comment_id=comment.pk)
    assert Membership.objects.count() == 2
    assert TextSignature.objects.exists()
    run("erase_person", EMAIL)
    assert not TextSignature.objects.exists()
    assert not Membership.objects.exists()
    assert set(Comment.objects.values_list("request_id", flat=True)) == {""}


def test_a_second_run_finds_nothing_and_nothing_links_the_erased_comments() -> None:
    for _ in range(2):
        make_comment(**HERS)
    run("erase_person", EMAIL)
    assert run("erase_person", EMAIL).startswith("Comments erased: 0;")
    assert json.loads(run("export_person", EMAIL))["comments"] == []
    keys = set(Comment.objects.values_list("author_key", flat=True))
    assert len(keys) == 2


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Olena@Example.org", " olena@EXAMPLE.ORG"),
        ("olena@приклад.укр", "olena@XN--80aikifvh.xn--j1amh"),
        ("olena@xn--80aikifvh.xn--j1amh", "Olena@Приклад.укр"),
        ("olena@\u0439od.example", "olena@\u0438\u0306od.example"),
    ],
)
def test_every_spelling_of_an_e_mail_finds_its_comments(typed: str, asked: str) -> None:
    make_comment(author_email=typed)
    make_comment(author_email="olena@example.net")
    assert len(json.loads(run("export_person", asked))["comments"]) == 1
    assert run("erase_person", asked).startswith("Comments erased: 1;")


def test_both_commands_are_logged_without_the_e_mail(caplog: pytest.LogCaptureFixture) -> None:
    make_comment(**HERS)
    with caplog.at_level(logging.DEBUG):
        run("export_person", EMAIL)
        run("erase_person", EMAIL)
    entries = PrivacyEntry.objects.order_by("id")
    assert [entry.deed for entry in entries] == [PrivacyDeed.EXPORT, PrivacyDeed.ERASURE]
    assert [entry.count for entry in entries] == [1, 1]
    assert all(entry.operator and not entry.actor for entry in entries)
    assert "olena" not in str(list(entries.values())) + caplog.text


def test_the_desk_shows_an_erased_comment_as_erased() -> None:
    comment = make_comment(**HERS)
    run("erase_person", EMAIL)
    superuser = signed_in_as_superuser()
    for path in ("", f"{comment.pk}/"):
        shown = superuser.get(f"/en/admin/comments/{path}").content.decode()
        assert "erased at its author" in shown
        assert 'class="desk-publish"' not in shown.partition(comment.anchor)[2]
    decide(comment, Outcome.REJECT, Reason.OFF_TOPIC)
    comment.article.refresh_from_db()
    assert comment.article.published_count == 0


@pytest.mark.parametrize("asked", ["Olena@Приклад.укр", "olena@xn--80aikifvh.xn--j1amh"])
def test_comments_of_an_earlier_version_are_found_by_every_spelling_too(asked: str) -> None:
    comment = make_comment(author_email="olena@приклад.укр")
    # As earlier versions made it: from the e-mail as typed, in lower case.
    typed = salted_hmac("comments.author", "main olena@приклад.укр", algorithm="sha256").hexdigest()
    Comment.objects.filter(pk=comment.pk).update(author_key=typed)
    assert run("erase_person", asked).startswith("Comments erased: 1;")
    comment.refresh_from_db()
    assert comment.text == ""
