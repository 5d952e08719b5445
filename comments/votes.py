"""Count which comments readers find useful: one vote a browser, which can be taken back."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from comments.models import Comment, Vote, VoteCount

# For queries of comments.
USEFULNESS = Coalesce(F("vote_count__votes"), 0)


def set_vote(*, comment: Comment, voter_key: str, useful: bool) -> int:
    """Give the vote or take it back, and return the number of votes; repeating changes nothing."""
    with transaction.atomic():
        if useful:
            _give(comment, voter_key)
        elif Vote.objects.filter(comment=comment, voter_key=voter_key).delete()[0]:
            VoteCount.objects.filter(comment=comment).update(votes=F("votes") - 1)
    return counts([comment.pk]).get(comment.pk, 0)


def counts(ids: Collection[int]) -> dict[int, int]:
    """Return the number of votes of each of these comments that has any."""
    found = VoteCount.objects.filter(comment__in=ids, votes__gt=0)
    return dict(found.values_list("comment", "votes"))


def voted(ids: Collection[int], voter_key: str) -> set[int]:
    """Return for which of these comments the reader has voted."""
    found = Vote.objects.filter(comment__in=ids, voter_key=voter_key)
    return set(found.values_list("comment", flat=True))


def _give(comment: Comment, voter_key: str) -> None:
    # Of two equal votes at once, the second waits for the first here and then finds it.
    _, is_new = Vote.objects.get_or_create(comment=comment, voter_key=voter_key)
    if is_new:
        VoteCount.objects.bulk_create([VoteCount(comment=comment)], ignore_conflicts=True)
        VoteCount.objects.filter(comment=comment).update(votes=F("votes") + 1)
