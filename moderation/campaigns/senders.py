"""One text, or one link or contact, from many senders: what comes of it later is held.

What was published before is left alone, whoever copies it. Each site has campaigns of its own.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.crypto import salted_hmac

from comments.models import Article, Comment, Contact, Status
from moderation.campaigns import copies
from moderation.campaigns.mentions import contacts_in, is_of
from moderation.campaigns.near_duplicates import Stems, overlap, words
from moderation.campaigns.quotations import Own, own_of
from moderation.campaigns.traces import keep, near, since, traces
from moderation.models import Membership, Trace
from moderation.policy.reading import normalized
from moderation.policy.verdict import Reason

# A text that shares so many words with one that a person has published was read with it.
READ_WITH = 0.9
# So many texts that a person has published are compared at most.
READ_TEXTS = 50
# No more contacts of one comment are looked at.
CONTACTS = 20

# Without an address, as in a trial, or after its time, an author is a network of their own.
_NETWORK = Coalesce(NullIf("comment__contact__address_key", Value("")), "comment__author_key")


@dataclass(frozen=True)
class Senders:
    """From how many senders a comment's text came lately, and a contact that it gives."""

    text: int = 0
    contact: int = 0

    def with_more(self, campaign: int, many: int) -> "Senders":
        """With those of one more campaign that the comment is in."""
        if campaign < 0:
            return Senders(self.text, max(self.contact, many))
        return Senders(max(self.text, many), self.contact)

    @property
    def are_many(self) -> bool:
        by_contact: bool = 0 < settings.CAMPAIGN_CONTACT_SIZE <= self.contact
        by_text: bool = 0 < settings.CAMPAIGN_SIZE <= self.text
        return by_contact or by_text


def senders_of(
    comments: Sequence[Comment], *, spam: Mapping[int, float], rejected: Collection[int]
) -> dict[int, Senders]:
    """How many senders each of these comments has company of, by its id; the lone are left out.

    `spam` are their scores; the `rejected` are judged already and count for nobody. Remembers the
    comments for the next call, in a constant number of queries however many they are. What a
    person has published lately is read: its like, without a contact more, has no company. Two
    workers at the very same moment may miss each other's comments; the next one finds both.
    """
    if not settings.CAMPAIGN_SIZE or not comments:
        return {}
    batch = {comment.pk: comment for comment in sorted(comments, key=lambda c: c.pk)}
    said = dict(zip(batch, words([c.text for c in batch.values()]), strict=True))
    site = _sites_of(batch)
    left = {pk: found for pk, stems in said.items() if (found := traces(stems, site[pk]))}
    pairs = copies.pairs(batch, said, near(left))
    giving = {pk: c for pk, c in batch.items() if contacts_in(c.text) or c.author_url}
    own = own_of([*{**pairs.comments, **giving}.values()], compared=pairs.comments)
    joined = copies.joined(pairs, own, spam)
    rows = {(pk, campaign) for pk, campaign in joined.items()}
    rows |= {
        (pk, _number(name, site[pk])) for pk, c in giving.items() for name in _contacts(c, own[pk])
    }
    _remember(left, rows)
    mine = {(pk, campaign) for pk, campaign in rows - _own_websites(giving, site) if pk in batch}
    company = _counted(batch, mine, rejected)
    many = {pk: batch[pk] for pk, senders in company.items() if senders.are_many}
    read = _read(many, said, rows)
    return {pk: senders for pk, senders in company.items() if pk not in read}


def numbers_of(comment: Comment) -> dict[int, str]:
    """The contacts that a comment gives in its text or as its website, by their campaigns."""
    return {_number(name, comment.article.site_id): name for name in _given(comment)}


def forget(comment: Comment) -> None:
    """Drops what was made of the comment's words, and leaves no campaign with it."""
    (stems,) = words([comment.text])
    values = traces(stems, comment.article.site_id)
    Trace.objects.filter(value__in=values, comment_id=comment.pk).delete()
    Membership.objects.filter(comment=comment).delete()


def forget_traces() -> int:
    """Drops the traces that are too old to lead anywhere, and contacts that nobody waits with."""
    old = Membership.objects.filter(campaign__lt=0, comment__created_at__lt=since())
    old.exclude(comment__status=Status.HELD).delete()
    return Trace.objects.filter(seen_at__lt=since()).delete()[0]


def _sites_of(comments: Mapping[int, Comment]) -> dict[int, str]:
    of_articles = Article.objects.sites_of(comment.article_id for comment in comments.values())
    return {pk: of_articles[comment.article_id] for pk, comment in comments.items()}


def _contacts(comment: Comment, own: Own) -> list[str]:
    """What the comment gives of its own, but for what everybody links to."""
    given = own.contacts | _of_website(comment)
    return sorted(name for name in given if not is_of(name, settings.CAMPAIGN_KNOWN_HOSTS))[
        :CONTACTS
    ]


def _given(comment: Comment) -> frozenset[str]:
    return contacts_in(comment.text) | _of_website(comment)


def _of_website(comment: Comment) -> frozenset[str]:
    return contacts_in(comment.author_url)


def _number(contact: str, site: str) -> int:
    """What its campaign on the site is called: below zero, where no comment's number is."""
    # No longer than what identity.is_id lets an address ask for.
    digest = salted_hmac("moderation.campaigns", f"{site} {contact}", algorithm="sha256").digest()
    return -1 - (int.from_bytes(digest[:8], "big") >> 5)


def _remember(left: Mapping[int, list[int]], rows: Iterable[tuple[int, int]]) -> None:
    # In one order, so that two workers that write the same rows wait and do not lock each other.
    joining = [Membership(comment_id=pk, campaign=campaign) for pk, campaign in sorted(rows)]
    with transaction.atomic():
        keep(left)
        Membership.objects.bulk_create(joining, ignore_conflicts=True)


def _own_websites(giving: Mapping[int, Comment], site: Mapping[int, str]) -> set[tuple[int, int]]:
    """The websites that their writers had on a published comment before."""
    sites = {pk: c for pk, c in giving.items() if c.author_url and c.writer_key}
    if not sites:
        return set()
    before = Comment.objects.filter(
        status=Status.PUBLISHED,
        writer_key__in={comment.writer_key for comment in sites.values()},
        author_url__in={comment.author_url for comment in sites.values()},
    )
    had = set(before.values_list("writer_key", "author_url"))
    return {
        (pk, _number(name, site[pk]))
        for pk, comment in sites.items()
        if (comment.writer_key, comment.author_url) in had
        for name in _of_website(comment)
    }


def _counted(
    batch: Mapping[int, Comment], rows: Collection[tuple[int, int]], rejected: Collection[int]
) -> dict[int, Senders]:
    """The senders of each comment's company.

    They are as many as authors, or networks where these are fewer. But many authors of the
    comment's own network are many too, and so are the articles under which its author says it.
    """
    if not rows:
        return {}
    counted = _counting({campaign for _pk, campaign in rows}, rejected)
    whole = {campaign: two for campaign, *two in _of_campaigns(counted)}
    texts = any(campaign > 0 for campaign in whole)
    writers = {comment.author_key for comment in batch.values()}
    places = _by(counted.filter(campaign__gt=0), "author", "at", writers) if texts else {}
    crowded = any(authors > 1 for authors, _networks in whole.values())
    network = _networks_of(batch) if crowded else {}
    beside = _by(counted, "network", "author", set(network.values())) if crowded else {}
    found: dict[int, Senders] = {}
    for pk, campaign in rows:
        many = max(
            min(whole.get(campaign, (0,))),
            beside.get((campaign, network.get(pk, "")), 0),
            places.get((campaign, batch[pk].author_key), 0),
        )
        found[pk] = found.get(pk, Senders()).with_more(campaign, many)
    return found


def _networks_of(ids: Iterable[int]) -> dict[int, str]:
    known = Contact.objects.filter(pk__in=ids)
    return dict(known.values_list("pk", "address_key"))


def _counting(campaigns: Collection[int], rejected: Collection[int]) -> QuerySet[Any]:
    """The members that count: of late, not rejected, and not sent as programs send."""
    members = Membership.objects.filter(
        campaign__in=campaigns,
        comment__created_at__gte=since(),
        comment__looks_automated=False,
    )
    counted = members.exclude(comment__status=Status.REJECTED).exclude(comment__in=rejected)
    return counted.annotate(
        network=_NETWORK, author=F("comment__author_key"), at=F("comment__article")
    )


def _of_campaigns(counted: QuerySet[Any]) -> Iterable[tuple[int, int, int]]:
    authors, networks = Count("author", distinct=True), Count("network", distinct=True)
    by_campaign = counted.values("campaign").annotate(authors=authors, networks=networks)
    rows: Iterable[tuple[int, int, int]] = by_campaign.values_list(
        "campaign", "authors", "networks"
    )
    return rows


def _by(
    counted: QuerySet[Any], one: str, many: str, among: Collection[str]
) -> dict[tuple[int, str], int]:
    """Of each campaign and each `one` in it, out of these, how many different `many`."""
    rows = counted.filter(**{f"{one}__in": among})
    rows = rows.values("campaign", one).annotate(count=Count(many, distinct=True))
    found = rows.values_list("campaign", one, "count")
    return {(campaign, of): number for campaign, of, number in found}


def _read(
    many: Mapping[int, Comment], said: Mapping[int, Stems], rows: Iterable[tuple[int, int]]
) -> set[int]:
    """Which of these a person has read, in one that they published lately."""
    if not many:
        return set()
    campaigns = {campaign for pk, campaign in rows if pk in many}
    published = Comment.objects.filter(
        membership__campaign__in=campaigns,
        status=Status.PUBLISHED,
        reason=Reason.REVIEWED,
        decided_at__gte=since(),
    )
    texts = list(published.distinct().order_by("-pk")[:READ_TEXTS])
    stems = words([comment.text for comment in texts])
    return {
        pk
        for pk, comment in many.items()
        for other, these in zip(texts, stems, strict=True)
        if _says_no_more(comment, said[pk], other, these)
    }


def _says_no_more(comment: Comment, said: Stems, read: Comment, these: Stems) -> bool:
    alike = overlap(frozenset(said), frozenset(these)) >= READ_WITH
    same = alike or normalized(comment.text) == normalized(read.text)
    return same and _given(comment) <= _given(read)
