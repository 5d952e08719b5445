"""E-mails and addresses: encryption, key rotation and retention."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from comments import contacts, encryption
from comments.identity import address_key
from comments.models import Article, Comment, Contact, Status
from config.operations import tasks
from tests.comments.reception.pages import post
from tests.makers import make_comment
from tests.processes import Broker

EMAIL, ADDRESS = "olena@example.org", "203.0.113.7"
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def stored() -> str:
    """Every row of all our tables, as stored."""
    tables = [t for t in connection.introspection.table_names() if t.startswith(("comm", "mod"))]
    with connection.cursor() as cursor:
        rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += cursor.fetchall()
    return str(rows).lower()


def run(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_database_contains_no_plain_e_mail_or_address(client: Client, article: Article) -> None:
    post(client, article, author_email=EMAIL, REMOTE_ADDR="ignored")
    client.post(
        f"/api/v1/articles/{article.key}/comments/",
        {"author_name": "Олена", "author_email": EMAIL, "text": "Дякую за новину."},
        content_type="application/json",
        REMOTE_ADDR=ADDRESS,
    )
    assert [contact.email for contact in Contact.objects.order_by("pk")] == [EMAIL, EMAIL]
    assert [contact.address for contact in Contact.objects.order_by("pk")] == ["127.0.0.1", ADDRESS]
    assert EMAIL not in stored()
    assert ADDRESS not in stored()
    assert "127.0.0.1" not in stored()


@pytest.mark.django_db
def test_equal_values_are_encrypted_differently_and_linked_by_their_hashes() -> None:
    first, second = (make_comment(author_email=EMAIL, address=ADDRESS) for _ in range(2))
    one, two = Contact.objects.get(comment=first), Contact.objects.get(comment=second)
    assert one.sealed_email != two.sealed_email
    assert one.sealed_address != two.sealed_address
    assert first.author_key == second.author_key
    assert one.address_key == two.address_key == address_key(ADDRESS, "main")


@pytest.mark.django_db
def test_the_first_key_encrypts_and_every_key_decrypts(settings: Any) -> None:
    settings.CONTACT_KEYS = [OLD]
    contact = Contact.objects.get(comment=make_comment(author_email=EMAIL))
    settings.CONTACT_KEYS = [NEW, OLD]
    assert contact.email == EMAIL
    newer = Contact.objects.get(comment=make_comment(author_email=EMAIL))
    settings.CONTACT_KEYS = [NEW]
    assert newer.email == EMAIL
    with pytest.raises(encryption.WrongKeyError, match="CONTACT_KEYS lacks the key"):
        assert contact.email


@pytest.mark.django_db
def test_an_interrupted_rotation_continues_and_a_second_one_has_nothing_to_do(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contacts, "BATCH", 2)
    settings.CONTACT_KEYS = [OLD]
    comments = [make_comment(author_email=EMAIL, address=ADDRESS) for _ in range(5)]
    settings.CONTACT_KEYS = [NEW, OLD]
    for _, outcome in zip(range(3), contacts.reseal_contacts(), strict=False):
        assert outcome
    assert contacts.contacts_with_old_key().count() == 1
    assert "first key: 1." in run("rotate_contact_keys")
    assert "first key: 0." in run("rotate_contact_keys")
    settings.CONTACT_KEYS = [NEW]
    for contact in Contact.objects.filter(comment__in=comments):
        assert (contact.email, contact.address) == (EMAIL, ADDRESS)


@pytest.mark.django_db
def test_a_rotation_without_the_old_key_says_so_and_changes_nothing(settings: Any) -> None:
    settings.CONTACT_KEYS = [OLD]
    contact = Contact.objects.get(comment=make_comment(author_email=EMAIL))
    settings.CONTACT_KEYS = [NEW]
    make_comment(author_email=EMAIL)
    with pytest.raises(CommandError, match="CONTACT_KEYS lacks the key of 1 contacts"):
        run("rotate_contact_keys")
    contact.refresh_from_db()
    settings.CONTACT_KEYS = [OLD]
    assert contact.email == EMAIL


@pytest.mark.django_db
def test_contacts_deleted_during_a_rotation_do_not_come_back(settings: Any) -> None:
    settings.CONTACT_KEYS = [OLD]
    make_comment(author_email=EMAIL, address=ADDRESS)
    settings.CONTACT_KEYS = [NEW, OLD]
    read = contacts.contacts_with_old_key().get()
    Contact.objects.update(sealed_address="", address_key="")
    contacts._reseal(read)
    assert Contact.objects.get().address == ""


def age(comment: Comment, days: float) -> None:
    moment = timezone.now() - dt.timedelta(days=days)
    Comment.objects.filter(pk=comment.pk).update(created_at=moment, decided_at=moment)


@pytest.mark.django_db
@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.REJECTED])
def test_the_address_is_deleted_first_then_the_e_mail_and_the_row(
    settings: Any, status: Status
) -> None:
    settings.ADDRESS_KEPT_DAYS, settings.EMAIL_KEPT_DAYS = 30, 365
    comment = make_comment(status=status, author_email=EMAIL, address=ADDRESS)
    age(comment, 29)
    assert run("drop_contacts") == "Deleted e-mails: 0, addresses: 0.\n"
    assert Contact.objects.get().address == ADDRESS
    age(comment, 31)
    assert run("drop_contacts") == "Deleted e-mails: 0, addresses: 1.\n"
    contact = Contact.objects.get()
    assert (contact.email, contact.address, contact.address_key) == (EMAIL, "", "")
    age(comment, 366)
    assert run("drop_contacts") == "Deleted e-mails: 1, addresses: 0.\n"
    assert not Contact.objects.exists()
    assert run("drop_contacts") == "Deleted e-mails: 0, addresses: 0.\n"
    assert Comment.objects.get().author_key


@pytest.mark.django_db
def test_only_the_first_request_of_a_day_deletes_contacts(broker: Broker) -> None:
    age(make_comment(address=ADDRESS), 9999)
    tasks.drop_contacts()
    assert not Contact.objects.exists()
    age(make_comment(address=ADDRESS), 9999)
    tasks.drop_contacts()
    assert Contact.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("status", [Status.PENDING, Status.HELD])
def test_nothing_is_deleted_while_a_comment_waits(status: Status) -> None:
    age(make_comment(status=status, author_email=EMAIL, address=ADDRESS), 9999)
    assert run("drop_contacts") == "Deleted e-mails: 0, addresses: 0.\n"
    assert (Contact.objects.get().email, Contact.objects.get().address) == (EMAIL, ADDRESS)
