"""Which comment is another one rewritten: by the words that each has of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from comments.models import Comment
from moderation.campaigns.near_duplicates import Stems, overlap, words
from moderation.campaigns.quotations import Own
from moderation.models import Membership

# Two texts that share so many of their words are one text rewritten, where the later one offers
# something: a link, a contact, or what the model takes for an advert.
ALIKE = 0.4
OFFERS_FROM = 0.35
# A text that offers nothing is a copy only where it is long and hardly changed: people say the
# same of their own accord, and pass on what touched them.
LONG = 20
NEARLY_EQUAL = 0.8


@dataclass(frozen=True)
class Pairs:
    """Comments that may be alike, by number: later -> earlier; and the campaigns of the earlier."""

    comments: Mapping[int, Comment]
    near: Mapping[int, set[int]]
    campaigns: Mapping[int, int]


def pairs(
    batch: Mapping[int, Comment], said: Mapping[int, Stems], near: Mapping[int, set[int]]
) -> Pairs:
    """Those of `near` that share words at all, with the first comments of their campaigns."""
    stored = Comment.objects.in_bulk({pk for each in near.values() for pk in each} - batch.keys())
    stems = {pk: frozenset(each) for pk, each in said.items()}
    texts = [comment.text for comment in stored.values()]
    stems.update(zip(stored, map(frozenset, words(texts)), strict=True))
    close = {
        pk: {other for other in each if other in stems and _may_be(stems[pk], stems[other])}
        for pk, each in near.items()
    }
    close = {pk: each for pk, each in close.items() if each}
    met = {*close, *(pk for each in close.values() for pk in each)}
    campaigns = _campaigns_of(met)
    firsts = Comment.objects.in_bulk(set(campaigns.values()) - batch.keys() - stored.keys())
    everyone = {**stored, **firsts, **batch}
    named = met.union(campaigns.values())
    return Pairs({pk: everyone[pk] for pk in named if pk in everyone}, close, campaigns)


def joined(pairs: Pairs, own: Mapping[int, Own], spam: Mapping[int, float]) -> dict[int, int]:
    """The campaign of each comment that is a copy, and of what it is a copy of.

    A campaign is named by its first comment, and what joins it is like that one: a text that
    drifts away step by step begins another.
    """
    campaigns = dict(pairs.campaigns)
    found: dict[int, int] = {}
    for pk in sorted(pairs.near):
        like = {other for other in pairs.near[pk] if _is_copy(pk, other, own, spam)}
        firsts = {campaigns.get(other, other) for other in pairs.near[pk]}
        true = {first for first in firsts if _is_copy(pk, first, own, spam)}
        if true:
            first = max(true, key=lambda other: overlap(own[pk].words, own[other].words))
            campaigns.setdefault(first, first)
            found[first] = campaigns[first]
            campaigns.setdefault(pk, first)
        elif like:
            campaigns.setdefault(pk, pk)
        if pk in campaigns and (true or like):
            found[pk] = campaigns[pk]
    return found


def _may_be(one: frozenset[str], other: frozenset[str]) -> bool:
    return overlap(one, other) >= ALIKE


def _campaigns_of(ids: set[int]) -> dict[int, int]:
    known = Membership.objects.filter(comment__in=ids, campaign__gt=0)
    return dict(known.values_list("comment", "campaign")) if ids else {}


def _is_copy(pk: int, other: int, own: Mapping[int, Own], spam: Mapping[int, float]) -> bool:
    if pk == other or other not in own:
        return False
    one, two = own[pk], own[other]
    if one.contacts or spam.get(pk, 0) >= OFFERS_FROM:
        return one.is_long and two.is_long and overlap(one.words, two.words) >= ALIKE
    long = min(len(one.rare), len(two.rare)) >= LONG
    return long and overlap(one.rare, two.rare) >= NEARLY_EQUAL
