"""Count the senders of one text, link or contact: later comments of a campaign are held.

Comments published earlier stay published, however many copies follow. Each site is separate.
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
from moderation.campaigns import copies, signatures
from moderation.campaigns.mentions import contacts_in, is_on
from moderation.campaigns.near_duplicates import Stems, similarity, stems_of
from moderation.campaigns.quotations import OwnContent, Pages
from moderation.models import Membership, TextSignature
from moderation.policy.reading import normalized
from moderation.policy.verdict import Reason

# Similarity from which a text counts as one that a moderator has published.
SAME_AS_REVIEWED = 0.9
# How many texts that moderators have published are compared.
MAX_REVIEWED = 50
# How many contacts of one comment are counted.
MAX_CONTACTS = 20

# An author without a stored address counts as a separate network.
_NETWORK = Coalesce(NullIf("comment__contact__address_key", Value("")), "comment__author_key")


@dataclass(frozen=True)
class Senders:
    """From how many senders a comment's text came recently, and one of its contacts."""

    text: int = 0
    contact: int = 0

    def with_campaign(self, campaign: int, count: int) -> "Senders":
        """Include the senders of another campaign that the comment belongs to."""
        if campaign < 0:
            return Senders(self.text, max(self.contact, count))
        return Senders(max(self.text, count), self.contact)

    @property
    def reach_limit(self) -> bool:
        by_contact: bool = 0 < settings.CAMPAIGN_CONTACT_SIZE <= self.contact
        by_text: bool = 0 < settings.CAMPAIGN_SIZE <= self.text
        return by_contact or by_text


def senders_of(
    comments: Sequence[Comment],
    *,
    spam: Mapping[int, float],
    rejected: Collection[int],
    pages: Pages | None = None,
) -> dict[int, Senders]:
    """Return the number of senders, by comment id, of the comments that are in a campaign.

    `spam` has their spam scores. Comments in `rejected` are not counted as senders. Comments that
    only repeat what a moderator has recently published, with no other contact, are left out.
    `pages` has the texts around them, if they have been loaded.

    The comments are stored for the next call, and the number of queries is constant. Two workers
    that run at the same moment may miss each other's comments; the next call finds both.
    """
    if not settings.CAMPAIGN_SIZE or not comments:
        return {}
    batch = {comment.pk: comment for comment in sorted(comments, key=lambda c: c.pk)}
    stems = dict(zip(batch, stems_of([c.text for c in batch.values()]), strict=True))
    sites = _sites_of(batch)
    signed = _signatures(stems, sites)
    candidates = copies.candidates(batch, stems, signatures.find_similar(signed))
    giving = {pk: c for pk, c in batch.items() if contacts_in(c.text) or c.author_url}
    read = [*{**candidates.comments, **giving}.values()]
    own = (pages or Pages()).own_content(read, compared=candidates.comments)
    rows = set(copies.assign_campaigns(candidates, own, spam).items())
    rows |= _contact_rows(giving, own, sites)
    _store(signed, rows)
    counted = {(pk, number) for pk, number in rows - _own_websites(giving, sites) if pk in batch}
    senders = _count_senders(batch, counted, rejected)
    many = {pk: batch[pk] for pk, each in senders.items() if each.reach_limit}
    reviewed = _already_reviewed(many, stems, rows)
    return {pk: each for pk, each in senders.items() if pk not in reviewed}


def contact_campaigns(comment: Comment) -> dict[int, str]:
    """Return the contacts in a comment's text and website, by campaign number."""
    return {_campaign_number(name, comment.article.site_id): name for name in _contacts_of(comment)}


def remove(comment: Comment) -> None:
    """Delete the signatures of the comment's text and its campaign memberships."""
    (stems,) = stems_of([comment.text])
    values = signatures.signatures_of(stems, comment.article.site_id)
    TextSignature.objects.filter(value__in=values, comment_id=comment.pk).delete()
    Membership.objects.filter(comment=comment).delete()


def delete_expired() -> int:
    """Delete expired signatures, and expired contact campaigns of comments that are not held."""
    since = signatures.window_start()
    expired = Membership.objects.filter(campaign__lt=0, comment__created_at__lt=since)
    expired.exclude(comment__status=Status.HELD).delete()
    return TextSignature.objects.filter(seen_at__lt=since).delete()[0]


def _signatures(stems: Mapping[int, Stems], sites: Mapping[int, str]) -> dict[int, list[int]]:
    """Return the signatures of each text that is long enough to have any."""
    all_of = {pk: signatures.signatures_of(each, sites[pk]) for pk, each in stems.items()}
    return {pk: values for pk, values in all_of.items() if values}


def _contact_rows(
    giving: Mapping[int, Comment], own: Mapping[int, OwnContent], sites: Mapping[int, str]
) -> set[tuple[int, int]]:
    """Return the memberships of comments in the campaigns of their contacts."""
    return {
        (pk, _campaign_number(name, sites[pk]))
        for pk, comment in giving.items()
        for name in _counted_contacts(comment, own[pk])
    }


def _sites_of(comments: Mapping[int, Comment]) -> dict[int, str]:
    of_articles = Article.objects.sites_of(comment.article_id for comment in comments.values())
    return {pk: of_articles[comment.article_id] for pk, comment in comments.items()}


def _counted_contacts(comment: Comment, own: OwnContent) -> list[str]:
    """Return the comment's own contacts, except hosts that everybody links to."""
    given = own.contacts | _website_of(comment)
    counted = sorted(name for name in given if not is_on(name, settings.CAMPAIGN_KNOWN_HOSTS))
    return counted[:MAX_CONTACTS]


def _contacts_of(comment: Comment) -> frozenset[str]:
    return contacts_in(comment.text) | _website_of(comment)


def _website_of(comment: Comment) -> frozenset[str]:
    return contacts_in(comment.author_url)


def _campaign_number(contact: str, site: str) -> int:
    """Return the number of a contact's campaign on the site. It is negative: ids are positive."""
    digest = salted_hmac("moderation.campaigns", f"{site} {contact}", algorithm="sha256").digest()
    # Short enough for identity.is_id, which checks the numbers in URLs.
    return -1 - (int.from_bytes(digest[:8], "big") >> 5)


def _store(signed: Mapping[int, list[int]], rows: Iterable[tuple[int, int]]) -> None:
    # Sorted, so that two workers that write the same rows wait for each other without a deadlock.
    joining = [Membership(comment_id=pk, campaign=campaign) for pk, campaign in sorted(rows)]
    with transaction.atomic():
        signatures.store(signed)
        Membership.objects.bulk_create(joining, ignore_conflicts=True)


def _own_websites(giving: Mapping[int, Comment], sites: Mapping[int, str]) -> set[tuple[int, int]]:
    """Return the memberships by a website that its writer had on an earlier published comment."""
    linked = {pk: c for pk, c in giving.items() if c.author_url and c.writer_key}
    if not linked:
        return set()
    earlier = Comment.objects.filter(
        status=Status.PUBLISHED,
        writer_key__in={comment.writer_key for comment in linked.values()},
        author_url__in={comment.author_url for comment in linked.values()},
    )
    had = set(earlier.values_list("writer_key", "author_url"))
    return {
        (pk, _campaign_number(name, sites[pk]))
        for pk, comment in linked.items()
        if (comment.writer_key, comment.author_url) in had
        for name in _website_of(comment)
    }


def _count_senders(
    batch: Mapping[int, Comment], rows: Collection[tuple[int, int]], rejected: Collection[int]
) -> dict[int, Senders]:
    """Count the senders of the campaigns of each comment: the highest of three numbers.

    These are the campaign's authors, or networks if there are fewer; its authors in the comment's
    own network; and the articles under which the comment's author takes part in it.
    """
    if not rows:
        return {}
    members = _counted_members({campaign for _pk, campaign in rows}, rejected)
    totals = {campaign: counts for campaign, *counts in _authors_and_networks(members)}
    texts = any(campaign > 0 for campaign in totals)
    authors = {comment.author_key for comment in batch.values()}
    text_members = members.filter(campaign__gt=0)
    articles = _distinct(text_members, "author", "on_article", authors) if texts else {}
    crowded = any(authors > 1 for authors, _networks in totals.values())
    network = _networks_of(batch) if crowded else {}
    neighbours = _distinct(members, "network", "author", set(network.values())) if crowded else {}
    found: dict[int, Senders] = {}
    for pk, campaign in rows:
        count = max(
            min(totals.get(campaign, (0,))),
            neighbours.get((campaign, network.get(pk, "")), 0),
            articles.get((campaign, batch[pk].author_key), 0),
        )
        found[pk] = found.get(pk, Senders()).with_campaign(campaign, count)
    return found


def _networks_of(ids: Iterable[int]) -> dict[int, str]:
    known = Contact.objects.filter(pk__in=ids)
    return dict(known.values_list("pk", "address_key"))


def _counted_members(campaigns: Collection[int], rejected: Collection[int]) -> QuerySet[Any]:
    """Return the memberships that count: recent, not rejected and not automated."""
    members = Membership.objects.filter(
        campaign__in=campaigns,
        comment__created_at__gte=signatures.window_start(),
        comment__looks_automated=False,
    )
    counted = members.exclude(comment__status=Status.REJECTED).exclude(comment__in=rejected)
    return counted.annotate(
        network=_NETWORK, author=F("comment__author_key"), on_article=F("comment__article")
    )


def _authors_and_networks(members: QuerySet[Any]) -> Iterable[tuple[int, int, int]]:
    authors, networks = Count("author", distinct=True), Count("network", distinct=True)
    by_campaign = members.values("campaign").annotate(authors=authors, networks=networks)
    rows: Iterable[tuple[int, int, int]] = by_campaign.values_list(
        "campaign", "authors", "networks"
    )
    return rows


def _distinct(
    members: QuerySet[Any], group: str, counted: str, among: Collection[str]
) -> dict[tuple[int, str], int]:
    """Count the distinct values of `counted` for each campaign and value of `group` in `among`."""
    rows = members.filter(**{f"{group}__in": among})
    rows = rows.values("campaign", group).annotate(count=Count(counted, distinct=True))
    found = rows.values_list("campaign", group, "count")
    return {(campaign, value): count for campaign, value, count in found}


def _already_reviewed(
    comments: Mapping[int, Comment], stems: Mapping[int, Stems], rows: Iterable[tuple[int, int]]
) -> set[int]:
    """Return which comments say only what a moderator has published recently."""
    if not comments:
        return set()
    campaigns = {campaign for pk, campaign in rows if pk in comments}
    published = Comment.objects.filter(
        membership__campaign__in=campaigns,
        status=Status.PUBLISHED,
        reason=Reason.REVIEWED,
        decided_at__gte=signatures.window_start(),
    )
    reviewed = list(published.distinct().order_by("-pk")[:MAX_REVIEWED])
    reviewed_stems = stems_of([comment.text for comment in reviewed])
    return {
        pk
        for pk, comment in comments.items()
        for other, other_stems in zip(reviewed, reviewed_stems, strict=True)
        if _repeats((comment, stems[pk]), (other, other_stems))
    }


def _repeats(later: tuple[Comment, Stems], earlier: tuple[Comment, Stems]) -> bool:
    """Whether the later comment has the text of the earlier one and no other contact."""
    (comment, stems), (reviewed, reviewed_stems) = later, earlier
    close = similarity(frozenset(stems), frozenset(reviewed_stems)) >= SAME_AS_REVIEWED
    same = close or normalized(comment.text) == normalized(reviewed.text)
    return same and _contacts_of(comment) <= _contacts_of(reviewed)
