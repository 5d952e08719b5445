"""One text from many senders: comments that are each other rewritten are known as a campaign."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from comments.models import Comment, Status
from moderation.classifier.likeness import overlap, traces, words
from moderation.models import CampaignMember, Trace
from moderation.transitions import Seen
from moderation.verdict import Reason

# Two texts that share so many of their words are one text rewritten. Of the pairs of 4,500 real
# comments that are this alike, none was written by chance; with a fifth of its words replaced and
# half of its letters disguised a text is still recognised nine times in ten.
ALIKE = 0.5
# So many of a campaign are settled by one press.
AT_ONCE = 500

# Not through the model: eight values a comment would cost a third of its decision.
_OWNERS = f"SELECT value, comment_id FROM {Trace._meta.db_table} WHERE seen_at >= %s AND value IN "  # noqa: S608
_KEEP_TRACE = f"""
    INSERT INTO {Trace._meta.db_table} (value, comment_id, seen_at) VALUES (%s, %s, %s)
    ON CONFLICT (value) DO UPDATE SET comment_id = excluded.comment_id, seen_at = excluded.seen_at
"""  # noqa: S608

Words = frozenset[str]


def campaign_sizes(comments: Sequence[Comment]) -> dict[int, int]:
    """From how many senders each comment's text came lately, by its id; those alone are left out.

    The senders are as many as there are authors, or networks where these are fewer; who is
    rejected or seems to be a program does not count. Remembers the comments for the next call, in a
    constant number of queries however many they are. A campaign that a person has published from
    counts as none: they have read it. Two workers at the very same moment may miss each other's
    comments; the next one of the campaign finds both.
    """
    if not settings.CAMPAIGN_SIZE or not comments:
        return {}
    said = _words(comments)
    left = {pk: traces(stems) for pk, stems in said.items() if stems}
    if not left:
        return {}
    likes = _likes(left, said)
    joined = _joined(likes)
    with transaction.atomic():
        _remember(left, joined)
    sizes = _sizes(set(joined.values()))
    return {c.pk: sizes[joined[c.pk]] for c in comments if joined.get(c.pk) in sizes}


def members(campaign: int) -> QuerySet[Comment]:
    return Comment.objects.filter(membership__campaign=campaign).order_by("id")


def waiting(campaign: int, up_to: int) -> Mapping[int, Seen]:
    """The held comments of a campaign, none later than `up_to`, as a moderator sees them."""
    held = members(campaign).filter(status=Status.HELD, pk__lte=up_to)[:AT_ONCE]
    return {comment.pk: Seen.of(comment) for comment in held}


def of_comments(ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """The campaign of each comment that has one, and how many of it wait for a moderator."""
    there = dict(CampaignMember.objects.filter(comment__in=ids).values_list("comment", "campaign"))
    held = (
        CampaignMember.objects.filter(campaign__in=set(there.values()))
        .values("campaign")
        .annotate(held=Count("pk", filter=Q(comment__status=Status.HELD)))
        .values_list("campaign", "held")
    )
    counts = dict(held)
    return {pk: (campaign, counts[campaign]) for pk, campaign in there.items()}


def forget(comment: Comment) -> None:
    """Drops what was made of the comment's words, and leaves no campaign with it."""
    values = [value for stems in words([comment.text]) for value in traces(stems)]
    Trace.objects.filter(value__in=values, comment_id=comment.pk).delete()
    CampaignMember.objects.filter(comment=comment).delete()


def forget_traces() -> int:
    """Drops the traces that are too old to lead anywhere."""
    return Trace.objects.filter(seen_at__lt=_since()).delete()[0]


def _since() -> dt.datetime:
    return timezone.now() - dt.timedelta(hours=settings.CAMPAIGN_HOURS)


def _words(comments: Sequence[Comment]) -> dict[int, Words]:
    ordered = sorted(comments, key=lambda comment: comment.pk)
    stems = words([comment.text for comment in ordered])
    return {comment.pk: each for comment, each in zip(ordered, stems, strict=True)}


def _likes(left: Mapping[int, list[int]], said: dict[int, Words]) -> dict[int, int]:
    """Which earlier comment each one is rewritten from, among those stored and its own batch."""
    values = [value for each in left.values() for value in each]
    owners = _owners(values)
    stored = Comment.objects.filter(pk__in=set(owners.values()) - said.keys())
    earlier = dict(stored.values_list("pk", "text"))
    all_said = {**said, **dict(zip(earlier, words(list(earlier.values())), strict=True))}
    likes = {}
    for pk, each in left.items():
        known_by = {owners[value] for value in each if value in owners} - {pk}
        near = [other for other in known_by if other in all_said]
        best = max(near, key=lambda other: overlap(all_said[pk], all_said[other]), default=None)
        if best and overlap(all_said[pk], all_said[best]) >= ALIKE:
            likes[pk] = best
        owners.update(dict.fromkeys(each, pk))
    return likes


def _owners(values: Sequence[int]) -> dict[int, int]:
    """Which comment each of these traces was seen in last, for those that were seen lately."""
    since = connection.ops.adapt_datetimefield_value(_since())
    with connection.cursor() as cursor:
        cursor.execute(f"{_OWNERS} ({', '.join(['%s'] * len(values))})", [since, *values])
        return dict(cursor.fetchall())


def _joined(likes: Mapping[int, int]) -> dict[int, int]:
    """The campaign of each comment that is like another, and of that other."""
    known = CampaignMember.objects.filter(comment__in={*likes, *likes.values()})
    joined = dict(known.values_list("comment_id", "campaign"))
    for pk, like in sorted(likes.items()):
        joined[pk] = joined.setdefault(like, joined.get(pk, like))
    return joined


def _remember(left: Mapping[int, list[int]], joined: Mapping[int, int]) -> None:
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    latest = {value: pk for pk, each in left.items() for value in each}
    # In one order, so that two workers that write the same traces wait and do not lock each other.
    rows = [(value, pk, now) for value, pk in sorted(latest.items())]
    with connection.cursor() as cursor:
        cursor.executemany(_KEEP_TRACE, rows)
    CampaignMember.objects.bulk_create(
        [CampaignMember(comment_id=pk, campaign=to) for pk, to in sorted(joined.items())],
        ignore_conflicts=True,
    )


def _sizes(campaigns: set[int]) -> dict[int, int]:
    # Without an address, as in a trial, or after its time, an author is a network of their own.
    network = Coalesce(NullIf("comment__contact__address_key", Value("")), "comment__author_key")
    counts = Q(comment__created_at__gte=_since(), comment__looks_automated=False)
    counts &= ~Q(comment__status=Status.REJECTED)
    by_person = Q(comment__status=Status.PUBLISHED, comment__reason=Reason.REVIEWED)
    rows = (
        CampaignMember.objects.filter(campaign__in=campaigns)
        .values("campaign")
        .annotate(
            authors=Count("comment__author_key", distinct=True, filter=counts),
            networks=Count(network, distinct=True, filter=counts),
            read=Count("pk", filter=by_person),
        )
        .values_list("campaign", "authors", "networks", "read")
    )
    return {campaign: min(senders) for campaign, *senders, read in rows if not read}
