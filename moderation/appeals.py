"""Appeals: an author asks once for another look at a rejection, and a moderator answers.

The comment goes back into the queue with the reason `appealed`. Whatever a person decides about it
there is the answer, and it may come with a sentence.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, Status
from moderation import transitions
from moderation.actors import AUTHOR
from moderation.models import Act, Appeal
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.refused import RefusedError
from moderation.transitions import Evidence, Seen

_HOLD = Verdict(Outcome.HOLD, Reason.APPEALED)
# Rejected, but not for what the comment says.
_NOT_JUDGED = (Reason.ERASED, Reason.EXPIRED, Reason.PROBE)
_ONCE = _("You have already asked the moderators to look at this comment again.")
_NOT_REJECTED = _("Only a rejected comment can be looked at again.")
_GRANTED = _("A moderator has read your comment again and published it.")
_DENIED = _("A moderator has read your comment again, and it stays unpublished.")
_OPEN = _("You have asked the moderators to look again. One of them will answer here.")


def refusal(comment: Comment) -> str:
    """Return why its author may not appeal, or ""."""
    if appeal_about(comment):
        return str(_ONCE)
    rejected = comment.status_for_author == Status.REJECTED
    judged = comment.reason not in _NOT_JUDGED and not comment.is_erased
    return "" if rejected and judged else str(_NOT_REJECTED)


def appeal(*, comment: Comment, sentence: str) -> Appeal:
    """Store the appeal and put the comment into the queue, in one transaction.

    The same appeal sent twice is stored once. Raises RefusedError.
    """
    with transaction.atomic():
        transitions.lock(comment)
        known = Appeal.objects.filter(comment=comment).first()
        if known and known.sentence == sentence:
            return known
        if reason := _ONCE if known else refusal(comment):
            raise RefusedError(reason)
        against = comment.decisions.order_by("-pk")[0]
        made = Appeal.objects.create(comment=comment, sentence=sentence, against=against)
        evidence, seen = Evidence(actor=AUTHOR), Seen.of(comment)
        transitions.apply(comment=comment, verdict=_HOLD, expected=seen, evidence=evidence)
        comment.refresh_from_db(fields=["status", "reason", "version", "announced_at"])
        return made


def answer(*, comments: Iterable[int], sentence: str, act: Act) -> None:
    """Store what a moderator says about the appeals, in the transaction of the decisions."""
    Appeal.objects.filter(comment__in=comments).update(answer=sentence, act=act)


def appeal_about(comment: Comment) -> Appeal | None:
    """Return the appeal, if there is one."""
    found: Appeal | None = getattr(comment, "appeal", None)
    return found


def for_author(appeal: Appeal) -> str:
    """Return what became of an appeal, in the reader's language; "" if nobody will decide."""
    comment = appeal.comment
    if comment.reason in _NOT_JUDGED:
        return ""
    told = {Status.PUBLISHED: _GRANTED, Status.REJECTED: _DENIED, Status.HELD: _OPEN}
    return str(told.get(comment.status_for_author, ""))


def answer_for_author(appeal: Appeal) -> str:
    """Return the moderator's words: not before the author is told of the decision."""
    decided = appeal.comment.status_for_author in (Status.PUBLISHED, Status.REJECTED)
    stands = appeal.act is not None and not hasattr(appeal.act, "undone_by")
    return appeal.answer if decided and stands else ""
