"""A bulk decision in words: what it would do, what it did, and what each author is told."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import ngettext

from comments.models import Status
from moderation.labels import for_moderator, of_status
from moderation.models import BulkDecision, Fate, RejectionReason
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.transitions import STATUS_AFTER, Move


@dataclass(frozen=True)
class Told:
    """A sentence, and how many authors will read it."""

    sentence: str
    authors: int


def reason_words(bulk: BulkDecision) -> str:
    """The reason of a rejection: the site's own, or a built-in one."""
    return str(bulk.own_reason or for_moderator(bulk.reason))


def heading(bulk: BulkDecision, count: int) -> str:
    """Ask what the page asks."""
    if bulk.reason == Reason.KEPT:
        text = ngettext(
            "Keep %(count)d comment and dismiss its reports?",
            "Keep %(count)d comments and dismiss their reports?",
            count,
        )
        return text % {"count": count}
    facts = {"count": count, "reason": reason_words(bulk)}
    texts = {
        Outcome.PUBLISH: ngettext(
            "Publish %(count)d comment?", "Publish %(count)d comments?", count
        ),
        Outcome.HOLD: ngettext(
            "Return %(count)d comment to the queue?",
            "Return %(count)d comments to the queue?",
            count,
        ),
        Outcome.REJECT: ngettext(
            "Reject %(count)d comment (%(reason)s)?",
            "Reject %(count)d comments (%(reason)s)?",
            count,
        ),
    }
    return texts[Outcome(bulk.outcome)] % facts


def button(bulk: BulkDecision, count: int) -> str:
    """Name what the button does, in full."""
    if bulk.reason == Reason.KEPT:
        text = ngettext("Keep %(count)d comment", "Keep %(count)d comments", count)
        return text % {"count": count}
    texts = {
        Outcome.PUBLISH: ngettext("Publish %(count)d comment", "Publish %(count)d comments", count),
        Outcome.HOLD: ngettext("Return %(count)d comment", "Return %(count)d comments", count),
        Outcome.REJECT: ngettext("Reject %(count)d comment", "Reject %(count)d comments", count),
    }
    return texts[Outcome(bulk.outcome)] % {"count": count}


def done_sentence(bulk: BulkDecision, count: int) -> str:
    """Say how many comments were decided, and how."""
    facts = {"count": count}
    if _only_corrects(bulk):
        text = ngettext("Reason changed for %d comment.", "Reason changed for %d comments.", count)
        return text % count
    if bulk.reason == Reason.KEPT:
        return kept_sentence(count)
    texts = {
        Outcome.PUBLISH: ngettext(
            "%(count)d comment published.", "%(count)d comments published.", count
        ),
        Outcome.HOLD: ngettext(
            "%(count)d comment returned to the queue.",
            "%(count)d comments returned to the queue.",
            count,
        ),
        Outcome.REJECT: ngettext(
            "%(count)d comment rejected.", "%(count)d comments rejected.", count
        ),
    }
    return texts[Outcome(bulk.outcome)] % facts


def kept_sentence(count: int) -> str:
    text = ngettext(
        "%d comment kept; its reports are dismissed.",
        "%d comments kept; their reports are dismissed.",
        count,
    )
    return text % count


def _only_corrects(bulk: BulkDecision) -> bool:
    """Whether all that was decided had been rejected before, for another reason."""
    done = bulk.items.filter(fate=Fate.DONE)
    is_rejection = bulk.outcome == Outcome.REJECT
    return is_rejection and done.exists() and not done.exclude(status=Status.REJECTED).exists()


def left_sentence(count: int) -> str:
    text = ngettext("%(count)d comment left out.", "%(count)d comments left out.", count)
    return text % {"count": count}


def told(moves: Iterable[Move]) -> list[Told]:
    """Return the sentences that the authors will read, the most frequent first.

    Sites word their own reasons themselves, so there may be several. Who is kept is told nothing.
    """
    readers: dict[Verdict, set[str]] = {}
    for move in (each for each in moves if not each.keeps):
        readers.setdefault(move.verdict, set()).add(move.comment.author_key)
    found = [Told(_sentence(verdict), len(keys)) for verdict, keys in readers.items()]
    return sorted(found, key=lambda each: -each.authors)


def _sentence(verdict: Verdict) -> str:
    public = ""
    if verdict.own_reason is not None:
        public = RejectionReason.objects.get(pk=verdict.own_reason).public
    return public or of_status(STATUS_AFTER[verdict.outcome], verdict.reason)
