"""Send the e-mails that are due: one worker at a time, each e-mail once.

An e-mail is marked just before the mail server is given its content. If a worker dies before that,
the e-mail is sent by the next; if it dies after, nobody knows whether the server has it, so it is
not sent again by itself: "Send again" in the admin does that.
"""

import datetime as dt
import logging
import smtplib
import time
from collections.abc import Sequence
from email.errors import MessageError

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from comments.encryption import WrongKeyError
from comments.models import Comment, Contact, Status
from config import metrics
from config.pipeline_timing import timing
from moderation.delivery import announcements, smtp
from moderation.delivery.announcements import Turn
from moderation.delivery.mail_texts import Letter, in_ascii, message
from moderation.delivery.models import Lane, Mail, MailKind, MailState
from moderation.delivery.smtp import Result, ServerError
from moderation.models import Decision

logger = logging.getLogger(__name__)

LANE = "mail"
# After each attempt that the server put off, the next one follows so much later.
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720, 1440))
# When the server takes nothing, it is left alone for so long; the e-mails wait.
PAUSE = dt.timedelta(minutes=1)
# When to look again at what may not be told yet.
AGAIN = dt.timedelta(minutes=5)
LONGEST_TIMEOUT = 10.0


def is_due() -> bool:
    """Return whether there is an e-mail to send and nobody is sending."""
    now = timezone.now()
    if not _due(now).exists():
        return False
    return not Lane.objects.exclude(_free(now)).filter(name=LANE).exists()


def send_due() -> None:
    """Send what is due, unless another worker is doing it."""
    times, now = timing(), timezone.now()
    Lane.objects.get_or_create(name=LANE)
    lane = Lane.objects.filter(name=LANE)
    if not lane.filter(_free(now)).update(claimed_until=now + times.claim):
        return
    _find_unclear()
    try:
        _send_all(time.monotonic() + times.soft_limit / 2)
    except ServerError as error:
        logger.error("the mail server takes no e-mails (%s): see EMAIL_URL and EMAIL_FROM", error)
        metrics.count_mail(result="failed")
        lane.update(paused_until=timezone.now() + PAUSE)
    finally:
        lane.update(claimed_until=None)


def send_again(mails: QuerySet[Mail]) -> int:
    """Send e-mails again that were given up or perhaps sent; return their number."""
    unsure = mails.filter(state__in=(MailState.FAILED, MailState.UNCLEAR))
    return unsure.update(state=MailState.WAITING, due_at=timezone.now())


def _free(now: dt.datetime) -> Q:
    unclaimed = Q(claimed_until=None) | Q(claimed_until__lte=now)
    return unclaimed & (Q(paused_until=None) | Q(paused_until__lte=now))


def _due(now: dt.datetime) -> QuerySet[Mail]:
    return Mail.objects.filter(state=MailState.WAITING, due_at__lte=now)


def _find_unclear() -> None:
    """Mark what a worker was sending when it died: only the holder of the lane sends."""
    lost = Mail.objects.filter(state=MailState.SENDING)
    for mail in lost:
        logger.error("e-mail %s may not have been delivered: its worker died", mail.pk)
    lost.update(state=MailState.UNCLEAR)


def _send_all(end: float) -> None:
    last = 0
    with smtp.connected(min(LONGEST_TIMEOUT, timing().soft_limit / 2)) as server:
        while time.monotonic() < end:
            waiting = (
                _due(timezone.now())
                .filter(pk__gt=last)
                .select_related("subscription__consent", "subscription__comment__article__site")
            )
            mail = waiting.order_by("pk").first()
            if mail is None:
                return
            last = mail.pk
            if not _send(server, mail):
                return


def _send(server: smtplib.SMTP, mail: Mail) -> bool:
    """Send one e-mail if it is time; return whether the connection can still be used."""
    letter, turn = _letter(mail)
    if letter is None:
        _keep_back(mail, turn)
        return True
    try:
        to = in_ascii(_address(mail))
        content = message(letter, to) if to else None
    except WrongKeyError:
        logger.error("e-mail %s not sent: CONTACT_KEYS lacks the key of its address", mail.pk)
        _keep_back(mail, Turn.LATER)
        return True
    except (ValueError, MessageError):
        # The form accepts addresses to which nothing can be sent.
        _settle([mail.pk], Result.REFUSED, "impossible address")
        return True
    if content is None:
        _keep_back(mail, Turn.NEVER)
        return True
    mails = _together(letter)
    result, code = smtp.hand_over(server, content, to, lambda: _begin(mails))
    if result is not Result.TAKEN:
        _settle(mails, result, code)
    return result is not Result.UNCLEAR and server.sock is not None


def _letter(mail: Mail) -> tuple[Letter | None, Turn]:
    """Return the e-mail if it may be sent now; otherwise None, and whether it ever may."""
    subscription = mail.subscription
    consent = subscription.consent
    if subscription.ended_at or consent.ended_at or subscription.comment.is_erased:
        return None, Turn.NEVER
    if mail.kind == MailKind.CONFIRM:
        return (None, Turn.NEVER) if consent.in_force else (Letter(mail), Turn.NOW)
    if not consent.in_force:
        return None, Turn.NEVER
    if mail.kind == MailKind.DECISION:
        decision = Decision.objects.select_related("comment").get(pk=mail.number)
        turn = announcements.turn_for_author(decision)
        return (Letter(mail) if turn is Turn.NOW else None), turn
    return _letter_of_replies(mail)


def _letter_of_replies(mail: Mail) -> tuple[Letter | None, Turn]:
    """Return one e-mail about all replies that wait to be told to this reader."""
    if not mail.subscription.comment.is_visible:
        return None, Turn.NEVER
    waiting = Mail.objects.filter(
        subscription=mail.subscription, kind=MailKind.REPLY, state=MailState.WAITING
    )
    numbers = waiting.order_by("number").values_list("number", flat=True)
    turns = {number: _turn_of_reply(number) for number in numbers}
    own, _reply = turns.get(mail.number, (Turn.LATER, None))
    if own is not Turn.NOW:
        return None, own
    replies = [reply for turn, reply in turns.values() if turn is Turn.NOW and reply]
    return Letter(mail, replies), Turn.NOW


def _turn_of_reply(number: int) -> tuple[Turn, Comment | None]:
    reply = Comment.objects.select_related("article", "parent").filter(pk=number).first()
    if reply is None or reply.is_erased or not reply.is_visible:
        # If it is published again, it gets another turn.
        return Turn.NEVER, None
    last = announcements.latest(number)
    told = last is not None and last.status == Status.PUBLISHED
    return (Turn.NOW if told else Turn.LATER), reply


def _address(mail: Mail) -> str:
    contact = Contact.objects.filter(pk=mail.subscription_id).first()
    return contact.email if contact else ""


def _together(letter: Letter) -> list[int]:
    """Return the e-mails that are sent as this one."""
    if letter.mail.kind != MailKind.REPLY:
        return [letter.mail.pk]
    numbers = [reply.pk for reply in letter.replies]
    same = Mail.objects.filter(
        subscription=letter.mail.subscription, kind=MailKind.REPLY, number__in=numbers
    )
    return list(same.values_list("pk", flat=True))


def _begin(mails: Sequence[int]) -> bool:
    """Mark the e-mails as being sent, and return whether all of them still waited."""
    with transaction.atomic():
        waiting = Mail.objects.filter(pk__in=mails, state=MailState.WAITING)
        begun = waiting.update(state=MailState.SENDING) == len(mails)
        transaction.set_rollback(not begun)
    return begun


def _keep_back(mail: Mail, turn: Turn) -> None:
    mine = Mail.objects.filter(pk=mail.pk, state=MailState.WAITING)
    if turn is Turn.NEVER:
        mine.update(state=MailState.SKIPPED)
    else:
        mine.update(due_at=timezone.now() + AGAIN)


def _settle(mails: Sequence[int], result: Result, code: str) -> None:
    """Store what the server answered."""
    metrics.count_mail(result=result.value)
    now = timezone.now()
    # Another worker may have called it unclear in the meantime.
    for mail in Mail.objects.filter(pk__in=mails).exclude(state=MailState.SENT):
        mail.attempts, mail.answer = mail.attempts + 1, code
        if result is Result.SENT:
            mail.state, mail.sent_at = MailState.SENT, now
        elif result is Result.UNCLEAR:
            mail.state = MailState.UNCLEAR
            logger.error("e-mail %s may not have been delivered: %s", mail.pk, code)
        elif result is Result.REFUSED or mail.attempts > len(WAITS):
            mail.state = MailState.FAILED
            logger.warning("e-mail %s given up: the server said %s", mail.pk, code)
        else:
            mail.state, mail.due_at = MailState.WAITING, now + WAITS[mail.attempts - 1]
        mail.save(update_fields=["state", "due_at", "sent_at", "attempts", "answer"])
