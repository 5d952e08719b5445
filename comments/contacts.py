"""Bulk work on contacts: re-encrypt them with a new key, delete them when their time is over."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from comments import encryption
from comments.models import Contact, Status

BATCH = 500
# What waits for a person is not settled: its author may still have to be reached.
SETTLED = (Status.PUBLISHED, Status.REJECTED)


def sealed_otherwise() -> QuerySet[Contact]:
    """The contacts that the first of CONTACT_KEYS has not sealed."""
    return Contact.objects.exclude(key_id=encryption.key_id())


def reseal_contacts() -> Iterator[bool]:
    """Seals each of them with the first key, and yields for each whether its key was there.

    Each row says what sealed it, so a run that was stopped goes on where it was.
    """
    last = 0
    while batch := list(sealed_otherwise().filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        with transaction.atomic():
            outcomes = [_reseal(contact) for contact in batch]
        yield from outcomes


def drop_contacts() -> tuple[int, int]:
    """Empties what was kept long enough since its comment was settled.

    Returns how many e-mails and how many addresses; the second call in a row finds none.
    """
    old_emails = _past(settings.EMAIL_KEPT_DAYS).exclude(sealed_email="")
    old_addresses = _past(settings.ADDRESS_KEPT_DAYS).exclude(sealed_address="")
    emails = _empty(old_emails, sealed_email="")
    addresses = _empty(old_addresses, sealed_address="", address_key="")
    Contact.objects.filter(sealed_email="", sealed_address="").delete()
    return emails, addresses


def _past(days: int) -> QuerySet[Contact]:
    end = timezone.now() - dt.timedelta(days=days)
    return Contact.objects.filter(comment__status__in=SETTLED, comment__decided_at__lt=end)


def _empty(contacts: QuerySet[Contact], **columns: str) -> int:
    """In pieces, so that no reader waits long for the database."""
    done, last = 0, 0
    while piece := list(
        contacts.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        last = piece[-1]
        done += contacts.filter(pk__in=piece).update(**columns)
    return done


def _reseal(contact: Contact) -> bool:
    """Only while the row is as it was read: what was dropped meanwhile does not come back."""
    as_read = Contact.objects.filter(
        pk=contact.pk, sealed_email=contact.sealed_email, sealed_address=contact.sealed_address
    )
    try:
        contact.seal(email=contact.email, address=contact.address)
    except encryption.WrongKeyError:
        return False
    as_read.update(
        sealed_email=contact.sealed_email,
        sealed_address=contact.sealed_address,
        key_id=contact.key_id,
    )
    return True
