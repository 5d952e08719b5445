"""A campaign as moderators see it: its comments, and those that a decision on all covers."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from comments.identity import is_id
from comments.models import Comment, Status
from moderation.bulk import as_seen
from moderation.desk import differing_words
from moderation.models import Membership
from moderation.policy.verdict import Reason
from moderation.transitions import Seen

# How many of the comments that it leaves out are shown together.
MAX_SHOWN_SEPARATELY = 25
# A comment may have many contacts; its card links to those campaigns with the most held comments.
MAX_LINKED = 2


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """A campaign in numbers; `is_first` if it is shown with its first comment."""

    number: int
    members: int
    held: int
    published: int
    rejected: int
    senders: int
    first: int
    last: int
    first_at: dt.datetime
    last_at: dt.datetime
    is_first: bool = False
    # The words in which its texts differ, if they are known.
    differing: Sequence[str] = ()

    @property
    def is_of_contact(self) -> bool:
        return self.number < 0

    @property
    def is_of_one_day(self) -> bool:
        return localtime(self.first_at).date() == localtime(self.last_at).date()

    @property
    def is_of_one_minute(self) -> bool:
        return self.last_at.replace(second=0, microsecond=0) <= self.first_at

    @property
    def address(self) -> str:
        """The number as it is written in an address."""
        return str(self.number)

    def with_words(self, words: Sequence[str]) -> "Campaign":
        return replace(self, differing=tuple(words))


def is_number(text: str) -> bool:
    """Return whether the text may be the number of a campaign."""
    return is_id(text.removeprefix("-"))


def members(campaign: int) -> QuerySet[Comment]:
    return Comment.objects.filter(membership__campaign=campaign).order_by("id")


def decided_separately(campaign: int) -> QuerySet[Comment]:
    """Return the comments that a decision on all leaves out unless they are selected.

    They may be genuine: the first comment, published ones that nobody has reviewed, and held ones
    whose writers have other comments published and none rejected. A writer is one e-mail in one
    browser, so using somebody else's e-mail is not enough.
    """
    others = Comment.objects.filter(writer_key=OuterRef("writer_key")).exclude(writer_key="")
    others = others.exclude(membership__campaign=campaign)
    good_record = Q(Exists(others.filter(status=Status.PUBLISHED)))
    good_record &= ~Q(Exists(others.filter(status=Status.REJECTED)))
    unreviewed = Q(status=Status.PUBLISHED) & ~Q(reason=Reason.REVIEWED)
    separate = Q(pk=_first(campaign)) | unreviewed | Q(good_record, status=Status.HELD)
    other_status = Q(status__in=(Status.PENDING, Status.REJECTED))
    return members(campaign).exclude(other_status).filter(separate)


def decided_together(campaign: int) -> QuerySet[Comment]:
    """Return the held comments of a campaign, except those decided separately."""
    held = members(campaign).filter(status=Status.HELD)
    return held.exclude(pk__in=decided_separately(campaign).order_by().values("pk"))


def covered(campaign: int, up_to: int) -> Mapping[int, Seen]:
    """Return the comments that a decision on all covers: none later than the comment `up_to`."""
    return as_seen(decided_together(campaign).filter(pk__lte=up_to))


def left_for_later(campaign: int) -> Mapping[int, Seen]:
    """Return the first of the comments that a decision on all leaves out."""
    return as_seen(decided_separately(campaign)[:MAX_SHOWN_SEPARATELY])


def of_comments(ids: Iterable[int]) -> dict[int, list[Campaign]]:
    """Return the campaigns that each comment shares with others; that of its text comes first."""
    rows = list(Membership.objects.filter(comment__in=ids).values_list("comment", "campaign"))
    known = facts({campaign for _pk, campaign in rows})
    found = defaultdict(list)
    for pk, number in rows:
        if number in known and known[number].members > 1:
            found[pk].append(replace(known[number], is_first=known[number].first == pk))
    return {pk: sorted(each, key=_order)[:MAX_LINKED] for pk, each in found.items()}


def facts(numbers: Collection[int]) -> dict[int, Campaign]:
    """Return these campaigns in numbers, in one query."""
    if not numbers:
        return {}
    rows = Membership.objects.filter(campaign__in=numbers).order_by().values("campaign")
    counted = rows.annotate(
        members=Count("pk"),
        held=_with_status(Status.HELD),
        published=_with_status(Status.PUBLISHED),
        rejected=_with_status(Status.REJECTED),
        senders=Count("comment__author_key", distinct=True),
        first=Min("comment"),
        last=Max("comment"),
        first_at=Min("comment__created_at"),
        last_at=Max("comment__created_at"),
    )
    return {row["campaign"]: Campaign(number=row.pop("campaign"), **row) for row in counted}


def with_differing_words(
    known: Mapping[int, Sequence[Campaign]],
) -> Mapping[int, Sequence[Campaign]]:
    """Add the words in which the texts of campaigns differ to what `of_comments` returns."""
    numbers = {c.number for each in known.values() for c in each if c.number > 0}
    words = differing_words.of_campaigns(numbers)
    return {
        pk: [campaign.with_words(words.get(campaign.number, ())) for campaign in each]
        for pk, each in known.items()
    }


def _with_status(status: Status) -> Count:
    return Count("pk", filter=Q(comment__status=status))


def _order(campaign: Campaign) -> tuple[bool, int]:
    return campaign.is_of_contact, -campaign.held


def _first(campaign: int) -> int | None:
    return members(campaign).values_list("pk", flat=True).first()
