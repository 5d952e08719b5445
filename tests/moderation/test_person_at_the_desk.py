"""What moderators wrote and decided about a person is exported, erased and not kept for ever."""

import datetime as dt
import io
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from comments.models import Comment, Status
from moderation import notes
from moderation.accounts.models import User
from moderation.accounts.roles import Role, make_member
from moderation.author_measures import Terms, set_measure
from moderation.models import AuthorMeasure, Note, NoteVersion, Question
from moderation.retention import drop_texts
from tests.makers import make_comment

pytestmark = pytest.mark.django_db
EMAIL = "olena@example.org"
HERS: dict[str, Any] = {"author_email": EMAIL, "secret": "of her browser", "address": "203.0.113.7"}


@pytest.fixture
def lead() -> User:
    return make_member("olha", Role.LEAD)[0]


@pytest.fixture
def hers(lead: User) -> Comment:
    """A held comment with everything that moderators can write about it and its author."""
    comment = make_comment(status=Status.HELD, **HERS)
    note = notes.note_on_comment(comment=comment, text="Перша думка.", by=lead)
    notes.mend(note=note, text="Думка про коментар.", by=lead)
    notes.note_on_author(author_key=comment.author_key, text="Думка про неї.", by=lead)
    notes.ask(comment=comment, text="Чи це погроза?", by=lead, addressee=None)
    until = timezone.now() + dt.timedelta(days=7)
    for scope in ("writer", "network"):
        terms = Terms(kind="hold", scope=scope, reason="Сварилася.", until=until)
        set_measure(comment=comment, terms=terms, user=lead)
    return comment


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_the_export_says_in_words_what_was_decided_and_written(hers: Comment) -> None:
    make_comment(author_email="other@example.org")
    text = run("export_person", EMAIL)
    exported = json.loads(text)
    first, second = exported["measures"]
    assert first["measure"] == "a moderator reads every comment before it is published"
    assert first["applies_to"] == "comments from one browser"
    assert second["applies_to"] == "comments from one network"
    assert first["reason"] == "Сварилася."
    assert [note["text"] for note in exported["notes"]] == ["Думка про неї."]
    (comment,) = exported["comments"]
    (note,) = comment["notes"]
    assert (note["text"], note["earlier_texts"]) == ("Думка про коментар.", ["Перша думка."])
    assert comment["questions"][0]["text"] == "Чи це погроза?"
    assert "olha" not in text
    assert hers.author_key not in text


def test_erasing_a_person_takes_all_of_it_away_and_leaves_that_of_others(
    lead: User, hers: Comment
) -> None:
    other = make_comment(author_email="other@example.org")
    kept = notes.note_on_comment(comment=other, text="Про іншого.", by=lead)
    run("erase_person", EMAIL)
    assert not AuthorMeasure.objects.exists()
    assert not NoteVersion.objects.exists()
    assert not Question.objects.exists()
    assert [*Note.objects.all()] == [kept]
    assert json.loads(run("export_person", EMAIL))["measures"] == []


def test_what_was_written_goes_with_an_expired_text_and_a_ban_in_force_stays(
    settings: Any, hers: Comment
) -> None:
    settings.HELD_KEPT_DAYS = 1
    Comment.objects.update(decided_at=timezone.now() - dt.timedelta(days=2))
    drop_texts()
    assert [note.text for note in Note.objects.all()] == ["Думка про неї."]
    assert not Question.objects.exists()
    assert AuthorMeasure.objects.in_force().count() == 2
    AuthorMeasure.objects.update(until=timezone.now() - dt.timedelta(seconds=1))
    drop_texts()
    assert not AuthorMeasure.objects.exists()
    assert not Note.objects.exists()


def test_notes_about_authors_who_still_have_comments_are_kept(lead: User) -> None:
    comment = make_comment(**HERS)
    notes.note_on_author(author_key=comment.author_key, text="Завжди так.", by=lead)
    drop_texts()
    assert Note.objects.exists()
