"""Decide which comments are copies of others, by the words of their own that they share."""

from collections.abc import Mapping
from dataclasses import dataclass

from comments.models import Comment
from moderation.campaigns.near_duplicates import Stems, similarity, stems_of
from moderation.campaigns.quotations import OwnContent
from moderation.models import Membership

# Similarity from which a text is a copy if the later one offers something: it has a link or a
# contact, or at least this spam score.
SIMILAR = 0.4
OFFERS_FROM = 0.35
# A text that offers nothing is a copy only if it is long and hardly changed: people say the same
# things independently, and pass on what moved them.
MIN_WORDS_WITHOUT_OFFER = 20
NEARLY_EQUAL = 0.8


@dataclass(frozen=True)
class Candidates:
    """Comments that may be copies.

    comments: these and the first comments of their campaigns, by id.
    similar: the ids of the earlier comments that each later one may copy.
    campaigns: the known campaigns of these comments.
    """

    comments: Mapping[int, Comment]
    similar: Mapping[int, set[int]]
    campaigns: Mapping[int, int]


def candidates(
    batch: Mapping[int, Comment], stems: Mapping[int, Stems], similar: Mapping[int, set[int]]
) -> Candidates:
    """Load the comments in `similar`, and drop pairs that share too few words."""
    stored = Comment.objects.in_bulk(
        {pk for each in similar.values() for pk in each} - batch.keys()
    )
    words = {pk: frozenset(each) for pk, each in stems.items()}
    texts = [comment.text for comment in stored.values()]
    words.update(zip(stored, map(frozenset, stems_of(texts)), strict=True))
    close = {
        pk: {
            other
            for other in each
            if other in words and similarity(words[pk], words[other]) >= SIMILAR
        }
        for pk, each in similar.items()
    }
    close = {pk: each for pk, each in close.items() if each}
    paired = {*close, *(pk for each in close.values() for pk in each)}
    campaigns = _campaigns_of(paired)
    firsts = Comment.objects.in_bulk(set(campaigns.values()) - batch.keys() - stored.keys())
    known = {**stored, **firsts, **batch}
    ids = paired.union(campaigns.values())
    return Candidates({pk: known[pk] for pk in ids if pk in known}, close, campaigns)


def assign_campaigns(
    found: Candidates, own: Mapping[int, OwnContent], spam: Mapping[int, float]
) -> dict[int, int]:
    """Return the campaign of each comment that is a copy, and of the comment it copies.

    A campaign has the id of its first comment, and a comment joins it only as a copy of that one:
    a text that drifts step by step starts another campaign.
    """
    campaigns = dict(found.campaigns)
    assigned: dict[int, int] = {}
    for pk in sorted(found.similar):
        copied = {other for other in found.similar[pk] if _is_copy(pk, other, own, spam)}
        firsts = {campaigns.get(other, other) for other in found.similar[pk]}
        joinable = {first for first in firsts if _is_copy(pk, first, own, spam)}
        if joinable:
            first = max(joinable, key=lambda other: similarity(own[pk].words, own[other].words))
            campaigns.setdefault(first, first)
            assigned[first] = campaigns[first]
            campaigns.setdefault(pk, first)
        elif copied:
            campaigns.setdefault(pk, pk)
        if pk in campaigns and (joinable or copied):
            assigned[pk] = campaigns[pk]
    return assigned


def _campaigns_of(ids: set[int]) -> dict[int, int]:
    known = Membership.objects.filter(comment__in=ids, campaign__gt=0)
    return dict(known.values_list("comment", "campaign")) if ids else {}


def _is_copy(pk: int, other: int, own: Mapping[int, OwnContent], spam: Mapping[int, float]) -> bool:
    if pk == other or other not in own:
        return False
    one, two = own[pk], own[other]
    if one.contacts or spam.get(pk, 0) >= OFFERS_FROM:
        return one.is_long and two.is_long and similarity(one.words, two.words) >= SIMILAR
    long = min(len(one.rare), len(two.rare)) >= MIN_WORDS_WITHOUT_OFFER
    return long and similarity(one.rare, two.rare) >= NEARLY_EQUAL
