"""Nobody gets e-mails that the owner of the address did not confirm, and anybody can end them."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from comments.models import Comment, Contact, Status
from moderation.delivery import mail_requests
from moderation.delivery.models import Consent, Mail, MailKind, MailState, Subscription
from moderation.policy.verdict import Outcome, Reason
from moderation.privacy import erase_person, export_person
from tests.makers import decide, make_article, make_comment
from tests.moderation.delivery.mailbox import (
    Mailbox,
    links,
    post,
    send,
    text_of,
    unsubscribe_path,
)

pytestmark = pytest.mark.django_db


def publish(comment: Comment) -> None:
    decide(comment, Outcome.PUBLISH, Reason.CLEAN)


@pytest.fixture
def reader() -> Client:
    """A mail program or a browser without cookies, which checks CSRF tokens."""
    return Client(enforce_csrf_checks=True)


def test_an_address_is_asked_first_and_told_only_after_it_has_confirmed(
    mailbox: Mailbox, reader: Client
) -> None:
    comment = post(confirmed=False)
    publish(comment)
    send()
    send()
    assert len(mailbox.letters) == 1
    assert mailbox.recipients == ["olena@example.org"]
    confirm, _stop = links(mailbox.last)
    assert reader.get(confirm).status_code == 200
    send()
    assert len(mailbox.letters) == 1
    assert reader.post(confirm).status_code == 200
    send()
    assert len(mailbox.letters) == 2
    assert "Ваш коментар опубліковано" in mailbox.last
    assert reader.post(confirm).status_code == 200
    send()
    assert len(mailbox.letters) == 2


def test_the_question_contains_nothing_that_the_sender_chose(mailbox: Mailbox) -> None:
    article = make_article(title="КУПУЙТЕ", key="buy-now", url="https://www.example.org/buy-now")
    post(confirmed=False, article=article, author_name="Виграйте", text="Мільйон тут: x.example")
    send()
    sent = mailbox.letters[0].as_string() + mailbox.last
    for words in ("КУПУЙТЕ", "buy-now", "Виграйте", "Мільйон", "x.example"):
        assert words not in sent


def test_without_the_box_no_email_is_sent(mailbox: Mailbox) -> None:
    publish(make_comment(status=Status.PENDING))
    send()
    assert mailbox.letters == []
    assert not Subscription.objects.exists()


def test_without_a_mail_server_nothing_is_stored(settings: Any) -> None:
    settings.EMAIL_URL = None
    make_comment(notify=True)
    assert not Subscription.objects.exists()


def test_what_a_program_sent_causes_no_email(mailbox: Mailbox) -> None:
    post(confirmed=False, looks_automated=True)
    send()
    assert mailbox.letters == []


def test_a_second_comment_from_the_same_browser_asks_nothing(mailbox: Mailbox) -> None:
    post()
    second = post(text="Ще одна думка про міст.")
    publish(second)
    send()
    assert len(mailbox.letters) == 1
    assert "Ще одна думка" in mailbox.last


def test_somebody_else_who_types_the_address_causes_a_question_only(mailbox: Mailbox) -> None:
    post()
    stranger = post(confirmed=False, secret="x" * 32, text="Погані слова від її імені.")
    decide(stranger, Outcome.REJECT, Reason.TOXICITY)
    send()
    assert [mail.kind for mail in Mail.objects.filter(sent_at__isnull=False)] == ["confirm"]
    assert "Погані слова" not in mailbox.last


def test_an_address_cannot_be_flooded_with_questions(mailbox: Mailbox) -> None:
    for number in range(10):
        post(confirmed=False, secret=f"{number}" * 32, text=f"Думка номер {number}.")
    send()
    assert len(mailbox.letters) == mail_requests.ASKED_A_DAY


def test_an_address_that_refuses_is_not_asked_again(mailbox: Mailbox, reader: Client) -> None:
    post(confirmed=False)
    send()
    _confirm, stop = links(mailbox.last)
    page = reader.get(stop).content.decode()
    assert "Міст" not in page
    reader.post(stop)
    post(confirmed=False, secret="x" * 32, text="Інша думка.")
    send()
    assert len(mailbox.letters) == 1
    Consent.objects.update(ended_at=timezone.now() - dt.timedelta(days=91))
    post(confirmed=False, secret="y" * 32, text="Третя думка.")
    send()
    assert len(mailbox.letters) == 2


def test_a_link_to_confirm_ends_after_a_week(
    mailbox: Mailbox, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(confirmed=False)
    send()
    confirm, _stop = links(mailbox.last)
    monkeypatch.setattr(mail_requests, "CONFIRM_WITHIN", dt.timedelta(seconds=-1))
    assert reader.get(confirm).status_code == 404
    assert reader.post(confirm).status_code == 404
    assert not Consent.objects.exclude(confirmed_at=None).exists()


def test_one_press_in_the_mail_program_ends_all_emails(mailbox: Mailbox, reader: Client) -> None:
    first = post()
    second = post(text="Ще одна думка про міст.")
    publish(first)
    send()
    letter = mailbox.letters[0]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = unsubscribe_path(letter)
    assert reader.get(path).status_code == 200
    assert Consent.objects.get().in_force
    answer = reader.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not answer.cookies
    publish(second)
    send()
    assert len(mailbox.letters) == 1
    assert "більше не отримуватимете" in reader.get(path).content.decode()


def test_emails_about_one_comment_can_be_ended_alone(mailbox: Mailbox, reader: Client) -> None:
    first, second = post(), post(text="Ще одна думка про міст.")
    publish(first)
    send()
    reader.post(unsubscribe_path(mailbox.letters[0]), {"end": "this"})
    decide(first, Outcome.REJECT, Reason.SPAM)
    publish(second)
    send()
    assert len(mailbox.letters) == 2
    assert "Ще одна думка" in mailbox.last


def test_a_queued_email_is_not_sent_after_the_reader_has_unsubscribed(
    mailbox: Mailbox, reader: Client
) -> None:
    comment = post()
    publish(comment)
    tokens = mail_requests.unsubscribe_token(comment.pk)
    with override("uk"):
        reader.post(f"/uk/mail/stop/{tokens}/")
    send()
    assert mailbox.letters == []


@pytest.mark.parametrize("page", ["confirm", "stop"])
def test_a_wrong_link_says_so(reader: Client, page: str) -> None:
    for token in ("x", "1:abc:def"):
        for answer in (
            reader.get(f"/uk/mail/{page}/{token}/"),
            reader.post(f"/uk/mail/{page}/{token}/"),
        ):
            assert answer.status_code == 404
            assert "недійсне" in answer.content.decode()


def test_a_token_of_one_kind_is_not_one_of_the_other(mailbox: Mailbox, reader: Client) -> None:
    comment = post(confirmed=False)
    assert (
        reader.post(f"/uk/mail/confirm/{mail_requests.unsubscribe_token(comment.pk)}/").status_code
        == 404
    )
    assert not Consent.objects.exclude(confirmed_at=None).exists()


def test_erasing_a_person_removes_everything_about_emails(mailbox: Mailbox) -> None:
    publish(post())
    send()
    stored = export_person(email="olena@example.org", operator="root")["comments"][0]["e_mails"]
    assert [each["what"] for each in stored["sent"]] == ["decision"]
    erase_person(email="olena@example.org", operator="root", remove=False)
    for model in (Consent, Subscription, Mail):
        assert not model.objects.exists()


def test_nothing_is_kept_longer_than_the_address(mailbox: Mailbox) -> None:
    publish(post())
    assert mail_requests.drop_unreachable() == 0
    Contact.objects.update(sealed_email="")
    assert mail_requests.drop_unreachable() == 1
    assert not Consent.objects.exists()


def test_no_address_is_in_the_tables_of_delivery(mailbox: Mailbox) -> None:
    publish(post())
    send()
    for model in (Consent, Subscription, Mail):
        assert "olena" not in str(list(model.objects.values()))
    assert Mail.objects.filter(kind=MailKind.DECISION, state=MailState.SENT).count() == 1
    assert "olena@example.org" not in text_of(mailbox.letters[0])
