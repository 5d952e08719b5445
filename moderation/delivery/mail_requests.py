"""Readers' wishes for e-mails: asked for with a comment, confirmed, ended, forgotten."""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from comments.models import Comment
from moderation.delivery import mail_log
from moderation.delivery.models import (
    Consent,
    Mail,
    MailKind,
    MailState,
    Subscription,
    new_mail_id,
)

# An address is asked for its consent at most this often a day, so that nobody can flood it.
ASKED_A_DAY = 3
# For this long an address that has refused is not asked again.
REFUSED_FOR = dt.timedelta(days=90)
CONFIRM_WITHIN = dt.timedelta(days=7)
_CONFIRM_SALT = "delivery.confirm"
_UNSUBSCRIBE_SALT = "delivery.unsubscribe"


def subscribe(comment: Comment) -> None:
    """Store that the author wants e-mails about a new comment, in the transaction that stores it.

    The address is asked to confirm that first, unless it has done so for comments from the same
    browser. What a program seems to have sent causes no e-mail.
    """
    if not settings.EMAIL_URL or comment.looks_automated:
        return
    consent, _new = Consent.objects.get_or_create(
        writer_key=comment.writer_key, defaults={"author_key": comment.author_key}
    )
    subscription = Subscription.objects.create(
        comment=comment, consent=consent, language=(get_language() or settings.LANGUAGE_CODE)[:5]
    )
    if not consent.in_force and _may_ask(comment.author_key):
        Mail.objects.create(subscription=subscription, kind=MailKind.CONFIRM, uid=new_mail_id())


def confirm_token(consent: int) -> str:
    return signing.dumps(consent, salt=_CONFIRM_SALT)


def consent_of(token: str) -> Consent | None:
    """Return the consent that a link is about, or None if the link is wrong or too old."""
    return Consent.objects.filter(pk=_number(token, _CONFIRM_SALT, CONFIRM_WITHIN)).first()


def unsubscribe_token(subscription: int) -> str:
    """Return a token without an end: a reader may unsubscribe years later."""
    return signing.dumps(subscription, salt=_UNSUBSCRIBE_SALT)


def subscription_of(token: str) -> Subscription | None:
    subscriptions = Subscription.objects.select_related("consent", "comment__article__site")
    return subscriptions.filter(pk=_number(token, _UNSUBSCRIBE_SALT, None)).first()


def confirm(*, consent: Consent) -> None:
    """Begin to send e-mails, first about what was decided since the comments were sent."""
    with transaction.atomic():
        own = Consent.objects.select_for_update().get(pk=consent.pk)
        if own.in_force:
            return
        now = timezone.now()
        Consent.objects.filter(pk=own.pk).update(confirmed_at=now, ended_at=None)
        for subscription in own.subscriptions.filter(ended_at=None):
            mail_log.catch_up(subscription)


def end(*, subscription: Subscription, only_this: bool) -> None:
    """Send no more e-mails about this comment, or about any that this address was given for."""
    now = timezone.now()
    if only_this:
        mine = Subscription.objects.filter(pk=subscription.pk)
        mine.filter(ended_at=None).update(ended_at=now)
        _drop_waiting(mine)
        return
    author = subscription.consent.author_key
    Consent.objects.filter(author_key=author, ended_at=None).update(ended_at=now)
    # A later consent is for later comments. One that was never confirmed can still be.
    confirmed = Subscription.objects.filter(
        consent__author_key=author, consent__confirmed_at__isnull=False
    )
    confirmed.filter(ended_at=None).update(ended_at=now)
    _drop_waiting(Subscription.objects.filter(consent__author_key=author))


def drop_unreachable() -> int:
    """Delete the subscriptions of comments whose e-mail is no longer kept; return their number."""
    without = Q(comment__contact=None) | Q(comment__contact__sealed_email="")
    gone = list(Subscription.objects.filter(without).values_list("pk", flat=True))
    Subscription.objects.forget(gone)
    return len(gone)


def _may_ask(author_key: str) -> bool:
    now = timezone.now()
    refused = Consent.objects.filter(
        author_key=author_key, confirmed_at=None, ended_at__gt=now - REFUSED_FOR
    )
    asked = Mail.objects.filter(
        kind=MailKind.CONFIRM,
        subscription__consent__author_key=author_key,
        created_at__gt=now - dt.timedelta(days=1),
    )
    return not refused.exists() and asked.count() < ASKED_A_DAY


def _drop_waiting(subscriptions: QuerySet[Subscription]) -> None:
    waiting = Mail.objects.filter(subscription__in=subscriptions, state=MailState.WAITING)
    waiting.update(state=MailState.SKIPPED)


def _number(token: str, salt: str, max_age: dt.timedelta | None) -> int:
    try:
        return int(signing.loads(token, salt=salt, max_age=max_age))
    except (signing.BadSignature, TypeError, ValueError):
        return 0
