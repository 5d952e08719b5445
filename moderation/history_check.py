"""Prove the log of decisions: compare each comment's chain with its rows, and with the comment."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import Exists, F, OuterRef, QuerySet

from comments.models import Comment, Status
from moderation.history import link
from moderation.models import Decision
from moderation.transitions import STATUS_AFTER

BATCH = 2000


@dataclass(frozen=True)
class Checked:
    """A comment's decisions, and what is wrong with them: a sentence, empty if nothing is."""

    comment: int
    decisions: int
    # Made before there was a chain, so nothing proves them.
    unproven: int = 0
    fault: str = ""


def check() -> Iterator[Checked]:
    """Yield every comment with decisions, and those that lack theirs."""
    begun = _first_with_chain()
    for comment, decisions in groupby(_decisions(), key=attrgetter("comment_id")):
        yield _check(comment, list(decisions), begun)
    decided = Comment.objects.exclude(status=Status.PENDING)
    without = decided.exclude(Exists(Decision.objects.filter(comment=OuterRef("pk"))))
    for pk in without.order_by("pk").values_list("pk", flat=True):
        yield Checked(pk, 0, fault="decided, but the log has no decision")


def _decisions() -> Iterator[Decision]:
    rows: QuerySet[Decision] = Decision.objects.annotate(status_now=F("comment__status"))
    return rows.order_by("comment_id", "pk").iterator(BATCH)


def _first_with_chain() -> int | None:
    """Return the number of the first decision in a chain: no later one can be without."""
    rows = Decision.objects.exclude(chain="").order_by("pk")
    return rows.values_list("pk", flat=True).first()


def _check(comment: int, decisions: list[Decision], begun: int | None) -> Checked:
    unproven, previous = 0, ""
    for each in decisions:
        if not each.chain and (begun is None or each.pk < begun):
            unproven += 1
        elif each.chain != link(each, previous):
            fault = f"decision {each.pk} or the one before it was changed, added or removed"
            return Checked(comment, len(decisions), unproven, fault)
        previous = each.chain
    return Checked(comment, len(decisions), unproven, _end(decisions[-1]))


def _end(last: Decision) -> str:
    """Say whether the last decision is missing. A comment to be judged again is pending."""
    # Annotated above.
    now: str = last.status_now  # type: ignore[attr-defined]
    if now == Status.PENDING or (last.outcome, now) in STATUS_AFTER.items():
        return ""
    return f"the comment is {now}, but its last decision is {last.outcome}"
