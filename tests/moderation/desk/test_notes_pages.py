"""Notes and questions at the desk: who writes, who answers, who only reads."""

import pytest
from django.test import Client

from comments.models import Comment, Status
from moderation import notes
from moderation.accounts.models import User
from moderation.accounts.roles import Role, make_member
from moderation.models import Note, Question
from tests.makers import make_comment
from tests.moderation.desk.desks import QUEUE, card_page, signed_in, signed_in_as

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
M, L, A = Role.MODERATOR, Role.LEAD, Role.AUDITOR
DESK = "/en/admin/"


@pytest.fixture
def held() -> Comment:
    return make_comment(status=Status.HELD, text="Про міст.")


@pytest.fixture
def ivan() -> User:
    return make_member("ivan")[0]


def shown(client: Client, page: str) -> str:
    return client.get(page).content.decode()


@pytest.mark.parametrize("role", Role)
def test_who_decides_writes_notes_and_an_auditor_reads_them(role: Role, held: Comment) -> None:
    client, writes = signed_in_as(role), role is not A
    about = f"{DESK}authors/{held.author_key}/"
    for page, address in ((card_page(held), card_page(held)), (about, about)):
        answer = client.post(f"{address}note/", {"text": "Читаймо уважно."})
        assert answer.status_code == (302 if writes else 403)
        assert ("Читаймо уважно." in shown(client, page)) is writes
    assert Note.objects.count() == (2 if writes else 0)
    notes.note_on_comment(comment=held, text="Від Івана.", by=make_member("ivan")[0])
    assert "Від Івана." in shown(client, card_page(held))


def test_a_note_needs_words_and_is_not_lost_if_it_has_too_many(held: Comment) -> None:
    client = signed_in_as(M)
    long = "слово " * 200
    answer = client.post(f"{card_page(held)}note/", {"text": long})
    assert answer.status_code == 200
    assert long.strip() in answer.content.decode()
    assert client.post(f"{card_page(held)}note/", {"text": " "}).status_code == 200
    assert not Note.objects.exists()


def test_only_its_writer_mends_a_note_and_all_see_the_old_text(held: Comment, ivan: User) -> None:
    note = notes.note_on_comment(comment=held, text="Перша думка.", by=ivan)
    address = f"{DESK}notes/{note.pk}/"
    for other in (M, L, A):
        client = signed_in_as(other)
        assert client.get(address).status_code == 403
        assert client.post(address, {"text": "Чужа."}).status_code == 403
        assert address not in shown(client, card_page(held))
    writer = signed_in(ivan)
    assert address in shown(writer, card_page(held))
    assert "Перша думка." in shown(writer, address)
    writer.post(address, {"text": "Друга думка."})
    page = shown(signed_in_as(A), card_page(held))
    assert "Друга думка." in page
    assert "Перша думка." in page


@pytest.mark.parametrize("role", Role)
def test_who_decides_asks(role: Role, held: Comment, ivan: User) -> None:
    client, asks = signed_in_as(role), role is not A
    assert (f"{card_page(held)}ask/" in shown(client, card_page(held))) is asks
    data = {"addressee": str(ivan.pk), "text": "Це жарт?"}
    answer = client.post(f"{card_page(held)}ask/", data)
    assert answer.status_code == (302 if asks else 403)
    assert Question.objects.count() == asks


def test_the_addressee_is_told_on_every_page_and_answers(held: Comment, ivan: User) -> None:
    marta = signed_in_as(M, "marta")
    for text in ("Це жарт?", "А це?"):
        marta.post(f"{card_page(held)}ask/", {"addressee": str(ivan.pk), "text": text})
    asked = signed_in(ivan)
    assert "Asked of you: 2" in shown(asked, DESK)
    assert "Asked of you:" not in shown(marta, QUEUE)
    assert "marta asks ivan" in shown(marta, QUEUE)
    page = shown(asked, f"{DESK}questions/")
    for words in ("Це жарт?", "А це?", "Про міст.", "marta"):
        assert words in page
    first = Question.objects.order_by("pk")[0]
    asked.post(f"{DESK}questions/{first.pk}/answer/", {"text": "Так, жарт."})
    assert "Asked of you: 1" in shown(asked, DESK)
    card = shown(marta, card_page(held))
    assert "Так, жарт." in card
    assert "marta asked: “Це жарт?”" in card
    held.refresh_from_db()
    assert held.status == Status.HELD


@pytest.mark.parametrize(("role", "may"), [(M, False), (L, True), (A, False)])
def test_leads_answer_what_was_escalated(role: Role, may: bool, held: Comment, ivan: User) -> None:
    question = notes.ask(comment=held, text="Вирішіть ви.", by=ivan, addressee=None)
    client = signed_in_as(role)
    assert ("Asked of you: 1" in shown(client, DESK)) is may
    assert "Вирішіть ви." in shown(client, f"{DESK}questions/")
    address = f"{DESK}questions/{question.pk}/answer/"
    for page in (f"{DESK}questions/", card_page(held)):
        assert (address in shown(client, page)) is may
    answer = client.post(address, {"text": "Лишити."})
    assert answer.status_code == (302 if may else 403)
    assert Note.objects.exists() is may


def test_who_answers_second_is_told(held: Comment, ivan: User) -> None:
    question = notes.ask(comment=held, text="?", by=make_member("marta")[0], addressee=ivan)
    client = signed_in(ivan)
    for text in ("Так.", "Ні."):
        answer = client.post(f"{DESK}questions/{question.pk}/answer/", {"text": text}, follow=True)
    assert "has answered already" in answer.content.decode()
    assert Note.objects.get().text == "Так."


def test_a_question_about_a_decided_comment_is_not_asked(held: Comment, ivan: User) -> None:
    published = make_comment()
    client = signed_in_as(M)
    address = f"{card_page(published)}ask/"
    assert address not in shown(client, card_page(published))
    answer = client.post(address, {"addressee": "", "text": "?"}, follow=True)
    assert "no longer in the queue" in answer.content.decode()
    assert not Question.objects.exists()


def test_auditors_and_people_without_a_role_are_not_asked(held: Comment) -> None:
    auditor = make_member("auditor", A)[0]
    data = {"addressee": str(auditor.pk), "text": "?"}
    assert signed_in_as(M).post(f"{card_page(held)}ask/", data).status_code == 200
    assert not Question.objects.exists()


def test_the_queue_leads_to_the_author_and_to_a_note_and_back(held: Comment, ivan: User) -> None:
    notes.note_on_comment(comment=held, text="Читаймо уважно.", by=ivan)
    client = signed_in(ivan)
    queue = f"{QUEUE.removesuffix('list/')}?comment={held.pk}"
    page = shown(client, queue)
    assert f'href="{DESK}authors/{held.author_key}/?comment={held.pk}"' in page
    assert "1 note<" in page
    for address, data in (
        (f"{card_page(held)}note/?from=queue", {"text": "Так."}),
        (f"{card_page(held)}ask/?from=queue", {"text": "Так?", "addressee": ""}),
    ):
        assert address in page
        assert client.post(address, data)["Location"] == queue
    assert address not in shown(signed_in_as(A), queue)
