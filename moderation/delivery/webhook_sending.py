"""Send what is due to the webhooks: in order, one worker for each of them, again after failures.

A worker that dies leaves its claim to end and the message waiting, so it is sent again, with the
same `webhook-id`: receivers may get a message twice, but never none and never two meanings.
"""

import datetime as dt
import logging
import random
import time
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from config import metrics
from config.pipeline_timing import timing
from moderation.delivery import announcements, outgoing, signatures
from moderation.delivery.announcements import Turn
from moderation.delivery.models import Endpoint, Message, MessageState
from moderation.delivery.outgoing import Answer, RefusedError
from moderation.delivery.webhook_bodies import body
from moderation.models import Decision

logger = logging.getLogger(__name__)

# How long after each failed attempt the next one follows: together three days.
WAITS = tuple(
    dt.timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
)
# Seconds for each step of an exchange.
LONGEST_TIMEOUT = 10.0
# An endpoint that takes longer than this to fail is left alone for a while, so that it does not
# keep the workers from comments.
SLOW = 1.0
PAUSE = dt.timedelta(minutes=1)
LONGEST_PAUSE = dt.timedelta(hours=1)
# When to look again at what may not be told yet.
AGAIN = dt.timedelta(minutes=1)
GONE = 410
# Longer than attempts go on.
LEAST_DAYS_KEPT = 7


def due_endpoints() -> list[int]:
    """Return the endpoints with something to send that nobody is sending to now."""
    now = timezone.now()
    messages = Message.objects.filter(state=MessageState.WAITING, due_at__lte=now)
    free = _free(now).filter(active=True, pk__in=messages.values("endpoint"))
    return list(free.values_list("pk", flat=True))


def send_to(endpoint: int) -> None:
    """Send an endpoint what is due, unless another worker is doing it."""
    times, now = timing(), timezone.now()
    claimed = _free(now).filter(pk=endpoint, active=True)
    if not claimed.update(claimed_until=now + times.claim):
        return
    end = time.monotonic() + times.soft_limit / 2
    try:
        for message in _due(endpoint):
            if not _send(message) or time.monotonic() > end:
                break
    finally:
        Endpoint.objects.filter(pk=endpoint).update(claimed_until=None)


def send_again(messages: QuerySet[Message]) -> int:
    """Send messages again that were delivered or given up, with the same ids."""
    return messages.exclude(state=MessageState.WAITING).update(
        state=MessageState.WAITING, due_at=timezone.now()
    )


def drop_old_messages() -> int:
    """Delete the messages of events that are deleted too; return their number.

    None of them waits any more: attempts end after three days.
    """
    if not settings.EVENTS_KEPT_DAYS:
        return 0
    end = timezone.now() - dt.timedelta(days=max(settings.EVENTS_KEPT_DAYS, LEAST_DAYS_KEPT))
    return Message.objects.filter(happened_at__lt=end).delete()[0]


def _free(now: dt.datetime) -> QuerySet[Endpoint]:
    unclaimed = Q(claimed_until=None) | Q(claimed_until__lte=now)
    return Endpoint.objects.filter(unclaimed & (Q(paused_until=None) | Q(paused_until__lte=now)))


def _due(endpoint: int) -> Iterator[Message]:
    """Yield the messages that are due, each as it is when its turn comes."""
    last = 0
    while True:
        waiting = Message.objects.select_related("endpoint").filter(
            endpoint=endpoint, state=MessageState.WAITING, due_at__lte=timezone.now(), pk__gt=last
        )
        message = waiting.order_by("pk").first()
        if message is None:
            return
        last = message.pk
        yield message


def _send(message: Message) -> bool:
    """Make one attempt; return whether the endpoint can be sent the next message."""
    turn = _turn(message)
    if turn != Turn.NOW:
        _keep_back(message, turn)
        return True
    began = time.monotonic()
    answer, said = _attempt(message)
    seconds = time.monotonic() - began
    message.record(answer=said, seconds=seconds)
    _settle(message, answer)
    metrics.count_webhook(result=message.state)
    return _leave_alone(message.endpoint, answer, seconds)


def _turn(message: Message) -> Turn:
    if "decision" not in message.facts:
        return Turn.NOW
    decisions = Decision.objects.select_related("comment")
    return announcements.turn_of(decisions.get(pk=message.facts["decision"]))


def _keep_back(message: Message, turn: Turn) -> None:
    message.due_at = timezone.now() + AGAIN
    if turn == Turn.NEVER:
        message.state = MessageState.SKIPPED
    message.save(update_fields=["state", "due_at"])


def _attempt(message: Message) -> tuple[Answer | None, str]:
    """Post the message; return the answer, and what the log says of it."""
    try:
        endpoint, content = message.endpoint, body(message)
        signed = signatures.headers(
            uid=message.uid, timestamp=int(time.time()), body=content, keys=endpoint.secrets
        )
        headers = {**signed, "Content-Type": "application/json"}
        answer = outgoing.post(endpoint.url, body=content, headers=headers, timeout=_timeout())
    except Exception as error:
        # Without the error's own words, which a foreign server may have chosen.
        said = str(error) if isinstance(error, RefusedError) else type(error).__name__
        logger.warning("webhook message %s not delivered: %s", message.pk, said)
        return None, said
    return answer, str(answer.status)


def _timeout() -> float:
    return min(LONGEST_TIMEOUT, timing().soft_limit / 2)


def _settle(message: Message, answer: Answer | None) -> None:
    """Store what came of an attempt, and when the next one is due."""
    tries = len(message.attempts)
    if answer and 200 <= answer.status < 300:
        message.state = MessageState.DELIVERED
    elif tries > len(WAITS) or (answer and answer.status == GONE):
        message.state = MessageState.FAILED
    else:
        wait = WAITS[tries - 1] * random.uniform(1, 1.1)  # noqa: S311
        message.due_at = timezone.now() + max(wait, _asked_wait(answer))
    message.save(update_fields=["state", "due_at", "attempts"])


def _leave_alone(endpoint: Endpoint, answer: Answer | None, seconds: float) -> bool:
    """Pause an endpoint that asks for it or is slow to fail; return whether it can go on."""
    if answer and answer.status == GONE:
        logger.warning("webhook %s answers that it is gone: switched off", endpoint.pk)
        Endpoint.objects.filter(pk=endpoint.pk).update(active=False)
        return False
    pause = _asked_wait(answer)
    is_taken = answer is not None and 200 <= answer.status < 300
    if not is_taken and seconds > SLOW:
        pause = max(pause, PAUSE)
    if pause:
        Endpoint.objects.filter(pk=endpoint.pk).update(paused_until=timezone.now() + pause)
    return not pause


def _asked_wait(answer: Answer | None) -> dt.timedelta:
    """Return the wait that a server asks for with Retry-After in seconds, an hour at most."""
    asked = answer.retry_after if answer and answer.status in {429, 503} else ""
    seconds = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    return min(dt.timedelta(seconds=seconds), LONGEST_PAUSE)
