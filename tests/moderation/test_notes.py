"""Notes for colleagues and questions to them."""

import pytest
from django.core.exceptions import PermissionDenied

from comments.models import Comment, Status
from moderation import notes
from moderation.accounts.models import User
from moderation.accounts.roles import Role, make_member
from moderation.models import Note, NoteVersion, Question
from tests.makers import make_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta() -> User:
    return make_member("marta")[0]


@pytest.fixture
def ivan() -> User:
    return make_member("ivan")[0]


@pytest.fixture
def olha() -> User:
    return make_member("olha", Role.LEAD)[0]


@pytest.fixture
def held() -> Comment:
    return make_comment(status=Status.HELD, author_email="olena@example.org")


def texts(found: object) -> list[str]:
    return [note.text for note in found]  # type: ignore[attr-defined]


def test_notes_on_a_comment_and_on_its_author_are_read_together(
    marta: User, held: Comment, django_assert_num_queries: object
) -> None:
    other = make_comment(author_email="olena@example.org")
    notes.note_on_comment(comment=held, text="Про міст.", by=marta)
    notes.note_on_comment(comment=other, text="Про інше.", by=marta)
    notes.note_on_author(author_key=held.author_key, text="Завжди так.", by=marta)
    notes.note_on_comment(comment=make_comment(), text="Про чуже.", by=marta)
    assert texts(notes.notes_about(held)) == ["Про міст.", "Завжди так."]
    assert texts(notes.notes_of_author(held.author_key)) == [
        "Про міст.", "Про інше.", "Завжди так.",
    ]  # fmt: skip


def test_its_writer_mends_a_note_and_the_old_text_is_kept(
    marta: User, ivan: User, held: Comment
) -> None:
    note = notes.note_on_comment(comment=held, text="Перша думка.", by=marta)
    notes.mend(note=note, text="Перша думка.", by=marta)
    assert not NoteVersion.objects.exists()
    notes.mend(note=note, text="Друга думка.", by=marta)
    with pytest.raises(PermissionDenied):
        notes.mend(note=note, text="Чужа думка.", by=ivan)
    note.refresh_from_db()
    assert (note.text, note.by, bool(note.mended_at)) == ("Друга думка.", marta, True)
    assert texts(note.versions.all()) == ["Перша думка."]


def test_a_question_reaches_its_addressee_and_the_answer_becomes_a_note(
    marta: User, ivan: User, olha: User, held: Comment
) -> None:
    question = notes.ask(comment=held, text="Це жарт?", by=marta, addressee=ivan)
    assert [[*notes.asked_of(user)] for user in (ivan, marta, olha)] == [[question], [], []]
    note = notes.answer(question=question, text="Ні.", by=ivan)
    assert texts(notes.notes_about(held)) == ["Ні."]
    assert note.answers == question
    assert not notes.asked_of(ivan).exists()
    held.refresh_from_db()
    assert held.status == Status.HELD
    with pytest.raises(notes.AnsweredError):
        notes.answer(question=question, text="Так.", by=ivan)
    assert texts(Note.objects.all()) == ["Ні."]


def test_what_is_asked_of_the_leads_is_answered_by_any_of_them(
    marta: User, ivan: User, olha: User, held: Comment
) -> None:
    question = notes.ask(comment=held, text="Вирішіть ви.", by=marta, addressee=None)
    assert [[*notes.asked_of(user)] for user in (ivan, olha)] == [[], [question]]
    for user in (ivan, marta):
        with pytest.raises(PermissionDenied):
            notes.answer(question=question, text="Так.", by=user)
    notes.answer(question=question, text="Лишити.", by=olha)
    assert notes.questions_on([held.pk]) == {}


def test_a_lead_answers_for_who_is_away(marta: User, ivan: User, olha: User, held: Comment) -> None:
    question = notes.ask(comment=held, text="Це жарт?", by=marta, addressee=ivan)
    assert notes.questions_on([held.pk]) == {held.pk: [question]}
    notes.answer(question=question, text="Так.", by=olha)


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.REJECTED])
def test_only_what_waits_can_be_asked_about(marta: User, status: Status) -> None:
    with pytest.raises(notes.NotHeldError):
        notes.ask(comment=make_comment(status=status), text="?", by=marta, addressee=None)
    assert not Question.objects.exists()


def test_colleagues_are_those_who_decide(marta: User, ivan: User, olha: User) -> None:
    make_member("auditor", Role.AUDITOR)
    User.objects.filter(pk=make_member("gone")[0].pk).update(is_active=False)
    assert [*notes.colleagues(marta)] == [ivan, olha]
