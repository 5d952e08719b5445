"""A campaign as moderators see it: its comments, and those that a decision on all covers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from comments.identity import is_id
from comments.models import Comment, Status
from moderation.bulk import as_seen
from moderation.models import Membership
from moderation.policy.verdict import Reason
from moderation.transitions import Seen

# How many of the comments that it leaves out are shown together.
MAX_SHOWN_SEPARATELY = 25
# A comment may have many contacts; its card links to those campaigns with the most held comments.
MAX_LINKED = 2


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """A campaign that a comment is in, its held comments, and whether this one is its first."""

    number: int
    held: int
    is_first: bool

    @property
    def is_of_contact(self) -> bool:
        return self.number < 0


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
    facts = (
        Membership.objects.filter(campaign__in={campaign for _pk, campaign in rows})
        .values("campaign")
        .annotate(all=Count("pk"), held=_held(), first=Min("comment"))
        .values_list("campaign", "all", "held", "first")
    )
    known = {campaign: (held, first) for campaign, count, held, first in facts if count > 1}
    found = defaultdict(list)
    for pk, campaign in rows:
        if campaign in known:
            held, first = known[campaign]
            found[pk].append(Campaign(number=campaign, held=held, is_first=first == pk))
    return {pk: sorted(each, key=_order)[:MAX_LINKED] for pk, each in found.items()}


def _held() -> Count:
    return Count("pk", filter=Q(comment__status=Status.HELD))


def _order(campaign: Campaign) -> tuple[bool, int]:
    return campaign.is_of_contact, -campaign.held


def _first(campaign: int) -> int | None:
    return members(campaign).values_list("pk", flat=True).first()
