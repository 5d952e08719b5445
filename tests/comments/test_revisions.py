"""Versions of a comment are kept, and a decision refers to one of them."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from comments.models import Comment, Revision, Status
from comments.reception.services import submit_comment
from moderation import erasure, transitions
from moderation.actors import SYSTEM
from moderation.models import Decision
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.privacy import erase_person, export_person
from moderation.transitions import Evidence, Seen
from tests.makers import make_article, make_comment, make_draft

pytestmark = pytest.mark.django_db
CONTENT_FIELDS = ("text", "author_name", "author_url")


def said(row: Any) -> list[str]:
    return [getattr(row, name) for name in CONTENT_FIELDS]


def edited(comment: Comment, text: str) -> None:
    """Edit a comment: the next revision number, with its version."""
    comment.text, comment.revision, comment.version = text, 2, comment.version + 1
    comment.save()
    Revision.objects.keep(comment)


def test_the_first_version_is_stored_with_the_comment() -> None:
    comment = make_comment(status=Status.PENDING, author_url="https://olena.example")
    first = comment.revisions.get()
    assert first.number == 1
    assert said(first) == said(comment)


def test_comment_and_version_are_stored_together_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("comments.events.submitted", fail)
    with pytest.raises(ZeroDivisionError):
        submit_comment(article=make_article(), draft=make_draft())
    assert (Comment.objects.count(), Revision.objects.count()) == (0, 0)


def test_version_and_event_take_one_statement_each() -> None:
    article, draft = make_article(), make_draft()
    with CaptureQueriesContext(connection) as queries:
        submit_comment(article=article, draft=draft)
    written = [each["sql"].split('"')[1] for each in queries if each["sql"].startswith("INSERT")]
    assert written == [
        "comments_comment",
        "comments_contact",
        "comments_revision",
        "comments_event",
    ]


def test_a_decision_refers_to_the_version_that_it_judged() -> None:
    comment = make_comment(status=Status.HELD)
    edited(comment, "Інше слово про міст")
    assert transitions.apply(
        comment=comment,
        verdict=Verdict(Outcome.PUBLISH, Reason.CLEAN),
        expected=Seen.of(comment),
        evidence=Evidence(actor=SYSTEM),
    )
    numbers = comment.decisions.order_by("pk").values_list("revision__number", flat=True)
    assert list(numbers) == [1, 2]
    for decision in Decision.objects.select_related("revision"):
        assert decision.revision.comment_id == decision.comment_id


def test_a_judged_version_cannot_be_deleted() -> None:
    comment = make_comment()
    with pytest.raises(ProtectedError):
        comment.revisions.get().delete()


def test_a_version_number_is_unique_within_a_comment() -> None:
    comment = make_comment()
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.keep(comment)


def test_an_erasure_keeps_the_numbers_of_the_versions_but_no_content() -> None:
    comment = make_comment(author_email="olena@example.org", author_url="https://olena.example")
    edited(comment, "Друге слово")
    erase_person(email="olena@example.org", operator="root", remove=False)
    versions = comment.revisions.order_by("number")
    assert [each.number for each in versions] == [1, 2, 3]
    assert {tuple(said(each)) for each in versions} == {("", "", "")}
    comment.refresh_from_db()
    assert comment.revision == 3


def test_an_expired_text_is_erased_with_all_its_versions() -> None:
    comment = make_comment(status=Status.REJECTED)
    assert erasure.expire(comment=comment)
    assert {tuple(said(each)) for each in comment.revisions.all()} == {("", "", "")}


def test_an_export_contains_every_version_and_which_one_was_judged() -> None:
    comment = make_comment(author_email="olena@example.org", text="Перше слово")
    edited(comment, "Друге слово")
    (exported,) = export_person(email="olena@example.org", operator="root")["comments"]
    assert [(each["number"], each["text"]) for each in exported["versions"]] == [
        (1, "Перше слово"),
        (2, "Друге слово"),
    ]
    assert exported["decisions"][0]["version"] == 1
