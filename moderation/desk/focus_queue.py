"""The queue beside the comment in focus: its rows, its tabs by reason, and what is new in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from comments.identity import is_id
from comments.models import Comment
from moderation.accounts.models import User
from moderation.claims import claimed_by_others, holders
from moderation.desk import campaigns, folding
from moderation.desk.campaigns import Campaign
from moderation.desk.decision_words import UNDECIDED, has_changed, was_first, what
from moderation.desk.filters import FilterForm, counts_by_reason
from moderation.desk.paging import MAX_COUNTED, first_ids
from moderation.labels import for_moderator
from moderation.models import Decision
from moderation.policy.verdict import HOLD_REASONS, Outcome

# How many rows are listed at first, and added at a time.
ROWS = 25
# How many reasons fit into a line of tabs.
TABS = 5
# Among how many the first one is looked for that nobody else has open.
BEGINNING = 200
# How many of the comments that wait, and of those that a search finds, are counted.
MOST_LEFT, MOST_FOUND = MAX_COUNTED, 1_000
# How many comments a page may ask about; it forgets those that were decided long ago.
MAX_KNOWN = 200
# What a decision is told with.
_IN_WORDS = ("user", "site_key", "own_reason")
# What the pages of the queue add to the filter in the address.
_OWN_PARAMETERS = ("comment", "known", "since", "new", "page", "asks")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A comment in the list, who else has it open, and what it stands for."""

    comment: Comment
    holder: str = ""
    # The campaign that it stands for.
    campaign: Campaign | None = None


class QueueMixin:
    """The held comments that match the filter in the address."""

    request: HttpRequest

    @cached_property
    def filter(self) -> FilterForm:
        return FilterForm(self.request.GET, reasons=HOLD_REASONS, statuses=False)

    @property
    def query(self) -> str:
        """The filter as it is written in an address."""
        kept = self.request.GET.copy()
        for name in _OWN_PARAMETERS:
            kept.pop(name, None)
        return kept.urlencode()

    def queue(self) -> QuerySet[Any]:
        return self.filter.apply(Comment.objects.held().order_by("created_at", "id"))

    @cached_property
    def first_ids(self) -> list[int]:
        """The ids of the queue's beginning; of a search, of all that it finds and that is counted.

        Nothing else takes as long as a search, so it is made once.
        """
        return first_ids(self.queue(), MOST_FOUND if self.filter.searches else BEGINNING)

    @cached_property
    def leading_ids(self) -> list[int]:
        """The ids of the queue's beginning, one a campaign unless the filter asks for all."""
        if not self.folds:
            return self.first_ids
        if self.filter.searches:
            return folding.fold(self.first_ids).shown
        return folding.beginning(self.queue(), wanted=ROWS, at_once=BEGINNING)

    @property
    def folds(self) -> bool:
        return self.filter.folds

    def further(self, known: Sequence[int]) -> QuerySet[Any]:
        """Return what the queue has beside the known comments, and what these stand for."""
        rest = self.queue().exclude(pk__in=known)
        return folding.unfolded_from(rest, folding.fold(known).campaigns) if self.folds else rest

    def left(self) -> str:
        """Return how many wait, as far as they are counted.

        Without a filter, does not read its choices.
        """
        if self.query and self.filter.searches:
            return up_to(len(self.first_ids), MOST_FOUND)
        matching = self.queue() if self.query else Comment.objects.held()
        return up_to(matching.order_by().values("pk")[:MOST_LEFT].count(), MOST_LEFT)


def up_to(number: int, most: int) -> str:
    """Return a number of comments of which no more than `most` are counted, such as "1000+"."""
    return f"{number}" if number < most else f"{most}+"


def rows(comments: Iterable[Comment], user: User) -> list[Row]:
    """Return the rows of these comments, in order."""
    listed = list(comments)
    ids = [comment.pk for comment in listed]
    names = holders(ids, besides=user)
    known = campaigns.of_comments(ids)
    return [
        Row(
            comment=each,
            holder=names.get(each.pk, ""),
            campaign=next((c for c in known.get(each.pk, ()) if c.held > 1), None),
        )
        for each in listed
    ]


def first_free(ids: Sequence[int], user: User) -> Comment | None:
    """Return the first comment that nobody else has open; if there is none, the first."""
    taken = set(claimed_by_others(user).values_list("comment", flat=True))
    free = [pk for pk in ids if pk not in taken] or ids
    return Comment.objects.filter(pk__in=free[:1]).first()


@dataclass(frozen=True, kw_only=True)
class Tabs:
    """The reasons for which comments wait, with their numbers; the largest come first."""

    shown: list[dict[str, Any]]
    folded: list[dict[str, Any]]
    waiting: int


def tabs(selected: str) -> Tabs:
    """Return as many tabs as fit into a line, the selected one among them, and the rest folded."""
    counts = counts_by_reason()
    found: list[dict[str, Any]] = [
        {"reason": reason, "label": for_moderator(reason), "count": count}
        for reason, count in counts.items()
    ]
    if selected and selected not in counts:
        found.append({"reason": selected, "label": for_moderator(selected), "count": 0})
    first = [*found[:TABS], *[each for each in found[TABS:] if each["reason"] == selected]]
    rest = [each for each in found if each not in first]
    return Tabs(shown=first, folded=rest, waiting=sum(each["count"] for each in found))


def known_ids(request: HttpRequest) -> list[int]:
    """Return the comments that a page has, of which it asks what has become."""
    written = request.GET.get("known", "").split(",")
    return [int(each) for each in written if is_id(each)][:MAX_KNOWN]


def latest_decision() -> int:
    return Decision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def arrived(queue: QuerySet[Any], since: int, known: Sequence[int]) -> QuerySet[Any]:
    """Return what was put into the queue after the decision `since`, but for the known ones."""
    held = Decision.objects.filter(pk__gt=since, outcome=Outcome.HOLD).values("comment")
    return queue.filter(pk__in=held).exclude(pk__in=known)


def decided(ids: Sequence[int]) -> dict[int, str]:
    """Return who did what with those of the comments that are decided."""
    gone = Comment.objects.filter(pk__in=ids).exclude(status__in=UNDECIDED)
    decisions = Decision.objects.filter(comment__in=gone).select_related(*_IN_WORDS).order_by("pk")
    latest = {each.comment_id: each for each in decisions}
    return {pk: in_short(decision) for pk, decision in latest.items()}


def in_short(decision: Decision) -> str:
    """Return who decided and what, for the row of the comment."""
    return f"{decision.by_whom}: {what(decision)}"


def lost_race(comment_id: int) -> str:
    """Say why a decision was not taken: who decided first, what and when, or what changed."""
    comment = Comment.objects.filter(pk=comment_id).first()
    if comment is None:
        return _("Comment #%d does not exist any more.") % comment_id
    decision = comment.decisions.select_related(*_IN_WORDS).first()
    if decision is None or comment.status in UNDECIDED:
        return has_changed(comment)
    return was_first(decision)


def done_sentence(decision: Decision, left: str) -> str:
    """Say that a decision was taken, and how many comments are left."""
    sentences = {
        Outcome.PUBLISH: _("Published, %(left)s left."),
        Outcome.HOLD: _("Returned to the queue, %(left)s left."),
        Outcome.REJECT: _("Rejected as %(reason)s, %(left)s left."),
    }
    reason = str(decision.own_reason or for_moderator(decision.reason))
    return sentences[Outcome(decision.outcome)] % {"left": left, "reason": reason}
