"""Appeals: an author asks once for another look at a rejection, and a moderator answers.

The comment goes back into the queue with the reason `appealed`. Whatever a person decides about it
there is the answer, and it may come with a sentence. Once the comment has been changed, or decided
again for another reason, the author no longer reads either.
"""

from collections.abc import Iterable
from itertools import pairwise, starmap

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, Status
from moderation import transitions
from moderation.actors import AUTHOR, ActorKind
from moderation.models import STAYS_PUBLISHED, Act, Appeal, Decision, undo_time
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.refused import RefusedError
from moderation.transitions import Evidence, Seen

_HOLD = Verdict(Outcome.HOLD, Reason.APPEALED)
# Rejected, but not for what the comment says.
_NOT_JUDGED = (Reason.ERASED, Reason.EXPIRED, Reason.PROBE)
_ANSWERING = (ActorKind.PERSON, ActorKind.PROGRAM)
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
    """Store what a moderator says about the appeals, in the transaction of the decisions.

    A decision about anything else is no answer, so an earlier one stays.
    """
    for appeal in Appeal.objects.filter(comment__in=comments):
        if act.pk in {each.act_id for each in _answers(appeal) or ()}:
            appeal.answer, appeal.act = sentence, act
            appeal.save(update_fields=["answer", "act"])


def appeal_about(comment: Comment) -> Appeal | None:
    """Return the appeal, if there is one."""
    found: Appeal | None = getattr(comment, "appeal", None)
    return found


def is_open(comment: Comment) -> bool:
    """Whether the answer to an appeal is still what the author of a held comment waits for."""
    appeal = appeal_about(comment)
    return appeal is not None and _answers(appeal) is not None


def for_author(appeal: Appeal) -> str:
    """Return what became of an appeal, in the reader's language.

    It is "" if nobody will decide, or if something else has been decided since.
    """
    comment = appeal.comment
    if comment.reason in _NOT_JUDGED or _answers(appeal) is None:
        return ""
    told = {Status.PUBLISHED: _GRANTED, Status.REJECTED: _DENIED, Status.HELD: _OPEN}
    return str(told.get(comment.status_for_author, ""))


def answer_for_author(appeal: Appeal) -> str:
    """Return the moderator's words, from when the author is told of the decision on."""
    decided = appeal.comment.status_for_author in (Status.PUBLISHED, Status.REJECTED)
    answers = _answers(appeal) if decided and appeal.answer else None
    if not answers:
        return ""
    # Not the words of a denial that was taken back at once.
    agreeing = {each.act_id for each in answers if each.outcome == answers[-1].outcome}
    return appeal.answer if appeal.act_id in agreeing else ""


def _answers(appeal: Appeal) -> list[Decision] | None:
    """Return the decisions that answer an appeal, of which the last is told; none while it is open.

    None if the comment has been decided anew since. What is decided while the answer can be undone
    is told in its place.
    """
    standing = _standing(appeal.comment_id)
    asked = [at for at, each in enumerate(standing) if each.reason == Reason.APPEALED]
    if not asked:
        return None
    appealed, *answers = standing[asked[-1] :]
    about_it = all(
        each.actor_kind in _ANSWERING and each.revision_id == appealed.revision_id
        for each in answers
    )
    return answers if about_it and all(starmap(_is_told_for, pairwise(answers))) else None


def _standing(comment: int) -> list[Decision]:
    """Return the decisions on a comment that nobody has undone, oldest first."""
    rows = Decision.objects.filter(comment=comment).exclude(STAYS_PUBLISHED)
    standing: list[Decision] = []
    for each in rows.select_related("act").order_by("pk"):
        undone = each.act.undoes_id if each.act else None
        # Nothing is decided between a decision and its undo: see moderation.acts.
        if undone and standing and standing[-1].act_id == undone:
            standing.pop()
        else:
            standing.append(each)
    return standing


def _is_told_for(earlier: Decision, later: Decision) -> bool:
    """Whether the later one was made in time to be told in place of the earlier one."""
    by_person = earlier.actor_kind == ActorKind.PERSON
    return by_person and later.created_at < earlier.created_at + undo_time()
