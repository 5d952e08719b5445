"""Bulk work on contacts: re-encrypt them with a new key, delete expired ones."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from comments import encryption
from comments.models import Contact, Status

BATCH = 500
# Held comments are not settled: their authors may still have to be contacted.
SETTLED = (Status.PUBLISHED, Status.REJECTED, Status.WITHDRAWN)


def contacts_with_old_key() -> QuerySet[Contact]:
    """The contacts that are not encrypted with the first of CONTACT_KEYS."""
    return Contact.objects.exclude(key_id=encryption.key_id())


def reseal_contacts() -> Iterator[bool]:
    """Re-encrypt each of them with the first key, and yield whether its old key was available.

    Each row stores the id of its key, so an interrupted run can be repeated.
    """
    last = 0
    while batch := list(contacts_with_old_key().filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        with transaction.atomic():
            outcomes = [_reseal(contact) for contact in batch]
        yield from outcomes


def drop_contacts() -> tuple[int, int]:
    """Delete e-mails and addresses whose retention period after the decision is over.

    Returns the number of e-mails and the number of addresses.
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
    """Clear the columns in batches, which keeps each lock on the database short."""
    done, last = 0, 0
    while piece := list(
        contacts.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        last = piece[-1]
        done += contacts.filter(pk__in=piece).update(**columns)
    return done


def _reseal(contact: Contact) -> bool:
    """Update the row only if it is unchanged since it was read, so nothing deleted comes back."""
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
