"""Read-only: what a moderator sees next, and what is known of its authors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from comments.models import Comment, Status
from moderation import campaign_desk
from moderation.campaign_desk import Campaign
from moderation.models import Decision, SitePolicy
from moderation.transitions import LEGAL_MOVES
from moderation.verdict import REJECTION_REASONS
from moderation.wording import REASON_LABELS

REJECTIONS: list[tuple[str, Any]] = [
    (reason.value, REASON_LABELS[reason]) for reason in REJECTION_REASONS
]


def banned_phrases() -> tuple[str, ...]:
    """The lines of the site's list of words."""
    site = SitePolicy.objects.first() or SitePolicy()
    return site.banned_phrases


@dataclass
class AuthorRecord:
    """How an author's earlier comments ended."""

    published: int = 0
    held: int = 0
    rejected: int = 0


def author_records(keys: Iterable[str]) -> dict[str, AuthorRecord]:
    """The record of each author key, in one query: of all who wrote under that e-mail."""
    return _records("author_key", keys)


def writer_records(keys: Iterable[str]) -> dict[str, AuthorRecord]:
    """The record of each writer key, in one query: of one browser under one e-mail.

    Nobody but its holder adds to it, so trust may rest on it.
    """
    return _records("writer_key", keys)


def _records(column: str, keys: Iterable[str]) -> dict[str, AuthorRecord]:
    records = {key: AuthorRecord() for key in keys}
    rows = (
        Comment.objects.filter(**{f"{column}__in": records.keys() - {""}})
        .exclude(status=Status.PENDING)
        .values_list(column, "status")
        .annotate(count=Count("id"))
    )
    for key, status, count in rows:
        setattr(records[key], status, count)
    return records


@dataclass(frozen=True, kw_only=True)
class Card:
    """One comment with all that a moderator needs to decide about it."""

    comment: Comment
    history: Sequence[Decision]
    record: AuthorRecord
    campaigns: Sequence[Campaign] = ()
    # The site's list of words, as it is now.
    banned: tuple[str, ...] = ()

    @property
    def scored(self) -> Decision | None:
        """The latest decision that carries scores."""
        return next((d for d in self.history if d.spam is not None), None)

    @property
    def found(self) -> str:
        """The reason of the latest decision that no person made, whatever a person decided since.

        It is that one's words that the card marks.
        """
        return next((d.reason for d in self.history if d.actor_id is None), "")

    @property
    def may_publish(self) -> bool:
        legal = Status.PUBLISHED in LEGAL_MOVES[Status(self.comment.status)]
        return legal and not self.comment.is_erased

    @property
    def rejections(self) -> list[tuple[str, Any]]:
        """The reasons that it may be rejected for; or, once rejected, that it may have instead."""
        if Status.REJECTED not in LEGAL_MOVES[Status(self.comment.status)]:
            return []
        present = self.comment.reason if self.is_rejected else ""
        if self.is_rejected and self.comment.is_erased:
            return []
        return [each for each in REJECTIONS if each[0] != present]

    @property
    def is_rejected(self) -> bool:
        return self.comment.status == Status.REJECTED


def cards(comments: QuerySet[Any]) -> list[Card]:
    """A card for each comment of a page, in its order, in a constant number of queries."""
    page = list(comments.select_related("article", "parent").prefetch_related("decisions__actor"))
    records = author_records(comment.author_key for comment in page)
    known = campaign_desk.of_comments(comment.pk for comment in page)
    banned = banned_phrases()
    return [
        Card(
            comment=c,
            history=c.decisions.all(),
            record=records[c.author_key],
            campaigns=known.get(c.pk, ()),
            banned=banned,
        )
        for c in page
    ]
