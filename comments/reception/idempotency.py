"""Answer a request that is sent again under the same Idempotency-Key as the first time.

The keys are chosen by frontends, so they identify a request only together with its sender: nobody
gets the answer to somebody else's request, or can use up their key.
"""

import datetime as dt
import logging
from contextlib import suppress
from dataclasses import dataclass, field

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from comments.models import AnsweredRequest

KEPT = dt.timedelta(hours=24)
# After which an attempt without an answer was interrupted: no request takes as long.
LONGEST = dt.timedelta(seconds=60)

logger = logging.getLogger(__name__)


class KeyReusedError(Exception):
    """The key was sent before with another body."""


class StillRunningError(Exception):
    """The same request is being answered now."""


@dataclass(frozen=True)
class Attempt:
    """An attempt to answer a request that has a key."""

    digest: str
    fingerprint: str
    started_at: dt.datetime = field(default_factory=timezone.now)

    @classmethod
    def of(cls, *, key: str, address: str, sender: str, body: bytes) -> "Attempt":
        """Identify a request by its key, address and sender, and its content by the body."""
        named = "\n".join([address, sender, key])
        return cls(_hash(named.encode(errors="surrogatepass")), _hash(body))

    def store(self, comment: int) -> None:
        """Remember the comment, in the transaction that stores it.

        Raises StillRunningError if another attempt has taken over.
        """
        if not self._mine().update(comment_number=comment):
            raise StillRunningError

    def finish(self, answer: object) -> None:
        """Keep the answer for repetitions."""
        self._mine().update(answer=answer)

    def give_up(self) -> None:
        """Let the next attempt begin anew, unless this one has stored a comment."""
        with suppress(DatabaseError):
            self._mine().filter(comment_number=None, answer__isnull=True).delete()

    def _mine(self) -> QuerySet[AnsweredRequest]:
        return AnsweredRequest.objects.filter(pk=self.digest, started_at=self.started_at)


def begin(attempt: Attempt) -> AnsweredRequest | None:
    """Begin an attempt, or return what an earlier one has answered or stored.

    Raises KeyReusedError and StillRunningError.
    """
    facts = {"fingerprint": attempt.fingerprint, "started_at": attempt.started_at}
    try:
        with transaction.atomic():
            AnsweredRequest(pk=attempt.digest, **facts).save(force_insert=True)
    except IntegrityError:
        return _earlier(attempt)
    return None


def drop_old_answers() -> int:
    """Delete what no repetition can ask for any more, and return how many."""
    end = timezone.now() - KEPT
    return AnsweredRequest.objects.filter(started_at__lt=end).delete()[0]


def _earlier(attempt: Attempt) -> AnsweredRequest | None:
    known = AnsweredRequest.objects.filter(pk=attempt.digest).first()
    if known is None:
        # It failed in this moment.
        raise StillRunningError
    age = attempt.started_at - known.started_at
    if age < KEPT:
        if known.fingerprint != attempt.fingerprint:
            raise KeyReusedError
        if known.answer is not None or known.comment_number is not None:
            return known
        if age < LONGEST:
            raise StillRunningError
    _take_over(attempt, known)
    return None


def _take_over(attempt: Attempt, known: AnsweredRequest) -> None:
    """Begin anew where another attempt was interrupted; of two at once, one does."""
    same = AnsweredRequest.objects.filter(pk=known.pk, started_at=known.started_at)
    taken = same.update(
        fingerprint=attempt.fingerprint,
        started_at=attempt.started_at,
        comment_number=None,
        answer=None,
    )
    if not taken:
        raise StillRunningError


def _hash(content: bytes) -> str:
    return salted_hmac("comments.idempotency", content, algorithm="sha256").hexdigest()
