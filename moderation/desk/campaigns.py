"""A campaign as moderators see it: its members, and those that one press decides."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from comments.identity import is_id
from comments.models import Comment, Status
from moderation.models import Membership
from moderation.policy.verdict import Reason
from moderation.transitions import Seen

# So many of a campaign are settled by one press.
AT_ONCE = 500
# So many of those that it leaves out are shown together.
APART = 25
# A comment may give many contacts; its card names the campaigns in which most wait.
NAMED = 2


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """A campaign that a comment is in, how many of it wait, and whether the comment began it."""

    number: int
    held: int
    is_first: bool

    @property
    def is_of_contact(self) -> bool:
        return self.number < 0


def is_number(text: str) -> bool:
    """Whether it may be what a campaign is called."""
    return is_id(text.removeprefix("-"))


def members(campaign: int) -> QuerySet[Comment]:
    return Comment.objects.filter(membership__campaign=campaign).order_by("id")


def apart(campaign: int) -> QuerySet[Comment]:
    """What one press leaves out unless it is ticked: it may well be somebody's own.

    The first comment, those that are published and not yet read, and those whose writers (not
    whoever uses their e-mail) have others published and none rejected.
    """
    others = Comment.objects.filter(writer_key=OuterRef("writer_key")).exclude(writer_key="")
    others = others.exclude(membership__campaign=campaign)
    standing = Q(Exists(others.filter(status=Status.PUBLISHED)))
    standing &= ~Q(Exists(others.filter(status=Status.REJECTED)))
    unread = Q(status=Status.PUBLISHED) & ~Q(reason=Reason.REVIEWED)
    left_out = Q(pk=_first(campaign)) | unread | Q(standing, status=Status.HELD)
    settled = Q(status__in=(Status.PENDING, Status.REJECTED))
    return members(campaign).exclude(settled).filter(left_out)


def together(campaign: int) -> QuerySet[Comment]:
    """What waits of a campaign, but for what stands apart."""
    held = members(campaign).filter(status=Status.HELD)
    return held.exclude(pk__in=apart(campaign).order_by().values("pk"))


def waiting(campaign: int, up_to: int) -> Mapping[int, Seen]:
    """What one press settles: of those that wait together, none later than `up_to`, as it is."""
    at_once = together(campaign).filter(pk__lte=up_to)[:AT_ONCE]
    return {comment.pk: Seen.of(comment) for comment in at_once}


def of_comments(ids: Iterable[int]) -> dict[int, list[Campaign]]:
    """The campaigns of each comment in which others are too: of its text first."""
    there = list(Membership.objects.filter(comment__in=ids).values_list("comment", "campaign"))
    facts = (
        Membership.objects.filter(campaign__in={campaign for _pk, campaign in there})
        .values("campaign")
        .annotate(all=Count("pk"), held=_held(), first=Min("comment"))
        .values_list("campaign", "all", "held", "first")
    )
    known = {campaign: (held, first) for campaign, count, held, first in facts if count > 1}
    found = defaultdict(list)
    for pk, campaign in there:
        if campaign in known:
            held, first = known[campaign]
            found[pk].append(Campaign(number=campaign, held=held, is_first=first == pk))
    return {pk: sorted(each, key=_order)[:NAMED] for pk, each in found.items()}


def _held() -> Count:
    return Count("pk", filter=Q(comment__status=Status.HELD))


def _order(campaign: Campaign) -> tuple[bool, int]:
    return campaign.is_of_contact, -campaign.held


def _first(campaign: int) -> int | None:
    return members(campaign).values_list("pk", flat=True).first()
