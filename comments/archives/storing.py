"""Store a batch of staged comments with their places, e-mails, votes and origins."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.utils import timezone

from comments import encryption
from comments.archives.models import Archive, Origin
from comments.archives.records import Record
from comments.archives.staging import Place, Staged, Staging
from comments.identity import author_key
from comments.models import (
    SHOWS_REPLIES,
    Comment,
    Contact,
    Pick,
    StaffAnswer,
    Status,
    VoteCount,
    rows,
)
from moderation import imported
from moderation.imported import Arrival
from moderation.models.hours import hour_of
from moderation.policy.verdict import REJECTION_REASONS, Reason

# What a rejected comment may keep as its reason.
_KEPT_REASONS = {*REJECTION_REASONS, Reason.REVIEWED, Reason.ERASED, Reason.EXPIRED}


@dataclass
class Stored:
    """What was stored: how many comments, and how many were here already."""

    new: int = 0
    known: int = 0
    # Published, but under a comment that is not shown, so readers do not see them.
    unseen: int = 0
    # The hour of the oldest one.
    oldest: int | None = None


class Store:
    """Stores comments into one site, batch by batch, each in a transaction of its own."""

    def __init__(self, archive: Archive, articles: Mapping[int, int], *, is_own: bool) -> None:
        """`articles` has the numbers of those that were staged as new.

        With `is_own` the file was exported from this very site, so it has comments of ours.
        """
        self._archive, self._articles, self._is_own = archive, articles, is_own
        self.stored = Stored()
        self._now = timezone.now()

    def store(self, staging: Staging, batch: Sequence[Staged]) -> None:
        with transaction.atomic():
            places = staging.places([each.answers for each in batch if each.answers])
            known = self._known(batch)
            new = [each for each in batch if each.record.number not in known]
            numbers = iter(rows.reserve(Comment, len(new)))
            comments = []
            for each in batch:
                above = places.get(each.answers or 0)
                if each.record.number in known:
                    places[each.id] = known[each.record.number]
                    continue
                place = _place(next(numbers), above)
                places[each.id] = place
                comments.append(self._arrival(each, place, above))
            self._write(comments, new)
        staging.put((each.id, places[each.id]) for each in batch)
        self.stored.new += len(new)
        self.stored.known += len(batch) - len(new)

    def _known(self, batch: Sequence[Staged]) -> dict[str, Place]:
        """Return where those stand that were imported before, or that are ours."""
        numbers = [each.record.number for each in batch]
        places = ("comment", "comment__parent", "comment__branch")
        found = Origin.objects.filter(archive=self._archive, number__in=numbers)
        known = {number: Place(*rest) for number, *rest in found.values_list("number", *places)}
        if self._is_own:
            own = Comment.objects.filter(
                article__site=self._archive.site_id,
                pk__in=[int(each) for each in numbers if each.isdecimal() and len(each) < 19],
            )
            own_places = own.values_list("pk", "parent", "branch")
            known |= {str(pk): Place(pk, *rest) for pk, *rest in own_places}
        return known

    def _write(self, comments: Sequence[Arrival], new: Sequence[Staged]) -> None:
        imported.store(comments)
        pairs = [(each, staged.record) for each, staged in zip(comments, new, strict=True)]
        rows.insert_all(
            Origin,
            [
                {"comment_id": each.pk, "archive_id": self._archive.pk, "number": record.number}
                for each, record in pairs
            ],
        )
        rows.insert_all(Contact, [_contact(each, r.email) for each, r in pairs if r.email])
        votes = [{"comment_id": each.pk, "votes": r.votes} for each, r in pairs if r.votes]
        rows.insert_all(VoteCount, votes)
        answers = [{"comment_id": each.pk} for each, r in pairs if r.staff and not r.erased]
        rows.insert_all(StaffAnswer, answers)
        shown = [(each, r) for each, r in pairs if each.status == Status.PUBLISHED]
        rows.insert_all(Pick, [{"comment_id": each.pk} for each, r in shown if r.picked])
        hours = [hour_of(each.created_at) for each in comments]
        earlier = [self.stored.oldest] if self.stored.oldest is not None else []
        self.stored.oldest = min([*hours, *earlier], default=None)
        self._count_unseen(comments)

    def _count_unseen(self, comments: Sequence[Arrival]) -> None:
        published = [each for each in comments if each.status == Status.PUBLISHED]
        roots = {each.parent_id for each in published if each.parent_id}
        hidden = Comment.objects.filter(pk__in=roots).exclude(status__in=SHOWS_REPLIES)
        taken_down = set(hidden.values_list("pk", flat=True)) if roots else set()
        self.stored.unseen += sum(each.parent_id in taken_down for each in published)

    def _arrival(self, staged: Staged, place: Place, above: Place | None) -> Arrival:
        record, site = staged.record, self._archive.site_id
        return Arrival(
            id=place.pk,
            article_id=self._articles.get(staged.article, staged.article),
            parent_id=place.root,
            branch_id=place.branch,
            reply_to_id=above.pk if above and above.root else None,
            author_name=record.name,
            author_url=record.website,
            author_key=self._author(record, site),
            # Nobody has the browser with which it was written.
            writer_key=secrets.token_hex(32),
            text=record.text,
            status=record.status,
            reason=_reason(record),
            created_at=_moment(record.at) or self._now,
            edited_at=_moment(record.edited),
        )

    def _author(self, record: Record, site: str) -> str:
        if record.email:
            return _author_key(record.email, site)
        if record.author:
            # No e-mail has a space, so this is nobody's.
            return author_key(f"{self._archive.source} {record.author}", site)
        return secrets.token_hex(32)


# Who writes once often writes again.
_author_key = lru_cache(10_000)(author_key)


def _contact(comment: Arrival, email: str) -> dict[str, Any]:
    sealed = encryption.seal(email)
    return {"comment_id": comment.pk, "sealed_email": sealed, "key_id": encryption.key_id()}


def _place(pk: int, above: Place | None) -> Place:
    """Return where an answer stands: see the fields of Comment."""
    if above is None:
        return Place(pk, None, None)
    if above.root is None:
        return Place(pk, above.pk, pk)
    return Place(pk, above.root, above.branch)


def _reason(record: Record) -> str:
    if record.status == Status.WITHDRAWN:
        return Reason.WITHDRAWN
    is_kept = record.status == Status.REJECTED and record.reason in _KEPT_REASONS
    return record.reason if is_kept else Reason.IMPORTED


def _moment(at: float | None) -> dt.datetime | None:
    return None if at is None else dt.datetime.fromtimestamp(at, dt.UTC)
