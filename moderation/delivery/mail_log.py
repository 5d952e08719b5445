"""Turn events into e-mails for the authors who want them: decisions on a comment, and replies."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from comments.models import Comment, Event, Status
from moderation.delivery.announcements import told_from
from moderation.delivery.models import Mail, MailKind, MailState, Subscription, new_mail_id
from moderation.models import Decision

# Further replies to one comment are told of together, at most this often.
BETWEEN_REPLIES = dt.timedelta(hours=1)
_FINAL = (Status.PUBLISHED, Status.REJECTED)


def store_mails(found: Sequence[Event]) -> None:
    """Store the e-mails that these events cause."""
    decided = {e.payload["decision"]: e for e in found if e.payload.get("decision")}
    rows = Decision.objects.filter(pk__in=decided).select_related("comment")
    final = [each for each in rows.order_by("pk") if decided[each.pk].payload["status"] in _FINAL]
    wanted = _wanted({each.comment_id for each in final})
    for decision in final:
        if decision.comment_id in wanted:
            _store(decision.comment_id, MailKind.DECISION, decision.pk, _due(decision))
    published = [d for d in final if decided[d.pk].payload["status"] == Status.PUBLISHED]
    _store_replies(published)


def catch_up(subscription: Subscription) -> None:
    """Store the e-mails of a subscription that has just been confirmed."""
    for decision in Decision.objects.filter(comment=subscription.pk).order_by("pk"):
        # Only the one that counts will be sent.
        _store(subscription.pk, MailKind.DECISION, decision.pk, _due(decision))
    replies = Comment.objects.visible().filter(_answers([subscription.pk]))
    _store_replies(
        decision
        for reply in replies
        if (decision := reply.decisions.select_related("comment").order_by("pk").last())
    )


def addressee_id(reply: Comment) -> int | None:
    """Return the comment that a reply answers, if it is one."""
    return reply.reply_to_id or reply.parent_id


def _wanted(comments: Iterable[int]) -> set[int]:
    """Return those of the comments whose authors get e-mails."""
    confirmed = Subscription.objects.filter(
        pk__in=comments, ended_at=None, consent__confirmed_at__isnull=False, consent__ended_at=None
    )
    return set(confirmed.values_list("pk", flat=True))


def _answers(comments: Sequence[int]) -> Q:
    to_root = Q(parent__in=comments, reply_to=None)
    return to_root | Q(reply_to__in=comments)


def _store_replies(published: Iterable[Decision]) -> None:
    by_reply = {each.comment_id: each for each in published if addressee_id(each.comment)}
    wanted = _wanted({addressee_id(each.comment) or 0 for each in by_reply.values()})
    authors = dict(Comment.objects.filter(pk__in=wanted).values_list("pk", "author_key"))
    for reply, decision in by_reply.items():
        to = addressee_id(decision.comment) or 0
        # Nobody is told of what they wrote themselves.
        if to in wanted and authors[to] != decision.comment.author_key:
            _store(to, MailKind.REPLY, reply, max(_due(decision), _next_reply(to)))


def _store(subscription: int, kind: MailKind, number: int, due: dt.datetime) -> None:
    """Store an e-mail, unless it was stored before; a reply that was hidden gets another turn."""
    facts: dict[str, Any] = {"uid": new_mail_id(), "due_at": due}
    mail, is_new = Mail.objects.get_or_create(
        subscription_id=subscription, kind=kind, number=number, defaults=facts
    )
    if not is_new and kind == MailKind.REPLY:
        again = Mail.objects.filter(pk=mail.pk, state=MailState.SKIPPED)
        again.update(state=MailState.WAITING, due_at=due)


def _due(decision: Decision) -> dt.datetime:
    return told_from(decision.created_at, decision.actor_kind)


def _next_reply(subscription: int) -> dt.datetime:
    sent: QuerySet[Mail] = Mail.objects.filter(
        subscription=subscription, kind=MailKind.REPLY, sent_at__isnull=False
    )
    last = sent.order_by(F("sent_at").desc()).first()
    return last.sent_at + BETWEEN_REPLIES if last and last.sent_at else timezone.now()
